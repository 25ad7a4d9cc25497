"""Which stretches of a text are in DPRK wording, told by its spelling: the whole report, a line, or a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from sacho.records import Span

_QUOTED = re.compile("“[^“”\n]{2,2000}”|\"[^\"\n]{2,2000}\"|《[^《》\n]{2,2000}》|‘[^‘’\n]{2,2000}’|'[^'\n]{2,2000}'")
_WHOLE_TEXT = 3  # markers outside quotations that make a whole report DPRK wording ...
_WHOLE_DENSITY = 500  # ... if there is at least one in so many characters
_LINE = 2  # markers that make a line DPRK wording


def dprk_spans(text: str, markers: Sequence[int], *, dprk: bool | None) -> tuple[Span, ...]:
    """Stretches in DPRK wording, sorted and disjoint. `markers` are the offsets of forms that only the DPRK writes,
    sorted. `dprk` settles it for the whole text; None leaves it to the markers, of which one makes its quotation
    DPRK wording."""
    if dprk is not None or not text:
        return (Span(start=0, end=len(text)),) if dprk and text else ()
    if not markers:
        return ()
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    starts = [start for start, _ in quotes]
    outside = [at for at in markers if not _inside(quotes, starts, at)]
    if len(outside) >= _WHOLE_TEXT and len(outside) * _WHOLE_DENSITY >= len(text):
        return (Span(start=0, end=len(text)),)
    spans = [Span(start=start, end=end) for start, end in quotes if _count(markers, start, end)]
    return _united([*spans, *_lines(text, outside)])


def holds(spans: Sequence[Span], at: int) -> bool:
    """Is the offset inside one of the spans (sorted, disjoint)?"""
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return index >= 0 and at < spans[index].end


def _inside(quotes: Sequence[tuple[int, int]], starts: Sequence[int], at: int) -> bool:
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < quotes[index][1]


def _lines(text: str, outside: Sequence[int]) -> list[Span]:
    spans = []
    at = 0
    while at < len(outside):
        start = text.rfind("\n", 0, outside[at]) + 1
        end = text.find("\n", outside[at])
        end = len(text) if end < 0 else end
        count = _count(outside, start, end)
        if count >= _LINE:
            spans.append(Span(start=start, end=end))
        at += count
    return spans


def _united(spans: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if out and span.start <= out[-1].end:
            out[-1] = Span(start=out[-1].start, end=max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _count(markers: Sequence[int], start: int, end: int) -> int:
    return bisect_left(markers, end) - bisect_left(markers, start)
