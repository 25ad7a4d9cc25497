"""A choice among a few options, each with features: the options' shares by a log-linear model (conditional logit).

Weights are in `data/*.json`, written by `tools/fit_choices.py` from gold reports; a feature without a weight counts nothing.
McFadden, D. (1974): Conditional logit analysis of qualitative choice behavior. In: Frontiers in Econometrics, 105-142.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import Record


class Model(Record):
    """`about`: what it was fitted on and how well it did on reports left out; `least`: the share that the best option must have
    to be taken."""

    about: str
    least: float
    weights: dict[str, float]


def shares(options: Sequence[Sequence[str]], weights: Mapping[str, float]) -> list[float]:
    """The share of each option, given the names of its features; they add up to 1."""
    get = weights.get
    totals = [sum([get(name, 0.0) for name in names]) for names in options]
    top = max(totals)
    grown = [math.exp(total - top) for total in totals]
    whole = sum(grown)
    return [part / whole for part in grown]


def best(options: Sequence[Sequence[str]], model: Model) -> int:
    """Index of the option with the largest share, -1 if that is too small."""
    found = shares(options, model.weights)
    top = max(range(len(found)), key=found.__getitem__)
    return top if found[top] >= model.least else -1


@cache
def load_model(name: str) -> Model:
    """The model in `data/NAME.json`. Raises `FileNotFoundError`, `msgspec.DecodeError`."""
    return msgspec.json.decode((files("sacho.resolve") / "data" / f"{name}.json").read_bytes(), type=Model)
