"""`양국`, `두 정상`, `두 장관`: whom they take together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sacho.annotate.atoms import Scene
from sacho.annotate.offices import best_tenure, core_title, is_leader, is_minister
from sacho.annotate.roster import Roster
from sacho.records import Mention, MentionKind

_REACH = 1200  # characters back that a collective looks
_WEIGHT = {MentionKind.person: 2.0, MentionKind.pair: 2.0, MentionKind.country: 1.0, MentionKind.body: 1.0, MentionKind.group: 1.0}
_NEWS = "JRN"
_TOGETHER = 300  # letters back that two who act together are looked for beyond a pair
_TOPIC, _BOTH = ("은", "는"), (" 양", " 두 ", " 정상", " 간", " 간의")


def states_in_focus(before: Sequence[Mention], at: int, count: int, text: str) -> tuple[str, ...]:
    """The states most spoken of just before, in the order of their weight; fewer than `count`: none. Those of two who act
    together (`양 장관은 … 양측은`) come before a pair that is only spoken of (`러·북 군사협력`)."""
    scores: dict[str, float] = {}
    spoken_of: tuple[str, ...] = ()
    for mention in reversed(before):
        if at - mention.end > _REACH:
            break
        if spoken_of and at - mention.end > _TOGETHER:
            return spoken_of
        weight = _WEIGHT.get(mention.kind, 0.0) / (1 + (at - mention.end) / 120)
        if len(mention.members) == count and mention.rule == "collective" and text.startswith(_TOPIC, mention.end):
            own = dict.fromkeys(m.country for e in mention.members for m in before if m.entity == e and m.kind is MentionKind.person)
            if len(own) == count and "" not in own:
                return tuple(own)
        if mention.sector == _NEWS or not weight:
            continue
        if mention.kind is MentionKind.pair and len(mention.members) == count and at - mention.end < 150 and not spoken_of:
            if text[mention.end : mention.end + 1] != " " or text.startswith(_BOTH, mention.end):
                return mention.members
            spoken_of = mention.members
        for code in mention.members if mention.kind is MentionKind.pair else (mention.country,):
            if code:
                scores[code] = scores.get(code, 0.0) + weight
    if spoken_of:
        return spoken_of
    best = sorted(scores, key=lambda code: -scores[code])[:count]
    return tuple(best) if len(best) == count else ()


def people_in_focus(
    scene: Scene, roster: Roster, before: Sequence[Mention], *, who: str, count: int
) -> tuple[str, ...]:
    """The people of that rank most recently named, one a state, in the order in which they were named; fewer than
    `count`: none."""
    test = _rank_test(scene, roster, who)
    found: dict[str, str] = {}
    for mention in reversed(before):
        if mention.kind is not MentionKind.person or mention.entity in found.values():
            continue
        if who != "persons" and not mention.country:
            continue
        if who == "persons" and core_title(mention.office, scene.lexicon) in scene.rules.spokesmen:
            continue
        if mention.country not in found and test(mention.entity):
            found[mention.country] = _in_office(scene, roster, mention.entity, who)
        if len(found) == count:
            return tuple(reversed(found.values()))
    return ()


def _in_office(scene: Scene, roster: Roster, entity: str, who: str) -> str:
    """The leader in office whom the report names instead of one of his state who no longer was on its day: `전 대통령의 교토 방문`."""
    if who != "leaders" or not scene.published or _rules(scene, entity):
        return entity
    country = roster.entries[entity].country if entity in roster.entries else ""
    return next((e.entity for e in roster.entries.values() if country and e.country == country and _rules(scene, e.entity)), entity)


def _rules(scene: Scene, entity: str) -> bool:
    return any(is_leader(t.title, scene.lexicon, scene.rules) for t in scene.lexicon.offices_of(entity, scene.published))


def people_of_states(scene: Scene, roster: Roster, states: Sequence[str], *, who: str) -> tuple[str, ...]:
    """For each state the person of that rank: named in the report, else in office on its day, else the state."""
    test = _rank_test(scene, roster, who)
    out = []
    for code in states:
        named = next((e.entity for e in roster.entries.values() if e.country == code and test(e.entity)), "")
        out.append(named or (_leader(scene, code) if who == "leaders" else "") or code)
    return tuple(out)


def _leader(scene: Scene, code: str) -> str:
    if not scene.published:
        return ""
    holders = (scene.lexicon.holder_of(title, code, scene.published) for title in scene.rules.first_leaders)
    return next((h for h in holders if h), "")


def _rank_test(scene: Scene, roster: Roster, who: str) -> Callable[[str], bool]:
    if who == "persons":
        return _anybody
    return partial(_has_rank, scene, roster, who)


def _anybody(entity: str) -> bool:
    return bool(entity)


def _has_rank(scene: Scene, roster: Roster, who: str, entity: str) -> bool:
    is_rank = is_leader if who == "leaders" else is_minister
    entry = roster.entries.get(entity)
    if entry is not None and any(is_rank(o, scene.lexicon, scene.rules) for o in entry.offices):
        return True
    held = scene.lexicon.offices_of(entity, scene.published) if scene.published else ()
    return any(is_rank(t.title, scene.lexicon, scene.rules) for t in held) or (
        not held and best_tenure("대통령" if who == "leaders" else "장관", entity, "", scene.lexicon, scene.rules)[0] > 1
    )
