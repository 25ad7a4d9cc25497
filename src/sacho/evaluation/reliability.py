"""Agreement beyond chance of any number of coders, some of whom may have left units out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

_V = TypeVar("_V", bound=Hashable)


def krippendorff_alpha(units: Sequence[Sequence[_V]], distance: Callable[[_V, _V], float]) -> float | None:
    """Krippendorff's alpha (Computing Krippendorff's Alpha-Reliability, 2011): 1 - observed / expected disagreement.

    `units` hold the values that coders gave to one thing each; units with fewer than two are left aside. `distance` is 0 for equal
    values, as `nominal` or `masi` (for other scales, the squared difference of the metric). None where nothing can be told: no unit with
    two values, or one value throughout.
    """
    kept = [list(unit) for unit in units if len(unit) > 1]
    total = sum(map(len, kept))
    counts = Counter(value for unit in kept for value in unit)
    expected = sum(n * m * distance(a, b) for a, n in counts.items() for b, m in counts.items())
    if not expected:
        return None
    observed = sum(sum(distance(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in kept)
    return 1 - (total - 1) * observed / expected


def nominal(a: Hashable, b: Hashable) -> float:
    """Equal or not."""
    return float(a != b)


def masi(a: frozenset[str], b: frozenset[str]) -> float:
    """Distance of two sets (Passonneau 2006): 1 - Jaccard × monotonicity, which is 1 for equal sets, 2/3 if one holds the other, 1/3 if
    they overlap, 0 if they share nothing. Two empty sets are equal."""
    if a == b:
        return 0.0
    both = a & b
    weight = 2 / 3 if both in (a, b) else 1 / 3
    return 1 - weight * len(both) / len(a | b)
