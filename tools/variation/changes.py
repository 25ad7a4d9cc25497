"""Apply the expected changes of a variant to the records of its base. A change is data:

`{op: rename, names: {A: B}, fields: [...]}`, `{op: shift, days, months}`, `{op: set, where, set}`, `{op: add, record}`;
`{op: unset, where, field}`: the field is not checked, without `field` the event may be told in any way or not at all;
`{op: parties, where}`: who did it to whom is not checked, only who took part. `A|B` means: either will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from .bases import Fields

_NAMED = ("actor", "recipient", "carrier", "attendee", "sources", "place", "within")
_ANY = "occurred|ongoing|planned|proposed|hypothetical|denied|cancelled|alleged"
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def apply(records: Iterable[Fields], changes: Iterable[Fields]) -> list[Fields]:
    """The records that a variant must yield."""
    out = [dict(r) for r in records]
    for change in changes:
        if change["op"] == "rename":
            out = [_renamed(r, change["names"], change.get("fields", _NAMED)) for r in out]
        elif change["op"] == "shift":
            out = [_shifted(r, change["days"], change["months"]) for r in out]
        elif change["op"] == "add":
            out.append(dict(change["record"]))
        else:
            touched = [r for r in out if matches(r, change["where"])]
            if not touched:
                raise ValueError(f"no record fits {change['where']}; correct the `where` of this change.")
            for record in touched:
                _touch(record, change)
    return out


def matches(record: Fields, where: Fields) -> bool:
    """Whether a record has these values; lists in any order."""
    return all(_plain(record.get(key)) == _plain(value) for key, value in where.items())


def shift_text(dates: str, days: int, months: int) -> str:
    """Every day in an EDTF text by so many days, every bare month by so many months."""

    def moved(found: re.Match[str]) -> str:
        value = found[0]
        if len(value) == 10:
            return (date.fromisoformat(value) + timedelta(days=days)).isoformat()
        return month_after(value, months)

    return _DATE.sub(moved, dates)


def month_after(month: str, count: int) -> str:
    """`2023-12` and 2: `2024-02`."""
    total = int(month[:4]) * 12 + int(month[5:7]) - 1 + count
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _touch(record: Fields, change: Fields) -> None:
    if change["op"] == "set":
        record.update(change["set"])
    elif change["op"] == "parties":
        record["parties"] = True
    elif "field" in change:
        record.pop(change["field"], None)
    else:
        kind = record["kind"]
        record.clear()
        record.update({"kind": kind, "status": _ANY, "optional": True})


def _renamed(record: Fields, names: dict[str, str], fields: Iterable[str]) -> Fields:
    def one(name: str) -> str:
        return "|".join(names.get(part, part) for part in name.split("|"))

    out = dict(record)
    for key in fields:
        if key in out:
            out[key] = [one(n) for n in out[key]] if isinstance(out[key], list) else one(out[key])
    return out


def _shifted(record: Fields, days: int, months: int) -> Fields:
    out = dict(record)
    if "date" in out:
        out["date"] = shift_text(out["date"], days, months)
    if "conflict" in out:
        out["conflict"] = [shift_text(v, days, months) for v in out["conflict"]]
    return out


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) else value
