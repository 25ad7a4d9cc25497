"""From mentions to participants: who they are, for whom they stand, what office they held on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sacho.annotate.frames import Cast
from sacho.annotate.leads import find_leads, find_spouses, is_couple
from sacho.annotate.triggers import Trigger
from sacho.annotate.venues import Venue
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Kind
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Participant, Place

# Of which rank the people of a pair are: `한미 정상`, `한중 외교장관`.
_GLOSS = re.compile(r"\([\u4e00-\u9fff]{1,8}\)")  # `쿤룬(崑崙)호텔`
_LEVEL = re.compile(
    r"\s?(?:양국\s)?(?:(?P<leaders>정상|수뇌)|(?P<ministers>외교\s?장관|외무\s?장관|외교\s?수장|외상|외무상)|(?P<defence>국방))"
)
ARMED = ("launch", "test", "drill")
_NEAR = 24  # letters
_IN_BATTLE = ("생포", "사로잡")
_SENT = ("파병", "파견", "증파", "추가파병", "급파")
_SAID_OF = ("accuse", "request", "threaten", "reject")
_OFFICES = {
    "leaders": re.compile(r"대통령|주석|국무위원장|총리|총비서|국방위원장|^위원장"),
    "ministers": re.compile(r"외교부\s?장관|외무상|외무장관|외교부장|국무장관|외교장관|외무대신|외상|^장관|^부장|^상$"),
    "defence": re.compile(r"국방|방위"),
}


def _level(text: str, mention: Mention) -> re.Pattern[str] | None:
    match = _LEVEL.match(text, mention.head_end)
    return _OFFICES[match.lastgroup or ""] if match is not None else None


@lru_cache(maxsize=4)
def _outlet_names(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(outlet.name for outlet in lexicon.outlets.values())


@lru_cache(maxsize=1 << 12)
def place_of(key: str, lexicon: Lexicon) -> Place:
    """The record of a place of the gazetteer."""
    entry = lexicon.places[key]
    return Place(id=key, name=entry.name, name_en=entry.en, within=tuple(_chain(entry.within, lexicon)), country=entry.country,
                 lat=entry.lat, lon=entry.lon, precision=entry.precision)  # fmt: skip


def _chain(above: str, lexicon: Lexicon) -> Iterable[str]:
    """Names of the places around one, narrowest first, the state last."""
    seen: set[str] = set()
    while above and above not in seen:
        seen.add(above)
        entry = lexicon.places.get(above)
        if entry is None:
            if above in lexicon.countries:
                yield lexicon.countries[above].name
            return
        yield entry.name
        above = entry.within


class Casting:
    """Turns the mentions of one document into participants and places."""

    def __init__(self, text: str, mentions: Sequence[Mention], lexicon: Lexicon, *, aligned: str = "") -> None:
        """`aligned` is the text in ROK spelling, of the same length."""
        self.text, self.mentions, self.lexicon, self.aligned = text, mentions, lexicon, aligned or text
        self._made: dict[tuple[int, bool], list[Participant]] = {}
        self.outlet_names = _outlet_names(lexicon)
        self._leads = find_leads(text, mentions)
        self._spouses = find_spouses(text, mentions) if "부부" in text or "내외" in text else {}

    def sides(
        self, trigger: Trigger, roles: Cast, kind: Kind, *, current: bool
    ) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
        """Actor and recipient. A movement's recipient is the country it leads to (or leaves). `current`: the event
        is of the report's own year, so that `한미 정상` are the leaders the text names."""
        actor = self.people(roles.actor, current=current)
        if kind.id in ARMED:
            actor = self._armed(trigger, actor)
        if actor and (kind.id == "deploy" or trigger.form in _IN_BATTLE):
            actor = self._sending(trigger, actor)
        recipient = self.people(roles.recipient, {p.id for p in actor}, current=current)
        if kind.id in _SAID_OF:
            recipient = self._answerable(recipient)
        if trigger.toward and not recipient and not kind.symmetric:
            recipient = self.states([trigger.toward])
        if kind.family in ("visit", "arrive", "depart", "deploy") and not recipient:
            recipient = self._countries(trigger, roles, actor)
        return actor, recipient

    def _sending(self, trigger: Trigger, actor: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Whose forces move: of a ministry or party that tells of it (`국방성은 무력을 배치하겠다고`), and of troops that are sent
        (`파병된 군인들`), their state."""
        sent = trigger.cue.frame == "moved" and trigger.form in _SENT
        bodies = [p for p in actor if p.country and p.id in self.lexicon.bodies and self._civil(p)]
        if trigger.form in _IN_BATTLE:  # `대통령은 병사 두 명을 생포했다고`
            bodies += [p for p in actor if p.country and p.id in self.lexicon.people]
        whole = bodies + [p for p in actor if sent and p.country and p.id.startswith("group:")]
        if not whole:
            return actor
        states = self.states(dict.fromkeys(p.country for p in whole))
        kept = [p for p in actor if p not in whole]
        return (*kept, *(s for s in states if s.id not in {p.id for p in kept}))

    def _answerable(self, recipient: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Who is charged with what a craft did: its state (`미군 정찰기가 침범했다고 주장했다`)."""
        if not any([_is_craft(p) for p in recipient]):
            return recipient
        states = self.states(dict.fromkeys(p.country for p in recipient if _is_craft(p)))
        kept = tuple([p for p in recipient if not _is_craft(p)])
        return kept + tuple([s for s in states if s.id not in {p.id for p in kept}])

    def _armed(self, trigger: Trigger, actor: tuple[Participant, ...]) -> tuple[Participant, ...]:
        """Who launches, tests or trains: a ministry or party speaks of what its state does (`외무성은 위성을 쏘아올렸다고`), its
        leader guides it (`위원장이 훈련을 지도했다`), and a drill or test with a name of its own is that of its states."""
        owner = self._of_weapon(trigger) if trigger.cue.kind == "launch" else ()
        if owner and not {p.country for p in actor} & {p.id for p in owner}:
            return owner
        if actor and all([p.id == p.country for p in actor]):
            return actor
        named = self._of_name(trigger)
        if named and {p.country for p in actor} <= {p.id for p in named}:
            return named
        own = [p for p in actor if not self._civil(p) and (p.country or not p.id.startswith("group:"))]
        states = self.states(dict.fromkeys(p.country for p in actor if self._civil(p)))
        return tuple(own) + tuple(s for s in states if s.id not in {p.country for p in own})

    def _civil(self, participant: Participant) -> bool:
        body = self.lexicon.bodies.get(participant.id)
        if participant.country and (participant.id in self.lexicon.people or participant.id.startswith("group:")):
            return True
        return body is not None and (body.sector not in ("MIL", "REB") or body.kind == "ministry")

    def _of_name(self, trigger: Trigger) -> tuple[Participant, ...]:
        """The states of a drill or test which the words before or around the trigger name: `키리졸브 연습이 열렸다`."""
        start = max(self.text.rfind("\n", 0, trigger.start), self.text.rfind(". ", 0, trigger.start), trigger.start - 40, 0)
        words = self.text[start : trigger.end]
        return next((self.states(states) for name, states in load_words().named_drills.items() if name in words), ())

    def _of_weapon(self, trigger: Trigger) -> tuple[Participant, ...]:
        """The state whose weapon the words right before or behind the trigger name: `'화성-12'형을 발사한 지 이레 만이다`."""
        words = self.text[max(self.text.rfind(". ", 0, trigger.start), trigger.start - _NEAR, 0) : trigger.end + _NEAR // 3]
        owners = [state for name, state in load_words().named_weapons.items() if name in words]
        return self.states(owners[:1]) if len(set(owners)) == 1 else ()

    def third(self, roles: Cast) -> tuple[Participant, ...]:
        along = [_with_role(p, "attendee") for p in self.people(roles.along)] if roles.along else []
        return (*along, *(_with_role(p, "carrier") for p in self.people(roles.carrier)))

    def distinct(
        self, kind: Kind, trigger: Trigger, actor: Sequence[Participant], recipient: Sequence[Participant]
    ) -> bool:
        """Whether a mutual act has two different parties: nobody meets his own country."""
        if "two" not in trigger.cue.need:
            return True
        everyone = [*actor, *recipient]
        if len(everyone) < 2:
            return False
        ids = {p.id for p in everyone}
        states = {p.id for p in everyone if p.id == p.country}
        return len(ids) >= 2 and not (len(ids) == 2 and any(p.country in states - {p.id} for p in everyone))

    def place(self, m: int) -> Place:
        """The place record of a mention: from the gazetteer, or a country."""
        mention = self.mentions[m]
        entry = self.lexicon.places.get(mention.entity)
        if entry is None:
            return Place(id=mention.entity, name=mention.name, name_en=mention.name_en, country=mention.country,
                         precision="country" if mention.kind is MentionKind.country else "")  # fmt: skip
        return place_of(mention.entity, self.lexicon)

    def venue(self, venue: Venue) -> Place | None:
        """The place record of a venue; a building known only by its words stands in the town before it."""
        if venue.words is None:
            return self.place(venue.mention) if venue.mention >= 0 else None
        name = _GLOSS.sub("", self.aligned[venue.words[0] : venue.words[1]])
        town = self.place(venue.town) if venue.town >= 0 else None
        if town is None:
            return Place(id=f"name:{name}", name=name, precision="building")
        return Place(id=f"name:{name}", name=name, within=(town.name, *town.within), country=town.country, precision="building")

    def states(self, codes: Iterable[str]) -> tuple[Participant, ...]:
        """The states of these codes as participants."""
        states = [self.lexicon.countries[code] for code in codes if code in self.lexicon.countries]
        return tuple(
            Participant(id=c.id, name=c.name, as_written=c.name, name_en=c.en, country=c.id, sector="GOV") for c in states
        )

    def people(
        self, group: Iterable[int], taken: set[str] | None = None, *, current: bool = False
    ) -> tuple[Participant, ...]:
        """Participants of mentions, each once, without those already `taken`."""
        out: dict[str, Participant] = {}
        for m in group:
            found = self._made.get((m, current))
            if found is None:
                level = _level(self.text, self.mentions[m]) if current else None
                found = self._made[m, current] = self._participants(self.mentions[m], level)
            for participant in found:
                if not taken or participant.id not in taken:
                    out.setdefault(participant.id, participant)
        return tuple(out.values())

    def _participants(self, mention: Mention, level: re.Pattern[str] | None = None) -> list[Participant]:
        if mention.members:
            members = [self._at_level(entity, level) for entity in mention.members]
            return [p for entity in members if (p := self._entity(entity, mention)) is not None]
        if mention.kind is MentionKind.place:  # a capital that acts
            return list(self.states([mention.country]))
        lead = self._leads.get(mention.entity) if mention.kind is MentionKind.group else None
        first = self._participants(self.mentions[lead]) if lead is not None else []
        spouse = self._spouses.get(mention.entity) if self._spouses and is_couple(self.text, mention) else None
        other = [self._alone(self.mentions[spouse])] if spouse is not None else []
        return [*first, self._alone(mention), *other]

    def _alone(self, mention: Mention) -> Participant:
        return Participant(
            id=mention.entity, name=mention.name, as_written=self.text[mention.start : mention.end], name_en=mention.name_en,
            country=mention.country, sector=mention.sector, office=mention.office,
        )  # fmt: skip

    def _at_level(self, entity: str, level: re.Pattern[str] | None) -> str:
        """The person of that state whom the text names with an office of that level, else the state."""
        if level is None or entity not in self.lexicon.countries:
            return entity
        named = [m for m in self.mentions if m.kind is MentionKind.person and m.country == entity and level.search(m.office)]
        return named[0].entity if named else entity

    def _entity(self, entity: str, mention: Mention) -> Participant | None:
        country = self.lexicon.countries.get(entity)
        if country is not None:
            return Participant(id=entity, name=country.name, as_written=self.text[mention.start : mention.end], name_en=country.en,
                               country=entity, sector="GOV")  # fmt: skip
        person = self.lexicon.people.get(entity)
        if person is not None:
            name = next((m.name for m in self.mentions if m.entity == entity), person.name)
            return Participant(id=entity, name=name, as_written=self.text[mention.start : mention.end], name_en=person.en,
                               country=person.country, sector=person.sector)  # fmt: skip
        body = self.lexicon.bodies.get(entity)
        if body is not None:
            return Participant(id=entity, name=body.name, as_written=self.text[mention.start : mention.end], name_en=body.en,
                               country=body.country, sector=body.sector)  # fmt: skip
        known = next((m for m in self.mentions if m.entity == entity), None)
        if known is None:
            return None
        return Participant(id=entity, name=known.name, as_written=self.text[mention.start : mention.end], name_en=known.name_en,
                           country=known.country, sector=known.sector)  # fmt: skip

    def _countries(self, trigger: Trigger, roles: Cast, actor: Sequence[Participant]) -> tuple[Participant, ...]:
        """The state that a movement leads to, or leaves; a journey through several leads to all of them."""
        codes: list[str] = []
        if trigger.form in trigger.cue.goes:
            codes.append(trigger.cue.goes[trigger.form])
        for m in (*roles.destination, *roles.origin):
            code = self._state_named(self.mentions[m])
            through = trigger.cue.kind == "visit" and self.mentions[m].kind is MentionKind.country and m in roles.destination
            if code and code not in codes and (not codes or through):
                codes.append(code)
        return self.states([code for code in codes if not all(p.country == code for p in actor)])

    def _state_named(self, mention: Mention) -> str:
        """The state that the words name: `베트남 하노이`; a town alone names none."""
        if mention.kind is MentionKind.place and mention.start == mention.head_start:
            return ""
        return mention.country


def _is_craft(participant: Participant) -> bool:
    grouped = bool(participant.country) and participant.id.startswith("group:")
    return grouped and any(craft in participant.name for craft in load_words().crafts)


def _with_role(participant: Participant, role: str) -> Participant:
    return Participant(
        id=participant.id, name=participant.name, as_written=participant.as_written, name_en=participant.name_en,
        country=participant.country, sector=participant.sector, office=participant.office, role=role,
    )  # fmt: skip
