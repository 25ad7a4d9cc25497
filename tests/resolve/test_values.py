"""Which values of a day contradict each other."""

from __future__ import annotations

from itertools import product

import pytest

from sacho.resolve.values import days_agree, days_apart, days_at_odds


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


_FORMS = (
    "", "2000", "2000-09", "2000-21", "2000-09-05", "2000-09-05~", "2000/..", "2000-09/..", "2000-09-05/..", "../2000", "../2000-09",
    "../2000-09-05", "2000-09/2000-10", "2000-09-05/2000-10", "2000-09-05/2000-09-09", "XXXX-09-05", "XXXX-XX-05", "{2000-09-05,2000-09-06}",
)  # fmt: skip


@pytest.mark.parametrize(("a", "b"), list(product(_FORMS, repeat=2)))
def test_every_form_of_a_day_can_be_compared_with_every_other(a: str, b: str) -> None:
    assert days_agree(a, b) == days_agree(b, a)
    assert days_at_odds(a, b) == days_at_odds(b, a)
    assert days_apart(a, b) == days_apart(b, a)


def test_days_are_counted_between_first_days_that_are_settled() -> None:
    assert days_apart("2000-09-05", "2000-09-09/..") == 4
    assert days_apart("../2000-09-05", "2000-09-09/2000-09-12") == 4
    assert days_apart("2000-09/..", "2000-09-09") == 999
