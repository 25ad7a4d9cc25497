"""One event in the world: every report's version side by side, conflicts first."""

from __future__ import annotations

import msgspec

from sacho.analysis import Shown, show
from sacho.records import Contradiction, Happening, LifeLink, Record
from sacho.resolve.happenings import Resolved
from sacho.store.across import happening_at, near, resolved_of, texts
from sacho.store.verdicts import Verdict, decided
from sacho.web.visit import Answer, Page, Refused, Visit


class Decided(Record):
    """A decision about an event, and whether it is in force."""

    verdict: Verdict
    holds: bool


class HappeningView(Record):
    shown: Shown
    contradictions: tuple[Contradiction, ...]
    linked: tuple[tuple[LifeLink, Happening], ...]
    history: tuple[Decided, ...]
    footnote: str
    bibtex: str


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
        shown=shown, contradictions=held.contradictions, linked=linked, history=history, footnote=_footnote(visit, shown),
        bibtex=_bibtex(visit, shown),
    )  # fmt: skip
    return Page(template="happening.html", title=held.gloss.ko if visit.lang == "ko" else held.gloss.en, view=view, texts=words)


def _together(own: Resolved, others: Resolved, links: tuple[LifeLink, ...]) -> Resolved:
    """One happening in full, and what it is linked with."""
    reports = {**others.reports, **own.reports}
    linked = {i for link in links for i in (link.source, link.target)}
    ids = {h.id for h in own.happenings}
    held = tuple(h for h in others.happenings if h.id in linked and h.id not in ids)
    return msgspec.structs.replace(own, happenings=(*own.happenings, *held), links=links, reports=reports)


def _footnote(visit: Visit, shown: Shown) -> str:
    held = shown.happening
    gloss = held.gloss.ko if visit.lang == "ko" else held.gloss.en
    sources = "; ".join(dict.fromkeys(f"{t.outlet or t.document} {t.published}".strip() for t in shown.tellings))
    return f"{gloss}. {sources}. Sacho {held.id}."


def _bibtex(visit: Visit, shown: Shown) -> str:
    held = shown.happening
    first = shown.tellings[0]
    title = held.gloss.ko if visit.lang == "ko" else held.gloss.en
    words = {"title": title, "author": first.outlet, "date": first.published, "note": f"Sacho {held.id}"}
    body = ",\n".join(f"  {key} = {{{_braced(value)}}}" for key, value in words.items() if value)
    return f"@misc{{sacho-{held.id},\n{body}\n}}"


def _braced(value: str) -> str:
    return value.replace("\\", " ").replace("{", "(").replace("}", ")")
