"""Whose talks, dinner or signing it is where the text does not say again: the two sides told just before. What is left without parties
after that, the resolution gives to a talk further off (`resolve.discourse`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from sacho.annotate.casting import Casting
from sacho.annotate.layers import Analysis
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import BlockKind, EventMention, Evidence, Participant, Status

_WORDS = load_words()
_REACH = 4  # sentences
_DATED = 8  # … to a talk with a day of its own
_ROUND = 7  # days: sessions of one round of talks
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FAR = 12  # sentences: a report has one drill at a time
_TELLING = 0.5
_SHARED = frozenset(["meet", "call", "ceremony", "sign", "agree"])
_GATHERINGS = frozenset(["meet", "ceremony", "sign"])
_TALKS = ("회담", "접촉", "협의", "면담", "회동", "협상", "상봉")
_BOTH = ("양측", "쌍방", "양쪽")
_OCCASIONS = re.compile(r"즈음|기념|창립|창건|경축|부녀절|명절|자축|국경절|맞아 |맞으며|참석|초대")
_MEALS = re.compile(r"환영|환송|답례|작별|만찬|오찬|연회")
_TALK_LETTERS = 40
_PASSIVE = re.compile(r"[가-힣](?:지|졌|진|질)")  # `베풀어졌다`
_UNREAL = frozenset([Status.denied, Status.hypothetical, Status.proposed, Status.alleged])


class Company(msgspec.Struct, frozen=True):
    """The two sides told last, in which sentence, and the words that name them."""

    actor: tuple[Participant, ...] = ()
    recipient: tuple[Participant, ...] = ()
    sentence: int = -9
    date: str = ""
    proofs: tuple[Evidence, ...] = ()
    drilling: tuple[Participant, ...] = ()
    drilled: int = -9
    firing: tuple[Participant, ...] = ()
    fired: int = -9

    def join(
        self, mention: EventMention, trigger: Trigger, analysis: Analysis, text: str, casting: Casting
    ) -> EventMention:  # fmt: skip
        """The mention with the company as its parties, if it tells of a gathering and names nobody (`오후에는 확대회담이 열렸고
        저녁에는 만찬이 베풀어졌다`), or one side (`장관은 13일 열린 회담에서 초청을 받아들였다`). Of another day than theirs it is
        their states that met (`1차 접촉은 지난 2월 열렸다`), and what is signed or in force binds their states: `협정이 조인되였다`."""
        if trigger.cue.frame == "banquet" and mention.full and not mention.recipient:
            return self._feast(mention, trigger, analysis, text)
        if mention.kind == "drill" and not mention.full and not mention.actor:
            return self._drill(mention, trigger, analysis, text, casting)
        if trigger.cue.frame == "working" and not (mention.full or mention.actor or mention.recipient):
            return self._work(mention, trigger, analysis, casting)
        if mention.kind == "launch":
            return mention if _by_others(trigger, mention, analysis) else self._launch(mention, analysis)
        if mention.full or mention.kind not in _GATHERINGS or not self.actor:
            return mention
        if mention.sentence - self.sentence > (_DATED if mention.date else _REACH):
            return mention
        if analysis.quote is not None or mention.status in _UNREAL or mention.block is not BlockKind.body:
            return mention
        nobody = not (mention.actor or mention.recipient)
        if not (nobody and _takes_place(trigger, analysis, text)) and not (_held(trigger, analysis) and self._holds(mention)):
            return mention
        actor, recipient = self.actor, self.recipient
        if trigger.cue.frame == "signed" or (mention.kind == "meet" and _apart(mention.date, self.date)):
            actor, recipient = casting.states(dict.fromkeys(p.country for p in (*actor, *recipient))), ()
        if named := (*mention.actor, *mention.recipient):  # `[회담]에서 북측 단장은`
            there = {p.country for p in named}
            actor, recipient = (*named, *(p for p in (*actor, *recipient) if p.country not in there)), ()
        if len(actor) + len(recipient) < 2:
            return mention
        return msgspec.structs.replace(
            mention, actor=actor, recipient=recipient, full=True, weight=0.8, symmetric=True,
            rule=f"{mention.rule.partition('/')[0]}/company",
            evidence=(*mention.evidence, *self.proofs),
        )  # fmt: skip

    def _feast(self, mention: EventMention, trigger: Trigger, analysis: Analysis, text: str) -> EventMention:
        """A welcoming or parting meal that one side gives is for the other one: `회담했다. … 저녁에는 환영연회를 차렸다`."""
        if mention.sentence - self.sentence > _REACH or analysis.quote is not None or mention.block is not BlockKind.body:
            return mention
        before = text[max(0, trigger.start - _TALK_LETTERS) : trigger.end]
        states = {p.country for p in mention.actor}
        others = tuple([p for p in (*self.actor, *self.recipient) if p.country not in states])
        ours = len(others) < len(self.actor) + len(self.recipient)
        if len(states) != 1 or not others or not ours or _OCCASIONS.search(before) or not _MEALS.search(trigger.form + before[-8:]):
            return mention
        return msgspec.structs.replace(mention, recipient=others, evidence=(*mention.evidence, *self.proofs))

    def _drill(
        self, mention: EventMention, trigger: Trigger, analysis: Analysis, text: str, casting: Casting
    ) -> EventMention:  # fmt: skip
        """A drill of nobody in particular is that of the states told last to hold one, or to meet: `야외기동훈련은 48회 계획돼 있다`."""
        if analysis.quote is not None or mention.block is not BlockKind.body or not _takes_place(trigger, analysis, text):
            return mention
        if mention.date.startswith("../"):  # `연습은 20일까지 계속된다`: the one told before
            return mention
        actor = self.drilling if mention.sentence - self.drilled <= _FAR else ()
        if not actor and mention.sentence - self.sentence <= _REACH:
            actor = casting.states(dict.fromkeys(p.country for p in (*self.actor, *self.recipient)))
        if len(actor) < 2:
            return mention
        return msgspec.structs.replace(
            mention, actor=actor, full=True, weight=0.8, symmetric=True, rule=f"{mention.rule.partition('/')[0]}/company",
            evidence=(*mention.evidence, *self.proofs),
        )  # fmt: skip

    def _work(self, mention: EventMention, trigger: Trigger, analysis: Analysis, casting: Casting) -> EventMention:
        """Work whose parties go unsaid is that of the states that met: `공동조사는 이달 하순 착수한다`."""
        if analysis.quote is not None or mention.block is not BlockKind.body or trigger.use == "bare":
            return mention
        actor = casting.states(dict.fromkeys(p.country for p in (*self.actor, *self.recipient)))
        if len(actor) < 2 or mention.sentence - self.sentence > _REACH:
            return mention
        return msgspec.structs.replace(
            mention, actor=actor, full=True, weight=0.8, rule=f"{mention.rule.partition('/')[0]}/company",
            evidence=(*mention.evidence, *self.proofs),
        )  # fmt: skip

    def _launch(self, mention: EventMention, analysis: Analysis) -> EventMention:
        """What is fired by nobody in particular (`두 발이 잇따라 발사됐다`, `원산에서 쏜 세 발은`), or by whoever the lines before
        were about (`합참은 …. 지난 14일 쏜 지 이레 만이다`), is the state's that fired last."""
        near = 0 <= mention.sentence - self.fired <= 2 * _FAR and analysis.quote is None and mention.block is BlockKind.body
        first = analysis.units[0].start
        told = [e for e in mention.evidence if e.field == "actor"]
        if not self.firing or not near or (mention.actor and (not told or any([e.start >= first for e in told]))):
            return mention
        if mention.actor and {p.country for p in mention.actor} == {p.country for p in self.firing}:
            return mention
        kept = tuple([e for e in mention.evidence if e.field != "actor"])
        return msgspec.structs.replace(
            mention, actor=self.firing, full=True, weight=max(mention.weight, 0.8), evidence=kept,
            rule=f"{mention.rule.partition('/')[0]}/company",
        )  # fmt: skip

    def _holds(self, mention: EventMention) -> bool:
        """Whether everybody whom the mention names is of the company, or of its states."""
        ours = {i for p in (*self.actor, *self.recipient) for i in (p.id, p.country)}
        return all(p.id in ours or p.country in ours for p in (*mention.actor, *mention.recipient))

    def after(self, told: Sequence[EventMention]) -> Company:
        """The company once the sentence is read."""
        out = self
        for mention in told:
            if not mention.full or mention.status in _UNREAL:
                continue
            if mention.kind == "launch" and len({p.country or p.id for p in mention.actor}) == 1:
                out = msgspec.structs.replace(out, firing=mention.actor, fired=mention.sentence)
            if mention.block is not BlockKind.body:
                continue
            sides = {p.country or p.id for p in (*mention.actor, *mention.recipient)}
            again = mention.kind == "agree" and out.actor and all([p.as_written.startswith(_BOTH) for p in mention.actor])
            if len(sides) < 2 or again:
                continue
            if mention.kind == "drill":
                out = msgspec.structs.replace(out, drilling=mention.actor, drilled=mention.sentence)
            elif mention.kind in _SHARED and mention.weight >= _TELLING:
                proofs = tuple([e for e in mention.evidence if e.field in ("actor", "recipient")])
                out = msgspec.structs.replace(
                    out, actor=mention.actor, recipient=mention.recipient, sentence=mention.sentence, date=mention.date, proofs=proofs
                )
        return out


def _by_others(trigger: Trigger, mention: EventMention, analysis: Analysis) -> bool:
    """`공군 전투기가 떠서 미사일을 쐈다`: a nominative that names nobody known fires all the same."""
    if mention.actor or trigger.clause < 0 or trigger.cue.frame != "weapon":
        return False
    clause = analysis.clauses[trigger.clause]
    return clause.subject >= 0 and clause.found in ("own", "shared") and analysis.units[clause.subject].case == "subj"


def _apart(day: str, other: str) -> bool:
    """Whether two days given are weeks apart, so that it is another round of talks."""
    if not day or not other or day[: len(other)] == other[: len(day)]:
        return False
    one, two = day.removeprefix("../"), other.removeprefix("../")
    if not (_DAY.match(one) and _DAY.match(two)):
        return one[:7] != two[:7]
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days) > _ROUND


def _held(trigger: Trigger, analysis: Analysis) -> bool:
    """Whether a clause before the noun tells that it was held: `13일 열린 회담에서`, `지난달 가진 접촉에서`."""
    unit = analysis.units[trigger.unit]
    if trigger.use == "verb" or unit.mentions or not trigger.form.endswith(_TALKS):
        return False
    return any(
        c.kind == "adnominal" and c.head == trigger.unit and c.predicate >= 0 and analysis.units[c.predicate].ending in ("ᆫ", "은")
        and (analysis.units[c.predicate].stem in _WORDS.held_verbs or analysis.units[c.predicate].stem in _WORDS.happening_verbs)
        for c in analysis.clauses
    )  # fmt: skip


def _takes_place(trigger: Trigger, analysis: Analysis, text: str) -> bool:
    """Whether the noun is the subject of a verb of taking place, and no name or state in its phrase says whose it is."""
    if trigger.clause < 0 or trigger.form.endswith("포럼"):  # `동방경제포럼이 열린다` of whoever comes
        return False
    if trigger.use == "verb":
        subject = analysis.clauses[trigger.clause].subject
        return trigger.cue.frame == "signed" and (subject < 0 or not analysis.units[subject].mentions)
    clause, unit = analysis.clauses[trigger.clause], analysis.units[trigger.unit]
    beside = unit.case == "com" and clause.subject == trigger.unit + 1  # `오찬과 서명식은 취소됐다`
    named = any([t.tag in ("NNP", "SL") for t in analysis.view.tokens[unit.first : trigger.first]])  # `아시아·유럽정상회의`
    if clause.predicate < 0 or unit.mentions or named or not (clause.subject == trigger.unit or beside):
        return False
    verb = analysis.units[clause.predicate]
    return verb.stem in _WORDS.happening_verbs or verb.stem.endswith("되") or _PASSIVE.search(text, verb.start, verb.end) is not None
