"""Revised Romanization (국어의 로마자 표기법, 2000) for personal names that no table spells.

The assimilation rules do not apply between surname and given name, nor between the syllables of a given name
(section 3.4 of the standard), so each syllable is spelled alone: 홍길동 is Hong Gildong.
"""

from __future__ import annotations

from collections.abc import Sequence

_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "_", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"]
_FINALS = [
    "_", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "t", "t", "p", "t", "m", "p", "p", "t", "t", "ng", "t", "t", "k",
    "t", "p", "t",
]
_BASE, _LAST = 0xAC00, 0xD7A3


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
