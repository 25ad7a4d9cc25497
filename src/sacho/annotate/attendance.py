"""Who else was there: lists of those present, in the order in which the text names them."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Token

_PRESENT = frozenset({MentionKind.person, MentionKind.group, MentionKind.role})
_ALWAYS = frozenset({"배석", "수행", "동행", "동석", "대동"})  # never an act of their own


def find_present(
    trigger: Trigger, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention],
    tokens: Sequence[Token],
) -> tuple[int, ...]:  # fmt: skip
    """Mention indexes of those present, in text order; empty if the word tells of an act of its own
    (`공연을 관람`, `열병식에 참석`) and not of company at a meeting already told."""
    if trigger.form not in load_words().attending or trigger.clause < 0:
        return ()
    clause = clauses[trigger.clause]
    if trigger.form not in _ALWAYS and not _points_back(clause, units, tokens):
        return ()
    stop = units[trigger.unit].start
    inside = [k for k in clause.arguments if units[k].start < stop]
    if clause.subject >= 0 and clause.subject not in inside and clause.found != "topic":
        inside.insert(0, clause.subject)
    if not inside:
        return ()
    first, last = min(inside), max(inside)
    present: list[int] = []
    for k in range(first, last + 1):
        unit = units[k]
        if unit.is_predicate or unit.case in ("obj", "gen") or (unit.topic and unit.case in ("loc", "at")):
            continue
        present += [m for m in unit.mentions if mentions[m].kind in _PRESENT and m not in present]
    return tuple(present)


def _points_back(clause: Clause, units: Sequence[Unit], tokens: Sequence[Token]) -> bool:
    """`여기에는`, `회담에는`: a phrase in 에 whose head is an occasion, with no name in it."""
    occasions = load_words().occasions
    return any(
        units[k].case in ("loc", "at") and not units[k].mentions and tokens[units[k].body - 1].form in occasions
        for k in clause.arguments
    )
