"""Hanja of the papers of the 1980s and 1990s as they are read aloud, letter for letter: `駐韓대사` 주한대사, `張承吉(장승길)`
장승길(張承吉)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record

_HANJA = re.compile("[\u4e00-\u9fff]")
_READ_BESIDE = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})\(([가-힣]{2,4})\)")


class _Alone(Record):
    before: dict[str, str]
    behind: dict[str, str]


class _Examples(Record):
    accept: tuple[tuple[str, str], ...]
    reject: tuple[str, ...]


class HanjaWords(Record):
    """`data/hanja.toml`, checked."""

    words: dict[str, str]
    alone: _Alone
    examples: _Examples


@cache
def load_hanja_words() -> HanjaWords:
    """The closed list. Raises `msgspec.ValidationError` naming the entry that is missing or ill-typed."""
    return msgspec.convert(tomllib.loads((files("sacho.annotate") / "data" / "hanja.toml").read_text("utf-8")), HanjaWords)


@cache
def _pattern() -> re.Pattern[str]:
    source = load_hanja_words()
    words = "|".join(sorted(source.words, key=len, reverse=True))
    before, behind = "".join(source.alone.before), "".join(source.alone.behind)
    other = "\u4e00-\u9fff"
    return re.compile(
        rf"(?<![({other}])(?:{words})(?![{other})])|(?<![({other}가-힣])[{before}](?=[가-힣])|(?<=[{other}가-힣])(?<!\()[{behind}](?![{other})])"
    )


def hanja_readings(text: str, surnames: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """`(start, end, reading)` in text order, each as long as what it stands for; a name and its reading in brackets behind it change
    places if the reading begins with a surname."""
    if _HANJA.search(text) is None:
        return
    source = load_hanja_words()
    swapped = [m for m in _READ_BESIDE.finditer(text) if len(m[1]) == len(m[2]) and m[2][0] in surnames]
    found = [(m.start(), m.end(), f"{m[2]}({m[1]})") for m in swapped if m[1] not in source.words]
    taken = [(start, end) for start, end, _ in found]
    for m in _pattern().finditer(text):
        if not any(start < m.end() and m.start() < end for start, end in taken):
            word = m.group()
            found.append((m.start(), m.end(), source.words.get(word) or source.alone.before.get(word) or source.alone.behind[word]))
    yield from sorted(found)
