"""Every test of this folder runs on SQLite and on the PostgreSQL that SACHO_TEST_POSTGRESQL names (`.ci/run` starts one)."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine

from sacho.annotate.resources import Resources
from sacho.coding import code_document
from sacho.ingest import document_from_text, read
from sacho.records import Document
from sacho.store import Reading, Store, create_store, reading_of
from sacho.store.words import load_vocabulary

SERVER = os.environ.get("SACHO_TEST_POSTGRESQL", "")
if not SERVER:
    if os.environ.get("CI") == "true":
        raise RuntimeError("SACHO_TEST_POSTGRESQL is not set: the store must be tested on PostgreSQL too (see .ci/run)")
    warnings.warn("SACHO_TEST_POSTGRESQL is not set: the store is NOT tested on PostgreSQL here", stacklevel=1)

DPRK = (
    "김정은동지께서 로씨야련방 외무상 쎄르게이 라브로브동지를 접견하시였다\n\n"
    "김정은동지께서 19일 조선로동당 중앙위원회 본부청사에서 로씨야련방 외무상 쎄르게이 라브로브동지를 접견하시였다. "
    "지난 9월에 진행된 력사적인 조로수뇌상봉에서 이룩된 합의를 리행할데 대하여 담화하였다."
)


def document(text: str, *, outlet: str = "시험신문(가상)", published: str = "2023-10-20", url: str | None = None) -> Document:
    made = document_from_text(text, origin="text", outlet=outlet, published=published)
    import msgspec

    return msgspec.structs.replace(made, url=url)


def reading(text: str, *, outlet: str = "시험신문(가상)", published: str = "2023-10-20", url: str | None = None) -> Reading:
    return reading_of(code_document(document(text, outlet=outlet, published=published, url=url)), load_vocabulary())


@pytest.fixture(scope="session")
def readings(resources: Resources, example_paths: list[Path]) -> list[Reading]:
    found = [d for d in read([str(p) for p in example_paths]) if isinstance(d, Document)]
    return [*(reading_of(code_document(d, resources), load_vocabulary()) for d in found), reading(DPRK)]


Places = Callable[[], str]


@pytest.fixture(params=["sqlite", *(["postgresql"] if SERVER else [])])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Gives places where a new store may be made, one at each call."""
    if request.param == "sqlite":
        yield lambda: str(tmp_path / f"store{len(list(tmp_path.iterdir()))}.db")
        return
    engine = create_engine(SERVER.replace("postgresql:", "postgresql+psycopg:"))
    made: list[str] = []

    def place() -> str:
        made.append(f"t{uuid4().hex[:12]}")
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {made[-1]}")
        return f"{SERVER}{'&' if '?' in SERVER else '?'}options=-csearch_path%3D{made[-1]}"

    yield place
    with engine.begin() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def where(places: Places) -> str:
    """Where a new store may be made."""
    return places()


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    """An empty store."""
    with create_store(where) as made:
        yield made
