"""The same jobs as Ray tasks, one a shard, on one machine or a cluster (`sacho[ray]`).

Tasks, not actors: when a node is lost, its tasks are done elsewhere, while actors keep the jobs that were pinned to them
waiting for ever. Ray's own retries are off: a job whose worker died is given out again here, and a job that lost its
worker twice is done under a supervisor of its own inside the task, which finds the report that kills and leaves it out.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sacho.batch.storage import StorageError
from sacho.batch.supervisor import LIMIT, MOST, TRIES, Done, Job, Local

_AHEAD = 2  # jobs given out for each processor


class OnRay:
    """Runs jobs as Ray tasks. `address` is that of a cluster; without one, a cluster of this machine is started with
    `workers` processors, and ended with the run."""

    def __init__(self, workers: int, *, address: str | None = None, limit: float = LIMIT, tick: Callable[[], None] = lambda: None) -> None:
        self._limit = limit
        self._tick = tick
        self._ray = ray_module()
        self._own = not self._ray.is_initialized()
        if self._own:
            start(self._ray, address=address, workers=workers)
        self._task = self._ray.remote(num_cpus=1, max_retries=0)(_plain)
        self._careful = self._ray.remote(num_cpus=1, max_retries=0)(_careful)

    def map(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Do the jobs; results as they come."""
        waiting = iter(jobs)
        flying: dict[Any, tuple[Job, int]] = {}
        try:
            while True:
                self._give(waiting, flying)
                if not flying:
                    return
                ready, _ = self._ray.wait(list(flying), num_returns=1, timeout=0.5)
                for reference in ready:
                    job, deaths = flying.pop(reference)
                    done = self._hear(reference, job)
                    if isinstance(done, Done):
                        yield done
                    elif deaths + 1 >= MOST:
                        yield Done(job=job.id, worker=0, failed=done)
                    else:
                        flying[self._launch(job, deaths + 1)] = (job, deaths + 1)
                self._tick()
        finally:
            for reference in flying:
                self._ray.cancel(reference, force=True)
            if self._own:
                self._ray.shutdown()

    def _give(self, waiting: Iterator[Job], flying: dict[Any, tuple[Job, int]]) -> None:
        room = _AHEAD * max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        while len(flying) < room:
            job = next(waiting, None)
            if job is None:
                return
            flying[self._launch(job, 0)] = (job, 0)

    def _launch(self, job: Job, deaths: int) -> Any:
        return (self._task if deaths < TRIES else self._careful).remote(job, self._limit)

    def _hear(self, reference: Any, job: Job) -> Done | str:
        try:
            result, pid = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError as error:
            return Done(job=job.id, worker=0, failed=str(error.cause).splitlines()[0])
        except self._ray.exceptions.RayError as error:
            return f"lost its worker ({type(error).__name__})"
        return result if isinstance(result, Done) else Done(job=job.id, worker=pid, result=result)


def start(ray: Any, *, address: str | None, workers: int, objects: int = 200_000_000) -> None:
    """Join the cluster at an address, or start one on this machine, with an object store of so many bytes. Raises
    `StorageError` naming the address if there is none."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address is None:
        ray.init(address="local", num_cpus=workers, include_dashboard=False, object_store_memory=objects, **quiet)
        return
    try:
        ray.init(address=address, **quiet)
    except ConnectionError as error:
        raise StorageError(f"{address} is no Ray cluster that answers ({error}); start one with `ray start --head`.") from None


def ray_module() -> Any:
    """The package ray. Raises `StorageError` saying how to get it."""
    try:
        import ray
    except ImportError:
        raise StorageError("--engine ray needs the package ray; install sacho[ray].") from None
    return ray


def _plain(job: Job, limit: float) -> tuple[object, int]:
    """A task. A report that runs past its limit ends the worker, from outside of Python, so that nothing can hold it up."""

    def before(number: int) -> None:
        if number < 0:
            faulthandler.cancel_dump_traceback_later()
        else:
            faulthandler.dump_traceback_later(limit, exit=True)

    try:
        return job.run(before), os.getpid()
    finally:
        faulthandler.cancel_dump_traceback_later()


def _careful(job: Job, limit: float) -> tuple[object, int]:
    """A task that does its job in a process of its own, so that the report that ends it is known."""
    for done in Local(1, limit=limit).map([job]):
        return done, os.getpid()
    raise AssertionError
