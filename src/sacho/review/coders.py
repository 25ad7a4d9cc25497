"""Another coder's reading into the store: records of the codebook, section 6, whoever wrote them, or gold reports."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import select

from sacho.evaluation.check import read_gold
from sacho.evaluation.gold import GoldError, GoldReading, GoldReport
from sacho.exchange.lines import Found
from sacho.exchange.sound import fault
from sacho.exchange.sources import LoadError, gathered, results_of, sorted_out
from sacho.records import DeadLetter, Document, Event, Publication, Quote, Record
from sacho.store import Reading, Store, StoreError, read_documents
from sacho.store.coders import OURS, CoderReport, GoldFile, put_coder_reports
from sacho.store.tables import document

_NO_DAY = Publication(value="", inferred=False)


class Imported(Record):
    """What an import did: reports that were read, those of them that changed something, events, and what could not be taken."""

    reports: int
    changed: int
    events: int
    letters: tuple[DeadLetter, ...]


def import_coder(store: Store, coder: str, sources: Sequence[str], *, at: str, stdin: BinaryIO | None = None) -> Imported:
    """Keep what `coder` read in reports of the store. A source is a file of JSON lines, results of `sacho batch`, or a directory of gold
    reports (docs/gold.md). A report without events counts as read if its document line (`--documents`) or gold report is there. Reading
    the same report again replaces what the coder read before. Raises `LoadError`, `StoreError`, `ValueError` for a name that cannot
    be."""
    if not coder.strip() or coder in OURS:
        raise ValueError(f"{coder!r} cannot be the name of another coder; {' and '.join(OURS)} are the program and the reviewers.")
    golden = [source for source in sources if _is_gold(source)]
    letters: list[DeadLetter] = []
    other = [source for source in sources if source not in golden]
    found = [*_of_gold(store, coder, golden, at, letters), *_of_lines(store, coder, other, at, letters, stdin)]
    changed = 0
    for report in found:
        try:
            changed += put_coder_reports(store, [report])
        except StoreError as error:
            letters.append(DeadLetter(origin=report.document, reason=str(error)))
    events = sum(len(r.events) if r.gold is None else len(gold_reading(r.gold).events) for r in found)
    return Imported(reports=len(found), changed=changed, events=events, letters=tuple(letters))


def gold_reading(files: GoldFile) -> GoldReading:
    """The reading of a gold report that was kept."""
    return msgspec.json.decode(unicodedata.normalize("NFC", files.reading), type=GoldReading)


def event_ids(report: CoderReport) -> tuple[str, ...]:
    """The ids of its events, in their order. Events of gold reports have none of their own; a judgement needs one."""
    if report.gold is None:
        return tuple(e.id for e in report.events)
    said = [(report.coder, report.document, str(n), e.kind, e.trigger) for n, e in enumerate(gold_reading(report.gold).events)]
    return tuple("g" + blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest() for words in said)


def _is_gold(source: str) -> bool:
    path = Path(source)
    return path.is_dir() and any(p.with_suffix(".md").exists() for p in path.glob("*.json"))


def _gold(directory: str, letters: list[DeadLetter]) -> tuple[GoldReport, ...]:
    try:
        reports, faults = read_gold(Path(directory))
    except GoldError as error:
        raise LoadError(str(error)) from None
    letters += [DeadLetter(origin=directory, reason=f"{directory}/{words}") for words in faults]
    return reports


def _of_gold(store: Store, coder: str, directories: Sequence[str], at: str, letters: list[DeadLetter]) -> Iterator[CoderReport]:
    for directory in directories:
        for report in _gold(directory, letters):
            home = _home(store, report.document)
            if home is None:
                place = str(Path(directory) / f"{report.id}.md")
                remedy = f"code it first with `sacho code --store {store.name} {place}`"
                letters.append(_letter(place, f"is no report of {store.name}; {remedy}"))
                continue
            files = GoldFile(
                name=report.id, report=(Path(directory) / f"{report.id}.md").read_text(encoding="utf-8"),
                reading=(Path(directory) / f"{report.id}.json").read_text(encoding="utf-8"),
            )  # fmt: skip
            yield CoderReport(coder=coder, document=home, at=at, gold=files)


def _home(store: Store, read: Document) -> str | None:
    """The id of the same report in the store: by its id or, as an inferred day or another outlet changes that, by its text."""
    with store.read() as connection:
        ids = connection.execute(select(document.c.id).where(document.c.id == read.id)).scalars().all()
        if not ids:
            same = (document.c.length == len(read.text)) & (document.c.text == read.text)
            ids = connection.execute(select(document.c.id).where(same).order_by(document.c.number.desc()).limit(1)).scalars().all()
    return ids[0] if ids else None


def _of_lines(
    store: Store, coder: str, sources: Sequence[str], at: str, letters: list[DeadLetter], stdin: BinaryIO | None
) -> Iterator[CoderReport]:
    results, files = sorted_out(sources)
    lines = gathered(files, stdin)
    read = [*((f, place, whole) for f, place, whole in lines.reports()), *_of_results(results)]
    known = read_documents(store, {f.id for f, _, _ in read})
    for found, place, whole in read:
        if not whole:
            letters.append(_letter(place, f"begins the report {found.id}, of which not every line could be read; it was left out"))
        elif found.id not in known:
            words = f"begins the report {found.id}, which {store.name} does not have; code it first with `sacho code --store`"
            letters.append(_letter(place, words))
        else:
            events, quotes = _read_in(found)
            wrong = fault(Reading(document=known[found.id], publication=_NO_DAY, events=events, quotes=quotes))
            if wrong:
                letters.append(_letter(place, f"begins the report {found.id}, which {wrong}"))
            else:
                yield CoderReport(coder=coder, document=found.id, at=at, events=events, quotes=quotes)
    letters += lines.letters


def _of_results(sources: Sequence[str]) -> Iterator[tuple[Found, str, bool]]:
    for source in sources:
        for result in results_of(source):
            if result.annotated is not None:
                yield Found(id=result.annotated.document.id, result=result), result.origin, True


def _read_in(found: Found) -> tuple[tuple[Event, ...], tuple[Quote, ...]]:
    if found.result is not None and found.result.annotated is not None:
        return found.result.events, found.result.annotated.quotes
    return found.of(Event), found.of(Quote)


def _letter(place: str, words: str) -> DeadLetter:
    return DeadLetter(origin=place, reason=f"{place} {words}.")
