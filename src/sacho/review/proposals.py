"""What reviewers' corrections say that the lexicon lacks: rows of its tables, with the words they come from, for a person to take over."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from sacho.annotate.romanize import romanize_name
from sacho.lexicon import Lexicon
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.schema import Body, Country, Person, PlaceEntry, Tenure
from sacho.lexicon.tables import COLUMNS
from sacho.records import Event, Participant, Place, Record
from sacho.review.reviewed import judgements_of
from sacho.store import Store
from sacho.store.readings import Stored, read_readings
from sacho.store.verdicts import Verdict

_NOT_A_NAME = re.compile(r"[^0-9a-z]+")
_HONORIFIC = re.compile(r"(동지|각하|여사|씨)(께서|이|가|은|는)?$")
Entry = Person | Body | Country | PlaceEntry | Tenure
_FILES: Mapping[type[Record], str] = {
    Person: "people.csv", Tenure: "tenures.csv", Body: "bodies.csv", Country: "countries.csv", PlaceEntry: "places.csv",
}  # fmt: skip
_Found = dict[tuple[str, str, str, str], tuple[Entry, list["Proof"]]]  # table, key, form that is added, office


class Proof(Record):
    """Where a proposal comes from: an event of a report, the words there, who judged it and when."""

    event: str
    document: str
    words: str
    by: str
    at: str


class Proposal(Record):
    """A row of a lexicon table: a new entry or, with `adds`, an entry that is there with a form more. Cells that nobody told are empty."""

    table: str
    key: str
    adds: str
    cells: dict[str, str]
    proofs: tuple[Proof, ...]


def proposals(store: Store) -> tuple[Proposal, ...]:
    """What accepted and corrected events name that the lexicon has not got, by table and key: people and places without an entry, the
    office a new person was seen in (from the first to the last day seen), and forms of known entries that a person wrote into a
    correction."""
    lexicon = load_lexicon()
    found: _Found = {}
    for stored in read_readings(store):
        taken = [e for e, review in zip(stored.shown, stored.reviews, strict=True) if review in ("accepted", "corrected")]
        held = judgements_of(store, {e.id for e in taken}) if taken else {}
        for event in taken:
            for entry, adds, words in _entries(event, held[event.id], stored, lexicon):
                last = held[event.id][-1]
                _note(found, entry, adds, Proof(event=event.id, document=stored.document.id, words=words, by=last.by, at=last.at))
    return tuple(
        Proposal(table=table, key=key, adds=adds, cells=_cells(entry), proofs=tuple(proofs))
        for (table, key, adds, _), (entry, proofs) in sorted(found.items())
    )  # fmt: skip


def tables_of(found: Iterable[Proposal]) -> dict[str, str]:
    """The proposals as CSV by name of the lexicon's file, with its columns: rows to add or, for an entry that is there, to put in its place
    (forms that several proposals add stand in one row)."""
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for p in found:
        row = rows.setdefault(p.table, {}).setdefault(f"{p.key} {p.cells.get('title', '')}", dict(p.cells))
        if p.adds and p.adds not in row["aliases"].split("|"):
            row["aliases"] = "|".join(filter(None, (row["aliases"], p.adds)))
    return {table: _csv(list(entries.values())) for table, entries in rows.items()}


def _entries(event: Event, held: Iterable[Verdict], stored: Stored, lexicon: Lexicon) -> Iterator[tuple[Entry, str, str]]:
    """Entries, the form that each adds, and the words."""
    fields = {v.field for v in held if v.decision == "corrected"}
    before = next(e for e in stored.events if e.id == event.id)
    known = {(p.id, p.as_written) for p in _people(before)}
    for person in _people(event):
        if person.id.startswith("group:"):
            continue
        entry = _entry_of(person.id, lexicon)
        if entry is None:
            yield from _stranger(person, event)
        elif fields & {"actor", "recipient", "participants"} and (person.id, person.as_written) not in known:
            form = _form(entry, person.as_written, lexicon)
            if form:
                yield entry, form, person.as_written
    place = event.place
    if place is not None and "place" in fields and place.id not in lexicon.places:
        yield _new_place(place), "", place.name


def _people(event: Event) -> tuple[Participant, ...]:
    return (*event.actor, *event.recipient, *event.participants)


def _entry_of(identity: str, lexicon: Lexicon) -> Person | Body | Country | None:
    return lexicon.people.get(identity) or lexicon.bodies.get(identity) or lexicon.countries.get(identity)


def _stranger(person: Participant, event: Event) -> Iterator[tuple[Entry, str, str]]:
    en = person.name_en or (romanize_name(person.name) if person.country in ("PRK", "KOR") else "")
    key = _key(person.id, en)
    yield Person(
        id=key, name=person.name, dprk=(), hanja="", en=en, country=person.country, sector=person.sector, aliases=(), source="review"
    ), "", person.as_written
    if person.office:
        day = event.date if re.fullmatch(r"\d{4}(-\d\d){0,2}", event.date) else ""
        yield Tenure(
            person=key, title=person.office, title_en="", body="", country=person.country, since=day, until=day, source="review"
        ), "", person.as_written


def _new_place(place: Place) -> PlaceEntry:
    return PlaceEntry(
        id=_key(place.id, place.name_en), name=place.name, dprk=(), en=place.name_en, kind="", country=place.country,
        within=place.within[0] if place.within else place.country, lat=place.lat, lon=place.lon, precision=place.precision, aliases=(),
        source="review",
    )  # fmt: skip


def _key(identity: str, en: str) -> str:
    """The id that a person gave, or one made of the English name; the name itself where there is neither."""
    if identity and ":" not in identity:
        return identity
    return _NOT_A_NAME.sub("-", en.lower()).strip("-") or identity.partition(":")[2] or identity


def _form(entry: Person | Body | Country, written: str, lexicon: Lexicon) -> str:
    """The name in the words, without offices, states, bodies and honorifics; empty if the words hold a form that is known already."""
    if any(form in written for form in (entry.name, *entry.dprk, *entry.aliases)):
        return ""
    known = {s.form for s in lexicon.surfaces} | lexicon.title_forms.keys()
    words = [_HONORIFIC.sub("", word) for word in written.split()]
    left = [word for word in words if word and word not in known]
    form = " ".join(left)
    return form if len(form) > 1 and form not in known else ""


# ---------------------------------------------------------------- rows


def _note(found: _Found, entry: Entry, adds: str, proof: Proof) -> None:
    """Add a proof. An office is held from the first day it was seen to the last."""
    office = entry.title if isinstance(entry, Tenure) else ""
    key = (_FILES[type(entry)], entry.person if isinstance(entry, Tenure) else entry.id, adds, office)
    before, proofs = found.setdefault(key, (entry, []))
    if isinstance(entry, Tenure) and isinstance(before, Tenure):
        days = sorted(filter(None, (before.since, before.until, entry.since)))
        found[key] = (msgspec.structs.replace(before, since=days[0] if days else "", until=days[-1] if days else ""), proofs)
    proofs.append(proof)


def _cells(entry: Entry) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, value in msgspec.structs.asdict(entry).items():
        out[COLUMNS.get(name, name)] = "|".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return out


def _csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
