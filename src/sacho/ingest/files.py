"""Paths and streams to documents, each by its format."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sacho.ingest.decode import decode
from sacho.ingest.drafts import Draft, to_document
from sacho.ingest.errors import Unreadable
from sacho.ingest.formats import json_draft, markdown_draft, text_draft
from sacho.ingest.html import MAX_HTML_BYTES, html_draft
from sacho.records import DeadLetter, Document

SUFFIXES = (".txt", ".md", ".jsonl", ".html", ".htm")
_ASIDE = (".ipynb",)  # a notebook beside reports works on them
MAX_BYTES = 32_000_000  # of a text or of one JSONL line: more than any report that fits the limit in characters


def walk(path: Path) -> Iterator[Path | DeadLetter]:
    """The path itself, or the readable files below it in order of their names; then one dead letter for the rest.
    Names that begin with a dot and notebooks are left aside."""
    if not path.is_dir():
        yield path
        return
    skipped: Counter[str] = Counter()
    found = 0
    for item in _listed(path, {path.resolve()}):
        if isinstance(item, DeadLetter) or item.suffix.lower() in SUFFIXES:
            found += 1
            yield item
        else:
            skipped[item.suffix.lower() or "no suffix"] += 1
    if skipped:
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(skipped.items()))
        yield _letter(
            str(path), f"holds {skipped.total()} file(s) that were skipped ({kinds})", "name one outright to read it as text"
        )
    elif not found:
        yield _letter(str(path), "is a directory without reports", f"give files that end in {' '.join(SUFFIXES)}")


def _listed(path: Path, seen: set[Path]) -> Iterator[Path | DeadLetter]:
    """Everything below a directory that is no directory itself; linked directories are entered once."""
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        yield _letter(str(path), f"cannot be listed ({error.strerror or error})", "check its permissions")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.suffix.lower() in _ASIDE:
            continue
        if not entry.is_dir() or entry.suffix.lower() in SUFFIXES:
            yield entry
        elif entry.resolve() not in seen:
            seen.add(entry.resolve())
            yield from _listed(entry, seen)


def read_file(path: Path, *, outlet: str | None, published: str | None) -> Iterator[Document | DeadLetter]:
    """The documents of one file. Never raises for what the file holds."""
    origin = str(path)
    try:
        with path.open("rb") as stream:
            yield from _read(stream, path.suffix.lower(), origin, outlet=outlet, published=published)
    except OSError as error:
        yield _letter(origin, f"cannot be read ({error.strerror or error})", "check the path and its permissions")


def read_stream(stdin: BinaryIO | None, *, outlet: str | None, published: str | None) -> Iterator[Document | DeadLetter]:
    """The documents of standard input; its format is told by how it begins."""
    if stdin is None:
        yield _letter("-", "names standard input, but there is none here", "give a file instead")
        return
    data = stdin.read()
    yield from _read(io.BytesIO(data), _sniffed(data), "stdin", outlet=outlet, published=published)


def _read(
    stream: BinaryIO, suffix: str, origin: str, *, outlet: str | None, published: str | None
) -> Iterator[Document | DeadLetter]:
    if suffix == ".jsonl":
        yield from _read_lines(stream, origin, outlet=outlet, published=published)
        return
    try:
        draft = _draft(_bounded(stream, MAX_HTML_BYTES if suffix in {".html", ".htm"} else MAX_BYTES), suffix)
        yield to_document(draft, origin=origin, outlet=outlet, published=published)
    except Unreadable as error:
        yield DeadLetter(origin=origin, reason=error.reason(origin))


def _read_lines(
    stream: BinaryIO, origin: str, *, outlet: str | None, published: str | None
) -> Iterator[Document | DeadLetter]:
    """One document a line; a line that is wrong does not stop the others."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{origin}:{number}"
        try:
            if len(line) > MAX_BYTES:
                while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                    pass
                raise Unreadable(f"is longer than {MAX_BYTES:,} bytes", "split it into its reports")
            words = decode(line).strip()
            if not words:
                continue
            draft, name = json_draft(words)
            yield to_document(draft, origin=f"{place}#{name}" if name else place, outlet=outlet, published=published)
        except Unreadable as error:
            yield DeadLetter(origin=place, reason=error.reason(place))
    if number == 0:
        yield _letter(origin, "is empty", "write one JSON object a line")


def _bounded(stream: BinaryIO, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable(f"is larger than {limit:,} bytes", "split it into its reports")
    if not data.strip():
        raise Unreadable("is empty", "give a report of at least one sentence")
    return data


def _draft(data: bytes, suffix: str) -> Draft:
    text = decode(data)
    if suffix in {".html", ".htm"}:
        return html_draft(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return markdown_draft(text) if suffix == ".md" else text_draft(text)


def _sniffed(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if head.startswith(b"{") and b'"text"' in data:
        return ".jsonl"
    return ".md" if head.startswith(b"---\n") or head.startswith(b"---\r\n") else ".txt"


def _letter(origin: str, fault: str, remedy: str) -> DeadLetter:
    return DeadLetter(origin=origin, reason=Unreadable(fault, remedy).reason(origin))
