"""Who a report is about from sentence to sentence: the subject that Korean does not repeat."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.clefts import tells_of_somebody
from sacho.annotate.frames import Cast, parties
from sacho.annotate.phrases import Unit
from sacho.annotate.riders import is_ridden, riders
from sacho.annotate.roles import Slots
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import View
from sacho.records import EventMention, Mention, MentionKind

_LASTS = 3  # sentences that a subject stays in force unsaid
_TRAVEL = ("visit", "arrive", "depart")
_SAID = ("accuse", "request", "reject", "threaten", "support")
_ACTING = {MentionKind.person, MentionKind.body, MentionKind.country, MentionKind.pair, MentionKind.group,
           MentionKind.role}  # fmt: skip


class Center(msgspec.Struct, frozen=True):
    """Mention indexes of the last subject, and for how many sentences nobody has said it; `authors` are those of the
    last statement or letter."""

    heads: tuple[int, ...] = ()
    age: int = 0
    topical: bool = False
    authors: tuple[int, ...] = ()

    def after(
        self, clauses: Sequence[Clause], view: View, outlets: Collection[str], told: Sequence[EventMention] = ()
    ) -> Center:  # fmt: skip
        """The center once the sentence is read: its topic, else the subject of its last clause that has one. It stays as
        long as it acts unsaid in what is `told`."""
        units, mentions = view.units, view.mentions
        best: tuple[int, ...] = ()
        topical = False
        for clause in clauses:
            if (clause.kind == "adnominal" and not tells_of_somebody(clause, view)) or clause.found != "own" or clause.subject < 0:
                continue
            said = view.heads(clause.subject) or riders(clause.subject, clauses, view) or _owner(clause.subject, view)
            heads = tuple([m for m in said if mentions[m].kind in _ACTING and mentions[m].entity not in outlets])
            topic = units[clause.subject].topic or units[clause.subject].case == "topic"
            if heads and (not best or topic or not topical):
                best, topical = heads, topic
        acted = {p.id for m in told for p in m.actor}
        age = 0 if acted and any([mentions[m].entity in acted for m in self.heads]) else self.age + 1
        lasts = age < _LASTS
        if best and (topical or not (lasts and self.topical and self.heads)):
            return Center(best, 0, topical, self.authors)
        return Center(self.heads, age, self.topical, self.authors) if lasts else Center(authors=self.authors)

    def fill(
        self, trigger: Trigger, slots: Slots, roles: Cast, units: Sequence[Unit], clauses: Sequence[Clause],
        mentions: Sequence[Mention],
    ) -> Cast:  # fmt: skip
        """The roles with the unsaid subject as actor, where the clause has none and the kind wants one."""
        roles = self._first_person(trigger, roles, mentions)
        if trigger.use == "bare" and trigger.clause >= 0:
            return self._with_partner(trigger, slots, roles, units, clauses, mentions)
        if trigger.clause < 0:
            return roles
        clause = clauses[trigger.clause]
        if clause.subject >= 0 and (units[clause.subject].document or units[clause.subject].first_person):
            return self._author(trigger, roles, mentions)
        itself = clause.subject == trigger.unit and units[trigger.unit].case == "also"  # `사격훈련도 재개하겠다고`
        ride = clause.subject >= 0 and trigger.cue.kind in _TRAVEL and not roles.actor and units[clause.subject].vehicle
        ride = ride and not is_ridden(clause.subject, clauses, units)
        if ride and self.heads and mentions[self.heads[0]].kind is MentionKind.person:  # `열차는 새벽 국경을 넘어 베이징역에 들어섰다`
            return msgspec.structs.replace(roles, actor=self.heads)
        silent = slots.subject_found == "none" and (clause.subject < 0 or itself) and not _relative(clause, units)
        passive = _passive(units[clause.predicate] if clause.predicate >= 0 else None)
        stage = units[trigger.unit].case in trigger.cue.cases  # `이어진 담화에서는` may be a talk
        if not self.heads or not silent or passive or stage or "plural" in trigger.cue.need:
            return roles
        others = trigger.use == "verb" and all([f.slot in ("com", "at", "loc", "dir") for f in slots.fillers])  # `장관, 원장과 만났다`
        two = "two" in trigger.cue.need and (others or parties(roles, mentions) < 2)
        if not two and (roles.actor or not ("actor" in trigger.cue.need or trigger.cue.kind == "act")):
            return roles
        taken = {mentions[m].entity for m in (*roles.actor, *roles.recipient)}
        new = tuple(m for m in self.heads if mentions[m].entity not in taken)
        return msgspec.structs.replace(roles, actor=(*new, *roles.actor)) if new else roles

    def _first_person(self, trigger: Trigger, roles: Cast, mentions: Sequence[Mention]) -> Cast:
        """In a statement, whoever issued it judges, demands and threatens: `우리는 준렬히 규탄한다`."""
        ours = {mentions[m].country for m in roles.actor if mentions[m].rule == "we"}
        if not ours or trigger.cue.kind not in _SAID or {mentions[m].country for m in self.authors} != ours:
            return roles
        others = tuple(m for m in roles.actor if mentions[m].rule != "we")
        return msgspec.structs.replace(roles, actor=(*self.authors, *others))

    def _author(self, trigger: Trigger, roles: Cast, mentions: Sequence[Mention]) -> Cast:
        """What a statement or a letter says, its author says: `담화는 … 비난했다`."""
        taken = {mentions[m].entity for m in roles.recipient}
        whose = tuple(m for m in self.authors or self.heads if mentions[m].entity not in taken)
        wanted = trigger.cue.kind in _SAID and not roles.actor
        return msgspec.structs.replace(roles, actor=whose) if whose and wanted else roles

    def _with_partner(
        self, trigger: Trigger, slots: Slots, roles: Cast, units: Sequence[Unit], clauses: Sequence[Clause],
        mentions: Sequence[Mention],
    ) -> Cast:  # fmt: skip
        """`전 총리와의 면담도 무산됐다`: whoever the sentence, or else the report, is about is the other one."""
        partners = [f for f in slots.fillers if f.slot == "partner" and f.mention in roles.actor]
        if "two" not in trigger.cue.need or len(partners) != len(roles.actor) or not partners or parties(roles, mentions) > 1:
            return roles
        subject = clauses[trigger.clause].subject
        said = [m for m in units[subject].mentions if mentions[m].kind in _ACTING] if subject >= 0 else []
        taken = {mentions[m].entity for m in roles.actor}
        new = tuple(m for m in (said or self.heads) if mentions[m].entity not in taken)
        return msgspec.structs.replace(roles, actor=(*new, *roles.actor)) if new else roles


def _owner(u: int, view: View) -> list[int]:
    """`장관의 방북은 한 달여 만이다`: the talk is of the minister."""
    units = view.units
    if units[u].mentions or u == 0 or units[u - 1].case != "gen" or not units[u].topic:
        return []
    return [m for m in view.heads(u - 1) if view.mentions[m].kind is MentionKind.person]


def _relative(clause: Clause, units: Sequence[Unit]) -> bool:
    """Whether the clause says what a noun is, and not when or with what something happened."""
    return clause.kind == "adnominal" and not (clause.head >= 0 and units[clause.head].bound)


def _passive(unit: Unit | None) -> bool:
    return unit is None or unit.stem.endswith(("되", "어지", "이루", "열리"))
