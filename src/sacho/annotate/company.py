"""Whose talks, dinner or signing it is where the text does not say again: the two sides told just before. What is left without parties
after that, the resolution gives to a talk further off (`resolve.discourse`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from sacho.annotate.layers import Analysis
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import BlockKind, EventMention, Evidence, Participant, Status

_REACH = 4  # sentences
_SHARED = frozenset(["meet", "call", "ceremony", "sign", "agree"])
_GATHERINGS = frozenset(["meet", "ceremony", "sign"])
_PASSIVE = re.compile(r"[가-힣](?:지|졌|진|질)")  # `베풀어졌다`
_UNREAL = frozenset([Status.denied, Status.hypothetical, Status.proposed, Status.alleged])


class Company(msgspec.Struct, frozen=True):
    """The two sides told last, in which sentence, and the words that name them."""

    actor: tuple[Participant, ...] = ()
    recipient: tuple[Participant, ...] = ()
    sentence: int = -9
    proofs: tuple[Evidence, ...] = ()

    def join(
        self, mention: EventMention, trigger: Trigger, analysis: Analysis, text: str,
        states_of: Callable[[Iterable[str]], tuple[Participant, ...]],
    ) -> EventMention:  # fmt: skip
        """The mention with the company as its parties, if it tells of a gathering and names nobody:
        `오후에는 확대회담이 열렸고 저녁에는 만찬이 베풀어졌다`; what is signed or in force binds their states, which `states_of` gives
        for codes: `협정이 조인되였다`."""
        nobody = not (mention.actor or mention.recipient or mention.full)
        if not nobody or mention.kind not in _GATHERINGS or not self.actor or mention.sentence - self.sentence > _REACH:
            return mention
        if analysis.quote is not None or mention.status in _UNREAL or mention.block is not BlockKind.body:
            return mention
        if not _takes_place(trigger, analysis, text):
            return mention
        bound = states_of(dict.fromkeys(p.country for p in (*self.actor, *self.recipient))) if trigger.cue.frame == "signed" else ()
        sides = (bound, ()) if len(bound) > 1 else (self.actor, self.recipient)
        return msgspec.structs.replace(
            mention, actor=sides[0], recipient=sides[1], full=True, weight=0.8, symmetric=True,
            rule=f"{mention.rule.partition('/')[0]}/company",
            evidence=(*mention.evidence, *self.proofs),
        )  # fmt: skip

    def after(self, told: Sequence[EventMention]) -> Company:
        """The company once the sentence is read."""
        for mention in reversed(told):
            if not mention.full or mention.status in _UNREAL or mention.block is not BlockKind.body or mention.weight < 0.5:
                continue
            sides = {p.country or p.id for p in (*mention.actor, *mention.recipient)}
            if mention.kind in _SHARED and len(sides) > 1:
                proofs = tuple([e for e in mention.evidence if e.field in ("actor", "recipient")])
                return Company(mention.actor, mention.recipient, mention.sentence, proofs)
        return self


def _takes_place(trigger: Trigger, analysis: Analysis, text: str) -> bool:
    """Whether the noun is the subject of a verb of taking place, and no name or state in its phrase says whose it is."""
    if trigger.clause < 0:
        return False
    if trigger.use == "verb":
        return trigger.cue.frame == "signed" and not analysis.units[analysis.clauses[trigger.clause].subject].mentions
    clause, unit = analysis.clauses[trigger.clause], analysis.units[trigger.unit]
    beside = unit.case == "com" and clause.subject == trigger.unit + 1  # `오찬과 서명식은 취소됐다`
    if clause.predicate < 0 or unit.mentions or not (clause.subject == trigger.unit or beside):
        return False
    verb = analysis.units[clause.predicate]
    return verb.stem in load_words().happening_verbs or verb.stem.endswith("되") or _PASSIVE.search(text, verb.start, verb.end) is not None
