"""The same jobs as Ray tasks."""

from __future__ import annotations

from pathlib import Path

import pytest

from sacho.batch import Options, run
from sacho.batch.on_ray import OnRay
from sacho.batch.shards import plan
from sacho.batch.storage import listed
from sacho.batch.stored import dead_letters, read_results
from tests.batch.corpora import Here, Poisoning, digest, reports, write_lines

SMALL = Options(characters=4_000)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_lines(tmp_path_factory.mktemp("corpus") / "in.jsonl", reports(90))
    run([str(path)], str(path.parent / "plain"), Here(), SMALL)
    return path


def test_ray_tasks_write_what_one_process_writes(corpus: Path, tmp_path: Path) -> None:
    progress = run([str(corpus)], str(tmp_path), OnRay(2), SMALL)
    assert (progress.reports, progress.lost) == (90, ())
    assert digest(tmp_path) == digest(corpus.parent / "plain")


def test_a_report_that_takes_its_ray_worker_down_is_left_out(corpus: Path, tmp_path: Path) -> None:
    target = list(plan(listed(str(corpus), (".jsonl",)), characters=4_000))[1]
    progress = run([str(corpus)], str(tmp_path), Poisoning(OnRay(1), target.id, 1, "dies"), SMALL)
    assert (progress.failed, progress.lost) == (1, ())
    (letter,) = dead_letters(str(tmp_path))
    kept = {r.given: r.events for r in read_results(str(tmp_path))}
    assert kept == {r.given: r.events for r in read_results(str(corpus.parent / "plain")) if r.given != letter.given}
