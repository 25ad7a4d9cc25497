"""Workers on this machine, and what happens when one of them dies.

A worker is a process that does one job after another and says, before each report, which one it begins. So when it
dies, or a report runs past its limit, the report is known: after two such tries it is left out and the rest of its shard goes
on. Workers are forked from a server that has loaded the analyser once: they share its memory and a new one starts at
once. (ProcessPoolExecutor gives up a run when one worker dies, multiprocessing.Pool waits for ever.)
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Protocol

from sacho.batch.results import Failure
from sacho.batch.worker import work
from sacho.records import Record

TRIES = 2  # deaths over one report until it is left out
MOST = 6  # deaths of a job at no report in particular until it is given up: they are rarely its own fault
LIMIT = 60.0  # seconds for one report


class Job(Protocol):
    """Something to do, the same whoever does it."""

    @property
    def id(self) -> str: ...

    def run(self, before: Callable[[int], None]) -> object: ...

    def without(self, number: int, failure: Failure) -> Job: ...


class Done(Record):
    """A job that ended: its result, or why it was given up. `worker` is the process that did it."""

    job: str
    worker: int
    result: object = None
    failed: str = ""


class Local:
    """Runs jobs on processes of this machine."""

    def __init__(self, workers: int, *, limit: float = LIMIT, tick: Callable[[], None] = lambda: None) -> None:
        self._size = workers
        self._limit = limit
        self._tick = tick
        self._context = _context()
        self._workers: list[_Worker] = []
        self._again: deque[Job] = deque()
        self._deaths: dict[tuple[str, int], int] = {}

    def map(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Do the jobs; results as they come. A job is taken from `jobs` when a worker is free for it. Closing the
        iterator, or an interrupt, stops the workers."""
        waiting = iter(jobs)
        first = next(waiting, None)
        if first is None:
            return
        self._again.append(first)
        try:
            self._workers = [self._start() for _ in range(self._size)]
            while self._assign(waiting):
                yield from self._collect()
        finally:
            for worker in self._workers:
                worker.stop()
            self._workers = []

    def pids(self) -> list[int]:
        """The processes at work."""
        return [worker.pid for worker in self._workers]

    def _assign(self, waiting: Iterator[Job]) -> bool:
        """Give every free worker a job; whether anything is going on."""
        for worker in self._workers:
            if worker.job is None:
                job = self._again.popleft() if self._again else next(waiting, None)
                if job is None:
                    break
                worker.give(job)
        return any(worker.job is not None for worker in self._workers)

    def _collect(self) -> Iterator[Done]:
        ready = wait([w.connection for w in self._workers if w.job is not None], timeout=0.5)
        for worker in list(self._workers):
            if worker.connection in ready:
                done = self._hear(worker)
            elif worker.job is not None and worker.late(self._limit):
                worker.stop()
                done = self._bury(worker, Failure(stage="time", reason=f"ran past the limit of {self._limit:g} seconds"))
            else:
                continue
            if done is not None:
                yield done
        self._tick()

    def _hear(self, worker: _Worker) -> Done | None:
        try:
            what, value = worker.connection.recv()
        except (EOFError, OSError):
            worker.stop()
            return self._bury(worker, Failure(stage="crash", reason=f"ended its worker ({_ending(worker.process)})"))
        if what == "begin":
            worker.begin(value)
            return None
        job, worker.job = worker.job, None
        assert job is not None
        if what == "done":
            return Done(job=job.id, worker=worker.pid, result=value)
        return self._retry(job, -1, Failure(stage="crash", reason=value), worker.pid)

    def _bury(self, worker: _Worker, failure: Failure) -> Done | None:
        """A worker is gone: another takes its place, and its job is done again."""
        self._workers[self._workers.index(worker)] = self._start()
        return None if worker.job is None else self._retry(worker.job, worker.number, failure, worker.pid)

    def _retry(self, job: Job, number: int, failure: Failure, pid: int) -> Done | None:
        deaths = self._deaths[job.id, number] = self._deaths.get((job.id, number), 0) + 1
        if number >= 0 and deaths >= TRIES:
            reason = f"report {number} of shard {job.id} {failure.reason} in {deaths} tries; it was left out."
            job = job.without(number, Failure(stage=failure.stage, reason=reason))
        elif number < 0 and deaths >= MOST:
            return Done(job=job.id, worker=pid, failed=failure.reason)
        self._again.append(job)
        return None

    def _start(self) -> _Worker:
        for attempt in range(3):
            try:
                return _Worker(self._context)
            except (EOFError, OSError):  # the server that workers are forked from was killed: the next try makes a new one
                if attempt == 2:
                    raise
                time.sleep(0.2)
        raise AssertionError


class _Worker:
    """A process with the job it does and the number of the report it is at (-1: none)."""

    def __init__(self, context: BaseContext) -> None:
        self.connection, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(far,), daemon=True)  # type: ignore[attr-defined]
        with _no_main():
            self.process.start()
        far.close()
        self.pid = self.process.pid or 0
        self.job: Job | None = None
        self.number = -1
        self.since = 0.0

    connection: Connection

    def give(self, job: Job) -> None:
        self.job, self.number = job, -1
        with suppress(OSError):  # it died while it was idle: reading from it will tell
            self.connection.send(job)

    def begin(self, number: int) -> None:
        self.number, self.since = number, time.monotonic()

    def late(self, limit: float) -> bool:
        return self.number >= 0 and time.monotonic() - self.since > limit

    def stop(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.connection.close()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sacho.batch.preload"])
    return context


@contextmanager
def _no_main() -> Iterator[None]:
    """A new process imports the main module again; a start script without a guard would run the program once more in it.
    Nothing that a worker does stands in the main module."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _ending(process: BaseProcess) -> str:
    code = process.exitcode
    return "it vanished" if code is None else f"signal {-code}" if code < 0 else f"status {code}"
