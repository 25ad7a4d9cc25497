"""Status of events: found, right, with the words that tell, on set files.

    .venv/bin/python bench/status/measure.py [SET.toml ...] [--misses] [--record [--lower]]

README.md beside this file tells what a set looks like and how it was coded.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import floors

from sacho.annotate import Resources, annotate
from sacho.annotate.resources import load_resources
from sacho.evaluation.matching import same_name
from sacho.ingest import document_from_text
from sacho.records import AnnotatedDocument, EventMention


def score(clauses: Sequence[dict[str, str]], resources: Resources, *, misses: bool) -> dict[str, float]:
    """The figures of README.md over all clauses."""
    count: Counter[str] = Counter()
    for clause in clauses:
        read = annotate(document_from_text(clause["text"].strip(), origin="bench"), resources, every_predicate=True)
        mention = _mention(read, clause["event"])
        event = mention is not None and mention.kind != "act"
        count["found"] += event
        count["cues"] += bool(clause["cue"])
        if mention is not None:
            count["read"] += 1
            count["right"] += mention.status.value == clause["status"]
            count["right_event"] += event and mention.status.value == clause["status"]
            count["cue"] += bool(clause["cue"]) and _cue(read, mention, clause["cue"])
            count["whose"] += _whose(mention, clause["whose"])
        if misses and (mention is None or mention.status.value != clause["status"]):
            got = "no event" if mention is None else f"{mention.status.value} ({mention.rule})"
            print(f"  [{clause['group']}] {clause['text'].strip()!r}")
            print(f"      {clause['event']!r}: wanted {clause['status']} by {clause['cue']!r}, got {got}")
    return {
        "found": count["found"] / len(clauses),
        "read": count["read"] / len(clauses),
        "status": count["right"] / len(clauses),
        "of_found": count["right_event"] / max(1, count["found"]),
        "cue": count["cue"] / max(1, count["cues"]),
        "whose": count["whose"] / max(1, count["read"]),
    }


def _mention(read: AnnotatedDocument, words: str) -> EventMention | None:
    """The event mention that shares most characters with the words, of several the surest; else another predicate."""
    start = read.document.text.index(words)
    end = start + len(words)
    shared = [(min(m.end, end) - max(m.start, start), m.weight, -m.start, m) for m in read.events]
    return max((s for s in shared if s[0] > 0), key=lambda s: (_rank(s[3]), *s[:3]), default=(0, 0, 0, None))[3]


def _rank(mention: EventMention) -> int:
    """A predicate goes before a noun that only names something inside its clause."""
    if mention.kind == "act":
        return 1
    names = mention.rule.endswith(("/bare", "/pointing")) and mention.weight < 0.5
    return 0 if names and all(e.field != "status" for e in mention.evidence) else 2


def _cue(read: AnnotatedDocument, mention: EventMention, cue: str) -> bool:
    text = read.document.text
    spans = [(e.start, e.end) for e in mention.evidence if e.field == "status"]
    at, places = text.find(cue), []
    while at >= 0:
        places.append((at, at + len(cue)))
        at = text.find(cue, at + 1)
    return any(s < b and a < e for s, e in spans for a, b in places)


def _whose(mention: EventMention, whose: str) -> bool:
    """Whether the author is among the sources or, as gold.md has it for demands and denials, the actors."""
    if not whose:
        return not mention.sources
    return any(same_name(whose, name) for name in (*mention.sources, *(p.name for p in mention.actor)))


if __name__ == "__main__":
    floors.run("status", __doc__, lambda path, misses: score(floors.rows(path, "clause"), load_resources(), misses=misses))
