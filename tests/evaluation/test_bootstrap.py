"""Intervals hold their figure, are the same every time, and have no width where reports do not differ."""

from __future__ import annotations

from collections import Counter

import pytest

from sacho.evaluation.bootstrap import intervals
from sacho.evaluation.measures import Tally, figures


def _tally(right: int, read: int, gold: int, confidence: int = 0) -> Tally:
    counts = Counter({"events.right": right, "events.read": read, "events.gold": gold})
    counts.update({"bin 8.of": read, "bin 8.right": right, "bin 8.confidence": confidence * read})
    return counts


_REPORTS = [_tally(3, 4, 9, 85_000), _tally(1, 1, 4, 82_000), _tally(0, 2, 3, 88_000), _tally(6, 7, 8, 83_000), _tally(2, 2, 2, 86_000)]


def test_an_interval_holds_its_figure() -> None:
    points = figures(sum(_REPORTS, Counter()))
    bounds = intervals(_REPORTS)
    assert set(bounds) == {name for name, value in points.items() if value is not None}
    for name, (low, high) in bounds.items():
        assert low <= (points[name] or 0) <= high, name
    low, high = bounds["events.f1"]
    assert 0 < low < points["events.f1"] < high < 1  # type: ignore[operator]


def test_an_interval_holds_a_calibration_error_that_every_draw_exceeds() -> None:
    """Perfectly calibrated in eight bins of ten events each: nearly every resample is calibrated worse."""
    reports = [
        Counter({f"bin {b}.of": 1, f"bin {b}.right": int(n < b), f"bin {b}.confidence": b * 10_000}) for b in range(1, 9) for n in range(10)
    ]
    low, high = intervals(reports)["calibration error.error"]
    assert low == 0 and high > 0.1


def test_the_same_reports_give_the_same_interval() -> None:
    assert intervals(_REPORTS) == intervals(_REPORTS)
    assert intervals(_REPORTS) != intervals(_REPORTS, seed=1)


def test_equal_reports_leave_nothing_open() -> None:
    bounds = intervals([_tally(3, 4, 6)] * 5)
    assert bounds["events.precision"] == pytest.approx((0.75, 0.75))
    assert bounds["events.recall"] == pytest.approx((0.5, 0.5))


def test_more_reports_make_it_narrower() -> None:
    few, many = (intervals(_REPORTS * times)["events.f1"] for times in (1, 10))
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_the_interval_is_that_of_the_binomial() -> None:
    """Four hundred reports of one event each, half of them found: 0.5 ± 1.96 · sqrt(0.25 / 400) = 0.451 … 0.549."""
    low, high = intervals([_tally(1, 1, 1)] * 200 + [_tally(0, 1, 1)] * 200)["events.recall"]
    assert low == pytest.approx(0.451, abs=0.005) and high == pytest.approx(0.549, abs=0.005)


def test_without_reports_there_is_none() -> None:
    assert intervals([]) == {}
