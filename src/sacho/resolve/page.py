"""A report as the choice of days and places looks at it: its sentences, its days, what it tells in what order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from sacho.annotate.scenes import LOOKING_BACK
from sacho.annotate.timex_scene import names_something
from sacho.records import AnnotatedDocument, BlockKind, EventMention, Evidence, Place, Status, Timex, TimexKind
from sacho.resolve.days import days_of
from sacho.resolve.within import CARRIED, Cluster, leading

_GROUPS = {
    **dict.fromkeys(("visit", "arrive", "depart"), "go"), **dict.fromkeys(("meet", "call", "convene"), "meet"),
    **dict.fromkeys(("agree", "sign"), "agree"), **dict.fromkeys(("launch", "test", "drill", "deploy", "attack", "coerce"), "force"),
    **dict.fromkeys(("accuse", "reject", "threaten", "request", "support", "concede", "protest", "state"), "say"),
    **dict.fromkeys(("message", "invite", "aid", "appoint"), "give"), **dict.fromkeys(("ceremony", "attend", "inspect"), "rite"),
}  # fmt: skip
_REALITY = {
    Status.occurred: "real", Status.ongoing: "real", Status.planned: "ahead", Status.proposed: "ahead", Status.hypothetical: "ahead",
}  # fmt: skip
_STAGE = re.compile(
    r"이 ?자리에서|석상에서|(?:회담|회의|면담|접견|통화|회동|만찬|오찬|협상|접촉|공연|행사|회견|브리핑|간담회|담화|성명|연설|논평|발표문)"
    r"(?:(에서|에는)|(이 끝난|을 마친|을 마치고|이 끝나자)|(을 통해|[을를] 내고|으?로))"
    r"|당시|그때|그 ?뒤|이후|앞서|먼저|이어|그동안|최근|현재|곧|조만간"
)
_ENDING = re.compile(r"\S{0,4}?(다\.|다고|[고며]\b|면서|는데|지만|[은는한던된를린온간]\s|할\s|기\s|에서|\s)")
_FAR = (-30, -1, 0, 1, 2, 7, 45, 400)


class Moment(msgspec.Struct, frozen=True):
    """A value that a time expression gives. `age`: days from it to the day of the report, in steps, `x` if unknown."""

    value: str
    start: int
    end: int
    sentence: int
    grain: str
    rule: str
    role: str
    after: str
    age: str


class Telling(msgspec.Struct, frozen=True):
    """An event while its fields are still open: its mentions in the order in which they lead, the one in the body that
    leads, its day so far, the states of those who take part."""

    mentions: Sequence[EventMention]
    lead: EventMention
    day: str
    states: frozenset[str]
    group: str
    reality: str


class Page(msgspec.Struct, frozen=True):
    """The report. `most` is the day of most events so far, `first` that of the first; `present`
    has the states of whoever did anything on a day."""

    annotated: AnnotatedDocument
    text: str
    starts: Sequence[int]
    published: int
    moments: Sequence[Moment]
    tellings: Sequence[Telling]
    order: Sequence[int]  # of the tellings, in text order
    most: str
    first: str
    present: Mapping[str, frozenset[str]]
    mentions: Mapping[int, Sequence[EventMention]]  # by sentence
    settings: dict[str, Setting]  # by mention, as they are asked for

    def sentence_of(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def told(self, sentence: int) -> Sequence[EventMention]:
        """The mentions of events in that sentence."""
        return self.mentions.get(sentence, ())

    def setting(self, mention: EventMention) -> Setting:
        found = self.settings.get(mention.id)
        if found is None:
            found = self.settings[mention.id] = setting_of(mention, self)
        return found

    def block(self, sentence: int) -> int:
        return self.annotated.sentences[sentence].block

    def words(self, sentence: int) -> str:
        found = self.annotated.sentences[sentence]
        return self.text[found.start : found.end]


class Setting(msgspec.Struct, frozen=True):
    """What the words around the leading mention show: the stage its sentence names, what ends the word, whether it
    tells of what was once, stands in quotation marks, opens a paragraph."""

    stage: str
    ending: str
    once: str
    quoted: str
    opens: str


def page_of(annotated: AnnotatedDocument, groups: Sequence[Sequence[EventMention]], days: Sequence[str]) -> Page:
    """`groups` as `leading` gives them; `days` are theirs, empty where they have none."""
    starts = [s.start for s in annotated.sentences]
    published = ordinal(annotated.publication.value) or 0
    tellings = [_telling(group, day) for group, day in zip(groups, days, strict=True)]
    told = [t for t in tellings if t.day]
    by_sentence: dict[int, list[EventMention]] = {}
    for mention in annotated.events:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    counted = Counter([t.day for t in told])
    page = Page(
        annotated=annotated, text=annotated.document.text, starts=starts, published=published, moments=(), tellings=tellings,
        order=sorted(range(len(tellings)), key=lambda i: tellings[i].lead.start),
        most=max(counted, key=counted.__getitem__, default=""), first=next((t.day for t in told if len(t.day) == 10), ""),
        present=_present(told), mentions=by_sentence, settings={},
    )  # fmt: skip
    return msgspec.structs.replace(page, moments=[m for t in annotated.timexes for m in _moments(t, page)])


def setting_of(mention: EventMention, page: Page) -> Setting:
    sentence = page.annotated.sentences[mention.sentence]
    words = page.words(mention.sentence)
    ending = _ENDING.match(page.text, mention.end)
    first = mention.sentence == 0 or page.block(mention.sentence - 1) != sentence.block
    return Setting(
        stage=_stage(words), ending=ending.group(1).strip()[-1:] or "blank" if ending else "-",
        once="once" if LOOKING_BACK.search(page.text, mention.end, sentence.end) else "-",
        quoted="quoted" if any(q.start <= mention.start < q.end for q in page.annotated.quotes) else "-",
        opens="opens" if first else "-",
    )  # fmt: skip


def step(number: int, steps: Sequence[int]) -> str:
    """The first of the steps that the number does not exceed, `+` beyond the last."""
    return next((str(s) for s in steps if number <= s), "+")


def ordinal(value: str) -> int | None:
    """The first day of an EDTF value as a proleptic ordinal, the middle of a month or year; None if it names none."""
    days = days_of(value.partition("/")[0])
    return (days.first + days.last) // 2 if days is not None else None


def remoteness(mention: EventMention, sentence: int, start: int) -> tuple[float, int]:
    """How far from a mention words stand: before it by sentences, then behind it, then by letters."""
    away = mention.sentence - sentence
    return (away if away >= 0 else 0.5 - away, abs(mention.start - start))


def with_value(group: Cluster, field: str, value: str | Place | None, words: tuple[int, int] | None, page: Page) -> Cluster:
    """The group with a value carried over, and the words that name it as evidence."""
    lead = leading(group)[0]
    proofs: tuple[Evidence, ...] = ()
    if words is not None:
        start, end = words
        proofs = (Evidence(document=lead.document, field=field, start=start, end=end, quote=page.text[start:end], rule=CARRIED),)
    changed: dict[str, object] = {field: value, "evidence": (*lead.evidence, *proofs)}
    told = msgspec.structs.replace(lead, **changed)
    return Cluster(mentions=tuple([told if m is lead else m for m in group.mentions]))


def grain(value: str) -> str:
    return "range" if "/" in value else {4: "year", 7: "month", 10: "day", 0: "none"}.get(len(value.rstrip("~")), "odd")


def _stage(words: str) -> str:
    found = _STAGE.search(words)
    if found is None:
        return "-"
    return ("at", "after", "by")[found.lastindex - 1] if found.lastindex else found.group().replace(" ", "")


def _telling(mentions: Sequence[EventMention], day: str) -> Telling:
    lead = next((m for m in mentions if m.block is BlockKind.body), mentions[0])
    return Telling(
        mentions=mentions, lead=lead, day=day, group=_GROUPS.get(lead.kind, "other"),
        states=frozenset([p.country for m in mentions for side in (m.actor, m.recipient) for p in side if p.country]),
        reality=_REALITY.get(lead.status, lead.status.value),
    )  # fmt: skip


def _present(told: Sequence[Telling]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for telling in told:
        out[telling.day] = out.get(telling.day, frozenset()) | telling.states
    return out


def _moments(timex: Timex, page: Page) -> list[Moment]:
    if names_something(timex.rule, timex.end, page.text) or page.text.startswith("까지", timex.end):
        return []  # `12일까지`: the day of an end only
    values = [timex.value if timex.kind in (TimexKind.date, TimexKind.time) else "", timex.stretch]
    sentence = page.sentence_of(timex.start)
    after = page.text[timex.end : timex.end + 1]
    out = []
    for value in values:
        if value and "X" not in value and "{" not in value:
            out.append(Moment(
                value=value, start=timex.start, end=timex.end, sentence=sentence, grain=grain(value), rule=timex.rule,
                role=timex.role.value, after=after if after.isalpha() else "-", age=age(value, page.published),
            ))  # fmt: skip
    return out


@lru_cache(maxsize=1 << 12)
def age(value: str, published: int) -> str:
    day = ordinal(value)
    return step(published - day, _FAR) if day is not None and published else "x"
