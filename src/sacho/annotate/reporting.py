"""The words by which a text gives the floor to somebody else: `data/reporting.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """Word classes of the data file; `verbs` maps a stem to its class."""

    verbs: dict[str, str]
    plain: frozenset[str]
    self: frozenset[str]
    after_mark: frozenset[str]
    adnominal: frozenset[str]
    said: frozenset[str]
    news: frozenset[str]
    carriers: frozenset[str]
    settings: frozenset[str]
    office: frozenset[str]
    anonymous: frozenset[str]
    outlet: frozenset[str]
    near: frozenset[str]
    plural_of: frozenset[str]
    titles: tuple[str, ...]
    offices: frozenset[str]
    surnames: frozenset[str]
    bodies: tuple[str, ...]
    outlets: tuple[str, ...]
    outlet_endings: tuple[str, ...]
    pronouns: frozenset[str]
    tidings: frozenset[str]
    held: frozenset[str]
    bridges: frozenset[str]
    denials: re.Pattern[str]
    endings: tuple[str, ...]
    dateline: re.Pattern[str]
    trailing: re.Pattern[str]
    leading: re.Pattern[str]


@cache
def load_reporting() -> Reporting:
    """Read the data file once. Raises `KeyError` naming the missing table, `re.error` for a bad pattern."""
    raw: dict[str, Any] = tomllib.loads((files("sacho.annotate") / "data" / "reporting.toml").read_text("utf-8"))
    verbs = {stem: entry["id"] for entry in raw["verbs"] for stem in entry["stems"]}
    quotative, nouns, sources = raw["quotative"], raw["nouns"], raw["sources"]
    return Reporting(
        verbs=verbs,
        plain=frozenset(quotative["plain"]), self=frozenset(quotative["self"]),
        after_mark=frozenset(quotative["after_mark"]), adnominal=frozenset(quotative["adnominal"]),
        said=frozenset(nouns["said"]), news=frozenset(nouns["news"]), carriers=frozenset(nouns["carriers"]), settings=frozenset(nouns["settings"]),
        office=frozenset(sources["office"]), anonymous=frozenset(sources["anonymous"]),
        outlet=frozenset(sources["outlet"]), near=frozenset(sources["near"]),
        plural_of=frozenset(sources["plural_of"]), titles=tuple(sources["titles"]),
        offices=frozenset(sources["offices"]), surnames=frozenset(sources["surnames"]),
        bodies=tuple(sources["bodies"]), outlets=tuple(sources["outlets"]),
        outlet_endings=(*sources["outlets"], *sources["outlet"]),
        pronouns=frozenset(sources["pronouns"]), tidings=frozenset(sources["tidings"]),
        held=frozenset(sources["held"]), bridges=frozenset(sources["bridges"]),
        denials=re.compile("|".join(map(re.escape, raw["denials"]["words"]))),
        endings=tuple(raw["carry"]["endings"]), dateline=re.compile(raw["carry"]["dateline"], re.MULTILINE),
        trailing=re.compile(rf"(?:\s*{raw['credits']['trailing']})+\s*$"), leading=re.compile(raw["credits"]["leading"]),
    )  # fmt: skip
