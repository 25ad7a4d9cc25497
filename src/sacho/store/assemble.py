"""Records put together from their rows. Words are cut from the text when they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, select

from sacho.records import (
    Attribution,
    Block,
    BlockKind,
    Claim,
    Document,
    Event,
    EventGloss,
    EventMention,
    Evidence,
    Gloss,
    Participant,
    Place,
    Publication,
    Quote,
    Report,
    Span,
    Status,
)
from sacho.resolve.wire import credited
from sacho.store.bulk import chunks
from sacho.store.rows import claim_in, conflicts_in, participant_in
from sacho.store.tables import attribution, block, claim, credit, document, event, evidence, mention, participant, quote

_PERSON = (participant.c.entity, participant.c.name, participant.c.as_written, participant.c.name_en, participant.c.country,
           participant.c.sector, participant.c.office, participant.c.role, participant.c.rank)  # fmt: skip
_BY_ID = select(event, document.c.id.label("document_id"), document.c.text).join(document, document.c.number == event.c.document).where(
    event.c.id == bindparam("id"))  # fmt: skip
_OF_THESE: BindParameter[list[int]] = bindparam("numbers", expanding=True)
_PEOPLE = select(participant.c.event, participant.c.side, *_PERSON).where(participant.c.event.in_(_OF_THESE)).order_by(
    participant.c.event, participant.c.side, participant.c.position)  # fmt: skip
_CREDITS = select(credit).where(credit.c.event.in_(_OF_THESE)).order_by(credit.c.event, credit.c.kind, credit.c.position)
_PROOF = (evidence.c.event, evidence.c.document, evidence.c.field, evidence.c.span_start, evidence.c.span_end, evidence.c.rule)
_PROOFS = select(*_PROOF).where(evidence.c.event.in_(_OF_THESE)).order_by(evidence.c.event, evidence.c.position)


def events_at(connection: Connection, numbers: Sequence[int], *, proofs: Sequence[str] = ()) -> dict[int, Event]:
    """Events by number, with the values in force; a number that is not there is left out. `proofs` are the fields whose words are wanted
    (none named: all)."""
    out: dict[int, Event] = {}
    for some in chunks(numbers):
        rows = connection.execute(select(event).where(event.c.number.in_(some))).mappings().all()
        out |= _events(connection, rows, texts_of(connection, {row["document"] for row in rows}), proofs)
    return out


def event_by_id(connection: Connection, identity: str) -> Event | None:
    """One event, None if it is not there: the quickest read."""
    row = connection.execute(_BY_ID, {"id": identity}).mappings().one_or_none()
    if row is None:
        return None
    return _events(connection, [row], {row["document"]: (row["document_id"], row["text"])})[row["number"]]


def _events(
    connection: Connection, rows: Sequence[RowMapping], texts: dict[int, tuple[str, str]], fields: Sequence[str] = ()
) -> dict[int, Event]:
    numbers = {"numbers": [row["number"] for row in rows]}
    people: dict[int, dict[str, list[Participant]]] = {}
    for number, side, *person in connection.execute(_PEOPLE, numbers).all():
        people.setdefault(number, {}).setdefault(side, []).append(participant_in(person))
    names: dict[int, dict[str, list[str]]] = {}
    for number, kind, _, name in connection.execute(_CREDITS, numbers).all():
        names.setdefault(number, {}).setdefault(kind, []).append(name)
    proofs: dict[int, list[Evidence]] = {}
    wanted = _PROOFS.where(evidence.c.field.in_(fields)) if fields else _PROOFS
    for number, home, field, start, end, rule in connection.execute(wanted, numbers).all():
        identity, text = texts[home]
        proof = Evidence(document=identity, field=field, start=start, end=end, quote=text[start:end], rule=rule)
        proofs.setdefault(number, []).append(proof)
    return {
        row["number"]: _event(row, people.get(row["number"], {}), names.get(row["number"], {}), proofs.get(row["number"], ()),
                              texts[row["document"]])
        for row in rows
    }  # fmt: skip


def texts_of(connection: Connection, documents: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Id and text of documents by number."""
    out: dict[int, tuple[str, str]] = {}
    for some in chunks(sorted(documents)):
        query = select(document.c.number, document.c.id, document.c.text).where(document.c.number.in_(some))
        out |= {number: (identity, text) for number, identity, text in connection.execute(query)}
    return out


def document_of(connection: Connection, row: RowMapping) -> Document:
    """A document of its row."""
    blocks = connection.execute(select(block).where(block.c.document == row["number"]).order_by(block.c.position)).mappings()
    return Document(
        id=row["id"], origin=row["origin"], text=row["text"], outlet=row["outlet"], published=row["given"], url=row["url"],
        blocks=tuple(
            Block(kind=BlockKind(b["kind"]), start=b["span_start"], end=b["span_end"],
                  repeats=tuple(Span(start=s, end=e) for s, e in msgspec.json.decode(b["repeats"])))
            for b in blocks
        ),
    )  # fmt: skip


def publication_of(row: Mapping[str, Any] | RowMapping) -> Publication:
    """The day of a document, with how it is known."""
    spans, reason = msgspec.json.decode(row["publication"], type=tuple[tuple[Span, ...], str])
    return Publication(value=row["published"], inferred=bool(row["inferred"]), evidence=spans, reason=reason)


def quotes_of(connection: Connection, number: int, identity: str, text: str) -> tuple[Quote, ...]:
    """The quotes of a document in the order of the text."""
    return _quotes(connection, {number: (identity, text)}).get(number, ())


def _quotes(connection: Connection, homes: Mapping[int, tuple[str, str]]) -> dict[int, tuple[Quote, ...]]:
    """The quotes of documents (number: id and text), each in the order of its text."""
    query = select(quote).where(quote.c.document.in_(homes)).order_by(quote.c.document, quote.c.span_start, quote.c.id)
    out: dict[int, list[Quote]] = {}
    for q in connection.execute(query).mappings():
        identity, text = homes[q["document"]]
        out.setdefault(q["document"], []).append(Quote(
            id=q["id"], document=identity, speaker=q["speaker"], start=q["span_start"], end=q["span_end"],
            quote=text[q["span_start"] : q["span_end"]], normalized=q["normalized"],
            via=tuple(msgspec.json.decode(q["via"])), addressee=q["addressee"],
            glosses=msgspec.json.decode(q["glosses"], type=tuple[Gloss, ...]),
        ))  # fmt: skip
    return {number: tuple(found) for number, found in out.items()}


def mentions_of(connection: Connection, number: int, identity: str, text: str) -> tuple[tuple[EventMention, ...], tuple[Claim, ...]]:
    """The mentions of a document with their evidence, and the claims."""
    mentions: list[EventMention] = []
    claims: list[Claim] = []
    spoken: dict[int, list[Claim]] = {}
    query = select(claim, mention.c.id).join(mention, mention.c.number == claim.c.mention).where(mention.c.document == number)
    for c in connection.execute(query.order_by(claim.c.mention, claim.c.position)).mappings():
        value = (c["field"], c["value"], c["span_start"], c["span_end"], c["rule"], c["sources"])
        claims.append(claim_in(value, c["id"], identity))
        spoken.setdefault(c["mention"], []).append(claims[-1])
    rows = connection.execute(select(mention.c.number, mention.c.record).where(mention.c.document == number).order_by(mention.c.number))
    for at, record in rows:
        found = msgspec.json.decode(record, type=EventMention)
        proofs = tuple(
            Evidence(document=identity, field=c.field, start=c.start, end=c.end, quote=text[c.start : c.end], rule=c.rule)
            for c in spoken.get(at, ())
        )
        mentions.append(msgspec.structs.replace(found, evidence=proofs or found.evidence))
    return tuple(mentions), tuple(claims)


def reports_at(connection: Connection, numbers: Iterable[int], *, spoken: bool = True) -> dict[int, Report]:
    """Reports by document number as resolution across reports needs them, without their events; without quotes, attributions and credits if
    not `spoken`."""
    out: dict[int, Report] = {}
    for some in chunks(sorted(set(numbers))):
        rows = connection.execute(select(document).where(document.c.number.in_(some))).mappings().all()
        captions: dict[int, list[Span]] = {}
        where = (block.c.document.in_(some), block.c.kind == "caption")
        query = select(block.c.document, block.c.span_start, block.c.span_end).where(*where).order_by(block.c.document, block.c.position)
        for number, start, end in connection.execute(query):
            captions.setdefault(number, []).append(Span(start=start, end=end))
        said = attributions_of(connection, some) if spoken else {}
        quotes = _quotes(connection, {row["number"]: (row["id"], row["text"]) for row in rows}) if spoken else {}
        for row in rows:
            number = row["number"]
            out[number] = Report(
                document=row["id"], version=row["version"], outlet=row["outlet"] or "", published=row["published"], text=row["text"],
                events=(), quotes=quotes.get(number, ()), credits=credited(row["text"]) if spoken else (),
                attributions=said.get(number, ()), unreported=unreported_of(row), captions=tuple(captions.get(number, ())),
            )  # fmt: skip
    return out


def attributions_of(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[Attribution, ...]]:
    """Whose word each stretch is, by document number; a document without any is left out."""
    out: dict[int, tuple[Attribution, ...]] = {}
    for some in chunks(sorted(set(numbers))):
        for number, record in connection.execute(select(attribution).where(attribution.c.document.in_(some))):
            out[number] = msgspec.json.decode(record, type=tuple[Attribution, ...])
    return out


def unreported_of(row: RowMapping) -> tuple[Attribution, ...]:
    """Where the document says that somebody did not report."""
    return msgspec.json.decode(row["unreported"], type=tuple[Attribution, ...])


def _event(
    row: RowMapping, people: dict[str, list[Participant]], names: dict[str, list[str]], proofs: Sequence[Evidence], source: tuple[str, str]
) -> Event:
    return Event(
        id=row["id"], kind=row["kind"], type=row["type"], status=Status(row["status"]), symmetric=bool(row["symmetric"]),
        actor=tuple(people.get("actor", ())), recipient=tuple(people.get("recipient", ())),
        participants=tuple(people.get("other", ())), sources=tuple(names.get("source", ())), outlets=tuple(names.get("outlet", ())),
        confidence=row["confidence"], rule=row["rule"], evidence=tuple(proofs), conflicts=conflicts_in(row["conflicts"], *source),
        gloss=EventGloss(en=row["gloss_en"], ko=row["gloss_ko"]), mode=row["mode"], contexts=_words(row["contexts"]),
        date=row["date"], time=row["time"], place=_place(row), instrument=row["instrument"], topic=_words(row["topic"]),
        cameo=row["cameo"], goldstein=row["goldstein"], quad=row["quad"],
    )  # fmt: skip


def _place(row: RowMapping) -> Place | None:
    if row["place_name"] is None:
        return None
    return Place(
        id=row["place"], name=row["place_name"], name_en=row["place_en"], within=_words(row["place_within"]),
        country=row["place_country"], lat=row["lat"], lon=row["lon"], precision=row["place_precision"],
    )  # fmt: skip


def _words(value: str) -> tuple[str, ...]:
    return () if value == "[]" else tuple(msgspec.json.decode(value))
