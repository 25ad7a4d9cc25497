"""Reports made up from a seed, as the store takes them in: for measuring and for tests that need many.

    .venv/bin/python bench/synthetic.py --reports 1000 --store made.db

Who, where and what come from the lexicon, outlets are invented. Frequencies are skewed as in news: a few states, people and kinds in most
events, words by Zipf's law, 11 reports a day however many there are, each with about ten events of the last days; a happening is told
by several reports. Every third outlet writes in DPRK spelling. Words stand with their spans as the analyser would give them, so no
analyser runs.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, TypeVar

import msgspec

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import Kind, load_predicates
from sacho.records import (
    Block,
    BlockKind,
    Claim,
    Conflict,
    ConflictValue,
    Document,
    Event,
    EventGloss,
    EventMention,
    Evidence,
    Participant,
    Place,
    Publication,
    Quote,
    Status,
)
from sacho.resolve.gloss import gloss
from sacho.store.reading import Reading
from sacho.store.words import TOKENIZER, Morphemes, mark, plain

_T = TypeVar("_T")
A_DAY = 11  # reports
EVENTS = 10  # a report, on average
COMMON, SECOND = "정부", "관계"  # the two most frequent words
_FIRST = date(2000, 1, 3)
_STATES = {"PRK": 26, "KOR": 20, "USA": 16, "CHN": 10, "RUS": 9, "JPN": 7}  # per cent; the others share the rest
_FREQUENT = (COMMON, SECOND, "협력", "문제", "역사", "회담", "지역", "평화", "안보", "경제", "대화", "합의", "이행", "노동",
             "여성", "양국", "발전", "공동", "원칙", "입장", "대표단", "조선반도", "미사일", "제재", "훈련", "방문", "외교",
             "군사", "인민", "국제")  # fmt: skip
_WRITTEN = {"역사": "력사", "이행": "리행", "노동": "로동", "여성": "녀성", "양국": "량국", "러시아": "로씨야"}
_SYLLABLES = ("가각간감강개건검격경계고공과관교구국군권근금기난남내노농단담대도동등라력로류리마만명모무문미민"
              "반발방배백법변병보복본부북분비사산상생서선설성세소속")  # fmt: skip
_ENDINGS = ("의 ", "을 ", "에서 ", "", "에 ", "를 ", "하였다. ")  # of the words of a filling sentence; the fourth is joined to the fifth
_VOCABULARY = 30_000
_SENTENCES = 24  # that fill a report
_LEADERS = ("kim-jong-un", "yoon-suk-yeol", "moon-jae-in", "donald-trump", "joe-biden", "xi-jinping", "vladimir-putin", "sergey-lavrov",
            "choe-son-hui", "shinzo-abe")  # fmt: skip
_KINDS = ("meet", "state", "visit", "accuse", "agree", "call", "message", "convene", "drill", "launch", "ceremony", "request", "sanction",
          "inspect", "arrive", "cooperate", "sign", "protest", "threaten", "attend", "support", "reject", "test", "invite", "aid", "depart",
          "appoint", "deploy", "coerce", "attack", "concede", "retreat")  # the most frequent first  # fmt: skip


class _Fact(NamedTuple):
    """What happened once, for several reports to tell."""

    kind: Kind
    status: Status
    day: date
    date: str
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    place: Place | None
    topic: str


class _World:
    """Who there is, with how often."""

    def __init__(self, chance: random.Random) -> None:
        lexicon = load_lexicon()
        self.kinds = [load_predicates().kinds[k] for k in _KINDS]
        self.countries = lexicon.countries
        rest = [c for c in lexicon.countries if c not in _STATES]
        share = (100 - sum(_STATES.values())) / len(rest)
        self.states = [*_STATES, *rest]
        self.state_weights = list(accumulate([*_STATES.values(), *(share for _ in rest)]))
        self.people: dict[str, list[Participant]] = {c: [self._state(c)] for c in self.states}
        for p in lexicon.people.values():
            if p.country in self.people:
                self.people[p.country].append(Participant(
                    id=p.id, name=p.name, as_written=p.name, name_en=p.en, country=p.country, sector=p.sector))  # fmt: skip
        for some in self.people.values():
            some[1:] = sorted(some[1:], key=lambda p: (p.id not in _LEADERS, chance.random()))
        self.places: dict[str, list[Place]] = {c: [] for c in self.states}
        for q in lexicon.places.values():
            if q.country in self.places:
                within = (lexicon.countries[q.country].name,)
                self.places[q.country].append(Place(
                    id=q.id, name=q.name, name_en=q.en, within=within, country=q.country, lat=q.lat, lon=q.lon, precision=q.precision,
                ))  # fmt: skip
        self.agencies = [o.name for o in lexicon.outlets.values() if o.kind == "agency"] or [o.name for o in lexicon.outlets.values()]
        names = ("새벽", "한길", "누리", "가람", "미리내", "아라", "해솔", "든바다")
        self.outlets = [f"{name}{kind}(가상)" for name in names for kind in ("신문", "일보", "통신", "방송")]
        made = ("".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(_VOCABULARY * 3))
        self.words = list(dict.fromkeys((*_FREQUENT, *made)))[:_VOCABULARY]
        self.word_weights = zipf(len(self.words))

    def _state(self, key: str) -> Participant:
        c = self.countries[key]
        return Participant(id=c.id, name=c.name, as_written=c.name, name_en=c.en, country=c.id, sector=c.sector)


def zipf(count: int) -> list[float]:
    """Cumulative weights by which the n-th thing is n times rarer than the first."""
    return list(accumulate(1 / n for n in range(1, count + 1)))


def vocabulary(seed: int) -> list[str]:
    """The words of the reports of a seed, the most frequent first."""
    return _World(random.Random(seed)).words


def readings(seed: int, reports: int) -> Iterator[Reading]:
    """`reports` readings in the order of their days; the same seed gives the same."""
    chance = random.Random(seed)
    world = _World(chance)
    facts: list[_Fact] = []
    addresses: list[str] = []
    for number in range(reports):
        day = _FIRST + timedelta(days=number // A_DAY)
        if number % A_DAY == 0:
            facts = [*facts[-A_DAY * EVENTS // 2 :], *(_fact(chance, world, day) for _ in range(A_DAY * EVENTS // 3))]
        again = len(addresses) > 50 and chance.random() < 0.005
        addresses = [*addresses[-60:], addresses[-40] if again else f"https://news.example/{seed}/{number}"]
        yield _Writer(chance, world, f"{seed}/{number}", day, addresses[-1]).report(facts)


def _fact(chance: random.Random, world: _World, day: date) -> _Fact:
    kind = chance.choices(world.kinds, cum_weights=zipf(len(world.kinds)))[0]
    states = chance.choices(world.states, cum_weights=world.state_weights, k=2)
    sides = [tuple(_someone(chance, world.people[s]) for _ in range(chance.choice((1, 1, 1, 2)))) for s in states]
    status = chance.choices(list(Status), weights=[82, 2, 6, 2, 2, 3, 1, 2])[0]
    when = day + timedelta(days=chance.randrange(2, 30)) if status in (Status.planned, Status.proposed) else day
    vague = chance.random()
    places = world.places[states[0]] or world.places[states[1]]
    return _Fact(
        kind=kind, status=status, day=when, date="" if vague < 0.07 else when.isoformat()[: 7 if vague < 0.12 else 10],
        actor=tuple(dict.fromkeys(sides[0])), recipient=tuple(dict.fromkeys(sides[1])) if states[0] != states[1] else (),
        place=_someone(chance, places) if places and chance.random() < 0.6 else None,
        topic=chance.choices(world.words, cum_weights=world.word_weights)[0],
    )  # fmt: skip


def _someone(chance: random.Random, among: Sequence[_T]) -> _T:
    """The first are the most frequent."""
    return among[min(int(len(among) * chance.random() ** 3), len(among) - 1)]


def _after(word: str, particles: str) -> str:
    """The particle for a word that ends in a consonant (the first) or in a vowel."""
    closed = "가" <= word[-1] <= "힣" and (ord(word[-1]) - ord("가")) % 28 > 0
    return f"{particles[not closed]} "


class _Writer:
    """One report while it is written: its text so far, the words in it, what was read."""

    def __init__(self, chance: random.Random, world: _World, name: str, day: date, address: str) -> None:
        self.chance, self.world, self.name, self.day, self.address = chance, world, name, day, address
        self.id = "d" + blake2b(name.encode(), digest_size=10).hexdigest()
        self.outlet = _someone(chance, world.outlets)
        self.northern = world.outlets.index(self.outlet) % 3 == 0
        self.pieces: list[str] = []
        self.length = 0
        self.words: list[tuple[int, int, str]] = []
        self.parts: list[tuple[int, int, str]] = []

    def report(self, facts: list[_Fact]) -> Reading:
        events = self.chance.choice((6, 8, 9, 10, 10, 11, 12, 14)) * EVENTS // 10
        told = self.chance.sample(facts, min(len(facts), max(1, events)))
        self.phrase(told[0].actor[0].name, ", ", told[0].actor[0].id)
        self.word(told[0].kind.ko, "\n\n")
        headline = self.length - 2
        found = [self.tell(n, fact) for n, fact in enumerate(told)]
        self.pieces.append("\n\n")
        self.length += 2
        said = self.fill()
        text = "".join(self.pieces).rstrip()
        document = Document(
            id=self.id, origin=f"made/{self.name}", text=text, outlet=self.outlet, published=self.day.isoformat(), url=self.address,
            blocks=(Block(kind=BlockKind.headline, start=0, end=headline), Block(kind=BlockKind.body, start=headline + 2, end=len(text))),
        )  # fmt: skip
        return Reading(
            document=document, publication=Publication(value=self.day.isoformat(), inferred=False),
            events=tuple(e for e, _, _ in found), mentions=tuple(m for _, m, _ in found), claims=tuple(c for _, _, cs in found for c in cs),
            quotes=(self.quote(text, said, told[0]),), morphemes=Morphemes(
                tokenizer=TOKENIZER, starts=tuple(w[0] for w in self.words), ends=tuple(w[1] for w in self.words),
                forms=tuple(w[2] for w in self.words), parts=tuple(self.parts)),
        )  # fmt: skip

    def word(self, form: str, after: str) -> tuple[int, int]:
        """Write a word with what follows it; returns its span."""
        written = _WRITTEN.get(form, form) if self.northern else form
        start, end = self.length, self.length + len(written)
        self.pieces += (written, after)
        self.length = end + len(after)
        if known := plain(form):
            self.words.append((start, end, known))
        return start, end

    def phrase(self, words: str, after: str, entity: str) -> tuple[int, int]:
        """Write a name of one or several words."""
        start, *rest = words.split(" ")
        first, end = self.word(start, " " if rest else after)
        for n, word in enumerate(rest):
            end = self.word(word, after if n == len(rest) - 1 else " ")[1]
        self.parts.append((first, end, mark(entity)))
        return first, end

    def tell(self, number: int, fact: _Fact) -> tuple[Event, EventMention, tuple[Claim, ...]]:
        spans: list[tuple[str, str, int, int]] = []  # field, value, span
        for p in fact.actor:
            spans.append(("actor", p.id, *self.phrase(p.name, _after(p.name, "은는" if p is fact.actor[-1] else "과와"), p.id)))
        if fact.date:
            spans.append(("date", fact.date, *self.word(f"{fact.day.day}일", " ")))
        if fact.place is not None:
            spans.append(("place", str(fact.place.id), *self.phrase(fact.place.name, "에서 ", str(fact.place.id))))
        for p in fact.recipient:
            spans.append(("recipient", p.id, *self.phrase(p.name, _after(p.name, "과와"), p.id)))
        self.word(fact.topic, " 문제로 ")
        source = self.chance.choice(self.world.agencies) if self.chance.random() < 0.6 else ""
        spans.append(("kind", fact.kind.id, *self.word(fact.kind.ko, "하였다고 " if source else "하였다. ")))
        if source:
            spans.append(("sources", source, *self.word(source, "이 전하였다. ")))
        return self.records(number, fact, spans, source)

    def records(
        self, number: int, fact: _Fact, spans: list[tuple[str, str, int, int]], source: str
    ) -> tuple[Event, EventMention, tuple[Claim, ...]]:
        text, kind = "".join(self.pieces), fact.kind
        key = blake2b(f"{self.name}/{number}".encode(), digest_size=8).hexdigest()
        trigger = next(s for s in spans if s[0] == "kind")
        sources = (source,) if source else ()
        evidence = tuple(
            Evidence(document=self.id, field=f, start=s, end=e, quote=text[s:e], rule=f"{f}/made") for f, _, s, e in spans
        )  # fmt: skip
        event = Event(
            id=f"e{key}", kind=kind.id, type=kind.type, status=fact.status, symmetric=kind.symmetric, actor=fact.actor,
            recipient=fact.recipient, participants=(), sources=sources, outlets=(self.outlet,),
            confidence=round(self.chance.betavariate(4, 2), 2), rule=f"{kind.id}/made", evidence=evidence, mode=kind.mode,
            conflicts=self.conflict(evidence) if self.chance.random() < 0.02 else (), gloss=EventGloss(en="", ko=""), date=fact.date,
            place=fact.place, topic=(fact.topic,), cameo=kind.cameo, goldstein=kind.goldstein, quad=kind.quad,
        )  # fmt: skip
        mention = EventMention(
            id=f"m{key}", document=self.id, start=trigger[2], end=trigger[3], kind=kind.id, status=fact.status, symmetric=kind.symmetric,
            actor=fact.actor, recipient=fact.recipient, participants=(), block=BlockKind.body, sentence=number, rule=event.rule,
            date=fact.date, place=fact.place, sources=sources, evidence=evidence,
        )  # fmt: skip
        claims = tuple(
            Claim(document=self.id, mention=mention.id, field=f, value=v, start=s, end=e, rule=f"{f}/made", sources=sources)
            for f, v, s, e in spans
        )  # fmt: skip
        return msgspec.structs.replace(event, gloss=gloss(event, kind)), mention, claims

    def conflict(self, evidence: tuple[Evidence, ...]) -> tuple[Conflict, ...]:
        """Two values for the day, one of which another word told."""
        values = (evidence[0].quote, evidence[-1].quote)
        return (Conflict(field="date", values=tuple(
            ConflictValue(value=v, sources=(), block="body", evidence=e) for v, e in zip(values, (evidence[0], evidence[-1]), strict=True)
        )),)  # fmt: skip

    def fill(self) -> tuple[int, int]:
        """Sentences of words by their frequency; returns the span of the last one but its full stop."""
        size = len(_ENDINGS)
        drawn = self.chance.choices(self.world.words, cum_weights=self.world.word_weights, k=size * _SENTENCES)
        start = self.length
        for at in range(0, len(drawn), size):
            start = self.length
            spans = [self.word(w, after) for w, after in zip(drawn[at : at + size], _ENDINGS, strict=True)]
            self.parts.append((spans[3][0], spans[4][1], drawn[at + 3] + drawn[at + 4]))
        return start, self.length - 2

    def quote(self, text: str, said: tuple[int, int], fact: _Fact) -> Quote:
        key = blake2b(f"{self.name}/q".encode(), digest_size=8).hexdigest()
        start, end = said
        return Quote(
            id=f"q{key}", document=self.id, speaker=fact.actor[0].id, start=start, end=end, quote=text[start:end],
            normalized=text[start:end],
        )  # fmt: skip


def main() -> None:
    from sacho.store import add, create_store

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", required=True, help="a file or postgresql://…; made if it is not there")
    arguments = parser.parse_args()
    with create_store(arguments.store) as store:
        done = add(store, readings(arguments.seed, arguments.reports), at="2026-01-01T00:00:00Z", program="synthetic")
    print(f"{done.new} reports, {done.events} events, {done.happenings} happenings, {done.rows} rows")


if __name__ == "__main__":
    main()
