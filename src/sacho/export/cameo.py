"""CAMEO codes with the scores of both tables in use, and which events have a code at all (codebook, section 5)."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

from sacho.export.tables import rows
from sacho.lexicon.predicates import load_predicates
from sacho.records import Event, Record, Status

_UNREAL = (Status.planned, Status.proposed)
_ABSENT = (Status.denied, Status.cancelled, Status.hypothetical)
_JSON_INTEGER_BITS = 53  # what R and JavaScript hold exactly


class CameoCode(Record):
    """A code of CAMEO 1.1b3. `label` is our own short wording. The tables of GDELT and ICEWS differ on 016, 022, 164, 165."""

    code: str
    label: str
    goldstein_gdelt: float | None
    goldstein_icews: float | None
    quad: int


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """All codes, from `data/cameo.csv`."""
    return {row["code"]: _code(row) for row in rows("cameo.csv")}


def coded(event: Event) -> CameoCode | str:
    """The code under which a format without a status may carry the event, or the reason why none may.

    Such a format says "this happened", so what is denied, cancelled or hypothetical stays out, and a plan goes out only
    under the code of the intention (`036` for a planned visit).
    """
    kind = load_predicates().kinds.get(event.kind)
    if kind is None or kind.local or not event.type:
        return f"local kind {event.kind}"
    if event.status in _ABSENT:
        return f"status {event.status.value}"
    if event.status in _UNREAL and event.cameo != kind.planned_cameo:
        return f"status {event.status.value} without a code of its own"
    found = cameo_codes().get(event.cameo)
    return found if found is not None else f"unknown code {event.cameo or '(none)'}"


def number(*parts: str) -> int:
    """A stable whole number for formats that want one as an id; below 2^53, so that every reader keeps it exact."""
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - _JSON_INTEGER_BITS)


def tab_safe(cell: str) -> str:
    """A cell of a tab-separated line: these formats have no quoting, so a tab or line end becomes a space."""
    return " ".join(cell.split()) if any(c in cell for c in "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029") else cell


def _code(row: dict[str, str]) -> CameoCode:
    return CameoCode(
        code=row["code"], label=row["label"], quad=int(row["quad"]),
        goldstein_gdelt=float(row["goldstein_gdelt"]) if row["goldstein_gdelt"] else None,
        goldstein_icews=float(row["goldstein_icews"]) if row["goldstein_icews"] else None,
    )  # fmt: skip
