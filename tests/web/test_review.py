"""Judging over the page: the queue, corrections by words, bulk, undo without limit, who, when and why."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sacho.coding import code_document
from sacho.ingest import document_from_text
from sacho.records import Participant
from sacho.review import queue
from sacho.store import Store, add, create_store, find_document, find_event, reading_of
from sacho.store.words import load_vocabulary
from sacho.web import Room, create_app, queues
from sacho.web.accounts import Accounts, Role
from sacho.web.values import ValueProblem, value_of

TEXT = (
    "최선희 외무상이 2024년 1월 16일 모스크바에서 라브로프 외무장관과 회담했다. 푸틴 대통령은 17일 크렘린에서 최선희 외무상을 접견했다. "
    "김정은 위원장은 18일 평양에서 쇼이구 국방장관을 접견했다."
)
JSON = {"accept": "application/json"}


@pytest.fixture
def room(tmp_path):
    with create_store(tmp_path / "r.db") as store:
        coding = code_document(document_from_text(TEXT, origin="t", outlet="시험신문(가상)", published="2024-01-19"))
        add(store, [reading_of(coding, load_vocabulary())], at="2024-01-19T00:00:00Z")
        ticks = iter(range(10_000))
        yield Room(store, Accounts(tmp_path / "u.sqlite", lambda: 0.0), clock=lambda: 1_700_000_000.0 + next(ticks), local="검토자")


@pytest.fixture
def client(room):
    return TestClient(create_app(room), headers=JSON)


def _waiting(client) -> list[str]:
    return [i["id"] for i in client.get("/review.json").json()["queue"]]


def _judgements(store: Store) -> list[tuple]:
    from sqlalchemy import select

    from sacho.store.tables import judgement

    with store.read() as connection:
        return [tuple(r) for r in connection.execute(select(judgement.c.decision, judgement.c.field, judgement.c.by, judgement.c.note, judgement.c.at))]


def test_what_is_judged_leaves_the_queue_and_comes_back_with_the_undo(client, room):
    waiting = _waiting(client)
    assert len(waiting) >= 3
    done = client.post("/review/judgements", data={"event": waiting[0], "decision": "accepted", "note": "기사와 맞음"}).json()
    assert waiting[0] not in _waiting(client) and find_event(room.store, waiting[0]).line.review == "accepted"
    assert client.post("/review/undo", data={"batch": done["undo"]}).status_code == 200
    assert find_event(room.store, waiting[0]).line.review == "unreviewed" and waiting[0] in client.get("/review.json?kind=meet").text + client.get("/review.json").text
    kept = _judgements(room.store)
    assert [(d, by, note) for d, _, by, note, _ in kept] == [("accepted", "검토자", "기사와 맞음"), ("undo", "검토자", "")]
    assert all(at.startswith("2023-11-14T") for *_, at in kept)


def test_many_are_judged_in_one_act_and_taken_back_in_one(client, room):
    waiting = _waiting(client)
    done = client.post("/review/judgements", data={"event": waiting, "decision": "rejected"}).json()
    assert _waiting(client) == [] and str(len(waiting)) in done["message"]
    client.post("/review/undo", data={})
    assert sorted(_waiting(client)) == sorted(waiting)


def test_undo_goes_back_act_by_act_and_an_undo_is_undone(client, room):
    first, second = _waiting(client)[:2]
    client.post("/review/judgements", data={"event": first, "decision": "accepted"})
    client.post("/review/judgements", data={"event": second, "decision": "unsure"})
    undone = client.post("/review/undo", data={}).json()
    assert [find_event(room.store, e).line.review for e in (first, second)] == ["accepted", "unreviewed"]
    client.post("/review/undo", data={})
    assert find_event(room.store, first).line.review == "unreviewed"
    nothing = client.post("/review/undo", data={})
    assert nothing.status_code == 409 and nothing.json()["error"]
    client.post("/review/undo", data={"batch": undone["undo"]})
    assert find_event(room.store, second).line.review == "unsure"


def test_a_field_is_corrected_by_words_of_the_report_and_they_become_its_proof(client, room):
    event = next(e for e in _waiting(client) if find_event(room.store, e).line.event.recipient[:1] and find_event(room.store, e).line.event.recipient[0].id == "vladimir-putin")
    before = find_event(room.store, event).line.event
    start = TEXT.index("쇼이구 국방장관")
    given = {"event": event, "field": "actor", "start": start, "end": start + 8, "document": before.evidence[0].document}
    offered = client.get("/suggest.json", params=given).json()["values"]
    assert [v["value"] for v in offered][:1] == ["세르게이 쇼이구"]
    done = client.post("/review/corrections", data={**given, "value": offered[0]["value"], "note": "주어가 다름"}).json()
    now = find_event(room.store, event)
    assert [(p.id, p.as_written, p.country) for p in now.line.event.actor] == [("sergei-shoigu", "쇼이구 국방장관", "RUS")]
    assert [(e.quote, e.rule) for e in now.line.event.evidence if e.field == "actor"] == [("쇼이구 국방장관", "person")]
    assert now.line.review == "corrected" and now.machine == before and "쇼이구" in now.line.event.gloss.ko
    client.post("/review/undo", data={"batch": done["undo"]})
    assert find_event(room.store, event).line.event == before


def test_a_correction_outlives_newer_rules(client, room):
    event = _waiting(client)[0]
    document = find_event(room.store, event).line.document
    start = TEXT.index("18일")
    client.post("/review/corrections", data={"event": event, "field": "date", "value": "2024-01-18", "start": start, "end": start + 3})
    coding = code_document(document_from_text(TEXT, origin="t", outlet="시험신문(가상)", published="2024-01-19"))
    import msgspec

    reading = reading_of(coding, load_vocabulary())
    weaker = tuple(msgspec.structs.replace(e, confidence=e.confidence / 2) for e in reading.events)
    assert add(room.store, [msgspec.structs.replace(reading, events=weaker)], at="2024-02-01T00:00:00Z").recoded == 1
    found = find_document(room.store, document)
    line = next(x for x in found.lines if x.event.id == event)
    assert line.event.date == "2024-01-18" and [e.quote for e in line.event.evidence if e.field == "date"] == ["18일"]


@pytest.mark.parametrize("wrong", [
    {"field": "date", "value": "gestern"}, {"field": "kind", "value": "dance"}, {"field": "status", "value": "perhaps"}, {"field": "time", "value": "25 o'clock"},
    {"field": "id", "value": "x"}, {"field": "actor", "value": ""}, {"event": "none", "field": "date", "value": "2024"},
])  # fmt: skip
def test_what_does_not_fit_changes_nothing_and_is_told_in_one_sentence(client, room, wrong):
    event = _waiting(client)[0]
    before = find_event(room.store, event).line.event
    answer = client.post("/review/corrections", data={"event": event, **wrong})
    if wrong["field"] == "actor":
        assert answer.status_code == 200 and find_event(room.store, event).line.event.actor == ()
        return
    assert answer.status_code == 422 and answer.json()["error"]
    assert find_event(room.store, event).line.event == before and _judgements(room.store) == []


@pytest.mark.parametrize("form", [{"decision": "accepted"}, {"event": "x", "decision": "corrected"}, {"event": "x", "decision": ""}])
def test_a_decision_needs_events_and_a_judgement(client, form):
    assert client.post("/review/judgements", data=form).status_code == 422


def test_a_reader_may_not_judge_correct_or_undo(client, room):
    for name, role in (("관리", Role.admin), ("읽는이", Role.reader), ("살피는이", Role.reviewer)):
        room.accounts.add(name, "correct horse battery", role)
    event = find_document_event(room)
    client.post("/login", data={"name": "읽는이", "password": "correct horse battery"})
    for path, form in (("judgements", {"event": event, "decision": "accepted"}), ("corrections", {"event": event, "field": "date", "value": "2024"}), ("undo", {})):
        assert client.post(f"/review/{path}", data=form).status_code == 403
    assert client.get("/review.json").status_code == 403 and _judgements(room.store) == []
    client.post("/login", data={"name": "살피는이", "password": "correct horse battery"})
    assert client.post("/review/judgements", data={"event": event, "decision": "accepted"}).status_code == 200
    assert _judgements(room.store)[0][2] == "살피는이"
    assert any(line.act == "judge.accepted" and line.user == "살피는이" for line in room.accounts.log())


def find_document_event(room) -> str:
    from sacho.store import overview

    return overview(room.store, limit=1).lines[0].event.id


@pytest.mark.parametrize(("field", "typed", "expected"), [
    ("place", "평양", ("평양", "PRK")), ("place", "달나라", ("달나라", "")), ("kind", "만남", "meet"), ("kind", "visit", "visit"), ("status", "denied", "denied"),
    ("date", "2023-10-17/2023-10-19", "2023-10-17/2023-10-19"), ("date", "", ""), ("time", "14:30", "14:30"), ("topic", "핵, 제재", ["핵", "제재"]),
])  # fmt: skip
def test_what_is_typed_becomes_the_value_of_the_field(field, typed, expected):
    value = value_of(field, typed, (), "2023-10-19", "")
    if field == "place":
        assert (value["name"], value.get("country", "")) == expected and value["name"] not in value.get("within", ())
    else:
        assert value == expected


def test_names_are_those_of_the_report_then_of_the_lexicon_then_strange():
    here = Participant(id="name:홍길동", name="홍길동", as_written="홍길동 대표", country="KOR", office="대표")
    found = value_of("participants", "홍길동; Sergey Lavrov, 로씨야, 아무개", [here], "2023-10-19", "")
    assert [(p["id"], p.get("country", "")) for p in found] == [("name:홍길동", "KOR"), ("sergey-lavrov", "RUS"), ("RUS", "RUS"), ("name:아무개", "")]
    assert found[1]["office"]
    with pytest.raises(ValueProblem):
        value_of("date", "19일쯤", (), "", "")


def test_a_queue_that_is_short_is_looked_up_again_only_when_the_store_has_changed(client, monkeypatch):
    looked = []
    monkeypatch.setattr(queues, "queue", lambda *args, **how: looked.append(args) or queue(*args, **how))
    waiting = _waiting(client)
    assert _waiting(client) == waiting and len(looked) == 1
    client.post("/review/judgements", data={"event": waiting[0], "decision": "accepted"})
    assert _waiting(client) == waiting[1:] and len(looked) == 2
