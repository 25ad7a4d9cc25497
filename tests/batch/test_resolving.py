"""Resolution in tasks gives what resolution in one process gives."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sacho.batch import Options, codings, read_results, run
from sacho.batch.resolving import Here, OnRay, resolve_in_tasks, stored_sources
from sacho.batch.storage import StorageError
from sacho.coding import report_of
from sacho.records import Judgement
from sacho.resolve.clusters import Resolution
from sacho.resolve.tellings import Telling, tellings_of
from tests.batch.corpora import Here as InProcess
from tests.batch.corpora import reports, write_lines
from tests.resolve.synthetic import tellings


def _whole(made: list[Telling], judgements: tuple[Judgement, ...] = ()) -> list[tuple[str, ...]]:
    resolution = Resolution(judgements)
    resolution.add(made)
    return resolution.clusters()


def _cut(made: list[Telling], count: int, chance: random.Random) -> list[list[Telling]]:
    """Shards of uneven size, in no order; some may be empty."""
    shards: list[list[Telling]] = [[] for _ in range(count)]
    for telling in chance.sample(made, len(made)):
        shards[chance.randrange(count)].append(telling)
    return shards


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 200), shards=st.integers(1, 6), buckets=st.integers(0, 9), chance=st.randoms())
def test_any_shards_and_buckets_give_the_same_clusters(seed: int, count: int, shards: int, buckets: int, chance: random.Random) -> None:
    made = tellings(seed, count, a_day=chance.choice([5, 60]))
    cut = _cut(made, shards, chance)
    assert resolve_in_tasks([partial(list, s) for s in cut], Here(), buckets=buckets) == _whole(made)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), chance=st.randoms())
def test_judgements_reach_over_buckets(seed: int, chance: random.Random) -> None:
    made = tellings(seed, 120)
    joined = [c for c in _whole(made) if len(c) > 1]
    a, b = chance.sample([t.id for t in made], 2)
    judged = [Judgement(a=a, b=b, decision="same", at="1")]
    if joined:
        judged.append(Judgement(a=joined[0][0], b=joined[0][-1], decision="different", at="2"))
    cut = _cut(made, 3, chance)
    assert resolve_in_tasks([partial(list, s) for s in cut], Here(), judged, buckets=5) == _whole(made, tuple(judged))


def test_a_telling_that_two_shards_hold_counts_once() -> None:
    made = tellings(3, 90)
    cut = [made[:60], made[40:]]
    assert resolve_in_tasks([partial(list, s) for s in cut], Here(), buckets=4) == _whole(made)


def test_ray_tasks_give_the_same_clusters() -> None:
    made = tellings(11, 1_500)
    cut = _cut(made, 4, random.Random(1))
    tasks = OnRay(2)
    try:
        assert resolve_in_tasks([partial(list, s) for s in cut], tasks) == _whole(made)
    finally:
        tasks.close()


def test_the_results_of_a_run_are_resolved_from_their_parts(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", reports(40))
    run([str(source)], str(tmp_path / "out"), InProcess(), Options(characters=4_000))
    made = [t for coding in codings(read_results(str(tmp_path / "out"))) for t in tellings_of([report_of(coding)])]
    sources = stored_sources(str(tmp_path / "out"))
    assert len(sources) > 1
    found = resolve_in_tasks(sources, Here(), buckets=3)
    assert found == _whole(made)
    assert sum(map(len, found)) == len({t.id for t in made}) > 0


def test_a_folder_without_results_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="holds no finished results"):
        stored_sources(str(tmp_path))
