"""Paste or drop reports: coded with progress, errors listed, then saved or thrown away."""

from __future__ import annotations

import re
from datetime import date

from starlette.datastructures import UploadFile

from sacho.coding import Coding
from sacho.records import DeadLetter, Document, Event, Record
from sacho.web.jobs import Job
from sacho.web.pages.report import title_of
from sacho.web.visit import Answer, Moved, Page, Refused, Visit

_ONE_LINE = re.compile(r"[\r\n]+")


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
    text, published = visit.field("text", 400_000), visit.field("published", 10)
    if published:
        try:
            date.fromisoformat(published)
        except ValueError:
            raise Refused(visit.say("error.day", field="published", value=published), 422) from None
    files = [f for f in visit.form.getlist("files") if isinstance(f, UploadFile) and f.filename] if visit.form else []
    if not text.strip() and not files:
        raise Refused(visit.say("paste.nothing"), 422)
    uploads = [(f.filename or "", f.file.read()) for f in files]
    job = visit.room.jobs.start(visit.user.name, text, visit.field("outlet", 100), published, uploads)
    return Moved(to=f"/paste/{job.id}")


def job(visit: Visit) -> Answer:
    found = _job(visit)
    view = JobView(
        id=found.id, done=found.done, total=found.total, running=found.running, current=found.current,
        drafts=tuple(_drafted(c) for c in tuple(found.codings)), letters=tuple(found.letters),
    )  # fmt: skip
    return Page(template="job.html", title=visit.say("nav.paste"), view=view)


def save(visit: Visit) -> Answer:
    """Put the reports on the shelf, and into the inbox if the room has one."""
    found = _job(visit)
    if found.running:
        raise Refused(visit.say("paste.running"), 409)
    inbox = visit.room.inbox
    if inbox is not None:
        inbox.mkdir(parents=True, exist_ok=True)
        for coding in found.codings:
            (inbox / f"{coding.annotated.document.id}.md").write_text(_markdown(coding.annotated.document), encoding="utf-8")
    visit.room.shelf.add(found.codings)
    if visit.room.accounts.any():
        visit.room.accounts.record(visit.user.name, visit.address, "paste.save", f"{len(found.codings)} reports")
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
    return Drafted(document=annotated.document, title=title_of(annotated.document), published=annotated.publication.value,
                   inferred=annotated.publication.inferred, events=coding.events)  # fmt: skip


def _markdown(document: Document) -> str:
    """The report as `sacho code` reads it again."""
    head = {"outlet": document.outlet, "published": document.published}
    lines = [f"{key}: {_ONE_LINE.sub(' ', value)}" for key, value in head.items() if value]
    return "---\n" + "\n".join(lines) + "\n---\n" + document.text + "\n" if lines else document.text + "\n"
