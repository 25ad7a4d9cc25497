"""Whose word it is, and quotations: chains, speakers and starts on set files.

    .venv/bin/python bench/voices/measure.py [SET.toml ...] [--misses] [--record [--lower]]

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
from sacho.annotate.names import find_names
from sacho.annotate.resources import load_resources
from sacho.evaluation.matching import same_name
from sacho.ingest import document_from_text
from sacho.lexicon import Lexicon
from sacho.records import AnnotatedDocument, AttributionKind, Quote

MARKS = "“”\"‘’'《》「」『』〈〉"


def score(passages: Sequence[dict[str, object]], resources: Resources, *, misses: bool) -> dict[str, float]:
    """The figures of README.md over all passages."""
    count: Counter[str] = Counter()
    for passage in passages:
        text = str(passage["text"]).strip()
        document = document_from_text(text, origin="bench")
        if document.text.strip() != text:
            sys.exit(f"reading changed the text that begins {text[:20]!r}: write it in NFC, without folded captions.")
        read = annotate(document, resources)
        wrong = [*_says(passage["says"], read, resources.lexicon, count), *_quotes(passage["quotes"], read, count)]  # type: ignore[arg-type]
        if misses and wrong:
            print(f"  [{passage['group']}] {text!r}", *wrong, sep="\n      ")
    found, right = count["start"], count["speaker"]
    return {
        "chain": count["chain"] / max(1, count["says"]),
        "chain_entity": count["entity"] / max(1, count["says"]),
        "inner": count["inner"] / max(1, count["says"]),
        "quote_start": 2 * found / max(1, count["quotes"] + count["read"]),
        "speaker": right / max(1, found),
        "both": 2 * right / max(1, count["quotes"] + count["read"]),
        "via": count["via"] / max(1, found),
    }


def _entities(chain: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The names, each as the entity that the lexicon has under it (`로동신문`, `노동신문`); others as they are."""
    out = []
    for name in chain:
        found = [n for n in find_names(name, lexicon) if (n.start, n.end) == (0, len(name))]
        out.append("/".join(found[0].targets[0]) if found else name)
    return out


def _says(lines: Sequence[str], read: AnnotatedDocument, lexicon: Lexicon, count: Counter[str]) -> list[str]:
    """What is wrong with the chains of the words."""
    out = []
    for line in lines:
        names, _, words = line.partition(": ")
        want = [] if names == "-" else names.split(" > ")
        got = _chain(read, read.document.text.index(words))
        count["says"] += 1
        count["chain"] += _equal(want, got)
        count["entity"] += _equal(want, got) or _entities(want, lexicon) == _entities(got, lexicon)
        count["inner"] += _equal(want[-1:], got[-1:])
        if not _equal(want, got):
            out.append(f"says {words!r}: wanted {' > '.join(want) or '-'}, got {' > '.join(got) or '-'}")
    return out


def _chain(read: AnnotatedDocument, at: int) -> list[str]:
    """Sources of the narrowest attribution around the character; what a source did not report is nobody's word."""
    around = [a for a in read.attributions if a.start <= at < a.end and a.kind is not AttributionKind.unreported]
    return [s.name for s in min(around, key=lambda a: a.end - a.start).sources] if around else []


def _equal(want: Sequence[str], got: Sequence[str]) -> bool:
    return len(want) == len(got) and all(same_name(w, g) for w, g in zip(want, got, strict=True))


def _quotes(lines: Sequence[str], read: AnnotatedDocument, count: Counter[str]) -> list[str]:
    """What is wrong with the quotations, which are found if the first words are the coder's."""
    text, out = read.document.text, []
    free: list[Quote] = list(read.quotes)
    count["quotes"] += len(lines)
    count["read"] += len(free)
    for line in lines:
        names, _, words = line.partition(": ")
        speaker, *via = names.split(" < ")
        at = text.index(words)
        quote = next((q for q in free if q.start <= at and not text[q.start : at].strip(MARKS + " ")), None)
        if quote is None:
            out.append(f"quote {words!r} of {names}: not found")
            continue
        free.remove(quote)
        right, through = same_name(speaker, quote.speaker), _equal(via[::-1], quote.via)
        count["start"] += 1
        count["speaker"] += right
        count["via"] += through
        if not (right and through):
            out.append(f"quote {words!r}: wanted {names}, got {' < '.join((quote.speaker, *reversed(quote.via)))}")
    return out + [f"no quote: {q.quote[:30]!r} of {q.speaker}" for q in free]


if __name__ == "__main__":
    floors.run("voices", __doc__, lambda path, misses: score(floors.rows(path, "passage"), load_resources(), misses=misses))
