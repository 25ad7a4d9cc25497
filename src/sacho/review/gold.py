"""Reviewed reports, and other coders' readings, as gold reports (docs/gold.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sacho.evaluation.check import FIELDS, check, is_time
from sacho.evaluation.gold import GoldContradiction, GoldError, GoldEvent, GoldName, GoldQuote, GoldReading, read_report
from sacho.export.target import inside, written
from sacho.records import BlockKind, Event, Participant, Quote, Record
from sacho.review.reviewed import Reviewed, is_settled, reviewed
from sacho.store import Store
from sacho.store.coders import CoderReport, GoldFile, read_coder_reports
from sacho.store.readings import Stored, read_readings

_HAPPENED = ("occurred", "ongoing")
_MUST = frozenset(
    {"id", "events", "quotes", "kind", "trigger", "who", "whom", "date", "place", "status", "reported_by", "main", "speaker", "starts"}
)
_UNSEEN = "quotes and contradictions are as the program read them and nobody judged them: read them before you measure with them"


class GoldExported(Record):
    """What was written: `reports` pairs of files. `left_out` counts reports by reason; `faults` are those that would not have made a
    sound gold report, a sentence each."""

    reports: int
    left_out: dict[str, int]
    faults: tuple[str, ...]


def export_gold(store: Store, folder: Path, *, coder: str = "review") -> GoldExported:
    """Write `NAME.md` and `NAME.json` of each report into a folder that is there. `review` are the reports whose events people judged
    all: what they accepted or corrected, what they took of other coders; the words of what they rejected stand in `not_events`. Another
    coder's gold reports are written as they came. Raises `OSError` if a file cannot be written, `ValueError` if it would leave the
    folder."""
    left: Counter[str] = Counter()
    faults: list[str] = []
    count = 0
    for files, text in _reviewed(store, left) if coder == "review" else _of_coder(store, coder):
        wrong = _faults(files, text)
        if wrong:
            faults += wrong
            continue
        for suffix, words in ((".md", files.report), (".json", files.reading)):
            with written(inside(folder, files.name, suffix)) as stream:
                stream.write(words.encode())
        count += 1
    return GoldExported(reports=count, left_out=dict(sorted(left.items())), faults=tuple(faults))


def _reviewed(store: Store, left: Counter[str]) -> Iterator[tuple[GoldFile, str]]:
    for stored in read_readings(store):
        if stored.superseded:
            left["a later version is there"] += 1
        elif not is_settled(stored):
            left["not every event is accepted, corrected or rejected" if stored.reviews else "no event was read"] += 1
        else:
            yield _file(stored, _reading(reviewed(store, stored))), stored.document.text


def _of_coder(store: Store, coder: str) -> Iterator[tuple[GoldFile, str]]:
    for report in read_coder_reports(store, [coder]):
        (stored,) = read_readings(store, [report.document])
        yield report.gold or _file(stored, _converted(stored, report)), stored.document.text


def _faults(files: GoldFile, text: str) -> list[str]:
    """What `sacho evaluate --check` would say; also if the text would not be read back as it is."""
    with TemporaryDirectory() as folder:
        for suffix, words in ((".md", files.report), (".json", files.reading)):
            inside(Path(folder), files.name, suffix).write_text(words, encoding="utf-8")
        try:
            report = read_report(Path(folder), files.name)
        except GoldError as error:
            return [str(error)]
        if report.document.text != text:
            return [f"{files.name}.md: Markdown would change the text of the report; write the gold report by hand."]
        return check(report)


# ---------------------------------------------------------------- the report


def _file(stored: Stored, reading: GoldReading) -> GoldFile:
    return GoldFile(name=reading.id, report=_markdown(stored), reading=_json(reading))


def _markdown(stored: Stored) -> str:
    document = stored.document
    head, body = "", document.text
    if document.blocks and document.blocks[0].kind is BlockKind.headline and document.blocks[0].start == 0:
        title = document.text[: document.blocks[0].end]
        if document.text[len(title) :].startswith("\n\n") and "\n" not in title:
            head, body = title, document.text[len(title) :].lstrip("\n")
    front = [("title", head), ("outlet", document.outlet or ""), ("published", stored.publication.value), ("url", document.url or "")]
    lines = "".join(f"{key}: {value}\n" for key, value in front if value)
    return f"---\n{lines}---\n{body}"


def _json(reading: GoldReading) -> str:
    """With what is there only: an empty value that may be left out is left out."""
    plain = msgspec.to_builtins(reading)

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {k: bare(v) for k, v in value.items() if k in _MUST or v not in ("", None, [], 0) or v is False}
        return [bare(v) for v in value] if isinstance(value, list) else value

    return msgspec.json.format(msgspec.json.encode(bare(plain)), indent=1).decode() + "\n"


# ---------------------------------------------------------------- the reading


def _reading(done: Reviewed) -> GoldReading:
    events = (*(_event(e, done.stored) for e in done.events), *done.gold_events.values())
    kept = {e.trigger for e in events if e.status in _HAPPENED}
    triggers = [_trigger(e) for e in done.rejected if e.status.value in _HAPPENED]
    return GoldReading(
        id=done.stored.document.id, annotator=", ".join(done.judges), look_up=_UNSEEN, events=_in_order(events, done.stored.document.text),
        quotes=_quotes(done.stored.quotes, done.stored), contradictions=_contradictions(done.events),
        not_events=tuple(dict.fromkeys(t for t in triggers if t and t not in kept)),
    )  # fmt: skip


def _converted(stored: Stored, report: CoderReport) -> GoldReading:
    events = tuple(_event(e, stored) for e in report.events)
    return GoldReading(
        id=stored.document.id, annotator=report.coder, events=_in_order(events, stored.document.text),
        quotes=_quotes(report.quotes, stored), contradictions=_contradictions(report.events),
    )  # fmt: skip


def _in_order(events: Sequence[GoldEvent], text: str) -> tuple[GoldEvent, ...]:
    return tuple(sorted(events, key=lambda e: text.find(e.trigger)))


def _event(event: Event, stored: Stored) -> GoldEvent:
    attendees = sorted((p for p in event.participants if p.role == "attendee"), key=lambda p: p.rank or 0)
    outlet = stored.document.outlet
    return GoldEvent(
        kind=event.kind, trigger=_trigger(event), who=_names(event.actor), whom=_names(event.recipient), symmetric=event.symmetric,
        date=event.date, place=event.place.name if event.place is not None else "", status=event.status.value,
        reported_by=tuple(s for s in event.sources if s != outlet), main=_is_main(event, stored), attendees=_names(attendees),
        participants=tuple(GoldName(name=_name(p), role=p.role, office=p.office) for p in event.participants if p.role != "attendee"),
        time=event.time if is_time(event.time) else "", instrument=event.instrument, type=event.type,
    )  # fmt: skip


def _trigger(event: Event) -> str:
    """The fullest of the words that tell of it."""
    return max((p.quote for p in event.evidence if p.field == "kind"), key=len, default="")


def _names(people: Sequence[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(p) for p in people))


def _name(person: Participant) -> str:
    return person.name or person.as_written


def _is_main(event: Event, stored: Stored) -> bool:
    """Headline or lead tell of it."""
    blocks = stored.document.blocks
    lead = next((b for b in blocks if b.kind is BlockKind.body), None)
    heads = [b for b in blocks if b.kind is BlockKind.headline] + ([lead] if lead is not None else [])
    return any(b.start <= p.start < b.end for p in event.evidence if p.field == "kind" for b in heads)


def _quotes(quotes: Sequence[Quote], stored: Stored) -> tuple[GoldQuote, ...]:
    heads = [b for b in stored.document.blocks if b.kind is BlockKind.headline]
    return tuple(
        GoldQuote(speaker=q.speaker, via=q.via, starts=_starts(q, stored.document.text))
        for q in quotes if q.speaker and not any(b.start <= q.start < b.end for b in heads)
    )  # fmt: skip


def _starts(quote: Quote, text: str) -> str:
    """Its first words, two at least, as many as stand nowhere else."""
    words = quote.quote.split(" ")
    for count in range(2, len(words)):
        start = " ".join(words[:count])
        if text.count(start) == 1:
            return start
    return quote.quote


def _contradictions(events: Sequence[Event]) -> tuple[GoldContradiction, ...]:
    return tuple(
        GoldContradiction(kind=e.kind, field=c.field, values=tuple(v.evidence.quote for v in c.values))
        for e in events for c in e.conflicts if c.field in FIELDS
    )  # fmt: skip
