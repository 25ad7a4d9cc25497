"""Paste or drop reports: coded with progress, errors listed, then saved or thrown away."""

from __future__ import annotations

from datetime import date

from starlette.datastructures import UploadFile

from sacho import __version__
from sacho.coding import Coding
from sacho.records import DeadLetter, Document, Event, Record
from sacho.store import add, reading_of
from sacho.store.words import load_vocabulary
from sacho.web.jobs import Job
from sacho.web.pages.report import short_title
from sacho.web.visit import Answer, Moved, Page, Refused, Visit


class PasteView(Record):
    saved: bool


class Drafted(Record):
    document: Document
    title: str
    published: str
    inferred: bool
    events: tuple[Event, ...]


class JobView(Record):
    id: str
    done: int
    total: int
    running: bool
    current: str
    drafts: tuple[Drafted, ...]
    letters: tuple[DeadLetter, ...]


def paste(visit: Visit) -> Answer:
    return Page(template="paste.html", title=visit.say("nav.paste"), view=PasteView(saved=visit.query.get("saved") == "1"))


def start(visit: Visit) -> Answer:
    text, html, published = visit.field("text", 400_000), visit.field("html", 4_000_000), visit.field("published", 10)
    if published:
        try:
            date.fromisoformat(published)
        except ValueError:
            raise Refused(visit.say("error.day", field="published", value=published), 422) from None
    files = [f for f in visit.form.getlist("files") if isinstance(f, UploadFile) and f.filename] if visit.form else []
    if not text.strip() and not files:
        raise Refused(visit.say("paste.nothing"), 422)
    uploads = [(f.filename or "", f.file.read()) for f in files]
    job = visit.room.jobs.start(visit.user.name, text, visit.field("outlet", 100), published, uploads, html=html)
    return Moved(to=f"/paste/{job.id}")


def job(visit: Visit) -> Answer:
    found = _job(visit)
    view = JobView(
        id=found.id, done=found.done, total=found.total, running=found.running, current=found.current,
        drafts=tuple(_drafted(c) for c in tuple(found.codings)), letters=tuple(found.letters),
    )  # fmt: skip
    return Page(template="job.html", title=visit.say("nav.paste"), view=view)


def save(visit: Visit) -> Answer:
    """Keep the reports in the store."""
    found = _job(visit)
    if found.running:
        raise Refused(visit.say("paste.running"), 409)
    readings = [reading_of(coding, load_vocabulary()) for coding in found.codings]
    done = add(visit.room.store, readings, at=visit.room.now(), program=f"sacho {__version__}", note=f"pasted by {visit.user.name}")
    if visit.room.accounts.any():
        visit.room.accounts.record(visit.user.name, visit.address, "paste.save", f"{done.new} new, {done.recoded} read anew")
    visit.room.jobs.drop(found.id)
    if len(found.codings) == 1:
        return Moved(to=f"/reports/{found.codings[0].annotated.document.id}")
    return Moved(to="/events")


def throw_away(visit: Visit) -> Answer:
    visit.room.jobs.drop(_job(visit).id)
    return Moved(to="/paste")


def _job(visit: Visit) -> Job:
    found = visit.room.jobs.get(visit.named("id"), visit.user.name)
    if found is None:
        raise Refused(visit.say("paste.gone"), 404)
    return found


def _drafted(coding: Coding) -> Drafted:
    annotated = coding.annotated
    return Drafted(document=annotated.document, title=short_title(annotated.document), published=annotated.publication.value,
                   inferred=annotated.publication.inferred, events=coding.events)  # fmt: skip
