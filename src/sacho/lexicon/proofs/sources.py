"""`SOURCES.md` has a paragraph for every data file, and for no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable

_HEADING = re.compile(r"^## `([^`]+)`\n+(?P<text>[^#\n][^\n]*)?", re.MULTILINE)


def proof_sources(folder: Traversable) -> Iterator[str]:
    """Files without a paragraph, and paragraphs without a file."""
    path = folder / "SOURCES.md"
    if not path.is_file():
        yield "SOURCES.md is missing; write a paragraph for each data file."
        return
    told = {m[1]: m["text"] or "" for m in _HEADING.finditer(path.read_text(encoding="utf-8"))}
    present = {entry.name for entry in folder.iterdir() if entry.is_file()} - {"SOURCES.md"}
    for name in sorted(present - told.keys()):
        yield f"SOURCES.md: nothing on {name}; write a paragraph under the heading ## `{name}`."
    for name in sorted(told.keys() - present):
        yield f"SOURCES.md ({name}): there is no such file; delete the paragraph."
    for name in sorted(name for name in told.keys() & present if not told[name]):
        yield f"SOURCES.md ({name}): the paragraph is empty; say what the file is, how it was made and under which licence."
