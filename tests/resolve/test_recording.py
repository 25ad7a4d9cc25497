"""Which happenings are recorded, and whose they are: what the weights say, and what ties an inferred party to the text."""

from __future__ import annotations

import pytest

from sacho.annotate import annotate
from sacho.annotate.resources import load_resources
from sacho.ingest import document_from_text
from sacho.records import AnnotatedDocument, Event
from sacho.resolve import resolve_document
from sacho.resolve.recording import BASE, SHORT, Weights, load_weights, probability
from sacho.resolve.unsaid import INFERRED

REPORT = (
    "조태열 외교부 장관은 2일 도쿄에서 가미카와 요코 일본 외무상과 회담했다.\n\n"
    "날씨는 맑았다. 거리는 조용했다. 시민들은 우산을 접었다. 상점은 문을 일찍 닫았다. 저녁에는 비가 왔다.\n\n"
    "지난해 4월 서울에서 체결된 협정도 의제였다."
)
ALL, NONE = {BASE: 9.0}, {BASE: -9.0}


def _annotated(text: str) -> AnnotatedDocument:
    return annotate(document_from_text(text, origin="text", published="2024-08-03"), load_resources())


def _events(text: str, weights: Weights | None = None) -> tuple[Event, ...]:
    resources = load_resources()
    return resolve_document(_annotated(text), resources.lexicon, resources.predicates, weights=weights)


def test_without_weights_nothing_is_left_out_and_nothing_added() -> None:
    assert [e.kind for e in _events(REPORT, Weights())] == ["meet"]


def test_an_event_too_unlikely_is_left_out() -> None:
    assert _events(REPORT, Weights(plain=NONE, kept=NONE, apart=NONE)) == ()
    assert len(_events(REPORT, Weights(plain=NONE, kept=ALL, apart=NONE))) == 1


def test_what_is_clear_by_itself_is_not_judged_again() -> None:
    assert len(_events(REPORT, Weights(plain=ALL, kept=NONE, apart=NONE))) == 1


def test_a_short_text_is_not_judged() -> None:
    text = REPORT.partition("\n\n")[0]
    assert len(_annotated(text).sentences) < SHORT
    assert len(_events(text, Weights(plain=NONE, kept=NONE, apart=NONE))) == 1


def test_parties_left_unsaid_are_taken_from_what_was_told_and_marked() -> None:
    weights = Weights(plain=ALL, kept=ALL, apart=ALL, parties={BASE: -9.0, "both": 18.0})
    sign = next(e for e in _events(REPORT, weights) if e.kind == "sign")
    assert [p.name for p in sign.actor] == ["조태열", "가미카와 요코"]
    assert sign.rule.endswith(f"/{INFERRED}")
    proofs = [e for e in sign.evidence if e.field == "actor"]
    assert proofs and all(e.rule == INFERRED for e in proofs)
    assert all(REPORT[e.start : e.end] == e.quote for e in proofs)


def test_parties_too_doubtful_are_not_taken_over() -> None:
    weights = Weights(plain=ALL, kept=ALL, apart=ALL, parties=NONE)
    assert [e.kind for e in _events(REPORT, weights)] == ["meet"]


@pytest.mark.parametrize(("seen", "wanted"), [((), 0.5), (("a",), 0.88), (("a", "unknown"), 0.88), (("a", "b"), 0.5)])
def test_a_feature_without_weight_counts_nothing(seen: tuple[str, ...], wanted: float) -> None:
    assert probability(seen, {"a": 2.0, "b": -2.0}) == pytest.approx(wanted, abs=0.01)


def test_the_weights_of_the_program_are_complete() -> None:
    weights = load_weights()
    assert 0 < weights.least < 1
    assert all(BASE in part and len(part) > 100 for part in (weights.plain, weights.kept, weights.apart, weights.parties))
