"""PLOVER, ICEWS and GDELT: what goes out, what is left out and counted, and that pandas and polars read the columns."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
import polars as pl
import pytest

from sacho.export import write
from sacho.export.cameo import cameo_codes
from sacho.export.gdelt import GDELT_COLUMNS
from sacho.export.icews import ICEWS_COLUMNS
from sacho.export.plover import plover_type, plover_types
from sacho.export.tables import rows
from sacho.lexicon import load
from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Participant, Status
from tests.export.samples import AGREED, ALL, CHOE, DENIED, DOCUMENTS, KIM, LAUNCH, MEETING, PLAN, SANCTION, STATEMENT, USA, VISIT, variant


def _written(form: str, *events: Event) -> tuple[bytes, dict[str, int]]:
    out = io.BytesIO()
    done = write(form, events, out, documents=DOCUMENTS)
    assert done.events == len(events)
    return out.getvalue(), dict(done.left_out)


def _icews(*events: Event) -> list[dict[str, Any]]:
    data, _ = _written("icews", *events)
    return list(csv.DictReader(io.StringIO(data.decode()), delimiter="\t", quoting=csv.QUOTE_NONE))


def _gdelt(*events: Event) -> list[dict[str, Any]]:
    data, _ = _written("gdelt", *events)
    return pl.read_csv(data, separator="\t", has_header=False, new_columns=list(GDELT_COLUMNS), infer_schema=False, quote_char=None).to_dicts() if data else []


# ---------------------------------------------------------------- what is left out


def test_local_kinds_are_left_out_and_counted() -> None:
    locals_ = [variant(f"e-{k.id}", kind=k.id, type="", cameo="") for k in load_predicates().kinds.values() if k.local]
    assert len(locals_) >= 5
    for form in ("plover", "icews", "gdelt"):
        data, left = _written(form, *locals_)
        assert left == {f"local kind {e.kind}": 1 for e in locals_}
        assert data.decode().count("\n") == (1 if form == "icews" else 0)


@pytest.mark.parametrize("form", ["icews", "gdelt"])
@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (DENIED, "status denied"), (variant("e1", status=Status.hypothetical), "status hypothetical"),
        (variant("e1", status=Status.cancelled), "status cancelled"),
        (variant("e1", kind="attack", type="ASSAULT", cameo="190", status=Status.planned), "status planned without a code of its own"),
        (PLAN, "no exact day"), (variant("e1", date="2023-10-19~"), "no exact day"), (variant("e1", date=""), "no exact day"),
    ],
)  # fmt: skip
def test_what_would_be_told_as_done_is_left_out(form: str, event: Event, reason: str) -> None:
    assert _written(form, event)[1] == {reason: 1}


def test_icews_wants_two_parties_and_gdelt_does_not() -> None:
    assert _written("icews", LAUNCH)[1] == {"no second party": 1}
    (row,) = _gdelt(LAUNCH)
    assert (row["Actor1Code"], row["Actor2Code"], row["EventCode"], row["QuadClass"], row["GoldsteinScale"]) == ("PRKGOV", None, "150", "4", "-7.2")


# ---------------------------------------------------------------- icews


def test_icews_has_its_twenty_columns_for_pandas() -> None:
    frame = pd.read_csv(io.BytesIO(_written("icews", *ALL)[0]), sep="\t", quoting=csv.QUOTE_NONE, dtype={"CAMEO Code": str})
    assert tuple(frame.columns) == ICEWS_COLUMNS and len(ICEWS_COLUMNS) == 20
    assert frame["Event ID"].is_unique and frame["Event ID"].max() < 2**53
    assert pd.to_datetime(frame["Event Date"], format="%Y-%m-%d").notna().all()
    assert set(frame["CAMEO Code"]) <= set(cameo_codes())


def test_an_icews_row_says_who_did_what_to_whom_where() -> None:
    (row,) = _icews(MEETING)
    said = {k: row[k] for k in ("Event Date", "Source Name", "Source Country", "CAMEO Code", "Intensity", "Target Name", "Target Country", "Publisher", "Country", "Latitude")}
    assert said == {
        "Event Date": "2023-10-19", "Source Name": "Sergey Lavrov", "Source Country": "Russia", "CAMEO Code": "040", "Intensity": "1",
        "Target Name": "Kim Jong Un", "Target Country": "North Korea", "Publisher": "새벽일보(가상)", "Country": "North Korea", "Latitude": "39.02",
    }  # fmt: skip


def test_a_symmetric_act_of_many_is_a_row_a_pair_of_countries_and_never_mirrored() -> None:
    pairs = {(r["Source Name"], r["Target Name"]) for r in _icews(AGREED)}
    assert pairs == {
        ("Kim Jong Un", "Sergey Lavrov"), ("Kim Jong Un", "United States"), ("Choe Son Hui", "Sergey Lavrov"),
        ("Choe Son Hui", "United States"), ("Sergey Lavrov", "United States"),
    }  # fmt: skip
    assert {(r["Source Country"], r["Target Country"]) for r in _icews(variant("e1", actor=(KIM, CHOE), recipient=()))} == {("North Korea", "North Korea")}


def test_each_table_of_scores_is_followed_where_they_differ() -> None:
    stopped = variant("e1", kind="sanction", type="SANCTION", symmetric=False, cameo="164")
    assert (_icews(stopped)[0]["Intensity"], _gdelt(stopped)[0]["GoldsteinScale"]) == ("-6.5", "-7")


def test_tabs_and_line_ends_in_a_name_do_not_break_a_row() -> None:
    event = variant("e1", actor=(Participant(id="x", name="가\t나\n다", as_written="", country="RUS"),))
    assert _icews(event)[0]["Source Name"] == "가 나 다" and _gdelt(event)[0]["Actor1Name"] == "가 나 다"


# ---------------------------------------------------------------- gdelt


def test_gdelt_has_its_sixty_one_columns_for_pandas() -> None:
    frame = pd.read_csv(io.BytesIO(_written("gdelt", *ALL)[0]), sep="\t", header=None, names=GDELT_COLUMNS, dtype={"EventCode": str, "EventBaseCode": str, "EventRootCode": str})
    assert len(GDELT_COLUMNS) == 61 and frame["GLOBALEVENTID"].is_unique
    assert list(frame["SQLDATE"].unique()) == [20231019, 20231018] and frame["AvgTone"].isna().all()
    assert (frame["EventCode"].str[:3] == frame["EventBaseCode"]).all()


def test_gdelt_mirrors_meetings_and_visits_and_nothing_else() -> None:
    def coded(event: Event) -> list[tuple[str, str, str]]:
        return [(r["Actor1Name"], r["EventCode"], r["Actor2Name"]) for r in _gdelt(event)]

    assert coded(MEETING) == [("SERGEY LAVROV", "040", "KIM JONG UN"), ("KIM JONG UN", "040", "SERGEY LAVROV")]
    assert coded(VISIT) == [("SERGEY LAVROV", "042", "KIM JONG UN"), ("KIM JONG UN", "043", "SERGEY LAVROV")]
    assert coded(SANCTION) == [("UNITED NATIONS", "163", "KIM JONG UN")]


def test_a_gdelt_actor_is_country_or_group_with_its_type() -> None:
    (row,) = _gdelt(SANCTION)
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1KnownGroupCode"]) == ("UNO", None, "UNO")
    assert (row["Actor2Code"], row["Actor2CountryCode"], row["Actor2Type1Code"]) == ("PRKGOV", "PRK", "GOV")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_Lat"]) == ("4", "KN", "39.02")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20231020000000", "https://example.invalid/news?id=1&x={2}")


def test_every_state_of_the_lexicon_has_its_fips_code_or_is_none() -> None:
    known = {r["country"] for r in rows("fips.csv")}
    assert set(load().countries) - known == {"EUR", "IGO", "PSE", "SUN", "UNO"}


# ---------------------------------------------------------------- plover


def _plover(*events: Event) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _written("plover", *events)[0].splitlines()]


def test_a_plover_record_has_the_fields_of_the_manual_and_keeps_lists() -> None:
    (record,) = _plover(AGREED)
    assert {"id", "date", "actor", "recipient", "event"} <= set(record)
    assert [a["entity_text"] for a in record["actor"]] == [p.as_written for p in AGREED.actor] and record["recipient"] == []
    assert (record["event"], record["quad_code"], record["event_scale"]) == ("AGREE", "VERBAL_COOPERATION", 2.5)
    assert record["text_info"][0]["text"] == DOCUMENTS["d0001"].text[record["text_info"][0]["start"] : record["text_info"][0]["end"]]


@pytest.mark.parametrize(
    ("kind", "type_", "mode", "status", "want"),
    [
        ("meet", "CONSULT", "visit", Status.occurred, ("CONSULT", "visit", 4.0)),
        ("meet", "CONSULT", "visit", Status.planned, ("AGREE", "", 2.5)), ("aid", "AID", "", Status.proposed, ("AGREE", "", 2.5)),
        ("retreat", "RETREAT", "withdraw", Status.planned, ("CONCEDE", "", 4.5)),
        ("meet", "CONSULT", "visit", Status.cancelled, ("REJECT", "meet", -2.0)),
        ("accuse", "ACCUSE", "", Status.occurred, ("ACCUSE", "", -2.0)),
        ("sanction", "SANCTION", "discontinue", Status.planned, ("SANCTION", "discontinue", -6.0)),
    ],
)  # fmt: skip
def test_the_profile_decides_type_mode_and_score(kind: str, type_: str, mode: str, status: Status, want: tuple[str, str, float]) -> None:
    found = plover_type(variant("e1", kind=kind, type=type_, mode=mode, status=status))
    assert (found.type, found.mode, found.score) == want


def test_kind_and_status_stay_in_the_plover_record() -> None:
    (record,) = _plover(PLAN)
    assert (record["event"], record["kind"], record["status"], record["aux_mode"], record["date"]) == ("AGREE", "visit", "planned", "future", "2024-03")


def test_pandas_reads_the_plover_lines() -> None:
    frame = pd.read_json(io.BytesIO(_written("plover", *ALL)[0]), lines=True, dtype=False)
    assert len(frame) == len(ALL) - 1 and list(frame["id"]) == [e.id for e in ALL if e is not STATEMENT]


# ---------------------------------------------------------------- the tables themselves


def test_every_kind_has_codes_that_the_tables_know() -> None:
    kinds = [k for k in load_predicates().kinds.values() if not k.local]
    codes = {c for k in kinds for c in (k.cameo, k.planned_cameo, k.joint_cameo) if c}
    assert codes <= set(cameo_codes())
    assert {(k.type, k.mode) for k in kinds if (k.type, k.mode) not in plover_types()} == set()
    assert USA.country in load().countries
