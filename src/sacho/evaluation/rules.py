"""How often each rule is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sacho.evaluation.matching import same_party
from sacho.evaluation.measures import Comparison, date_right, place_right, same_chain
from sacho.evaluation.readings import EventReading
from sacho.records import Record


class RuleFigure(Record):
    """A rule of one field: how many values it read, and how many of them were right. For `kind` every event read counts,
    right if it is matched and of the same kind; for the other fields the matched events."""

    field: str
    rule: str
    read: int
    right: int


def rule_figures(comparisons: Iterable[Comparison]) -> tuple[RuleFigure, ...]:
    """Precision of every rule, by field, the most used first."""
    read: dict[tuple[str, str], int] = {}
    right: dict[tuple[str, str], int] = {}
    for comparison in comparisons:
        for field, rule, hit in _verdicts(comparison):
            read[field, rule] = read.get((field, rule), 0) + 1
            right[field, rule] = right.get((field, rule), 0) + hit
    out = [RuleFigure(field=f, rule=r, read=n, right=right[f, r]) for (f, r), n in read.items()]
    return tuple(sorted(out, key=lambda entry: (entry.field, -entry.read, entry.rule)))


def _verdicts(comparison: Comparison) -> Iterator[tuple[str, str, bool]]:
    partner = {j: comparison.gold.events[i] for i, j in comparison.pairs}
    for j, event in enumerate(comparison.read.events):
        gold = partner.get(j)
        yield "kind", event.rule, gold is not None and gold.kind == event.kind
        if gold is not None:
            yield from _fields(gold, event)


def _fields(gold: EventReading, read: EventReading) -> Iterator[tuple[str, str, bool]]:
    """The first words of a field are the ones its value was taken from; a participant's are those he is called by."""
    first = {proof.field: proof.rule for proof in reversed(read.proofs)}
    for field, hit in (
        ("date", bool(read.dates[0]) and date_right(gold, read)),
        ("place", bool(read.places[0]) and place_right(gold, read)),
        ("status", gold.status == read.status),
        ("sources", same_chain(gold.sources, read.sources)),
    ):
        if field in first:
            yield field, first[field], hit
    called = {proof.words: proof.rule for proof in read.proofs if proof.field in ("actor", "recipient", "participants")}
    for party in read.everybody:
        if party.written in called:
            yield "participants", called[party.written], any(same_party(party, other) for other in gold.everybody)
