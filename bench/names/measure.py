"""People whom the lexicon mostly lacks: found, named, with office and state.

    .venv/bin/python bench/names/measure.py [SET.toml ...] [--misses] [--record [--lower]]

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
from sacho.records import Mention, MentionKind

PUBLISHED = "2024-06-15"


def score(sentences: Sequence[dict[str, object]], resources: Resources, *, misses: bool) -> dict[str, float]:
    """The figures of README.md over all sentences."""
    count: Counter[str] = Counter()
    for sentence in sentences:
        text = str(sentence["text"]).strip()
        read = annotate(document_from_text(text, origin="bench", outlet=None, published=PUBLISHED), resources)
        people = [m for m in read.mentions if m.kind is MentionKind.person]
        wrong = _compare(sentence["people"], people, text, count, resources)  # type: ignore[arg-type]
        wrong += _not_people(sentence.get("not_people", ()), people, text, count)  # type: ignore[arg-type]
        if misses and wrong:
            print(f"  {text!r}", *wrong, sep="\n      ")
    found = count["found"]
    return {
        "precision": found / max(1, count["read"]),
        "recall": found / max(1, count["gold"]),
        "f1": 2 * found / max(1, count["read"] + count["gold"]),
        "name": count["name"] / max(1, found),
        "office": count["office"] / max(1, count["offices"]),
        "state": count["state"] / max(1, found),
        "kept_out": 1 - count["taken"] / max(1, count["not"]),
    }


def _compare(
    gold: Sequence[dict[str, object]], people: Sequence[Mention], text: str, count: Counter[str], resources: Resources
) -> list[str]:
    """What is wrong with the people of one sentence; each mention counts once."""
    wrong, left = [], [m for m in people if m.rule not in ("pronoun", "office")]
    count["gold"] += len(gold)
    for person in gold:
        start = int(person["at"])  # type: ignore[call-overload]
        end = start + len(str(person["words"]))
        mention = next((m for m in left if m.head_start < end and start < m.head_end), None)
        if mention is None:
            wrong.append(f"missed {person['words']}")
            continue
        left.remove(mention)
        count["found"] += 1
        wrong += _fields(person, mention, count, resources)
    count["read"] += len(people) - sum(m.rule in ("pronoun", "office") for m in people)
    return wrong + [f"no person: {text[m.start:m.end]}" for m in left]


def _fields(person: dict[str, object], mention: Mention, count: Counter[str], resources: Resources) -> list[str]:
    wrong = []
    country = resources.lexicon.countries.get(mention.country)
    state = country.name if country is not None else ""
    named = same_name(str(person["name"]), mention.name)
    stated = same_name(str(person["state"]), state) if person["state"] else not state
    count["name"] += named
    count["state"] += stated
    if not named:
        wrong.append(f"{person['words']}: {person['name']}, not {mention.name}")
    if not stated:
        wrong.append(f"{person['words']}: of {person['state'] or 'no state'}, not {state or 'none'}")
    if person["office"]:
        count["offices"] += 1
        right = any(same_name(str(o), mention.office) for o in (person["office"], person.get("office_also")) if o and mention.office)
        count["office"] += right
        if not right:
            wrong.append(f"{person['words']}: {person['office']}, not {mention.office or 'none'}")
    return wrong


def _not_people(words: Sequence[str], people: Sequence[Mention], text: str, count: Counter[str]) -> list[str]:
    """Words that look like a name and were taken for one."""
    wrong = []
    for word in words:
        count["not"] += 1
        start = text.find(word)
        if any(m.head_start < start + len(word) and start < m.head_end for m in people):
            count["taken"] += 1
            wrong.append(f"no name: {word}")
    return wrong


if __name__ == "__main__":
    floors.run("names", __doc__, lambda path, misses: score(floors.rows(path, "sentence"), load_resources(), misses=misses))
