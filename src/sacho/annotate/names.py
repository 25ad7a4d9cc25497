"""Gazetteer matches with boundary checks, before the analyser sees the text."""

from __future__ import annotations

from sacho.lexicon import Lexicon
from sacho.records import Record

# What may follow a name without a space: particles, and nouns that attach to names.
_AFTER = (
    "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "으", "도", "만", "께", "측", "간", "발", "산", "행", "당",
    "정", "인", "군", "쪽", "동", "대", "외", "국", "주", "부", "총", "특", "원", "위", "정", "수", "관", "회", "제", "공", "시",
    "라", "여", "처", "보", "까", "한", "조", "언", "나", "식", "공", "사", "남", "북", "두", "들", "등", "비", "친", "핵", "합",
    "사이", "방", "양", "각", "녀", "선", "아", "김", "협", "최", "문", "상", "해", "전", "연", "청", "접", "통", "단", "지", "매",
)  # fmt: skip
_STRICT = frozenset(["이란", "인도", "수단", "가나", "기니", "오만", "말리", "차드", "토고", "조선", "남", "북", "한", "미", "중", "일", "러", "포천", "타스", "경주", "조현", "왕의", "남측", "공화국", "EU"])
_STRICT_AFTER = ("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "도", "측", "정부", "당국", "외", "대", "께")

_ORGANS = frozenset(["외무", "외교", "국무", "국방", "정부", "대통", "당국", "매체", "재무", "백악", "국가", "조선", "노동", "중앙", "측은", "해군", "공군", "육군", "상원", "하원", "의회"])


class NameMatch(Record):
    """A gazetteer form in the text, and what it may stand for."""

    start: int
    end: int
    form: str
    targets: tuple[tuple[str, str], ...]


def find_names(text: str, lexicon: Lexicon) -> tuple[NameMatch, ...]:
    """Leftmost-longest matches that stand as words of their own, in text order, without overlap."""
    out = []
    for index, start, end in lexicon.automaton.find_matches_as_indexes(text):
        surface = lexicon.surfaces[index]
        before = bool(out) and out[-1].end == start
        if (before or _starts(text, start)) and _ends(text, end, surface.form):
            out.append(NameMatch(start=start, end=end, form=surface.form, targets=surface.targets))
    return tuple(out)


def _starts(text: str, start: int) -> bool:
    return start == 0 or not _letter(text[start - 1])


def _ends(text: str, end: int, form: str) -> bool:
    if end == len(text) or not _letter(text[end]):
        return len(form) > 1 or not form.isalpha() or not "가" <= form <= "힣" or _lone(text, end)
    rest = text[end : end + 2]
    if len(form) == 1:
        return not "가" <= form <= "힣"
    if form in _STRICT:
        return rest.startswith(_STRICT_AFTER)
    return len(form) > 2 or rest.startswith(_AFTER)


def _lone(text: str, end: int) -> bool:
    """One syllable alone stands for a state only before its organ: `북 외무성`, `미 국무부`."""
    return text[end : end + 1] == " " and text[end + 1 : end + 3] in _ORGANS


def _letter(character: str) -> bool:
    return character.isalnum()
