"""From a cluster of mentions to an event: fields, conflicts, codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from operator import attrgetter

import msgspec

from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Kind, Predicates
from sacho.records import (
    BlockKind,
    Conflict,
    ConflictValue,
    Event,
    EventGloss,
    EventMention,
    Evidence,
    Participant,
    Place,
    Status,
)
from sacho.resolve.confidence import confidence
from sacho.resolve.gloss import gloss
from sacho.resolve.values import days_at_odds
from sacho.resolve.within import Cluster, day_of, elsewhere, leading

# First and last hour of a part of the day, wide enough for what papers call so.
_HOURS = {"dawn": (0, 7), "morning": (5, 12), "noon": (10, 15), "afternoon": (12, 19), "evening": (17, 22), "night": (18, 24)}
_OWN_PEOPLE = ("appoint", "coerce")  # done by a state to its own people too
_SAID = ("request", "accuse", "reject", "threaten", "support", "concede", "state", "invite", "message", "sanction")  # by words
_OPENING = 6  # sentences, headlines among them
_NEXT = 6
_RANK = (Status.denied, Status.cancelled, Status.occurred, Status.ongoing, Status.planned, Status.alleged,
         Status.proposed, Status.hypothetical)  # fmt: skip


def compose(cluster: Cluster, lexicon: Lexicon, predicates: Predicates, outlet: str | None) -> Event:
    """The event of a cluster. Every value comes from a mention; where mentions differ, the one from the body
    with the most words leads, and all are kept in `conflicts`."""
    mentions = leading(cluster)
    lead = cluster.mentions[0]
    kind = predicates.kinds[_kind(mentions)]
    date = day_of(mentions)
    actor, recipient = _sides(mentions, lexicon, date)
    place = place_of(mentions)
    status = min({m.status for m in mentions if m.weight > 0.35} or {lead.status}, key=_RANK.index)
    countries = {p.country for p in (*actor, *recipient) if p.country}
    joint = bool(kind.joint_type) and len(countries) > 1
    type_ = kind.joint_type if joint else kind.type
    event = Event(
        id=_identify(lead, cluster), kind=kind.id, type=type_, mode=_mode(kind, countries, place), status=status,
        symmetric=kind.symmetric or joint, actor=actor, recipient=recipient,
        participants=_third(mentions, actor, recipient), date=date,
        time=next((m.time for m in mentions if m.time), ""), place=place,
        instrument=next((m.instrument for m in mentions if m.instrument), ""),
        topic=tuple(dict.fromkeys(t for m in mentions for t in m.topic)),
        sources=_sources(mentions), outlets=(outlet,) if outlet else (), confidence=0.0,
        cameo=kind.joint_cameo if joint else _cameo(kind, status),
        goldstein=kind.joint_goldstein if joint else kind.goldstein, quad=kind.joint_quad if joint else kind.quad,
        rule=lead.rule, evidence=_evidence(mentions), conflicts=_conflicts(mentions), gloss=EventGloss(en="", ko=""),
    )  # fmt: skip
    return msgspec.structs.replace(event, gloss=gloss(event, kind), confidence=confidence(event))


def _identify(lead: EventMention, cluster: Cluster) -> str:
    first = min(cluster.mentions, key=lambda m: (m.start, m.id))
    return "e" + blake2b(f"{lead.document} {lead.kind} {first.id}".encode(), digest_size=8).hexdigest()


def _kind(mentions: Sequence[EventMention]) -> str:
    kinds = [m.kind for m in mentions]
    return max(dict.fromkeys(kinds), key=kinds.count)


def _cameo(kind: Kind, status: Status) -> str:
    unreal = status in (Status.planned, Status.proposed, Status.hypothetical)
    return kind.planned_cameo if unreal and kind.planned_cameo else kind.cameo


def _mode(kind: Kind, countries: set[str], place: Place | None) -> str:
    if kind.id != "meet":
        return kind.mode
    if len(countries) > 2:
        return "multilateral"
    if place is not None and place.country and countries and place.country not in countries:
        return "third-party"
    return kind.mode


def place_of(mentions: Sequence[EventMention]) -> Place | None:
    """The narrowest place that the leading ones hold."""
    places = [m.place for m in mentions if m.place is not None and m.weight >= 0.3]
    if not places:
        return None
    best = places[0]
    for place in places[1:]:
        if best.name in place.within or (not best.within and place.within and best.precision != "building"):
            best = place
    return best


def _sides(
    mentions: Sequence[EventMention], lexicon: Lexicon, date: str
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Actor and recipient. Where one mention tells host from guest, it decides for all."""
    full = [m for m in mentions if m.full] or list(mentions)
    directed = [m for m in full if m.actor and m.recipient]
    lead = directed[0] if directed else full[0]
    actor, recipient = list(lead.actor), list(lead.recipient)
    for mention in full:
        for person in (*mention.actor, *mention.recipient):
            _add(person, actor, recipient, mention, guest=bool(recipient))
    apart = lead.kind in _OWN_PEOPLE  # `미국은 스티븐스를 대사로 지명했다`
    if lead.kind == "convene" and any(_is_person(p, lexicon) for p in actor):  # who presides convenes it, not the session itself
        actor = [p for p in actor if _is_person(p, lexicon) or p.id not in lexicon.bodies]
    named = _without_states(actor, () if apart else recipient) | (_without_states((), recipient) if apart else set())
    return (
        tuple([_in_office(p, lexicon, date) for p in actor if p.id in named]),
        tuple(_in_office(p, lexicon, date) for p in recipient if p.id in named),
    )


def _is_person(participant: Participant, lexicon: Lexicon) -> bool:
    return participant.id in lexicon.people or (participant.id.startswith("name:") and participant.id not in lexicon.bodies)


def _add(
    person: Participant, actor: list[Participant], recipient: list[Participant], mention: EventMention, *, guest: bool
) -> None:
    """Add somebody whom another mention names, or put the person in the place of his state."""
    if any([p.id == person.id for p in (*actor, *recipient)]):
        for side in (actor, recipient):
            for i, p in enumerate(side):
                if p.id == person.id and person.office and not p.office:
                    side[i] = person
        return
    if person.id == person.country and any(p.country == person.country for p in (*actor, *recipient)):
        return
    for side in (actor, recipient):
        for i, p in enumerate(side):
            if p.id == p.country == person.country:
                side[i] = person
                return
    if mention.symmetric and guest and any(p.country == person.country for p in recipient):
        return
    (recipient if person in mention.recipient else actor).append(person)


def _without_states(actor: Sequence[Participant], recipient: Sequence[Participant]) -> set[str]:
    people = {p.country for p in (*actor, *recipient) if p.id != p.country and p.country}
    both = [*actor, *recipient]
    return {p.id for p in both if p.id != p.country or p.country not in people}


def _in_office(person: Participant, lexicon: Lexicon, date: str) -> Participant:
    if not date or person.id not in lexicon.people:
        return person
    held = lexicon.office_of(person.id, date[:10])
    return msgspec.structs.replace(person, office=held.title) if held is not None else person


def _third(
    mentions: Sequence[EventMention], actor: Sequence[Participant], recipient: Sequence[Participant]
) -> tuple[Participant, ...]:
    if not any([mention.participants for mention in mentions]):
        return ()
    taken = {p.id for p in (*actor, *recipient)}
    out: dict[str, Participant] = {}
    for mention in mentions:
        for person in mention.participants:
            if person.id not in taken:
                out.setdefault(person.id, person)
    present = sorted((p for p in out.values() if p.role == "attendee"), key=lambda p: p.rank or 0)
    ranked = {p.id: msgspec.structs.replace(p, rank=rank) for rank, p in enumerate(present, start=1)}
    return (*(p for p in out.values() if p.id not in ranked), *ranked.values())


def _sources(mentions: Sequence[EventMention]) -> tuple[str, ...]:
    """The chain that the report's own first full telling stands under; captions and quotations speak only if
    nothing else does. Whoever does a verbal act is not the source of it."""
    told = [m for m in mentions if m.full and m.weight > 0.5 and m.block is not BlockKind.caption]
    plain = [m for m in told if m.block is BlockKind.body] or told
    lead = min(plain, key=lambda m: m.start) if plain else None
    chain = lead.sources if lead is not None else next((m.sources for m in mentions if m.sources), ())
    if lead is not None and not chain and lead.sentence <= _OPENING:
        chain = next((m.sources for m in plain if m.sources and _takes_up(m, lead)), ())
    denied = any([m.status is Status.denied for m in mentions]) or mentions[0].kind not in _SAID
    doers = {p.name for m in mentions for p in m.actor} if not denied else set()
    return chain[:-1] if chain and chain[-1] in doers else chain


def _takes_up(mention: EventMention, lead: EventMention) -> bool:
    """Whether a mention tells, as somebody's word, what the opening of the report sums up a sentence or two before."""
    near = 0 < mention.sentence - lead.sentence <= _NEXT
    return near and mention.rule.endswith(("/verb", "/light")) and mention.status is lead.status


def _evidence(mentions: Sequence[EventMention]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys([e for m in sorted(mentions, key=attrgetter("start")) for e in m.evidence]))


def _conflicts(mentions: Sequence[EventMention]) -> tuple[Conflict, ...]:
    out = []
    days = _values(mentions, lambda m: m.date)
    if len(days) > 1 and any([days_at_odds(a, b) for a in days for b in days]):
        out.append(Conflict(field="date", values=tuple(days.values())))
    times = _values(_at_odds(mentions), lambda m: m.time)
    if len(times) > 1:
        out.append(Conflict(field="time", values=tuple(times.values())))
    houses = _houses(mentions)
    if houses:
        out.append(Conflict(field="place", values=houses))
    return tuple(out)


def _houses(mentions: Sequence[EventMention]) -> tuple[ConflictValue, ...]:
    """The house of the text and another one that a caption gives."""
    for told in (m for m in mentions if m.block is not BlockKind.caption):
        for shown in (m for m in mentions if m.block is BlockKind.caption and elsewhere(told.place, m.place)):
            pair = [(m, next((e for e in m.evidence if e.field == "place"), None)) for m in (told, shown)]
            return tuple(
                ConflictValue(value=m.place.name, sources=m.sources, block=m.block.value, evidence=proof)
                for m, proof in pair if m.place is not None and proof is not None
            )  # fmt: skip
    return ()


def _values(mentions: Sequence[EventMention], value: Callable[[EventMention], str]) -> dict[str, ConflictValue]:
    """Each value once, with the words of its day, in the order of the mentions."""
    values: dict[str, ConflictValue] = {}
    for mention in mentions:
        given = value(mention)
        if not given or given in values:
            continue
        proof = next((e for e in mention.evidence if e.field == "date" and e.rule != "scene"), None)
        if proof is not None:
            values[given] = ConflictValue(value=given, sources=mention.sources, block=mention.block.value, evidence=proof)
    return values


def _at_odds(mentions: Sequence[EventMention]) -> list[EventMention]:
    """A caption and the text that give one day different hours (`8일 밤`, `8일 새벽`); sessions of one meeting are none."""
    told = [m for m in mentions if m.time in _HOURS and len(m.date) == 10 and m.block is not BlockKind.caption]
    shown = [m for m in mentions if m.time in _HOURS and m.block is BlockKind.caption]
    for caption in shown:
        for mention in told:
            (a, b), (c, d) = _HOURS[caption.time], _HOURS[mention.time]
            if caption.date == mention.date and (b <= c or d <= a):
                return [mention, caption]
    return []
