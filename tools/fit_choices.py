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
from collections.abc import Callable, Iterable, Sequence
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
from sacho.resolve.choosing import Model, best
from sacho.resolve.compose import compose, place_of
from sacho.resolve.dating import dated, day_options
from sacho.resolve.fields import maker, page_of_groups, redated
from sacho.resolve.page import Page, page_of
from sacho.resolve.placing import Option as PlaceOption
from sacho.resolve.placing import Spot, place_options, spots_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 10
RIDGE = 10.0
RARE = 5  # a feature seen in fewer events is left out
GIVEN = 1  # how often an event counts whose own words give the value
OPEN = 3  # and one whose words do not
LEAST = {"day": 0.6, "place": 0.5}
TABLES = {"day": "dating", "place": "placing"}
TARGET = Path(__file__).parents[1] / "src/sacho/resolve/data"
ABOUT = (
    "Written by tools/fit_choices.py; do not edit. Fitted on {events} events of {reports} gold reports, {open} of them without a {field} "
    "in their own words. On reports left out: {figures}."
)


class Case(Record):
    """An event found: the options with their features, whether each says something, is right as measured, is to be learnt; what
    its own words give, if anything, and whether that is right; whether the gold has a value."""

    report: str
    features: tuple[tuple[str, ...], ...]
    says: tuple[bool, ...]
    good: tuple[bool, ...]
    right: tuple[bool, ...]
    given: bool
    given_good: bool
    wanted: bool


Names = tuple[str, ...]


def cases(directory: Path) -> tuple[list[Case], list[Case]]:
    """Of every event of the reports for development that is found: for its day, and for its place."""
    resources = load_resources()
    days: list[Case] = []
    places: list[Case] = []
    for name in gold_ids(directory):
        source = read_report(directory, name)
        if source.blind:
            continue
        annotated = annotate(source.document, resources)
        groups = group_mentions(annotated, resources.lexicon, resources.predicates)
        events = [compose(g, resources.lexicon, resources.predicates, None) for g in groups]
        gold = reading_of_gold(source.reading, source.document.text).events
        pairs = match_events(gold, reading_of_events(events).events)
        page = page_of_groups(groups, annotated) if groups else None
        if page is None:
            continue
        days += [_day_case(name, page, j, gold[i].dates) for i, j in pairs]
        later = redated(page, dated(groups, page))
        made = maker(annotated, resources.lexicon)
        spots, known = spots_of(page, made.place), [place_of(t.mentions) for t in page.tellings]
        places += [_place_case(name, later, j, known, spots, gold[i].places) for i, j in pairs]
    return days, places


def _day_case(name: str, page: Page, j: int, gold: Names) -> Case:
    given = page.tellings[j].day
    bare = [t if k != j else msgspec.structs.replace(t, day="") for k, t in enumerate(page.tellings)]
    again = page_of(page.annotated, [t.mentions for t in bare], [t.day for t in bare])
    options = [(o.value, o.features) for o in day_options(again, j)] or [("", ["none"])]
    return _case(name, [((value,), features) for value, features in options], (given,), gold, lambda values: values[0] in gold)


def _place_case(name: str, page: Page, j: int, known: Sequence[Place | None], spots: Sequence[Spot], gold: Names) -> Case:
    open_ = [place if k != j else None for k, place in enumerate(known)]
    options = place_options(page, j, open_, spots) or [PlaceOption(place=None, features=["none"])]
    values = [(names_of_place(o.place), o.features) for o in options]
    return _case(name, values, names_of_place(known[j]), gold, lambda names: same_place(gold, names))


def _case(
    name: str, options: Sequence[tuple[Names, list[str]]], given: Names, gold: Names, is_right: Callable[[Names], bool]
) -> Case:
    good = tuple(is_right(value) for value, _ in options)
    says = tuple(value != ("",) for value, _ in options)
    return Case(
        report=name, features=tuple(tuple(features) for _, features in options), says=says, good=good,
        right=good if any(good) else tuple(not s for s in says), given=given != ("",), given_good=is_right(given), wanted=bool(gold[0]),
    )  # fmt: skip


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


def left_out(found: Sequence[Case], part: Callable[[str], object], least: float) -> list[tuple[bool, bool]]:
    """Of each event, whether it has a value and whether that is right, chosen by weights from the other parts where its own
    words give none."""
    out = as_given(found)
    for one in sorted({part(case.report) for case in found}, key=str):
        model = Model(about="", least=least, weights=fit([case for case in found if part(case.report) != one]))
        for k, case in enumerate(found):
            if part(case.report) == one and not case.given:
                chosen = best(case.features, model)
                out[k] = (case.says[chosen], case.good[chosen]) if chosen >= 0 else out[k]
    return out


def as_given(found: Iterable[Case]) -> list[tuple[bool, bool]]:
    return [(case.given, case.given_good) for case in found]


def figures(found: Iterable[Case], values: Iterable[tuple[bool, bool]]) -> str:
    """Precision, recall and F1 as `sacho evaluate` counts them, and how many of the gold's empty ones stay empty."""
    right = read = wanted = kept = empty = 0
    for case, (says, good) in zip(found, values, strict=True):
        read += says
        if case.wanted or (says and good):
            right, wanted = right + (says and good), wanted + 1
        else:
            kept, empty = kept + (not says), empty + 1
    f1 = 2 * right / (read + wanted)
    return f"precision {right / read:.3f}, recall {right / wanted:.3f}, F1 {f1:.3f}, kept empty {kept / empty:.3f}"


def settle(field: str, found: Sequence[Case], least: float, *, dry: bool) -> None:
    """Print the figures of one field and write its weights."""
    reports = sorted({case.report for case in found})
    print(f"{field}, without the choice:", figures(found, as_given(found)))
    by_report = figures(found, left_out(found, lambda r: reports.index(r) % FOLDS, least))
    print(f"{field}, ten parts:", by_report)
    print(f"{field}, by batch:", figures(found, left_out(found, lambda r: re.sub(r"\d.*", "", r), least)))
    if not dry:
        about = ABOUT.format(
            events=len(found), reports=len(reports), open=sum(not case.given for case in found), field=field, figures=by_report
        )
        model = Model(about=about, least=least, weights=fit(found))
        path = TARGET / f"{TABLES[field]}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
        print(f"{len(model.weights)} weights written")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dry", action="store_true")
    options = parser.parse_args()
    for field, found in zip(TABLES, cases(options.gold), strict=True):
        settle(field, found, LEAST[field], dry=options.dry)


if __name__ == "__main__":
    main()
