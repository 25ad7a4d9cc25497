"""What a mention looks like in its report: the features by which `sacho.resolve.recording` judges it.

A feature is a word or two; it is present or not. Nothing here decides anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from sacho.records import AnnotatedDocument, EventMention, Participant
from sacho.resolve.within import Cluster, days_agree

_DEFINITE = frozenset([
    "이번", "이날", "당시", "그", "같은", "첫", "다음", "지난", "이", "오는", "최근", "이후", "앞서", "전", "후", "뒤", "또", "다시", "두",
    "번째", "차", "제", "양", "공동", "모든", "각", "앞으로", "향후", "올", "새", "추가", "별도", "이런", "이같은", "그런", "지난해",
    "올해",
])  # fmt: skip
_BOUND = frozenset(["VX", "VCP", "VCN"])
_TALKS = ("meet", "call")
_FULL = 0.35  # a mention of more weight tells an event by itself
_PROVEN = frozenset(["actor", "recipient", "date", "status", "place"])


class Telling:
    """One report with its mentions as grouped: the lookups that the features need, each made once."""

    def __init__(
        self, annotated: AnnotatedDocument, mentions: Sequence[EventMention], groups: Sequence[Cluster], families: Mapping[str, str]
    ) -> None:
        self.annotated, self.mentions, self.groups, self.families = annotated, mentions, groups, families
        self.text, self.tokens = annotated.document.text, annotated.tokens
        self.starts = [token.start for token in annotated.tokens]
        self.leads = [group.mentions[0] for group in groups]
        self.home = {m.id: group.mentions for group in groups for m in group.mentions}
        self.kinds = Counter([m.kind for m in mentions])
        self.of_family: dict[str, list[EventMention]] = {}
        for lead in self.leads:
            self.of_family.setdefault(families[lead.kind], []).append(lead)
        self.in_sentence = Counter([lead.sentence for lead in self.leads])

    @cached_property
    def told(self) -> list[EventMention]:
        """The mentions that name their parties, in text order."""
        return sorted([m for m in self.mentions if m.full and m.weight > _FULL], key=lambda m: m.start)

    @cached_property
    def named(self) -> list[frozenset[str]]:
        """Who is named in each sentence."""
        starts = [s.start for s in self.annotated.sentences]
        out: list[set[str]] = [set() for _ in starts]
        for mention in self.annotated.mentions:
            out[max(bisect_right(starts, mention.start) - 1, 0)].add(mention.entity)
        return [frozenset(names) for names in out]

    @cached_property
    def spoken_of(self) -> Counter[str]:
        """How often each party is named."""
        return Counter([m.entity for m in self.annotated.mentions])


def traits(mention: EventMention, telling: Telling) -> list[str]:
    """The features of one mention: its own, of the words around it, of the events of its family beside it."""
    out = standing(mention, telling)
    out += _around(mention, telling)
    out += _beside(mention, telling)
    group = telling.home.get(mention.id)
    if group is not None:
        out += _relation("own", mention, group[0], telling)
        out.append("group full" if mention.full and mention.weight > _FULL else "group pointing")
    return out


def standing(mention: EventMention, telling: Telling) -> list[str]:
    """The features of one mention by itself: what it tells, where it stands, how many tell of the same."""
    out = _own(mention)
    out.append(f"sentence {bucket(mention.sentence, 0, 1, 2, 5, 10)}")
    out.append(f"part {mention.sentence * 4 // max(len(telling.annotated.sentences), 1)}")
    out.append(f"family {bucket(len(telling.of_family.get(telling.families[mention.kind], ())), 0, 1, 2, 4)}")
    group = telling.home.get(mention.id)
    if group is None:
        out.append("in no group")
    else:
        out.append(f"group {bucket(len(group), 1, 2, 3, 5)}")
    return out


def bucket(number: int, *edges: int) -> int | str:
    """The first edge that is not below the number, else `more`."""
    for edge in edges:
        if number <= edge:
            return edge
    return "more"


def sort_of(party: Participant) -> str:
    """State, somebody without a record, or anybody else."""
    return "state" if party.id == party.country else "anon" if ":" in party.id else "known"


def agreement(a: EventMention, b: EventMention) -> str:
    """How the days of two mentions stand to each other."""
    if not a.date or not b.date:
        return "dated" if a.date else "other dated" if b.date else "undated"
    return "same" if a.date == b.date else "agree" if days_agree(a.date, b.date) else "clash"


def _own(mention: EventMention) -> list[str]:
    cue, _, use = mention.rule.partition("/")
    out = [
        f"kind {mention.kind}", f"cue {cue}", f"use {use}", f"{mention.kind} {use}", f"status {mention.status.value}",
        f"block {mention.block.value}", f"full {mention.full}", f"weight {mention.weight:.1f}",
        f"day {len(mention.date) if len(mention.date) < 11 else 'range'}", f"place {mention.place is not None}",
        f"sources {min(len(mention.sources), 3)}", f"sides {min(len(mention.actor), 3)} {min(len(mention.recipient), 3)}",
    ]  # fmt: skip
    if mention.time:
        out.append("hour")
    if mention.host:
        out.append("hosted")
    out += dict.fromkeys([f"actor {sort_of(p)}" for p in mention.actor])
    out += dict.fromkeys([f"{e.field} {e.rule}" for e in mention.evidence if e.field in _PROVEN])
    return out


def _around(mention: EventMention, telling: Telling) -> list[str]:
    """The three tokens on either side, the place in the sentence, whose word it is."""
    tokens, out = telling.tokens, []
    behind = bisect_left(telling.starts, mention.end)
    before = bisect_left(telling.starts, mention.start) - 1
    for d, token in enumerate(tokens[behind : behind + 3]):
        word = token.tag[0] in "JEXS" or token.tag in _BOUND
        out.append(f"+{d} {token.form if word else token.tag}")
    for d in range(min(3, before + 1)):
        token = tokens[before - d]
        word = token.tag[0] in "JES" or token.form in _DEFINITE
        out.append(f"-{d} {token.form if word else token.tag}")
    sentence = telling.annotated.sentences[mention.sentence]
    out.append(f"quarter {(mention.start - sentence.start) * 4 // max(1, sentence.end - sentence.start)}")
    out.append(f"tail {bucket(sentence.end - mention.end, 6, 15, 40, 80)}")
    if any([q.start <= mention.start < q.end for q in telling.annotated.quotes]):
        out.append("quoted")
    voices = [a for a in telling.annotated.attributions if a.start <= mention.start < a.end]
    if voices:
        out.append(f"voice {voices[-1].kind.value}")
    return out


def _beside(mention: EventMention, telling: Telling) -> list[str]:
    """The events of its family, the nearest of them, and what else its sentence tells."""
    family = [m for m in telling.of_family.get(telling.families[mention.kind], ()) if m.id != mention.id]
    out = [f"of kind {bucket(telling.kinds[mention.kind], 1, 2, 4, 8)}"]
    here = [m for m in family if m.sentence == mention.sentence]
    if here:
        out.append("family here")
        if any([m.kind == mention.kind for m in here]):
            out.append("kind here")
    if family:
        out += _relation("near", mention, min(family, key=lambda m: abs(m.start - mention.start)), telling)
    lead = mention.id in telling.home and telling.home[mention.id][0].id == mention.id
    out.append(f"others here {bucket(telling.in_sentence[mention.sentence] - lead, 0, 1, 2, 4)}")
    if any([m.start < mention.end and mention.start < m.end and m.id != mention.id for m in telling.told]):
        out.append("overlapped")
    talks = [m for k in _TALKS for m in telling.of_family.get(telling.families[k], ())]
    if any([0 <= mention.sentence - m.sentence <= 2 and m.id != mention.id for m in talks]):
        out += ["talk near", f"talk near {mention.kind}"]
    return out


def _relation(name: str, mention: EventMention, other: EventMention, telling: Telling) -> list[str]:
    """How a mention stands to another one of its family."""
    text = telling.text
    ours, theirs = ({p.id for p in (*m.actor, *m.recipient)} for m in (mention, other))
    out = [
        f"{name} far {bucket(abs(other.sentence - mention.sentence), 0, 1, 2, 4, 8)}", f"{name} before {other.start < mention.start}",
        f"{name} kind {other.kind == mention.kind}", f"{name} day {agreement(mention, other)}",
        f"{name} people {_overlap(ours, theirs)}", f"{name} status {other.status.value} {mention.status.value}",
        f"{name} block {other.block.value}", f"{name} use {other.rule.partition('/')[2]} {mention.rule.partition('/')[2]}",
    ]  # fmt: skip
    if text[other.start : other.end] == text[mention.start : mention.end]:
        out.append(f"{name} same words")
    elif text[other.start : other.start + 2] == text[mention.start : mention.start + 2]:
        out.append(f"{name} like words")
    if mention.place is not None and other.place is not None:
        out.append(f"{name} place {mention.place.id == other.place.id}")
    return out


def _overlap(ours: set[str], theirs: set[str]) -> str:
    if not ours:
        return "none"
    if ours == theirs:
        return "same"
    return "fewer" if ours < theirs else "more" if ours > theirs else "some" if ours & theirs else "others"


