"""One event in the world: every report's version side by side, conflicts first."""

from __future__ import annotations

import msgspec

from sacho.analysis import Shown, show
from sacho.export.citation import bibtex, footnote
from sacho.records import Contradiction, Happening, LifeLink, Record
from sacho.resolve.happenings import Resolved
from sacho.store.across import happening_at, near, resolved_of, texts
from sacho.store.query import find_document
from sacho.store.verdicts import Verdict, decided
from sacho.web.visit import Answer, Page, Refused, Visit

_CITED = 12  # reports whose citation is written out


class Decided(Record):
    """A decision about an event, and whether it is in force."""

    verdict: Verdict
    holds: bool


class Citation(Record):
    """One report's version as a footnote and as a BibTeX entry."""

    footnote: str
    bibtex: str


class HappeningView(Record):
    shown: Shown
    contradictions: tuple[Contradiction, ...]
    linked: tuple[tuple[LifeLink, Happening], ...]
    history: tuple[Decided, ...]
    citations: tuple[Citation, ...]


def happening(visit: Visit) -> Answer:
    return visit.room.kept(("happening", visit.named("id"), visit.lang), lambda: _happening(visit))


def _happening(visit: Visit) -> Page:
    store = visit.room.store
    with store.read() as connection:
        held = happening_at(connection, visit.named("id"))
        if held is None:
            raise Refused(visit.say("error.missing"), 404)
        own = resolved_of(connection, [held.id], joins=True)
        others = resolved_of(connection, [held.id, *near(store, connection, held)], bare=True)
        links = tuple(link for link in others.links if held.id in (link.source, link.target))
        shown = show(_together(own, others, links), held.id)
        history = tuple(Decided(verdict=v, holds=holds) for v, holds in decided(connection, held.events))
        words = texts(connection, held.documents)
    by_id = {h.id: h for h in others.happenings}
    linked = tuple(
        (link, by_id[other]) for link in links for other in (link.target if link.source == held.id else link.source,) if other in by_id
    )
    view = HappeningView(
        shown=shown, contradictions=held.contradictions, linked=linked, history=history,
        citations=_citations(visit, shown),
    )  # fmt: skip
    return Page(template="happening.html", title=held.gloss.ko if visit.lang == "ko" else held.gloss.en, view=view, texts=words)


def _together(own: Resolved, others: Resolved, links: tuple[LifeLink, ...]) -> Resolved:
    """One happening in full, and what it is linked with."""
    reports = {**others.reports, **own.reports}
    linked = {i for link in links for i in (link.source, link.target)}
    ids = {h.id for h in own.happenings}
    held = tuple(h for h in others.happenings if h.id in linked and h.id not in ids)
    return msgspec.structs.replace(own, happenings=(*own.happenings, *held), links=links, reports=reports)


def _citations(visit: Visit, shown: Shown) -> tuple[Citation, ...]:
    """A citation of each report's version, of the first `_CITED` reports."""
    out = []
    for telling in shown.tellings[:_CITED]:
        found = find_document(visit.room.store, telling.document)
        document = msgspec.structs.replace(found.document, published=telling.published or None) if found is not None else None
        one, entry = (cited(telling.event, document, lang=visit.lang) for cited in (footnote, bibtex))
        out.append(Citation(footnote=one, bibtex=entry))
    return tuple(out)
