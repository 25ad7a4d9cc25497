"""How likely it is that kind, participants and status of an event are right.

A logistic model over what the event record itself shows. Its weights are in `data/confidence.toml`, written by
`tools/fit_confidence.py` from gold reports; a feature that the file does not have counts nothing.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sacho.records import Event

_MANY = 3  # mentions or parties from which more make no difference


def confidence(event: Event) -> float:
    """Probability, 0.01 to 0.99, that kind, participants and status are all right (`docs/gold.md`, section 10)."""
    return probability(features(event), load_weights())


def features(event: Event) -> dict[str, float]:
    """What the model sees: name of the feature, its value (0 to 1)."""
    told = sum([e.field == "kind" for e in event.evidence])
    parties = (*event.actor, *event.recipient)
    persons = [p for p in parties if p.id != p.country]
    out = {
        "always": 1.0,
        f"kind {event.kind}": 1.0,
        f"status {event.status.value}": 1.0,
        f"use {event.rule.rpartition('/')[2]}": 1.0,
        f"mentions {min(told, _MANY)}": 1.0,
        f"parties {min(len(parties), _MANY)}": 1.0,
        "persons": len(persons) / max(len(parties), 1),
        "one side": float(not event.symmetric and not (event.actor and event.recipient)),
        "dated": float(bool(event.date)),
        "placed": float(event.place is not None),
        "credited": float(bool(event.sources)),
        "in conflict": float(bool(event.conflicts)),
        "others": float(bool(event.participants)),
    }
    for proof in event.evidence:
        if proof.field in ("actor", "recipient"):
            out[f"party {proof.rule}"] = 1.0
        elif proof.field == "status":
            out[f"status by {proof.rule}"] = 1.0
    return {name: value for name, value in out.items() if value}


def probability(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum."""
    total = sum([weights.get(name, 0.0) * value for name, value in seen.items()])
    return round(min(max(1 / (1 + math.exp(-total)), 0.01), 0.99), 2)


@cache
def load_weights() -> dict[str, float]:
    """Read the weights once. Raises `tomllib.TOMLDecodeError` if the file is broken."""
    raw = tomllib.loads((files("sacho.resolve") / "data" / "confidence.toml").read_text(encoding="utf-8"))
    return {str(name): float(value) for name, value in raw["weights"].items()}
