"""What a text tells of that has its day in the calendar: public events, elections, named days, first days in office."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from sacho.annotate.named_days import day_in, rows_of
from sacho.annotate.names import NameMatch
from sacho.annotate.publication_clue import load_clue_rules
from sacho.annotate.time_expression import TimeExpression
from sacho.lexicon import Lexicon
from sacho.lexicon.calendar import find_public_events, load_calendar
from sacho.lexicon.schema import PublicEvent
from sacho.records import Record

YEARS = range(1990, 2036)
_STOP = re.compile(r"[.!?\n](?:(?<=\n)|(?=[\s”\"’']))")
_BETWEEN = re.compile(r"\s?(?:간\s)?(?:제?\s?\d차\s?|(?:첫|두|세|네)\s?번째\s|첫\s)?")


class Anchor(Record):
    """Words that tell of an event, and the days (first, last) on which it may have been. `loose`: it is one of a kind that the
    calendar does not list in full; then a day of the text must meet it. `lasting`: it was, whatever the tense.
    `office`: a first day in office. `dated`: a date of the text. `sudden`: of a kind that is told when it happens.
    `yearly`: a named day."""

    start: int
    end: int
    days: tuple[tuple[date, date], ...]
    what: str
    loose: bool = False
    lasting: bool = False
    office: bool = False
    dated: bool = False
    sudden: bool = False
    yearly: bool = False


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    stops = _stops(text)
    i = bisect_left(stops, at)
    first = 0
    if i and (text[stops[i - 1]] == "\n" or stops[i - 1] < at - 1):  # a full stop right before the place ends nothing
        first = stops[i - 1] + 1
    elif i > 1:
        first = stops[i - 2] + 1
    return first, stops[i] if i < len(stops) else len(text)


@lru_cache(maxsize=4)
def _stops(text: str) -> tuple[int, ...]:
    return tuple([stop.start() for stop in _STOP.finditer(text)])


def find_anchors(
    text: str, expressions: Sequence[TimeExpression], names: Sequence[NameMatch], lexicon: Lexicon | None
) -> list[Anchor]:
    """All of them, in text order."""
    found = [
        Anchor(start=start, end=end, days=(days_of(event),), what=event.id,
               lasting=event.kind in _LASTING or _DATE_NAME.match(text, start) is not None,
               sudden=event.kind in _SUDDEN)
        for start, end, event in find_public_events(text)
    ]
    found += [*_named_days(text, expressions), *_dated(expressions)]
    found += _elections(text, names, lexicon)
    if lexicon is not None:
        named = [(a.start, a.end) for a in found]
        kinds = [*_kinds(text, names, lexicon), *_meetings(text, names, lexicon)]
        found += [a for a in kinds if not any(a.start < end and start < a.end for start, end in named)]
        found += _first_days(text, names, lexicon)
    return sorted(found, key=lambda a: (a.start, a.end))


_LASTING = frozenset(
    ["accession", "accident", "agreement", "announcement", "attack", "crisis", "death", "defection", "execution", "resolution", "statement"]
)
_DATE_NAME = re.compile(r"\d{1,2}[·.ㆍ]\d{1,2}\s")  # `5·24 조치`: called so since it was
_SUDDEN = frozenset(["death", "execution", "nuclear-test", "icbm", "satellite", "launch", "resolution"])


def days_of(event: PublicEvent) -> tuple[date, date]:
    """First and last day, the Korean one of a moment among them."""
    first = date.fromisoformat(event.since)
    return first, max(date.fromisoformat(event.until or event.since), date.fromisoformat(event.kst or event.since))


def _named_days(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Anchor]:
    for e in expressions:
        if e.rule != "named" or {"year", "yrel", "off", "shift"} & e.parts.keys():
            continue
        rows = rows_of(e.parts["named"], text, e.start, e.end)
        days = tuple((d, d) for y in YEARS if rows and (d := day_in(rows, y)))
        if days:
            yield Anchor(start=e.start, end=e.end, days=days, what=e.parts["named"], yearly=True)


def _dated(expressions: Sequence[TimeExpression]) -> Iterator[Anchor]:
    """A day or month told in full, or a day with its month, from which others are counted."""
    for e in expressions:
        if e.rule not in ("date", "month", "numeric") or e.ends or "month" not in e.parts or {"mrel", "mod"} & e.parts.keys():
            continue
        known = e.parts.get("year") or e.parts.get("year2")
        days = _in_years(int(known) if known else 0, int(e.parts["month"]), int(e.parts.get("day", 0)))
        yield Anchor(start=e.start, end=e.end, days=days, what=e.words, dated=True)


@lru_cache(maxsize=1 << 10)
def _in_years(known: int, month: int, day: int) -> tuple[tuple[date, date], ...]:
    """The day, or the month if it is 0, of the year or of every year if that is 0."""
    days = []
    for year in [known] if known else YEARS:
        length = calendar.monthrange(year, month)[1]
        if day <= length:
            days.append((date(year, month, day or 1), date(year, month, day or length)))
    return tuple(days)


def _elections(text: str, names: Sequence[NameMatch], lexicon: Lexicon | None) -> Iterator[Anchor]:
    """`미국 대선`, `총선`: every election of the state that is named before it in its sentence, the ROK's if none is."""
    rules = load_clue_rules().calendar
    for kind in ("election", "general-election", "midterm"):
        for m in rules[kind].finditer(text):
            first, _ = sentence_of(text, m.start())
            others = rules["elsewhere"].findall(text, max(first, m.start() - 24), m.start())
            state = "USA" if kind == "midterm" or rules["american"].search(text, max(first, m.start() - 24), m.start()) else "KOR"
            if others or (state == "USA" and kind == "general-election"):
                continue
            days = tuple(days_of(e) for e in load_calendar().kinds[kind] if e.parties == (state,))
            yield Anchor(start=m.start(), end=m.end(), days=days, what=f"{kind} {state}")


def _kinds(text: str, names: Sequence[NameMatch], lexicon: Lexicon) -> Iterator[Anchor]:
    """`북미 정상회담`, `핵실험`: the events of a kind between the states named right before it, at the place named."""
    rules = load_clue_rules()
    for kind in ("summit", "nuclear-test", "parade", "icbm", "satellite", "plenum"):
        for m in rules.calendar[kind].finditer(text):
            events = load_calendar().kinds[kind]
            first, end = sentence_of(text, m.start())
            if kind == "summit":
                pair = next((n for n in names if n.targets[0][0] == "pairs" and n.end <= m.start()
                             and _BETWEEN.fullmatch(text, n.end, m.start())), None)  # fmt: skip
                members = frozenset(pair.members) if pair else frozenset()
                events = tuple(e for e in events if frozenset(e.parties) == members)
                start = pair.start if pair else m.start()
            else:
                start = m.start()
                if kind == "parade":
                    events = tuple(e for e in events if e.parties == ("CHN",))
                elif (rules.calendar["others"].search(text, first, m.start()) or not rules.calendar["north"].search(text)):
                    continue
                elif kind == "nuclear-test":
                    events = tuple(e for e in events if e.parties == ("PRK",))
            yield from _anchor(text, (start, m.end()), (first, end), events, kind)


def _anchor(
    text: str, span: tuple[int, int], sentence: tuple[int, int], events: Sequence[PublicEvent], kind: str
) -> Iterator[Anchor]:
    around = text[sentence[0] : sentence[1]]
    placed = [e for e in events if any(p in around for p in e.places)]
    complete = load_clue_rules().complete
    full = bool(events) and all(f"{kind} {'|'.join(e.parties)}" in complete for e in events)
    kept = placed or (events if full else ())
    if kept:
        yield Anchor(start=span[0], end=span[1], days=tuple(days_of(e) for e in kept), what=kind, loose=not full)


def _meetings(text: str, names: Sequence[NameMatch], lexicon: Lexicon) -> Iterator[Anchor]:
    """`시진핑 주석과 … 마주 앉았다`: a meeting of those who led their states on a day of the calendar, at its place."""
    named = [n for n in names if n.targets[0][0] == "people"]
    if len(named) < 2:
        return
    for m in load_clue_rules().calendar["meeting"].finditer(text):
        first, end = sentence_of(text, m.start())
        people = {n.targets[0][1] for n in named if first <= n.start < m.start()}
        if len(people) < 2:
            continue
        around = text[first:end]
        places = {p for p in _places("summit") if p in around}
        if not places:
            continue
        kept = [
            e for e in load_calendar().kinds["summit"]
            if not places.isdisjoint(e.places) and _are_led([_states_led(p, e.since, lexicon) for p in people], e.parties)
        ]  # fmt: skip
        if kept:
            yield Anchor(start=m.start(), end=m.end(), days=tuple(days_of(e) for e in kept), what="meeting", loose=True)


@cache
def _places(kind: str) -> frozenset[str]:
    return frozenset(place for event in load_calendar().kinds[kind] for place in event.places)


_ELECT = re.compile(r"\s?(?:대통령\s)?당선[인자]")
_LEADERS = re.compile(r"(?:대통령|주석|총리|국무위원장|국방위원장|총서기|제1비서|제1위원장|총비서|서기장|수상)$")


def _are_led(states: Sequence[frozenset[str]], parties: Sequence[str]) -> bool:
    """Whether each of the people leads a party, and two parties at least are led."""
    led = [own.intersection(parties) for own in states]
    return all(led) and len(frozenset().union(*led)) > 1


@lru_cache(maxsize=1 << 13)
def _states_led(person: str, day: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset([t.country for t in lexicon.offices_of(person, day) if _LEADERS.search(t.title)])


def _first_days(text: str, names: Sequence[NameMatch], lexicon: Lexicon) -> Iterator[Anchor]:
    """`취임`: of the one named last before it, in its sentence or as the topic of the one before."""
    for m in load_clue_rules().calendar["inaugurated"].finditer(text):
        first, _ = sentence_of(text, m.start())
        if first > 0:
            first = sentence_of(text, max(0, first - 2))[0]
        held = [n.targets[0][1] for n in names if n.targets[0][0] == "people" and first <= n.start < m.start()]
        held = held or _elected(text, names)
        tenures = [t for t in lexicon.tenures.get(held[-1], ()) if _LEADERS.search(t.title)] if held else []
        days = tuple((d, d) for t in tenures if len(t.since) == 10 and (d := date.fromisoformat(t.since)))
        if days:
            yield Anchor(start=m.start(), end=m.end(), days=days, what="first day in office", office=True)


def _elected(text: str, names: Sequence[NameMatch]) -> list[str]:
    """The president-elect whom the text names, if it names one only: `새 대통령의 취임 … 윤석열 당선인`."""
    found = {n.targets[0][1] for n in names if n.targets[0][0] == "people" and _ELECT.match(text, n.end)}
    return list(found) if len(found) == 1 else []


def on_number(days: tuple[date, date], number: int) -> list[date]:
    """The days between two that have this number."""
    first, last = days
    return [d for n in range((last - first).days + 1) if (d := first + timedelta(days=n)).day == number]
