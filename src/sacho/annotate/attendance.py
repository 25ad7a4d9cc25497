"""Who else was there: lists of those present, in the order in which the text names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Record, Token

_PRESENT = frozenset({MentionKind.person, MentionKind.group, MentionKind.role})
_ALONG = frozenset({"수행", "동행", "대동"})  # who comes along with somebody, never an act of their own
_LISTED = frozenset({"배석", "동석", "참가", "참석"})
_CLOSING = frozenset({"배석", "동석", "수행", "동행"})  # nouns that close a line without a verb
_SEATED = ("자리를 함께", "자리를 같이", "곁")
# The verb of a list. `sat` needs nothing else, `took` an occasion or a side, or several people; `came` an occasion or a side.
_SAT = re.compile(
    r"(?:배석|동석)(?:하|했|한|해|시|$)|(?:대표|단장)(?:로|으로)\s?(?:나섰|나서|나왔|나와|마주)|곁(?:을\s지켰|에\s(?:섰|앉았))|따라다녔"
    r"|(?:서명|조인|수여|제막|발사)식을\s지켜"
)
_HEADS = re.compile(r"(?:수석대표|단장|대표)(?:로|으로)\s?(?:나섰|나왔|마주)")  # of the talks, not those beside them
_TOOK = re.compile(r"(?:참가|참석)(?:하|했|한|해|$)|함께\s?(?:하|했|해)|자리를\s?(?:함께|같이)\s?(?:하|했|해)|자리(?:하|했)")
_CAME = re.compile(
    r"나왔|나섰|나와\s?있|나오(?:시|고|며|였)|들어왔|들어오|올랐|올라|합류했|이름을\s?올|갔[다고으습]|(?:마주\s)?앉았|앉아|마주\s앉"
)
_TOGETHER = re.compile(r"(?:[이가도]|께서)\s함께\s(?:[가-힣]+[을를]\s)?(?:관람|참관|지켜|돌아보|둘러)")
_CUE = re.compile("|".join(p.pattern for p in (_SAT, _TOOK, _CAME, _TOGETHER)))  # any of them
_NEAR = 12  # letters before the verb in which the cue may begin
_NOT = re.compile(r"지\s?(?:않|못|말|아니)|못\s?[하했]")
_SIDE = re.compile(r"(?:측|쪽)(?:에서|에선|에)?(?:는|은)?$")
_STAGE = ("주석단", "비행장", "공항", "역")  # where people are seen standing
_CALLED = ("부르", "불러", "불러들이", "소집하", "불러모으")
_OTHER = ("취재", "기자", "업무", "비서")  # `동행취재`
_ASIDE = ("곁", "옆", "앞", "뒤")  # `위원장 곁에 섰다`
_AMID = ("가운데", "속")
_LATEST = 30  # units


class Company(Record):
    """Those present: the unit of the verb, mention indexes in text order, the noun of the occasion (empty if unsaid). `heads`: they
    lead the sides of the talks (`수석대표로 나왔다`)."""

    verb: int
    present: tuple[int, ...]
    occasion: str = ""
    heads: bool = False


def find_present(
    trigger: Trigger, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention], text: str
) -> tuple[int, ...]:
    """Mention indexes of those who came along (`수행했다`, `동행했다`) or of a line that closes with the noun (`외무상 등 배석.`), in text
    order; empty for any other word."""
    unit = units[trigger.unit]
    if trigger.form in _CLOSING and trigger.use == "light" and trigger.unit == len(units) - 1:
        return _in_line(trigger, units, mentions)
    if trigger.form not in _ALONG or trigger.clause < 0 or _NOT.search(text[unit.start : unit.end]):
        return ()
    if text[trigger.end : trigger.end + 2] in _OTHER:
        return ()
    clause = clauses[trigger.clause]
    stop = unit.start
    inside = [k for k in clause.arguments if units[k].start < stop]
    if clause.subject >= 0 and clause.subject not in inside and clause.found != "topic":
        inside.insert(0, clause.subject)
    if not inside:
        return ()
    present: list[int] = []
    stop_unit = max(inside) + 1
    whose = {m for k in range(min(inside), stop_unit) if units[k].case in ("obj", "gen") for m in units[k].mentions}
    for k in range(min(inside), stop_unit):
        unit = units[k]
        if unit.is_predicate or unit.case in ("obj", "gen") or (unit.topic and unit.case in ("loc", "at")):
            continue
        titles = k + 1 < stop_unit and units[k + 1].is_predicate and units[k + 1].copula  # `간부들인`
        named = [m for m in unit.mentions if _could_come(mentions[m]) and not (titles and _is_title(mentions[m]))]
        present += [m for m in named if m not in present and m not in whose]
    return tuple(_each(present, mentions))


def find_accompanied(trigger: Trigger, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention]) -> tuple[int, ...]:
    """Whom they came along with: the object of the verb (`대통령을 수행했다`)."""
    if trigger.clause < 0:
        return ()
    inside = [k for k in clauses[trigger.clause].arguments if units[k].case == "obj" and units[k].start < trigger.start]
    return tuple([m for k in inside for m in units[k].mentions if mentions[m].kind is MentionKind.person])


def _in_line(trigger: Trigger, units: Sequence[Unit], mentions: Sequence[Mention]) -> tuple[int, ...]:
    """`강경화 장관, 정의용 실장 등 배석.`: the run of names that the noun closes."""
    run: list[int] = []
    k = trigger.unit
    while k >= 0 and not units[k].is_predicate and units[k].case in ("bare", "com") and not (units[k].trails and k < trigger.unit):
        named = [m for m in units[k].mentions if _could_come(mentions[m])]
        if not named:
            break
        run = named + run
        k -= 1
    return tuple(_each(run, mentions)) if run else ()


def is_listing(trigger: Trigger, companies: Sequence[Company]) -> bool:
    """Whether the word is the verb of a list of those present, and so tells of no act of its own."""
    return (trigger.form in _LISTED or trigger.form.startswith(_SEATED)) and any(company.verb == trigger.unit for company in companies)


def find_companies(
    units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention], tokens: Sequence[Token], text: str
) -> list[Company]:
    """Lists of those present in one sentence: `회담에는 A, B와 C가 참가하였다`, `우리측에서 A가, 상대측에서 B가 배석했다`, `A와 B를
    불러 회의를 열었다`."""
    out = []
    for v, unit in enumerate(units):
        if not unit.is_predicate or unit.copula or v == 0:
            continue
        held = ""
        if unit.ending_tag == "ETM" and not _amid(v, units, tokens):
            held = _seated_at(v, units, tokens)
            if not held:
                continue
        if not _CUE.search(text, max(0, unit.start - _NEAR), unit.end) and not (
            unit.ending_tag == "EC" and unit.stem.startswith(_CALLED)
        ):
            continue
        first = _region(units, v)
        words = text[max(units[first].start, unit.start - _NEAR) : unit.end] if first < v else ""
        if _NOT.search(text[unit.start : unit.end]) or not words:
            continue
        found = _listed(first, v, words, units, clauses, mentions, tokens, text) or _summoned(first, v, units, mentions, tokens)
        if found is not None:
            out.append(msgspec.structs.replace(found, occasion=held) if held else found)
    last = len(units) - 1
    if last > 0 and not units[last].is_predicate and units[last].body > 0 and tokens[units[last].body - 1].form in _LISTED:
        out += _closed(last, units, clauses, mentions, tokens, text)
    return out


def _closed(
    v: int, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention], tokens: Sequence[Token], text: str
) -> list[Company]:  # fmt: skip
    """`회담에는 우리측에서 A 국장, 상대측에서 B 대사가 배석`: a line that closes with the noun."""
    if v == 0 or units[v - 1].case != "subj" or units[v].last - units[v].first > 2:
        return []
    first = _region(units, v)
    occasion, stage = _occasion(first, v, units, tokens)
    sides = any(_is_side(units[k], mentions, text) for k in range(first, v) if not units[k].is_predicate)
    if not (sides or stage >= 0 or tokens[units[v].body - 1].form in _CLOSING):
        return []
    present = _people(first, v, stage, units, clauses, mentions, tokens)
    return [Company(verb=v, present=present, occasion="" if occasion in ("여기", "이", "자리") else occasion)] if present else []


def _seated_at(v: int, units: Sequence[Unit], tokens: Sequence[Token]) -> str:
    """`A와 B가 배석한 회담은`: the noun of the occasion behind the verb."""
    after = units[v + 1] if v + 1 < len(units) else None
    if after is None or after.is_predicate or not units[v].stem.startswith(("배석", "동석")):
        return ""
    noun = tokens[after.body - 1].form
    return noun if noun in load_words().occasions else ""


def _amid(v: int, units: Sequence[Unit], tokens: Sequence[Token]) -> bool:
    """`… 배석한 가운데`, `… 참석한 자리에서`: told as what went on around it."""
    after = units[v + 1] if v + 1 < len(units) else None
    return after is not None and not after.is_predicate and tokens[after.first].form in _AMID and after.body == after.first + 1


def _region(units: Sequence[Unit], v: int) -> int:
    """The first unit of the clause of the predicate `v`, office holders in between included (`위원이며 위원장인 김영남`)."""
    first = v
    while first > 0 and v - first < _LATEST:
        before = units[first - 1]
        if before.is_predicate and not before.copula and before.ending_tag != "ETM" and before.stem != "비롯하":
            break
        first -= 1
    return first


def _listed(
    first: int, v: int, words: str, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention],
    tokens: Sequence[Token], text: str,
) -> Company | None:  # fmt: skip
    # of the verb itself; what stands before it may belong to a noun
    verb = units[v].start - max(units[first].start, units[v].start - _NEAR)
    sat, took, came = (next((m for m in cue.finditer(words) if m.end() > verb), None) for cue in (_SAT, _TOOK, _CAME))
    if took is None and _TOGETHER.search(words) and len(_people(first, v, -1, units, clauses, mentions, tokens)):
        return Company(verb=v, present=_people(first, v, -1, units, clauses, mentions, tokens), occasion="공연")
    if not (sat or took or came):
        return None
    occasion, stage = _occasion(first, v, units, tokens)
    if sat is not None and not occasion and "식을" in sat.group():  # `서명식을 지켜봤다`
        occasion = sat.group().partition("을")[0]
    sides = any(_is_side(units[k], mentions, text) for k in range(v) if not units[k].is_predicate)
    present = _people(first, v, stage, units, clauses, mentions, tokens)
    if not present:
        return None
    too = any(units[k].case == "also" and units[k].mentions for k in range(first, v))  # `장관도 회의에 나왔다`
    told = stage >= 0 and (units[stage].topic or too or len(present) > 1 or occasion in ("여기", "이", "자리"))
    seen = occasion in _STAGE
    if came is not None and seen and occasion != "주석단" and "있" not in came.group():
        came = None  # `공항에는 …이 나왔다` is a welcome
    if took is not None and occasion == "회의" and not units[stage].topic and any(
        units[k].case == "topic" and units[k].mentions for k in range(first, stage)
    ):
        return None  # `두 장관은 외교장관회의에 나란히 참석했다`: what they did
    facing = came is not None and not came.group().startswith("나섰")  # `서명자로 나섰다` is no seat at the talks
    if sat or (took and told and not seen) or (sides and (took or facing)) or (came and told):
        heads = sides and _HEADS.search(words) is not None
        return Company(verb=v, present=present, occasion="" if occasion in ("여기", "이", "자리") else occasion, heads=heads)
    seated = took is not None and too and took.group().startswith("자리를")  # `양쪽 관계자들도 자리를 함께했다`
    elsewhere = any(units[k].case in ("loc", "at", "obj", "dir") for k in range(first, v - seated) if not units[k].is_predicate)
    near = seated or (took is not None and _TOOK.match(text, units[v].start) is not None)
    alone = near and not elsewhere and (too or len(present) > 1)
    return Company(verb=v, present=present) if alone else None


def _is_side(unit: Unit, mentions: Sequence[Mention], text: str) -> bool:
    """`우리 측에서`, `미국에서는`"""
    if _SIDE.search(text[unit.start : unit.end]):
        return True
    return unit.case == "at" and unit.topic and len(unit.mentions) == 1 and mentions[unit.mentions[0]].kind is MentionKind.country


def _occasion(first: int, v: int, units: Sequence[Unit], tokens: Sequence[Token]) -> tuple[str, int]:
    """The noun of the occasion and its unit: `이날 회담에는`, `여기에는`."""
    occasions = load_words().occasions
    for k in range(first, v):
        unit = units[k]
        if not unit.is_predicate and unit.case in ("loc", "at"):
            head = tokens[unit.body - 1].form
            whole = "".join(t.form for t in tokens[unit.first : unit.body])
            noun = head if head in occasions else next((o for o in (*occasions, *_STAGE) if len(o) > 1 and whole.endswith(o)), "")
            if noun:
                return noun, k
    return "", -1


def _people(
    first: int, v: int, stage: int, units: Sequence[Unit], clauses: Sequence[Clause], mentions: Sequence[Mention],
    tokens: Sequence[Token],
) -> tuple[int, ...]:  # fmt: skip
    """Those named, each once: not what is met or owned, not who stands in a relative clause; an office right before
    its holder is the holder."""
    aside = {
        k for c in clauses if c.kind == "adnominal" and 0 <= c.predicate != v and not units[c.predicate].copula
        and units[c.predicate].stem != "비롯하" for k in c.arguments
    } - set(_run_up(first, v, units))  # fmt: skip
    found: list[int] = []
    nominative = next((k for k in range(v - 1, first, -1) if units[k].case == "subj" and units[k].mentions), first)
    for k in range(first, v):
        unit = units[k]
        if unit.case == "topic" and k < nominative:  # `장관은 [A와 B가 배석한] 가운데`
            continue
        led = unit.case == "obj" and k + 1 < len(units) and units[k + 1].stem == "비롯하"
        apart = unit.case.endswith("gen") or unit.case in ("dat", "at") or (unit.case == "obj" and not led)
        if unit.is_predicate or k == stage or k in aside or apart or tokens[unit.body - 1].form in _ASIDE:
            continue
        titles = k + 1 < v and units[k + 1].is_predicate and units[k + 1].copula  # `위원이며`, `비서들인`
        named = [m for m in unit.mentions if _could_come(mentions[m]) and not (titles and _is_title(mentions[m]))]
        found += [m for m in named if m not in found]
    return tuple(_each(found, mentions))


def _run_up(first: int, v: int, units: Sequence[Unit]) -> list[int]:
    """Items of a list that stand before the relative clause of its last: `A동지, B동지와 공로를 세운 C동지가`."""
    run: list[int] = []
    out: list[int] = []
    for k in range(first, v):
        item = not units[k].is_predicate and bool(units[k].mentions)
        if item and units[k].case == "com" and run:
            out += [*run, k]
        run = [*run, k] if item and units[k].case == "bare" else []
    return out


def _each(found: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """Each once: an office beside its holder (`외무성 부상 최희철`, `성 김 국무부 한국과장`) is the holder, and of several people by name
    the group that sums them up is none."""
    held = [m for i, m in enumerate(found) if not (mentions[m].kind is MentionKind.role and _held(i, found, mentions))]
    people = [m for m in held if mentions[m].kind is not MentionKind.group]
    entities: dict[str, int] = {}
    for m in people if len(people) > 1 else held:
        entities.setdefault(mentions[m].entity, m)
    return list(entities.values())


def _could_come(mention: Mention) -> bool:
    return mention.kind in _PRESENT and not mention.members  # not `양측`


def _is_title(mention: Mention) -> bool:
    return mention.kind in (MentionKind.role, MentionKind.group) or mention.rule.startswith("office")


def _held(i: int, found: Sequence[int], mentions: Sequence[Mention]) -> bool:
    role = mentions[found[i]]
    after = mentions[found[i + 1]] if i + 1 < len(found) else None
    last = found[i] - 1
    while last > 0 and mentions[last].kind is MentionKind.body and 0 <= role.start - mentions[last].end < 2:
        role, last = mentions[last], last - 1  # `성 김 국무부 한국과장`
    before = mentions[last] if i and last == found[i - 1] else None
    if after is not None and after.kind is MentionKind.person and 0 <= after.start - role.end < 2:
        return True
    return before is not None and before.kind is MentionKind.person and 0 <= role.start - before.end < 2


def _summoned(
    first: int, v: int, units: Sequence[Unit], mentions: Sequence[Mention], tokens: Sequence[Token]
) -> Company | None:
    """`A와 B를 불러 긴급회의를 열었다`."""
    unit = units[v]
    if unit.ending_tag != "EC" or not unit.stem.startswith(_CALLED) or v + 1 >= len(units):
        return None
    after = next((u for u in units[v + 1 : v + 4] if not u.is_predicate and u.case == "obj"), None)
    if after is None or not tokens[after.body - 1].form.endswith(("회의", "협의회", "간담회")):
        return None
    last = next((k for k in range(v - 1, first - 1, -1) if units[k].case == "obj"), -1)
    called: list[int] = []
    k = last
    while k >= first and not units[k].is_predicate and (k == last or units[k].case in ("com", "bare")):
        called = [m for m in units[k].mentions if mentions[m].kind in _PRESENT] + called
        k -= 1
    return Company(verb=v, present=tuple(called), occasion="회의") if len(called) > 1 else None
