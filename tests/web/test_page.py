"""The application without a browser: twins, roles, refusals, headers, text of unknown origin."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier
from time import sleep
from urllib.parse import quote

import msgspec
import pytest
from starlette.testclient import TestClient

from sacho.cli.conflicts import _FIELDS
from sacho.coding import code_document
from sacho.ingest import document_from_text, read
from sacho.language import messages
from sacho.records import EventGloss, Status
from sacho.store import Selection, add, create_store, find_document, find_event, judge, open_store, overview, reading_of, undo
from sacho.store.coders import CoderReport, put_coder_reports
from sacho.store.words import load_vocabulary
from sacho.web import Room, create_app
from sacho.web.accounts import Accounts, Role
from sacho.web.app import Trust, warm
from sacho.web.guard import POLICY, own_origin
from sacho.web.kept import Kept
from sacho.web.labels import load_labels
from sacho.web.pages import across
from sacho.web.pages.events import COLUMNS, OFFERED
from sacho.web.showing import plain
from sacho.web.values import EDITABLE

_WORD = "correct horse battery"
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "\"><b>굵게</b>", "javascript:alert(1)",
    "{{ 7 * 7 }}", "</textarea><script>alert(1)</script>", "<style>*{display:none}</style>", "&lt;script&gt;", "'-alert(1)-'",
)  # fmt: skip


AT = "2026-01-01T00:00:00Z"


def filled(path, documents):
    """A store with these reports."""
    store = create_store(path)
    add(store, [reading_of(code_document(d), load_vocabulary()) for d in documents], at=AT)
    return store


@pytest.fixture(scope="module")
def master(example_paths, tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "examples.db"
    filled(path, read(example_paths)).close()
    return path


@pytest.fixture
def room(master, tmp_path):
    with open_store(shutil.copy(master, tmp_path / "room.db")) as store:
        yield Room(store, Accounts(tmp_path / "users.sqlite", lambda: 1_700_000_000.0), clock=lambda: 1_700_000_000.0)


@pytest.fixture
def client(room):
    return TestClient(create_app(room, hosts=("testserver",)))


def _addresses(room):
    line = overview(room.store, limit=1).lines[0]
    return ["/events", "/events?view=map", "/events?view=dyads", f"/reports/{line.document}", f"/happenings/{line.happening}", f"/happenings/{line.event.id}",
            "/contradictions", "/wording", "/wording?words=신뢰", "/attendance", "/gaps", f"/entities/{line.event.actor[0].id}", "/entities/pyongyang",
            "/review", f"/review/{line.event.id}", "/review/disagreements", "/views", "/paste", "/users", "/login"]  # fmt: skip


def test_every_page_answers_in_both_languages_and_has_a_json_twin(client, room):
    for address in _addresses(room):
        path, _, query = address.partition("?")
        for lang in ("ko", "en"):
            page = client.get(address + ("&" if query else "?") + f"lang={lang}")
            assert page.status_code == 200 and f'<html lang="{lang}"' in page.text, address
            assert page.headers["content-security-policy"] == POLICY
        twin = client.get(f"{path}.json?{query}")
        assert twin.status_code == 200 and isinstance(twin.json(), dict), address


def test_a_page_has_no_inline_script_style_or_handler(client, room):
    for address in _addresses(room):
        text = client.get(address).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", text), address


def test_reports_disagree_on_the_page_of_contradictions(client):
    found = client.get("/contradictions.json").json()["disputes"]
    assert any({v["value"] for v in d["contradiction"]["versions"]} == {"2019-02-25", "2019-02-26"} for d in found)


def test_a_filter_narrows_the_selection_and_facets_count_the_others(client):
    every, some = client.get("/events.json").json(), client.get("/events.json?kind=meet").json()
    every, some = every["seen"], some["seen"]
    assert 0 < some["events"] < every["events"]
    assert {e["event"]["kind"] for e in some["lines"]} == {"meet"}
    counts = {c["value"]: c["count"] for c in every["facets"]["kind"]}
    assert {c["value"]: c["count"] for c in some["facets"]["kind"]} == counts and counts["meet"] == some["events"]


@pytest.mark.parametrize("query", ["since=tomorrow", "since=2024-01-02&until=2024-01-01", "until=2024-13-01", "direction=PRK", "review=perhaps"])
def test_a_query_that_means_nothing_is_refused_in_one_sentence(client, query):
    answer = client.get(f"/events.json?{query}")
    assert answer.status_code == 422 and answer.json()["error"].endswith(".")


def test_exports_hold_the_selection(client):
    lines = client.get("/events/export?kind=meet&form=jsonl").text.splitlines()
    assert len(lines) == client.get("/events.json?kind=meet").json()["seen"]["events"]
    assert client.get("/events/export?kind=meet&form=csv").content.startswith(b'\xef\xbb\xbf"id",')
    for form in OFFERED:
        answer = client.get(f"/events/export?form={form}")
        assert answer.status_code == 200 and len(answer.content) > 500, form
    assert client.get("/events/export?form=exe").status_code == 422


class _Strict(HTMLParser):
    """The text of a page and the values of its attributes. Fails on what no page has by itself: a tag that loads or runs something, a handler,
    an address that is a script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("img", "style", "iframe", "object"), tag
        assert tag != "script" or (dict(attrs).get("src") or "").startswith("/static/")
        for name, value in attrs:
            assert not name.startswith("on") and name != "style" and re.fullmatch(r"[a-z][a-z0-9:-]*", name), name
            assert name not in ("href", "src", "action", "data-href") or (value or "").startswith(("/", "data:,", "#")), value
            self.seen.append(value or "")

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def _text_of(page: str) -> str:
    parser = _Strict()
    parser.feed(page)
    parser.close()
    return "".join(parser.seen)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_report_is_shown_as_text(payload, tmp_path):
    text = f"{payload} 김정은 북한 국무위원장이 19일 평양에서 라브로프 {payload} 러시아 외무장관을 접견했다.\n\n{payload}"
    document = document_from_text(text, origin="t", outlet=payload, published="2023-10-20")
    room = Room(filled(tmp_path / "p.db", [document]), Accounts(tmp_path / "u.sqlite", lambda: 0.0))
    client = TestClient(create_app(room))
    for address in (f"/reports/{document.id}", "/events", "/wording?words=" + quote(payload), "/attendance", "/gaps"):
        page = client.get(address).text
        assert "<" not in payload or payload not in page, address
        found = _text_of(page)
        assert payload in found or not address.startswith(("/reports", "/wording")), address


@pytest.mark.parametrize("payload", [*PAYLOADS, "\u202eسلام\u2066", "김\u200b정은"])
def test_markup_in_a_name_is_shown_as_text(payload, client, room):
    line = overview(room.store, limit=1).lines[0]
    value = [{"id": f"name:{payload}", "name": payload, "as_written": payload, "name_en": payload, "country": "KOR", "office": payload}]
    judge(room.store, [line.event.id], "corrected", by="검토자", at=AT, field="actor", value=value)
    place = {"id": f"name:{payload}", "name": payload, "name_en": payload}
    judge(room.store, [line.event.id], "corrected", by=payload, at=AT, field="place", value=place, note=payload)
    found = find_event(room.store, line.event.id).line
    inside = f"/entities/{quote(f'name:{payload}', safe='')}"
    for address in (f"/reports/{found.document}", f"/happenings/{found.happening}", "/events", "/events?view=network", "/attendance",
                    "/contradictions", f"/review/{found.event.id}", inside):  # fmt: skip
        page = client.get(address).text
        assert payload not in page or not set(payload) & set("<\"\u202e\u2066\u200b"), address
        found = _text_of(page)
        assert plain(payload) in found or address in ("/events?view=network", "/attendance", "/contradictions"), address
        assert not set("\u202e\u2066\u200b") & set(found), address


def test_characters_that_turn_or_hide_text_are_shown_by_their_code():
    assert plain("abc\u202edef\u200b\u2066") == "abc⟦U+202E⟧def⟦U+200B⟧⟦U+2066⟧"
    assert plain("김정은 北·美 1\n2") == "김정은 北·美 1\n2"


@pytest.mark.parametrize(("origin", "site", "fine"), [
    (None, None, True), ("http://here:1", "same-origin", True), ("http://here:1", None, True), ("http://there", None, False),
    ("null", None, False), ("http://here:1", "cross-site", False), (None, "cross-site", False), ("http://here:2", "same-site", False),
])  # fmt: skip
def test_writes_must_come_from_the_page_itself(origin, site, fine):
    assert own_origin(origin, site, "here:1") is fine


def test_a_write_of_another_site_and_another_host_name_are_refused(client):
    assert client.post("/paste", data={"text": "글"}, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.get("/events", headers={"host": "evil.example"}).status_code == 421


def test_with_users_everything_needs_a_login_and_a_reader_may_not_write(client, room):
    room.accounts.add("관리", _WORD, Role.admin)
    room.accounts.add("읽는이", _WORD, Role.reader)
    assert client.get("/events", follow_redirects=False).headers["location"].startswith("/login?back=/events")
    assert client.get("/events.json").status_code == 401
    assert client.post("/login", data={"name": "읽는이", "password": "wrong password"}).status_code == 401
    entered = client.post("/login", data={"name": "읽는이", "password": _WORD, "back": "//evil.example"}, follow_redirects=False)
    assert entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert client.get("/events").status_code == 200
    assert client.post("/paste", data={"text": "글"}).status_code == 403
    assert client.get("/users").status_code == 403
    assert any(line.act == "login.failed" for line in room.accounts.log())


def test_a_named_user_is_believed_from_the_proxy_only(room):
    app = create_app(room, trust=Trust(header="x-remote-user", proxies=("10.0.0.1",)))
    told = {"x-remote-user": "kim"}
    assert TestClient(app, client=("10.0.0.1", 1)).get("/events", headers=told).status_code == 200
    assert TestClient(app, client=("10.0.0.1", 1)).get("/users", headers=told).status_code == 403
    assert TestClient(app, client=("10.0.0.2", 1)).get("/events.json", headers=told).status_code == 401


def test_a_view_is_saved_under_a_name_for_oneself_and_forgotten(client, room):
    address = "/events?kind=meet&country=RUS&view=map"
    assert client.post("/views", data={"name": "북러 회담", "address": address}, follow_redirects=False).headers["location"] == address
    client.post("/views", data={"name": "북러 회담", "address": address + "&each=report"})
    saved = client.get("/views.json").json()["views"]
    assert [(v["name"], v["address"]) for v in saved] == [("북러 회담", address + "&each=report")]
    assert "북러 회담" in client.get("/events").text and room.views.of("somebody else") == () and not room.accounts.any()
    for wrong in ({"name": "", "address": address}, {"name": "a", "address": "https://evil.example/"}, {"name": "a", "address": "//evil.example"}):
        assert client.post("/views", data=wrong).status_code == 422
    client.post("/views/remove", data={"number": saved[0]["number"]})
    assert client.get("/views.json").json()["views"] == []


_COPIED = (
    "<h1>북러 외교장관 회담</h1><figure><img src=x><figcaption>회담장에 들어서는 최선희 외무상. [사진-시험통신(가상)]</figcaption></figure>"
    "<p>최선희 외무상이 2024년 1월 16일 모스크바에서 라브로프 외무장관과 회담했다.</p>"
)
_PLAIN = "북러 외교장관 회담\n회담장에 들어서는 최선희 외무상. [사진-시험통신(가상)]\n최선희 외무상이 2024년 1월 16일 모스크바에서 라브로프 외무장관과 회담했다."


@pytest.mark.parametrize(("html", "captions"), [(_COPIED, 1), ("", 0), ("<p>다른 글</p>", 0), ("<script>1</script>", 0)])
def test_what_is_copied_from_a_page_keeps_its_headings_and_captions_unless_it_holds_less_than_the_text(client, room, html, captions):
    job = client.post("/paste", data={"text": _PLAIN, "html": html}, follow_redirects=False).headers["location"]
    while client.get(f"{job}.json").json()["running"]:
        pass
    drafts = client.get(f"{job}.json").json()["drafts"]
    blocks = [b["kind"] for b in drafts[0]["document"]["blocks"]]
    assert len(drafts) == 1 and blocks.count("caption") == captions and (not captions or blocks[0] == "headline")
    saved = client.post(f"{job}/save", follow_redirects=False).headers["location"]
    assert saved == f"/reports/{drafts[0]['document']['id']}" and client.get(saved).status_code == 200
    assert client.get(job).status_code == 404, "a job is done once it is saved"


def test_what_is_thrown_away_is_not_kept(client, room):
    before = overview(room.store).events
    job = client.post("/paste", data={"text": _PLAIN}, follow_redirects=False).headers["location"]
    while client.get(f"{job}.json").json()["running"]:
        pass
    client.post(f"{job}/throw-away")
    assert overview(room.store).events == before and client.get(job).status_code == 404


def test_where_another_coder_differs_both_sides_are_shown_and_a_decision_settles_it(client, room):
    lines = overview(room.store, Selection(kind=("meet",)), limit=2).lines
    document = lines[0].document
    ours = [x.event for x in find_document(room.store, document).lines]
    theirs = [msgspec.structs.replace(ours[0], date="2019-01-01", gloss=EventGloss(en="", ko="")), *ours[1:-1]]
    assert client.get("/review/disagreements.json").json()["found"] == []
    put_coder_reports(room.store, [CoderReport(coder="둘째", document=document, at=AT, events=tuple(theirs))])
    page = client.get("/review/disagreements").text
    found = client.get("/review/disagreements.json").json()["found"]
    assert found and "둘째" in page and "2019-01-01" in page
    assert {s["coder"] for s in found[0]["sides"]} == {"sacho", "둘째"}
    client.post("/review/judgements", data={"event": found[0]["event"], "decision": "accepted"}, headers={"accept": "application/json"})
    assert found[0]["event"] not in {d["event"] for d in client.get("/review/disagreements.json").json()["found"]}
    dates = client.get("/review/disagreements.json?field=place").json()["found"]
    assert all(d["fields"] == ["place"] for d in dates)


def test_a_store_that_cannot_be_written_refuses_a_judgement_in_one_sentence(master, tmp_path):
    folder = tmp_path / "fixed"
    folder.mkdir()
    with open_store(shutil.copy(master, folder / "room.db")) as store:
        client = TestClient(create_app(Room(store, Accounts(tmp_path / "u.sqlite", lambda: 0.0))), headers={"accept": "application/json"})
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        event = overview(store, limit=1).lines[0].event.id
        answer = client.post("/review/judgements", data={"event": event, "decision": "accepted"})
        assert answer.status_code == 409 and "read-only" in answer.json()["error"]


def test_every_label_has_both_languages_and_every_label_asked_for_is_there():
    from importlib.resources import files

    words = load_labels().words
    assert all(ko and en for ko, en in words.values())
    templates = "".join(p.read_text(encoding="utf-8") for p in (files("sacho.web") / "templates").iterdir())
    asked = set(re.findall(r't\("([a-z]+\.[a-z]+)"', templates))
    assert len(asked) > 80 and asked <= set(words)
    assert {f"status.{s.value}" for s in Status} | {f"field.{f}" for f in (*EDITABLE, *_FIELDS, *COLUMNS)} <= set(words)


def test_a_status_and_a_field_are_called_alike_on_the_page_and_in_the_commands():
    words = load_labels().words
    named = {key: value for section in ("status", "field") for key, value in words.items() if key.startswith(f"{section}.")}
    shared = {key.partition(".")[2]: value for key, value in named.items() if key.partition(".")[2] in messages("ko")}
    assert len(shared) > 15
    assert shared == {word: (messages("ko")[word], word) for word in shared}


def test_of_many_who_ask_at_once_one_works_it_out(room):
    made, going = [], Barrier(5)

    def make():
        made.append(1)
        sleep(0.1)
        return made

    def ask():
        going.wait()
        return room.kept("slow", make)

    with ThreadPoolExecutor(5) as pool:
        found = [f.result() for f in [pool.submit(ask) for _ in range(5)]]
    assert made == [1] and all(one is made for one in found)
    with pytest.raises(ZeroDivisionError):
        room.kept("broken", lambda: 1 // 0)
    assert room.kept("broken", lambda: 3) == 3, "what failed once is tried again"


def test_a_late_answer_of_an_older_state_drops_nothing_and_is_not_kept():
    kept = Kept(2)
    assert kept.get(4, "old", lambda: "of 4") == "of 4"
    assert kept.get(5, "a", lambda: "a of 5") == "a of 5"
    assert kept.get(4, "late", lambda: "late of 4") == "late of 4"
    assert kept.get(5, "a", lambda: 1 // 0) == "a of 5"
    assert kept.get(4, "late", lambda: "anew") == "anew"
    assert kept.get(4, "old", lambda: "anew") == "anew", "the older state went when the newer came"
    kept.get(5, "b", lambda: "b")
    kept.get(5, "a", lambda: 1 // 0)
    kept.get(5, "c", lambda: "c")
    assert kept.get(5, "b", lambda: "again") == "again", "of two that are kept the one that nobody asked for longest goes first"


def test_no_page_shows_what_was_before_a_judgement_an_undo_or_a_paste(client, room):
    line = overview(room.store, limit=1).lines[0]
    addresses = ["/events", f"/reports/{line.document}", f"/happenings/{line.event.id}", "/entities/name:갑돌", "/attendance?words=갑돌"]
    before = [client.get(a).text for a in addresses]
    assert [client.get(a).text for a in addresses] == before and not any("갑돌이" in page for page in before)
    value = [{"id": "name:갑돌", "name": "갑돌이", "as_written": "갑돌이"}]
    for turn in range(5):
        act = judge(room.store, [line.event.id], "corrected", by="한", at=f"2026-01-01T00:00:0{turn}Z", field="actor", value=value)
        assert all("갑돌이" in client.get(a).text for a in addresses[:4]), "from the first page after it"
        undo(room.store, by="한", at=f"2026-01-01T00:01:0{turn}Z", batch=act)
        assert [client.get(a).text for a in addresses[:2]] == before[:2]
        assert client.get(addresses[3]).status_code == 404
    text = "을순이 외무상이 2031년 5월 3일 평양에서 라브로프 러시아 외무장관을 접견했다."
    add(room.store, [reading_of(code_document(document_from_text(text, origin="t", published="2031-05-04")), load_vocabulary())], at=AT)
    assert "2031-05-03" in client.get("/events").text


def test_a_kept_page_is_for_one_person_language_and_look_only(client, room):
    room.accounts.add("관리", _WORD, Role.admin)
    room.accounts.add("읽는이", _WORD, Role.reader)
    admin, reader = (TestClient(create_app(room, hosts=("testserver",))) for _ in range(2))
    for who, name in ((admin, "관리"), (reader, "읽는이")):
        who.post("/login", data={"name": name, "password": _WORD})
    for _ in range(2):
        assert 'href="/users"' in admin.get("/events").text and 'href="/users"' not in reader.get("/events").text
        assert client.get("/events", follow_redirects=False).status_code == 303, "whoever is not logged in gets nothing that is kept"
    assert "모든 사건" in reader.get("/events?lang=ko").text and "All events" in reader.get("/events?lang=en").text
    reader.post("/views", data={"name": "북러 사이", "address": "/events?country=RUS"})
    assert "북러 사이" in reader.get("/events").text and "북러 사이" not in admin.get("/events").text
    whole = reader.get("/events", headers={"accept-encoding": "identity"})
    packed = reader.get("/events", headers={"accept-encoding": "gzip"})
    part = reader.get("/events", headers={"x-sacho-part": "main"})
    assert whole.text == packed.text and packed.headers["content-encoding"] == "gzip" and "content-encoding" not in whole.headers
    assert "<html" in whole.text and "<html" not in part.text
    assert all("content-security-policy" in r.headers and r.headers["cache-control"] == "no-store" for r in (whole, packed, part))


def test_what_everybody_looks_at_first_is_worked_out_before(room, client, monkeypatch):
    warm(room)
    monkeypatch.setattr(across, "resolved_of", None)  # whoever would work it out anew would fail
    assert client.get("/attendance").status_code == client.get("/gaps").status_code == 200
