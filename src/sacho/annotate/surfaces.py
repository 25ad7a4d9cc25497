"""The forms that a verb takes in running text, told from its stem alone: more than it has, never fewer."""

from __future__ import annotations

_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_NONE, _N, _D, _L, _M, _B, _S, _SS = 0, 4, 7, 8, 16, 17, 19, 20  # finals, by their place in a syllable's code
_CONTRACTED = {8: (9,), 13: (14,), 20: (6,), 18: (4, 0), 11: (10,)}  # ㅗ ㅘ, ㅜ ㅝ, ㅣ ㅕ, ㅡ ㅓ ㅏ, ㅚ ㅙ
_HA = "하한할함합해했"
_AFTER_VOWEL = (_NONE, _N, _L, _M, _B, _SS)


def surfaces(stem: str) -> frozenset[str]:
    """Beginnings of every inflected form of the stem (`만나`: 만나, 만난, 만났 …), regular or not."""
    before, last = stem[:-1], stem[-1]
    if not "가" <= last <= "힣":
        return frozenset({stem})
    lead, vowel, final = _parts(last)
    bare = _syllable(lead, vowel, _NONE)
    if last == "하":
        return frozenset(before + c for c in _HA)
    if final == _NONE:
        forms = {before + _syllable(lead, v, f) for v in (vowel, *_CONTRACTED.get(vowel, ())) for f in _AFTER_VOWEL}
        return frozenset(forms | _doubled(before, last))
    forms = {stem}
    if final == _L:
        forms |= {before + _syllable(lead, vowel, f) for f in (_NONE, _N, _B)}
    elif final == _B:
        forms |= {before + bare + c for c in "와왔워웠우운울움"}
    elif final == _S:
        forms |= {before + bare + c for c in "어었으은을아았"}
    elif final == _D:
        forms.add(before + _syllable(lead, vowel, _L))
    return frozenset(forms)


def _doubled(before: str, last: str) -> set[str]:
    """`오르`: 올라, 올랐."""
    if last != "르" or not before or _parts(before[-1])[2] != _NONE:
        return set()
    lead, vowel, _ = _parts(before[-1])
    return {before[:-1] + _syllable(lead, vowel, _L) + c for c in "라랐러렀"}


def _parts(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _FIRST
    return code // (_VOWELS * _FINALS), code % (_VOWELS * _FINALS) // _FINALS, code % _FINALS


def _syllable(lead: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (lead * _VOWELS + vowel) * _FINALS + final)
