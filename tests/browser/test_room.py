"""Every page and the journeys of a reader, in Chromium."""

from __future__ import annotations

import msgspec
import pytest

from sacho.store import Selection, find_document, overview
from sacho.store.coders import CoderReport, put_coder_reports
from sacho.web.accounts import Role
from tests.browser.conftest import AXE, ready

_WORD = "correct horse battery"
PAGES = ("events", "map", "network", "dyads", "report", "happening", "contradictions", "wording", "attendance", "gaps", "entity", "review", "disagreements", "views", "paste", "users",
         "login", "missing")  # fmt: skip


def _another_coder(served) -> None:
    """Somebody else read the first report, and dated its first event otherwise."""
    document = overview(served.room.store, limit=1).lines[0].document
    events = [x.event for x in find_document(served.room.store, document).lines]
    theirs = (msgspec.structs.replace(events[0], date="2019-01-01"), *events[1:])
    put_coder_reports(served.room.store, [CoderReport(coder="둘째", document=document, at="2026-01-01", events=theirs)])


def _address(served, name: str) -> str:
    line = overview(served.room.store, Selection(disputed=True, participant=("sergey-lavrov",)), limit=1).lines[0]
    special = {
        "map": "/events?view=map", "network": "/events?view=network", "dyads": "/events?view=dyads", "report": f"/reports/{line.document}",
        "happening": f"/happenings/{line.happening}", "entity": "/entities/kim-jong-un", "missing": "/happenings/none",
        "disagreements": "/review/disagreements",
    }  # fmt: skip
    return special.get(name, f"/{name}")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_keeps_to_itself(open_page, served, name):
    if name == "disagreements":
        _another_coder(served)
    served.room.views.save("local", "북러", "/events?country=RUS")
    for lang, theme in (("ko", "light"), ("en", "dark")):
        page = open_page(_address(served, name), lang=lang, theme=theme)
        assert page.locator("h1").count() == 1
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))")
        assert found == [], f"{name} {lang} {theme}"
        assert [w for w in page.watch.wrong if not (name == "missing" and "404" in w)] == []


def test_the_departure_that_two_reports_date_differently_is_found_with_both_sentences(open_page):
    page = open_page("/events?participant=sergey-lavrov")
    page.get_by_role("link", name="엇갈림", exact=True).click()
    ready(page)
    page.fill("main input[name=words]", "세르게이 라브로프")
    page.get_by_role("button", name="보기").click()
    section = page.locator("section.panel", has_text="출발").first
    section.wait_for()
    assert {"2023-10-19", "2023-10-20"} <= set(section.locator(".value").all_inner_texts())
    said = section.locator(".said").all_inner_texts()
    assert any("19일" in s and len(s) > 25 for s in said) and any("20일" in s and len(s) > 25 for s in said)


def test_words_light_the_record_and_the_record_its_words(open_page, served):
    page = open_page(_address(served, "report"))
    word = page.locator(".text [data-claims]").first
    word.hover()
    assert page.locator(".claim.lit").count() >= 1
    page.locator("h1").hover()
    assert page.locator(".lit").count() == 0
    page.keyboard.press("v")
    assert page.locator(".text.shows-spelling").count() == 1 and "show=spelling" in page.url
    page.keyboard.press("j")
    record = page.locator(".claim:focus")
    identity = record.get_attribute("id")
    assert page.locator(f'.text .lit[data-claims~="{identity}"]').count() >= 1
    assert page.url.endswith(f"#{identity}")
    said = record.locator("q").inner_text()
    words = page.locator(f'.text [data-claims~="{identity}"] [data-start]').all_inner_texts()
    assert "".join(dict.fromkeys(words)).strip("“”") in said or said.strip("“”") in "".join(words)
    page.reload()
    ready(page)
    assert page.locator(f"#{identity}.lit").count() == 1, "the address leads back to the record"


def test_keys_work_by_position_with_a_korean_input_method(open_page, served):
    page = open_page(_address(served, "report"))
    event = "new KeyboardEvent('{}', {{key: {!r}, code: 'KeyJ', keyCode: 229, bubbles: true}})"
    page.wait_for_timeout(600)
    first = page.evaluate("() => document.body.dispatchEvent(" + event.format("keydown", "ㅓ") + ") && document.activeElement.id")
    page.evaluate("() => document.body.dispatchEvent(" + event.format("keyup", "ㅓ") + ")")
    assert first == "c-0-0"
    second = page.evaluate("() => document.body.dispatchEvent(" + event.format("keyup", "Process") + ") && document.activeElement.id")
    assert second == "c-0-1", "a keydown that the input method swallowed is made up by the keyup"


def test_a_dragged_period_filters_table_map_and_network(open_page):
    page = open_page("/events")
    before = page.locator("p.count").inner_text()
    box = page.locator(".timeline .brush .overlay").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 30, steps=6)
    page.mouse.up()
    page.wait_for_url("**since=*")
    ready(page)
    assert page.locator("p.count").inner_text() != before
    since, until = page.input_value("input[name=since]"), page.input_value("input[name=until]")
    assert since < until
    days = [d[:10] for d in page.locator(".events td.date").all_inner_texts()]
    assert days and all(d[:7] >= since[:7] and d <= until for d in days if len(d) == 10)
    assert page.locator(".network .node").count() >= 2 and page.locator(".map .dot").count() >= 1
    page.go_back()
    ready(page)
    assert page.locator("p.count").inner_text() == before


def test_a_pasted_report_is_read_shown_and_saved(open_page, served):
    page = open_page("/paste")
    page.fill("textarea", "최선희 외무상이 2024년 1월 16일 모스크바에서 라브로프 외무장관과 회담했다고 조선중앙통신이 17일 보도했다.")
    page.fill("input[name=outlet]", "시험신문(가상)")
    page.get_by_role("button", name="읽기").click()
    page.get_by_role("button", name="저장").click()
    page.wait_for_url("**/reports/*")
    ready(page)
    assert page.locator("article.card, details.card").count() >= 1
    assert page.locator(".text").inner_text().startswith("최선희 외무상이")
    assert find_document(served.room.store, page.url.rpartition("/")[2]).lines[0].event.kind == "meet"


def test_what_is_pasted_from_a_page_keeps_its_markup_until_it_is_edited(open_page):
    page = open_page("/paste")
    paste = """() => {
        const data = new DataTransfer();
        data.setData('text/html', '<html><body><!--StartFragment--><h1>제목</h1><p>글</p><!--EndFragment--></body></html>');
        data.setData('text/plain', '제목 글');
        const text = document.querySelector('textarea');
        text.focus();
        text.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        document.execCommand('insertText', false, '제목 글');
    }"""
    page.evaluate(paste)
    assert page.input_value("textarea") == "제목 글" and page.input_value("input[name=html]") == "<h1>제목</h1><p>글</p>"
    assert page.locator("[data-kept]").is_visible()
    page.locator("textarea").press_sequentially("더")
    assert page.input_value("input[name=html]") == "" and not page.locator("[data-kept]").is_visible()


def test_a_view_is_saved_and_found_again(open_page):
    page = open_page("/events?kind=meet")
    page.locator("details.menu summary", has_text="저장한 보기").click()
    page.fill("details.menu[open] input[name=name]", "회담만")
    page.locator("details.menu[open] button").click()
    ready(page)
    assert page.url.endswith("/events?kind=meet")
    page.goto(page.url.replace("?kind=meet", ""))
    ready(page)
    page.locator("details.menu summary", has_text="저장한 보기").click()
    page.locator("details.menu[open] a", has_text="회담만").click()
    page.wait_for_url("**/events?kind=meet")


def test_a_reader_logs_in_and_is_refused_a_write_and_a_session_ends(open_page, served, chromium):
    served.room.accounts.add("관리", _WORD, Role.admin)
    served.room.accounts.add("읽는이", _WORD, Role.reader)
    context = chromium.new_context(locale="ko")
    page = open_page("/events", context=context)
    assert "/login" in page.url
    page.fill("#name", "읽는이")
    page.fill("#password", _WORD)
    page.locator("main button").click()
    page.wait_for_url("**/events")
    assert page.locator("nav a", has_text="붙여넣기").count() == 0
    status = page.evaluate("async () => (await fetch('/paste', {method: 'POST', body: new URLSearchParams({text: '글'})})).status")
    assert status == 403
    page.locator("header form[action='/logout'] button").click()
    page.wait_for_url("**/login")
    page.goto(served.base + "/events")
    assert "/login" in page.url
    context.close()


def test_markup_in_a_report_runs_nothing(open_page):
    page = open_page("/paste")
    page.fill("textarea", "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>\n\n김정은 위원장이 2023년 10월 19일 평양에서 라브로프 장관을 만났다.\u202e뒤집기")
    page.get_by_role("button", name="읽기").click()
    page.get_by_role("button", name="저장").click()
    page.wait_for_url("**/reports/*")
    ready(page)
    assert "broken" not in page.title() or "<img" in page.title()
    assert page.locator("main img, main script").count() == 0
    assert "onerror" in page.locator(".text").inner_text()
    assert page.watch.wrong == []
