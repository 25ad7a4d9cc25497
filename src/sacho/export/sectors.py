"""PLOVER's sectors in the words of ICEWS and the codes of CAMEO."""

from __future__ import annotations

from functools import cache

from sacho.export.tables import rows
from sacho.records import Record


class Sector(Record):
    """`icews` is a list of words with commas, `cameo` the three-letter type code."""

    sector: str
    icews: str
    cameo: str


@cache
def sectors() -> dict[str, Sector]:
    """By PLOVER code, from `data/sectors.csv`."""
    return {row["sector"]: Sector(sector=row["sector"], icews=row["icews"], cameo=row["cameo"]) for row in rows("sectors.csv")}
