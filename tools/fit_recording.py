"""Fit the models of `sacho.resolve.recording` on gold reports, and measure the program on reports they were not fitted on.

    python tools/fit_recording.py gold            # prints the figures, writes the weights
    python tools/fit_recording.py gold --dry      # prints only

Three ridge-penalised logistic regressions. An event read is right (`kept`) if the gold has it; a mention that leads no event
stands for one of its own (`apart`) if its words are those of a gold event of its family that was not found without it; parties
are right (`parties`) if they share one with the gold event at those words. Printed: events found without the models, and with
them on reports left out, dealt into ten parts three times over and batch by batch (a batch is the letters before the number).
The weights written are from all reports.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sacho.annotate import annotate
from sacho.annotate.event_mentions import LOOSE
from sacho.annotate.resources import Resources, load_resources
from sacho.coding import Coding
from sacho.evaluation.gold import GoldReport, gold_ids, read_report
from sacho.evaluation.matching import family, match_events, overlapping, shared
from sacho.evaluation.measures import Tally, compare, figures, tally_report
from sacho.evaluation.readings import EventReading, Name, Reading, reading_of_coding, reading_of_gold
from sacho.records import AnnotatedDocument, EventMention, Participant, Record, Span
from sacho.resolve import resolve_document
from sacho.resolve.discourse import complete
from sacho.resolve.recording import BASE, Weights
from sacho.resolve.traits import Telling, standing, traits
from sacho.resolve.unsaid import candidates
from sacho.resolve.within import cluster

Floats = NDArray[np.float64]
Row = tuple[tuple[str, ...], bool]

FOLDS = 10
DEALS = 3
LEAST = 0.4
RIDGE = {"kept": 15.0, "apart": 10.0, "parties": 10.0}
RARE = 5  # a feature seen less often is left out
FLOOR = 0.03  # a smaller weight is left out
TARGET = Path(__file__).parents[1] / "src/sacho/resolve/data/recording.json"


class Sample(Record):
    """One report, annotated, with what the gold says of its mentions. `plain` is the tally without the models."""

    report: GoldReport
    annotated: AnnotatedDocument
    gold: Reading
    plain: dict[str, int]
    kept: tuple[Row, ...]
    apart: tuple[Row, ...]
    parties: tuple[Row, ...]


def sample(report: GoldReport, resources: Resources) -> Sample:
    annotated = annotate(report.document, resources)
    lexicon, predicates = resources.lexicon, resources.predicates
    families = {kind.id: kind.family for kind in predicates.kinds.values()}
    mentions = complete([m for m in annotated.events if m.weight > LOOSE], families, lexicon.countries)
    groups = cluster(mentions, families)
    telling = Telling(annotated, mentions, groups, families)
    gold = reading_of_gold(report.reading, report.document.text)
    events = resolve_document(annotated, lexicon, predicates, weights=Weights())
    read = reading_of_coding(Coding(annotated=annotated, events=events))
    pairs = match_events(gold.events, read.events)
    found = {i for i, _ in pairs}
    right = {span for _, j in pairs for span in read.events[j].spans}
    leads = {lead.id for lead in telling.leads}
    kept = [(tuple(standing(m, telling)), _span(m) in right) for m in telling.leads]
    apart: list[Row] = []
    parties: list[Row] = []
    for mention in (m for m in mentions if m.id not in leads):
        meant = [i for i, event in enumerate(gold.events) if _meant(event, mention)]
        new = [gold.events[i] for i in meant if i not in found]
        good = bool(new) and (not mention.full or any(_share(e, (*mention.actor, *mention.recipient)) for e in new))
        apart.append((tuple(traits(mention, telling)), good))
        if meant and not mention.full:
            for c in candidates(mention, telling, lexicon):
                fits = any(_share(gold.events[i], (*c.actor, *c.recipient)) for i in meant)
                parties.append((tuple(c.seen), fits))
    plain = dict(tally_report(compare(gold, read, text=report.document.text)))
    return Sample(report=report, annotated=annotated, gold=gold, plain=plain, kept=tuple(kept), apart=tuple(apart),
                  parties=tuple(parties))  # fmt: skip


def _span(mention: EventMention) -> Span:
    return Span(start=mention.start, end=mention.end)


def _meant(event: EventReading, mention: EventMention) -> bool:
    return family(event.kind) == family(mention.kind) and overlapping(event.spans, [_span(mention)])


def _share(event: EventReading, parties: Iterable[Participant]) -> bool:
    return bool(shared(event.everybody, [Name(name=p.name) for p in parties]))


def fit(rows: Sequence[Row], ridge: float) -> dict[str, float]:
    """Weights by Newton's method, in the space of the rows where that is smaller; the constant bears no penalty."""
    counts = Counter(name for seen, _ in rows for name in seen)
    names = sorted(name for name, n in counts.items() if n >= RARE)
    index = {name: k for k, name in enumerate(names, start=1)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, 0] = 1.0
    for r, (seen, _) in enumerate(rows):
        x[r, [index[name] for name in seen if name in index]] = 1.0
    y = np.array([right for _, right in rows], dtype=float)
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-9
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (y - p) - penalty * weights)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    out = {BASE: round(float(weights[0]), 2)}
    return out | {n: round(float(w), 2) for n, w in zip(names, weights[1:], strict=True) if abs(w) >= FLOOR}


def learn(samples: Sequence[Sample]) -> Weights:
    rows: Callable[[str], list[Row]] = lambda part: [row for s in samples for row in getattr(s, part)]  # noqa: E731
    return Weights(least=LEAST, **{part: fit(rows(part), ridge) for part, ridge in RIDGE.items()})


def left_out(samples: Sequence[Sample], part_of: Callable[[Sample], object], resources: Resources) -> dict[object, Tally]:
    """The tally of each part, read with the weights of all others."""
    out: dict[object, Tally] = {}
    for part in sorted({part_of(s) for s in samples}, key=str):
        weights = learn([s for s in samples if part_of(s) != part])
        out[part] = Counter()
        for s in (s for s in samples if part_of(s) == part):
            events = resolve_document(s.annotated, resources.lexicon, resources.predicates, weights=weights)
            read = reading_of_coding(Coding(annotated=s.annotated, events=events))
            out[part] += tally_report(compare(s.gold, read, text=s.report.document.text))
    return out


def show(name: str, tally: Tally) -> None:
    found = figures(tally)
    told = [f"{found[f'events.{f}']:.4f}" for f in ("precision", "recall", "f1")]
    others = [f"{n} {found[f'{n}.f1']:.4f}" for n in ("participants", "date", "place")]
    print(f"{name:28}", *told, f"{tally['events.right']}/{tally['events.read']}/{tally['events.gold']}", *others, flush=True)


def batch_of(report: str) -> str:
    return re.sub(r"[\d-].*", "", report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dry", action="store_true")
    options = parser.parse_args()
    resources = load_resources()
    reports = [r for r in (read_report(options.gold, name) for name in gold_ids(options.gold)) if not r.blind]
    samples = [sample(report, resources) for report in reports]
    print({part: (sum(len(getattr(s, part)) for s in samples), sum(r for s in samples for _, r in getattr(s, part))) for part in RIDGE})
    show("without the models", sum((Counter(s.plain) for s in samples), Counter()))
    for deal in range(DEALS):
        order = [s.report.id for s in samples]
        random.Random(deal).shuffle(order)
        fold = {name: n % FOLDS for n, name in enumerate(order)}
        show(f"left out, deal {deal}", sum(left_out(samples, lambda s: fold[s.report.id], resources).values(), Counter()))  # noqa: B023
    for batch, tally in left_out(samples, lambda s: batch_of(s.report.id), resources).items():
        show(f"batch {batch} without", sum((Counter(s.plain) for s in samples if batch_of(s.report.id) == batch), Counter()))
        show(f"batch {batch} left out", tally)
    if not options.dry:
        weights = learn(samples)
        data = {"least": LEAST, **{part: getattr(weights, part) for part in RIDGE}}
        TARGET.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
