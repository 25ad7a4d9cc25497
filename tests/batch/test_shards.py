"""Where a corpus is cut, and what a shard reads."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sacho.batch import storage
from sacho.batch.shards import SUFFIXES, Shard, plan, slices
from tests.batch.corpora import reports, write_lines, write_parquet

SIZE = 2_000


def shards_of(path: Path) -> list[Shard]:
    return list(plan(storage.listed(str(path), SUFFIXES), characters=SIZE))


def ids(shard: Shard) -> list[str]:
    return [str(i) for part in slices(shard) for i in part.rows["id"].to_pylist()]


@pytest.mark.parametrize("kind", ["lines", "packed", "parquet"])
def test_every_report_stands_in_one_shard_and_in_its_order(tmp_path: Path, kind: str) -> None:
    rows = reports(200)
    path = write_parquet(tmp_path / "in.parquet", rows, group=90) if kind == "parquet" else write_lines(tmp_path / "in.jsonl", rows)
    if kind == "packed":
        packed = tmp_path / "packed.jsonl.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        path = packed
    shards = shards_of(path)
    assert len(shards) > 5
    assert [i for shard in shards for i in ids(shard)] == [row["id"] for row in rows]
    assert all(shard.reports == len(ids(shard)) for shard in shards)
    if kind != "packed":
        assert sum(shard.weight for shard in shards) == pytest.approx(1)


def test_a_report_put_in_changes_only_the_shard_it_stands_in(tmp_path: Path) -> None:
    rows = reports(300)
    more = [*rows[:120], {"id": "new", "text": "새로 들어온 소식이다."}, *rows[120:]]
    before = {s.id for s in shards_of(write_lines(tmp_path / "a.jsonl", rows))}
    after = {s.id for s in shards_of(write_lines(tmp_path / "b.jsonl", more))}
    assert len(before) > 10
    assert len(before - after) <= 2


def test_a_line_that_is_broken_keeps_its_place_and_says_where(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "in.jsonl", reports(3))
    path.write_text(path.read_text(encoding="utf-8").replace('{"id": "r1"', '{"id" "r1"'), encoding="utf-8")
    (shard,) = shards_of(path)
    (part,) = slices(shard)
    assert part.rows["id"].to_pylist() == ["r0", None, "r2"]
    assert list(part.broken) == [1]
    assert f"{path}, byte " in part.broken[1]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none", None, "holds no reports"),
        ("in.parquet", b"PAR1 not", "is no Parquet file"),
        ("s4://x/y", None, "is no address"),
    ],
)
def test_an_address_that_cannot_be_used_is_named(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    address = name if "://" in name else str(tmp_path / name)
    if content is not None:
        Path(address).write_bytes(content)
    with pytest.raises(storage.StorageError, match=words) as error:
        list(plan(storage.listed(address, SUFFIXES)))
    assert address in str(error.value)


def test_a_table_without_text_is_refused_with_its_columns(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "in.parquet", [{"id": "1", "body": "글"}])
    with pytest.raises(storage.StorageError, match="no column `text`; its columns are id, body"):
        shards_of(path)
