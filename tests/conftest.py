"""Shared by all tests: the resources, loaded once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from sacho.annotate.resources import Resources, load_resources

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seed"


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()


@pytest.fixture(scope="session")
def seed_text() -> str:
    path = SEED / "article.txt"
    if not path.exists():
        pytest.skip(f"the seed report is not beside this checkout ({path.parent}): its acceptance is NOT tested")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def example_paths() -> list[Path]:
    return sorted(p for p in (ROOT / "examples").glob("*.md") if p.name != "README.md")
