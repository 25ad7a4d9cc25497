"""Which values of a day contradict each other."""

from __future__ import annotations

import pytest

from sacho.resolve.values import days_agree, days_at_odds


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2011-02-28", "../2011-03-10"), ("2011-03-10", "../2011-03-10"), ("2011-03", "2011-02-28/.."), ("2011-03-05", "2011-03-01/2011-03-10"),
        ("../2011-03-10", "../2011-03-08"), ("2011-03", "2011-03-10"),
    ],
)  # fmt: skip
def test_an_interval_that_holds_the_day_is_no_contradiction(a: str, b: str) -> None:
    assert not days_at_odds(a, b)
    assert not days_at_odds(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("2011-03-11", "../2011-03-10"), ("2011-02-27", "2011-02-28/.."), ("2011-02-28", "2011-03-10"), ("2011-02-28", "2011-03-01/2011-03-10")],
)
def test_a_day_outside_is_one(a: str, b: str) -> None:
    assert days_at_odds(a, b)
    assert not days_agree(a, b)
