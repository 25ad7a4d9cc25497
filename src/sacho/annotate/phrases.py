"""Cut a sentence into units: noun phrases with their particle, and predicates with their ending.

Korean is head-final and marks roles by particle, so a flat list of such units in text order is all that the
clause analysis needs. A unit keeps token indexes; nothing here looks at the lexicon.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sacho.lexicon.words import load_words
from sacho.records import Mention, Record, Timex, Token

_CASES = {
    "JKS": "subj", "JKC": "comp", "JKO": "obj", "JKG": "gen", "JKV": "voc", "JKQ": "quote",
}  # fmt: skip
_ADVERBIAL = {
    "에": "loc", "에서": "at", "에게": "dat", "께": "dat", "한테": "dat", "에게서": "from", "로부터": "from",
    "로": "dir", "으로": "dir", "와": "com", "과": "com", "랑": "com", "하고": "com", "으로부터": "from",
    "보다": "than", "로서": "as", "으로서": "as", "로써": "dir", "으로써": "dir", "께서": "subj", "서": "at",
}  # fmt: skip
_TOPIC = {"은", "는", "ᆫ", "께서는"}
_ENDINGS = frozenset(["EP", "EF", "EC", "ETN", "ETM"])
_STEMS = {"VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA"}
_WORDS = load_words()
_LIKE_ADVERBS = ("잇따르", "잇달", "연달", "번갈")
_AT_THE = ("이르", "빠르")  # `이르면 다음 달`
_CONCERNING = ("관련", "관련해", "연관")
_CONTENT = ("N", "SN", "SL", "SH", "SW", "XP", "XS", "XR", "MM", "SO", "SS", "W", "Z")
_MARKS = frozenset(["SSO", "SSC", "SP", "SF", "SE", "SY"])
_ALSO = frozenset(["도", "라도", "이라도", "마저", "조차", "나마", "나", "이나"])
_FIRST_PERSON = ("나", "저", "내", "본인")
_EVEN = frozenset(["나", "이나"])
_QUOTING = ("자고", "라고", "다고", "냐고")  # `기구를 두자고`
_LEADING = _MARKS | {"MAJ", "MAG", "SO"}


class Unit(Record):
    """A noun phrase (`case` set) or a predicate (`ending` set). `first`..`last` are token indexes, half-open.

    A phrase: `body` is the index after its last content token; `mentions` and `timexes` are indexes of the
    records inside; `comma` tells that a comma follows, `spoken` that the noun is an occasion of speaking, `bound` that it
    begins with a bound noun (`지`, `뒤`), `trails` that dots follow (`관람…`), `vehicle` that it is a train or the like.
    `mind` that the noun is what somebody means to do (`뜻`), `deed` that it is a decision, a measure or the like, which itself
    does something (`역사를 외면한 결정`). `first_person`: 나 or 저.
    A predicate: `stem` is its lemma (`접견하`, `만나`),
    `noun` the token index of its verbal noun or -1, `ending` the form of the last ending; `describes` is true
    of adjectives, `copula` of nouns with 이다, `will` of an intention (겠).
    """

    start: int
    end: int
    first: int
    last: int
    body: int = -1
    case: str = ""
    topic: bool = False
    mentions: tuple[int, ...] = ()
    timexes: tuple[int, ...] = ()
    comma: bool = False
    stem: str = ""
    noun: int = -1
    ending: str = ""
    ending_tag: str = ""
    past: bool = False
    will: bool = False
    describes: bool = False
    copula: bool = False
    spoken: bool = False
    bound: bool = False
    trails: bool = False
    document: bool = False
    first_person: bool = False
    content: bool = False
    mind: bool = False
    vehicle: bool = False
    deed: bool = False
    is_predicate: bool = False


def find_units(
    tokens: Sequence[Token], segments: Sequence[tuple[int, int]], owner: Sequence[int], clock: Sequence[int],
    *, clipped: bool = False,
) -> list[Unit]:  # fmt: skip
    """Units of one sentence in text order. `segments` are token ranges (a sentence without the quotations in it);
    `owner` and `clock` give, for every token, the index of the mention and of the timex that covers it, or -1. `clipped`: the
    noun that closes it stands for its verb, as in the items of official papers (`… 줄 것을 요청`)."""
    units: list[Unit] = []
    for first, last in segments:
        units += _segment_units(tokens, first, last, owner, clock)
    if units and units[-1].ending_tag == "ETN":  # `의견을 같이함.`
        units[-1] = msgspec.structs.replace(units[-1], ending_tag="EF")
    elif clipped and len(units) > 1 and _stands_for_verb(units, tokens, owner):
        unit = units.pop()
        noun = unit.body - 1
        units.append(Unit(
            start=tokens[noun].start, end=tokens[noun].end, first=noun, last=unit.body, stem=f"{tokens[noun].form}하", noun=noun,
            ending="다", ending_tag="EF", past=True, is_predicate=True,
        ))  # fmt: skip
    return units


def _stands_for_verb(units: Sequence[Unit], tokens: Sequence[Token], owner: Sequence[int]) -> bool:
    """A noun alone, or behind an adverbial one, with its arguments before it."""
    before, unit = units[-2:]
    if unit.is_predicate or unit.case not in ("bare", "adv") or unit.body - unit.first != 1 or unit.timexes or unit.mentions:
        return False
    return tokens[unit.first].tag == "NNG" and owner[unit.first] < 0 and before.case not in ("bare", "gen") and not before.is_predicate


def _segment_units(
    tokens: Sequence[Token], first: int, stop: int, owner: Sequence[int], clock: Sequence[int]
) -> list[Unit]:
    units: list[Unit] = []
    begin = i = first
    while i < stop:
        tag = tokens[i].tag
        sort = _sort(tag)
        if sort == "content":
            if i > begin + 1 and clock[i] < 0 and clock[i - 1] < 0:
                i += 1  # within a noun phrase
                continue
        elif sort == "stem" and owner[i] < 0 and clock[i] < 0:
            start = _stem_start(tokens, begin, i)
            if start > begin:
                units.append(_phrase(tokens, owner, clock, begin, start, start, "bare"))
            if tag == "VCP" and tokens[i - 1].form == "적" and i + 1 < stop and tokens[i + 1].tag == "ETM" and start == i - 1:
                if start > begin:  # `즉각적인`: an adverb stands by itself
                    units[-1:] = _without_manner(tokens, owner, clock, begin, start)
                i = begin = i + 2  # `친선적인 분위기`: what the next noun is like
                continue
            predicate = _predicate(tokens, start, i, stop)
            adverb = predicate.ending == "게" and (predicate.describes or predicate.stem in ("있", "없"))  # `강하게`, `힘있게`
            adverb = adverb or (predicate.stem in _LIKE_ADVERBS and predicate.ending in ("어", "아"))  # `잇따라`
            adverb = adverb or (predicate.stem in _AT_THE and predicate.ending == "면" and not (units and units[-1].case == "loc"))
            if not adverb and not (units and _absorb(units, predicate)):
                units.append(predicate)
            i = begin = predicate.last
            continue
        elif sort == "particle" and owner[i] < 0 and (clock[i] < 0 or clock[i] != _at(clock, i + 1)):
            end = _particles_end(tokens, i, stop)
            if begin < i:
                units.append(_phrase(tokens, owner, clock, begin, i, end, _case(tokens, i, end)))
            i = begin = end
            continue
        if _breaks(tokens, clock, begin, i) and not (i > begin and 0 <= owner[i] == owner[i - 1] and clock[i] < 0):
            if begin < i and not _concerning(units, tokens, begin, i):
                units.append(_phrase(tokens, owner, clock, begin, i, i, "bare"))
            begin = i if tag.startswith(_CONTENT) or clock[i] >= 0 else i + 1
        i += 1
    if begin < stop:
        units.append(_phrase(tokens, owner, clock, begin, stop, stop, "bare"))
    return [u for u in units if u.is_predicate or u.body > u.first]


def _without_manner(tokens: Sequence[Token], owner: Sequence[int], clock: Sequence[int], begin: int, end: int) -> list[Unit]:
    """The phrase before the noun of a manner, if there is one: `[28일] 전격적인`."""
    end -= 1
    while end > begin and tokens[end - 1].end == tokens[end].start:
        end -= 1
    return [_phrase(tokens, owner, clock, begin, end, end, "bare")] if begin < end else []


@cache
def _sort(tag: str) -> str:
    """`stem` of a predicate, `particle`, `content` that can stand inside a phrase and never ends one, or nothing."""
    if tag.split("-")[0] in _STEMS:
        return "stem"
    if tag[0] == "J":
        return "particle"
    return "content" if tag.startswith(_CONTENT) and tag != "NP" else ""


def _absorb(units: list[Unit], predicate: Unit) -> bool:
    """A verb that works as a particle (`에 대해`) becomes part of the phrase before it."""
    if units[-1].is_predicate and _contracted(units[-1], predicate):
        units[-1] = msgspec.structs.replace(
            units[-1], end=predicate.end, last=predicate.last, ending_tag=predicate.ending_tag,
            ending=units[-1].ending.removesuffix("고") + predicate.ending,
        )
        return True
    if units[-1].is_predicate or units[-1].last != predicate.first or predicate.ending_tag not in ("EC", "ETM"):
        return False
    if predicate.stem == "하" and predicate.ending == "고" and units[-1].mentions and units[-1].end == predicate.start:
        units[-1] = msgspec.structs.replace(units[-1], case="com", end=predicate.end, last=predicate.last)  # `장관하고 통화했어요`
        return True
    case = _postpositions().get(f"{units[-1].case} {predicate.stem}")
    if case is None or predicate.ending.endswith(_QUOTING):
        return False
    if predicate.stem in ("두", "놓") and predicate.ending not in ("고", "ᆫ", "은"):
        return False  # `사무소를 두는 방안`
    if predicate.stem == "겸하" and predicate.ending_tag != "ETM":
        return False  # `만찬을 겸한 회담을 했다`, but `만찬을 겸해 만났다`
    if predicate.stem == "맞" and predicate.ending in ("을", "는", "던"):
        return False  # `대통령을 맞을 예정`
    case += "gen" if predicate.ending_tag == "ETM" else ""
    units[-1] = msgspec.structs.replace(units[-1], case=case, end=predicate.end, last=predicate.last)
    return True


def _contracted(before: Unit, predicate: Unit) -> bool:
    """`중단하라는` is 중단하라고 하는: one predicate."""
    return (
        predicate.stem in ("하", "이") and predicate.ending_tag == "ETM" and before.ending_tag in ("EC", "EF")
        and predicate.start <= before.end and before.ending.endswith(("라고", "다고", "자고", "라", "다", "자"))
    )  # fmt: skip


def _concerning(units: list[Unit], tokens: Sequence[Token], begin: int, end: int) -> bool:
    """`발사와 관련, …`: the noun before a comma works as a particle of the phrase before it."""
    if end - begin != 1 or tokens[begin].form not in _CONCERNING or tokens[end].tag != "SP" or not units:
        return False
    if units[-1].is_predicate or units[-1].case != "com" or units[-1].last != begin:
        return False
    units[-1] = msgspec.structs.replace(units[-1], case="about", end=tokens[begin].end, last=end, comma=True)
    return True


@cache
def _postpositions() -> dict[str, str]:
    raw = (files("sacho.annotate") / "data" / "postpositions.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw)["postposition"], dict[str, str])


def token_owners(tokens: Sequence[Token], starts: Sequence[int], records: Sequence[Mention | Timex]) -> list[int]:
    """For every token the index of the record whose span covers it, or -1. Records are in text order; `starts` are the
    offsets of the tokens."""
    count = len(tokens)
    owners = [-1] * count
    for j, record in enumerate(records):
        i, end = bisect_left(starts, record.start), record.end
        while i < count and starts[i] < end:
            if owners[i] < 0 and tokens[i].end <= end:
                owners[i] = j
            i += 1
    return owners


def _at(values: Sequence[int], i: int) -> int:
    return values[i] if i < len(values) else -1


def _breaks(tokens: Sequence[Token], clock: Sequence[int], begin: int, i: int) -> bool:
    """A bare phrase ends before an adverb, a comma or other stop, and where a time expression begins or ends."""
    tag = tokens[i].tag
    if i == begin + 1 and begin > 0 and tokens[begin - 1].tag == "ETM" and tokens[begin].form in _WORDS.bound_nouns:
        return True
    if clock[i] >= 0 or (i > begin and clock[i - 1] >= 0):
        return (i == begin or clock[i] != clock[i - 1]) and not _in_title(tokens, clock, i)
    if tokens[i].form == "·" and any([t.form == "(" for t in tokens[begin:i]]) and not any([t.form == ")" for t in tokens[begin:i]]):
        return False  # `민영미씨(35·여)가`
    return not tag.startswith(_CONTENT) or (tag == "NP" and tokens[i].form == "이")


def _in_title(tokens: Sequence[Token], clock: Sequence[int], i: int) -> bool:
    """A time right behind an opening mark belongs to a title: `'2024~2025년 교류계획서'`."""
    k = i if clock[i] >= 0 else i - 1
    while k > 0 and clock[k - 1] == clock[k]:
        k -= 1
    return k > 0 and tokens[k - 1].tag.startswith("SS") and tokens[k - 1].form in "'‘\"“《「『<〈"


def _stem_start(tokens: Sequence[Token], begin: int, i: int) -> int:
    """Where the predicate at `i` starts: `접견하` takes its noun, `방문 중이` both nouns."""
    tag = tokens[i].tag
    start = i
    if tag.startswith(("XSV", "XSA")) and i > begin:
        start = i - 1
        while start > begin and tokens[start].tag in ("XSN", "XR"):
            start -= 1
    elif tag == "VCP" and i > begin:
        start = i - 1
        if tokens[start].tag == "NNB" and start > begin and tokens[start].form in ("중", "것"):
            start -= tokens[start].form == "중"
    return start


def _predicate(tokens: Sequence[Token], start: int, i: int, stop: int) -> Unit:
    stem = tokens[i].form if start == i else "".join([t.form for t in tokens[start : i + 1]])
    noun, tag_of_stem = start if start < i else -1, tokens[i].tag
    past = will = False
    ending, tag = "", "EF"
    j = i + 1
    while j < stop and tokens[j].tag in _ENDINGS:
        ending, tag = tokens[j].form, tokens[j].tag
        past = past or (tag == "EP" and ending in ("었", "였", "았", "었었"))
        will = will or (tag == "EP" and ending == "겠")
        j += 1
        if tag == "EC" and j < stop and tokens[j].tag == "VX":
            stem += "어지" if stem == "이루" and tokens[j].form == "지" else ""
            j += 1
        elif tag == "EC" and ending == "지" and j + 1 < stop and tokens[j].tag == "JX" and tokens[j + 1].tag == "VX":
            j += 2
    return Unit(
        start=tokens[start].start, end=tokens[j - 1].end, first=start, last=j, stem=stem, noun=noun,
        ending=ending, ending_tag=tag, past=past, will=will, comma=j < stop and tokens[j].tag == "SP",
        describes=tag_of_stem.startswith(("VA", "XSA")), copula=tag_of_stem == "VCP", is_predicate=True,
    )  # fmt: skip


def _particles_end(tokens: Sequence[Token], i: int, stop: int) -> int:
    end = i
    while end < stop and tokens[end].tag[0] == "J":
        end += 1
    return end


def _case(tokens: Sequence[Token], first: int, end: int) -> str:
    """The role that the particles mark: the first case particle, then the topic mark on top of it."""
    case = ""
    for token in tokens[first:end]:
        tag = token.tag
        if tag == "JX":
            continue
        if tag == "JKB":
            case = case or _ADVERBIAL.get(token.form, "adv")
        elif tag == "JKG":
            case = f"{case}gen" if case else "gen"
        elif tag in _CASES:
            case = case or _CASES[tag]
        elif tag == "JC":
            case = case or "com"
    return case


def _phrase(
    tokens: Sequence[Token], owner: Sequence[int], clock: Sequence[int], first: int, body: int, last: int, case: str
) -> Unit:
    while first < body and tokens[first].tag in _LEADING and clock[first] < 0:
        first += 1
    while body > first and tokens[body - 1].tag in _MARKS:
        body -= 1
    marks = [t.form for t in tokens[body:last] if t.tag == "JX"] if body < last else ()
    topic = bool(marks) and not _TOPIC.isdisjoint(marks)
    if topic and not case and body > first and tokens[body - 1].form in _WORDS.time_topics:
        topic, case = False, "time"  # `첫날은 대표부에서 만났다`
    if case == "subj" and body > first and tokens[body - 1].form == "단둘":
        case = "adv"  # `위원장과 단둘이 대화했다`
    if topic and case == "subj":
        case = "topic"  # `위원장께서는`
    if not case:
        counts = body > first and tokens[body - 1].tag == "NNB" and not _EVEN.isdisjoint(marks)  # `두 번이나`
        alone = "만" in marks and body > first and owner[body - 1] >= 0  # `훙레이 대변인만 당부했다`
        case = "topic" if topic else ("also" if alone or (not _ALSO.isdisjoint(marks) and not counts) else "adv")
    if first >= body:
        return Unit(start=0, end=0, first=first, last=last, body=first, case=case)
    opening, closing = tokens[first], tokens[body - 1].form
    return Unit(
        start=opening.start, end=tokens[last - 1].end, first=first, last=last, body=body, case=case,
        topic=topic, mentions=_indexes(owner, first, body), timexes=_indexes(clock, first, body),
        spoken=closing in _WORDS.speaking_occasions, vehicle=closing in _WORDS.vehicles,
        document=closing in _WORDS.documents, deed=closing in _WORDS.deeds, mind=closing in _WORDS.mind_nouns,
        content=body <= first + 2 and opening.form in _WORDS.content_nouns,
        first_person=opening.tag == "NP" and opening.form in _FIRST_PERSON,
        bound=opening.form in _WORDS.bound_nouns or (opening.form in ("지", "적", "수") and opening.tag == "NNB"),
        comma=last < len(tokens) and tokens[last].tag == "SP", trails=last < len(tokens) and tokens[last].tag == "SE",
    )  # fmt: skip


def _indexes(owner: Sequence[int], first: int, body: int) -> tuple[int, ...]:
    """The records that own the tokens, each once."""
    if body == first + 1:
        return (owner[first],) if owner[first] >= 0 else ()
    inside = [k for k in owner[first:body] if k >= 0]
    return tuple(dict.fromkeys(inside)) if inside else ()
