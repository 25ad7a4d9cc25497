"""The reports that are varied: their text, their right records, and the phrases that may change."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
Fields = dict[str, Any]  # one record: kind, actor, recipient, date, … as `reading` names them
_PUBLISHED = re.compile(r"^published: (\S+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Base:
    """One report. `records` are right by hand; a check may only rest on those that the unchanged text yields."""

    name: str
    text: str
    published: date
    outlet: str | None
    records: tuple[Fields, ...]
    spec: Fields

    @property
    def days(self) -> dict[int, date]:
        """The days that the text names, by their number."""
        return {int(number): date.fromisoformat(day) for number, day in self.spec["days"].items()}


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A text made from a base, and what that does to its records: `changes.apply` reads `changes`."""

    kind: str
    base: str
    text: str
    outlet: str | None
    note: str
    changes: tuple[Fields, ...] = ()
    number: int = field(default=0)

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.base}-{self.number}"


def load_bases() -> tuple[list[Base], list[str]]:
    """All bases whose text is there, and the names of those whose text is not beside this checkout."""
    found, absent = [], []
    for path in sorted((HERE / "bases").glob("*.toml")):
        spec = tomllib.loads(path.read_text(encoding="utf-8"))
        if (ROOT / spec["source"]).exists():
            found.append(_base(path.stem, spec))
        else:
            absent.append(path.stem)
    return found, absent


def load_rows(name: str) -> list[Fields]:
    """The rows of `inserts.toml` or `agencies.toml`."""
    ((_, rows),) = tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()
    return list(rows)


def _base(name: str, spec: Fields) -> Base:
    text = (ROOT / spec["source"]).read_text(encoding="utf-8")
    if "expected" not in spec:
        stamp = _PUBLISHED.search(text)
        if stamp is None:
            raise ValueError(f"{spec['source']} has no line `published: DATE`; add one to its front matter.")
        return Base(name=name, text=text, published=date.fromisoformat(stamp[1]), outlet=None,
                    records=tuple(spec["record"]), spec=spec)  # fmt: skip
    expected = json.loads((ROOT / spec["expected"]).read_text(encoding="utf-8"))
    published = date.fromisoformat(expected["document"]["published"])
    return Base(name=name, text=text, published=published, outlet=spec["outlet"], records=_expected(expected), spec=spec)


def _expected(expected: Fields) -> tuple[Fields, ...]:
    """The records of an expected.json, in the names that `reading` uses."""
    records: list[Fields] = []
    for event in expected["events"]:
        record = {k: v for k, v in event.items() if k not in ("date_values", "cue", "main")}
        if "date_values" in event:
            record["date"] = "|".join(event["date_values"])
        for conflict in expected["conflicts"]:
            if conflict["kind"] == event["kind"]:
                record["conflict"] = conflict["values"]
        records.append(record)
    records += [{"kind": "quote", "actor": [q["speaker"]], "sources": q["via"]} for q in expected["quotes"]]
    records += [{"kind": "gloss", "actor": [g["dprk"]], "recipient": [g["rok"]]} for g in expected["glosses"]]
    return (*records, {"kind": "publication", "date": expected["document"]["published"]})
