"""Measure the program on gold reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sacho.coding import code_document
from sacho.evaluation.bootstrap import intervals
from sacho.evaluation.causes import Fault, faults
from sacho.evaluation.gold import GoldReport
from sacho.evaluation.measures import Comparison, Tally, compare, figures, tally_events, tally_report
from sacho.evaluation.readings import EventReading, Reading, reading_of_coding, reading_of_gold
from sacho.evaluation.rules import RuleFigure, rule_figures
from sacho.records import Document, Record

_OF_EVENTS = "event: "  # how the groups of events that show a phenomenon begin
Reader = Callable[[Document], Reading]


class Figure(Record):
    """A figure with its 95 % interval."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None


class Group(Record):
    """The figures of a part of the gold: one kind, one outlet, one phenomenon of texts or of events."""

    name: str
    tally: dict[str, int]
    figures: dict[str, float | None]


class Evaluation(Record):
    """What a run found. Everything is in a fixed order: the same gold and program give the same bytes."""

    only: str
    digest: str
    reports: tuple[str, ...]
    tally: dict[str, int]
    figures: tuple[Figure, ...]
    faults: tuple[Fault, ...]
    rules: tuple[RuleFigure, ...]
    by: str = ""
    groups: tuple[Group, ...] = ()


def select(reports: Iterable[GoldReport], only: str) -> tuple[GoldReport, ...]:
    """The reports kept aside (`blind`), those for development (`dev`) or all."""
    return tuple(r for r in reports if only == "all" or r.blind == (only == "blind"))


def code_reading(document: Document) -> Reading:
    """What the program reads in a report; a reading without anything that tells the failure if it fails."""
    try:
        return reading_of_coding(code_document(document))
    except Exception as error:  # a report that breaks the program is a finding, the others are still measured
        return Reading(events=(), quotes=(), conflicts=(), failure=f"{type(error).__name__}: {error}")


def compare_all(reports: Iterable[GoldReport], reader: Reader = code_reading) -> tuple[Comparison, ...]:
    """Read every report and compare."""
    return tuple(
        compare(
            reading_of_gold(report.reading, report.document.text), reader(report.document), text=report.document.text,
            report=report.id, outlet=report.front.outlet, phenomena=report.front.phenomena or report.reading.phenomena or (),
        )
        for report in reports
    )  # fmt: skip


def evaluate(comparisons: Sequence[Comparison], *, only: str = "all", by: str = "", digest: str = "") -> Evaluation:
    """All figures of those comparisons; `by` is `kind`, `phenomenon`, `outlet` or empty."""
    tallies = [tally_report(c) for c in comparisons]
    total: Tally = sum(tallies, Counter())
    bounds = intervals(tallies)
    return Evaluation(
        only=only, digest=digest, reports=tuple(c.report for c in comparisons), tally=dict(sorted(total.items())),
        figures=tuple(_figure(name, value, bounds) for name, value in figures(total).items()),
        faults=tuple(fault for c in comparisons for fault in faults(c)), rules=rule_figures(comparisons),
        by=by, groups=_groups(comparisons, tallies, by),
    )  # fmt: skip


def _figure(name: str, value: float | None, bounds: dict[str, tuple[float, float]]) -> Figure:
    low, high = bounds.get(name, (None, None))
    return Figure(name=name, value=value, low=low, high=high)


def _groups(comparisons: Sequence[Comparison], tallies: Sequence[Tally], by: str) -> tuple[Group, ...]:
    parts: dict[str, Tally] = {}
    for comparison, tally in zip(comparisons, tallies, strict=True):
        for name, part in _parts(comparison, tally, by):
            parts[name] = parts.get(name, Counter()) + part
    values = {name: figures(part) for name, part in parts.items()}
    for name in values:
        if name.startswith(_OF_EVENTS):
            values[name] |= {"events.precision": None, "events.f1": None}
    order = sorted(parts, key=lambda name: (-parts[name]["events.gold"], name))
    return tuple(Group(name=n, tally=dict(sorted(parts[n].items())), figures=values[n]) for n in order)


def _parts(comparison: Comparison, tally: Tally, by: str) -> list[tuple[str, Tally]]:
    if by == "outlet":
        return [(comparison.outlet, tally)]
    gold, read = comparison.gold.events, comparison.read.events
    if by == "kind":
        kinds = sorted({e.kind for e in (*gold, *read)})
        return [(k, tally_events(comparison, _where(gold, k), _where(read, k))) for k in kinds]
    if by == "phenomenon":
        texts = [(f"text: {name}", tally) for name in comparison.phenomena]
        shown = sorted({name for event in gold for name in event.phenomena})
        return texts + [(f"{_OF_EVENTS}{name}", _tally_phenomenon(comparison, name)) for name in shown]
    return []


def _where(events: Sequence[EventReading], kind: str) -> list[int]:
    return [i for i, event in enumerate(events) if event.kind == kind]


def _tally_phenomenon(comparison: Comparison, name: str) -> Tally:
    """The gold's events that show it and what they were matched with. They have no precision: what was read beside
    them shows no phenomenon."""
    shown = [i for i, event in enumerate(comparison.gold.events) if name in event.phenomena]
    return tally_events(comparison, shown, [j for i, j in comparison.pairs if i in shown])
