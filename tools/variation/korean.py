"""Replace names inside Korean text, so that the particle behind the name still fits its last sound."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Behind a consonant, behind a vowel. Longest first: 이라고 before 이.
_PARTICLES = sorted(
    [
        ("으로부터", "로부터"), ("으로서", "로서"), ("으로", "로"), ("이라고", "라고"), ("이라는", "라는"), ("이며", "며"),
        ("이나", "나"), ("이란", "란"), ("과의", "와의"), ("과는", "와는"), ("과도", "와도"), ("은", "는"), ("이", "가"),
        ("을", "를"), ("과", "와"),
    ],
    key=lambda pair: -len(pair[0]),
)  # fmt: skip
_FORMS = {form: pair for pair in _PARTICLES for form in pair}
_PARTICLE = "|".join(sorted(_FORMS, key=len, reverse=True))
_RIEUL = 8  # number of the final ㄹ in a syllable block; 로 stands behind it as behind a vowel


def final(word: str) -> int:
    """The number of the final consonant of the last syllable, 0 if it ends in a vowel or in no Hangul."""
    code = ord(word[-1]) - 0xAC00
    return code % 28 if 0 <= code < 11172 else 0


def particle(word: str, form: str) -> str:
    """The form of a particle behind a word: `particle("총리", "이")` is 가."""
    closed, opened = _FORMS[form]
    last = final(word)
    if closed.startswith("으로") and last == _RIEUL:
        return opened
    return closed if last else opened


def replace(text: str, names: Mapping[str, str], *, inside: bool = False) -> str:
    """All names at once, longest first, so that an exchange (A to B, B to A) is possible; particles follow.

    A name must not be the tail of a longer word (`왕이` in `국왕이`), unless `inside`.
    """
    if not names:
        return text
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        f"{'' if inside else '(?<![가-힣])'}(?P<name>{'|'.join(map(re.escape, longest))})(?:(?P<particle>{_PARTICLE})(?![가-힣]))?"
    )

    def renamed(found: re.Match[str]) -> str:
        new = names[found["name"]]
        return new + (particle(new, found["particle"]) if found["particle"] else "")

    return pattern.sub(renamed, text)
