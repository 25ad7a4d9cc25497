"""A store and files of JSON lines: everything out, everything in again (docs/store.md)."""

from sacho.exchange.dump import dump
from sacho.exchange.load import Loaded, load

__all__ = ["Loaded", "dump", "load"]
