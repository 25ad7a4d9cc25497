"""A text with overlapping highlights, cut into pieces that a page can draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sacho.records import Record

_LANES = 6


class Highlight(Record):
    """Words of a text that prove something: half-open code points, the field, and the id of what they prove."""

    start: int
    end: int
    field: str
    id: str


class Note(Record):
    """How words read otherwise: `kind` is `spelling` (the ROK spelling) or `gloss` (who or what is meant)."""

    start: int
    end: int
    kind: str
    reads: str


class Layer(Record):
    """One line under a piece: the field, its depth (0 is nearest to the words), the ids that it stands for."""

    field: str
    lane: int
    ids: tuple[str, ...]


class Piece(Record):
    """A run of text under the same layers, deepest layer first. `within` are the kinds of notes that it stands in, `notes` those
    that end with it."""

    start: int
    text: str
    layers: tuple[Layer, ...]
    within: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def ids(self) -> str:
        return " ".join(i for layer in self.layers for i in layer.ids)


def pieces(text: str, start: int, end: int, highlights: Iterable[Highlight], notes: Iterable[Note] = ()) -> tuple[Piece, ...]:
    """Cut `text[start:end]` at every edge of a highlight or note. Joined again, the pieces are that text.

    Highlights of the same words and field share a layer. Each layer keeps its lane over its whole length, and no two
    that overlap have the same lane, so crossing spans stay apart; beyond six lanes the deepest is shared.
    """
    layers = _layers([h for h in highlights if h.start < end and h.end > start])
    said = [n for n in notes if start <= n.start and n.end <= end]
    spans = [*((a, b) for a, b, _ in layers), *((n.start, n.end) for n in said)]
    edges = sorted({start, end, *(min(max(e, start), end) for span in spans for e in span)})
    made = []
    for first, last in pairwise(edges):
        over = [layer for a, b, layer in layers if a < last and b > first]
        over.sort(key=lambda layer: -layer.lane)
        within = tuple(sorted({n.kind for n in said if n.start < last and n.end > first}))
        ending = tuple(n for n in said if n.end == last)
        made.append(Piece(start=first, text=text[first:last], layers=tuple(over), within=within, notes=ending))
    return tuple(made)


def _layers(highlights: Sequence[Highlight]) -> list[tuple[int, int, Layer]]:
    """Longest first from the outside in: a short span inside a long one is drawn nearer to the words."""
    shared: dict[tuple[int, int, str], list[str]] = {}
    for h in highlights:
        ids = shared.setdefault((h.start, h.end, h.field), [])
        if h.id not in ids:
            ids.append(h.id)
    placed: list[tuple[int, int, Layer]] = []
    for (start, end, field), ids in sorted(shared.items(), key=lambda item: (item[0][1] - item[0][0], item[0])):
        taken = {layer.lane for a, b, layer in placed if a < end and b > start}
        lane = next((n for n in range(_LANES) if n not in taken), _LANES - 1)
        placed.append((start, end, Layer(field=field, lane=lane, ids=tuple(ids))))
    return placed
