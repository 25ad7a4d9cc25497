"""The scene that a report stays in from sentence to sentence: its day, and the room for what is said there."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.triggers import Trigger
from sacho.records import BlockKind, EventMention, Evidence, Place, Status, TimexKind, TimexRole

_REACH = 3  # sentences
_REAL = frozenset([Status.occurred, Status.ongoing])
_SPOKEN = frozenset(["agree", "sign", "request", "reject", "accuse", "support", "message", "threaten", "concede"])
_DONE = frozenset(["meet", "call", "ceremony", "attend", "inspect", "convene", "depart", "arrive"])
_ANSWERS = frozenset(["reject"])
_TALKS = frozenset(["meet", "call", "convene", "ceremony", "attend", "visit", "arrive"])
_ROOMS = frozenset(["meet", "convene", "ceremony", "attend"])
_SAYING = re.compile(r"(?:보도|전하|밝히|알리|덧붙이|설명|소개|말하|강조)")
_ELSEWHERE = re.compile(
    r"\s*(?:[▲△▷▶◇◆■□●○◎-]\s*)?(?:한편|앞서|이에 앞서|이보다 앞서|[이그]런 가운데|이와 (?:별도|관련)|반면|당초|그동안|그간|지난)"
)
PERIOD = re.compile(r"(?:체류|방문|체재)\s?기간|여러 차례")  # some day of several
LOOKING_BACK = re.compile(
    r"바 있|바있|적이 있|적 있|(?:했|였|었|았)었|해 왔|해왔|하여 왔|온 (?:것으로|바)|처음이|만이다|만입니다|예정이었|터[였다]|상태[였다]"
)


class Scene(msgspec.Struct, frozen=True):
    """The occasion told last with a day of its own: ids of those in it, their states, the last sentence in it."""

    day: str = ""
    proof: Evidence | None = None
    place: Place | None = None
    spot: Evidence | None = None
    people: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    kind: str = ""
    sentence: int = -9

    def dress(self, mention: EventMention, trigger: Trigger, analysis: Analysis, layers: Layers) -> EventMention:
        """The mention with the scene's day if it has none, and the scene's room if something is said there."""
        if not self.day or mention.date or not self._holds(mention, trigger, analysis, layers):
            return mention
        proofs = [msgspec.structs.replace(self.proof, rule="scene")] if self.proof is not None else []
        place = mention.place
        if place is None and self.place is not None and mention.kind in _SPOKEN and self.kind in _ROOMS:
            place = self.place
            proofs += [msgspec.structs.replace(self.spot, rule="scene")] if self.spot is not None else []
        return msgspec.structs.replace(mention, date=self.day, place=place, evidence=(*mention.evidence, *proofs))

    def _holds(self, mention: EventMention, trigger: Trigger, analysis: Analysis, layers: Layers) -> bool:
        if mention.sentence - self.sentence > _REACH or mention.block is not BlockKind.body or trigger.use == "bare":
            return False
        if mention.status not in _REAL or mention.kind not in _SPOKEN | _DONE or not self._shares(mention):
            return False
        if analysis.quote is not None:
            return mention.kind in _SPOKEN
        sentence = layers.sentences[mention.sentence]
        if PERIOD.search(layers.text, sentence.start, trigger.start):
            return False
        if _ELSEWHERE.match(layers.text, sentence.start) or LOOKING_BACK.search(layers.text, trigger.end, sentence.end):
            return False
        return _told(trigger, analysis)

    def _shares(self, mention: EventMention) -> bool:
        """Somebody of the scene takes part, or the states whose people stand in it, or nobody is named."""
        everyone = (*mention.actor, *mention.recipient)
        if mention.kind in _ANSWERS and self.kind not in _TALKS and mention.actor and not any(p.id in self.people for p in mention.actor):
            return False  # `북한 외무성은 5일 담화를 냈다. 통일부는 일축했다`: an answer has a day of its own
        if any(p.id in self.people for p in everyone):
            return True
        return all(p.id == p.country and p.country in self.states for p in mention.actor)

    def after(self, mentions: Sequence[EventMention], analysis: Analysis, layers: Layers) -> Scene:
        """The scene once the sentence is read. A day that no event of the sentence has ends it."""
        own = [m for m in mentions if _opens(m)]
        if own:
            lead = own[-1]
            proof = next((e for e in lead.evidence if e.field == "date"), None)
            if proof is not None and proof.rule != "scene":
                return _opened(lead, own, proof)
            joined = [m for m in own if m.date == self.day]
            return msgspec.structs.replace(self, sentence=lead.sentence) if joined else self
        days = [
            t for t in (layers.timexes[i] for u in analysis.units for i in u.timexes)
            if t.kind is TimexKind.date and t.role is TimexRole.event and len(t.value) == 10
        ]
        return Scene() if any(t.value != self.day for t in days) else self


def _opens(mention: EventMention) -> bool:
    exact = (len(mention.date) == 10 or "/" in mention.date) and ".." not in mention.date
    return mention.full and exact and mention.status in _REAL and mention.block is BlockKind.body


def _opened(lead: EventMention, own: Sequence[EventMention], proof: Evidence) -> Scene:
    same = [m for m in own if m.date == lead.date]
    everyone = [p for m in same for p in (*m.actor, *m.recipient)]
    home = next((m for m in reversed(same) if m.place is not None and m.kind in _ROOMS), None)
    room = next((m for m in reversed(same) if m.kind in _ROOMS), lead)
    spot = next((e for e in home.evidence if e.field == "place"), None) if home is not None else None
    return Scene(
        day=lead.date, proof=proof, place=home.place if home is not None else None, spot=spot,
        people=frozenset(p.id for p in everyone), states=frozenset(p.country for p in everyone if p.country),
        kind=room.kind, sentence=lead.sentence,
    )  # fmt: skip


def _told(trigger: Trigger, analysis: Analysis) -> bool:
    """Whether the clause tells what happened, and does not say of something what it did once (`방문한 장관`)."""
    if trigger.clause < 0:
        return False
    clause = analysis.clauses[trigger.clause]
    if clause.kind == "adnominal":
        return clause.head >= 0 and analysis.units[clause.head].bound
    if clause.kind == "quoted":
        governor = analysis.clauses[clause.governor] if clause.governor >= 0 else None
        said = governor is not None and governor.predicate >= 0 and analysis.units[governor.predicate].stem
        return bool(said) and _SAYING.search(str(said)) is not None
    return clause.kind != "conditional"
