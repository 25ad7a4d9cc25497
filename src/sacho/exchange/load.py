"""Lines and results of `sacho batch` into a store. Nothing is coded again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import msgspec
from sqlalchemy import select

from sacho.annotate import annotate
from sacho.annotate.resources import load_resources
from sacho.coding import Coding
from sacho.exchange.lines import Found, WithdrawnLine, WordsLine, document_of
from sacho.exchange.sound import fault
from sacho.exchange.sources import gathered, results_of, sorted_out
from sacho.records import Claim, DeadLetter, Event, EventMention, Evidence, Quote, Record
from sacho.store import Added, Reading, Store, StoreError, add, reading_of
from sacho.store.bulk import chunks
from sacho.store.coders import CoderReport, put_coder_reports
from sacho.store.judging import add_verdicts
from sacho.store.reading import unreported_in
from sacho.store.readings import Stored, read_readings
from sacho.store.tables import DECISIONS, document, event, quote
from sacho.store.verdicts import CORRECTABLE, PROVABLE, Verdict
from sacho.store.words import load_vocabulary, morphemes_of

_AT_ONCE = 100  # reports
_BATCH = 200  # reports a transaction
_VERDICTS = 1000  # judgements a transaction


class Loaded(Record):
    """What a call did: reports and events as `Added` counts them, judgements and readings of other coders that were new, and what could
    not be loaded."""

    added: Added
    judgements: int
    coders: int
    letters: tuple[DeadLetter, ...]


def load(
    store: Store, sources: Sequence[str], *, at: str, program: str = "sacho", words: bool = True, stdin: BinaryIO | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:  # fmt: skip
    """Load files of JSON lines (`dump`, `sacho code --format jsonl --documents`, `sacho export jsonl`) and results of `sacho batch`.

    A report whose document line is there is taken whole; where the lines hold no quotes, mentions or words, the store keeps its own.
    Events without their report are added to the report that the store has. `words` analyses new reports whose lines hold no words, so
    that `search` finds them (as slow as coding). `progress` is told after each commit how many reports were gone through, and of how
    many (0: not known). A line or report that cannot be used becomes a dead letter. Raises `LoadError` for a source that cannot be read
    at all, `StoreError`; what was committed before stays.
    """
    results, files = sorted_out(sources)
    lines = gathered(files, stdin)
    work = _Work(store, words=words)
    total = 0 if results else len(lines)
    told = (lambda done: progress(work.seen, total)) if progress is not None else None
    readings = work.prepared(_of_results(results, work), lines.reports())
    added = add(store, readings, at=at, program=program, note="load", batch=_BATCH, progress=told)
    judgements = _judged(store, lines.judgements(), work.letters)
    coders = _coded(store, lines.coder_reports(), work.letters)
    return Loaded(added=added, judgements=judgements, coders=coders, letters=(*lines.letters, *work.letters))


_Item = tuple[Found, str, bool]  # what was found of a report, where, and whether all of it could be read


class _Work:
    """Readings in the making. `homes` knows of which report the events and quotes are that may not be in the store yet, `before` those
    that came earlier."""

    def __init__(self, store: Store, *, words: bool) -> None:
        self.store, self.words = store, words
        self.letters: list[DeadLetter] = []
        self.homes: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self.given = self.seen = 0

    def prepared(self, *items: Iterable[_Item]) -> Iterator[Reading]:
        source = (item for some in items for item in some)
        while some := list(islice(source, _AT_ONCE)):
            held = {s.document.id: s for s in read_readings(self.store, [found.id for found, _, _ in some])}
            ready: list[tuple[Reading, str]] = []
            for found, place, whole in some:
                try:
                    ready.append((self._reading(found, place, whole, held.get(found.id)), place))
                except ValueError as error:
                    self.refuse(place, f"begins the report {found.id}, {error}")
            self._note_homes([r for r, _ in ready])
            for reading, place in ready:
                if not self._clashes(reading, place):
                    self.given += 1
                    yield reading
            self.seen += len(some)

    def refuse(self, place: str, words: str) -> None:
        self.letters.append(DeadLetter(origin=place, reason=f"{place} {words}."))

    def _reading(self, found: Found, place: str, whole: bool, stored: Stored | None) -> Reading:
        """Raises ValueError with the end of a sentence."""
        if not whole and stored is not None:
            raise ValueError("of which not every line could be read; it stays as the store has it")
        reading = _made(found, stored)
        if wrong := fault(reading):
            raise ValueError(f"which {wrong}")
        if self.words and reading.morphemes is None and stored is None:
            return self._with_words(reading, place)
        return reading

    def _with_words(self, reading: Reading, place: str) -> Reading:
        try:
            words = morphemes_of(annotate(reading.document, load_resources()), load_vocabulary())
        except Exception as error:  # a text that the analyser fails on is kept all the same
            name = f"{type(error).__name__}: {error}".splitlines()[0]
            self.refuse(place, f"begins the report {reading.document.id}, which is kept but not found by search ({name})")
            return reading
        return msgspec.structs.replace(reading, morphemes=words)

    def _note_homes(self, readings: Sequence[Reading]) -> None:
        """Whose the ids of these readings are in the store. What a batch or more lies behind us is in there by now."""
        if self.given >= _BATCH:
            self.before, self.homes, self.given = self.homes, {}, 0
        with self.store.read() as connection:
            events = [e.id for r in readings for e in (*r.events, *r.withdrawn)]
            for table, ids in ((event, events), (quote, [q.id for r in readings for q in r.quotes])):
                for some in chunks(ids):
                    query = select(table.c.id, document.c.id).join(document, document.c.number == table.c.document)
                    for identity, home in connection.execute(query.where(table.c.id.in_(some))):
                        self.homes[identity] = home

    def _clashes(self, reading: Reading, place: str) -> bool:
        mine = reading.document.id
        for identity in (*(e.id for e in (*reading.events, *reading.withdrawn)), *(q.id for q in reading.quotes)):
            home = self.before.get(identity) or self.homes.setdefault(identity, mine)
            if home != mine:
                self.refuse(place, f"begins the report {mine}, whose {identity} is there already, in the report {home}; ids are used once")
                return True
        return False


def _of_results(sources: Sequence[str], work: _Work) -> Iterator[_Item]:
    for source in sources:
        for result in results_of(source):
            if result.annotated is None:
                reason = result.error.reason.rstrip(".") if result.error is not None else "no reason given"
                work.letters.append(DeadLetter(origin=result.origin, reason=f"{result.origin} could not be read by the batch: {reason}."))
            else:
                yield Found(id=result.annotated.document.id, result=result), result.origin, True


def _made(found: Found, stored: Stored | None) -> Reading:
    """The reading of what was found, completed by what the store has. Raises ValueError (the end of a sentence)."""
    if found.result is not None and found.result.annotated is not None:
        return reading_of(Coding(annotated=found.result.annotated, events=found.result.events), load_vocabulary())
    if stored is None and (found.document is None or not found.document.text):
        raise ValueError(
            "whose text is neither in these files nor in the store; write them with `--documents`, or with `sacho export jsonl --all`"
        )
    events, withdrawn = found.of(Event), tuple(w.withdrawn for w in found.of(WithdrawnLine))
    if found.document is None or not found.document.text:
        assert stored is not None
        return msgspec.structs.replace(_kept(stored), events=_added(stored, events))
    home, publication = document_of(found.document)
    base = _kept(stored) if stored is not None else Reading(document=home, publication=publication, events=())
    spoken = found.document.attributions or base.attributions
    claims, words = found.of(Claim), found.of(WordsLine)
    return msgspec.structs.replace(
        base, document=home, publication=publication, events=events, withdrawn=withdrawn,
        unreported=unreported_in(spoken), attributions=spoken, claims=claims or base.claims,
        mentions=_with_evidence(found.of(EventMention), claims, home.text) or base.mentions,
        quotes=found.of(Quote) or base.quotes, morphemes=words[0].words if words else base.morphemes,
    )  # fmt: skip


def _kept(stored: Stored) -> Reading:
    """What the store has, without what only it knows."""
    return Reading(**{name: getattr(stored, name) for name in Reading.__struct_fields__})


def _added(stored: Stored, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events of the store with these added; one whose values are in force already changes nothing."""
    shown = dict(zip((e.id for e in stored.shown), stored.shown, strict=True))
    new = {e.id: e for e in events if shown.get(e.id) != e}
    known = {e.id for e in stored.events}
    return (*(new.get(e.id, e) for e in stored.events), *(e for i, e in new.items() if i not in known))


def _with_evidence(mentions: Sequence[EventMention], claims: Sequence[Claim], text: str) -> tuple[EventMention, ...]:
    spoken: dict[str, list[Claim]] = {}
    for claim in claims:
        spoken.setdefault(claim.mention, []).append(claim)
    return tuple(
        msgspec.structs.replace(m, evidence=tuple(
            Evidence(document=c.document, field=c.field, start=c.start, end=c.end, quote=text[c.start : c.end], rule=c.rule)
            for c in spoken.get(m.id, ())
        ) or m.evidence)
        for m in mentions
    )  # fmt: skip


# ---------------------------------------------------------------- judgements


def _judged(store: Store, verdicts: Iterator[tuple[Verdict, str]], letters: list[DeadLetter]) -> int:
    new = 0
    while some := list(islice(verdicts, _VERDICTS)):
        sound = [(v, place) for v, place in some if _is_sound(v, place, letters)]
        try:
            new += add_verdicts(store, [v for v, _ in sound])
        except StoreError:
            for verdict, place in sound:
                new += _one(store, verdict, place, letters)
    return new


def _one(store: Store, verdict: Verdict, place: str, letters: list[DeadLetter]) -> int:
    try:
        return add_verdicts(store, [verdict])
    except StoreError as error:
        letters.append(DeadLetter(origin=place, reason=f"{place} is a judgement that does not fit its event: {error}"))
        return 0


def _coded(store: Store, reports: Iterator[tuple[CoderReport, str]], letters: list[DeadLetter]) -> int:
    new = 0
    for report, place in reports:
        try:
            new += put_coder_reports(store, [report])
        except StoreError as error:
            letters.append(DeadLetter(origin=place, reason=f"{place} cannot be loaded: {error}"))
    return new


def _is_sound(verdict: Verdict, place: str, letters: list[DeadLetter]) -> bool:
    wrong = ""
    if verdict.decision not in DECISIONS:
        wrong = f"has the decision {verdict.decision!r}; it is one of {', '.join(DECISIONS)}"
    elif verdict.decision == "corrected" and verdict.field not in (*CORRECTABLE, *PROVABLE):
        wrong = f"corrects the field {verdict.field!r}; it is one of {', '.join(CORRECTABLE)}"
    elif not verdict.by.strip():
        wrong = "does not tell who judged; fill in `by`"
    if wrong:
        letters.append(DeadLetter(origin=place, reason=f"{place} is a judgement that {wrong}."))
    return not wrong
