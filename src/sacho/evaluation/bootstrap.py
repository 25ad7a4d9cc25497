"""Bootstrap intervals: how far a figure would move with other reports (Efron and Tibshirani 1993, chapter 13)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from sacho.evaluation.measures import Tally, figures

DRAWS = 1000
SEED = 20180427
_LOW, _HIGH = 0.025, 0.975


def intervals(tallies: Sequence[Tally], *, draws: int = DRAWS, seed: int = SEED) -> dict[str, tuple[float, float]]:
    """The 95 % percentile interval of each figure over reports drawn with replacement. A figure that a draw leaves
    without anything to count is left out of that draw. The interval is widened to the figure itself where that lies
    outside: the calibration error of a resample is too large on average."""
    if not tallies:
        return {}
    names = sorted({name for tally in tallies for name in tally})
    rows = [[tally[name] for name in names] for tally in tallies]
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(draws):
        sums = map(sum, zip(*chance.choices(rows, k=len(rows)), strict=True))
        for figure, value in figures(Counter(dict(zip(names, sums, strict=True)))).items():
            if value is not None:
                drawn.setdefault(figure, []).append(value)
    return _bounds(figures(sum(tallies, Counter())), drawn)


def _bounds(points: Mapping[str, float | None], drawn: Mapping[str, list[float]]) -> dict[str, tuple[float, float]]:
    out = {}
    for name, point in points.items():
        values = sorted(drawn.get(name, ()))
        if point is not None and values:
            low, high = (values[round(share * (len(values) - 1))] for share in (_LOW, _HIGH))
            out[name] = (min(low, point), max(high, point))
    return out
