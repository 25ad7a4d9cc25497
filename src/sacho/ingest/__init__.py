"""Files, directories and streams to documents. What cannot be read comes out as a dead letter; the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sacho.ingest.drafts import to_document
from sacho.ingest.errors import Unreadable
from sacho.ingest.files import SUFFIXES, read_file, read_stream, walk
from sacho.ingest.formats import text_draft
from sacho.records import DeadLetter, Document

__all__ = ["SUFFIXES", "Unreadable", "document_from_text", "read"]


def read(
    paths: Iterable[str | Path], *, outlet: str | None = None, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | DeadLetter]:
    """Documents of files, directories (recursive, in order of their names) and `-` (`stdin`).

    Known suffixes: .txt .md .jsonl .html .htm. A file named outright is read as text if its suffix is another one;
    in a directory such files are skipped, and one dead letter counts them. `outlet` and `published` fill in
    where a report does not say its own. Reads lazily: one report at a time.
    """
    for path in paths:
        if str(path) == "-":
            yield from read_stream(stdin, outlet=outlet, published=published)
            continue
        for item in walk(Path(path)):
            if isinstance(item, DeadLetter):
                yield item
            else:
                yield from read_file(item, outlet=outlet, published=published)


def document_from_text(
    text: str, *, origin: str, outlet: str | None = None, published: str | None = None, url: str | None = None
) -> Document:
    """The document of a text at hand. Its `text` is the canonical form (NFC, `\\n`, no control characters), which
    every offset refers to. Raises `Unreadable` (a ValueError) if it is empty, too long, or holds U+0000.
    """
    draft = text_draft(text)
    document = to_document(draft, origin=origin, outlet=outlet, published=published)
    return document if url is None else _with_url(document, url)


def _with_url(document: Document, url: str) -> Document:
    import msgspec

    return msgspec.structs.replace(document, url=url)
