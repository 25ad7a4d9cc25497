"""Imported once by the server that workers are forked from: everything that they share is loaded here."""

from __future__ import annotations

import gc

from sacho.annotate.resources import load_resources
from sacho.batch import shard_job as shard_job

load_resources()
gc.freeze()  # what was loaded is never collected, so that counting it does not copy its pages into each worker
