"""Which event read is which event of the gold: one to one, by family of kind and shared participants."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sacho.evaluation.readings import ConflictReading, EventReading, Name, QuoteReading
from sacho.records import Span

_JOINTS = re.compile(r"[\s·\-]")
_SAME_KIND = _SAME_DAY = 0.5
_MIN_LETTERS = 2  # a name of one letter ends too many others


def family(kind: str) -> str:
    """Kinds of one family tell of one act."""
    return _tables()[0].get(kind, kind)


def normal(name: str) -> str:
    """A name without blanks, `·` and `-`, a state by its short name."""
    bare = _JOINTS.sub("", name)
    return _tables()[1].get(bare, bare)


def same_name(a: str, b: str) -> bool:
    """Equal, or one ends in the other (`외무부`, `러시아 외무부`)."""
    a, b = normal(a), normal(b)
    if not a or not b:
        return False
    return a == b or (min(len(a), len(b)) >= _MIN_LETTERS and (a.endswith(b) or b.endswith(a)))


def same_party(a: Name, b: Name) -> bool:
    """Any name of the one is the same as any of the other."""
    return any(same_name(x, y) for x in (a.name, *a.also) for y in (b.name, *b.also))


def shared(gold: Sequence[Name], read: Sequence[Name]) -> list[tuple[int, int]]:
    """Pairs of indexes of the same party, each used once, in the gold's order."""
    left = list(range(len(read)))
    pairs: list[tuple[int, int]] = []
    for i, party in enumerate(gold):
        found = next((j for j in left if same_party(party, read[j])), None)
        if found is not None:
            left.remove(found)
            pairs.append((i, found))
    return pairs


def match_events(gold: Sequence[EventReading], read: Sequence[EventReading]) -> list[tuple[int, int]]:
    """Pairs (gold, read), best first: twice the shared participants over all, half a point for the same kind, half
    for the same day. Between equals those that share words go first, then the earlier ones."""
    candidates = []
    for i, g in enumerate(gold):
        for j, r in enumerate(read):
            if family(g.kind) != family(r.kind):
                continue
            hits = len(shared(g.everybody, r.everybody))
            if not hits:
                continue
            score = 2 * hits / (len(g.everybody) + len(r.everybody))
            score += _SAME_KIND * (g.kind == r.kind) + _SAME_DAY * (bool(g.dates[0]) and g.dates[0] == r.dates[0])
            candidates.append((-score, not overlapping(g.spans, r.spans), i, j))
    return _one_to_one([(i, j) for _, _, i, j in sorted(candidates)])


def match_quotes(gold: Sequence[QuoteReading], read: Sequence[QuoteReading], text: str) -> list[tuple[int, int]]:
    """Pairs (gold, read) of quotations that start at the same place; nothing but marks and blanks may lie between.
    Between several the ones with the same speaker go first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, r in enumerate(read):
            if any(_no_letter_between(text, a, b) for a in g.starts for b in r.starts):
                candidates.append((not same_speaker(g, r), i, j))
    return _one_to_one([(i, j) for _, i, j in sorted(candidates)])


def match_conflicts(gold: Sequence[ConflictReading], read: Sequence[ConflictReading]) -> list[tuple[int, int]]:
    """Pairs (gold, read) of the same family and field whose values stand at the same places, each at its own."""
    candidates = [
        (i, j)
        for i, g in enumerate(gold)
        for j, r in enumerate(read)
        if family(g.kind) == family(r.kind) and g.field == r.field and len(g.values) == len(r.values) and _same_places(g, r)
    ]
    return _one_to_one(candidates)


def match_leftovers(
    gold: Sequence[EventReading], read: Sequence[EventReading], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs of unmatched events at the same words, with a participant or the family of kind in common: what was
    seen but misread, so that it is one error and not two."""
    taken_gold, taken_read = {i for i, _ in pairs}, {j for _, j in pairs}
    candidates = []
    for i, g in enumerate(gold):
        for j, r in enumerate(read):
            if i in taken_gold or j in taken_read or not overlapping(g.spans, r.spans):
                continue
            hits = len(shared(g.everybody, r.everybody))
            if hits or family(g.kind) == family(r.kind):
                candidates.append((-hits, i, j))
    return _one_to_one([(i, j) for _, i, j in sorted(candidates)])


def same_speaker(gold: QuoteReading, read: QuoteReading) -> bool:
    """The speaker read is one of those that count as right."""
    return any(same_name(speaker, read.speakers[0]) for speaker in gold.speakers)


def overlapping(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether any stretch of the one overlaps any of the other."""
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def _one_to_one(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    used_gold: set[int] = set()
    used_read: set[int] = set()
    out: list[tuple[int, int]] = []
    for i, j in candidates:
        if i not in used_gold and j not in used_read:
            used_gold.add(i)
            used_read.add(j)
            out.append((i, j))
    return out


def _same_places(gold: ConflictReading, read: ConflictReading) -> bool:
    pairs = [(i, j) for i, a in enumerate(gold.values) for j, b in enumerate(read.values) if overlapping(a, b)]
    return len(_one_to_one(pairs)) == len(gold.values)


def _no_letter_between(text: str, a: int, b: int) -> bool:
    return not any(letter.isalnum() for letter in text[min(a, b) : max(a, b)])


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    data = tomllib.loads((files("sacho.evaluation") / "data" / "matching.toml").read_text(encoding="utf-8"))
    return data["family"], data["same_name"]
