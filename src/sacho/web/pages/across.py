"""What many reports show together: contradictions, wording, attendance, reporting gaps. The analysis is not ours: `sacho.analysis`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sacho.analysis import (
    Appearance,
    Attendance,
    Difference,
    Dispute,
    Formula,
    Gap,
    Silence,
    Use,
    Wording,
    appearances,
    conflicts,
    difference,
    formula_of,
    load_formulas,
    sides,
    silences,
    uses,
)
from sacho.analysis import attendance as attendance_of
from sacho.analysis import gaps as gaps_of
from sacho.analysis import wording as wording_of
from sacho.lexicon import load as load_lexicon
from sacho.records import Record
from sacho.web.pages.report import title_of
from sacho.web.visit import Answer, Page, Refused, Visit

MOST_PEOPLE = 40
MOST_COLUMNS = 40


class Asked(Record):
    """The period and the words of a query."""

    since: str
    until: str
    words: str = ""


class ContradictionsView(Record):
    asked: Asked
    fields: tuple[tuple[str, int], ...]
    field: str
    disputes: tuple[Dispute, ...]


class WordingView(Record):
    asked: Asked
    wordings: tuple[Wording, ...]
    watched: tuple[Formula, ...]
    uses: tuple[Use, ...]
    reports: tuple[tuple[str, str], ...]
    old: str
    new: str
    difference: Difference | None


class Meeting(Record):
    """A column of the matrix."""

    happening: str
    date: str
    gloss: str
    kind: str


class AttendanceView(Record):
    """`seats` maps `person happening` to the appearance: its order, and whether the person moved up or down."""

    asked: Asked
    country: str
    countries: tuple[str, ...]
    people: tuple[Attendance, ...]
    meetings: tuple[Meeting, ...]
    seats: dict[str, Appearance]


class GapsView(Record):
    asked: Asked
    gaps: tuple[Gap, ...]
    silences: tuple[Silence, ...]
    between: tuple[str, ...]


def contradictions(visit: Visit) -> Answer:
    asked = _asked(visit)
    people = (asked.words,) if asked.words else ()
    every = conflicts(visit.room.shelf.contents.resolved, people=people, since=asked.since, until=asked.until)
    field = visit.query.get("field", "")
    counts: dict[str, int] = {}
    for dispute in every:
        counts[dispute.contradiction.field] = counts.get(dispute.contradiction.field, 0) + 1
    view = ContradictionsView(
        asked=asked, fields=tuple(counts.items()), field=field,
        disputes=tuple(d for d in every if not field or d.contradiction.field == field)[:200],
    )  # fmt: skip
    return Page(template="contradictions.html", title=visit.say("nav.contradictions"), view=view)


def wording(visit: Visit) -> Answer:
    contents, asked = visit.room.shelf.contents, _asked(visit)
    formulas = (formula_of(asked.words),) if asked.words else ()
    found = uses(contents.reports().values(), formulas, since=asked.since, until=asked.until)
    old, new = visit.query.get("old", ""), visit.query.get("new", "")
    held = contents.reports()
    view = WordingView(
        asked=asked, wordings=wording_of(found, formulas), watched=load_formulas(), uses=found if asked.words else (),
        reports=tuple((i, f"{held[i].published} {title_of(c.annotated.document)}") for i, c in contents.codings.items()),
        old=old, new=new, difference=difference(held[old], held[new], formulas) if old in held and new in held else None,
    )  # fmt: skip
    return Page(template="wording.html", title=visit.say("nav.wording"), view=view)


def attendance(visit: Visit) -> Answer:
    resolved, asked = visit.room.shelf.contents.resolved, _asked(visit)
    country = visit.query.get("country", "")
    found = appearances(resolved, beside=(asked.words,) if asked.words else (), since=asked.since, until=asked.until, country=country)
    people = attendance_of(found)[:MOST_PEOPLE]
    shown = {p.person for p in people}
    meetings = {a.happening: Meeting(happening=a.happening, date=a.date, gloss=a.gloss, kind=a.kind) for a in found if a.person in shown}
    view = AttendanceView(
        asked=asked, country=country, countries=tuple(sorted({a.country for a in found if a.country})), people=people,
        meetings=tuple(sorted(meetings.values(), key=lambda m: (m.date or "9", m.happening)))[-MOST_COLUMNS:],
        seats={f"{a.person} {a.happening}": a for a in found},
    )  # fmt: skip
    return Page(template="attendance.html", title=visit.say("nav.attendance"), view=view)


def gaps(visit: Visit) -> Answer:
    resolved, asked = visit.room.shelf.contents.resolved, _asked(visit)
    side_of = sides(load_lexicon())
    between = _between(visit.query.getlist("side"))
    view = GapsView(
        asked=asked, between=between, gaps=gaps_of(resolved, side_of, between=between, since=asked.since, until=asked.until)[:200],
        silences=silences(resolved.reports.values(), side_of),
    )  # fmt: skip
    return Page(template="gaps.html", title=visit.say("nav.gaps"), view=view)


def _between(given: Sequence[str]) -> tuple[str, ...]:
    known = tuple(code for code in given if code in load_lexicon().countries)
    return known if len(known) >= 2 else ("PRK", "KOR")


def _asked(visit: Visit) -> Asked:
    days = {}
    for key in ("since", "until"):
        value = visit.query.get(key, "")
        try:
            days[key] = date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            raise Refused(visit.say("error.day", field=key, value=value), 422) from None
    return Asked(since=days["since"], until=days["until"], words=visit.query.get("words", "").strip()[:120])
