"""One event in the world: every report's version side by side, conflicts first."""

from __future__ import annotations

from sacho.analysis import Shown, show
from sacho.records import Contradiction, Evidence, Happening, LifeLink, Record
from sacho.web.visit import Answer, Page, Refused, Visit


class HappeningView(Record):
    shown: Shown
    contradictions: tuple[Contradiction, ...]
    proofs: dict[str, tuple[Evidence, ...]]
    linked: tuple[tuple[LifeLink, Happening], ...]
    footnote: str
    bibtex: str


def happening(visit: Visit) -> Answer:
    contents = visit.room.shelf.contents
    identity = contents.of_event.get(visit.named("id"), visit.named("id"))
    if identity not in contents.happenings:
        raise Refused(visit.say("error.missing"), 404)
    shown = show(contents.resolved, identity)
    held = shown.happening
    others = tuple(
        (link, contents.happenings[other]) for link in contents.links_of(identity)
        for other in (link.target if link.source == identity else link.source,) if other in contents.happenings
    )  # fmt: skip
    view = HappeningView(
        shown=shown, contradictions=held.contradictions, proofs={t.event.id: t.event.evidence for t in shown.tellings},
        linked=others, footnote=_footnote(visit, shown), bibtex=_bibtex(visit, shown),
    )  # fmt: skip
    return Page(template="happening.html", title=held.gloss.ko if visit.lang == "ko" else held.gloss.en, view=view)


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
