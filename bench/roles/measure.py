"""Who did it, and to whom: the parties of one predicate a sentence.

    .venv/bin/python bench/roles/measure.py [SET.toml ...] [--misses] [--record [--lower]]

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
from sacho.evaluation.matching import same_name as same_by_manual
from sacho.ingest import document_from_text
from sacho.records import EventMention

PUBLISHED = "2024-06-15"
MUTUAL = ("meet", "call", "agree", "sign", "drill")


def score(sentences: Sequence[dict[str, object]], resources: Resources, *, misses: bool) -> dict[str, float]:
    """The figures of README.md over all sentences."""
    count: Counter[str] = Counter()
    for sentence in sentences:
        text = str(sentence["text"]).strip()
        read = annotate(document_from_text(text, origin="bench", outlet=None, published=PUBLISHED), resources, every_predicate=True)
        start = text.find(str(sentence["predicate"]))
        end = start + len(str(sentence["predicate"]))
        events = [e for e in read.events if e.start < end and start < e.end]
        event = any(e.kind != "act" for e in events)
        told = [e for e in events if e.kind != "act" and e.rule != "attend/present"]  # a list of those present has no actor
        events = told or [e for e in events if e.kind == "act"] or events
        found = max(events, key=lambda e: _fit(e, sentence), default=None)
        count["all"] += 1
        count["read"] += event
        count["predicate"] += found is not None
        right = found is not None and _did_it(found, sentence)
        both = found is not None and right and _to_whom(found, sentence)
        count["who"] += right
        count["who_event"] += right and event
        count["both"] += both
        if misses and not both:
            got = f"{_names(found.actor)} → {_names(found.recipient)}" if found is not None else "nothing read"
            wanted = f"{sentence['subject']} → {sentence['object']}"
            print(f"  [{sentence['phenomenon']}] {text}\n      «{sentence['predicate']}» {wanted}: {got}")
    return {
        "read": count["read"] / max(1, count["all"]),
        "who": count["who"] / max(1, count["all"]),
        "predicate": count["predicate"] / max(1, count["all"]),
        "who_of_read": count["who_event"] / max(1, count["read"]),
        "both": count["both"] / max(1, count["all"]),
    }


def same_name(a: str, b: str) -> bool:
    """As in the gold manual; a state's government is the state."""
    return same_by_manual(a.removesuffix(" 정부").removesuffix(" 당국"), b.removesuffix(" 정부").removesuffix(" 당국"))


def _fit(event: EventMention, sentence: dict[str, object]) -> int:
    return 2 * _did_it(event, sentence) + _to_whom(event, sentence)


def _did_it(event: EventMention, sentence: dict[str, object]) -> bool:
    """Everybody of the key is an actor and nobody else; in mutual acts the partners may stand there too."""
    wanted = [str(n) for n in sentence["subject"]]  # type: ignore[attr-defined]
    partners = [str(n) for n in sentence["object"]] if event.kind in MUTUAL else []  # type: ignore[attr-defined]
    actors = [p.name for p in (*event.actor, *(event.recipient if event.kind in MUTUAL else ()))]
    return all(any(same_name(w, a) for a in actors) for w in wanted) and all(
        any(same_name(w, a) for w in (*wanted, *partners)) for a in actors
    )


def _to_whom(event: EventMention, sentence: dict[str, object]) -> bool:
    wanted = [str(n) for n in sentence["object"]]  # type: ignore[attr-defined]
    others = [p.name for p in (*event.recipient, *(event.actor if event.kind in MUTUAL else ()))]
    return all(any(same_name(w, a) for a in others) for w in wanted)


def _names(people: Sequence[object]) -> list[str]:
    return [p.name for p in people]  # type: ignore[attr-defined]


if __name__ == "__main__":
    floors.run("roles", __doc__, lambda path, misses: score(floors.rows(path, "sentence"), load_resources(), misses=misses))
