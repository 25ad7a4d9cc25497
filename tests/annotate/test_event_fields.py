"""Fields of events: status rules by their own examples, and days and places in sentences of ours."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import sacho
from sacho.annotate import annotate
from sacho.annotate.resources import load_resources
from sacho.ingest import document_from_text


def _rules() -> list[dict[str, object]]:
    raw = tomllib.loads((files("sacho.lexicon") / "data" / "statuses.toml").read_text("utf-8"))
    return list(raw["rule"])


def _outlooks() -> list[dict[str, object]]:
    raw = tomllib.loads((files("sacho.lexicon") / "data" / "outlooks.toml").read_text("utf-8"))
    return list(raw["outlook"])


def _told(marked: str) -> set[tuple[str, str]]:
    """Status of the mentions at the marked word, and the rule that its evidence names."""
    text = marked.replace("〈", "").replace("〉", "")
    at = marked.index("〈")
    read = annotate(document_from_text(text + ".", origin="test", published="2024-03-15"), load_resources(), every_predicate=True)
    events = [m for m in read.events if m.start <= at < m.end]
    return {(m.status.value, next((e.rule for e in m.evidence if e.field == "status"), "")) for m in events}


@pytest.mark.parametrize("rule", _outlooks(), ids=lambda r: str(r["id"]))
def test_the_rest_of_a_sentence_turns_what_it_tells(rule: dict[str, object]) -> None:
    for sentence in rule["accept"]:  # type: ignore[attr-defined]
        assert rule["status"] in {status for status, _ in _told(sentence)}, (sentence, _told(sentence))
    for sentence in rule["reject"]:  # type: ignore[attr-defined]
        told = _told(sentence)
        assert told and rule["id"] not in {by for _, by in told}, (sentence, told)


NEW = ("was-to", "would-have", "asked-whether", "said-to-come", "hoped", "possible", "hearsay", "in-progress", "not-true", "asked-for", "told-to", "forecast", "come-to", "scheduled", "meant-to", "not-to", "not-done",
       "weighed", "under-consideration", "conditional", "had-resolved", "resolve-to", "proposed", "prospective-noun")


def _verdict(marked: str) -> tuple[str, str]:
    """Status and rule that the morphemes behind the marked word give."""
    from sacho.annotate.modality import predicate_status
    from sacho.lexicon.predicates import load_predicates

    text = marked.replace("〈", "").replace("〉", "")
    end = marked.index("〉") - 1
    tokens = sacho.code(text + ".", published="2024-03-15").annotated.tokens
    after = next(i for i, t in enumerate(tokens) if t.start >= end)
    found = predicate_status(tokens, after, len(tokens), load_predicates())
    return (found.status.value, found.rule) if found is not None else ("occurred", "plain")


@pytest.mark.parametrize("rule", [r for r in _rules() if r["id"] in NEW], ids=lambda r: str(r["id"]))
def test_a_status_rule_reads_its_own_examples(rule: dict[str, object]) -> None:
    for sentence in rule["accept"]:  # type: ignore[attr-defined]
        assert _verdict(sentence)[0] == rule["status"], sentence
    for sentence in rule["reject"]:  # type: ignore[attr-defined]
        assert _verdict(sentence)[1] != rule["id"], sentence


DAYS = [
    ("북한은 11일 오전 훈련을 중단하라는 전화통지문을 보냈다.", "message", "2024-03-11"),
    ("김 위원장은 13일 비행기로 평양에 도착하였으며 비행장에서 환영을 받았다.", "arrive", "2024-03-13"),
]


@pytest.mark.parametrize(("sentence", "kind", "day"), DAYS)
def test_the_day_that_opens_a_sentence_is_its_last_verbs(sentence: str, kind: str, day: str) -> None:
    events = sacho.code(sentence.replace("김 위원장", "리용호 외무상"), published="2024-03-15").events
    assert [e.date for e in events if e.kind == kind] == [day]


_FIELDS = tomllib.loads((Path(__file__).resolve().parent.parent / "corpus" / "fields.toml").read_text("utf-8"))
_CORPUS = _FIELDS["phenomenon"]


@pytest.mark.parametrize(
    ("published", "row"), [(p["published"], row) for p in _CORPUS for row in p["accept"]], ids=lambda v: str(v)[:40]
)
def test_day_and_place_are_read(published: str, row: list[str]) -> None:
    text, kind, day, place = row
    found = [(e.date, e.place.name if e.place else "") for e in sacho.code(text, published=published).events if e.kind == kind]
    assert any((not day or day == d) and place in p for d, p in found), found


@pytest.mark.parametrize(
    ("published", "row"), [(p["published"], row) for p in _CORPUS for row in p["reject"]], ids=lambda v: str(v)[:40]
)
def test_day_and_place_of_something_else_are_left_alone(published: str, row: list[str]) -> None:
    text, kind, day, place = row
    for event in (e for e in sacho.code(text, published=published).events if e.kind == kind):
        assert not day or event.date != day
        name = event.place.name if event.place else ""
        assert not place or (not name if place == "*" else place not in name)


def _present(text: str, kind: str, published: str) -> list[list[str]]:
    events = [e for e in sacho.code(text, published=published).events if e.kind == kind]
    return [[p.name for p in e.participants if p.role == "attendee"] for e in events]


@pytest.mark.parametrize(
    ("published", "row"), [(c["published"], row) for c in _FIELDS["company"] for row in c["accept"]], ids=lambda v: str(v)[:40]
)
def test_those_present_stand_in_the_order_of_the_text(published: str, row: list[str]) -> None:
    text, kind, names = row
    assert names in [" ".join(found) for found in _present(text, kind, published)]


@pytest.mark.parametrize(
    ("published", "row"), [(c["published"], row) for c in _FIELDS["company"] for row in c["reject"]], ids=lambda v: str(v)[:40]
)
def test_nobody_is_present(published: str, row: list[str]) -> None:
    text, kind = row
    assert not any(_present(text, kind, published))


def _conflicts(body: str, caption: str, published: str) -> list[tuple[str, str]]:
    events = sacho.code(f"{body}\n\n▲ {caption} /가온통신", published=published).events
    return [(c.field, " ".join(v.value for v in c.values)) for e in events for c in e.conflicts]


@pytest.mark.parametrize(
    ("published", "row"), [(c["published"], row) for c in _FIELDS["conflict"] for row in c["accept"]], ids=lambda v: str(v)[:40]
)
def test_a_caption_that_says_otherwise_is_a_conflict(published: str, row: list[str]) -> None:
    body, caption, field, values = row
    assert (field, values) in _conflicts(body, caption, published)


@pytest.mark.parametrize(
    ("published", "row"), [(c["published"], row) for c in _FIELDS["conflict"] for row in c["reject"]], ids=lambda v: str(v)[:40]
)
def test_a_caption_of_something_else_is_none(published: str, row: list[str]) -> None:
    assert not _conflicts(*row, published)


def test_an_act_of_speech_beside_a_request_has_happened() -> None:
    text = "박진 외교부 장관은 북한의 도발을 규탄하고 중국이 건설적 역할을 해 줄 것을 왕이 외교부장에게 당부했다."
    events = sacho.code(text, published="2023-11-26").events
    assert [e.status.value for e in events if e.kind == "accuse"] == ["occurred"]


def test_parties_taken_over_from_the_talks_before_have_their_words() -> None:
    text = "왕이 중국 외교부장과 라브로프 러시아 외무장관이 13일 모스크바에서 회담했다. 이어 만찬이 열렸다."
    (dinner,) = [e for e in sacho.code(text, published="2024-03-15").events if e.kind == "ceremony"]
    assert {p.name for p in (*dinner.actor, *dinner.recipient)} == {"왕이", "세르게이 라브로프"}
    words = {e.quote for e in dinner.evidence if e.field in ("actor", "recipient")}
    assert words == {"왕이 중국 외교부장", "라브로프 러시아 외무장관"}


def _statuses() -> list[dict[str, object]]:
    path = Path(__file__).parents[1] / "corpus" / "statuses.toml"
    return list(tomllib.loads(path.read_text("utf-8"))["phenomenon"])


@pytest.mark.parametrize("phenomenon", _statuses(), ids=lambda p: str(p["name"]))
def test_whether_it_happened(phenomenon: dict[str, object]) -> None:
    published = str(phenomenon["published"])
    for text, kind, status in phenomenon["accept"]:  # type: ignore[attr-defined]
        told = {(e.kind, e.status.value) for e in sacho.code(text, published=published).events}
        assert (kind, status) in told, (text, told)
    for text, kind, status in phenomenon["reject"]:  # type: ignore[attr-defined]
        told = {(e.kind, e.status.value) for e in sacho.code(text, published=published).events}
        assert (kind, status) not in told, (text, told)


SOURCES = [
    ("왕이 중국 외교부장은 타스통신과의 인터뷰에서 미국이 약속을 어겼다고 비난했다.", "accuse", ("타스통신",)),
    ("왕이 중국 외교부장은 기자회견에서 미국이 약속을 어겼다고 비난했다.", "accuse", ()),
    ("북한이 14일 새벽 동해로 탄도미사일을 쏘았다. 합동참모본부는 북한이 원산에서 탄도미사일 2발을 발사했다고 밝혔다.", "launch", ("합동참모본부",)),
    ("북한이 14일 새벽 동해로 탄도미사일을 쏘았다. 합동참모본부는 일본이 훈련을 실시했다고 밝혔다.", "launch", ()),
]


@pytest.mark.parametrize(("text", "kind", "sources"), SOURCES)
def test_whose_word_it_is(text: str, kind: str, sources: tuple[str, ...]) -> None:
    told = [e.sources for e in sacho.code(text, published="2024-03-15").events if e.kind == kind]
    assert told == [sources]
