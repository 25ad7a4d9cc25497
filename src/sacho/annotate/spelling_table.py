"""The DPRK forms, their gates, and the automaton that finds them all in one pass."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal

import ahocorasick_rs
import msgspec

from sacho.records import Record

Scope = Literal["free", "dprk", "keep", "gloss"]
_TABLES = ("spellings.csv", "spellings_nkhandic.csv")  # ours first: the first row of a form counts
_COLUMNS = ["dprk", "rok", "class", "gate", "source"]
_SCOPES = {"free", "dprk", "keep", "gloss"}
# A second syllable that could as well be a particle after 력, 률, 론: 군사력도 is no 군사 + 력도.
_PARTICLE_LIKE = frozenset("도이은을의과와만에로사간적인가")


class Form(Record):
    """A DPRK form. `scope`: `free` anywhere, `dprk` only inside DPRK wording, `keep` never (a name that must not
    be cut), `gloss` never rewritten, only known as a pair. `inside`: needs no beginning of a word. `closed`: only after
    a closed syllable. `after`/`never`: what must, or must not, follow. `aligned` is the reading of the same length."""

    dprk: str
    rok: str
    kind: str
    scope: Scope
    aligned: str = ""
    inside: bool = False
    closed: bool = False
    compound: bool = False
    after: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class SpellingWords(Record):
    """`data/spelling.toml`, checked."""

    nouns: str
    prefixes: frozenset[str]
    surnames: frozenset[str]
    tails: tuple[str, ...]
    titles: tuple[str, ...]
    numerals: tuple[str, ...]
    stems: str
    short_stems: tuple[str, ...]
    never_honorific: tuple[str, ...]
    never_before_copula: tuple[str, ...]
    not_a_gloss: frozenset[str]
    surname_of_person: frozenset[str]


class SpellingTable(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the spelling view reads besides the text."""

    forms: tuple[Form, ...]
    automaton: ahocorasick_rs.AhoCorasick
    readings: dict[str, frozenset[str]]
    nouns: frozenset[str]
    stems: re.Pattern[str]
    longest_stem: int
    words: SpellingWords


@cache
def load_spellings() -> SpellingTable:
    """The table, read once a process. Raises ValueError naming file, line and fault of a wrong row."""
    words = _words()
    every = tuple(_rows())
    readings: dict[str, set[str]] = {}
    for form in every:
        readings.setdefault(form.dprk, set()).add(form.rok)
    forms = tuple({form.dprk: form for form in reversed(every) if form.scope != "gloss"}.values())
    nouns = set(words.nouns.split())
    nouns |= {f.dprk for f in forms if f.kind in {"spelling", "place", "compound"} and len(f.dprk) > 1 and not f.inside}
    return SpellingTable(
        forms=forms, automaton=ahocorasick_rs.AhoCorasick([form.dprk for form in forms]),
        readings={dprk: frozenset(roks) for dprk, roks in readings.items()}, nouns=frozenset(nouns),
        stems=_stem_pattern(words), longest_stem=max(map(len, (*words.stems.split(), *words.short_stems))), words=words,
    )  # fmt: skip


def _words() -> SpellingWords:
    source = files("sacho.annotate").joinpath("data", "spelling.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), SpellingWords)


def _rows() -> Iterator[Form]:
    for name in _TABLES:
        source = files("sacho.lexicon").joinpath("data", name)
        if not source.is_file():
            continue  # the derived table has a licence of its own and may be left out
        reader = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
        if reader.fieldnames != _COLUMNS:
            raise ValueError(f"{name}:1 has the columns {reader.fieldnames}; write {','.join(_COLUMNS)}")
        for number, row in enumerate(reader, start=2):
            yield _form(row, f"{name}:{number}")


def _form(row: dict[str, str], place: str) -> Form:
    scope, *parts = row["gate"].split(";")
    if scope not in _SCOPES or not row["dprk"] or not row["rok"]:
        raise ValueError(f"{place} has no form, no reading or the gate {row['gate']!r}; begin it with one of {_SCOPES}")
    lists = {"after": (), "not": ()} | {
        name: tuple(words.split("|")) for name, _, words in (part.partition(":") for part in parts) if words
    }
    dprk, rok = row["dprk"], row["rok"]
    tight = rok.replace(" ", "")
    ours = row["source"] != "nkhandic"
    cut = len(dprk) == 2 and dprk[1] in _PARTICLE_LIKE and dprk[0] in "력률량론료령로류란래례렬리릉록루" and dprk != "력사"
    return Form(
        dprk=dprk, rok=rok, kind=row["class"], scope=scope,  # type: ignore[arg-type]  # checked above
        aligned=rok if len(rok) == len(dprk) else tight if len(tight) == len(dprk) else "",
        inside="inside" in parts, closed="closed" in parts, compound=ours and len(dprk) > 1 and not cut,
        after=lists["after"], never=lists["not"],
    )  # fmt: skip


def _stem_pattern(words: SpellingWords) -> re.Pattern[str]:
    """The one group that matches is the 여 or 였 that reads 어 or 었; 이시여 calls somebody and stays."""
    long = "|".join(sorted(words.stems.split(), key=len, reverse=True))
    short = "|".join(sorted(words.short_stems, key=len, reverse=True))
    honorific = "".join(f"(?<!{noun}시)" for noun in words.never_honorific)
    return re.compile(
        f"(?:(?:{long})|(?<![가-힣])(?:{short}))(?P<mark>[여였])|시{honorific}(?P<honorific>였)|(?<!이)시{honorific}(?P<calling>여)(?!러)"
    )
