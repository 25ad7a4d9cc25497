"""Rows of the code tables in `data/`."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/<name>`, by column."""
    return list(csv.DictReader(io.StringIO((files("sacho.export") / "data" / name).read_text(encoding="utf-8"))))
