"""The words by which a text gives the floor to somebody else: `data/reporting.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

_Words = frozenset[str]
_Endings = tuple[str, ...]


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """The data file's word classes, described there; `verbs` maps a stem to its class."""

    verbs: dict[str, str]
    plain: _Words
    speaking: _Words
    after_mark: _Words
    adnominal: _Words
    said: _Words
    news: _Words
    tidings: _Words
    carriers: _Words
    settings: _Words
    held: _Words
    spokesmen: _Words
    anonymous: _Words
    officials: _Words
    ranks: _Words
    claimed: _Words
    papers: _Words
    lone_papers: _Words
    naming: _Words
    interviews: _Words
    receiving: _Words
    givers: _Words
    resting: _Words
    reporters: _Endings
    human: _Endings
    offices: _Words
    outlet_nouns: _Words
    outlet_endings: _Endings
    editions: _Words
    northern: _Words
    grounds: _Words
    relaying: _Words
    pronouns: _Words
    surnames: _Words
    titles: _Endings
    bodies: _Endings
    outlet_names: _Endings
    outlet_compounds: _Endings
    bridges: _Words
    bound: _Words
    advancing: _Words
    talks: _Words
    statements: _Words
    times: _Words
    leading: _Words
    denying: _Endings
    style: _Endings
    dateline: str
    credit: str
    trailing: str
    byline: str
    labels: tuple[str, ...]
    heads_speech: str
    unlabelled: _Words
    thus: str
    looking_back: str
    listening: str
    saying: str
    owned: str
    relays: str
    statement: str
    heading: str
    signed: str
    closing: str
    question: str
    answer: str
    first_person: str


@cache
def load_reporting() -> Reporting:
    """Read the data file once. Raises `msgspec.ValidationError` naming the list that is missing or ill-typed."""
    raw: dict[str, Any] = tomllib.loads((files("sacho.annotate") / "data" / "reporting.toml").read_text("utf-8"))
    merged: dict[str, Any] = {"verbs": {stem: entry["id"] for entry in raw["verbs"] for stem in entry["stems"]}}
    for table in ("quotative", "nouns", "sources", "discourse", "denials", "carry", "credits", "floor"):
        merged |= raw[table]
    merged["bound"] = [*merged["bound"], *(stem for entry in raw["verbs"] if entry.get("quoted") for stem in entry["stems"])]
    merged["surnames"] = list(merged["surnames"])
    merged["outlet_endings"] = [*merged["outlet_names"], *merged["outlet_nouns"]]
    return msgspec.convert(merged, Reporting)


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """A pattern of the data file, compiled once; `^` and `$` are the ends of the stretch searched."""
    return re.compile(expression)
