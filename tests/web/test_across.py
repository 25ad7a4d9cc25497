"""Pages over many reports say what the analysis says of everything at once, as long as they need not cut."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from sacho.analysis import appearances, attendance, conflicts, gaps, show, sides, silences, uses
from sacho.coding import code_document, report_of
from sacho.ingest import read
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.resolve.happenings import resolve_reports
from sacho.store import add, create_store, reading_of
from sacho.store.words import load_vocabulary
from sacho.web import Room, create_app
from sacho.web.accounts import Accounts
from sacho.web.pages import across
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def codings():
    sources = [*sorted((ROOT / "examples").glob("*.md")), *sorted((ROOT / "tests/corpus/multi/dev").glob("s0[1-6]/r*.md"))]
    return [code_document(d) for d in read(sources)]


@pytest.fixture(scope="module")
def resolved(codings):
    return resolve_reports([report_of(c) for c in codings], load_lexicon(), load_predicates())


@pytest.fixture(scope="module")
def client(codings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    with create_store(folder / "a.db") as store:
        add(store, [reading_of(c, load_vocabulary()) for c in codings], at="2026-01-01T00:00:00Z")
        yield TestClient(create_app(Room(store, Accounts(folder / "u.sqlite", lambda: 0.0))))


def test_contradictions(client, resolved):
    shown = {(d["happening"], d["contradiction"]["field"]) for d in client.get("/contradictions.json").json()["disputes"]}
    assert shown == {(d.happening, d.contradiction.field) for d in conflicts(resolved)} and shown
    some = client.get("/contradictions.json?since=2019-01-01&until=2023-12-31").json()["disputes"]
    assert {d["happening"] for d in some} == {d.happening for d in conflicts(resolved, since="2019-01-01", until="2023-12-31")}
    for dispute in some:
        for version, sentence in zip(dispute["contradiction"]["versions"], dispute["sentences"], strict=True):
            assert f"【{version['words']}】" in sentence


def test_attendance(client, resolved):
    shown = client.get("/attendance.json").json()
    whole = attendance(appearances(resolved))
    assert [(p["person"], p["count"]) for p in shown["people"]] == [(p.person, p.count) for p in whole][: across.MOST_PEOPLE]
    seats = {(a.person, a.happening): (a.order, a.ahead, a.behind) for a in appearances(resolved)}
    assert {tuple(k.rsplit(" ", 1)): (a["order"], tuple(a.get("ahead", ())), tuple(a.get("behind", ()))) for k, a in shown["seats"].items()} == seats
    beside = client.get("/attendance.json?words=kim-jong-un").json()["people"]
    assert {p["person"] for p in beside} == {a.person for a in appearances(resolved, beside=("kim-jong-un",))} and beside


@pytest.mark.parametrize("name", ["Kim Jong Un", "kim jong-un", "김정은", "金正恩", "김정은 위원장"])
def test_a_name_in_any_form_finds_the_same_on_every_page(client, name):
    for page in ("attendance", "contradictions"):
        same, found = (client.get(f"/{page}.json", params={"words": w}).json() for w in ("kim-jong-un", name))
        of = "people" if page == "attendance" else "disputes"
        assert found[of] == same[of] and found[of], page
        assert [e["id"] for e in found["entries"]] == ["kim-jong-un"] and not found["missing"]
    for field in ("participant", "actor"):
        found = client.get("/events.json", params={field: name}).json()
        assert found["asked"][field] == ["kim-jong-un"] and found["seen"]["events"]


@pytest.mark.parametrize(("field", "name", "value"), [("country", "Russia", "RUS"), ("country", "로씨야", "RUS"), ("place", "Pyongyang", "평양")])
def test_states_and_places_too(client, field, name, value):
    some, same = (client.get("/events.json", params={field: n}).json() for n in (name, value))
    assert some["asked"][field] == [value] and some["seen"]["events"] == same["seen"]["events"] > 0


def test_a_name_that_finds_nobody_is_answered_with_what_to_type(client, resolved):
    people = {a.person for a in appearances(resolved)}
    lost = client.get("/attendance.json?words=Kim Jong Eun").json()["missing"]
    assert not lost["entries"] and lost["close"] and lost["others"][0]["person"] == "kim-jong-un"
    page = client.get("/attendance?words=Kim Jong Eun&lang=en").text
    assert "neither the lexicon nor these reports have" in page and 'href="/attendance?words=kim-jong-un"' in page
    absent = client.get("/attendance.json?words=반기문").json()["missing"]
    assert absent["entries"][0]["id"] == "ban-ki-moon" and not absent.get("count") and {o["person"] for o in absent["others"]} <= people
    then = client.get("/attendance?words=Kim Jong Un&since=1950-01-01&until=1950-12-31&lang=en").text
    assert "is found" in then and "Search without period and state" in then and "Named beside them" in then
    assert client.get("/contradictions.json?words=Kim Jong Eun").json()["missing"]["others"]
    none = client.get("/events?participant=Kim Jong Eun&lang=en").text
    assert "Names like it" in none and "participant=kim-jong-un" in none
    spoken = client.get("/events?text=Kim Jong Un&lang=en").text
    assert "As the name of a person" in spoken and "participant=kim-jong-un" in spoken


def test_order_numbers_have_a_legend_and_english_has_no_korean_names_of_places(client):
    page = client.get("/attendance?lang=en").text
    assert "How to read it" in page and "order is rank" in page and "point at it" in page
    titles = re.findall(r'<th scope="col"><a href="/happenings/[^"]+" title="([^"]+)"', page)
    assert titles and not any(re.search(r"(?: at|,) [가-힣]", title.split(" — ")[0]) for title in titles)
    places = re.search(r'data-facet="place">(.*?)</section>', client.get("/events?lang=en").text, re.S)[1]
    names = re.findall(r"<span>([^<]+)</span><span", places)
    assert names and all(re.match("[A-Z]", name) for name in names)


def test_counts_have_their_right_number_in_english(client, resolved):
    alone = next(h for h in resolved.happenings if h.reports == 1 and h.outlets == 1 and h.independent == 1)
    several = next(h for h in resolved.happenings if h.reports > 1 and h.outlets > 1 and h.independent > 1)
    assert "1 report · 1 outlet · 1 independent source<" in client.get(f"/happenings/{alone.id}?lang=en").text
    told = f"{several.reports} reports · {several.outlets} outlets · {several.independent} independent sources"
    assert told in client.get(f"/happenings/{several.id}?lang=en").text


def test_gaps_and_silences(client, resolved):
    shown, side_of = client.get("/gaps.json").json(), sides(load_lexicon())
    assert {(g["happening"], tuple(g["missing"]), tuple(g["unknown"])) for g in shown["gaps"]} == {
        (g.happening, g.missing, g.unknown) for g in gaps(resolved, side_of)
    }
    assert len(shown["silences"]) == len(silences(resolved.reports.values(), side_of))


@pytest.mark.parametrize("words", ["신뢰", "연대"])
def test_wording(client, resolved, words):
    from sacho.analysis import formula_of

    shown = client.get(f"/wording.json?words={words}").json()["uses"]
    assert {(u["document"], u["start"]) for u in shown} == {(u.document, u.start) for u in uses(resolved.reports.values(), (formula_of(words),))}


def test_an_event_with_its_links_parts_and_reasons(client, resolved):
    linked = [h for h in resolved.happenings if any(h.id in (x.source, x.target) for x in resolved.links)]
    several = [h for h in resolved.happenings if len(h.events) > 1]
    assert linked and several
    for happening in [*linked, *several]:
        page = client.get(f"/happenings/{happening.id}.json").json()["shown"]
        whole = show(resolved, happening.id)
        assert {(x["type"], x["source"], x["target"]) for x in page["links"]} == {(x.type, x.source, x.target) for x in whole.links}
        assert (page["parent"] or {}).get("id") == (whole.parent.id if whole.parent else None)
        assert {p["id"] for p in page["parts"]} == {p.id for p in whole.parts}
        assert {(t["event"]["id"], t.get("like", "")) for t in page["tellings"]} == {(t.event.id, t.like) for t in whole.tellings}


def test_whoever_stands_beside_somebody_stands_in_an_event_with_them(client):
    page = client.get("/entities/kim-jong-un.json").json()["seen"]
    counts = {c["value"]: c["count"] for c in page["facets"]["participant"]}
    assert counts.pop("kim-jong-un") == page["events"] and counts and max(counts.values()) <= page["events"]


def test_what_is_cut_is_said(client, monkeypatch):
    monkeypatch.setattr(across, "MOST_HAPPENINGS", 3)
    monkeypatch.setattr(across, "MOST_CONTESTED", 1)
    for page in ("attendance", "gaps", "contradictions"):
        assert client.get(f"/{page}.json?until=2031-01-01").json()["asked"]["cut"] in (1, 3)
        assert 'class="notice"' in client.get(f"/{page}?until=2031-01-01").text
    assert client.get("/attendance.json?since=1950-01-01&until=1950-12-31").json()["asked"].get("cut", 0) == 0
