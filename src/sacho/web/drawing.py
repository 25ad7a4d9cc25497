"""What templates call to draw: words struck out or added, a moment, the cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from markupsafe import Markup, escape

from sacho.records import Span
from sacho.resolve.quantities import sentence_span
from sacho.store.overview import Tie
from sacho.web.showing import plain


def marked(sentence: str, span: Span | None, changed: Sequence[Span], tag: str) -> Markup:
    """The sentence with changed words in `del` or `ins`. Spans are offsets into the text that `span` cuts the sentence from."""
    if span is None:
        return escape(plain(sentence))
    parts, last = [], span.start
    for word in sorted(changed, key=lambda s: s.start):
        parts.append(escape(plain(sentence[last - span.start : word.start - span.start])))
        parts.append(Markup("<{0}>{1}</{0}>").format(Markup(tag), plain(sentence[word.start - span.start : word.end - span.start])))
        last = word.end
    parts.append(escape(plain(sentence[last - span.start :])))
    return Markup("").join(parts)


def moment(seconds: float) -> str:
    """A point in time to the second, UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")


def grid(ties: Iterable[Tie]) -> dict[tuple[str, str], int]:
    """The cells of a matrix: who acts (row) on whom (column)."""
    return {(tie.a, tie.b): tie.events for tie in ties}


def around(text: str, start: int, end: int) -> Markup:
    """The sentence that words of a text stand in, with the words marked."""
    first, last = sentence_span(text, start) if start < end else (start, end)
    first, last = min(first, start), max(last, end)
    words = plain(text[start:end])
    return Markup("{}<mark>{}</mark>{}").format(plain(text[first:start].lstrip()), words, plain(text[end:last].rstrip()))
