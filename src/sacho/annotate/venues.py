"""Where: the place that belongs to a trigger, from the gazetteer or, of a building that no gazetteer has, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.frames import Cast
from sacho.annotate.phrases import Unit
from sacho.annotate.roles import Slots
from sacho.annotate.settings import is_invited, is_under_way
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Record, Token

_SEATED = frozenset(["meet", "sign", "agree", "ceremony", "message", "convene", "attend", "appoint", "protest"])
_TOLD = frozenset(["accuse", "request", "reject", "threaten", "support", "concede"])
_GOING = frozenset(["visit", "arrive", "inspect"])
_MOVING = (
    "방문", "찾", "도착", "머물", "머무르", "들르", "건너가", "체류", "들어가", "방한", "방북",
    "둘러보", "가", "옮기", "이동", "들어오", "부르", "초치",
)  # fmt: skip
_PLACED = ("at", "atgen", "loc")
_SITE = re.compile(
    r"(?:청사|회관|궁전|궁|호텔|영빈관|초대소|공항|비행장|회담장|의사당|접견실|관저|공관|기지|역|센터|극장|경기장|하우스|벙커|빌딩|대학|대학교"
    r"|학교|의집|리조트|골프장|묘지|묘|사원|성당|광장|공원|박물관|미술관|항|부두|본부|대사관|총영사관|사무소|공단|초소|훈련장|발사장|시험장"
    r"|조선소|공장|농장|병원|체육관|타워|식당|음식점|별장|사저|숙소|전시장|행사장|단지|산장|휴게소|회의장|대강당|강당|연구소|국빈관|빈관"
    r"|목장|유치원|관제소|사령부|부대|여단|사단|군단|함대|전대|대표부|조의식장|장례식장|빈소|릉원|렬사릉|열사릉|구락부|집무실|알현실|대연회장|연회장"
    r"|수용소|해수욕장|탄광|광산|발전소|댐|터미널|승강장|경마장|스키장|휴양소|료양소|요양소|야영소|소년궁전|육아원|애육원|보육원|백화점|건설장"
    r"|전적지|사적지|기념관|전시관|민예관|기념비|추모비|탑|추모공원|현충원|협동농장|양어장|과수원|온실농장|제철소|제강소|변전소|교회|사찰|도서관|문화원|상점|시장통"
    r"|[가-힣]홀|[가-힣]룸|누각|공업지구|관광지구|출입국사무소|출입사무소|군항|격납고|조차장|막사|대기실|접경지|캠프|요새|성채|수도원|유적지|체육촌|선수촌)$"
)
# Nouns that name no house by themselves (`회담장에서`): they point to the one told before.
_COMMON = re.compile(
    r"(?:회담장|접견실|관저|공관|기지|역|센터|묘|항|부두|본부|초소|훈련장|발사장|시험장|(?:생산|군수)?공장|농장|병원|식당|음식점|별장|사저|숙소|전시장|행사장|단지"
    r"|회의장|강당|연회장|조의식장|빈소|집무실|부대|사령부|목장|현장|건설장|광장|청사|호텔|공항|비행장|대사관|총영사관|사무소|승강장|대표부|학교|대학|탑|벙커|극장|공단)$"
)
_GATHERED = ("회의", "위원회", "총회", "이사회", "대회")  # bodies that have no house
_MARKS = "'‘’\"“”《》「」『』〈〉<>[]()·◇▲△▷▶"
_AIRPORT = ("공항", "비행장")
_WORKS = frozenset(["건설장", "건설현장", "공사장", "건설지", "개발지구", "시공현장"])  # of what stands before
_LONGEST = 24
_PAPER = re.compile(r"\s?(?:공동\s?)?(?:선언|성명|조약|협정|합의|의정서|구상|코뮈니케|각서)")  # `'모스크바 선언'에 서명했다`
_SPEAKING = _TOLD | {"state"}
_HALL = re.compile(r"\s?(?:[가-힣]+\s)?(?:청사|본부|건물|회관|정문|앞|집무실|기자실|브리핑실|회의실|접견실|강당)")
_PALACES = ("청와대", "백악관", "크렘린", "크렘린궁", "대통령실", "관저", "공저")
_CITY_STATES = frozenset(["SGP", "VAT", "MCO", "LUX"])  # one town: `싱가포르에서 만났다`
_AT_CITY = ("at", "atgen", "loc", "dir", "gen", "obj")
_AT = re.compile(r"(?:에서|에\s(?:도착|내려|머물|들러|모여|와)|서\s|의\s[가-힣]+에서|로\s(?:가|건너가|날아가)\s|\s[가-힣]+(?:에서|섬))")
_PASSING = frozenset(["depart", "arrive", "retreat"])
_MEETING = frozenset(["meet", "agree", "sign", "message"])
_ARRIVING = ("방문하", "찾", "도착하")
_HELD = frozenset(["coerce", "ceremony", "inspect"])
_SET_UP = ("마련되", "차려지", "설치되", "꾸려지", "들어오", "정박하", "입항하", "머물")
_MISSIONS = ("대사관", "총영사관", "대표부", "사무소", "연락사무소")
_GATES = ("기지", "공항", "비행장", "역", "항")  # where one arrives, and does not stay
_VIA = ("거치", "통하", "경유")
_TOPICS = ("서는", "서도", "에선")
_BEFORE = re.compile(r"\s?(?:(?:정|후)?문\s?)?앞$")


class Venue(Record):
    """A place mention (index, -1 for none), or the words of a building (offsets, half-open) with the place mention of
    the town before it."""

    mention: int = -1
    words: tuple[int, int] | None = None
    town: int = -1


class _Ground(Record):
    """What the search looks at."""

    units: Sequence[Unit]
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]
    tokens: Sequence[Token]
    text: str


def find_venue(
    trigger: Trigger, roles: Cast, slots: Slots, units: Sequence[Unit], clauses: Sequence[Clause],
    mentions: Sequence[Mention], tokens: Sequence[Token], text: str,
) -> Venue:  # fmt: skip
    """The narrowest place the clause names: the destination or origin of a movement, else a place in the clause, a
    house named there, or the place that the clause before led to; a building behind the town wins over the town."""
    if is_invited(trigger.cue.kind, trigger.start, text):
        return Venue()
    ground = _Ground(units=units, clauses=clauses, mentions=mentions, tokens=tokens, text=text)
    if trigger.cue.kind in _TOLD:
        named = {m for unit in units if unit.case == "loc" for m in unit.mentions}  # `평양에 촉구했다`: the state
        roles = msgspec.structs.replace(roles, places=tuple(m for m in roles.places if m not in named))
        slots = msgspec.structs.replace(slots, units=tuple(k for k in slots.units if units[k].case != "loc"))
    elif is_under_way(trigger.cue.kind, trigger.end, text):
        roles = msgspec.structs.replace(roles, places=(), origin=())
        slots = msgspec.structs.replace(slots, units=tuple(k for k in slots.units if units[k].case != "at"))
    stages = _stage_units(trigger, slots, ground)
    m = _place(trigger, roles, slots, stages, ground)
    if m >= 0 and mentions[m].kind is MentionKind.place:
        return _narrowed(trigger, m, slots, ground)
    if m >= 0 and mentions[m].kind is MentionKind.body:
        return _house(m, ground)
    if m >= 0 and not (trigger.cue.kind in _GOING and mentions[m].kind is MentionKind.country):
        return Venue(mention=m)
    for k in _site_units(trigger, slots, stages, ground):
        found = _site(k, ground)
        if found.words is not None or found.mention >= 0:
            return found
    if trigger.use != "bare" and (len(clauses) > 1 or trigger.cue.kind in _PASSING):
        led = _before(trigger, roles, slots, ground)
        if led.words is not None or led.mention >= 0:
            return led
    if trigger.cue.kind in _GOING:
        seat = next((d for d in roles.destination if mentions[d].kind is MentionKind.body and mentions[d].rule != "outlet"), -1)
        if seat >= 0 and not mentions[seat].office and not mentions[seat].name.endswith(_GATHERED):
            return Venue(mention=seat)
    return Venue(mention=m)


def _place(trigger: Trigger, roles: Cast, slots: Slots, stages: Sequence[int], ground: _Ground) -> int:
    """Index of the mention that names the place, -1 if none. `stages` as in `_stage_units`."""
    units, mentions = ground.units, ground.mentions
    leaving = trigger.cue.kind == "depart"
    for group in (() if leaving else roles.destination, roles.origin, roles.places):
        for m in sorted(group, reverse=True) if group else ():
            if mentions[m].kind is MentionKind.place and not (leaving and ground.text.startswith("행", mentions[m].end)):
                return m
    for m in roles.places:
        about = trigger.cue.kind == "call" and not ground.text.startswith("에서", mentions[m].end)  # `북한 발사 관련 통화`
        if mentions[m].kind is MentionKind.country and not about:
            return m
    around = [*slots.units, *stages]
    if leaving:
        around = [k for k in around if not any(ground.text.startswith("행", mentions[m].end) for m in units[k].mentions)]
    found = -1
    for k in around:
        found = _place_at(k, ground)
        if found >= 0:
            return found
    if trigger.cue.kind in _SEATED:
        found = next((m for k in around if (m := _land_at(units[k], mentions, roles)) >= 0), -1)
    if found < 0 and trigger.cue.kind in _SEATED:
        found = next((m for k in around if (m := _house_at(units, k, mentions, roles)) >= 0), -1)
    elif found < 0 and trigger.cue.kind in _SPEAKING:
        found = next((m for k in _stands(trigger, around, units) if (m := _hall_at(k, ground, roles)) >= 0), -1)
    return found


def _stands(trigger: Trigger, around: Sequence[int], units: Sequence[Unit]) -> list[int]:
    """Phrases of the clause, and that behind the topic of the sentence: `기업인들은 청사에서 [허락해 달라고] 호소했다`."""
    led = [1] if len(units) > 1 and trigger.unit > 1 and (units[0].topic or units[0].case == "subj") else []
    return [k for k in dict.fromkeys([*around, *led]) if units[k].case == "at"]


def _hall_at(k: int, ground: _Ground, roles: Cast) -> int:
    """A body where somebody speaks: in its house (`통일부 청사에서`), in a palace (`청와대에서`), before a gathering (`이사회에서`)."""
    m = _house_at(ground.units, k, ground.mentions, roles)
    if m < 0 or ground.units[k].topic:
        return -1
    behind = ground.text[ground.mentions[m].end : ground.units[k].end]
    hall = _HALL.match(behind) or ground.mentions[m].name.endswith((*_GATHERED, *_PALACES))
    return m if hall else -1


def _place_at(k: int, ground: _Ground) -> int:
    units = ground.units
    if units[k].case not in _PLACED or (units[k].topic and not ground.text.startswith(_TOPICS, units[k].end - 2)):
        return -1
    while k >= 0 and not units[k].is_predicate:
        found = _place_in(units[k], ground)
        if found >= 0:
            return found
        k -= 1
        if units[k].case not in ("gen", "bare") or units[k].timexes:
            break
    return -1


def _place_in(unit: Unit, ground: _Ground) -> int:
    for m in reversed(unit.mentions):
        state = ground.mentions[m].entity in _CITY_STATES and unit.case in _AT_CITY
        place = ground.mentions[m].kind is MentionKind.place or (state and _AT.match(ground.text, ground.mentions[m].end) is not None)
        if place and _PAPER.match(ground.text, ground.mentions[m].end) is None:
            return m
    return -1


def _land_at(unit: Unit, mentions: Sequence[Mention], roles: Cast) -> int:
    """A country where something is held: `과테말라에서 열린 회의에서`."""
    if unit.case not in ("at", "atgen") or unit.topic or not unit.mentions:
        return -1
    last = unit.mentions[-1]
    return last if mentions[last].kind is MentionKind.country and last not in {*roles.actor, *roles.recipient} else -1


def _house_at(units: Sequence[Unit], k: int, mentions: Sequence[Mention], roles: Cast) -> int:
    """A body as the house it sits in: `크렘린궁에서 만났다`, `청와대로 대통령을 예방했다`."""
    if units[k].case not in ("at", "dir") or not units[k].mentions:
        return -1
    last = units[k].mentions[-1]
    taken = {*roles.actor, *roles.recipient}
    seat = mentions[last].kind is MentionKind.body and mentions[last].rule != "outlet" and not mentions[last].office
    return last if seat and last not in taken else -1


def _seat_in(unit: Unit, ground: _Ground, roles: Cast) -> int:
    last = unit.mentions[-1] if unit.mentions else -1
    seat = last >= 0 and ground.mentions[last].kind is MentionKind.body and not ground.mentions[last].office
    gathered = seat and ground.mentions[last].name.endswith(_GATHERED)
    return last if seat and not gathered and last not in {*roles.actor, *roles.recipient} else -1


def _before(trigger: Trigger, roles: Cast, slots: Slots, ground: _Ground) -> Venue:
    """The place that the clauses before led to, or by which somebody comes or goes (`판문점을 거쳐 돌아갔다`)."""
    units = ground.units
    if trigger.cue.kind in _HELD and trigger.clause >= 0:
        inner = _set_up(ground.clauses[trigger.clause], units, ground.clauses)
        m = next((m for k in inner if (m := _place_in(units[k], ground)) >= 0), -1)
        if m >= 0:
            return Venue(mention=m)
    if trigger.cue.kind in _PASSING:
        m = next((m for k in _passed(trigger, ground) if (m := _place_in(units[k], ground)) >= 0), -1)
        if m >= 0:
            return Venue(mention=m)
    if trigger.cue.kind in _GOING:
        return Venue()
    led = _led_to(trigger, units, ground.clauses)
    if trigger.cue.kind in _SEATED:
        m = next((m for k in led if (m := _place_in(units[k], ground)) >= 0), -1)
        if m >= 0:
            return _narrowed(trigger, m, slots, ground)
    if trigger.cue.kind in _SEATED | _SPEAKING:
        m = next((m for k in led if units[k].case == "obj" and (m := _seat_in(units[k], ground, roles)) >= 0), -1)
        if m >= 0:
            return Venue(mention=m)  # `경찰청을 찾아 항의문을 들이댔다`
    site = next((found for k in led if (found := _site(k, ground)).words is not None or found.mention >= 0), Venue())
    if site.words is not None or site.mention >= 0:
        return site
    towns = [m for k in _arrived(trigger, ground) if (m := _place_in(units[k], ground)) >= 0]
    return Venue(mention=next((m for m in towns if not ground.text[: ground.mentions[m].end].endswith(_GATES)), -1))


def _arrived(trigger: Trigger, ground: _Ground) -> list[int]:
    """Phrases of a clause before one of the two who meet: `[베이징에 도착한] 장관은 …와 협상했다`, `[평양을 방문한] 사장단과 만났다`."""
    if trigger.clause < 0 or trigger.cue.kind not in _MEETING:
        return []
    own = ground.clauses[trigger.clause]
    parties = {own.subject, *(k for k in own.arguments if ground.units[k].case in ("com", "obj"))}
    out: list[int] = []
    for clause in ground.clauses:
        verb = ground.units[clause.predicate] if clause.kind == "adnominal" and clause.head in parties else None
        if verb is not None and verb.stem.startswith(_ARRIVING) and verb.ending in ("ᆫ", "은"):
            out += [k for k in reversed(clause.arguments) if ground.units[k].case in ("loc", "obj")]
    return out


def _passed(trigger: Trigger, ground: _Ground) -> list[int]:
    n = trigger.clause - 1
    via = n >= 0 and ground.clauses[n].kind == "coordinate" and ground.units[ground.clauses[n].predicate].stem.startswith(_VIA)
    out = [k for k in ground.clauses[n].arguments if ground.units[k].case == "obj"] if via else []
    own = ground.clauses[trigger.clause].arguments if trigger.clause >= 0 else ()
    return out + [k for k in own if ground.units[k].case == "via"]


def _led_to(trigger: Trigger, units: Sequence[Unit], clauses: Sequence[Clause]) -> list[int]:
    """Phrases of the clauses right before in the chain that tell where it goes on: `워싱턴을 방문해 …와 협의한다`; a clause before
    a noun in between is passed over (`평양을 방문해 [대통령이 보낸] 친서를 전했다`)."""
    out = []
    n = trigger.clause - 1
    while n >= 0 and clauses[n].kind == "adnominal" and clauses[n].governor == trigger.clause:
        n -= 1
    while n >= 0 and clauses[n].kind in ("coordinate", "final") and clauses[n].predicate >= 0:
        verb = units[clauses[n].predicate]
        moves = any([word in verb.stem for word in _MOVING])
        out += [
            k for k in reversed(clauses[n].arguments)
            if units[k].case == "at" or (moves and units[k].case in ("obj", "loc", "dir"))
        ]  # fmt: skip
        out += _set_up(clauses[n], units, clauses) if moves else []
        n -= 1
    return out


def _set_up(clause: Clause, units: Sequence[Unit], clauses: Sequence[Clause]) -> list[int]:
    """Where a thing that the clause names was set up or had come in: `[병원에 마련된] 빈소를 찾아`, `[항구에 들어온] 배를 억류했다`."""
    heads = [k for k in clause.arguments if units[k].case == "obj"]
    inner = [c for c in clauses if c.kind == "adnominal" and c.head in heads and c.predicate >= 0 and units[c.predicate].stem in _SET_UP]
    return [k for c in inner for k in c.arguments if units[k].case in ("loc", "at")]


def _stage_units(trigger: Trigger, slots: Slots, ground: _Ground) -> list[int]:
    """Phrases of a clause before the noun of the occasion: `[울란바토르에서 열리는] 행사에 참석`, `[개성에서 열린]
    회담 이후`."""
    stages = [k for k in slots.units if ground.units[k].case in ("at", "loc")]
    happening = load_words().happening_verbs
    out = [k for c in ground.clauses if c.kind == "adnominal" and c.head in stages for k in c.arguments]
    for clause in ground.clauses:
        held = clause.kind == "adnominal" and clause.head == trigger.unit and clause.predicate >= 0
        if held and ground.units[clause.predicate].stem in happening:
            out += clause.arguments
        if clause.kind == "adnominal" and clause.governor == trigger.clause >= 0 and trigger.use != "bare" and _is_visit(clause, ground):
            out += [k for k in clause.arguments if ground.units[k].case == "at"]  # `의사당에서 [우리 나라를 방문한] 장관을 만났다`
    return out


def _is_visit(clause: Clause, ground: _Ground) -> bool:
    return clause.predicate >= 0 and ground.units[clause.predicate].stem.startswith(load_words().visiting)


def _narrowed(trigger: Trigger, m: int, slots: Slots, ground: _Ground) -> Venue:
    """The building behind the town: `평양 송전각초대소에서`, `도쿄 총리관저에서`, `평양의 러시아대사관을`."""
    mentions = ground.mentions
    k = next((k for k, unit in enumerate(ground.units) if m in unit.mentions), -1)
    if k < 0 or ground.units[k].is_predicate:
        return Venue(mention=m)
    if ground.units[k].case == "gen" and k + 1 < len(ground.units) and not ground.units[k + 1].is_predicate:
        k += 1
    inside = [i for i in ground.units[k].mentions if i > m]
    if inside:
        last = inside[-1]
        seat = mentions[last].kind is MentionKind.body and mentions[last].rule != "outlet" and not mentions[last].office
        if seat and mentions[last].end >= ground.tokens[ground.units[k].body - 1].end and trigger.cue.kind in _SEATED | _GOING:
            return Venue(mention=last, town=m)
    found = _site(k, ground)
    if found.words is None or found.words[0] < mentions[m].end <= found.words[1]:
        return Venue(mention=m)
    return Venue(words=found.words, town=m)


def _house(m: int, ground: _Ground) -> Venue:
    """The body's seat, or the house named behind it: `외무부 청사에서`."""
    unit = next((u for u in ground.units if m in u.mentions), None)
    end = ground.tokens[unit.body - 1].end if unit is not None and not unit.is_predicate else 0
    start = ground.mentions[m].start
    behind = end > ground.mentions[m].end and _SITE.search(ground.text, start, end) is not None
    return Venue(words=(start, end)) if behind and end - start <= _LONGEST else Venue(mention=m)


def _site_units(trigger: Trigger, slots: Slots, stages: Sequence[int], ground: _Ground) -> list[int]:
    """Phrases in which a building may stand. `stages` as in `_stage_units`."""
    units = ground.units
    going = trigger.cue.kind in _GOING
    out = [k for k in slots.units if units[k].case in _PLACED or (going and units[k].case in ("obj", "dir"))]
    if trigger.clause >= 0 and trigger.cue.kind in _HELD:
        out += _set_up(ground.clauses[trigger.clause], units, ground.clauses)
    return out + [k for k in stages if units[k].case in _PLACED]


def _site(k: int, ground: _Ground) -> Venue:
    """The building that the phrase names, by its words or as the one told before."""
    unit, tokens = ground.units[k], ground.tokens
    if unit.is_predicate or unit.timexes or unit.spoken or unit.body <= unit.first:
        return Venue()
    end = tokens[unit.body - 1].end
    before = _BEFORE.search(ground.text, max(0, end - 5), end)  # `대사관 정문 앞에서`
    end = before.start() if before is not None else end
    start = max(ground.text.rfind(" ", 0, end), ground.text.rfind("\n", 0, end)) + 1  # a new name may be cut up
    start += len(ground.text[start:end]) - len(ground.text[start:end].lstrip(_MARKS))
    if _SITE.search(ground.text, start, end) is None or end - start > _LONGEST:
        return Venue()
    whole = start
    start = max([start, *(ground.mentions[m].end for m in unit.mentions if start < ground.mentions[m].end < end)])
    if ground.text.startswith("(", start) and ")" in ground.text[start:end]:
        start = whole  # `쿤룬(崑崙)호텔`
    name = ground.text[start:end]
    if name in _WORKS and start > unit.start:  # `염분진호텔 건설장`
        start = max(ground.text.rfind(" ", unit.start, start - 1) + 1, unit.start)
        name = ground.text[start:end]
    owners = [m for m in unit.mentions if ground.mentions[m].end <= start and ground.text[ground.mentions[m].end : start].strip() == ""]
    if _COMMON.fullmatch(name) or len(name) < 3:
        return _owned(name, (start, end), owners, ground)
    return Venue(words=(start, end))


def _owned(name: str, words: tuple[int, int], before: Sequence[int], ground: _Ground) -> Venue:
    """A common noun: the house of the body before it (`외무부 청사`), or the one told before (`비행장에서`)."""
    if before and ground.mentions[before[-1]].kind in (MentionKind.body, MentionKind.country):
        return Venue(words=(ground.mentions[before[-1]].start, words[1]))
    if before:
        return Venue()
    ends = _AIRPORT if name in _AIRPORT else (name,)
    for m in range(len(ground.mentions) - 1, -1, -1):
        mention = ground.mentions[m]
        known = mention.kind is MentionKind.place or (mention.kind is MentionKind.body and not mention.office and name in _MISSIONS)
        if mention.end <= words[0] and known and ground.text[mention.start : mention.end].endswith(ends):
            return Venue(mention=m)
    return Venue(words=words) if name in _AIRPORT else Venue()
