"""Closed word lists of the clause and role analysis."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record


class Words(Record):
    """See `data/words.toml` for what each list is."""

    light_verbs: frozenset[str]
    performing_verbs: frozenset[str]
    sanctions_resolutions: frozenset[str]
    framing_nouns: frozenset[str]
    party_nouns: frozenset[str]
    between_nouns: frozenset[str]
    happening_verbs: frozenset[str]
    deeds: frozenset[str]
    holding_verbs: frozenset[str]
    fixing_verbs: frozenset[str]
    goal_verbs: frozenset[str]
    object_verbs: frozenset[str]
    taking_verbs: frozenset[str]
    act_nouns: frozenset[str]
    journeys: frozenset[str]
    wishing_verbs: frozenset[str]
    proposing_verbs: frozenset[str]
    leading_verbs: frozenset[str]
    no_conditions: frozenset[str]
    asking_verbs: frozenset[str]
    passive_verbs: frozenset[str]
    bound_nouns: frozenset[str]
    occasions: frozenset[str]
    attending: frozenset[str]
    head_nouns: frozenset[str]
    authorship: frozenset[str]
    speaking_occasions: frozenset[str]
    entering_verbs: frozenset[str]
    vehicles: frozenset[str]
    riding_verbs: frozenset[str]
    talking: tuple[str, ...]
    documents: frozenset[str]
    crafts: frozenset[str]
    after_nouns: frozenset[str]
    by_turns: frozenset[str]
    thing_verbs: frozenset[str]
    seeming_verbs: frozenset[str]
    guiding_verbs: frozenset[str]
    answering_verbs: frozenset[str]
    facing_verbs: frozenset[str]
    countering_verbs: frozenset[str]
    honouring_verbs: frozenset[str]
    conferring_verbs: frozenset[str]
    passing_verbs: frozenset[str]
    held_verbs: frozenset[str]
    fetching_verbs: frozenset[str]
    time_topics: frozenset[str]
    closing_nouns: frozenset[str]
    summoning_verbs: frozenset[str]
    shifting_verbs: frozenset[str]
    visit_manners: frozenset[str]
    region_nouns: frozenset[str]
    human_nouns: frozenset[str]
    courses: frozenset[str]
    visiting: tuple[str, ...]
    saying: tuple[str, ...]
    content_nouns: frozenset[str]
    mind_nouns: frozenset[str]
    self_moving_verbs: frozenset[str]
    cleft_nouns: frozenset[str]
    named_weapons: dict[str, str]
    named_drills: dict[str, tuple[str, ...]]
    toward: dict[str, str]


@cache
def load_words() -> Words:
    """Read the lists once."""
    raw = (files("sacho.lexicon") / "data" / "words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), Words)
