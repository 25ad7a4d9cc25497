"""`python -m sacho`."""

from sacho.cli import main

if __name__ == "__main__":
    main()
