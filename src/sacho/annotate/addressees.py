"""Whom a demand, a charge or an answer goes to, where the clause leaves it to what was told just before: whoever asked is the one
who is answered, whoever sits across the table the one who is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.frames import Cast
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import ACTING
from sacho.lexicon.words import load_words
from sacho.records import EventMention, Mention, MentionKind

_ANSWERED = frozenset(["request", "invite", "accuse", "threaten", "message", "aid"])
_TALKS = frozenset(["meet", "call"])
_TRAVEL = frozenset(["visit", "arrive", "depart"])
_AIMED = frozenset(["accuse", "request", "threaten", "reject"])
_KEPT = _ANSWERED | _TALKS | _TRAVEL | _AIMED | {"ceremony"}
_ANSWERS = re.compile(r"답전|답신|답장|회신|답서|회답")
_THANKS = re.compile(r"사의|감사|고마|고맙|축하|조의|위로")
_HOSTING = frozenset(["ceremony-host", "ceremony-host-verb", "welcome", "see-off", "came-out-to-meet", "banquet"])  # cues
_HOSTED = _TRAVEL | _TALKS | {"ceremony"}
_POINTING = frozenset(["손님", "이", "그", "일행"])  # with which an object only points back
_GUESTS = (MentionKind.person, MentionKind.group)
_ADDRESSED = frozenset(["request", "invite", "reject", "threaten", "accuse", "concede"])
_REACH = 2  # sentences
_NEAR = 12  # characters between what is said and the verb
_SUBJECT = ("은 ", "는 ", "이 ", "가 ")
_MOST = 8  # acts kept
_WORDS = load_words()


class Act(msgspec.Struct, frozen=True):
    """What was told: its kind, the mention indexes of both sides, its sentence, the letter behind its words."""

    kind: str
    actor: tuple[int, ...]
    recipient: tuple[int, ...]
    sentence: int
    end: int


class Addressees(msgspec.Struct, frozen=True):
    """The last acts that somebody can answer or in the course of which something is said, the latest last."""

    acts: tuple[Act, ...] = ()

    def after(self, roles: Cast, mention: EventMention) -> Addressees:
        """With what was told just now."""
        told = mention.full or mention.kind == "message"
        if mention.kind not in _KEPT or not told or not roles.actor:
            return self
        return Addressees((*self.acts[1 - _MOST :], Act(mention.kind, roles.actor, roles.recipient, mention.sentence, mention.end)))

    def fill(self, trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
        """The roles with the one who is answered or addressed as recipient, where the clause names nobody."""
        if not roles.actor or roles.recipient or trigger.toward or trigger.use == "bare":
            return roles
        found: tuple[int, ...] = ()
        mentions = layers.mentions
        if trigger.cue.kind == "reject" or (trigger.cue.kind == "agree" and trigger.cue.frame in ("directed", "answering")):
            found = self._asker(roles, analysis, mentions)
        if not found and trigger.cue.kind in _ADDRESSED:
            found = _faced(trigger, roles, analysis, mentions)
        thanks = trigger.cue.kind == "support" and _THANKS.search(trigger.form) is not None
        if thanks:
            found = self._asker(roles, analysis, mentions) or self._across(roles, analysis, mentions)
        if trigger.cue.kind == "message":
            found = self._written_to(trigger, roles, analysis, mentions)
        if trigger.cue.id in _HOSTING:
            found = self._guests(trigger, roles, analysis, mentions)
        if not found and trigger.cue.kind == "accuse":
            found = _blamed(trigger, roles, analysis, layers)
        if not found and trigger.cue.kind in _AIMED:
            found = self._same_breath(roles, analysis, mentions, trigger.start if trigger.cue.kind != "threaten" else 0)
        if not found and trigger.cue.kind in _ADDRESSED and not _describes(trigger, analysis):
            found = self._across(roles, analysis, mentions)
            if found and trigger.cue.kind == "accuse" and _others(found, trigger, roles, analysis, layers):
                found = ()
        return msgspec.structs.replace(roles, recipient=found) if found else roles

    def _guests(self, trigger: Trigger, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """Who is welcomed, seen off or dined: the guests told last, from another state than the host; at a station or an
        airport whoever arrives or leaves."""
        host = roles.actor[:1]
        clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 else None
        if clause is not None and clause.predicate >= 0 and analysis.units[clause.predicate].stem in _WORDS.happening_verbs:
            return ()
        own = clause.arguments if clause is not None else ()
        things = [analysis.units[k] for k in own if analysis.units[k].case == "obj" and k != trigger.unit]
        if any(analysis.view.tokens[u.first].form not in _POINTING for u in things):  # `성명을 환영했다`
            return ()
        for act in reversed(self.acts):
            if analysis.sentence - act.sentence > _REACH:
                break
            come = (*act.recipient,) if act.kind == "ceremony" else act.actor if act.kind in _TRAVEL else (*act.actor, *act.recipient)
            if act.kind not in _HOSTED:
                continue
            guests = tuple([m for m in come if mentions[m].kind in _GUESTS and not _among((m,), roles.actor, mentions)])
            foreign = tuple([m for m in guests if not _meet((m,), host, mentions)])
            if foreign or (guests and act.kind in ("arrive", "depart") and trigger.cue.id != "banquet"):
                return foreign or guests
        return ()

    def carried(self, trigger: Trigger, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """Whom the charge before went to: the next one in a row of reactions goes there too."""
        for act in reversed(self.acts) if trigger.cue.kind == "accuse" else ():
            if analysis.sentence - act.sentence > _REACH:
                break
            if act.kind == "accuse" and act.recipient:
                return act.recipient if not _meet(act.recipient, roles.actor, mentions) else ()
        return self._same_breath(roles, analysis, mentions, 0) if trigger.cue.kind in _AIMED else ()

    def _written_to(self, trigger: Trigger, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """Whom an answer goes to that names nobody, and one more letter in a row: `중국은 축전을 보냈다. 러시아도 축전을 보냈다`."""
        for act in reversed(self.acts):
            if analysis.sentence - act.sentence > _REACH:
                break
            if act.kind != "message" or _among(act.actor, roles.actor, mentions):
                continue
            if _ANSWERS.search(trigger.form):
                return act.actor
            if act.recipient and not _meet(act.recipient, roles.actor, mentions):
                return act.recipient
        return ()

    def _same_breath(self, roles: Cast, analysis: Analysis, mentions: Sequence[Mention], at: int) -> tuple[int, ...]:
        """Whom the same one charged, asked or threatened earlier in the sentence, if nobody else is named from there to `at`."""
        for act in reversed(self.acts):
            if analysis.sentence != act.sentence:
                break
            if act.kind in _AIMED and act.recipient and _among(act.actor, roles.actor, mentions):
                known = (*act.recipient, *roles.actor)
                between = [i for i, m in enumerate(mentions) if act.end <= m.start and m.end <= at and m.kind in ACTING and m.country]
                return () if any(not _meet((i,), known, mentions) for i in between) else act.recipient
        return ()

    def _asker(self, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """Who asked, invited, charged or wrote before, if it went to whoever answers now."""
        for act in reversed(self.acts):
            if analysis.sentence - act.sentence > _REACH:
                break
            if act.kind not in _ANSWERED or _meet(act.actor, roles.actor, mentions):
                continue
            if not act.recipient or _meet(act.recipient, roles.actor, mentions):
                return act.actor
        return ()

    def _across(self, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
        """The other side of the talk in which it is said."""
        for act in reversed(self.acts):
            if analysis.sentence - act.sentence > _REACH:
                break
            everybody = (*act.actor, *act.recipient)
            if act.kind not in _TALKS or not _among(roles.actor, everybody, mentions):
                continue
            return tuple([m for m in everybody if not _meet((m,), roles.actor, mentions)])
        return ()


def _faced(trigger: Trigger, roles: Cast, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Whom the same subject has called, met or summoned in the clause before: `대사를 불러 항의했다`, `장관에게 전화를 걸어 요청했다`."""
    clauses, view = analysis.clauses, analysis.view
    n = trigger.clause
    for k in range(n - 1, -1, -1):
        clause = clauses[k]
        if clause.predicate < 0 or clause.kind != "coordinate" or analysis.units[clause.predicate].stem not in _WORDS.facing_verbs:
            continue
        heads = [m for u in clause.arguments if analysis.units[u].case in ("obj", "dat", "com") for m in view.heads(u)]
        people = tuple(m for m in heads if mentions[m].kind in (MentionKind.person, MentionKind.group, MentionKind.role))
        if people and not _meet(people, roles.actor, mentions):
            return people
    return ()


def _blamed(trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> tuple[int, ...]:
    """Of whom the charge says something: the subject of what is said, indirectly or in marks (`[미국이 약속을 어겼다고] 비난했다`)."""
    view, mentions = analysis.view, layers.mentions
    taken = {mentions[m].entity for m in roles.actor}
    for clause in analysis.clauses:
        if clause.kind != "quoted" or clause.governor != trigger.clause or clause.found != "own" or clause.subject < 0:
            continue
        heads = tuple([m for m in view.heads(clause.subject) if mentions[m].kind in ACTING])
        if heads and analysis.units[clause.subject].case == "subj" and taken.isdisjoint([mentions[m].entity for m in heads]):
            return heads
    said = [q for q in layers.quotes if q.end <= trigger.start and trigger.start - q.end < _NEAR]
    inside = [i for i, m in enumerate(mentions) if said and said[-1].start <= m.start and m.end <= said[-1].end and m.kind in ACTING]
    heads = tuple([i for i in inside if layers.text.startswith(_SUBJECT, mentions[i].end) and not _meet((i,), roles.actor, mentions)])
    return heads[:1] if heads and heads[0] == inside[0] else ()


def _describes(trigger: Trigger, analysis: Analysis) -> bool:
    """Whether the clause only says what a noun is: `일본이 파기한 협정`."""
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 else None
    return clause is not None and clause.kind == "adnominal" and clause.head >= 0 and not analysis.units[clause.head].bound


def _others(found: Sequence[int], trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> bool:
    """Whether the sentence names a third party before the word."""
    start, mentions = layers.sentences[analysis.sentence].start, layers.mentions
    known = (*found, *roles.actor)
    named = [i for i, m in enumerate(mentions) if start <= m.start and m.end <= trigger.start and m.kind in ACTING]
    return any(not _meet((i,), known, mentions) for i in named)


def _meet(a: Sequence[int], b: Sequence[int], mentions: Sequence[Mention]) -> bool:
    """Whether somebody of the one is, or is of the state of, somebody of the other."""
    theirs = {e for m in b for e in _of(mentions[m])}
    return any(e in theirs for m in a for e in _of(mentions[m]))


def _among(a: Sequence[int], b: Sequence[int], mentions: Sequence[Mention]) -> bool:
    theirs = {e for m in b for e in (mentions[m].entity, *mentions[m].members)}
    return any(mentions[m].entity in theirs for m in a)


def _of(mention: Mention) -> tuple[str, ...]:
    return mention.members or ((mention.entity, mention.country) if mention.country else (mention.entity,))
