"""Agreement of two coders, against values computed by hand."""

from __future__ import annotations

import msgspec
import pytest

from sacho.evaluation import GoldReport, Reading, agreement, cohen_kappa, compare, reading_of_gold
from sacho.evaluation.readings import Name
from tests.evaluation.conftest import perfect


def _items(**cells: int) -> list[tuple[str, str]]:
    return [(pair[0], pair[1]) for pair, count in cells.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("items", "kappa"),
    [
        # observed 35/50 = 0.7, expected 0.5 · 0.6 + 0.5 · 0.4 = 0.5
        (_items(yy=20, yn=5, ny=10, nn=15), 0.4),
        # observed 60/100, expected 0.6 · 0.7 + 0.4 · 0.3 = 0.54
        (_items(yy=45, yn=15, ny=25, nn=15), 0.06 / 0.46),
        # three values: observed 7/9, expected (3 · 4 + 3 · 3 + 3 · 2) / 81 = 1/3
        (_items(aa=3, bb=2, cc=2, ba=1, cb=1), (7 / 9 - 1 / 3) / (2 / 3)),
        (_items(ab=1, ba=1), -1.0),
        (_items(aa=2, bb=1), 1.0),
    ],
)
def test_kappa_by_hand(items: list[tuple[str, str]], kappa: float) -> None:
    assert cohen_kappa(items) == pytest.approx(kappa)


def test_kappa_of_one_value_or_none_cannot_be_told() -> None:
    assert cohen_kappa(_items(aa=5)) is None
    assert cohen_kappa([]) is None


def _second(report: GoldReport) -> Reading:
    """A second coder of ferry-visit: no message, another day of arrival, the accusation a threat, the visit planned."""
    first = perfect(report)
    arrive, _, accuse, visit = first.events
    change = msgspec.structs.replace
    events = (
        change(arrive, dates=("2016-08-19",), others=(Name(name="홍길동"),)),
        change(accuse, kind="threaten"),
        change(visit, status="planned"),
    )
    return change(first, events=events)


def test_agreement_by_hand(reports: dict[str, GoldReport]) -> None:
    report = reports["ferry-visit"]
    text = report.document.text
    found = agreement([compare(reading_of_gold(report.reading, text), _second(report), text=text, report=report.id)])
    assert (found.first, found.second, found.matched) == (4, 3, 2)
    assert found.figures["events F1"] == pytest.approx(4 / 7)
    assert found.figures["quotes F1"] == 1
    # arrive/arrive, visit/visit, accuse/threaten: observed 2/3, expected 2/9
    assert found.figures["kind kappa"] == pytest.approx((2 / 3 - 2 / 9) / (1 - 2 / 9))
    # occurred/occurred, hypothetical/planned: observed 1/2, expected 1/4
    assert found.figures["status kappa"] == pytest.approx(1 / 3)
    assert found.figures["date exact"] == found.figures["participants exact"] == 0.5
    assert found.figures["place exact"] == found.figures["sources exact"] == 1
    assert {(f.cause, f.kind) for f in found.faults} == {
        ("missed", "message"), ("wrong kind", "accuse"), ("wrong date", "arrive"), ("wrong participant", "arrive"), ("wrong status", "visit"),
    }  # fmt: skip


def test_the_same_reading_twice_agrees_in_everything(reports: dict[str, GoldReport]) -> None:
    pairs = [reading_of_gold(r.reading, r.document.text) for r in reports.values()]
    texts = [r.document.text for r in reports.values()]
    found = agreement([compare(p, p, text=t) for p, t in zip(pairs, texts, strict=True)])
    assert set(found.figures.values()) == {1.0} and found.faults == ()
