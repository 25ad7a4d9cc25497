"""The confidence of an event: a probability that follows from what the record shows."""

from __future__ import annotations

import msgspec

import sacho
from sacho.resolve.confidence import confidence, features, load_weights, probability


def _event() -> sacho.Event:
    text = "윤석열 대통령은 16일 도쿄에서 기시다 후미오 일본 총리와 회담했다."
    return next(e for e in sacho.code(text, published="2023-03-17").events if e.kind == "meet")


def test_the_record_alone_gives_the_confidence() -> None:
    event = _event()
    assert event.confidence == confidence(event)
    assert 0.01 <= event.confidence <= 0.99


def test_named_persons_told_by_a_verb_are_surer_than_nobody() -> None:
    event = _event()
    bare = msgspec.structs.replace(event, actor=(), recipient=(), evidence=(), rule="meet/bare")
    bare = msgspec.structs.replace(bare, status=type(event.status)("hypothetical"))
    assert confidence(bare) < event.confidence


def test_a_feature_without_weight_counts_nothing() -> None:
    seen = features(_event())
    weights = load_weights()
    assert probability({**seen, "never seen": 1.0}, weights) == probability(seen, weights)


def test_half_is_said_where_nothing_speaks() -> None:
    assert probability({}, load_weights()) == 0.5


def test_what_a_later_step_adds_counts() -> None:
    """The arrival gets its country from the visit that the report tells of; the confidence is that of the whole event."""
    text = "최선희 외무상은 12일 모스크바에 도착했다. 최 외무상은 러시아를 방문해 라브로프 외무장관과 회담했다. 외무상은 15일 귀국했다."
    for event in sacho.code(text, published="2024-06-16").events:
        assert event.confidence == confidence(event)
