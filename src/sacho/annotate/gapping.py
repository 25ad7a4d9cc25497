"""Clauses that share one verb: `문 대통령은 평양을, 김 위원장은 서울을 방문했다`, `3일에는 왕이 부장과, 4일에는 모디 총리와 만났다`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sacho.annotate.phrases import Unit

_SUBJECTS = ("topic", "subj")
_ENDS = ("obj", "at", "loc", "bare", "dir")
_DATED_ENDS = ("obj", "com", "at", "dat")


def gapped(units: Sequence[Unit], taken: Sequence[int], animate: Callable[[Unit], bool]) -> tuple[list[int], list[int]]:
    """Of the phrases `taken` by a verb those before a comma that share it with those behind, and what belongs to both parts. Each part
    has somebody or a time of its own, marked alike, and a phrase marked like the last one before the comma. Empty where there is but
    one part."""
    for i in range(1, len(taken) - 1):
        if units[taken[i]].comma:
            told = _by_subject(units, taken, i, animate) if units[taken[i + 1]].case in _SUBJECTS else _by_time(units, taken, i)
            if told >= 0:
                return list(taken[: i + 1]), list(taken[told + 1 :])
    return [], []


def _by_subject(units: Sequence[Unit], taken: Sequence[int], i: int, animate: Callable[[Unit], bool]) -> int:
    """`문 대통령은 평양을, 김 위원장은 서울을`"""
    here, there = units[taken[i]], units[taken[i + 1]]
    if here.case not in _ENDS or not animate(there):
        return -1
    first = next((j for j in taken[:i] if units[j].case in _SUBJECTS), -1)
    alike = first >= 0 and units[first].case == there.case and animate(units[first])
    same = (n for n in range(i + 2, len(taken)) if units[taken[n]].case == here.case)
    return next((n for n in same if bool(units[taken[n]].timexes) is bool(here.timexes)), -1) if alike else -1


def _by_time(units: Sequence[Unit], taken: Sequence[int], i: int) -> int:
    """`6월에는 미국을, 9월에는 중국을`"""
    here = units[taken[i]]
    if here.case not in _DATED_ENDS or here.timexes or not (here.mentions or here.case == "obj") or not _when(units[taken[i + 1]]):
        return -1
    same = (n for n in range(i + 2, len(taken)) if units[taken[n]].case == here.case)
    same = (n for n in same if bool(units[taken[n]].mentions) is bool(here.mentions))
    return next(same, -1) if any(_when(units[j]) for j in taken[:i]) else -1


def _when(unit: Unit) -> bool:
    return not unit.mentions and (bool(unit.timexes) or unit.case == "time")
