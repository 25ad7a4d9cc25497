"""Revised Romanization (국어의 로마자 표기법, 2000) for personal names and names of places that no table spells.

The assimilation rules do not apply between surname and given name, nor between the syllables of a given name
(section 3.4 of the standard), so each syllable is spelled alone: 홍길동 is Hong Gildong. In all other names they apply: 종로 is Jongno.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "_", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]
_FINALS = [
    "_", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "t", "t", "p", "t", "m", "p", "p", "t", "t", "ng", "t", "t", "k",
    "t", "p", "t",
]
_BASE, _LAST = 0xAC00, 0xD7A3
_RUNS = re.compile("[가-힣]+|[^가-힣]+")
_SOFT = {1: 15, 4: 16, 8: 17, 10: 9, 13: 14}  # initials: ㄲ to ㅋ and so on
_TENSE_J, _T, _AFFRICATES = 13, 16, (12, 13, 14)
_PLAIN_VOWELS = {2: 0, 6: 4, 12: 8, 17: 13}  # behind ㅈ, ㅊ: ㅑ to ㅏ and so on
_HWE, _PE = 18 * 588 + 15 * 28, 17 * 588 + 5 * 28
_NORTHERN_END = re.compile(r"([로노조코호도보소포토모고료요예레네데베메세제케])브(?= |$)")
_N, _R, _M, _SILENT, _I = 2, 5, 6, 11, 20  # initials ㄴ ㄹ ㅁ ㅇ, the vowel ㅣ
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_LIAISON = {  # a final before a silent initial: what stays, what is spoken as the initial
    1: ("", "g"), 2: ("", "kk"), 3: ("k", "s"), 5: ("n", "j"), 6: ("", "n"), 7: ("", "d"), 8: ("", "r"), 9: ("l", "g"), 10: ("l", "m"),
    11: ("l", "b"), 12: ("l", "s"), 13: ("l", "t"), 14: ("l", "p"), 15: ("", "r"), 17: ("", "b"), 18: ("p", "s"), 19: ("", "s"),
    20: ("", "ss"), 21: ("ng", ""), 22: ("", "j"), 23: ("", "ch"), 24: ("", "k"), 25: ("", "t"), 26: ("", "p"), 27: ("", ""),
}  # fmt: skip
_PALATAL, _PALATALS = {"d": "j", "t": "ch"}, (7, 13, 25)
_H_FINALS, _ASPIRATED = (6, 15, 27), {0: "k", 3: "t", 12: "ch"}


def romanize_syllable(syllable: str) -> str:
    """One Hangul syllable in Latin letters; anything else is returned as it is."""
    code = ord(syllable)
    if not _BASE <= code <= _LAST:
        return syllable
    code -= _BASE
    parts = (_INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28])
    return "".join(parts).replace("_", "")


def romanize_name(name: str, compound_surnames: Sequence[str] = ()) -> str:
    """A Korean name: surname, blank, given name. Customary spellings (Kim, Lee, Park) are not guessed."""
    cut = 2 if name[:2] in compound_surnames and len(name) > 2 else 1
    parts = (name[:cut], name[cut:])
    return " ".join("".join(romanize_syllable(s) for s in part).capitalize() for part in parts if part)


def romanize_words(text: str) -> str:
    """A name of a place or thing, as it is pronounced: 판문점 is Panmunjeom, 독립문 Dongnimmun. What is no Hangul stays. No hyphen is set
    before a unit of administration, and what only a dictionary knows (학여울 is Hangnyeoul) is not guessed."""
    return "".join(_pronounced(run).capitalize() if _is_hangul(run[0]) else run for run in _RUNS.findall(text))


def _pronounced(run: str) -> str:
    out, carried = "", ""
    for syllable, after in zip(run, [*run[1:], ""], strict=True):
        code = ord(syllable) - _BASE
        final, following = code % 28, (ord(after) - _BASE) // 588 if after else -1
        begins = carried or _INITIALS[code // 588].replace("_", "")
        ends, carried = _joined(final, following, bool(after) and (ord(after) - _BASE) % 588 // 28 == _I)
        out += begins + _VOWELS[code % 588 // 28] + ends
    return out


def _joined(final: int, initial: int, before_i: bool) -> tuple[str, str]:
    """How a final consonant is written before an initial (-1: none follows), and how that initial is (empty: as it is)."""
    plain = _FINALS[final].replace("_", "")
    if initial < 0 or not final:
        return plain, ""
    if initial == _SILENT:
        kept, moved = _LIAISON.get(final, ("", plain))
        return kept, _PALATAL.get(moved, moved) if before_i and final in _PALATALS else moved
    if final in _H_FINALS and initial in _ASPIRATED:
        return "n" if final == 6 else "l" if final == 15 else "", _ASPIRATED[initial]
    if initial in (_N, _M):
        return ("l", "l") if plain == "l" and initial == _N else (_NASAL.get(plain, plain), "")
    if initial == _R:
        return ("l", "l") if plain in ("n", "l") else (_NASAL.get(plain, plain), "n")
    return plain, ""


def southern(name: str) -> str:
    """A foreign name in the North's spelling as the South writes it: `찌모닌` 티모닌, `까브리사스` 카브리사스, `쥬가노브` 주가노프."""
    out = "".join([_softened(c) if _is_hangul(c) else c for c in name])
    return _NORTHERN_END.sub(lambda m: m.group(1) + "프", out)


def _softened(syllable: str) -> str:
    code = ord(syllable) - _BASE
    initial, vowel, final = code // 588, code % 588 // 28, code % 28
    if code - final == _HWE:
        return chr(_BASE + _PE + final)
    if initial == _TENSE_J and vowel == _I:
        return chr(_BASE + _T * 588 + code % 588)
    vowel = _PLAIN_VOWELS.get(vowel, vowel) if initial in _AFFRICATES else vowel
    return chr(_BASE + _SOFT.get(initial, initial) * 588 + vowel * 28 + final)


def _is_hangul(letter: str) -> bool:
    return _BASE <= ord(letter) <= _LAST
