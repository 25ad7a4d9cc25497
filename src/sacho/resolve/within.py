"""One document: many mentions, few events. A cluster holds the mentions of one real-world event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.records import BlockKind, Event, EventMention, Participant, Place, Record, Status
from sacho.resolve.acts import another_act, headed, other_paper
from sacho.resolve.points import ECHO, far_from_states, next_point, step
from sacho.resolve.values import days_agree, days_apart

_CLOSE_DAYS = 3
_UNTOLD = (Status.denied, Status.proposed, Status.hypothetical)
_UNREAL = (Status.planned, Status.proposed, Status.hypothetical)
POINTING_WEIGHT = 0.3  # of a mention in the report's own words
CARRIED = "carried"  # rule of the evidence for a day or place from what stands around
_ONCE = ("arrive", "depart")
_MOVING = ("visit", "arrive", "depart")
_TOLD_BY_NOUN = ("invite", "visit")
_ONE_SIDED = ("agree-to", "reaffirm", "discuss", "meet-person", "consult")


class Cluster(Record):
    """Mentions of one event, the most telling first."""

    mentions: tuple[EventMention, ...]


def cluster(mentions: Sequence[EventMention], families: dict[str, str]) -> tuple[Cluster, ...]:
    """Group the mentions of a document, in order of their first mention.

    Full mentions are grouped first; a mention that names too few participants joins the nearest fitting group
    before it, or else after it, and is dropped if there is none.
    """
    groups: list[list[EventMention]] = []
    full = [m for m in mentions if m.weight > 0.35]
    for mention in sorted(full, key=lambda m: (m.block is BlockKind.caption, *_telling(m))):
        family = families[mention.kind]
        fitting = [g for g in groups if families[g[0].kind] == family and _same(g, mention)]
        of_day = [g for g in fitting if mention.date and any(m.date == mention.date for m in g)]
        if fitting:
            min(of_day or fitting, key=lambda g: _distance(g, mention)).append(mention)
        else:
            groups.append([mention])
    groups = _merge(groups, families)
    pictured = BlockKind.caption in [m.block for m in mentions]
    for mention in mentions:
        if mention.weight <= 0.35:
            family = families[mention.kind]
            fitting = [
                g for g in groups
                if families[g[0].kind] == family and (_points_to(g, mention) or (pictured and _depicts(g, mention)))
            ]  # fmt: skip
            if len(fitting) == 1:
                fitting[0].append(mention)
            elif fitting:
                min(fitting, key=lambda g: (_unlikely(g, mention), _strange(g, mention), _distance(g, mention))).append(mention)
            elif _stands_alone(mention):
                groups.append([msgspec.structs.replace(mention, weight=0.5)])
    groups.sort(key=lambda g: min([m.start for m in g]))
    return tuple(Cluster(mentions=tuple(group)) for group in groups)


def _stands_alone(mention: EventMention) -> bool:
    """A noun that presupposes what the text tells nowhere else (`대사와 대통령 간의 만남 소식을 전했다`): two
    people by name, in the report's own words."""
    people = {p.id for p in (*mention.actor, *mention.recipient) if p.id != p.country}
    use = mention.rule.rpartition("/")[2]
    if use in ("verb", "light") and mention.weight == POINTING_WEIGHT and (mention.actor or mention.recipient):
        if mention.kind in _MOVING:
            posted = mention.rule.startswith("take-up-post")  # `새로 부임한 대사`
            return mention.place is not None and not posted  # `숙소로 돌아왔다` tells of no journey
        if mention.kind == "meet" and mention.status in _UNTOLD:
            return False  # `접촉을 제의했다` of one side is its request
        return not mention.rule.startswith(_ONE_SIDED)  # `…하기로 했다` of one side is its own decision
    pointing = mention.rule.endswith("/pointing") and mention.weight == POINTING_WEIGHT and mention.block is BlockKind.body
    if pointing and mention.kind in _TOLD_BY_NOUN and mention.status is Status.occurred:
        return True
    return (
        mention.rule.endswith("/pointing") and mention.weight == POINTING_WEIGHT and len(people) >= 2
        and len(_countries((*mention.actor, *mention.recipient))) >= 2
        and mention.block is BlockKind.body and mention.status is Status.occurred
    )  # fmt: skip


def _telling(mention: EventMention) -> tuple[float, int, int]:
    people = len({p.id for p in (*mention.actor, *mention.recipient)})
    named = sum([p.id != p.country for p in (*mention.actor, *mention.recipient)])
    score = mention.weight + 0.5 * bool(mention.date) + 0.3 * named + 0.1 * people
    return (-score, mention.block is BlockKind.caption, mention.start)


def _merge(groups: list[list[EventMention]], families: dict[str, str]) -> list[list[EventMention]]:
    out: list[list[EventMention]] = []
    for group in groups:
        family = families[group[0].kind]
        home = next((g for g in out if families[g[0].kind] == family and all(_same(g, m) for m in group)), None)
        if home is None:
            out.append(group)
        else:
            home.extend(group)
    return out


def _unlikely(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`회담에서` without a day points to what happened sooner than to a plan, and sooner to a day than to a year."""
    if mention.date or mention.status not in (Status.occurred, Status.ongoing):
        return False
    vague = all([m.date and "/" not in m.date and len(m.date) < 10 for m in group])
    return vague or all([m.status in _UNREAL for m in group])


def _strange(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`회견에는 …이 참가하였다` is the one that the text calls so, or in which the states of those present sit."""
    if mention.participants:
        guests = {p.country for p in mention.participants if p.role == "attendee" and p.country}
        if guests and not guests <= _countries([p for m in group for p in (*m.actor, *m.recipient)]):
            return True
    if mention.kind != "meet":
        return False
    word = mention.evidence[0].quote if mention.evidence else ""
    for m in group:
        if m.evidence and not m.rule.endswith("/company"):
            told = m.evidence[0].quote
            if told == word or told.endswith(word) or word.endswith(told):
                return False
    return True


def _distance(group: Sequence[EventMention], mention: EventMention) -> tuple[int, int]:
    before = [mention.start - m.start for m in group if m.start <= mention.start]
    after = [m.start - mention.start for m in group if m.start > mention.start]
    return (0, min(before)) if before else (1, min(after))


def _same(group: Sequence[EventMention], mention: EventMention) -> bool:
    """Whether the mention tells of the event of a group of its family."""
    for m in group:
        if not _same_status(m, mention) or (m.kind in _DISTINCT and another_act(m, mention)):
            return False
    if any([_pictured(m, mention) for m in group]):
        return True
    for m in group:
        if not _same_day(m, mention) or step(m) != step(mention) or next_point(m, mention) or other_paper(m, mention):
            return False
    if mention.symmetric and far_from_states(group, mention):
        return False
    if mention.kind in _TOLD_ONCE and _of_then(group, mention):
        return False
    return _same_place(group, mention) and _counts_as(group, mention) and _same_people(group, mention)


def _of_then(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`2015년 4월 이 공장을 찾으시였던 때를 회고하시였다`: a month or a year dates no tour that the report tells without a day."""
    days = [m.date for m in group if m.date]
    return bool(mention.date) is not bool(days) and all([len(d) < len("2015-04-01") for d in (mention.date, *days) if d])


_BESIDE = (BlockKind.caption, BlockKind.headline)
_HOUSES = ("building", "site")
_DISTINCT = ("launch", "test", "attend", "ceremony", "sanction", "coerce", "state", "reject")
_SAID = ("request", "accuse", "reject", "threaten", "support", "state")
_MANY = 3
_TOLD_ONCE = ("inspect", "ceremony", "attend", "appoint", "convene", "cooperate")
_BETWEEN_TWO = ("meet", "call", "sign")


def _pictured(a: EventMention, b: EventMention) -> bool:
    """A caption or headline that gives the very occasion of the text another day: two people by name who meet, a day apart; or
    the same act in the same house, somebody in common and nobody else with a country of his own, a day or two apart. Or another
    house on the same day."""
    if (a.block in _BESIDE) is (b.block in _BESIDE) or a.kind != b.kind:
        return False
    days = (a.date, b.date)
    if not all([len(d) == 10 for d in days]):
        return False
    if days[0] == days[1]:
        return _same_two(a, b, anywhere=True) and elsewhere(a.place, b.place)
    if not 0 < days_apart(*days) <= _CLOSE_DAYS - 1:
        return False
    if _same_two(a, b) and days_apart(*days) == 1:
        return True
    if a.place is None or b.place is None or a.place.id != b.place.id or a.place.precision not in _HOUSES:
        return False
    ours, theirs = {p.id: p for p in (*a.actor, *a.recipient)}, {p.id: p for p in (*b.actor, *b.recipient)}
    strangers = [p for p in (*ours.values(), *theirs.values()) if (p.id in ours) is not (p.id in theirs)]
    return bool(ours.keys() & theirs.keys()) and len({p.country for p in strangers if p.country}) <= 1


def _depicts(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`_pictured`, of a mention that names too few."""
    return len(mention.date) == 10 and bool(mention.actor) and any([_pictured(m, mention) for m in group])


def elsewhere(a: Place | None, b: Place | None) -> bool:
    """Whether two places are two houses of one country, so that only one of them can be right."""
    if a is None or b is None or a.id == b.id or a.precision not in _HOUSES or b.precision not in _HOUSES:
        return False
    return a.country == b.country and not (a.name in b.within or b.name in a.within)


def _two_houses(a: Place, b: Place) -> bool:
    """Two works by name: a tour of the one and of the other."""
    return a.precision in _HOUSES and b.precision in _HOUSES and not (a.name.endswith(b.name) or b.name.endswith(a.name))


def _same_two(a: EventMention, b: EventMention, *, anywhere: bool = False) -> bool:
    """Two people by name who meet, the same in both, nowhere else."""
    ours, theirs = ({p.id for p in (*m.actor, *m.recipient) if p.id != p.country} for m in (a, b))
    return a.kind in _BETWEEN_TWO and a.symmetric and ours == theirs and len(ours) == 2 and (anywhere or _same_place([a], b))


def _points_to(group: Sequence[EventMention], mention: EventMention) -> bool:
    """An incomplete mention (`회담에서`) fits a group of its family whose participants hold the ones it names."""
    named = (*mention.actor, *mention.recipient)
    if named and not _all_match(named, _named_first([p for m in group for p in (*m.actor, *m.recipient)])):
        return False
    if not all([_same_day(m, mention, strict=True) for m in group]):
        return False
    if mention.date and not any(m.date for m in group):
        return False
    if not _counts_as(group, mention):
        return False
    if not _same_place(group, mention):
        return False
    return mention.rule.endswith("/pointing") or _same_status(group[0], mention)


def _counts_as(group: Sequence[EventMention], mention: EventMention) -> bool:
    """What is only counted from (`2019년 1월 이후 6년 만`) is another happening than the undated one of its line."""
    if mention.rule.endswith(ECHO):
        return any(m.date for m in group)
    return bool(mention.date) or not all([m.rule.endswith(ECHO) for m in group])


def _same_status(a: EventMention, b: EventMention) -> bool:
    if a.status is b.status:
        return True
    pair = {a.status, b.status}
    if Status.denied in pair and (a.sources or b.sources) and pair & {Status.occurred, Status.ongoing}:
        return _claimed(a) and _claimed(b)  # reported by one, denied by another
    if pair <= {Status.denied, Status.alleged} or pair <= set(_UNREAL) | {Status.cancelled}:
        return True
    if pair & {Status.occurred, Status.ongoing} and pair & set(_UNREAL):
        return bool(a.date) and a.date.removesuffix("/..") == b.date.removesuffix("/..")
    return pair <= {Status.occurred, Status.ongoing} or pair <= {Status.alleged, Status.occurred}


def _claimed(mention: EventMention) -> bool:
    return mention.status is Status.denied or bool(mention.sources)


def _same_people(group: Sequence[EventMention], mention: EventMention) -> bool:
    """All parties of one side of the comparison are found in the other; a state stands for its people."""
    ours = _named_first([p for m in group for p in (*m.actor, *m.recipient)])
    theirs = _named_first([*mention.actor, *mention.recipient])
    if not ours or not theirs:
        return False
    if mention.symmetric:
        lead, other = _countries([*group[0].actor, *group[0].recipient]), _countries(theirs)
        if min(len(lead), len(other)) > 1 and lead != other:
            return False  # a talk of two within a meeting of three
        return lead & other == min(lead, other, key=len) and (_all_match(theirs, ours) or _all_match(ours, theirs))
    if mention.kind == "convene" and _one_session(group, mention):
        return True
    if headed(group, mention):
        return True
    if mention.kind in _SAID and (_one_of_many(group, mention) or any([_in_one_breath(m, mention) for m in group])):
        return False
    actors, recipients = [q for m in group for q in m.actor], [q for m in group for q in m.recipient]
    same_actor = any(_matches(p, q) for p in mention.actor for q in actors)
    same_recipient = any(_matches(p, q) for p in mention.recipient for q in recipients)
    if mention.kind == "message" and not same_actor:  # `특사, 친서를 건네다`
        carriers = {p.id for m in group for p in m.participants if p.role == "carrier"}
        same_actor = bool(mention.actor) and {p.id for p in mention.actor} <= carriers
    if not (same_actor or same_recipient or any(m.sentence == mention.sentence for m in group)):
        return False  # one side each: `초청장을 받았다`, `청년동맹의 초청으로`
    return (same_actor or not (mention.actor and actors)) and (same_recipient or not (mention.recipient and recipients))


def _one_of_many(group: Sequence[EventMention], mention: EventMention) -> bool:
    """What one state's people say is not what three states and more say together (`미국 등 5개국의 요구로`)."""
    counts = [len(_countries(m.actor)) for m in (mention, *group) if m.actor]
    return bool(counts) and min(counts) == 1 and max(counts) >= _MANY


def _in_one_breath(a: EventMention, b: EventMention) -> bool:
    """`총리는 북한을 비난했고 정부는 항의했다`: two who say it in one sentence, a state and its own, are two."""
    if a.sentence != b.sentence or not a.weight == b.weight == 1.0 or not a.actor or not b.actor:
        return False
    return {p.id for p in a.actor}.isdisjoint([p.id for p in b.actor])


def _one_session(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`대통령실은 상임위를 열었다`, `실장이 주재한 상임위`: the office and whoever presides, of one state, by the same word."""
    states = _countries(mention.actor)
    return any(_word(m) == _word(mention) and _countries(m.actor) == states for m in group)


def _word(mention: EventMention) -> str:
    return next((e.quote for e in mention.evidence if e.field == "kind"), "")


def _named_first(people: Sequence[Participant]) -> list[Participant]:
    """A state whose people are named stands back: it would make any of its people fit."""
    peopled = {p.country for p in people if p.id != p.country}
    return [p for p in people if p.id != p.country or p.country not in peopled]


def _countries(people: Sequence[Participant]) -> set[str]:
    return {p.country or p.id for p in people}


def _all_match(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """Whether each of some is found among the others: itself, its state, or if it is a state one of its people."""
    known = {q.id for q in others}
    missing = [p for p in some if p.id not in known]
    if not missing:
        return True
    states, peopled = {q.id for q in others if q.id == q.country}, {q.country for q in others}
    return all([p.country in states or (p.id == p.country and p.id in peopled) for p in missing])


def _matches(a: Participant, b: Participant) -> bool:
    if a.id == b.id:
        return True
    if not a.country or a.country != b.country:
        return False
    return a.id == a.country or b.id == b.country


def _same_place(group: Sequence[EventMention], mention: EventMention) -> bool:
    """Two narrow places that do not hold each other are two happenings; a wider place says nothing."""
    if mention.place is None:
        return True
    for m in group:
        if m.place is None or m.place.id == mention.place.id:
            continue
        if m.place.country and mention.place.country and m.place.country != mention.place.country:
            return False
        inside = m.place.name in mention.place.within or mention.place.name in m.place.within
        toured = mention.kind == "inspect" and _two_houses(m.place, mention.place)
        if not inside and (toured or (m.place.within and mention.place.within)):
            return False
    return True


def _same_day(a: EventMention, b: EventMention, *, strict: bool = False) -> bool:
    if not a.date or not b.date or days_agree(a.date, b.date):
        return True
    if a.kind == "drill" and (_ends(a.date, b.date) or _ends(b.date, a.date)):
        return True
    if strict or a.kind not in _ONCE or (a.block is b.block and a.sources == b.sources):
        return False  # one voice in one place does not contradict itself: two arrivals
    return 0 < days_apart(a.date, b.date) <= _CLOSE_DAYS


def _ends(end: str, first: str) -> bool:
    """Whether what began on a day may have ended on another: `9일 시작된 연습은`, `20일까지 계속된다`."""
    return end.startswith("../") and len(first) == 10 and first < end[3:]


def leading(group: Cluster) -> list[EventMention]:
    """The mentions of an event, the one that decides its fields first."""
    if len(group.mentions) == 1:
        return list(group.mentions)
    return sorted(group.mentions, key=lambda m: (m.block is BlockKind.caption, -m.weight, m.start))


def carried(event: Event, field: str) -> bool:
    """Whether the day or place of the event is only carried over, so that it says nothing against another."""
    return {e.rule for e in event.evidence if e.field == field} == {CARRIED}


def day_of(mentions: Sequence[EventMention]) -> str:
    """The most precise value that agrees with the leading one."""
    if len(mentions) == 1:
        return mentions[0].date
    values = [m.date for m in mentions if m.date]
    if not values:
        return ""
    lead = values[0]
    fitting = [v for v in values if days_agree(v, lead)]
    best = max(fitting, key=lambda v: (len(v.partition("/")[0].rstrip(".")), -fitting.index(v)))
    end = next((v for v in values if _ends(v, best)), "") if mentions[0].kind == "drill" else ""
    return f"{best}/{end[3:]}" if end else best
