"""The grammar of time expressions, from `data/timexes.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record


class TimexRule(Record):
    """One pattern. `accept` pairs a sentence with the words found in it and their value; `reject` sentences have
    no expression of this rule."""

    id: str
    pattern: str
    accept: tuple[tuple[str, str, str], ...] = ()
    reject: tuple[str, ...] = ()


class TimexRules(msgspec.Struct, frozen=True):
    rules: tuple[TimexRule, ...]
    pattern: re.Pattern[str]


@cache
def load_timex_rules() -> TimexRules:
    raw = tomllib.loads((files("sacho.annotate") / "data" / "timexes.toml").read_text(encoding="utf-8"))
    rules = msgspec.convert(raw["rule"], tuple[TimexRule, ...])
    macros: dict[str, str] = raw["macros"]
    alternatives = []
    for rule in rules:
        pattern = rule.pattern
        for name, text in macros.items():
            pattern = pattern.replace("{" + name + "}", text)
        alternatives.append(f"(?P<{rule.id}>{pattern})")
    return TimexRules(rules=rules, pattern=re.compile("|".join(alternatives)))
