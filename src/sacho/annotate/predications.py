"""Predicates that tell of no event of the codebook, read all the same: who did it, to whom, and whether it happened.

Their mentions have the kind `act` and weigh nothing: they become no event and no claim. They are read only where a
caller asks for every predicate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.clefts import carrying_clause
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.lexicon.predicates import Cue, Kind, Predicates
from sacho.lexicon.words import load_words
from sacho.records import Token

ACT = Kind(id="act", type="", family="act", past="acted", ko="", local=True)
_DOING = Cue(id="act", kind="act", frame="act", need=("nobody",))
_SUFFERED = Cue(id="act-done-to", kind="act", frame="act-done-to", need=("nobody",))
_PASSIVE = ("되", "당하", "어지", "아지", "여지")
_EMPTY = frozenset(["하", "되", "있", "없", "않", "못하", "아니", "이", "같", "따르", "의하", "대하", "관하",
                    "위하", "통하", "말", "싶", "보이"])  # fmt: skip
_CARRYING = ("subj", "obj", "topic", "also", "loc")
_WORDS = load_words()


def find_predications(
    units: Sequence[Unit], clauses: Sequence[Clause], tokens: Sequence[Token], owner: Sequence[int],
    taken: Sequence[tuple[int, int]], predicates: Predicates,
) -> list[Trigger]:  # fmt: skip
    """Triggers for the predicates of one sentence in which no word of an event stands, and for the nouns of which a verb
    says that they are planned, offered, called off or going on. `taken` are the spans already read."""
    where = {k: n for n, clause in enumerate(clauses) for k in (*clause.arguments, clause.predicate) if k >= 0}
    out: list[Trigger] = []
    for u, unit in enumerate(units):
        if u not in where:
            continue
        n = where[u]
        out += _predicate(unit, u, n, tokens) if unit.is_predicate else _noun(unit, u, n, units, clauses, tokens, owner, predicates)
    return [t for t in out if not any(a < t.end and t.start < b for a, b in taken)]


def _predicate(unit: Unit, u: int, n: int, tokens: Sequence[Token]) -> Iterator[Trigger]:
    if unit.noun < 0 and unit.stem in _EMPTY:
        return
    suffered = unit.stem.endswith(_PASSIVE if unit.noun >= 0 else _PASSIVE[2:]) and not unit.describes
    cue = _SUFFERED if suffered else _DOING
    first = unit.noun if unit.noun >= 0 else unit.first
    while first > unit.first and tokens[first - 1].tag in ("NNG", "XPN", "MAG"):
        first -= 1
    last = max(first, unit.noun) + 1
    yield Trigger(start=tokens[first].start, end=tokens[last - 1].end, first=first, last=last, cue=cue, unit=u, clause=n, use="verb",
                  carrier=n, form=unit.stem)  # fmt: skip


def _noun(
    unit: Unit, u: int, n: int, units: Sequence[Unit], clauses: Sequence[Clause], tokens: Sequence[Token], owner: Sequence[int],
    predicates: Predicates,
) -> Iterator[Trigger]:  # fmt: skip
    n = carrying_clause(units, clauses, u, n)
    predicate = clauses[n].predicate
    last = unit.body - 1
    if predicate <= u or unit.case not in _CARRYING or unit.timexes or last < unit.first or owner[last] >= 0 or tokens[last].tag != "NNG":
        return
    stem = units[predicate].stem
    owned = tokens[last].form in _WORDS.act_nouns and u > 0 and units[u - 1].case == "gen" and bool(units[u - 1].mentions)
    if owned:
        yield Trigger(start=tokens[last].start, end=tokens[last].end, first=last, last=last + 1, cue=_DOING, unit=u, clause=n, use="bare",
                      form=tokens[last].form)  # fmt: skip
        return
    goes = unit.case == "loc" and stem in _WORDS.goal_verbs
    carries = goes or stem in _WORDS.happening_verbs or stem in _WORDS.light_verbs or stem.endswith("중이")
    if stem not in predicates.governor_status and not carries:
        return
    first = last - (last > unit.first and tokens[last - 1].tag == "XPN")
    yield Trigger(start=tokens[first].start, end=tokens[last].end, first=first, last=last + 1, cue=_DOING, unit=u, clause=n, use="light",
                  carrier=n, form=tokens[last].form)  # fmt: skip
