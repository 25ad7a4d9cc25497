"""What many reports show together: contradictions, wording, attendance, reporting gaps. The analysis is not ours: `sacho.analysis`.

Every page looks at the newest of what its query means, up to a limit that it names, and works on that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from sacho.analysis import (
    Appearance,
    Attendance,
    Difference,
    Dispute,
    Formula,
    Gap,
    Missing,
    Silence,
    Use,
    Wording,
    absent,
    appearances,
    conflicts,
    difference,
    formula_of,
    load_formulas,
    missing_among,
    sentences_of,
    sides,
    silences,
    uses,
)
from sacho.analysis import attendance as attendance_of
from sacho.analysis import gaps as gaps_of
from sacho.analysis import wording as wording_of
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.naming import Entry, meant
from sacho.records import Record
from sacho.resolve.happenings import Resolved
from sacho.store import Selection, Store
from sacho.store.across import (
    around_days,
    contested,
    newest,
    reported_near,
    reports_of,
    reports_with,
    resolved_of,
    silent,
    texts,
    titles,
)
from sacho.web.visit import Answer, Page, Refused, Visit

MOST_PEOPLE = 40
MOST_COLUMNS = 40
MOST_CONTESTED = 2000
MOST_SHOWN = 100
MOST_HAPPENINGS = 400
MOST_REPORTS = 400
MOST_LISTED = 200
IN_PERSON = ("visit", "arrive", "depart", "meet", "sign", "ceremony", "inspect", "attend", "convene", "appoint")
NEAR = 8  # days around the happenings from which reports are asked for: wider than the week within which a side counts as silent


class Asked(Record):
    """The period and the words of a query. `cut` is the limit if more was meant than was looked at, else 0."""

    since: str
    until: str
    words: str = ""
    cut: int = 0


class ContradictionsView(Record):
    asked: Asked
    entries: tuple[Entry, ...]
    missing: Missing | None
    fields: tuple[tuple[str, int], ...]
    field: str
    disputes: tuple[Dispute, ...]
    found: int


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
    gloss_en: str
    kind: str


class AttendanceView(Record):
    """`seats` maps `person happening` to the appearance: its order, and whether the person moved up or down. `entries` is what the name
    is read as, `missing` what is known of it if nothing was found."""

    asked: Asked
    entries: tuple[Entry, ...]
    missing: Missing | None
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
    return _kept(visit, _contradictions)


def _contradictions(visit: Visit) -> Page:
    asked = _asked(visit)
    with visit.room.store.read() as connection:
        held = contested(connection, since=asked.since, until=asked.until, limit=MOST_CONTESTED)
        resolved = Resolved(happenings=held, links=(), reports={})
        people = (asked.words,) if asked.words else ()
        every = conflicts(resolved, people=people, since=asked.since, until=asked.until)[::-1]
        field = visit.query.get("field", "")
        chosen = [d for d in every if not field or d.contradiction.field == field]
        shown = tuple(chosen[:MOST_SHOWN])
        words = texts(connection, [v.document for d in shown for v in d.contradiction.versions])
        shown = tuple([msgspec.structs.replace(d, sentences=sentences_of(d, words)) for d in shown])
        lost = None
        if people and not chosen:  # nowhere in the period, or in this field: where else
            every_day = contested(connection, limit=MOST_CONTESTED) if asked.since or asked.until else held
            (lost,) = missing_among(people, every_day)
    counts: dict[str, int] = {}
    for dispute in every:
        counts[dispute.contradiction.field] = counts.get(dispute.contradiction.field, 0) + 1
    view = ContradictionsView(
        asked=_cut(asked, len(held), MOST_CONTESTED), fields=tuple(counts.items()), field=field, disputes=shown, found=len(chosen),
        entries=meant(asked.words), missing=lost,
    )  # fmt: skip
    return Page(template="contradictions.html", title=visit.say("nav.contradictions"), view=view, texts=words)


def wording(visit: Visit) -> Answer:
    return _kept(visit, _wording)


def _wording(visit: Visit) -> Page:
    asked, store = _asked(visit), visit.room.store
    formulas = (formula_of(asked.words),) if asked.words else load_formulas()
    old, new = visit.query.get("old", ""), visit.query.get("new", "")
    with store.read() as connection:
        queries = [f'"{form}"' for formula in formulas for form in formula.forms]
        reports, every = reports_with(store, connection, queries, since=asked.since, until=asked.until, limit=MOST_REPORTS)
        listed = titles(connection, limit=MOST_LISTED, identities=[i for i in (old, new) if i])
        both = reports_of(connection, [i for i in (old, new) if i])
    found = uses(reports, formulas, since=asked.since, until=asked.until)
    view = WordingView(
        asked=_cut(asked, every - 1, MOST_REPORTS), wordings=wording_of(found, formulas), watched=load_formulas(),
        uses=found[-MOST_SHOWN:][::-1] if asked.words else (), reports=tuple((i, f"{day} {title}".strip()) for i, day, title in listed),
        old=old, new=new, difference=difference(both[old], both[new], formulas) if old in both and new in both else None,
    )  # fmt: skip
    return Page(template="wording.html", title=visit.say("nav.wording"), view=view)


def attendance(visit: Visit) -> Answer:
    return _kept(visit, _attendance)


def _attendance(visit: Visit) -> Page:
    asked, store = _asked(visit), visit.room.store
    country = visit.query.get("country", "")
    beside = (asked.words,) if asked.words else ()
    selection = Selection(
        kind=IN_PERSON, status=("occurred", "ongoing"), since=asked.since, until=asked.until, country=(country,) if country else (),
        participant=beside,
    )  # fmt: skip
    with store.read() as connection:
        ids = newest(store, connection, selection, MOST_HAPPENINGS + 1)
        resolved = resolved_of(connection, ids[:MOST_HAPPENINGS], spoken=False)
    found = appearances(resolved, beside=beside, since=asked.since, until=asked.until, country=country)
    people = attendance_of(found)[:MOST_PEOPLE]
    shown = {p.person for p in people}
    meetings = {
        a.happening: Meeting(happening=a.happening, date=a.date, gloss=a.gloss, gloss_en=a.gloss_en, kind=a.kind)
        for a in found if a.person in shown
    }  # fmt: skip
    view = AttendanceView(
        asked=_cut(asked, len(ids) - 1, MOST_HAPPENINGS), country=country, countries=_countries(visit, found), people=people,
        meetings=tuple(sorted(meetings.values(), key=lambda m: (m.date or "9", m.happening)))[-MOST_COLUMNS:],
        seats={f"{a.person} {a.happening}": a for a in found}, entries=meant(asked.words),
        missing=_absent(store, asked.words) if beside and not found else None,
    )  # fmt: skip
    return Page(template="attendance.html", title=visit.say("nav.attendance"), view=view)


def _absent(store: Store, name: str) -> Missing:
    """Why nobody was found beside somebody."""
    selection = Selection(kind=IN_PERSON, status=("occurred", "ongoing"))
    with store.read() as connection:
        own = newest(store, connection, msgspec.structs.replace(selection, participant=(name,)), MOST_HAPPENINGS)
        every = newest(store, connection, selection, MOST_HAPPENINGS)
        resolved = resolved_of(connection, dict.fromkeys([*own, *every]), spoken=False)
    return absent(appearances(resolved), (name,))[0]


def gaps(visit: Visit) -> Answer:
    return _kept(visit, _gaps)


def _gaps(visit: Visit) -> Page:
    asked, store, lexicon = _asked(visit), visit.room.store, load_lexicon()
    side_of = sides(lexicon)
    between = _between(visit.query.getlist("side"))
    with store.read() as connection:
        ids = newest(store, connection, Selection(since=asked.since, until=asked.until), MOST_HAPPENINGS + 1)
        resolved = resolved_of(connection, ids[:MOST_HAPPENINGS], bare=True, links=False)
        around = reported_near(connection, *around_days(resolved.happenings, NEAR))
        mute = silent(connection, since=asked.since, until=asked.until, limit=MOST_SHOWN)
        words = texts(connection, [r.document for r in mute])
    resolved = msgspec.structs.replace(resolved, reports={**resolved.reports, **{r.document: r for r in around}})
    found = gaps_of(resolved, side_of, between=between, since=asked.since, until=asked.until)
    view = GapsView(
        asked=_cut(asked, len(ids) - 1, MOST_HAPPENINGS), between=between, gaps=found[-MOST_LISTED:][::-1],
        silences=silences(mute, side_of)[::-1],
    )  # fmt: skip
    return Page(template="gaps.html", title=visit.say("nav.gaps"), view=view, texts=words)


def _kept(visit: Visit, make: Callable[[Visit], Page]) -> Page:
    """The page as it was made for this state of the store: it takes long, and many ask for the same."""
    query = tuple(sorted((k, v) for k, v in visit.query.multi_items() if k != "lang"))
    page = visit.room.kept((make.__name__, query), lambda: make(visit))
    return msgspec.structs.replace(page, title=visit.say(f"nav.{make.__name__.lstrip('_')}"))


def _countries(visit: Visit, found: Sequence[Appearance]) -> tuple[str, ...]:
    chosen = visit.query.get("country", "")
    return tuple(sorted({a.country for a in found if a.country} | ({chosen} if chosen else set())))


def _between(given: Sequence[str]) -> tuple[str, ...]:
    known = tuple(code for code in given if code in load_lexicon().countries)
    return known if len(known) >= 2 else ("PRK", "KOR")


def _cut(asked: Asked, found: int, limit: int) -> Asked:
    return msgspec.structs.replace(asked, cut=limit if found >= limit else 0)


def _asked(visit: Visit) -> Asked:
    days = {}
    for key in ("since", "until"):
        value = visit.query.get(key, "")
        try:
            days[key] = date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            raise Refused(visit.say("error.day", field=key, value=value), 422) from None
    return Asked(since=days["since"], until=days["until"], words=visit.query.get("words", "").strip()[:120])

