"""The formats by name, and the one call that writes any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from sacho.export.outcome import Exported
from sacho.records import Document, Event, Record


class Format(Record):
    """A format's file suffix, whether a terminal can show it, and what it is for."""

    suffix: str
    binary: bool
    about: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(suffix=".csv", binary=False, about="table, one row an event; safe in a spreadsheet, --exact for programs"),
    "xlsx": Format(suffix=".xlsx", binary=True, about="workbook: events, words, participants, contradictions"),
    "parquet": Format(suffix=".parquet", binary=True, about="nested columns for pandas, polars, DuckDB, R"),
    "jsonl": Format(suffix=".jsonl", binary=False, about="one event record a line, everything in it"),
    "plover": Format(suffix=".plover.jsonl", binary=False, about="PLOVER 2.0 records, one a line"),
    "icews": Format(suffix=".tab", binary=False, about="ICEWS's 20 columns, CAMEO codes, one row a dyad"),
    "gdelt": Format(suffix=".gdelt.tsv", binary=False, about="GDELT 2.0's 61 columns, mirrored dyads"),
    "jsonld": Format(suffix=".jsonld", binary=False, about="linked data: PROV and Web Annotation"),
    "ical": Format(suffix=".ics", binary=False, about="calendar entries"),
    "geojson": Format(suffix=".geojson", binary=False, about="points for a map"),
    "graphml": Format(suffix=".graphml", binary=False, about="network of parties"),
    "html": Format(suffix=".html", binary=False, about="one page with the words marked, to read or send"),
}


def write(
    form: str, events: Iterable[Event], out: BinaryIO, *, documents: Mapping[str, Document] | None = None, lang: str = "ko",
    exact: bool = False, title: str = "",
) -> Exported:  # fmt: skip
    """Write events in a format of `FORMATS`.

    `documents` are the reports by id, as far as they are at hand: they give addresses, outlets, days and the words around.
    `lang` (`ko`, `en`) is the language of `html` and `ical`, `title` that of `html`, `exact` the flavour of `csv`. Raises
    `ValueError` for a format that is not there.
    """
    known: Mapping[str, Document] = documents or {}
    match form:
        case "csv":
            from sacho.export.flat import write_csv

            return write_csv(events, out, exact=exact)
        case "ical":
            from sacho.export.calendar import write_ical

            return write_ical(events, out, documents=known, lang=lang)
        case "html":
            from sacho.export.page import write_html

            return write_html(events, out, documents=known, lang=lang, title=title)
        case "plover" | "icews" | "gdelt" | "jsonld":
            return _write_coded(form, events, out, known)
        case _:
            return _write_plain(form, events, out)


def _write_coded(form: str, events: Iterable[Event], out: BinaryIO, documents: Mapping[str, Document]) -> Exported:
    match form:
        case "plover":
            from sacho.export.plover import write_plover

            return write_plover(events, out, documents=documents)
        case "icews":
            from sacho.export.icews import write_icews

            return write_icews(events, out, documents=documents)
        case "gdelt":
            from sacho.export.gdelt import write_gdelt

            return write_gdelt(events, out, documents=documents)
        case _:
            from sacho.export.jsonld import write_jsonld

            return write_jsonld(events, out, documents=documents)


def _write_plain(form: str, events: Iterable[Event], out: BinaryIO) -> Exported:
    match form:
        case "xlsx":
            from sacho.export.xlsx import write_xlsx

            return write_xlsx(events, out)
        case "parquet":
            from sacho.export.arrow import write_parquet

            return write_parquet(events, out)
        case "jsonl":
            from sacho.export.jsonl import write_jsonl

            return write_jsonl(events, out)
        case "geojson":
            from sacho.export.geojson import write_geojson

            return write_geojson(events, out)
        case "graphml":
            from sacho.export.graphml import write_graphml

            return write_graphml(events, out)
        case _:
            raise ValueError(f"there is no format {form!r}; the formats are {', '.join(FORMATS)}")
