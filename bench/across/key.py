"""The keys of the multi-report set (tests/corpus/multi/README.md): read, and checked for faults of form.

    .venv/bin/python bench/across/key.py DIR [...]

DIR is a story or a directory of stories. Prints a sentence for each fault and exits with 1 if there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from sacho.records import Record, Status

FIELDS = ("date", "place", "participants", "number", "status", "speaker")
LINKS = ("part", "invited", "prepared", "followed")
STAGES = ("proposed", "announced", "held", "cancelled", "denied")


class KeyEvent(Record):
    id: str
    happening: str
    kind: str
    words: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    status: Status = Status.occurred
    date: str = ""
    time: str = ""
    place: str = ""
    sources: tuple[str, ...] = ()
    instrument: str = ""
    numbers: tuple[str, ...] = ()
    quote: str = ""
    nth: int = 1

    @property
    def report(self) -> str:
        return self.id.partition(".")[0]


class KeyHappening(Record):
    gloss: str
    reports: int
    outlets: int
    independent: int
    stages: tuple[str, ...]


class KeyContradiction(Record):
    happening: str
    field: str
    values: dict[str, tuple[str, ...]]
    corrected: str = ""


class KeyLink(Record):
    type: str
    source: str
    target: str


class Key(Record):
    story: str
    reports: dict[str, str]
    happenings: dict[str, KeyHappening]
    events: tuple[KeyEvent, ...]
    contradictions: tuple[KeyContradiction, ...] = ()
    links: tuple[KeyLink, ...] = ()


def stories(root: Path) -> list[Path]:
    """The story directories of a directory, or the directory itself if it is one."""
    return [root] if (root / "key.json").exists() else sorted(p.parent for p in root.glob("*/key.json"))


def read_key(story: Path) -> Key:
    """The key of a story. Raises `msgspec.DecodeError` saying what does not fit."""
    return msgspec.json.decode((story / "key.json").read_bytes(), type=Key)


def faults(story: Path, key: Key) -> list[str]:
    """What does not hold together, a sentence each."""
    from sacho.lexicon.predicates import load_predicates

    kinds = load_predicates().kinds
    out = [f"{name} names the file {file}, which is not there." for name, file in key.reports.items() if not (story / file).exists()]
    texts = {name: (story / file).read_text(encoding="utf-8") for name, file in key.reports.items() if (story / file).exists()}
    ids = [e.id for e in key.events]
    out += [f"event {i} stands there twice." for i in sorted({i for i in ids if ids.count(i) > 1})]
    for event in key.events:
        if event.report not in texts:
            out.append(f"event {event.id} belongs to no report of the key.")
        elif texts[event.report].count(event.words) < event.nth:
            out.append(f"event {event.id}: the words {event.words!r} do not stand in its report {event.nth} times.")
        if event.kind not in kinds:
            out.append(f"event {event.id}: {event.kind!r} is no kind of the codebook.")
        if event.happening not in key.happenings:
            out.append(f"event {event.id}: there is no happening {event.happening}.")
        if not event.actor:
            out.append(f"event {event.id} names nobody who did it.")
    told = {e.happening for e in key.events}
    out += [f"happening {h} has no event." for h in key.happenings if h not in told]
    out += [
        f"happening {h}: stage {s!r} is none of {', '.join(STAGES)}." for h, x in key.happenings.items() for s in x.stages
        if s not in STAGES
    ]
    out += _faults_of_rest(key, {e.id: e.happening for e in key.events})
    return [f"{story.name}: {fault}" for fault in out]


def _faults_of_rest(key: Key, home: dict[str, str]) -> list[str]:
    out = []
    for item in key.contradictions:
        if item.field not in FIELDS:
            out.append(f"contradiction of {item.happening}: {item.field!r} is none of {', '.join(FIELDS)}.")
        for event in (e for events in item.values.values() for e in events):
            if home.get(event) != item.happening:
                out.append(f"contradiction of {item.happening}: event {event} does not belong to it.")
        if len(item.values) < 2:
            out.append(f"contradiction of {item.happening}, {item.field}: give two values or more.")
    for link in key.links:
        if link.type not in LINKS or link.source not in key.happenings or link.target not in key.happenings:
            out.append(f"link {link.type} {link.source} → {link.target}: unknown type or happening.")
    return out


def main() -> int:
    found = []
    for root in map(Path, sys.argv[1:]):
        if not stories(root):
            found.append(f"{root} holds no story with a key.json.")
        for story in stories(root):
            try:
                found += faults(story, read_key(story))
            except msgspec.DecodeError as error:
                found.append(f"{story.name}: key.json does not fit ({error}).")
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found or len(sys.argv) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
