"""A report as its format gives it, before blocks: and the one way from there to a `Document`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from hashlib import blake2b

from sacho.ingest.blocks import find_blocks, find_outlet, find_stamp
from sacho.ingest.decode import canonical
from sacho.ingest.errors import Unreadable
from sacho.records import Block, BlockKind, Document, Record

MAX_CHARACTERS = 200_000  # a hundred printed pages; the longest reports (a plenary, a speech in full) have half of it
_KST = timezone(timedelta(hours=9))
_DAY = re.compile(r"((?:19|20)\d\d)\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?!\d)|((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_ENGLISH_DAY = re.compile(r"([A-Z][a-z]{2})[a-z]*\.?\s(\d{1,2}),\s((?:19|20)\d\d)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Piece(Record):
    """A stretch of a page; `kind` only where the format itself tells it (title, figcaption)."""

    text: str
    kind: BlockKind | None = None


class Draft(Record):
    """What a format reader found in one report."""

    pieces: tuple[Piece, ...]
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def to_document(draft: Draft, *, origin: str, outlet: str | None = None, published: str | None = None) -> Document:
    """The document of a draft. The draft's own outlet and day win over the ones given for the whole run; if
    neither is there, those of a copyright line or of the page's stamp. Raises `Unreadable` for an empty or
    too long text and for a day that is none.
    """
    text, marks = _assembled(draft)
    if not text.strip():
        raise Unreadable("holds no text", "give a report of at least one sentence")
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"has {len(text):,} characters, more than the {MAX_CHARACTERS:,} that one report may have",
            "split it into its reports",
        )
    blocks = find_blocks(text, marks)
    house = _named(draft.outlet) or _named(outlet) or find_outlet(text, blocks)
    day = draft.published or published
    day = to_day(day) if day else _stamped(find_stamp(text, blocks))
    return Document(
        id=_identity(text, house, day), origin=origin, text=text, blocks=blocks, outlet=house, published=day, url=draft.url
    )


def to_day(value: str) -> str:
    """`2023-10-20`, `2023.10.20.`, `20231020`, `2023년 10월 20일` or a time stamp, as an ISO day in Korea (KST).
    Raises `Unreadable` if it is no day.
    """
    words = value.strip()
    try:
        moment = datetime.fromisoformat(words) if "T" in words or "+" in words else None
    except ValueError:
        moment = None
    if moment is not None:
        return (moment.astimezone(_KST) if moment.tzinfo else moment).date().isoformat()
    found = _DAY.match(words)
    english = _ENGLISH_DAY.match(words)
    try:
        if english is not None and english[1] in _MONTHS:
            return date(int(english[3]), _MONTHS.index(english[1]) + 1, int(english[2])).isoformat()
        if found is not None:
            year, month, day = (int(part) for part in found.groups() if part is not None)
            return date(year, month, day).isoformat()
    except ValueError:
        pass
    raise Unreadable(f"gives {value[:40]!r} as its day of publication", "write it as YYYY-MM-DD, for example 2023-10-20")


def _named(value: str | None) -> str | None:
    return canonical(value).strip() or None if value else None


def _stamped(value: str | None) -> str | None:
    """The page's stamp as a day; a stamp such as 2023.13.45 says nothing."""
    try:
        return to_day(value) if value else None
    except Unreadable:
        return None


def _assembled(draft: Draft) -> tuple[str, tuple[Block, ...]]:
    """The pieces as one text, an empty line between them, and the blocks that the format told."""
    pieces = [piece for piece in (_canonical_piece(p) for p in _titled(draft)) if piece.text.strip()]
    parts: list[str] = []
    marks: list[Block] = []
    at = 0
    for piece in pieces:
        words = piece.text.strip() if piece.kind is not None else piece.text
        if piece.kind is not None:
            marks.append(Block(kind=piece.kind, start=at, end=at + len(words)))
        parts.append(words)
        at += len(words) + 2
    return "\n\n".join(parts), tuple(marks)


def _titled(draft: Draft) -> Sequence[Piece]:
    """The title in front, unless the text begins with it."""
    if not draft.title or not draft.title.strip():
        return draft.pieces
    title = Piece(text=" ".join(draft.title.split()), kind=BlockKind.headline)
    if not draft.pieces:
        return (title,)
    first, *rest = draft.pieces
    opening, _, following = first.text.lstrip().partition("\n")
    if " ".join(opening.strip("# \t").split()) == title.text:
        return (title, Piece(text=following.lstrip("\n"), kind=first.kind), *rest)
    return (title, *draft.pieces)


def _canonical_piece(piece: Piece) -> Piece:
    return Piece(text=canonical(piece.text), kind=piece.kind)


def _identity(text: str, outlet: str | None, published: str | None) -> str:
    content = "\x1f".join((text, outlet or "", published or ""))
    return "d" + blake2b(content.encode("utf-8"), digest_size=10).hexdigest()
