"""Resolutions told by their number: who adopted them and against whom goes without saying."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.frames import Cast
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.triggers import Trigger
from sacho.lexicon.words import load_words
from sacho.records import Mention

ADOPTING = frozenset(["sanction-resolution", "adopt-resolution"])
_COUNCIL = "un-sc"
_TARGET = "PRK"
_NUMBERED = re.compile(r"(?<!\d)(\d{3,4})호")


def adopted(trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """The cast of an adoption without an agent (`지난달 채택된 2371호는`, `결의 1718호가 채택된 지`): the Security Council, and the state
    that the resolution is about, each where the report names it nearest before, else first."""
    if roles.actor or trigger.clause < 0:
        return roles
    clause = analysis.clauses[trigger.clause]
    told = [k for k in (*clause.arguments, clause.subject, clause.head if clause.kind == "adnominal" else -1) if k >= 0]
    numbers = {n for k in told for n in _NUMBERED.findall(layers.text[analysis.units[k].start : analysis.units[k].end])}
    if numbers.isdisjoint(load_words().sanctions_resolutions):
        return roles
    council = _nearest(layers.mentions, _COUNCIL, trigger.start)
    if council < 0:
        return roles
    target = _nearest(layers.mentions, _TARGET, trigger.start)
    return msgspec.structs.replace(roles, actor=(council,), recipient=roles.recipient or ((target,) if target >= 0 else ()))


def _nearest(mentions: Sequence[Mention], entity: str, at: int) -> int:
    places = [i for i, m in enumerate(mentions) if m.entity == entity]
    before = [i for i in places if mentions[i].start < at]
    return before[-1] if before else places[0] if places else -1
