"""The corpus made at random: the same report from the same seed and number, the share asked for, whole sentences."""

from __future__ import annotations

import re

from tools.corpus.reports import filled, make


def test_a_report_depends_on_seed_and_number_alone() -> None:
    assert make(7, seed=1, relevant=0.1) == make(7, seed=1, relevant=0.1)
    assert make(7, seed=1, relevant=0.1) != make(7, seed=2, relevant=0.1)
    assert len({make(n, seed=1, relevant=0.1).text for n in range(200)}) == 200


def test_one_in_ten_is_of_diplomacy() -> None:
    told = sum(make(n, seed=3, relevant=0.1).relevant for n in range(1000))
    assert 70 < told < 130
    assert all(make(n, seed=3, relevant=1.0).relevant for n in range(20))


def test_reports_have_the_length_asked_for_and_no_open_slot() -> None:
    for n in range(100):
        report = make(n, seed=4, relevant=0.5)
        assert 1000 < len(report.text) < 2200 and not re.search(r"[{}]", report.title + report.text)


def test_a_particle_fits_what_fills_the_slot() -> None:
    assert filled("{a}이 {o}은 {q}으로", {"a": "김민호", "o": "새벽통신(가상)", "q": "서울"}) == "김민호가 새벽통신(가상)은 서울로"
