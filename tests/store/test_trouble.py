"""Readers beside a writer, a writer that is killed, a disk without room: short runs of `bench/store_trouble.py`."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from bench import store_trouble
from bench.store_trouble import beside, full, kills, small_disk


def test_readers_and_a_writer_do_not_lock_each_other_out(where: str) -> None:
    found = beside(where, readers=2, seconds=3)
    assert found["errors"] == {} and found["confirmed"] and found["reads"]


def test_a_killed_writer_loses_nothing_confirmed_and_leaves_nothing_torn(where: str) -> None:
    found = kills(where, 2)
    assert (found["lost"], found["faults"]) == (0, []) and found["confirmed"]


def test_what_is_looked_for_after_a_kill_would_be_found(where: str) -> None:
    """The look itself: a batch that is not there, one of which a part is there, a report without its claims."""
    from itertools import islice

    from sqlalchemy import delete

    from sacho.store import add, create_store
    from sacho.store.tables import claim

    first, second, third = islice(store_trouble.batches(1), 3)
    with create_store(where) as store:
        add(store, first, at=store_trouble.AT)
        assert store_trouble._after(store, 1, 1) == []
        assert store_trouble._after(store, 1, 2) == ["batch 1 was confirmed and is not there"]
        add(store, second[:4], at=store_trouble.AT)
        assert store_trouble._after(store, 1, 1) == ["batch 1 is torn"]
        add(store, [*second, *third], at=store_trouble.AT)
        assert store_trouble.unsound(store) == []
        with store.write() as connection:
            connection.execute(delete(claim).where(claim.c.mention == 1))
        assert not store_trouble.is_whole(store, first[0]) and store_trouble.is_whole(store, third[0])


def test_a_disk_without_room_is_told_in_one_sentence_and_nothing_is_lost() -> None:
    with small_disk(16) as disk:
        if disk is None:
            pytest.skip("this user may not mount a small file system")
        found = full(disk)
    assert found["faults"] == [] and found["confirmed"]
    assert str(found["said"]).endswith("store.db has no room left on its disk; make room and repeat, all that was confirmed before is there.")
    export = found["export"]
    assert isinstance(export, dict)
    assert (export["status"], export["kept"], export["left"]) == (1, True, ["out.csv"])
    assert "\n" not in export["said"] and export["said"].endswith("make room or choose another place.")


_LIMITED = """
import resource, sys
from bench.store_trouble import _after, _fill, create_store
with create_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 << 20, resource.RLIM_INFINITY))
    done, said = _fill(store, 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(done, _after(store, 1, done), said)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="this system sets no limit to a file")
def test_a_file_that_may_not_grow_keeps_all_that_was_confirmed(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _LIMITED, str(tmp_path / "s.db")], cwd=store_trouble.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    number, faults, said = done.stdout.strip().split(" ", 2)
    assert int(number) > 0 and faults == "[]" and said.endswith("check the disk, and how large a file may be there.")
