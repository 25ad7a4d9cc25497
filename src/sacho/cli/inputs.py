"""What `export` and `cite` work on: reports to be coded, event records that are coded already, or a store."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click
import msgspec

from sacho.cli.reports import code_each
from sacho.ingest import read
from sacho.records import DeadLetter, Document, Event, Publication

if TYPE_CHECKING:
    from sacho.store.connect import Store


class Inputs:
    """Events, and the reports they came from as far as those are at hand. `letters` fills while the events are read."""

    def __init__(self, sources: Sequence[str], *, outlet: str | None, published: str | None, stdin: BinaryIO) -> None:
        self._sources = sources
        self._outlet, self._published = outlet, published
        self._stdin = stdin
        self._documents: dict[str, Document] = {}
        self.letters: list[DeadLetter] = []
        self.rejected = 0

    @property
    def documents(self) -> Mapping[str, Document]:
        """By id; grows while the events are read."""
        return self._documents

    def events(self) -> Iterator[Event]:
        """In the order of the sources."""
        for _, events in self.reports():
            yield from events

    def reports(self) -> Iterator[tuple[str, Sequence[Event]]]:
        """The id of each report, with its events."""
        for source in self._sources:
            if source == "-":
                data = self._stdin.read()
                first = next((line for line in data.splitlines() if line.strip()), b"")
                yield from self._recorded("stdin", io.BytesIO(data)) if _is_record(first) else self._coded("-", io.BytesIO(data))
            elif _begins_as_records(Path(source)):
                with Path(source).open("rb") as stream:
                    yield from self._recorded(source, stream)
            else:
                yield from self._coded(source, None)

    def _coded(self, source: str, stdin: BinaryIO | None) -> Iterator[tuple[str, Sequence[Event]]]:
        inputs = read([source], outlet=self._outlet, published=self._published, stdin=stdin)
        for coding in code_each(inputs, self.letters):
            document = coding.annotated.document
            self._documents[document.id] = dated(document, coding.annotated.publication)
            yield document.id, coding.events

    def _recorded(self, origin: str, stream: BinaryIO) -> Iterator[tuple[str, Sequence[Event]]]:
        for report, events in groupby(self._records(origin, stream), key=_report_of):
            yield report, tuple(events)

    def _records(self, origin: str, stream: BinaryIO) -> Iterator[Event]:
        """The event records of a file of JSON lines; its other records (quotes, documents) are left aside by their names."""
        decoder = msgspec.json.Decoder(Event)
        for number, line in enumerate(stream, start=1):
            if not line.strip() or _is_other_record(line):
                continue
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as error:
                place = f"{origin}:{number}"
                reason = f"{place} is no event record ({error}); write it with `sacho code --format jsonl`."
                self.letters.append(DeadLetter(origin=place, reason=reason))


class StoreInputs:
    """Events of a store that are meant, with the values in force. `rejected` counts those left out because a person rejected them, which
    happens unless the review state was asked for."""

    def __init__(self, store: Store, asked: Mapping[str, object]) -> None:
        from sacho.store.selection import Selection

        self._store = store
        self._selection = msgspec.convert(asked, Selection)
        self.documents = _StoredDocuments(store)
        self.letters: list[DeadLetter] = []
        self.rejected = 0

    def events(self) -> Iterator[Event]:
        """In the order of the reports."""
        for _, events in self.reports():
            yield from events

    def reports(self) -> Iterator[tuple[str, Sequence[Event]]]:
        """The id of each report, with its events."""
        from sacho.store.readings import read_chosen

        for chosen in read_chosen(self._store, self._selection):
            kept = [line.event for line in chosen.lines if line.review != "rejected" or self._selection.review]
            self.rejected += len(chosen.lines) - len(kept)
            if kept:
                self.documents.last = {chosen.document.id: chosen.document}
                yield chosen.document.id, kept


class _StoredDocuments(Mapping[str, Document]):
    """The reports of a store by id, read when they are asked for, with the day given or inferred. `last` is at hand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.last: dict[str, Document] = {}

    def __getitem__(self, identity: str) -> Document:
        from sacho.store.query import find_document

        if identity not in self.last:
            found = find_document(self._store, identity)
            if found is None:
                raise KeyError(identity)
            self.last = {identity: dated(found.document, found.publication)}
        return self.last[identity]

    def __iter__(self) -> Iterator[str]:
        from sacho.store.readings import read_chosen

        return (chosen.document.id for chosen in read_chosen(self._store))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def dated(document: Document, publication: Publication) -> Document:
    """The report with its day: the one given or the one inferred, None if neither is known."""
    return msgspec.structs.replace(document, published=document.published or publication.value or None)


def _begins_as_records(path: Path) -> bool:
    """Whether a file holds event records rather than reports: its first line says so."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return _is_record(next((line for line in stream if line.strip()), b""))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read ({error.strerror}); check its permissions.") from None


def _is_record(line: bytes) -> bool:
    keys = _keys(line)
    return {"id", "kind", "gloss"} <= keys or _is_quote(keys) or _is_document(keys)


def _is_other_record(line: bytes) -> bool:
    keys = _keys(line)
    return _is_quote(keys) or _is_document(keys)


def _is_quote(keys: frozenset[str]) -> bool:
    return {"speaker", "quote", "normalized"} <= keys


def _is_document(keys: frozenset[str]) -> bool:
    return {"document", "origin", "published_inferred"} <= keys


def _keys(line: bytes) -> frozenset[str]:
    try:
        return frozenset(msgspec.json.decode(line, type=dict[str, msgspec.Raw]))
    except msgspec.DecodeError:
        return frozenset()


def _report_of(event: Event) -> str:
    return event.evidence[0].document if event.evidence else ""
