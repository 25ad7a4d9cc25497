"""From slots to roles: apply a cue's frame, and decide whether the event has what its kind needs."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.fillers import Filler
from sacho.annotate.roles import Slots
from sacho.annotate.triggers import Trigger
from sacho.lexicon.predicates import Predicates
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Record

_ACTING = {MentionKind.person, MentionKind.body, MentionKind.country, MentionKind.pair, MentionKind.group,
           MentionKind.role}  # fmt: skip
_TRAVELLERS = {MentionKind.person, MentionKind.group, MentionKind.role, MentionKind.pair}
_STATES = {MentionKind.country, MentionKind.pair, MentionKind.body, MentionKind.group}
_WORDS = load_words()
_FORMAL = frozenset(["sign", "agree", "appoint", "convene", "state"])  # done by states, bodies and those who stand for them

_DECIDED = frozenset(["accuse", "reject", "request", "threaten", "support", "state", "message", "sanction", "invite", "coerce",
                      "concede", "act", "launch", "test", "drill"])  # fmt: skip
_MOVING = frozenset(["visit", "arrive", "depart", "concede"])


class Cast(Record):
    """Mention indexes by role. `places` are candidates in text order; `destination` and `origin` name where a
    movement leads and starts, `proper` tells that an unknown name does, `along` are those who only come along."""

    actor: tuple[int, ...] = ()
    recipient: tuple[int, ...] = ()
    carrier: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    destination: tuple[int, ...] = ()
    origin: tuple[int, ...] = ()
    proper: bool = False
    along: tuple[int, ...] = ()


_NOBODY = Cast()
_GATHERINGS = ("총회", "회의", "대회", "회담")
_BY_OUTLETS = frozenset(["reject", "accuse", "threaten", "act"])
_CLAIMS = frozenset(["요구", "촉구"])  # what an outlet of a state demands in its own name
_COMMENTS = frozenset(["논평", "론평", "사설"])  # in which an outlet speaks for itself
_CAPTIVES = ("포로", "포로들", "수감자", "억류자", "인질", "인질들")  # `포로와의 교환`
_DEMANDED = ("라고", "라며")
_HARMING = ("sanction", "coerce", "attack")


def cast(
    trigger: Trigger, slots: Slots, mentions: Sequence[Mention], predicates: Predicates, outlets: frozenset[str],
    seats: frozenset[str],
) -> Cast:  # fmt: skip
    """Fill roles. A news outlet is never an actor; it reports. `seats`: the capitals, which stand for their states where they
    decide something."""
    frame = predicates.frames[trigger.cue.frame]
    roles: dict[str, list[int]] = {}
    if not slots.fillers:
        return _NOBODY
    paired = {e for f in slots.fillers if mentions[f.mention].kind is MentionKind.pair for e in mentions[f.mention].members}
    for filler in slots.fillers:
        mention = mentions[filler.mention]
        if filler.slot == "seat" and mention.name in seats and trigger.cue.kind in _DECIDED:
            roles.setdefault(str(frame.get("subj", "")), []).append(filler.mention)
            continue
        own_word = trigger.cue.kind in _BY_OUTLETS or trigger.form in _COMMENTS or (trigger.use == "verb" and trigger.form in _CLAIMS)
        if mention.entity in outlets and not own_word:
            continue
        role = _role(filler, mention, str(frame.get(filler.slot, "")), trigger, paired)
        if role is not None:
            roles.setdefault(role, []).append(filler.mention)
        if trigger.cue.kind == "aid" and filler.slot in ("loc", "dir") and mention.kind is MentionKind.place:
            roles.setdefault("recipient", []).append(filler.mention)  # `평양에 구호물자를 보냈다`
    _give_to_author(roles, trigger)
    if trigger.cue.frame == "attend" and roles.get("actor"):
        hosts = {mentions[m].country for m in roles["actor"]}  # `대통령은 위원장과 함께 공연을 관람했다`: two sides, no company
        roles["actor"] += [
            f.mention for f in slots.fillers
            if f.slot == "com" and mentions[f.mention].kind is MentionKind.person and mentions[f.mention].country not in hosts
        ]  # fmt: skip
    if trigger.cue.kind in _MOVING and trigger.use == "light":
        _give_to_owner(roles, slots)
    actor = tuple(roles.get("actor", ()))
    return Cast(
        actor=actor, recipient=tuple(roles.get("recipient", ())),
        carrier=tuple([m for m in roles.get("carrier", ()) if m not in actor]),
        places=tuple(roles.get("place", ())), destination=tuple(roles.get("destination", ())),
        origin=tuple(roles.get("origin", ())), proper=slots.proper,
    )  # fmt: skip


def _role(filler: Filler, mention: Mention, role: str, trigger: Trigger, paired: set[str]) -> str | None:
    """The role of one phrase, `role` in the frame, once it is known who or what fills it; None if it has none here. `paired`: the
    states of the pairs named around the word."""
    kind = trigger.cue.kind
    if not role and filler.slot == "possessor" and kind in _HARMING and mention.kind is not MentionKind.person:
        role = "recipient"  # `북한 선박을 제재 명단에 올렸다`, not the victim of `김정남 암살 용의자`
    if role == "recipient" and filler.slot == "obj" and kind == "request" and trigger.use == "light" and trigger.form.endswith(_DEMANDED):
        return None  # `선원들을 돌려보내라고 요구했다`
    if not role and filler.slot == "possessor" and kind == "invite" and trigger.use == "verb":
        role = "recipient"  # `장관의 방문을 초청했다`
    if not role and filler.slot == "com" and kind == "request" and trigger.use == "light":
        role = "recipient"  # `김 위원장과 만날 용의가 있다`
    if kind == "meet" and filler.slot == "obj" and mention.kind is MentionKind.body and mention.name.endswith(_GATHERINGS):
        return None  # `유엔총회를 계기로 만났다`
    if mention.rule == "group" and role == "actor" and _unfit(mention, kind):
        return None
    if mention.kind is MentionKind.place:
        return role if role in ("destination", "origin") else "" if filler.slot == "dir" else "place"  # 동해상으로 발사
    if filler.slot == "beside" and mention.kind is MentionKind.country and paired - {mention.entity} and mention.entity not in paired:
        return "place"  # `싱가포르 북미 정상회담`
    somebody = mention.kind is MentionKind.person or (trigger.cue.goes and mention.rule == "group")
    if filler.slot == "beside" and kind in _MOVING and somebody:
        return "actor"  # `고이즈미 총리 방북`, `기업인 방북`
    if role in ("place", "instrument", "topic", "occasion", "participant", ""):
        return None
    if role in ("destination", "origin") and mention.kind is MentionKind.person:
        return "recipient" if role == "destination" else ""
    return None if role == "recipient" and filler.slot == "loc" and mention.kind not in _STATES else role


def _give_to_owner(roles: dict[str, list[int]], slots: Slots) -> None:
    """`대통령은 장관의 방북을 취소했다`: whose journey it is travels, not who decides on it."""
    owners = [f.mention for f in slots.fillers if f.slot == "genitive"]
    deciding = [f.mention for f in slots.fillers if f.slot == "subj"]
    if owners and deciding and not set(owners) & set(deciding):
        roles["actor"] = [m for m in roles.get("actor", []) if m not in deciding]


def _give_to_author(roles: dict[str, list[int]], trigger: Trigger) -> None:
    """A statement is its author's; of a letter whoever hands it over is the carrier."""
    if roles.get("author") and trigger.cue.frame == "state":
        roles["actor"] = roles.pop("author")
    if roles.get("author"):
        roles["carrier"] = roles.get("actor", [])
        roles["actor"] = roles["author"]


def parties(cast: Cast, mentions: Sequence[Mention]) -> int:
    """How many parties are named: a pair counts as its members."""
    count = 0
    for m in {*cast.actor, *cast.recipient}:
        if mentions[m].kind in _ACTING:
            count += max(1, len(mentions[m].members))
    return count


def _unfit(group: Mention, kind: str) -> bool:
    """Whether groups without a name do not do such a thing: they sign nothing, craft pay no visits, captives free nobody."""
    if kind == "retreat" and group.name.endswith(_CAPTIVES):
        return True
    return kind in _FORMAL or (kind == "visit" and any(craft in group.name for craft in _WORDS.crafts))


def satisfied(trigger: Trigger, cast: Cast, mentions: Sequence[Mention]) -> bool:
    """Whether what the kind needs is there (`need` of the cue)."""
    need = trigger.cue.need
    if "nobody" in need:
        return False  # a list of those present, never an act of its own
    if "party" in need and not (cast.actor or cast.recipient):
        return False
    if "person" in need and not any(mentions[m].kind in _TRAVELLERS for m in cast.actor):
        return False
    if "somebody" in need and not any(mentions[m].kind is MentionKind.person for m in cast.actor):
        return False
    if "state" in need and not all([mentions[m].kind is MentionKind.country for m in cast.actor]):
        return False
    if "organ" in need and not any(mentions[m].kind is MentionKind.body for m in cast.actor):
        return False
    if "goal" in need and not cast.destination:
        return False
    if "two" in need and parties(cast, mentions) < 2:
        return False
    if "actor" in need and not cast.actor:
        return False
    if "recipient" in need and not cast.recipient and not trigger.toward:
        return False
    return not ("destination" in need and not (cast.destination or cast.proper or cast.places or trigger.cue.goes or cast.recipient))
