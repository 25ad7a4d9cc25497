#!/usr/bin/env python3
"""Check that every coding of the gold set agrees with its report; prints what does not and returns 1.

python gold/check.py
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = frozenset(
    [
        "visit",
        "arrive",
        "depart",
        "meet",
        "call",
        "message",
        "invite",
        "agree",
        "sign",
        "ceremony",
        "cooperate",
        "support",
        "aid",
        "concede",
        "retreat",
        "request",
        "accuse",
        "reject",
        "threaten",
        "protest",
        "sanction",
        "launch",
        "test",
        "drill",
        "deploy",
        "coerce",
        "attack",
        "state",
        "inspect",
        "attend",
        "convene",
        "appoint",
    ]
)
STATUSES = frozenset(["occurred", "ongoing", "planned", "proposed", "hypothetical", "denied", "cancelled", "alleged"])
ROLES = frozenset(["attendee", "mediator", "host", "carrier", "addressee", "signatory", "beneficiary"])
_DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?~?"
EDTF = re.compile(rf"(?:{_DAY}(?:/(?:{_DAY}|\.\.))?|\.\./{_DAY})?")


def several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def faults(coding: dict[str, Any], report: str) -> list[str]:
    """What in one coding contradicts its report or the codebook, one sentence each."""
    found = [f"{what!r} is not in the report" for what in _words(coding) if what not in report]
    for number, event in enumerate(coding["events"]):
        found += [f"event {number}: {fault}" for fault in _event_faults(event)]
    if not any(event["main"] for event in coding["events"]):
        found.append("has no main event")
    return found


def _words(coding: dict[str, Any]) -> list[str]:
    return [
        *(event["trigger"] for event in coding["events"]),
        *(quote["starts"] for quote in coding["quotes"]),
        *(value for pair in coding["contradictions"] for value in pair["values"]),
        *coding["not_events"],
    ]


def _event_faults(event: dict[str, Any]) -> list[str]:
    found = []
    if event["kind"] not in KINDS:
        found.append(f"unknown kind {event['kind']!r}")
    if event["status"] not in STATUSES:
        found.append(f"unknown status {event['status']!r}")
    if not event["who"] and not event["whom"]:
        found.append("names nobody")
    found += [f"{day!r} is no EDTF date" for day in (event["date"], *several(event.get("date_alt", ""))) if not EDTF.fullmatch(day)]
    found += [f"unknown role {one['role']!r}" for one in event.get("participants", []) if one["role"] not in ROLES]
    return found


def main() -> int:
    """Check every pair of `ID.md` and `ID.json` beside this file."""
    bad = 0
    for path in sorted(HERE.glob("*.json")):
        report = path.with_suffix(".md").read_text(encoding="utf-8")
        for fault in faults(json.loads(path.read_text(encoding="utf-8")), report):
            print(f"{path.name}: {fault}")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
