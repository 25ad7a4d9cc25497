"""Fit the weights of the choice of days (`sacho.resolve.dating`) on gold reports, and measure them on reports left out.

    python tools/fit_choices.py gold            # prints the figures, writes the weights
    python tools/fit_choices.py gold --dry      # prints only

A ridge-penalised conditional logit over the options of each event found. The reports are dealt into ten parts, and by the batch in
which they were written (the letters of their ids); each part is measured with weights from the others, so that no report is judged
by itself. The events whose words give a day teach as well, less than the others. The weights written are from all reports.
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
from sacho.evaluation.readings import reading_of_events, reading_of_gold
from sacho.records import Record
from sacho.resolve import group_mentions
from sacho.resolve.choosing import Model, best
from sacho.resolve.compose import compose
from sacho.resolve.dating import Option, day_options
from sacho.resolve.page import leading, page_of
from sacho.resolve.within import day_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FOLDS = 10
RIDGE = 10.0
RARE = 5  # a feature seen in fewer events is left out
OPEN = 3  # how often an event counts whose own words give no day
LEAST = 0.55
TARGET = Path(__file__).parents[1] / "src/sacho/resolve/data/dating.json"
ABOUT = (
    "Written by tools/fit_choices.py; do not edit. Fitted on {events} events of {reports} gold reports, {open} of them without a day in "
    "their own words. On reports left out: {figures}."
)


class Case(Record):
    """An event found: its options, which of them are right, the value that its words give, the gold's values."""

    report: str
    values: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    given: str
    gold: tuple[str, ...]


def cases(directory: Path) -> list[Case]:
    """Of every event of the reports for development that is found."""
    resources = load_resources()
    out: list[Case] = []
    for name in gold_ids(directory):
        source = read_report(directory, name)
        if source.blind:
            continue
        annotated = annotate(source.document, resources)
        groups = group_mentions(annotated, resources.lexicon, resources.predicates)
        events = [compose(g, resources.lexicon, resources.predicates, None) for g in groups]
        mentions = [leading(g) for g in groups]
        days = [day_of(group) for group in mentions]
        gold = reading_of_gold(source.reading, source.document.text).events
        for i, j in match_events(gold, reading_of_events(events).events):
            page = page_of(annotated, mentions, [d if k != j else "" for k, d in enumerate(days)])
            options = day_options(page, j) or [Option(value="", features=["none"])]
            values = tuple(o.value for o in options)
            right = [v in gold[i].dates for v in values]
            right = right if any(right) else [not v for v in values]
            out.append(Case(
                report=name, values=values, features=tuple(tuple(o.features) for o in options), right=tuple(right),
                given=days[j], gold=gold[i].dates,
            ))  # fmt: skip
    return out


def fit(train: Sequence[Case]) -> dict[str, float]:
    """Weights by feature."""
    weighted = [case for case in train for _ in range(1 if case.given else OPEN)]
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


def left_out(found: Sequence[Case], part: Callable[[str], object], least: float) -> list[str]:
    """The value of each event, chosen by weights from the other parts where its own words give none."""
    out = [case.given for case in found]
    for one in sorted({part(case.report) for case in found}, key=str):
        weights = fit([case for case in found if part(case.report) != one])
        model = Model(about="", least=least, weights=weights)
        for k, case in enumerate(found):
            if part(case.report) == one and not case.given:
                chosen = best(case.features, model)
                out[k] = case.values[chosen] if chosen >= 0 else ""
    return out


def figures(found: Iterable[Case], values: Iterable[str]) -> str:
    """Precision, recall and F1 as `sacho evaluate` counts them, and how many of the gold's empty ones stay empty."""
    right = read = wanted = kept = empty = 0
    for case, value in zip(found, values, strict=True):
        good = value in case.gold
        read += bool(value)
        if case.gold[0] or (value and good):
            right, wanted = right + (bool(value) and good), wanted + 1
        else:
            kept, empty = kept + (not value), empty + 1
    f1 = 2 * right / (read + wanted)
    return f"precision {right / read:.3f}, recall {right / wanted:.3f}, F1 {f1:.3f}, kept empty {kept / empty:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--least", type=float, default=LEAST)
    options = parser.parse_args()
    found = cases(options.gold)
    reports = sorted({case.report for case in found})
    print("without the choice:", figures(found, [case.given for case in found]))
    by_report = figures(found, left_out(found, lambda r: reports.index(r) % FOLDS, options.least))
    print("ten parts:", by_report)
    print("by batch:", figures(found, left_out(found, lambda r: re.sub(r"\d.*", "", r), options.least)))
    if not options.dry:
        about = ABOUT.format(events=len(found), reports=len(reports), open=sum(not case.given for case in found), figures=by_report)
        model = Model(about=about, least=options.least, weights=fit(found))
        TARGET.write_bytes(msgspec.json.format(msgspec.json.encode(model), indent=1) + b"\n")
        print(f"{len(model.weights)} weights written")


if __name__ == "__main__":
    main()
