"""Whose happening it is where the clause does not say: parties taken from what the report tells around it.

The candidates are the parties of what was told before and after, of headline and lead, the names in the sentence, the last
pairs of states (`한미`), the states spoken of most. Their features go to the model of `sacho.resolve.recording`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from sacho.lexicon import Lexicon
from sacho.records import EventMention, Evidence, Mention, MentionKind, Participant
from sacho.resolve.traits import Telling, agreement, bucket, sort_of

INFERRED = "inferred"  # the rule of a party taken over, and the use of its mention
_ACTING = frozenset([MentionKind.person, MentionKind.body, MentionKind.country, MentionKind.group, MentionKind.role])
_MOVING = ("visit", "arrive", "depart")
_BEFORE, _AFTER, _FIRST, _NAMES = 7, 2, 2, 3  # how many of each sort of source are looked at
_WEIGHT = 0.6  # of a mention whose parties are taken over
Parties = tuple[Participant, ...]


class Candidate(msgspec.Struct):
    """Two sides, the words that name them, and the features of the choice."""

    actor: Parties
    recipient: Parties
    proofs: tuple[Evidence, ...]
    seen: dict[str, None]


def filled(mention: EventMention, choice: Candidate) -> EventMention:
    """The mention with these parties, tied to the words they came from."""
    own = {p.id for p in (*mention.actor, *mention.recipient)}
    if own and own == {p.id for p in (*choice.actor, *choice.recipient)}:
        return msgspec.structs.replace(mention, full=True, weight=_WEIGHT)
    kept = [e for e in mention.evidence if e.field not in ("actor", "recipient")]
    return msgspec.structs.replace(
        mention, actor=choice.actor, recipient=choice.recipient, full=True, weight=_WEIGHT,
        rule=f"{mention.rule.partition('/')[0]}/{INFERRED}", evidence=(*kept, *choice.proofs),
    )  # fmt: skip


def candidates(mention: EventMention, telling: Telling, lexicon: Lexicon) -> list[Candidate]:
    """Who may be meant, each pair of sides once, with all that speaks for it."""
    pool = _Pool(mention, telling, lexicon)
    pool.from_own()
    before = [m for m in telling.told if m.start < mention.start][-_BEFORE:][::-1]
    after = [m for m in telling.told if m.start > mention.start][:_AFTER]
    for name, sources in (("before", before), ("after", after), ("first", telling.told[:_FIRST])):
        for n, source in enumerate(sources):
            if source.id != mention.id:
                pool.from_event(source, name, n)
    pool.from_names()
    pool.from_states()
    for candidate in pool.made.values():
        candidate.seen.update(dict.fromkeys(_sides(mention, candidate, telling)))
    return list(pool.made.values())


class _Pool:
    """Candidates by who they are."""

    def __init__(self, mention: EventMention, telling: Telling, lexicon: Lexicon) -> None:
        self.mention, self.telling, self.lexicon = mention, telling, lexicon
        self.made: dict[tuple[tuple[str, ...], tuple[str, ...]], Candidate] = {}

    def put(self, actor: Parties, recipient: Parties, proofs: Iterable[Evidence], *seen: str) -> None:
        if not actor and not recipient:
            return
        key = (tuple([p.id for p in actor]), tuple([p.id for p in recipient]))
        if key not in self.made:
            self.made[key] = Candidate(actor, recipient, tuple(proofs), {})
        self.made[key].seen.update(dict.fromkeys(seen))

    def from_own(self) -> None:
        mention = self.mention
        proofs = [e for e in mention.evidence if e.field in ("actor", "recipient")]
        self.put(mention.actor, mention.recipient, proofs, "own")
        if mention.kind not in _MOVING:
            self.put(mention.recipient, mention.actor, _turned(proofs), "own turned")

    def from_event(self, source: EventMention, name: str, n: int) -> None:
        """The parties of another happening: both sides, one of them, or the states behind them."""
        mention, families = self.mention, self.telling.families
        seen = (
            f"{name}{n}", name, f"{name} far {bucket(abs(source.sentence - mention.sentence), 0, 1, 2, 4, 8)}",
            f"{name} {source.kind} {mention.kind}", f"{name} family {families[source.kind] == families[mention.kind]}",
            f"source block {source.block.value}", f"source use {source.rule.partition('/')[2]}", f"source day {agreement(mention, source)}",
        )  # fmt: skip
        proofs = [msgspec.structs.replace(e, rule=INFERRED) for e in source.evidence if e.field in ("actor", "recipient")]
        first = [e for e in proofs if e.field == "actor"]
        if mention.symmetric:
            both = (*source.actor, *source.recipient)
            self.put(both, (), [msgspec.structs.replace(e, field="actor") for e in proofs], "both", *seen)
            states = self._states(both)
            if len(states) > 1:
                self.put(states, (), [msgspec.structs.replace(e, field="actor") for e in proofs], "states", *seen)
            return
        self.put(source.actor, source.recipient, proofs, "as told", *seen)
        self.put(source.actor, (), first, "actor", *seen)
        if source.recipient and mention.kind not in _MOVING:
            self.put(source.recipient, source.actor, _turned(proofs), "turned", *seen)
        for party in source.actor[:_NAMES] if len(source.actor) > 1 else ():
            self.put((party,), (), first, "one", *seen)

    def from_names(self) -> None:
        """Whoever else the sentence names."""
        mention, annotated = self.mention, self.telling.annotated
        sentence = annotated.sentences[mention.sentence]
        here = [m for m in annotated.mentions if sentence.start <= m.start < sentence.end and m.kind in _ACTING and not m.members]
        before = [m for m in here if m.end <= mention.start][-_NAMES:][::-1]
        after = [m for m in here if m.start >= mention.end][:1]
        for side, names in (("before", before), ("behind", after)):
            for n, name in enumerate(names):
                letter = self.telling.text[name.end : name.end + 1]
                self.put((self._party(name),), (), [self._proof(name)], f"name {side}{n}", f"name {name.kind.value}", "name",
                         f"name {mention.kind} {name.kind.value}", f"name {side} {letter}")  # fmt: skip

    def from_states(self) -> None:
        """The last pairs of states, and the states spoken of most."""
        mention, annotated = self.mention, self.telling.annotated
        countries = self.lexicon.countries
        pairs = [m for m in annotated.mentions if m.kind is MentionKind.pair and m.members and m.start < mention.start]
        start = annotated.sentences[mention.sentence].start
        for n, pair in enumerate(pairs[-2:][::-1]):
            words = self.telling.text[pair.start : pair.end]
            states = tuple([self._state(code, words) for code in pair.members if code in countries])
            self.put(states, (), [self._proof(pair)], f"pair{n}", f"pair here {pair.start >= start}")
        named = [m for m in annotated.mentions if m.kind in _ACTING and m.country in countries]
        for n, (code, _) in enumerate(Counter([m.country for m in named]).most_common(2)):
            word = next(m for m in named if m.country == code)
            words = self.telling.text[word.start : word.end]
            self.put((self._state(code, words),), (), [self._proof(word)], f"most{n}", f"most {mention.kind}")

    def _states(self, parties: Sequence[Participant]) -> Parties:
        return tuple({p.country: self._state(p.country, p.as_written) for p in parties if p.country in self.lexicon.countries}.values())

    def _state(self, code: str, words: str) -> Participant:
        country = self.lexicon.countries[code]
        return Participant(id=code, name=country.name, as_written=words, name_en=country.en, country=code, sector="GOV")

    def _party(self, name: Mention) -> Participant:
        return Participant(
            id=name.entity, name=name.name, as_written=self.telling.text[name.start : name.end], name_en=name.name_en,
            country=name.country, sector=name.sector, office=name.office,
        )  # fmt: skip

    def _proof(self, name: Mention) -> Evidence:
        return Evidence(document=self.mention.document, field="actor", start=name.start, end=name.end,
                        quote=self.telling.text[name.start : name.end], rule=INFERRED)  # fmt: skip


def _turned(proofs: Iterable[Evidence]) -> list[Evidence]:
    """The words of the one side for the other."""
    other = {"actor": "recipient", "recipient": "actor"}
    return [msgspec.structs.replace(e, field=other[e.field]) for e in proofs]


def _sides(mention: EventMention, candidate: Candidate, telling: Telling) -> list[str]:
    """What the parties are, how often and where they are named, whether they hold those whom the clause names."""
    everyone = (*candidate.actor, *candidate.recipient)
    ids, states = {p.id for p in everyone}, {p.country for p in everyone if p.country}
    size = f"{min(len(candidate.actor), 3)} {min(len(candidate.recipient), 2)}"
    out = [f"size {size}", f"size {mention.kind} {size}", f"states {min(len(states), 3)}", f"states {mention.kind} {min(len(states), 3)}"]
    own = (*mention.actor, *mention.recipient)
    if own:
        all_in = {p.id for p in own} <= ids
        out.append("holds own" if all_in else "holds own state" if {p.country for p in own if p.country} <= states else "without own")
    for party in candidate.actor[:2]:
        out += [f"is {sort_of(party)}", f"is {mention.kind} {sort_of(party)}"]
    out.append(f"named {bucket(max(telling.spoken_of[i] for i in ids), 1, 2, 4, 8)}")
    if ids & telling.named[mention.sentence]:
        out.append("named here")
    if mention.sentence and ids & telling.named[mention.sentence - 1]:
        out.append("named before")
    rivals = telling.of_family.get(telling.families[mention.kind], ())
    if any(ids & {p.id for p in (*m.actor, *m.recipient)} for m in rivals):
        out.append("told already")
    return out
