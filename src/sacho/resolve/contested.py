"""The words by which a report says that a value is contested: two voices at odds, a value taken back, what was so and
what was not (`data/disputes.toml`). Two values that merely differ are no dispute."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import msgspec

from sacho.records import AnnotatedDocument, Attribution, AttributionKind, Event, MentionKind, Record, TimexKind, TimexRole
from sacho.resolve.quantities import Quantity, agree, quantities_in

BACK = 3  # sentences before the dispute in which its event may be told
_NEAR = 15  # letters between what was not so and what was
NOUN = re.compile(r"[가-힣]{2,}")
_DAY = re.compile(r"\d{1,2}일")
_CLOCK = re.compile(r"\d\d:\d\d")


class CueEntry(Record):
    """One `[[cue]]` of the file."""

    id: str
    pattern: str
    accept: tuple[str, ...]
    reject: tuple[str, ...]
    sort: str = msgspec.field(name="class")


class DisputeFile(Record):
    """`data/disputes.toml`."""

    cue: tuple[CueEntry, ...]
    context: dict[str, str]
    field: dict[str, tuple[str, ...]]


class Cue(msgspec.Struct, frozen=True):
    """A cue, compiled."""

    id: str
    sort: str
    pattern: re.Pattern[str]


class Value(msgspec.Struct, frozen=True):
    """A value of a field with its words. `field`: date, time (of the clock), length (of time), number, place or who; `short`: a
    day without its month; `count`: what a number counts; `name`: what a value that has an id is called."""

    field: str
    key: str
    start: int
    end: int
    short: bool = False
    count: Quantity | None = None
    name: str = ""


class Dispute(msgspec.Struct, frozen=True):
    """Two values of one field, in text order, each with whose word it is."""

    cue: str
    sentence: int
    a: Value
    b: Value
    of_a: tuple[str, ...] = ()
    of_b: tuple[str, ...] = ()
    tellings: tuple[str, ...] = ()  # what the two voices say, in their words
    before: str = ""  # the word before the noun that names the field
    strict: bool = False  # both tellings must be of the event


@cache
def read_dispute_file() -> DisputeFile:
    """The file with its examples. Raises `msgspec.ValidationError` naming the entry that is wrong."""
    source = files("sacho.resolve").joinpath("data", "disputes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), DisputeFile)


@cache
def _cues() -> tuple[Cue, ...]:
    return tuple(Cue(c.id, c.sort, re.compile(c.pattern)) for c in read_dispute_file().cue)


@cache
def context(name: str) -> re.Pattern[str]:
    """A pattern of `[context]`."""
    return re.compile(read_dispute_file().context[name], re.MULTILINE)


def _fields(noun: str | None) -> tuple[str, ...]:
    """The fields that a noun names; without one, all that a bare value can fill."""
    held = read_dispute_file().field
    if noun is None:
        return ("date", "time", "length", "number")
    return tuple(f for f in held if noun in held[f]) or ("date",)  # `접견일을`


@cache
def _field_nouns() -> frozenset[str]:
    return frozenset(noun for nouns in read_dispute_file().field.values() for noun in nouns)


def cues_in(annotated: AnnotatedDocument) -> list[tuple[Cue, int, re.Match[str]]]:
    """Each cue in the text with the number of its sentence."""
    text = annotated.document.text
    starts = [s.start for s in annotated.sentences]
    out = []
    for cue in _cues():
        for match in cue.pattern.finditer(text):
            number = bisect_right(starts, match.start()) - 1
            if number >= 0 and match.end() <= annotated.sentences[number].end + 1:
                out.append((cue, number, match))
    return out


class Scope:
    """Lookups over one report."""

    def __init__(self, annotated: AnnotatedDocument, events: Sequence[Event]) -> None:
        self.annotated, self.events = annotated, events
        self.text = annotated.document.text
        self.starts = [s.start for s in annotated.sentences]
        self.values = sorted(_values(annotated), key=lambda v: (v.start, v.field))

    def sentence_of(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def span(self, number: int) -> tuple[int, int]:
        sentence = self.annotated.sentences[number]
        return sentence.start, sentence.end

    def within(self, start: int, end: int) -> list[Value]:
        return [v for v in self.values if start <= v.start and v.end <= end]

    def voices(self, first: int, last: int) -> list[Attribution]:
        low, high = self.span(max(first, 0))[0], self.span(min(last, len(self.starts) - 1))[1]
        return sorted((a for a in self.annotated.attributions if low <= a.cue_start < high and a.sources), key=lambda a: a.cue_start)

    def first_told(self, value: Value, number: int) -> Value:
        """Where a value that a sentence repeats was told first; itself if nowhere else."""
        same = (v for v in self.values if v.field == value.field and v.key == value.key and self.sentence_of(v.start) != number)
        return next(same, value)

    def bodies(self, number: int) -> set[str]:
        """The papers and agencies that a sentence names."""
        start, end = self.span(number)
        return {m.name for m in self.annotated.mentions if m.kind is MentionKind.body and start <= m.start < end}

    def told_in(self, event: Event) -> list[int]:
        """The sentences that tell of an event."""
        return [self.sentence_of(e.start) for e in event.evidence if e.field == "kind"]


def _values(annotated: AnnotatedDocument) -> Iterator[Value]:
    text = annotated.document.text
    for timex in annotated.timexes:
        if timex.role is not TimexRole.event:
            continue
        if timex.kind is TimexKind.duration:
            if timex.value.startswith("PT"):
                yield Value("length", timex.value, timex.start, timex.end)
            continue
        if len(timex.value) == 10 and _DAY.search(text, timex.start, timex.end):
            day = _DAY.match(text, timex.start, timex.end) is not None
            yield Value("date", timex.value, timex.start, timex.end, short=day)
        if _CLOCK.match(timex.time):
            yield Value("time", timex.time.rstrip("~"), timex.start, timex.end)
    for sentence in annotated.sentences:
        for count in quantities_in(text[sentence.start : sentence.end], sentence.start):
            if count.unit != "분":
                yield Value("number", count.told, count.start, count.end, count=count)
    for mention in annotated.mentions:
        if mention.kind is MentionKind.person:
            yield Value("who", mention.entity, mention.start, mention.end)
        elif mention.kind is MentionKind.place:
            yield Value("place", mention.entity, mention.start, mention.end, name=mention.name)


# ---------------------------------------------------------------- what the words say


def disputes_of(cue: Cue, number: int, match: re.Match[str], scope: Scope) -> Iterable[Dispute]:
    """The pairs of values that the words set against each other, whatever they are values of."""
    if cue.sort == "odds":
        return _between(cue, (number - 1, number + 1), _fields(None), scope)
    if cue.sort == "contrast":
        return _between(cue, (number - 1, number), _fields(None), scope)
    if cue.sort == "declared":
        return _between(cue, (0, len(scope.starts) - 1), _fields(match["noun"]), scope)
    if cue.sort == "corrected":
        return _corrected(cue, number, match, scope)
    return _replaced(cue, number, match, scope) if cue.sort == "replaced" else _named(cue, number, match, scope)


def _between(cue: Cue, reach: tuple[int, int], fields: Sequence[str], scope: Scope) -> Iterator[Dispute]:
    """Two voices in one sentence or in neighbouring ones, each with one value of the field."""
    voices = [v for v in scope.voices(*reach) if v.kind is AttributionKind.reported]
    for one, two in pairwise(voices):
        first, second = scope.sentence_of(one.cue_start), scope.sentence_of(two.cue_start)
        if one.sources[-1].name == two.sources[-1].name or second - first > 1 or (one.start < two.end and two.start < one.end):
            continue
        for name in fields if not _elsewhere(first, second, scope) else [f for f in fields if f != "number"]:
            ours, theirs = ([v for v in scope.within(a.start, a.end) if v.field == name] for a in (one, two))
            if len(ours) == len(theirs) == 1 and _differ(ours[0], theirs[0]):
                said = tuple(scope.text[v.start : v.end] for v in (one, two))
                yield Dispute(cue.id, first, ours[0], theirs[0], names_of(one), names_of(two), said, strict=cue.sort == "contrast")


def _elsewhere(first: int, second: int, scope: Scope) -> bool:
    """Whether two sentences name places of their own: what is counted in two towns is counted twice."""
    here, there = ({v.key for v in scope.within(*scope.span(n)) if v.field == "place"} for n in (first, second))
    return bool(here and there) and here.isdisjoint(there)


def _differ(a: Value, b: Value) -> bool:
    if a.count is not None and b.count is not None:
        return a.count.unit == b.count.unit and not agree(a.count, b.count)
    return a.key != b.key


def names_of(voice: Attribution) -> tuple[str, ...]:
    """The chain of a voice, outermost first."""
    return tuple(s.name for s in voice.sources)


def _corrected(cue: Cue, number: int, match: re.Match[str], scope: Scope) -> Iterator[Dispute]:
    """`48분간 이어졌다고 전했으나 청와대는 53분이라고 바로잡았다`: the last value before the telling, the last before
    the correction."""
    start = scope.span(number)[0]
    before, after = scope.within(start, match.start()), scope.within(match.start(), match.end())
    for name in ("length", "time", "date", "number", "who", "place"):
        ours, theirs = [v for v in before if v.field == name], [v for v in after if v.field == name]
        near = bool(ours) and (name in ("who", "place") or match.start() - ours[-1].end <= _NEAR)
        if near and theirs and _differ(ours[-1], theirs[-1]):
            yield Dispute(cue.id, number, ours[-1] if name == "who" else scope.first_told(ours[-1], number), theirs[-1])


def _replaced(cue: Cue, number: int, match: re.Match[str], scope: Scope) -> Iterator[Dispute]:
    """`14일이 아니라 13일에`: only against what was told before, by this report or one that it corrects."""
    start, end = scope.span(number)
    ours = [v for v in scope.within(start, match.start()) if v.end == match.start()]
    theirs = [v for v in scope.within(match.end(), end) if v.start - match.end() <= _NEAR]
    sentence = scope.text[start:end]
    said = context("said").search(sentence) or context("against").search(scope.text[scope.span(max(number - 2, 0))[0] : end])
    for a in ours if said else ():
        b = next((v for v in theirs if v.field == a.field), None)
        low = scope.span(max(number - BACK, 0))[0]
        told = [v for v in scope.within(low, a.start) if v.field == a.field and v.key == a.key and v.end < a.start]
        if b is not None and told and _differ(a, b):
            yield Dispute(cue.id, number, told[-1] if told[-1].start >= start else a, b)


def _named(cue: Cue, number: int, match: re.Match[str], scope: Scope) -> Iterator[Dispute]:
    """`도착 날짜를 9일 새벽으로 적어`, where the report itself marks that this is said against what it told."""
    start, end = scope.span(number)
    after = scope.span(min(number + 1, len(scope.starts) - 1))[1]
    odds = any(c.sort == "odds" and c.pattern.search(scope.text, start, after) for c in _cues())
    noun = match.groupdict().get("noun")
    if not odds and not context("against").search(scope.text, start, match.start() + 2) and not context("against").match(
        scope.text, match.end() + 1, match.end() + 3
    ):
        return
    words = match.start("value"), match.end("value")
    given = [v for v in scope.within(*words) if v.field in _fields(noun)]
    if not given and noun and "place" in _fields(noun) and NOUN.fullmatch(match["value"]):
        given = [Value("place", "name:" + match["value"], *words, name=match["value"])]
    if not given:
        return
    voice = next((v for v in scope.voices(number, number) if v.cue_start >= words[0]), None)
    rest = [v for v in scope.within(match.end(), end) if v.field == given[0].field and v.key != given[0].key]
    before = NOUN.findall(scope.text, start, match.start())
    word = noun[:2] if noun and len(noun) == 3 else before[-1] if before else ""
    if noun is None and word in _field_nouns():
        return  # read by the cue that has the noun
    if noun is None and voice is not None and any(word in name for name in names_of(voice)):
        word = ""
    against = rest[0] if odds and rest else given[0]
    yield Dispute(cue.id, number, given[0], against, (), names_of(voice) if voice else (), before=word)


CODAS = 28  # final consonants a syllable can have, none included
FIRST = ord("가")


def stems(words: str) -> set[str]:
    """The stems of all words of two syllables or more."""
    return {stem(w) for w in NOUN.findall(words)}


def stem(word: str) -> str:
    """The first two syllables, the second without its final consonant: `만났`, `만난` and `만나` are one."""
    if len(word) < 2 or not NOUN.fullmatch(word[:2]):
        return word[:2]
    return word[0] + chr(ord(word[1]) - (ord(word[1]) - FIRST) % CODAS)
