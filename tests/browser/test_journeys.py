"""What a reviewer does, in Chromium: contradictions in the known report, corrections by words, twenty records by keys."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sacho.coding import code_document
from sacho.ingest import document_from_text
from sacho.store import Selection, add, create_store, find_event, overview, reading_of
from sacho.store.tables import judgement
from sacho.store.words import load_vocabulary
from sacho.web import Room
from sacho.web.accounts import Accounts
from tests.browser.conftest import Served, ready

_PRESS = """([type, key, code]) => document.body.dispatchEvent(
    new KeyboardEvent(type, {key, code, keyCode: 229, bubbles: true, cancelable: true}))"""


def _judged(served) -> list[tuple[str, str]]:
    with served.room.store.read() as connection:
        return [tuple(r) for r in connection.execute(select(judgement.c.decision, judgement.c.event).order_by(judgement.c.number))]


@pytest.fixture
def seed_room(seed_text, tmp_path):
    with create_store(tmp_path / "seed.db") as store:
        add(store, [reading_of(code_document(document_from_text(seed_text, origin="seed")), load_vocabulary())], at="2026-01-01T00:00:00Z")
        made = Served(Room(store, Accounts(tmp_path / "seed-users.sqlite", lambda: 0.0)))
        yield made
        made.stop()


def test_the_two_departures_of_the_known_report_are_found_with_their_sentences(open_page, seed_room, seed_text):
    page = open_page("/events", base=seed_room.base)
    page.get_by_role("link", name="엇갈리는 사건만").click()
    page.wait_for_url("**disputed=1*")
    ready(page)
    rows = page.locator("table.events tbody tr", has_text="출발")
    assert rows.count() == 1
    rows.locator("td.date a").click()
    ready(page)
    contested = page.locator("section.panel", has_text="엇갈리는 것").first
    values = contested.locator(".value").all_inner_texts()
    said = [s.split("\n")[0] for s in contested.locator("blockquote.said").all_inner_texts()]
    assert len(set(values)) == 2 and len(set(said)) == 2
    for sentence in said:
        assert " ".join(sentence.split()) in " ".join(seed_text.split())
        assert any(word in sentence for word in ("떠났", "출발", "떠나", "귀국"))


def test_a_wrong_actor_is_corrected_by_selecting_words_and_taken_back(open_page, served):
    from playwright.sync_api import expect

    line = overview(served.room.store, Selection(kind=("meet",), participant=("sergey-lavrov",)), limit=1).lines[0]
    page = open_page(f"/reports/{line.document}")
    card = page.locator(f'details[data-event="{line.event.id}"]')
    card.evaluate("e => { e.open = true; }")
    words = page.evaluate("""() => {
        for (const run of document.querySelectorAll('.text [data-start]')) {
            const at = run.textContent.indexOf('최선희');
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(run.firstChild, at);
            range.setEnd(run.firstChild, at + 3);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return Number(run.dataset.start) + at;
        }
    }""")
    page.locator("button.offer").click()
    page.select_option("#correct-event", line.event.id)
    page.select_option("#correct-field", "actor")
    page.locator("#correct-values option").first.wait_for(state="attached")
    expect(page.locator("#correct-value")).not_to_have_value("")  # filled in once the names are there
    assert page.input_value("#correct-words") == "최선희" and page.input_value("#correct-value") == "최선희"
    page.fill("#correct-note", "주어")
    page.locator("dialog.correct button.main").click()
    page.locator(".toast").wait_for()
    ready(page)
    now = find_event(served.room.store, line.event.id)
    assert [p.id for p in now.line.event.actor] == ["choe-son-hui"] and now.line.review == "corrected"
    assert [(e.start, e.end) for e in now.line.event.evidence if e.field == "actor"] == [(words, words + 3)]
    assert page.locator(f'details[data-event="{line.event.id}"] .chip', has_text="고침").count() == 1
    page.locator(".toast button").click()
    page.locator(".toast", has_text="되돌렸습니다").wait_for()
    assert find_event(served.room.store, line.event.id).line.event == line.event
    page.locator(".toast button").click()
    page.locator(".toast").filter(has_text="되돌렸습니다").wait_for()
    assert [p.id for p in find_event(served.room.store, line.event.id).line.event.actor] == ["choe-son-hui"], "an undo is undone"


def test_twenty_records_are_reviewed_by_keys_with_a_korean_input_method(open_page, served):
    page = open_page("/review")
    page.wait_for_timeout(600)
    keys = (("ㅁ", "KeyA", "accepted"), ("ㅌ", "KeyX", "rejected"), ("ㅕ", "KeyU", "unsure"))
    seen = []
    for i in range(20):
        item = page.get_attribute("[data-item]", "data-item")
        seen.append(item)
        letter, code, _ = keys[i % 3]
        for kind, key in (("keyup", "Process"),) if i % 4 == 3 else (("keydown", letter), ("keyup", letter)):  # one in four is swallowed
            page.evaluate(_PRESS, [kind, key, code])
        page.locator(f'[data-item]:not([data-item="{item}"])').wait_for(state="attached")
        ready(page)
        assert page.locator(f'[data-waits="{item}"]').count() == 0, "what is decided waits no longer"
    page.locator(".toast").wait_for()
    page.wait_for_timeout(300)
    assert len(set(seen)) == 20
    assert _judged(served) == [(keys[i % 3][2], item) for i, item in enumerate(seen)]
    for item in reversed(seen[-3:]):
        before = len(_judged(served))
        page.evaluate(_PRESS, ["keydown", "ㅋ", "KeyZ"])
        page.evaluate(_PRESS, ["keyup", "ㅋ", "KeyZ"])
        page.wait_for_timeout(200)
        page.locator(".toast", has_text="되돌렸습니다").wait_for()
        assert len(_judged(served)) == before + 1
        assert find_event(served.room.store, item).line.review == "unreviewed"
    assert page.watch.wrong == []


def test_keys_do_nothing_while_a_note_is_written(open_page, served):
    page = open_page("/review")
    page.wait_for_timeout(600)
    item = page.get_attribute("[data-item]", "data-item")
    page.locator(".record input[name=note]").type("axu 맞는지 모름")
    page.wait_for_timeout(200)
    assert page.get_attribute("[data-item]", "data-item") == item and _judged(served) == []
    page.locator("button[data-decide=unsure]").click()
    page.locator(".toast").wait_for()
    with served.room.store.read() as connection:
        assert connection.execute(select(judgement.c.note)).scalar_one() == "axu 맞는지 모름"


def test_many_are_ticked_judged_together_and_taken_back_together(open_page, served):
    page = open_page("/review")
    boxes = page.locator(".queue input[type=checkbox]")
    for i in range(5):
        boxes.nth(i).check()
    page.locator(".queue .many button.no").click()
    page.locator(".toast").wait_for()
    ready(page)
    assert [d for d, _ in _judged(served)] == ["rejected"] * 5
    page.locator(".toast button").click()
    page.locator(".toast", has_text="되돌렸습니다").wait_for()
    assert all(find_event(served.room.store, e).line.review == "unreviewed" for d, e in _judged(served) if d == "rejected")


def test_a_field_is_corrected_from_the_review_page_by_key(open_page, served):
    page = open_page("/review")
    page.wait_for_timeout(600)
    item = page.get_attribute("[data-item]", "data-item")
    page.keyboard.press("e")
    page.select_option("#correct-field", "date")
    page.fill("#correct-value", "kein Tag")
    page.locator("dialog.correct button.main").click()
    page.locator("dialog.correct .wrong:not(:empty)").wait_for()
    assert find_event(served.room.store, item).line.review == "unreviewed"
    page.fill("#correct-value", "2020-02")
    page.locator("dialog.correct button.main").click()
    page.locator(".toast").wait_for()
    ready(page)
    assert find_event(served.room.store, item).line.event.date == "2020-02"
    assert page.get_attribute("[data-item]", "data-item") == item, "the corrected record stays in view"
