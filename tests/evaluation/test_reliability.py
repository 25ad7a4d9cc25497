"""Alpha against the worked examples that were published with it."""

from __future__ import annotations

import pytest

from sacho.evaluation.reliability import krippendorff_alpha, masi, nominal

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, a dot where nothing was observed (section C);
# two observers, ten units, two values (section A). Hayes and Krippendorff's three coders, fifteen units, as in Wikipedia's article on alpha.
_FOUR = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
_TWO = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
_THREE = (". . . . . 3 4 1 2 1 1 3 3 . 3", "1 . 2 1 3 3 4 3 . . . . . . .", ". . 2 1 3 4 4 . 2 1 1 3 3 . 4")


def _units(coders: tuple[str, ...]) -> list[list[int]]:
    return [[int(v) for v in unit if v != "."] for unit in zip(*(c.split() for c in coders), strict=True)]


def _interval(a: int, b: int) -> float:
    return float((a - b) ** 2)


@pytest.mark.parametrize(
    ("coders", "distance", "alpha"),
    [(_FOUR, nominal, 0.743), (_FOUR, _interval, 0.849), (_TWO, nominal, 0.095), (_THREE, nominal, 0.691), (_THREE, _interval, 0.811)],
)
def test_alpha_of_the_published_examples(coders: tuple[str, ...], distance: object, alpha: float) -> None:
    assert krippendorff_alpha(_units(coders), distance) == pytest.approx(alpha, abs=5e-4)  # type: ignore[arg-type]


def test_where_nothing_can_be_told() -> None:
    assert krippendorff_alpha([], nominal) is None
    assert krippendorff_alpha([["a"], ["b"]], nominal) is None
    assert krippendorff_alpha([["a", "a"], ["a", "a"]], nominal) is None


def test_perfect_agreement_is_one_and_systematic_disagreement_is_below_zero() -> None:
    assert krippendorff_alpha([["a", "a"], ["b", "b"]], nominal) == 1
    alpha = krippendorff_alpha([["a", "b"], ["b", "a"]], nominal)
    assert alpha is not None and alpha < 0


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("", "", 0), ("김", "김", 0), ("김", "", 1), ("김", "이", 1), ("김 이", "김 이 박 최", 1 - 2 / 3 * 1 / 2), ("김 이", "이 박", 1 - 1 / 3 * 1 / 3)],
)
def test_masi(a: str, b: str, distance: float) -> None:
    assert masi(frozenset(a.split()), frozenset(b.split())) == pytest.approx(distance)
    assert masi(frozenset(b.split()), frozenset(a.split())) == pytest.approx(distance)
