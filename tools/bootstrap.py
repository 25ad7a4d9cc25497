"""Set up `.venv` from the hash-locked requirements. Standard library only.

    python3 tools/bootstrap.py [--dev]

Uses uv if it is on the path, else venv and pip. The project itself is linked by a .pth file and a launcher
instead of an editable install: that needs no build backend and no network. A stamp makes the next call instant.
A `.venv` that belongs to another folder, another Python or lacks its installer is made anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
_LAUNCHER = "#!{python}\nimport sys\nfrom sacho.cli import main\nsys.exit(main())\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Set up .venv for Sacho.")
    parser.add_argument("--dev", action="store_true", help="also install what tests and linters need")
    dev = parser.parse_args().dev
    if sys.version_info < (3, 11):
        sys.exit(f"Sacho needs Python 3.11 or newer; this is {sys.version.split()[0]}. Run: PYTHON=python3.11 make demo")
    if _ready(dev):
        return
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    print(f"setting up .venv from {lock.name} (once, one to two minutes)", file=sys.stderr)
    uv = shutil.which("uv")
    if not _usable(uv is not None):
        _create(uv)
    _link()
    _install(lock, uv)
    (VENV / ".sacho-stamp").write_text(f"{_key('requirements-dev.lock' if dev else 'requirements.lock')} {dev}")


def _key(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes() + sys.version.encode()).hexdigest()


def _ready(dev: bool) -> bool:
    stamp = VENV / ".sacho-stamp"
    if not stamp.exists() or not PYTHON.exists() or not _linked_here():
        return False
    key, _, had_dev = stamp.read_text().partition(" ")
    if had_dev == "True":
        return key == _key("requirements-dev.lock")
    return not dev and key == _key("requirements.lock")


def _linked_here() -> bool:
    """A copied or moved tree brings a .venv whose launchers still run the tree it came from."""
    launcher = BIN / "sacho"
    return launcher.exists() and launcher.read_text(encoding="utf-8") == _LAUNCHER.format(python=PYTHON)


def _usable(has_uv: bool) -> bool:
    if not PYTHON.exists() or not _linked_here():
        return False
    probe = "import sys, importlib.util as u; print(sys.version, u.find_spec('pip') is not None, sep='|')"
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    version, _, has_pip = done.stdout.strip().rpartition("|")
    return version == sys.version and (has_uv or has_pip == "True")


def _create(uv: str | None) -> None:
    if uv:
        shutil.rmtree(VENV, ignore_errors=True)
        _run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)], "make .venv", _uv_environment())
        return
    try:
        import ensurepip  # noqa: F401  Debian packs venv without it
        import venv
    except ImportError:
        sys.exit("Python's venv module is incomplete; on Debian or Ubuntu install python3-venv, then try again.")
    venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")


def _install(lock: Path, uv: str | None) -> None:
    failed = "install the locked packages: is a package index within reach?"
    if uv:
        _run([uv, "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], failed, _uv_environment())
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "-r", str(lock)], failed)


def _uv_environment() -> dict[str, str]:
    return {**os.environ, "UV_SYSTEM_CERTS": "1", "VIRTUAL_ENV": str(VENV)}


def _run(command: list[str], purpose: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        sys.exit(f"Set-up stopped, see above; could not {purpose}")


def _link() -> None:
    library = "Lib" if os.name == "nt" else f"lib/python{sysconfig.get_python_version()}"
    (VENV / library / "site-packages" / "sacho.pth").write_text(str(ROOT / "src") + "\n", encoding="utf-8")
    launcher = BIN / "sacho"
    launcher.write_text(_LAUNCHER.format(python=PYTHON), encoding="utf-8")
    launcher.chmod(0o755)


if __name__ == "__main__":
    main()
