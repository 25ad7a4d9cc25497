"""The grammar of time expressions, from `data/timexes.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import ahocorasick_rs
import msgspec

from sacho.annotate.named_days import load_named_days
from sacho.records import Record

NUMBER = "#"  # among a rule's `starts`


class TimexRule(Record):
    """One pattern. `starts` are the words it may begin with, `after` the signs that may follow the number it begins
    with; `reading` names the function that makes the value. `accept` pairs a sentence with the words found in it and
    their value; `reject` sentences have no expression of this rule."""

    id: str
    reading: str
    pattern: str
    starts: tuple[str, ...]
    after: str = ""
    accept: tuple[tuple[str, str, str], ...] = ()
    reject: tuple[str, ...] = ()


class TenseCues(msgspec.Struct, frozen=True):
    """What tells whether the sentence speaks of the past or the future (see `tense.py`); `first` finds the first cue
    of either and names it `ahead` or `past`."""

    future: re.Pattern[str]
    first: re.Pattern[str]
    embedded: re.Pattern[str]
    undone: re.Pattern[str]
    connective: re.Pattern[str]


class ReportCues(msgspec.Struct, frozen=True):
    """What makes a day the day of a report (see `timexes.is_report`)."""

    after: re.Pattern[str]
    media: re.Pattern[str]
    final: re.Pattern[str]


class TimexRules(msgspec.Struct, frozen=True):
    """`numbers` and `words` find where a rule may begin; `by_word` and `by_number` give the rules to try there, by the first
    two signs of the word, or its only one, and by the sign after the number; `named` are those that read a day with a name.
    `groups` are the names of every pattern's groups, all of which have one, in order."""

    rules: tuple[TimexRule, ...]
    patterns: tuple[re.Pattern[str], ...]
    numbers: re.Pattern[str]
    words: ahocorasick_rs.AhoCorasick
    by_word: dict[str, tuple[int, ...]]
    by_number: dict[str, tuple[int, ...]]
    readings: dict[str, str]
    groups: tuple[tuple[str, ...], ...]
    named: frozenset[int]
    tense: TenseCues
    report: ReportCues
    zones: dict[str, str]


@cache
def load_timex_rules() -> TimexRules:
    """Read the rules once. Raises `re.error` for a pattern that does not compile."""
    raw = tomllib.loads((files("sacho.annotate") / "data" / "timexes.toml").read_text(encoding="utf-8"))
    lists: dict[str, list[str]] = raw["words"]
    macros: dict[str, str] = raw["macros"]
    rules = msgspec.convert(raw["rule"], tuple[TimexRule, ...])
    names = load_named_days().forms
    macros |= {"PAST": _syllables(20, "있겠"), "RIEUL": _syllables(8, ""), "NIEUN": _syllables(4, "")}
    macros["CUE"] = macros["PAST"] + macros["RIEUL"] + macros["NIEUN"] + "겠예계방기키앞로조합됩립납집갑옵칩냅섭엽줍둡갖"
    macros["NAMED"] = "|".join(re.escape(n) for n in names)
    lists["named"] = list(names)
    rules = tuple(msgspec.structs.replace(r, starts=_expanded(r.starts, lists)) for r in rules)
    words = sorted({s for r in rules for s in r.starts if s != NUMBER and s not in lists["quotes"]})
    by_word: dict[str, tuple[int, ...]] = {}
    by_number: dict[str, tuple[int, ...]] = {}
    for index, rule in enumerate(rules):
        for first in dict.fromkeys(s[:2] for s in rule.starts if s != NUMBER):
            by_word[first] = (*by_word.get(first, ()), index)
        for sign in rule.after:
            by_number[sign] = (*by_number.get(sign, ()), index)
    for first, indexes in by_word.items():
        if len(first) == 2 and first[0] in by_word:  # a word of one sign (`설`) may go on with any other
            by_word[first] = tuple(sorted({*indexes, *by_word[first[0]]}))
    patterns = tuple(re.compile(expanded(r.pattern, macros)) for r in rules)
    return TimexRules(
        rules=rules, patterns=patterns,
        numbers=_numbers("".join(by_number), "".join(lists["quotes"])),
        words=ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        by_word=by_word, by_number=by_number, readings={r.id: r.reading for r in rules},
        groups=tuple(tuple(p.groupindex) for p in patterns),
        named=frozenset(i for i, r in enumerate(rules) if r.reading == "named"), tense=TenseCues(**_compiled(_tense(raw["tense"]), macros)),
        report=ReportCues(**_compiled(raw["report"], macros)), zones=raw["zones"],
    )  # fmt: skip


def _numbers(after: str, quotes: str) -> re.Pattern[str]:
    """A number before one of the signs that a rule expects, or the mark of a year of two digits (`’18`). One set of
    signs stands in front: with it the search is several times faster."""
    return re.compile(
        rf"[0-9{quotes}](?:(?<=[0-9])[0-9]{{0,3}}(?=\s?[{re.escape(after)}])|(?<=[{quotes}])(?=[0-9]{{2}}[.년]))"
    )


def _tense(raw: dict[str, str]) -> dict[str, str]:
    future, past = raw.pop("future"), raw.pop("past")
    return {**raw, "future": "[{CUE}]" + future, "first": f"[{{CUE}}](?:(?P<past>{past})|(?P<ahead>{future}))"}


def expanded(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with its `{MACROS}`, which may hold others, written out, without its line ends."""
    pattern = pattern.replace("\n", "")
    for _ in range(4):
        pattern = re.sub(r"\{([A-Z]+)\}", lambda m: macros[m.group(1)], pattern)
    return pattern


def _expanded(starts: tuple[str, ...], lists: dict[str, list[str]]) -> tuple[str, ...]:
    out: list[str] = []
    for start in starts:
        out += lists[start[1:]] if start.startswith("@") else [start]
    return tuple(dict.fromkeys(out))


def _compiled(raw: dict[str, str], macros: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(expanded(pattern, macros)) for name, pattern in raw.items()}


def _syllables(final: int, without: str) -> str:
    """Every syllable that ends in this consonant (by Unicode's count: 4 ㄴ, 8 ㄹ, 20 ㅆ): 했, 였, 갔 but not 있, 겠,
    which are no past."""
    return "".join(chr(code) for code in range(0xAC00 + final, 0xD7A4, 28) if chr(code) not in without)
