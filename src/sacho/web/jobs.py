"""Reports that somebody pastes or drops, coded in the background: progress, errors, then saved or thrown away."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sacho.coding import Coding, code_document
from sacho.ingest import document_from_text, read
from sacho.records import DeadLetter, Document

MOST_JOBS = 40
MOST_FILES = 500
_WHOLE = 0.8  # of the letters that were pasted: a page that holds less was not read whole


class Job:
    """One paste or drop. `codings` and `letters` grow while it runs."""

    def __init__(self, user: str, total: int) -> None:
        self.id = secrets.token_urlsafe(9)
        self.user = user
        self.total = total
        self.done = 0
        self.current = ""
        self.running = True
        self.codings: list[Coding] = []
        self.letters: list[DeadLetter] = []


class Jobs:
    """The jobs of a room, the oldest forgotten beyond forty; they are coded one after the other."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coding")

    def get(self, identity: str, user: str) -> Job | None:
        """A job of this user; None if there is none."""
        job = self._jobs.get(identity)
        return job if job is not None and job.user == user else None

    def start(
        self, user: str, text: str, outlet: str, published: str, uploads: Sequence[tuple[str, bytes]], *, html: str = ""
    ) -> Job:  # fmt: skip
        """Begin to code a pasted text and uploaded files (name, bytes). `html` is the text as it was copied from a page."""
        job = Job(user, total=len(uploads) + bool(text.strip()))
        with self._lock:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-MOST_JOBS]:
                del self._jobs[old]
        self._worker.submit(_run, job, text, html, outlet or None, published or None, tuple(uploads))
        return job

    def drop(self, identity: str) -> None:
        with self._lock:
            self._jobs.pop(identity, None)


def _run(
    job: Job, text: str, html: str, outlet: str | None, published: str | None, uploads: tuple[tuple[str, bytes], ...]
) -> None:  # fmt: skip
    try:
        if text.strip():
            _pasted(job, text, html, outlet, published)
        for name, content in uploads:
            job.current = name
            _file(job, name, content, outlet, published)
            job.done += 1
    finally:
        job.running = False
        job.current = ""


def _pasted(job: Job, text: str, html: str, outlet: str | None, published: str | None) -> None:
    """What was copied from a page is read as a page, so that headings and captions are known as such; if that holds less than the
    text itself, the text counts."""
    try:
        document = _copied(html, text, outlet, published) or document_from_text(text, origin="pasted", outlet=outlet, published=published)
    except ValueError as error:
        job.letters.append(DeadLetter(origin="pasted", reason=str(error)))
    else:
        _code(job, document)
    job.done += 1


def _copied(html: str, text: str, outlet: str | None, published: str | None) -> Document | None:
    if not html.strip():
        return None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.html"
        path.write_text(f'<!doctype html><meta charset="utf-8"><article>{html}</article>', encoding="utf-8")
        found = [d for d in read([path], outlet=outlet, published=published) if isinstance(d, Document)]
    if len(found) != 1 or len("".join(found[0].text.split())) < _WHOLE * len("".join(text.split())):
        return None
    return msgspec.structs.replace(found[0], origin="pasted")


def _file(job: Job, name: str, content: bytes, outlet: str | None, published: str | None) -> None:
    """The name decides how a file is read, never where it is written."""
    safe = Path(name.replace("\\", "/")).name or "report.txt"
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("report" + Path(safe).suffix[:8])
        path.write_bytes(content)
        for item in read([path], outlet=outlet, published=published):
            if isinstance(item, DeadLetter):
                job.letters.append(DeadLetter(origin=safe, reason=item.reason.replace(str(path), safe)))
            else:
                _code(job, item)


def _code(job: Job, document: Document) -> None:
    try:
        job.codings.append(code_document(document))
    except Exception as error:  # a fault of ours in one report must not lose the others
        fault = f"{type(error).__name__}: {error}".splitlines()[0]
        job.letters.append(DeadLetter(origin=document.origin, reason=f"{document.origin} could not be coded ({fault})."))
