"""The reading of a name that a report writes in hanja: as the report itself gives it, else by the names of the lexicon."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from sacho.lexicon import Lexicon

_HANJA = re.compile("[\u4e00-\u9fff]{2,4}")


def read_aloud(name: str, text: str, lexicon: Lexicon) -> str:
    """`張承吉` of a report that writes `張承吉(장승길)` or `장승길(張承吉)` is 장승길; without that, syllable by syllable as people of the
    Koreas in the lexicon are read. The name itself if it is not in hanja or one letter's reading is unknown."""
    if not _HANJA.fullmatch(name):
        return name
    size = len(name)
    beside = re.search(rf"{name}\(([가-힣]{{{size}}})\)|(?<![가-힣])([가-힣]{{{size}}})\({name}\)", text)
    if beside is not None:
        return beside.group(1) or beside.group(2)
    readings = _readings(lexicon)
    read = "".join([readings.get((letter, i == 0), "") for i, letter in enumerate(name)])
    return read if len(read) == size else name


@lru_cache(maxsize=2)
def _readings(lexicon: Lexicon) -> dict[tuple[str, bool], str]:
    """The commonest reading of each hanja of a Korean name, as the family name and behind it."""
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for person in lexicon.people.values():
        if person.country in ("KOR", "PRK") and len(person.hanja) == len(person.name):
            for i, (letter, syllable) in enumerate(zip(person.hanja, person.name, strict=True)):
                counts.setdefault((letter, i == 0), Counter())[syllable] += 1
    return {key: max(sorted(found), key=found.__getitem__) for key, found in counts.items()}
