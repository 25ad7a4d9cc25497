"""Where the items of a round-up begin: lines of news one after another, each under its own title. Nobody is carried over from one to
the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

_TITLE, _PARAGRAPH = 45, 40  # letters: a title is no longer, a paragraph no shorter
_LEAST, _MOST = 3, 2  # titles of a round-up; paragraphs below each
_LINE = re.compile(r"[^\n]+")
_NO_TITLE = re.compile(r"[.!?…”\"'’」』》)\]|@ⓒ©]$|[|@ⓒ©=\[\]]|^[-*#▶▷☞※(]")
_FINAL = re.compile(r"[.!?][”\"'’」』》)\]]*(?:\(끝\))?\s*$")


@lru_cache(maxsize=2)  # two stages ask for the same text
def item_starts(text: str) -> tuple[int, ...]:
    """Offsets of the titles, in text order; empty unless three or more stand over one or two paragraphs each."""
    lines = [(m.start(), m.group().strip()) for m in _LINE.finditer(text) if m.group().strip()]
    sorts = [_sort(words) for _, words in lines]
    if sorts.count("title") < _LEAST:
        return ()
    best: list[int] = []
    run: list[int] = []
    for i, sort in enumerate(sorts):
        below = sorts[i + 1 : i + 2 + _MOST]
        stands = sort == "title" and below[:1] == ["body"] and not (len(below) > _MOST and all(b == "body" for b in below))
        if stands:
            run.append(lines[i][0])
        elif sort != "body":
            run = []
        best = run if len(run) > len(best) else best
    return tuple(best) if len(best) >= _LEAST else ()


def _sort(words: str) -> str:
    if len(words) <= _TITLE and not _NO_TITLE.search(words):
        return "title"
    return "body" if len(words) >= _PARAGRAPH and _FINAL.search(words) else ""


def item_of(starts: Sequence[int], at: int) -> int:
    """The offset at which the item begins that holds `at`; 0 before the first."""
    k = bisect_right(starts, at)
    return starts[k - 1] if k else 0
