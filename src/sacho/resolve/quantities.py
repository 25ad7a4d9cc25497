"""How many: counts and measures beside an event, read from its sentence (`탄도미사일 2발`, `쌀 5만t`, `한 시간 반`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from sacho.annotate.mention_rules import load_mention_rules
from sacho.records import Event, Record, Report

_NATIVE = {
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
    "열두": 12, "스무": 20, "수십": 0, "수백": 0,
}  # fmt: skip
_TENS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000}
_UNITS = {
    "발": "발", "기": "기", "명": "명", "대": "대", "척": "척", "문": "문", "t": "t", "톤": "t", "㎞": "km", "km": "km",
    "킬로미터": "km", "키로메터": "km", "달러": "달러", "딸라": "달러", "위안": "위안", "루블": "루블", "엔": "엔", "개": "개", "건": "건",
    "시간": "분", "분": "분", "kg": "kg", "㎏": "kg", "마리": "마리", "그루": "그루", "세대": "세대", "가구": "가구",
    "여단": "여단", "원": "원", "벌": "벌", "상자": "상자", "권": "권",
}  # fmt: skip
_COUNTED = "열두|다섯|여섯|일곱|여덟|아홉|스무|한|두|세|석|네|넉|열"
_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?(?:[십백천만억조]+\s?\d*)*"
    rf"|(?:{_COUNTED})(?=\s?(?:발|기|명|대|척|시간|개|건|마리)))"
)
_QUANTITY = re.compile(
    rf"(?<![\d.제])(?P<about>약\s?|최소\s?|최대\s?|총\s?)?(?P<number>{_NUMBER})(?P<more>여)?\s?(?P<more2>여\s?)?(?P<unit>"
    + "|".join(sorted((re.escape(u) for u in _UNITS), key=len, reverse=True))
    + r")(?![가-힣a-zA-Z]*(?:차|년|월|급|째))(?!\s?\d+차)(?P<after>\s?(?:반|이상|넘|가량|안팎|정도|남짓|여|가까이|미만|이하))?"
)
_LABEL = re.compile(r"([가-힣]+?)(?:[을를이가은는도의]|에서는?|에서도|으로|로)?(?:\s(?:각각|모두|또|새로|다시|총|약))*\s*[(]?$")
_ADVERBS = frozenset({"합쳐", "합해", "모두", "앞서", "이날", "전부", "통틀어"})
_ANYBODY = frozenset({"인원", "참가자", "참석자", "참가인원", "탑승인원", "사람", "사람들", "참석인원", "규모", "참석", "참가"})
_WHERE = ("에", "에서", "에게", "까지", "부터")
_OWNER = re.compile(r"의\s(?:[가-힣]+\s){0,2}?([가-힣]{2,}?)(?:[이가은는을를과와도]|에게|으로)(?=[\s,.])")
_FLOWN = re.compile(r"\s?(?:[를을]\s)?(?:날아|날았|비행)")
_RISEN = re.compile(r"(?:고도|높이)[^.]{0,12}$")
_RANGED = re.compile(r"(?:거리|사거리)[^.]{0,12}$")
_ENDS = re.compile(r"[.!?]['\"”’》]?(?=\s|$)|\n")
_LABELLED = frozenset({"km", "명", "대", "개", "건", "기", "문", "척"})
_LETTER = re.compile(r"[0-9A-Za-z가-힣]")
_FOLLOWING = 3  # sentences
_UNITS_OF = {
    "launch": ("발", "기", "km"), "test": ("발", "기", "km"), "attack": ("발", "km"), "drill": ("발", "명", "대", "척"),
    "deploy": ("명", "대", "척"), "meet": ("분",), "call": ("분",), "convene": ("분",), "aid": ("t", "달러"),
}  # which kinds a unit speaks of
_OWNED = frozenset({"발", "km", "분", "t"})  # units that no other kinds have
_SLACK = 0.1
_CHAIN = re.compile(r"\s?(?:와|과|,|및)\s?$")


class Quantity(Record):
    """`value` in `unit` (minutes for lengths of time); `label` is the noun counted, empty if the words do not tell;
    `start`/`end` are in the report's text. `about`: the words leave room (`여`, `약`, `넘게`)."""

    value: float
    unit: str
    label: str
    start: int
    end: int
    about: bool = False
    least: bool = False  # the words tell how many at least (`3만여 명`)

    @property
    def told(self) -> str:
        """The value with its unit, in figures: `5000000t`."""
        return f"{self.value:.0f}{self.unit}" if self.value >= 1e6 or self.value == int(self.value) else f"{self.value:g}{self.unit}"


def quantities_of(event: Event, report: Report) -> tuple[Quantity, ...]:
    """Quantities of the sentences that tell of the event, in text order, then those of the sentences right after them, as
    far as they are such as its kind can have and no other event told there can rather."""
    own = sorted({sentence_span(report.text, e.start) for e in event.evidence if e.field == "kind"})
    mine, rivals = _places(event, report)
    out = [
        q for start, end in own for q in quantities_in(report.text[start:end], start)
        if _can_have(event.kind, q.unit) and not _of_another(q, mine, rivals)
    ]  # fmt: skip
    told: dict[tuple[int, int], set[str]] = {}
    for other in report.events:
        for proof in other.evidence if other.id != event.id else ():
            if proof.field == "kind":
                told.setdefault(sentence_span(report.text, proof.start), set()).add(other.kind)
    for start, end in _following(report.text, own):
        others = told.get((start, end), set())
        if event.kind in others:
            continue
        for quantity in quantities_in(report.text[start:end], start):
            fits = quantity.unit in _UNITS_OF.get(event.kind, ()) if others else _can_have(event.kind, quantity.unit)
            if fits and not any(quantity.unit in _UNITS_OF.get(kind, ()) for kind in others):
                out.append(quantity)
    return tuple(out)


def _places(event: Event, report: Report) -> tuple[list[int], list[int]]:
    """Where the report's words for the event stand, and those for others of its kind."""
    alike = [other for other in report.events if other.kind == event.kind]
    kind = [(other.id == event.id, p.start) for other in alike for p in other.evidence if p.field == "kind"]
    return [p for own, p in kind if own], [p for own, p in kind if not own]


def _of_another(quantity: Quantity, mine: Sequence[int], rivals: Sequence[int]) -> bool:
    """Whether another act of the kind is told between the event and the quantity: `…와도 통화했으며 …에게 전화해 [30분] 넘게`."""
    if quantity.unit != "분":
        return False
    nearest = min(mine, key=lambda p: abs(p - quantity.start), default=quantity.start)
    low, high = sorted((nearest, quantity.start))
    return any(low < p < high for p in rivals)


def _can_have(kind: str, unit: str) -> bool:
    return unit not in _OWNED or unit in _UNITS_OF.get(kind, ())


def _following(text: str, own: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Up to three sentences after each that tells of the event."""
    after: dict[tuple[int, int], None] = {}
    for _, end in own:
        at = end
        for _ in range(_FOLLOWING):
            follower = _next_sentence(text, at)
            if follower is None or follower in own:
                break
            after[follower] = None
            at = follower[1]
    return list(after)


def _next_sentence(text: str, end: int) -> tuple[int, int] | None:
    letters = _LETTER.search(text, end)
    return sentence_span(text, letters.start()) if letters is not None else None


def agree(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one thing may be one: equal, or within a tenth if either is a rough one; `3만여` is no less
    than 30,000."""
    if a.value == b.value:
        return True
    if not (a.about or b.about) or abs(a.value - b.value) > _SLACK * max(a.value, b.value):
        return False
    low, high = (a, b) if a.value < b.value else (b, a)
    return not high.least or (low.about and not low.least)


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities count one thing: `탄도미사일 2발` and `미사일 3발`, not `비행거리 350㎞` and `고도 50㎞`."""
    if a.unit != b.unit:
        return False
    if a.label and b.label:
        return a.label.endswith(b.label) or b.label.endswith(a.label) or a.unit not in _LABELLED
    return a.unit not in _LABELLED or (a.unit == "명" and not a.label and not b.label)


def sentence_of(text: str, position: int) -> str:
    """The sentence around a position."""
    start, end = sentence_span(text, position)
    return text[start:end]


def sentence_span(text: str, position: int) -> tuple[int, int]:
    """Where the sentence around a position begins and ends."""
    start = 0
    for mark in _ENDS.finditer(text, max(0, position - 600), position):
        start = mark.end()
    after = _ENDS.search(text, position)
    return start, after.end() if after else len(text)


@lru_cache(maxsize=8192)
def quantities_in(sentence: str, offset: int) -> tuple[Quantity, ...]:
    """Quantities of a sentence that begins at `offset`, in text order."""
    out: list[Quantity] = []
    last = -1
    for match in _QUANTITY.finditer(sentence):
        value = number_of(match["number"])
        if value is None:
            continue
        unit = _UNITS[match["unit"]]
        if match["unit"] == "시간":
            value *= 60
        if (match["after"] or "").strip() == "반":
            value += 30 if match["unit"] == "시간" else 0.5
        label = _measured(sentence, match.start(), match.end()) if unit == "km" else _counted(sentence, match.start(), match.end())
        if out and _CHAIN.fullmatch(sentence[last : match.start()]):
            label = out[-1].label
        if unit == "분" and out and out[-1].unit == "분" and sentence[last : match.start()].strip() == "":
            out[-1] = Quantity(value=out[-1].value + value, unit=unit, label="", start=out[-1].start, end=offset + match.end())
        else:
            about = bool((match["about"] or "").strip() in ("약", "최소", "최대") or match["more"] or match["more2"]
                         or (match["after"] or "").strip() not in ("", "반"))  # fmt: skip
            least = bool(match["more"] or match["more2"] or (match["after"] or "").strip() in ("이상", "넘", "남짓", "여"))
            out.append(Quantity(value=value, unit=unit, label="" if unit == "분" else label, start=offset + match.start(),
                                end=offset + match.end(), about=about, least=least))  # fmt: skip
        last = match.end()
    return tuple(out)


def _counted(sentence: str, start: int, end: int) -> str:
    """What is counted, empty if it is people of whom the words say no more (`모두 300명이 참석했다`)."""
    after = sentence[end:]
    owner = _OWNER.match(after)
    return _whose(after) or (owner[1] if owner is not None else "") or _label(sentence[:start])


def _measured(sentence: str, start: int, end: int) -> str:
    """Whether a distance is one flown or a height."""
    before = sentence[:start]
    if _RISEN.search(before):
        return "고도"
    return "거리" if _RANGED.search(before) or _FLOWN.match(sentence, end) else _label(before)


def _label(before: str) -> str:
    match = _LABEL.search(before)
    if match is None or match[1] in _ADVERBS or match[1] in _ANYBODY or match[1].endswith(_WHERE):
        return ""
    return match[1]


@cache
def _of_size() -> re.Pattern[str]:
    """`규모의 [정부] 대표단`, `으로 이뤄진 방문단`: a company behind the number of its members."""
    companies = "|".join(sorted({*load_mention_rules().delegations, "기자단", "경제인단", "일행"}, key=len, reverse=True))
    made = r"\s?(?:규모의|규모|으로\s(?:이뤄진|이루어진|구성된|구성한|된))\s(?:[가-힣]+\s)?"
    return re.compile(rf"{made}([가-힣]*(?:{companies}))")


def _whose(after: str) -> str:
    """The noun behind a number that counts its members: `30여 명 규모의 [정부] 대표단`, `41명으로 이뤄진 대표단`."""
    match = _of_size().match(after)
    return match[1] if match else ""


def number_of(words: str) -> float | None:
    """`1천500` -> 1500, `5만` -> 50000, `두` -> 2; None if the words are no number."""
    words = words.replace(",", "").replace(" ", "")
    if words in _NATIVE:
        return float(_NATIVE[words]) or None
    total = part = 0.0
    for digits, sign in re.findall(r"(\d+(?:\.\d+)?)?([십백천만억조]?)", words):
        if not digits and not sign:
            continue
        if sign in _MYRIADS:
            part += float(digits) if digits else 0.0
            total += (part or 1.0) * _MYRIADS[sign]
            part = 0.0
        else:
            part += (float(digits) if digits else 1.0) * _TENS.get(sign, 1)
    return total + part or None
