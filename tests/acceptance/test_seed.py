"""The real report of `shared/seed`: every event, quote, gloss and contradiction of its right reading, field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sacho.coding import Coding, code
from sacho.records import Event, Participant
from tests.conftest import SEED

_ALLOWED_EXTRA = 2


@pytest.fixture(scope="module")
def expected(seed_text: str) -> dict[str, Any]:
    return json.loads((SEED / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def coding(seed_text: str) -> Coding:
    return code(seed_text, outlet="통일뉴스")


def _ids(people: tuple[Participant, ...]) -> set[str]:
    return {p.name for p in people}


def _differences(want: dict[str, Any], got: Event) -> list[str]:
    """What differs between an expected event and a coded one, a line a field."""
    out = []
    everyone = _ids(got.actor) | _ids(got.recipient)
    if set(want["actor"]) != _ids(got.actor) and not ("recipient" not in want and set(want["actor"]) == everyone):
        out.append(f"actor {_ids(got.actor)} for {want['actor']}")
    if "recipient" in want and set(want["recipient"]) != _ids(got.recipient):
        out.append(f"recipient {_ids(got.recipient)} for {want['recipient']}")
    if "carrier" in want and set(want["carrier"]) != {p.name for p in got.participants if p.role == "carrier"}:
        out.append(f"carrier {got.participants} for {want['carrier']}")
    days = [want["date"]] if "date" in want else want["date_values"]
    if got.date not in days:
        out.append(f"date {got.date!r} for {days}")
    if "time" in want and got.time != want["time"]:
        out.append(f"time {got.time!r} for {want['time']!r}")
    if "place" in want and (got.place is None or got.place.name not in want["place"].split("|")):
        out.append(f"place {got.place.name if got.place else None!r} for {want['place']!r}")
    if "within" in want and (got.place is None or want["within"] not in got.place.within):
        out.append(f"within {got.place.within if got.place else None} for {want['within']!r}")
    if got.status.value != want["status"]:
        out.append(f"status {got.status.value} for {want['status']}")
    if "sources" in want and list(got.sources) != want["sources"]:
        out.append(f"sources {got.sources} for {want['sources']}")
    if "instrument" in want and want["instrument"] not in got.instrument:
        out.append(f"instrument {got.instrument!r} for {want['instrument']!r}")
    return out


def _matched(expected: list[dict[str, Any]], events: tuple[Event, ...]) -> list[tuple[dict[str, Any], Event | None]]:
    left = list(events)
    pairs: list[tuple[dict[str, Any], Event | None]] = []
    for want in expected:
        same = [e for e in left if e.kind == want["kind"]]
        best = min(same, key=lambda e: len(_differences(want, e)), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((want, best))
    return pairs


def test_every_event_is_read_field_by_field(coding: Coding, expected: dict[str, Any]) -> None:
    wrong = []
    for want, got in _matched(expected["events"], coding.events):
        if got is None:
            wrong.append(f"missing: {want['kind']} {want['actor']}")
        else:
            wrong += [f"{want['kind']} {want['actor']}: {line}" for line in _differences(want, got)]
    assert not wrong, "\n".join(wrong)


def test_few_further_events(coding: Coding, expected: dict[str, Any]) -> None:
    extra = len(coding.events) - len(expected["events"])
    assert extra <= _ALLOWED_EXTRA, [e.gloss.en for e in coding.events]


def test_departure_conflict_is_kept_with_both_sentences(coding: Coding, expected: dict[str, Any]) -> None:
    conflicts = [(e.kind, c) for e in coding.events for c in e.conflicts]
    assert [(k, c.field, {v.value for v in c.values}) for k, c in conflicts] == [
        (w["kind"], w["field"], set(w["values"])) for w in expected["conflicts"]
    ]
    assert {v.block for v in conflicts[0][1].values} == {"body", "caption"}


def test_publication_day_is_inferred_with_its_evidence(coding: Coding, expected: dict[str, Any], seed_text: str) -> None:
    publication = coding.annotated.publication
    assert publication.value == expected["document"]["published"]
    assert publication.inferred
    words = " ".join(coding.annotated.document.text[s.start : s.end] for s in publication.evidence)
    assert all(any(w in words or words in w for w in (want, want.strip("()"))) for want in ["20일", "지난달"]), words


def test_quotes_with_speaker_and_chain(coding: Coding, expected: dict[str, Any]) -> None:
    got = [(q.speaker, list(q.via), q.quote) for q in coding.annotated.quotes]
    assert len(got) == len(expected["quotes"]), got
    for want, (speaker, via, words) in zip(expected["quotes"], got, strict=True):
        assert (speaker, via) == (want["speaker"], want["via"]) and words.startswith(want["starts"])


def test_glosses(coding: Coding, expected: dict[str, Any]) -> None:
    got = [(g.dprk, g.rok) for g in coding.annotated.view.glosses]
    assert got == [(g["dprk"], g["rok"]) for g in expected["glosses"]]


def test_the_dead_leaders_of_the_statues_take_part_in_nothing(coding: Coding, expected: dict[str, Any]) -> None:
    names = {p.name for e in coding.events for p in (*e.actor, *e.recipient, *e.participants)}
    assert not names & set(expected["entities"]["not_participants"])


def test_blocks(coding: Coding, expected: dict[str, Any]) -> None:
    blocks = coding.annotated.document.blocks
    want = expected["document"]["blocks"]
    captions = [b for b in blocks if b.kind == "caption"]
    assert len(captions) == want["captions_distinct"]
    assert sum(len(b.repeats) for b in captions) == want["captions_repeated"]
    assert sum(b.kind == "notice" for b in blocks) == want["notice"]
    assert sum(b.kind == "body" for b in blocks) == want["body_paragraphs"]


def test_the_outlets_forecast_is_no_event(coding: Coding) -> None:
    text = coding.annotated.document.text
    start = text.index("심화될 것으로 보인다")
    assert not [e for e in coding.events if e.status == "occurred" and any(start - 30 < p.start < start for p in e.evidence)]
