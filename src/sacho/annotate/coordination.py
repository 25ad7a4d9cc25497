"""Phrases side by side: `A와 B, C가`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sacho.annotate.phrases import Unit


def conjoined(units: Sequence[Unit], index: int, sort: Callable[[int], str]) -> list[int]:
    """The phrases that are coordinated with `index` and stand before it (`A와 B, C가`), then itself.

    A phrase joins the next one if it ends in 와/과, a comma, 및 or · and both name the same sort of thing: `sort` maps
    a unit index to `actor`, `place` or the empty string.
    """
    group = [index]
    before = units[index - 1] if index else None
    if before is None or not (before.is_predicate or (before.mentions and before.case in ("com", "bare"))):
        return group
    k = _before_place(units, index - 1)
    while k >= 0 and units[k].mentions and sort(k) and sort(k) == sort(index):
        joined = units[k].case == "com" or (units[k].case == "bare" and (units[k].comma or _glued(units, k)))
        if not joined:
            break
        group.insert(0, k)
        k = _before_place(units, k - 1)
    return group


def _before_place(units: Sequence[Unit], k: int) -> int:
    """Steps over `모란봉구역에 있는` before a phrase of a list."""
    there = k > 1 and units[k].is_predicate and units[k].stem in ("있", "위치하") and units[k].ending_tag == "ETM"
    return k - 2 if there and units[k - 1].case == "loc" else k


def _glued(units: Sequence[Unit], k: int) -> bool:
    return units[k + 1].start - units[k].end <= 3 and not units[k].timexes
