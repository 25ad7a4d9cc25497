"""What the rest of a sentence makes of what it tells: the rules of `data/outlooks.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record, Status


class Outlook(Record):
    """One rule, as the data file describes it. `nonpast`: only of what is told without past tense."""

    id: str
    status: Status
    joints: frozenset[str]
    turns: frozenset[Status]
    pattern: str
    kinds: frozenset[str] = frozenset()
    nonpast: bool = False
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


class Outlooks(msgspec.Struct, frozen=True, eq=False):
    """The compiled rules by joint, in file order."""

    by_joint: dict[str, tuple[tuple[re.Pattern[str], Outlook], ...]]


@cache
def load_outlooks() -> Outlooks:
    """Read the data file once. Raises `msgspec.ValidationError` naming the field if a rule is malformed."""
    raw = tomllib.loads((files("sacho.lexicon") / "data" / "outlooks.toml").read_text(encoding="utf-8"))
    macros = msgspec.convert(raw["macros"], dict[str, str])
    found: dict[str, list[tuple[re.Pattern[str], Outlook]]] = {}
    for rule in msgspec.convert(raw["outlook"], tuple[Outlook, ...]):
        compiled = re.compile(_expand(rule.pattern, macros))
        for joint in rule.joints:
            found.setdefault(joint, []).append((compiled, rule))
    return Outlooks(by_joint={joint: tuple(rules) for joint, rules in found.items()})


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for name in reversed(macros):  # a macro may hold those before it
        pattern = pattern.replace("{" + name + "}", macros[name])
    return pattern
