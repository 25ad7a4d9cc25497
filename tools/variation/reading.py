"""What the program reads in a text, as plain fields, and how that differs from what it must read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from sacho.coding import Coding, code_document
from sacho.ingest import read
from sacho.records import DeadLetter, Event

from .bases import Fields

_ASIDE = frozenset({"quote", "gloss", "publication"})  # checked, but no events: one more of them is no fault


def read_text(text: str, outlet: str | None) -> list[Fields]:
    """The records of a text, which may have front matter. Raises ValueError if it cannot be read."""
    out: list[Fields] = []
    for item in read(["-"], outlet=outlet, stdin=io.BytesIO(text.encode("utf-8"))):
        if isinstance(item, DeadLetter):
            raise ValueError(item.reason)
        out += _records(code_document(item))
    return out


def compare(wanted: Sequence[Fields], got: Sequence[Fields], *, surplus: int = 0) -> list[str]:
    """What is wrong, a line each: records that are missing, and events beyond `surplus` that nobody told of."""
    left = list(got)
    lines = []
    for want in sorted(wanted, key=lambda w: bool(w.get("optional"))):
        found = next((g for g in left if not differences(want, g)), None)
        if found is not None:
            left.remove(found)
        elif not want.get("optional"):
            lines.append(_missing(want, left))
    further = [g for g in left if g["kind"] not in _ASIDE]
    if not lines and len(further) > surplus:
        lines.append("one event too many among: " + "; ".join(shown(g) for g in further))
    return lines


def spare(wanted: Sequence[Fields], got: Sequence[Fields]) -> tuple[list[Fields], int]:
    """The wanted records that are there, and how many events are there besides."""
    left = list(got)
    there = []
    for want in wanted:
        found = next((g for g in left if not differences(want, g)), None)
        if found is not None:
            left.remove(found)
            there.append(want)
    return there, sum(g["kind"] not in _ASIDE for g in left)


def differences(want: Fields, got: Fields) -> list[str]:
    """The fields of a wanted record that a read one does not have. Fields that the wanted one leaves out are free."""
    if not _one(want["kind"], got["kind"]):
        return ["kind"]
    out = []
    if got["kind"] not in _ASIDE and not _one(want.get("status", "occurred"), got["status"]):
        out.append("status")
    if "actor" in want and not _parties(want, got):
        out.append("actor")
    if "recipient" in want and not want.get("parties") and not _all(want["recipient"], got["recipient"]):
        out.append("recipient")
    out += [f for f in ("date", "time", "place") if f in want and not _one(want[f], got[f])]
    if "within" in want and want["within"] not in got["within"]:
        out.append("within")
    if "instrument" in want and want["instrument"] not in got["instrument"]:
        out.append("instrument")
    out += [f for f in ("sources", "attendee") if f in want and not _in_order(want[f], got[f])]
    out += [f for f in ("carrier", "conflict") if f in want and not _all(want[f], got[f])]
    return out


def shown(record: Fields) -> str:
    """A record in one line."""
    return " ".join(f"{k}={','.join(v) if isinstance(v, list) else v}" for k, v in record.items() if v)


def _missing(want: Fields, got: Iterable[Fields]) -> str:
    near = min(
        (g for g in got if _one(want["kind"], g["kind"])), key=lambda g: len(differences(want, g)), default=None
    )
    if near is None:
        return f"no {shown(want)}"
    wrong = ", ".join(f"{f} {want.get(f, 'occurred')!r} read as {near.get(f)!r}" for f in differences(want, near))
    return f"{want['kind']} {','.join(want.get('actor', []))}: {wrong}"


def _records(coding: Coding) -> list[Fields]:
    annotated = coding.annotated
    out = [_event(e) for e in coding.events]
    out += [{"kind": "quote", "actor": [q.speaker], "recipient": [], "sources": list(q.via)} for q in annotated.quotes]
    out += [{"kind": "gloss", "actor": [g.dprk], "recipient": [g.rok]} for g in annotated.view.glosses]
    return [*out, {"kind": "publication", "actor": [], "recipient": [], "date": annotated.publication.value}]


def _event(event: Event) -> Fields:
    return {
        "kind": event.kind, "status": event.status.value, "actor": [p.name for p in event.actor],
        "recipient": [p.name for p in event.recipient], "date": event.date, "time": event.time,
        "place": event.place.name if event.place else "", "within": list(event.place.within) if event.place else [],
        "sources": list(event.sources), "instrument": event.instrument,
        "carrier": [p.name for p in event.participants if p.role == "carrier"],
        "attendee": [p.name for p in event.participants if p.role == "attendee"],
        "conflict": [v.value for c in event.conflicts for v in c.values],
    }  # fmt: skip


def _parties(want: Fields, got: Fields) -> bool:
    everyone = [*got["actor"], *got["recipient"]]
    if want.get("parties"):
        return _all([*want["actor"], *want.get("recipient", [])], everyone)
    return _all(want["actor"], got["actor"]) or ("recipient" not in want and _all(want["actor"], everyone))


def _one(want: str, got: str | None) -> bool:
    return (got or "") in want.split("|")


def _all(want: Sequence[str], got: Sequence[str]) -> bool:
    left = list(got)
    for name in want:
        found = next((g for g in left if _one(name, g)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _in_order(want: Sequence[str], got: Sequence[str]) -> bool:
    return len(want) == len(got) and all(_one(w, g) for w, g in zip(want, got, strict=True))
