"""Whole runs: what is written, what a rerun does, and what happens when a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from sacho.batch import Options, run
from sacho.batch.shards import plan
from sacho.batch.storage import listed
from sacho.batch.stored import dead_letters, read_results
from sacho.batch.supervisor import Local
from tests.batch.corpora import Here, Killing, Poisoning, digest, reports, write_lines, write_parquet

SMALL = Options(characters=4_000)
COUNT = 120


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("corpus") / "in.jsonl", reports(COUNT))


@pytest.fixture(scope="module")
def plain(corpus: Path) -> Path:
    """The output of an undisturbed run in one process."""
    out = corpus.parent / "plain"
    run([str(corpus)], str(out), Here(), SMALL)
    return out


def test_every_report_has_one_row_in_the_month_of_its_publication(plain: Path) -> None:
    table = ds.dataset(plain, format="parquet", partitioning="hive", exclude_invalid_files=True).to_table(columns=["given", "month"])
    assert sorted(table["given"].to_pylist()) == sorted(row["id"] for row in reports(COUNT))
    assert set(table["month"].to_pylist()) == {"2024-01", "2024-02", "2024-03"}
    assert sorted(r.given for r in read_results(str(plain))) == sorted(row["id"] for row in reports(COUNT))


def test_workers_write_what_one_process_writes(corpus: Path, plain: Path, tmp_path: Path) -> None:
    progress = run([str(corpus)], str(tmp_path), Local(2), SMALL)
    assert (progress.reports, progress.share, progress.lost) == (COUNT, pytest.approx(1), ())
    assert digest(tmp_path) == digest(plain)


def test_a_worker_that_is_killed_costs_nothing_but_time(corpus: Path, plain: Path, tmp_path: Path) -> None:
    engine = Killing(Local(2), 2)
    run([str(corpus)], str(tmp_path), engine, SMALL)
    assert len(set(engine.killed)) == 2
    assert digest(tmp_path) == digest(plain)


def test_a_rerun_does_only_what_is_missing(corpus: Path, plain: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run([str(corpus)], str(tmp_path), Here(most=2), SMALL)
    progress = run([str(corpus)], str(tmp_path), Here(), SMALL)
    assert progress.kept == 2 and progress.shards > 2
    assert digest(tmp_path) == digest(plain)
    again = run([str(corpus)], str(tmp_path), Here(most=0), SMALL)
    assert (again.shards, again.share) == (0, pytest.approx(1))


def test_parquet_in_gives_what_lines_give(corpus: Path, plain: Path, tmp_path: Path) -> None:
    source = write_parquet(tmp_path / "in.parquet", reports(COUNT), group=50)
    run([str(source)], str(tmp_path / "out"), Here(), SMALL)
    ours = {r.given: (r.events, r.month) for r in read_results(str(tmp_path / "out"))}
    assert ours == {r.given: (r.events, r.month) for r in read_results(str(plain))}


def test_lines_out_hold_the_same_results(corpus: Path, plain: Path, tmp_path: Path) -> None:
    run([str(corpus)], str(tmp_path), Here(), Options(characters=4_000, form="jsonl"))
    assert {r.given: r for r in read_results(str(tmp_path))} == {r.given: r for r in read_results(str(plain))}


@pytest.mark.parametrize(("how", "stage", "limit"), [("dies", "crash", 60.0), ("sleeps", "time", 8.0)])
def test_a_report_that_takes_its_worker_down_is_left_out_and_the_rest_is_done(
    corpus: Path, plain: Path, tmp_path: Path, how: str, stage: str, limit: float
) -> None:
    target = list(plan(listed(str(corpus), (".jsonl",)), characters=4_000))[2]
    progress = run([str(corpus)], str(tmp_path), Poisoning(Local(2, limit=limit), target.id, 1, how), SMALL)
    assert (progress.reports, progress.failed, progress.lost) == (COUNT, 1, ())
    (letter,) = dead_letters(str(tmp_path))
    assert letter.error is not None and letter.error.stage == stage
    assert "in 2 tries" in letter.error.reason
    kept = {r.given: r.events for r in read_results(str(tmp_path))}
    assert kept == {r.given: r.events for r in read_results(str(plain)) if r.given != letter.given}
    mended = run([str(corpus)], str(tmp_path), Here(), Options(characters=4_000, retry=True))
    assert (mended.shards, mended.failed) == (1, 0)
    assert digest(tmp_path) == digest(plain)


def test_a_driver_that_is_killed_leaves_a_state_to_go_on_from(corpus: Path, plain: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sacho", "batch", str(corpus), str(tmp_path), "--shard-characters", "4000",
               "--workers", "1", "--quiet"]  # fmt: skip
    driver = subprocess.Popen(command, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("_done/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(driver.pid, signal.SIGKILL)
    driver.wait()
    done = len(list(tmp_path.glob("_done/*.json")))
    progress = run([str(corpus)], str(tmp_path), Here(), SMALL)
    assert 0 < done <= progress.kept
    assert progress.kept + progress.shards == len(list(plain.glob("_done/*")))
    assert digest(tmp_path) == digest(plain)


def test_an_interrupt_says_how_to_go_on(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sacho", "batch", str(corpus), str(tmp_path), "--shard-characters", "4000"]
    driver = subprocess.Popen([*command, "--workers", "1"], start_new_session=True, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("_done/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(driver.pid, signal.SIGINT)
    _, words = driver.communicate(timeout=30)
    assert driver.returncode == 130
    assert "Give the same command again" in words and "Traceback" not in words
