"""JSON-LD, iCalendar, GeoJSON and GraphML, read by rdflib, PyLD, icalendar, shapely and networkx."""

from __future__ import annotations

import io
import json
import warnings
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from icalendar import Calendar
from pyld import jsonld
from rdflib import RDF, Graph, Namespace, URIRef
from shapely.geometry import Point, box, shape

from sacho.export import write
from sacho.records import Event, Participant, Status
from tests.export.samples import AGREED, ALL, DOCUMENT, DOCUMENTS, HOSTILE, HOSTILES, LAUNCH, MEETING, PLAN, SANCTION, VISIT, variant

_PROV = Namespace("http://www.w3.org/ns/prov#")
_OA = Namespace("http://www.w3.org/ns/oa#")
_TERM = Namespace("urn:sacho:term:")


def _written(form: str, events: tuple[Event, ...], **options: str) -> tuple[bytes, dict[str, int]]:
    out = io.BytesIO()
    done = write(form, events, out, documents=DOCUMENTS, **options)
    return out.getvalue(), dict(done.left_out)


# ---------------------------------------------------------------- json-ld


@pytest.fixture(scope="module")
def graph() -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Graph().parse(data=_written("jsonld", ALL)[0], format="json-ld")


def test_rdflib_finds_every_event_derived_from_words_of_a_report(graph: Graph) -> None:
    for event in ALL:
        node = URIRef(f"urn:sacho:event:{event.id}")
        assert (node, RDF.type, _PROV.Entity) in graph and (node, _PROV.wasGeneratedBy, URIRef("urn:sacho:coding")) in graph
        for words in graph.objects(node, _PROV.wasDerivedFrom):
            assert graph.value(words, _OA.hasSource) == URIRef("urn:sacho:report:d0001")


def test_the_selectors_point_at_the_quoted_words(graph: Graph) -> None:
    checked = 0
    for words in graph.subjects(RDF.type, _OA.SpecificResource):
        selectors = list(graph.objects(words, _OA.hasSelector))
        start = next(int(v) for s in selectors for v in graph.objects(s, _OA.start))
        end = next(int(v) for s in selectors for v in graph.objects(s, _OA.end))
        exact = next(str(v) for s in selectors for v in graph.objects(s, _OA.exact))
        assert DOCUMENT.text[start:end] == exact
        checked += 1
    assert checked == 5


def test_the_coding_was_done_by_a_named_program_and_the_report_by_its_outlet(graph: Graph) -> None:
    (program,) = graph.objects(URIRef("urn:sacho:coding"), _PROV.wasAssociatedWith)
    assert (program, RDF.type, _PROV.SoftwareAgent) in graph
    (outlet,) = graph.objects(URIRef("urn:sacho:report:d0001"), _PROV.wasAttributedTo)
    assert (outlet, RDF.type, _PROV.Agent) in graph


def test_pyld_expands_every_term_and_keeps_the_order_of_parties() -> None:
    (first, *_) = [n for n in jsonld.expand(json.loads(_written("jsonld", (AGREED,))[0])) if n["@id"] == "urn:sacho:event:e-agree"]
    parties = first[str(_TERM.actor)][0]["@list"]
    names = [n["@value"] for p in parties for n in p["https://schema.org/name"] if n["@language"] == "ko"]
    assert names == [p.name for p in AGREED.actor]
    assert [key for key in first if not key.startswith(("@", "http://", "https://", "urn:"))] == []


def test_hostile_words_are_only_words_in_linked_data() -> None:
    nodes = jsonld.expand(json.loads(_written("jsonld", HOSTILES)[0]))
    found = [n[str(_TERM.instrument)][0]["@value"] for n in nodes if str(_TERM.instrument) in n]
    assert found == list(HOSTILE)


# ---------------------------------------------------------------- calendar


def _entries(events: tuple[Event, ...], **options: str) -> list[Any]:
    return list(Calendar.from_ical(_written("ical", events, **options)[0]).walk("VEVENT"))


def test_icalendar_reads_days_intervals_places_and_statuses() -> None:
    meeting, visit = _entries((MEETING, VISIT))
    assert (meeting["dtstart"].dt, meeting["dtend"].dt) == (date(2023, 10, 19), date(2023, 10, 20))
    assert (visit["dtstart"].dt, visit["dtend"].dt) == (date(2023, 10, 18), date(2023, 10, 20))
    assert (meeting["geo"].latitude, meeting["geo"].longitude) == (39.02, 125.75)
    assert (str(meeting["location"]), str(meeting["status"]), str(meeting["x-sacho-edtf"])) == ("노동당 본부청사", "CONFIRMED", "2023-10-19")


def test_a_calendar_shows_no_month_as_a_day_and_no_denied_meeting_as_true() -> None:
    data, left = _written("ical", (*ALL, variant("e1", status=Status.hypothetical)))
    assert left == {"no exact day": 1, "status denied": 1, "status hypothetical": 1}
    assert {str(e["uid"]) for e in Calendar.from_ical(data).walk("VEVENT")} == {f"{e.id}@sacho" for e in ALL if e.id not in ("e-plan", "e-denied")}


def test_plans_are_tentative_and_the_summary_speaks_the_language_asked_for() -> None:
    (entry,) = _entries((variant("e1", status=Status.planned),), lang="en")
    assert (str(entry["status"]), str(entry["summary"])) == ("TENTATIVE", MEETING.gloss.en)
    assert str(_entries((SANCTION,))[0]["summary"]) == f"14:30 {MEETING.gloss.ko}"


def test_hostile_words_neither_break_nor_add_calendar_lines() -> None:
    entries = _entries(HOSTILES)
    assert [" ".join(str(e["summary"]).split()) for e in entries] == [" ".join(w.split()) for w in HOSTILE]
    data = _written("ical", HOSTILES)[0]
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and data.count(b"BEGIN:VEVENT") == len(HOSTILE)


# ---------------------------------------------------------------- map


def test_shapely_finds_the_points_where_they_belong() -> None:
    data, left = _written("geojson", ALL)
    features = json.loads(data)["features"]
    assert left == {"no place": 2} and len(features) == len(ALL) - 2
    for feature in features:
        point = shape(feature["geometry"])
        assert point == Point(125.75, 39.02) and box(124, 37.5, 131, 43.1).contains(point)


def test_an_empty_map_is_still_a_map() -> None:
    assert json.loads(_written("geojson", (LAUNCH,))[0]) == {"type": "FeatureCollection", "features": []}


# ---------------------------------------------------------------- network


def test_networkx_reads_parties_and_the_events_between_them() -> None:
    data, left = _written("graphml", (MEETING, VISIT, LAUNCH, AGREED))
    graph = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert left == {"no second party": 1} and graph.is_directed()
    assert graph.nodes["kim-jong-un"] == {"label": "김정은", "label_en": "Kim Jong Un", "country": "PRK", "sector": "GOV"}
    between = [d["event"] for _, _, d in graph.out_edges("sergey-lavrov", data=True) if d["kind"] != "agree"]
    assert between == ["e-meet", "e-visit"] and graph.number_of_edges() == 7
    assert {d["symmetric"] for *_, d in graph.edges(data=True) if d["event"] == "e-meet"} == {True}


def test_hostile_names_are_only_names_in_a_network() -> None:
    people = tuple(Participant(id=f"p{n}", name=word + "\x0b", as_written="") for n, word in enumerate(HOSTILE))
    events = tuple(variant(f"e{n}", actor=(a,), recipient=(b,)) for n, (a, b) in enumerate(pairwise(people)))
    graph = nx.read_graphml(io.BytesIO(_written("graphml", events)[0]), force_multigraph=True)
    assert [graph.nodes[p.id]["label"] for p in people] == [p.name.replace("\x0b", "\ufffd") for p in people]


def test_a_plan_for_a_month_stays_out_of_the_calendar_but_not_out_of_the_network() -> None:
    assert _written("ical", (PLAN,))[1] == {"no exact day": 1} and _written("graphml", (PLAN,))[1] == {}
