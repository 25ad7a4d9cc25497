"""(c) Captions dropped, moved or added; (e) sentences of another event put between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from .bases import Base, Fields, Variant, load_rows
from .dates import written

_CAPTION = re.compile(r"\[사진[^\]]*\]\s*$")
_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BETWEEN = 12  # of each base, so many places and sentences are drawn
_SENTENCE_END = re.compile(r"(?<=다\.) (?=[가-힣])")


def captions(base: Base, random: Random) -> Iterator[Variant]:
    """Captions of a report that has some are dropped or moved; another report gets one that repeats its first paragraph."""
    matter, paragraphs = _paragraphs(base.text)
    found = list(dict.fromkeys(p.strip() for p in paragraphs if _CAPTION.search(p)))
    made = _moved(base, paragraphs, found, random) if "expected" in base.spec else _added(base, paragraphs)
    for note, lines, changes in made:
        yield Variant(kind="captions", base=base.name, text=matter + "\n\n".join(lines) + "\n", outlet=base.outlet,
                      note=note, changes=changes)  # fmt: skip


def between(base: Base, random: Random) -> Iterator[Variant]:
    """A sentence of another event behind a paragraph or, in our own reports, behind a sentence."""
    matter, paragraphs = _paragraphs(base.text)
    places = [i for i, p in enumerate(paragraphs) if not _CAPTION.search(p) and "저작권자" not in p]
    rows = load_rows("inserts.toml")
    for at, row in enumerate(random.sample(rows, min(_BETWEEN, len(rows)))):
        words, changes = _event(base, row)
        place = random.choice(places)
        if row.get("leaders") and "두 정상" in "".join(paragraphs[place:]):
            place = places[-1]
        changed = list(paragraphs)
        pieces = _SENTENCE_END.split(changed[place])
        if at % 2 and len(pieces) > 1 and "expected" not in base.spec:
            changed[place] = " ".join([pieces[0], words, *pieces[1:]])
        else:
            changed.insert(place + 1, words)
        yield Variant(
            kind="between", base=base.name, text=matter + "\n\n".join(changed) + "\n", outlet=base.outlet,
            note=f"behind paragraph {place + 1}: {words}", changes=changes,
        )  # fmt: skip


def _paragraphs(text: str) -> tuple[str, list[str]]:
    matter = _MATTER.match(text)
    head = matter[0] if matter else ""
    return head, [line for line in text[len(head) :].split("\n") if line.strip()]


def _moved(
    base: Base, paragraphs: list[str], found: list[str], random: Random
) -> Iterator[tuple[str, list[str], tuple[Fields, ...]]]:
    others = [p for p in paragraphs if p.strip() not in found]
    yield "each caption once", list(dict.fromkeys(p.strip() for p in paragraphs)), ()
    yield "captions in front", found + others, ()
    yield "captions at the end", others + found, ()
    yield "captions at the end, backwards", others + found[::-1], ()
    yield "no caption", others, _lost(base, found)
    for caption in found:
        rest = [p for p in paragraphs if p.strip() != caption]
        yield f"without the caption {caption[:12]}…", rest, _lost(base, [caption])
    for _ in range(6):
        lines = list(others)
        for caption in found:
            lines.insert(random.randrange(1, len(lines) + 1), caption)
        yield "captions anywhere", lines, ()


def _lost(base: Base, dropped: list[str]) -> tuple[Fields, ...]:
    return tuple(
        {"op": "set", **change}
        for caption in base.spec["caption"] if any(caption["contains"] in d for d in dropped) for change in caption["lost"]
    )  # fmt: skip


def _added(base: Base, paragraphs: list[str]) -> Iterator[tuple[str, list[str], tuple[Fields, ...]]]:
    body = [p for p in paragraphs if not _CAPTION.search(p) and "저작권자" not in p]
    caption = f"{body[0]} [사진=자료사진]"
    yield "a caption in front", [caption, *body], ()
    yield "a caption behind the first paragraph, twice", [body[0], caption, caption, *body[1:]], ()
    yield "a caption at the end", [*body, caption], ()
    yield "a credit and a copyright line", [*body, "[사진=자료사진]", "저작권자 © 자료신문(가상) 무단전재 및 재배포 금지"], ()


def _event(base: Base, row: Fields) -> tuple[str, tuple[Fields, ...]]:
    """The sentence and what it adds, on the day of the report's own event or after its publication."""
    lead = base.spec["lead"]
    own: date = base.days[int(lead.rstrip("일"))]
    later = base.published + timedelta(days=5)
    day = later if row.get("later") else own
    words = row["text"].format(day=lead, later=written(later, base.published, "오는 ", "named"))
    changes = [{"op": "add", "record": {**row["record"], "date": day.isoformat()}}]
    if "besides" in row:
        changes.append({"op": "add", "record": {**row["besides"], "optional": True}})
    return words, tuple(changes)
