"""How far two coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from sacho.evaluation.bootstrap import intervals
from sacho.evaluation.causes import Fault, faults
from sacho.evaluation.measures import Comparison, date_right, participants_right, place_right, same_chain, tally_report
from sacho.evaluation.readings import EventReading
from sacho.records import Record

_FIELDS: dict[str, Callable[[EventReading, EventReading], bool]] = {
    "date": lambda a, b: date_right(a, b) or date_right(b, a),
    "place": lambda a, b: place_right(a, b) or place_right(b, a),
    "participants": participants_right,
    "sources": lambda a, b: same_chain(a.sources, b.sources),
}


class Agreement(Record):
    """F1 of matched events, quotes and conflicts; Cohen's kappa of kind and status and the exact share of the other fields
    over matched events; for the kind also over events that both saw at the same words under kinds of different families, or
    matching would hide the disagreement. None where nothing can be told: kappa of coders who both used one value only."""

    reports: tuple[str, ...]
    first: int
    second: int
    matched: int
    figures: dict[str, float | None]
    events_low: float | None
    events_high: float | None
    faults: tuple[Fault, ...]


def agreement(comparisons: Sequence[Comparison]) -> Agreement:
    """The agreement of two readings of the same reports (the first as `gold`, the second as `read`)."""
    tallies = [tally_report(c) for c in comparisons]
    total = sum(tallies, Counter())
    pairs = [(c.gold.events[i], c.read.events[j]) for c in comparisons for i, j in c.pairs]
    values: dict[str, float | None] = {f"{name} F1": _f1(total, name) for name in ("events", "quotes", "conflicts")}
    misread = [(c.gold.events[i], c.read.events[j]) for c in comparisons for i, j in c.misread]
    values["kind kappa"] = cohen_kappa([(a.kind, b.kind) for a, b in pairs + misread])
    values["status kappa"] = cohen_kappa([(a.status, b.status) for a, b in pairs])
    for name, same in _FIELDS.items():
        values[f"{name} exact"] = sum(same(a, b) for a, b in pairs) / len(pairs) if pairs else None
    low, high = intervals(tallies).get("events.f1", (None, None))
    return Agreement(
        reports=tuple(c.report for c in comparisons), first=total["events.gold"], second=total["events.read"],
        matched=total["events.right"], figures=values, events_low=low, events_high=high,
        faults=tuple(fault for c in comparisons for fault in faults(c)),
    )  # fmt: skip


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance of two coders over the same items (Cohen 1960): (observed - expected) / (1 - expected)."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(a == b for a, b in pairs) / count
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(first[value] * second[value] for value in first) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _f1(tally: Counter[str], name: str) -> float | None:
    both = tally[f"{name}.read"] + tally[f"{name}.gold"]
    return 2 * tally[f"{name}.right"] / both if both else None
