"""From compared readings to counts, and from counts to figures (docs/gold.md, section 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sacho.evaluation.matching import (
    match_conflicts,
    match_events,
    match_leftovers,
    match_quotes,
    normal,
    overlapping,
    same_name,
    same_speaker,
    shared,
)
from sacho.evaluation.readings import EventReading, Reading
from sacho.records import Record

Tally = Counter[str]
"""Counts that add up over reports: `name.right`, `name.read`, `name.gold`; for shares `name.right` and `name.of`."""

SCORED = ("events", "participants", "date", "place", "sources", "attendees", "quotes", "conflicts")
SHARES = (
    "main events", "sides", "kind", "status", "undated kept undated", "no place kept", "source chain", "attendee lists exact",
    "quote starts", "quote chain", "not events kept out",
)  # fmt: skip
CALIBRATION = "calibration error"
BINS = 10
HAPPENED = ("occurred", "ongoing")


class Comparison(Record):
    """One report, read twice. Pairs are indexes (gold, read); `misread` are unmatched events at the same words."""

    report: str
    outlet: str
    phenomena: tuple[str, ...]
    text: str
    gold: Reading
    read: Reading
    pairs: tuple[tuple[int, int], ...]
    misread: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]
    conflicts: tuple[tuple[int, int], ...]


def compare(
    gold: Reading, read: Reading, *, text: str, report: str = "", outlet: str = "", phenomena: tuple[str, ...] = ()
) -> Comparison:
    """Match events, quotes and conflicts of two readings of `text`."""
    pairs = match_events(gold.events, read.events)
    return Comparison(
        report=report, outlet=outlet, phenomena=phenomena, text=text, gold=gold, read=read, pairs=tuple(pairs),
        misread=tuple(match_leftovers(gold.events, read.events, pairs)),
        quotes=tuple(match_quotes(gold.quotes, read.quotes, text)),
        conflicts=tuple(match_conflicts(gold.conflicts, read.conflicts)),
    )  # fmt: skip


def tally_report(comparison: Comparison) -> Tally:
    """All counts of one report."""
    gold, read = comparison.gold, comparison.read
    tally = tally_events(comparison, range(len(gold.events)), range(len(read.events)))
    _score(tally, "conflicts", len(comparison.conflicts), len(read.conflicts), len(gold.conflicts))
    same = [(gold.quotes[i], read.quotes[j]) for i, j in comparison.quotes]
    _score(tally, "quotes", sum(same_speaker(g, r) for g, r in same), len(read.quotes), len(gold.quotes))
    _share(tally, "quote starts", len(same), len(gold.quotes))
    _share(tally, "quote chain", sum(same_chain(g.via, r.via) for g, r in same), len(same))
    broken = broken_bans(comparison)
    _share(tally, "not events kept out", len(gold.forbidden) - len({words for words, _ in broken}), len(gold.forbidden))
    return tally


def tally_events(comparison: Comparison, gold: Iterable[int], read: Iterable[int]) -> Tally:
    """The counts of those of its events. A pair counts if both of its events are among them."""
    of_gold, of_read = set(gold), set(read)
    pairs = [(i, j) for i, j in comparison.pairs if i in of_gold and j in of_read]
    tally: Tally = Counter()
    _score(tally, "events", len(pairs), len(of_read), len(of_gold))
    main = {i for i in of_gold if comparison.gold.events[i].main}
    _share(tally, "main events", sum(i in main for i, _ in pairs), len(main))
    for i, j in pairs:
        tally += _tally_pair(comparison.gold.events[i], comparison.read.events[j])
    partner = {j: comparison.gold.events[i] for i, j in pairs}
    for j in of_read:
        _calibrate(tally, comparison.read.events[j], partner.get(j))
    return tally


def figures(tally: Tally) -> dict[str, float | None]:
    """Every figure by its name (`events.f1`, `kind.share`), none where there is nothing to count."""
    out: dict[str, float | None] = {}
    for name in SCORED:
        right, read, gold = (tally[f"{name}.{part}"] for part in ("right", "read", "gold"))
        out[f"{name}.precision"] = right / read if read else None
        out[f"{name}.recall"] = right / gold if gold else None
        out[f"{name}.f1"] = 2 * right / (read + gold) if read + gold else None
    for name in SHARES:
        out[f"{name}.share"] = tally[f"{name}.right"] / tally[f"{name}.of"] if tally[f"{name}.of"] else None
    out[f"{CALIBRATION}.error"] = _calibration_error(tally)
    return out


def date_right(gold: EventReading, read: EventReading) -> bool:
    """The day read is one of those that count as right; no day is right where the gold has none."""
    return read.dates[0] in gold.dates


def place_right(gold: EventReading, read: EventReading) -> bool:
    """One name holds the other, by whatever name the gazetteer knows the place; no place is right where the gold has none."""
    return same_place(gold.places, read.places)


def same_place(gold: Iterable[str], read: Iterable[str]) -> bool:
    """Whether one of the names holds one of the others, or both are empty."""
    wanted = [normal(place) for place in gold]
    return any(a in b or b in a if a and b else a == b for a in map(normal, read) for b in wanted)


def same_chain(gold: tuple[str, ...], read: tuple[str, ...]) -> bool:
    """The same sources in the same order."""
    return len(gold) == len(read) and all(same_name(a, b) for a, b in zip(gold, read, strict=True))


def attendees_right(gold: EventReading, read: EventReading) -> bool:
    """The same people in the same order."""
    pairs = shared(gold.attendees, read.attendees)
    return len(gold.attendees) == len(read.attendees) == len(pairs) and all(i == j for i, j in pairs)


def participants_right(gold: EventReading, read: EventReading) -> bool:
    """The same people, whatever their side."""
    return len(gold.parties) == len(read.parties) == len(shared(gold.parties, read.parties))


def on_right_side(gold: EventReading, read: EventReading) -> tuple[int, int]:
    """Of the shared actors and recipients: how many stand on the same side, and how many there are."""
    both = len(shared((*gold.actor, *gold.recipient), (*read.actor, *read.recipient)))
    right = len(shared(gold.actor, read.actor)) + len(shared(gold.recipient, read.recipient))
    return min(right, both), both


def broken_bans(comparison: Comparison) -> list[tuple[str, int]]:
    """Words of which no occurred event may be made, with the index of the event that was made of them. An event
    that the gold says happened may use the words."""
    gold, read = comparison.gold, comparison.read
    fine = {j for i, j in comparison.pairs if gold.events[i].status in HAPPENED}
    return [
        (words, j)
        for words, spans in gold.forbidden
        for j, event in enumerate(read.events)
        if j not in fine and event.status in HAPPENED and overlapping(event.spans, spans)
    ]


def _tally_pair(gold: EventReading, read: EventReading) -> Tally:
    tally: Tally = Counter()
    _share(tally, "kind", gold.kind == read.kind, 1)
    _share(tally, "status", gold.status == read.status, 1)
    _score(tally, "participants", len(shared(gold.parties, read.parties)), len(read.parties), len(gold.parties))
    if not gold.symmetric:
        _share(tally, "sides", *on_right_side(gold, read))
    _value(tally, "date", "undated kept undated", gold.dates, read.dates[0], date_right(gold, read))
    _value(tally, "place", "no place kept", gold.places, read.places[0], place_right(gold, read))
    _score(tally, "sources", _shared_names(gold.sources, read.sources), len(read.sources), len(gold.sources))
    _share(tally, "source chain", same_chain(gold.sources, read.sources), 1)
    _score(tally, "attendees", len(shared(gold.attendees, read.attendees)), len(read.attendees), len(gold.attendees))
    if gold.attendees:
        _share(tally, "attendee lists exact", attendees_right(gold, read), 1)
    return tally


def _value(tally: Tally, name: str, kept: str, gold: tuple[str, ...], read: str, right: bool) -> None:
    """A value that may be absent: right values count as score, right absences as share."""
    if gold[0] or (read and right):
        _score(tally, name, bool(read) and right, bool(read), 1)
    else:
        _score(tally, name, 0, bool(read), 0)
        _share(tally, kept, not read, 1)


def _shared_names(gold: tuple[str, ...], read: tuple[str, ...]) -> int:
    left = list(read)
    for name in gold:
        found = next((other for other in left if same_name(name, other)), None)
        if found is not None:
            left.remove(found)
    return len(read) - len(left)


def _score(tally: Tally, name: str, right: int, read: int, gold: int) -> None:
    tally[f"{name}.right"] += right
    tally[f"{name}.read"] += read
    tally[f"{name}.gold"] += gold


def _share(tally: Tally, name: str, right: int, of: int) -> None:
    tally[f"{name}.right"] += right
    tally[f"{name}.of"] += of


def _calibrate(tally: Tally, read: EventReading, gold: EventReading | None) -> None:
    """Put a confidence in its bin. In hundred-thousandths, so that counts stay whole and sums exact."""
    if read.confidence is None:
        return
    right = (
        gold is not None and gold.kind == read.kind and gold.status == read.status and participants_right(gold, read)
    )
    bin_ = min(int(read.confidence * BINS), BINS - 1)
    tally[f"bin {bin_}.of"] += 1
    tally[f"bin {bin_}.right"] += right
    tally[f"bin {bin_}.confidence"] += round(read.confidence * 100_000)


def _calibration_error(tally: Tally) -> float | None:
    """Sum over bins of |mean confidence - share right|, weighted by the events in the bin (Naeini et al. 2015)."""
    total = sum(tally[f"bin {b}.of"] for b in range(BINS))
    gaps = (abs(tally[f"bin {b}.confidence"] / 100_000 - tally[f"bin {b}.right"]) for b in range(BINS))
    return sum(gaps) / total if total else None
