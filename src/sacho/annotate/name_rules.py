"""What may stand around a name: `data/names.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record


class Guard(Record):
    """Conditions for forms that are also common words (see `data/names.toml`)."""

    id: str
    forms: tuple[str, ...]
    before: str = ""
    after: str = ""
    sure: str = ""
    reject: str = ""
    dprk_only: bool = False
    accept_text: tuple[str, ...] = ()
    reject_text: tuple[str, ...] = ()


class Lone(Record):
    """Contexts in which one syllable stands for a state."""

    free: tuple[str, ...]
    led: tuple[str, ...]
    organs: tuple[str, ...]
    particle_states: tuple[str, ...]
    particles: tuple[str, ...]
    fixed: dict[str, tuple[str, ...]]


class Marks(Record):
    """What tells of DPRK wording: `few` of them in a text."""

    pattern: str
    few: int
    shared: list[str]
    southern: str


class NameFile(Record):
    """`data/names.toml` as it stands."""

    particles: tuple[str, ...]
    nouns: tuple[str, ...]
    person_nouns: tuple[str, ...]
    regimes: tuple[str, ...]
    pair_nouns: tuple[str, ...]
    risky_pairs: tuple[str, ...]
    continents: dict[str, tuple[str, ...]]
    memorial: str
    guard: tuple[Guard, ...]
    lone: Lone
    register: Marks


class CompiledGuard(msgspec.Struct, frozen=True):
    """A guard's patterns; None where it has none."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sure: re.Pattern[str] | None
    reject: re.Pattern[str] | None
    dprk_only: bool


class NameRules(msgspec.Struct, frozen=True, kw_only=True):
    """Patterns to be matched at the end of a form: `state` for states, bodies, places and outlets, `person`,
    `title` for titles,
    `pair`, `risky` and `acting` for pairs; `guards` by form."""

    state: re.Pattern[str]
    person: re.Pattern[str]
    title: re.Pattern[str]
    pair: re.Pattern[str]
    risky: re.Pattern[str]
    acting: re.Pattern[str]
    memorial: re.Pattern[str]
    risky_pairs: frozenset[str]
    continents: dict[str, tuple[str, ...]]
    regimes: tuple[str, ...]
    guards: dict[str, CompiledGuard]
    lone: Lone
    marks: re.Pattern[str]
    few: int
    shared_marks: frozenset[str]
    southern_words: re.Pattern[str]


@cache
def load_name_rules() -> NameRules:
    """Read the data file once. Raises `msgspec.ValidationError` naming the entry that is missing or ill-typed."""
    raw = (files("sacho.annotate") / "data" / "names.toml").read_text(encoding="utf-8")
    data = msgspec.convert(tomllib.loads(raw), NameFile)
    particle = rf"(?:{_any(data.particles)})(?![가-힣])"
    edge = r"(?![가-힣A-Za-z0-9])"
    relation = rf"[’'”\"]?(?:\([가-힣]+\))?\s?(?:{_any(data.pair_nouns)})"
    return NameRules(
        state=re.compile(rf"{edge}|{particle}|(?:{_any(data.nouns)})"),
        person=re.compile(rf"{edge}|{particle}|(?:{_any(data.person_nouns)})"),
        title=re.compile(rf"{edge}|{particle}|들|겸|일행|내외|부부|측|이시|사이|간(?:의|에)?(?![가-힣])"),
        pair=re.compile(rf"{relation}|{particle}|{edge}"),
        risky=re.compile(rf"{relation}|[’'”]"),
        acting=re.compile(r"(?:는|가|도)\s"),
        memorial=re.compile(data.memorial),
        risky_pairs=frozenset(data.risky_pairs),
        continents=data.continents,
        regimes=data.regimes,
        guards={form: _compiled(guard) for guard in data.guard for form in guard.forms},
        lone=data.lone,
        marks=re.compile(data.register.pattern),
        few=data.register.few, shared_marks=frozenset(data.register.shared), southern_words=re.compile(data.register.southern),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _compiled(guard: Guard) -> CompiledGuard:
    before = re.compile(f"(?:{guard.before})$") if guard.before else None
    after, sure, reject = (re.compile(p) if p else None for p in (guard.after, guard.sure, guard.reject))
    return CompiledGuard(before=before, after=after, sure=sure, reject=reject, dprk_only=guard.dprk_only)
