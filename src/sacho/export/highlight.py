"""The words of a report cut into pieces: plain, or proof of something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from sacho.records import Block, BlockKind, Document, Evidence, Record, Span


class Piece(Record):
    """A stretch of text. `proofs` are (event id, field) of everything it proves, the narrowest first; empty if plain."""

    text: str
    proofs: tuple[tuple[str, str], ...] = ()


class Paragraph(Record):
    kind: BlockKind
    pieces: tuple[Piece, ...]


def paragraphs(document: Document, proofs: Iterable[tuple[str, Evidence]]) -> tuple[Paragraph, ...]:
    """The blocks of a report in pieces. `proofs` are event ids with evidence; evidence of other documents is left aside.

    The pieces of a paragraph put together are its text, whatever overlaps.
    """
    own = [(event, e) for event, e in proofs if e.document == document.id]
    blocks = document.blocks or (Block(kind=BlockKind.body, start=0, end=len(document.text)),)
    return tuple(Paragraph(kind=b.kind, pieces=pieces(document.text, Span(start=b.start, end=b.end), own)) for b in blocks)


def pieces(text: str, span: Span, proofs: Sequence[tuple[str, Evidence]]) -> tuple[Piece, ...]:
    """`text[span.start:span.end]` in pieces, cut wherever a proof begins or ends."""
    within = [(event, e) for event, e in proofs if e.start < span.end and span.start < e.end]
    cuts = {span.start, span.end}
    for _, e in within:
        cuts |= {max(e.start, span.start), min(e.end, span.end)}
    edges = sorted(cuts)
    return tuple(
        Piece(text=text[a:b], proofs=_over(a, b, within)) for a, b in pairwise(edges)
    )


def marked(shown: Iterable[Piece]) -> str:
    """Pieces as HTML, escaped, the proofs in `<mark>`.

    >>> marked([Piece(text="a<b "), Piece(text="19일", proofs=(("e1", "date"),))])
    'a&lt;b <mark title="date">19일</mark>'
    """
    out = []
    for piece in shown:
        fields = ", ".join(dict.fromkeys(field for _, field in piece.proofs))
        words = escape(piece.text)
        out.append(f'<mark title="{escape(fields)}">{words}</mark>' if piece.proofs else words)
    return "".join(out)


def _over(start: int, end: int, proofs: Sequence[tuple[str, Evidence]]) -> tuple[tuple[str, str], ...]:
    over = sorted(((e.end - e.start, event, e.field) for event, e in proofs if e.start <= start and end <= e.end))
    return tuple(dict.fromkeys((event, field) for _, event, field in over))
