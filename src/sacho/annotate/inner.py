"""Reports inside a quotation: what the speaker says that others said (`"동생이 ‘지금 간다’고 했다"고 말했다`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from sacho.annotate.marks import Marked, find_marked
from sacho.annotate.quoted import Report
from sacho.annotate.reports import find_reports
from sacho.annotate.speakers import Focus, Scene
from sacho.records import Sentence

_start = attrgetter("start")
_SHORTEST = 24  # letters of a quotation that can hold a report
_ACTING = ("JX", "JKS", "SP")  # behind the speaker; `우리에게`, `우리의` leave room for another
_FIRST_PERSON = ("나", "저", "우리", "저희", "내", "제")


def find_inner_reports(scene: Scene, sentence: Sentence) -> list[Report]:
    """The reports inside the quotations of a sentence, each by somebody whom it names itself. One in the speaker's own
    first person is no other's word."""
    every = find_marked(scene.text)
    first = bisect_left(every, sentence.start, key=_start)
    marked = every[first : bisect_left(every, sentence.end, first, key=_start)] if first < len(every) else ()
    out: list[Report] = []
    for outer in [m for m in marked if m.mark in '"『「《' and m.end - m.start >= _SHORTEST]:
        for part in _parts(scene, sentence, outer):
            out += [r for r in _read(scene, part, outer) if r.rule != "headline"]
    return out


def _parts(scene: Scene, sentence: Sentence, outer: Marked) -> list[Sentence]:
    """The sentences inside the marks."""
    tokens, out = scene.tokens, []
    inside = [i for i in range(sentence.first, sentence.last) if outer.start <= tokens[i].start and tokens[i].end <= outer.end]
    begin = inside[0] if inside else 0
    for i in inside:
        if (tokens[i].tag == "SF" and tokens[i - 1].tag in ("EF", "SSC")) or i == inside[-1]:
            out.append(Sentence(start=tokens[begin].start, end=tokens[i].end, block=sentence.block, first=begin, last=i + 1))
            begin = i + 1
    return [s for s in out if s.last - s.first > 3]


def _read(scene: Scene, part: Sentence, outer: Marked) -> Sequence[Report]:
    tokens = scene.tokens
    stop = part.last - 1
    if any([tokens[i].tag == "NP" and tokens[i].form in _FIRST_PERSON and tokens[min(i + 1, stop)].tag in _ACTING
           for i in range(part.first, part.last)]):  # fmt: skip
        return ()
    quoted = bytearray(len(scene.quoted))
    for nested in find_marked(scene.text):
        if part.start <= nested.start and nested.end <= outer.end and nested.start > outer.start:
            for i in range(part.first, part.last):
                if nested.start - 1 <= tokens[i].start <= nested.end:
                    quoted[i] = 1
    return find_reports(msgspec.structs.replace(scene, quoted=quoted), part, Focus())
