"""Fit the weights of the choice of days and places (`sacho.resolve.dating`, `placing`), and measure them on reports left out.

    python tools/fit_choices.py gold            # prints the figures, writes the weights
    python tools/fit_choices.py gold --dry      # prints only

A ridge-penalised conditional logit over the options of each event found. The reports are dealt into ten parts, and by the batch in
which they were written (the letters of their ids); each part is measured with weights from the others, so that no report is judged
by itself. The events whose words give one teach as well, less than the others. The weights written are from all reports.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from sacho.annotate import annotate
from sacho.annotate.resources import load_resources
from sacho.evaluation.gold import gold_ids, read_report
from sacho.evaluation.matching import match_events
from sacho.evaluation.measures import same_place
from sacho.evaluation.readings import names_of_place, reading_of_events, reading_of_gold
from sacho.records import Place, Record
from sacho.resolve import group_mentions
from sacho.resolve.choosing import Model
from sacho.resolve.compose import compose, place_of
from sacho.resolve.dating import dated, day_options
from sacho.resolve.fields import maker, page_of_groups, redated
from sacho.resolve.page import Page, page_of
from sacho.resolve.placing import Option as PlaceOption
from sacho.resolve.placing import place_options, placed, spots_of
from sacho.resolve.stages import staged
from sacho.resolve.within import Cluster, day_of, leading

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Names = tuple[str, ...]

FOLDS = 10
RIDGE = 10.0
RARE = 5  # a feature seen in fewer events is left out
GIVEN = 1  # how often an event counts whose own words give the value
OPEN = 3  # and one whose words do not
TARGET = Path(__file__).parents[1] / "src/sacho/resolve/data"
ABOUT = (
    "Written by tools/fit_choices.py; do not edit. Fitted on {events} events of {reports} gold reports, {open} of them without a {field} "
    "in their own words. On reports left out: {figures}."
)


class Case(Record):
    """An event found: the options with their features, which of them is to be learnt, whether its own words give a value."""

    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    given: bool


class Source(msgspec.Struct, frozen=True):
    """A report with the events found in it, the page with the days chosen so far for the choice of places, what makes places; of
    each event that the gold has too its number, and the gold's days and places."""

    report: str
    groups: Sequence[Cluster]
    page: Page
    later: Page
    made: Callable[[int], Place]
    pairs: Sequence[tuple[int, Names, Names]]


Values = Sequence[tuple[bool, bool, bool]]  # of each event: whether it has a value, that is right, the gold has one


def sources(directory: Path) -> list[Source]:
    """The reports for development."""
    resources = load_resources()
    out = []
    for name in gold_ids(directory):
        source = read_report(directory, name)
        if source.blind:
            continue
        annotated = annotate(source.document, resources)
        groups = group_mentions(annotated, resources.lexicon, resources.predicates)
        if not groups:
            continue
        groups = staged(groups, page_of_groups(groups, annotated), place_of)
        events = [compose(g, resources.lexicon, resources.predicates, None) for g in groups]
        gold = reading_of_gold(source.reading, source.document.text).events
        page = page_of_groups(groups, annotated)
        out.append(Source(
            report=name, groups=groups, page=page, later=redated(page, dated(groups, page)), made=maker(annotated, resources.lexicon).place,
            pairs=[(j, gold[i].dates, gold[i].places) for i, j in match_events(gold, reading_of_events(events).events)],
        ))  # fmt: skip
    return out


def day_cases(source: Source) -> list[Case]:
    out = []
    for j, gold, _ in source.pairs:
        bare = [t if k != j else msgspec.structs.replace(t, day="") for k, t in enumerate(source.page.tellings)]
        again = page_of(source.page.annotated, [t.mentions for t in bare], [t.day for t in bare])
        options = [(o.value, o.features) for o in day_options(again, j)] or [("", ["none"])]
        good = [value in gold for value, _ in options]
        out.append(_case([f for _, f in options], good, [value != "" for value, _ in options], given=source.page.tellings[j].day != ""))
    return out


def place_cases(source: Source) -> list[Case]:
    known = [place_of(t.mentions) for t in source.page.tellings]
    spots = spots_of(source.page, source.made)
    out = []
    for j, _, gold in source.pairs:
        open_ = [place if k != j else None for k, place in enumerate(known)]
        options = place_options(source.later, j, open_, spots) or [PlaceOption(place=None, features=["none"])]
        good = [same_place(gold, names_of_place(o.place)) for o in options]
        out.append(_case([o.features for o in options], good, [o.place is not None for o in options], given=known[j] is not None))
    return out


def _case(features: Sequence[list[str]], good: Sequence[bool], says: Sequence[bool], *, given: bool) -> Case:
    right = good if any(good) else [not s for s in says]
    return Case(features=tuple(tuple(f) for f in features), right=tuple(right), given=given)


def day_values(source: Source, model: Model | None) -> Values:
    """As the model chooses, or as the events' own words give."""
    groups = dated(source.groups, source.page, model) if model is not None else source.groups
    days = [day_of(leading(g)) for g in groups]
    return [(days[j] != "", days[j] in gold, bool(gold[0])) for j, gold, _ in source.pairs]


def place_values(source: Source, model: Model | None) -> Values:
    """As the model chooses, or as the events' own words give."""
    known = [place_of(t.mentions) for t in source.page.tellings]
    groups = placed(source.groups, known, source.later, source.made, model) if model is not None else source.groups
    names = [names_of_place(place_of(leading(g))) for g in groups]
    return [(names[j] != ("",), same_place(gold, names[j]), bool(gold[0])) for j, _, gold in source.pairs]


class Field(msgspec.Struct, frozen=True):
    """A field that is chosen: the name of its table of weights, the least share, its cases, its values as measured."""

    name: str
    table: str
    least: float
    cases: Callable[[Source], list[Case]]
    values: Callable[[Source, Model | None], Values]


FIELDS = (
    Field(name="day", table="dating", least=0.6, cases=day_cases, values=day_values),
    Field(name="place", table="placing", least=0.5, cases=place_cases, values=place_values),
)


def fit(train: Sequence[Case]) -> dict[str, float]:
    """Weights by feature."""
    weighted = [case for case in train for _ in range(GIVEN if case.given else OPEN)]
    counts = Counter(name for case in train for name in {n for names in case.features for n in names})
    names = sorted(name for name, count in counts.items() if count >= RARE)
    index = {name: k for k, name in enumerate(names)}
    rows, columns, owner, right = [], [], [], []
    for number, case in enumerate(weighted):
        for features, ok in zip(case.features, case.right, strict=True):
            seen = {index[f] for f in features if f in index}
            rows += [len(owner)] * len(seen)
            columns += sorted(seen)
            owner.append(number)
            right.append(ok)
    table = (np.array(rows), np.array(columns), np.array(owner), np.array(right, dtype=float), len(weighted), len(names))
    found = minimised(lambda w: _loss(w, *table), np.zeros(len(names)))
    return {name: round(float(w), 2) for name, w in zip(names, found, strict=True) if abs(w) >= 0.005}


def _loss(
    w: Floats, rows: Ints, columns: Ints, owner: Ints, right: Floats, events: int, features: int
) -> tuple[float, Floats]:
    """Negative log likelihood of some right option, with its gradient."""
    total = np.bincount(rows, w[columns], len(owner))
    top = np.full(events, -np.inf)
    np.maximum.at(top, owner, total)
    grown = np.exp(total - top[owner])
    whole, good = np.bincount(owner, grown, events), np.bincount(owner, grown * right, events)
    gap = grown / whole[owner] - grown * right / good[owner]
    loss = float((np.log(whole) - np.log(good)).sum() + RIDGE / 2 * (w @ w))
    return loss, np.bincount(columns, gap[rows], features) + RIDGE * w


def minimised(function: Callable[[Floats], tuple[float, Floats]], w: Floats, rounds: int = 300) -> Floats:
    """L-BFGS with backtracking (Nocedal and Wright 2006, algorithm 7.5)."""
    value, slope = function(w)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(rounds):
        way = _direction(slope, past)
        size = 1.0
        while size > 1e-8:
            after = w - size * way
            found, turned = function(after)
            if found <= value - 1e-4 * size * float(slope @ way):
                break
            size /= 2
        else:
            break
        if (after - w) @ (turned - slope) > 1e-10:
            past = [*past, (after - w, turned - slope)][-10:]
        done = value - found < 1e-6 * abs(value)
        w, value, slope = after, found, turned
        if done:
            break
    return w


def _direction(slope: Floats, past: Sequence[tuple[Floats, Floats]]) -> Floats:
    way, steps = slope.copy(), []
    for s, y in reversed(past):
        steps.append((s @ way) / (s @ y))
        way = way - steps[-1] * y
    way = way * ((past[-1][0] @ past[-1][1]) / (past[-1][1] @ past[-1][1]) if past else 1 / max(1.0, np.abs(slope).sum() / 10))
    for (s, y), size in zip(past, reversed(steps), strict=True):
        way = way + (size - (y @ way) / (s @ y)) * s
    return np.asarray(way)


def left_out(field: Field, found: Sequence[Source], cases: Sequence[list[Case]], part: Callable[[str], object]) -> str:
    """The figures with weights from the other parts."""
    values: list[tuple[bool, bool, bool]] = []
    for one in sorted({part(source.report) for source in found}, key=str):
        train = [c for source, own in zip(found, cases, strict=True) if part(source.report) != one for c in own]
        model = Model(about="", least=field.least, weights=fit(train))
        values += [v for source in found if part(source.report) == one for v in field.values(source, model)]
    return figures(values)


def figures(values: Values) -> str:
    """Precision, recall and F1 as `sacho evaluate` counts them, and how many of the gold's empty ones stay empty."""
    right = read = wanted = kept = empty = 0
    for says, good, has in values:
        read += says
        if has or (says and good):
            right, wanted = right + (says and good), wanted + 1
        else:
            kept, empty = kept + (not says), empty + 1
    f1 = 2 * right / (read + wanted)
    return f"precision {right / read:.3f}, recall {right / wanted:.3f}, F1 {f1:.3f}, kept empty {kept / empty:.3f}"


def settle(field: Field, found: Sequence[Source], *, dry: bool) -> None:
    """Print the figures of one field and write its weights."""
    reports = [source.report for source in found]
    cases = [field.cases(source) for source in found]
    print(f"{field.name}, without the choice:", figures([v for source in found for v in field.values(source, None)]))
    by_report = left_out(field, found, cases, lambda r: reports.index(r) % FOLDS)
    print(f"{field.name}, ten parts:", by_report)
    print(f"{field.name}, by batch:", left_out(field, found, cases, lambda r: re.sub(r"\d.*", "", r)))
    if not dry:
        train = [c for own in cases for c in own]
        about = ABOUT.format(
            events=len(train), reports=len(reports), open=sum(not c.given for c in train), field=field.name, figures=by_report
        )
        model = Model(about=about, least=field.least, weights=fit(train))
        path = TARGET / f"{field.table}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
        print(f"{len(model.weights)} weights written")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dry", action="store_true")
    options = parser.parse_args()
    found = sources(options.gold)
    for field in FIELDS:
        settle(field, found, dry=options.dry)


if __name__ == "__main__":
    main()
