"""A corpus of any size: the same function over one shard, on this machine's processes or on a cluster."""

from __future__ import annotations

from sacho.batch.reports import annotate_batch
from sacho.batch.results import INPUT, OUTPUT, Failure, Result, codings, from_batch
from sacho.batch.run import Options, Progress, run
from sacho.batch.stored import read_results
from sacho.batch.supervisor import Local

__all__ = ["INPUT", "OUTPUT", "Failure", "Local", "Options", "Progress", "Result", "annotate_batch", "codings", "from_batch",
           "read_results", "run"]  # fmt: skip
