"""Who travels in a train, a plane or a ship that stands for them, and who is led there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.fillers import Filler
from sacho.annotate.phrases import Unit
from sacho.annotate.view import ACTING, View
from sacho.lexicon.words import load_words
from sacho.records import MentionKind

_GOING = frozenset([MentionKind.person, MentionKind.group])
_WORDS = load_words()


def riders(u: int, clauses: Sequence[Clause], view: View) -> list[int]:
    """Who travels in a vehicle that stands for them: `위원장의 전용열차는`, `대통령이 탄 비행기가`."""
    units, mentions = view.units, view.mentions
    if view.tokens[units[u].body - 1].form not in _WORDS.vehicles:
        return []
    seated = _seated(u, clauses, view)
    inside = [m for m in units[u].mentions if mentions[m].kind in ACTING]
    if seated or inside:
        return seated or inside[-1:]
    boarded = u > 0 and units[u - 1].case == "subj" and view.tokens[units[u].first].form == "탄"  # read as a noun
    if boarded or (u > 0 and units[u - 1].case == "gen"):
        return view.heads(u - 1)
    return []


def led_there(n: int, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int]]:
    """`대표단을 이끌고 평양을 방문했다`: whoever is led goes too; each mention with its phrase."""
    before = clauses[n - 1] if n else None
    if before is None or before.governor != n or before.predicate < 0 or view.units[before.predicate].stem not in _WORDS.leading_verbs:
        return
    for k in before.arguments:
        if view.units[k].case == "obj":
            for m in view.heads(k):
                if view.mentions[m].kind is MentionKind.group:
                    yield m, k


def setting_out(fillers: list[Filler], view: View) -> list[Filler]:
    """`당대표단 라오스를 방문`: in a line without a verb whoever stands right before the country goes there."""
    first = [
        f for f in fillers
        if f.slot in ("obj", "loc", "dir") and view.mentions[f.mention].kind in _GOING and view.units[f.unit].mentions[-1] != f.mention
    ]  # fmt: skip
    return [msgspec.structs.replace(f, slot="subj") if f in first else f for f in fillers]


def _seated(u: int, clauses: Sequence[Clause], view: View) -> list[int]:
    """`대표단을 태운 고려항공 여객기`: who is in it, whosever it is."""
    for clause in _ridden(u, clauses):
        if view.units[clause.predicate].stem in _WORDS.riding_verbs:
            seats = [k for k in clause.arguments if view.units[k].case in ("subj", "obj") and k != u]
            return [m for k in seats for m in view.heads(k)]
    return []


def _ridden(u: int, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses that modify a noun, and those they go on from: `대표단이 타고 온 전용기`."""
    for n, clause in enumerate(clauses):
        if clause.kind == "adnominal" and clause.head == u and clause.predicate >= 0:
            yield clause
            if n and clauses[n - 1].kind == "coordinate" and clauses[n - 1].governor == n:
                yield clauses[n - 1]


def is_ridden(u: int, clauses: Sequence[Clause], units: Sequence[Unit]) -> bool:
    """Whether the text says of a vehicle who is in it."""
    return any(units[c.predicate].stem in _WORDS.riding_verbs for c in _ridden(u, clauses))
