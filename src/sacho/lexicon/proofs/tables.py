"""Every table of a folder, as it stands; what cannot be read is a problem."""

from __future__ import annotations

import csv
import itertools
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from sacho.lexicon.schema import Ambiguity, Body, Country, Outlet, Pair, Person, PlaceEntry, PublicEvent, Tenure, Title
from sacho.lexicon.tables import LexiconError, parse_table
from sacho.records import Record

Row = TypeVar("Row", bound=Record)
_NAMES = ("people", "tenures", "countries", "pairs", "bodies", "places", "outlets", "titles", "ambiguous", "calendar")


class Offices(Record):
    """`shared`: offices of several holders at a time, written `country body title`."""

    shared: frozenset[str]


class Rules(Record):
    """`data/proof.toml`: boxes are (south, north, west, east) in degrees; values are closed lists by table and column."""

    boxes: dict[str, tuple[float, float, float, float]]
    values: dict[str, frozenset[str]]
    offices: Offices


class Tables(Record):
    """The rows of every table in file order, and the rules they are held to."""

    people: tuple[Person, ...]
    tenures: tuple[Tenure, ...]
    countries: tuple[Country, ...]
    pairs: tuple[Pair, ...]
    bodies: tuple[Body, ...]
    places: tuple[PlaceEntry, ...]
    outlets: tuple[Outlet, ...]
    titles: tuple[Title, ...]
    ambiguous: tuple[Ambiguity, ...]
    calendar: tuple[PublicEvent, ...]
    rules: Rules


def read_tables(folder: Traversable) -> Tables:
    """The tables of a folder. Raises `LexiconError` for the first that breaks its schema."""
    rules = msgspec.convert(tomllib.loads((folder / "proof.toml").read_text(encoding="utf-8")), Rules)
    return Tables(
        people=_rows(folder, "people", Person), tenures=_rows(folder, "tenures", Tenure),
        countries=_rows(folder, "countries", Country), pairs=_rows(folder, "pairs", Pair),
        bodies=_rows(folder, "bodies", Body), places=_rows(folder, "places", PlaceEntry),
        outlets=_rows(folder, "outlets", Outlet), titles=_rows(folder, "titles", Title),
        ambiguous=_rows(folder, "ambiguous", Ambiguity), calendar=_rows(folder, "calendar", PublicEvent), rules=rules,
    )  # fmt: skip


def proof_texts(folder: Traversable) -> Iterator[str]:
    """Files in Unicode form NFC, rows in the order of their first column: a change then shows as one line of a diff."""
    for name in _NAMES:
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        if unicodedata.normalize("NFC", text) != text:
            line = next(n for n, x in enumerate(text.split("\n"), 1) if unicodedata.normalize("NFC", x) != x)
            yield f"{name}.csv, line {line}: not in Unicode form NFC; normalise it."
        keys = [row[0] for row in csv.reader(text.splitlines()) if row][1:]
        for above, key in itertools.pairwise(keys):
            if key < above:
                yield f"{name}.csv ({key}): stands after {above}; sort the rows by their first column."


def _rows(folder: Traversable, name: str, row: type[Row]) -> tuple[Row, ...]:
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise LexiconError(f"{name}.csv is missing; put it beside the other tables.")
    return tuple(parse_table(path.read_text(encoding="utf-8"), f"{name}.csv", row))
