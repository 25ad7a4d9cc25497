"""Canonical text to paragraphs: lines trimmed, hard-wrapped lines joined, the headline set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.ingest.block_rules import BlockRules
from sacho.records import Record

_FINAL = re.compile(r"""[.!?。…][”"’'」』》)\]〉>]*$|[다요까][”"’'」』》)\]〉>]+$|다$""")
_DATELINE = re.compile(r"[(\[〔【].*[)\]〕】]$")


class Line(Record):
    """A line without its surrounding blanks: half-open offsets; `gap`: an empty line stands before it."""

    start: int
    end: int
    gap: bool


def split_lines(text: str) -> tuple[Line, ...]:
    """Lines that hold something."""
    lines = []
    at, gap = 0, False
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        words = text[at:stop].strip()
        if words:
            start = text.index(words, at)
            lines.append(Line(start=start, end=start + len(words), gap=gap))
        gap = not words
        at = stop + 1
    return tuple(lines)


def join_lines(text: str, lines: Sequence[Line], rules: BlockRules) -> tuple[Line, ...]:
    """Paragraphs: a line that clearly goes on in the next one is joined with it.

    Korean news has one paragraph a line; only letters, PDF text and mail are wrapped by hand. So a run of lines
    is taken as wrapped if its lines are short and about equally long, or if a line ends in a particle.
    """
    out: list[Line] = []
    for run in _runs(lines):
        wrapped = _is_wrapped(text, run, rules)
        current = run[0]
        for line in run[1:]:
            if _goes_on(text, current, line, rules, wrapped=wrapped):
                current = Line(start=current.start, end=line.end, gap=current.gap)
            else:
                out.append(current)
                current = line
        out.append(current)
    return tuple(out)


def headline_length(text: str, lines: Sequence[Line], rules: BlockRules) -> int:
    """How many of the first lines are headline: short, no sentence, and followed by a sentence."""
    count = 0
    for line in lines:
        if is_final(text[line.start : line.end]) or not is_headline_like(text[line.start : line.end], rules):
            break
        count += 1
    if count == 0 and len(lines) > 1 and lines[1].gap:
        # `북러 정상회담 열리나?` and `“대화 나서야”…` are headlines only if they stand alone.
        first = text[lines[0].start : lines[0].end]
        if is_headline_like(first, rules) and not re.search(r"다[.”\"’']*$", first):
            count = 1
    rest = [text[line.start : line.end] for line in lines[count:]]
    return count if any(is_final(words) for words in rest) else min(count, 1) if rest else 0


def is_final(words: str) -> bool:
    """Does the line end as a sentence does?"""
    return _FINAL.search(words[-12:]) is not None


def is_headline_like(words: str, rules: BlockRules) -> bool:
    """Short, not a dateline in brackets, and not going on in the next line."""
    return (
        len(words) <= rules.limits.headline
        and _DATELINE.fullmatch(words) is None
        and not words.startswith(tuple(rules.words.openers))
        and not words.endswith(tuple(f"{w}" for w in rules.words.continues if w in {",", "·"}))
    )


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    for line in lines:
        if line.gap or not runs:
            runs.append([])
        runs[-1].append(line)
    return runs


def _is_wrapped(text: str, run: Sequence[Line], rules: BlockRules) -> bool:
    lengths = [line.end - line.start for line in run]
    if len(run) < 2 or max(lengths) > rules.limits.line_wrap:
        return False
    full = [length >= 0.75 * max(lengths) for length in lengths[:-1]]
    cut = [not is_final(text[line.start : line.end]) for line in run[:-1]]
    return len(run) >= 3 and all(full) and any(cut) and max(lengths) >= 20


def _goes_on(text: str, current: Line, line: Line, rules: BlockRules, *, wrapped: bool) -> bool:
    words, following = text[current.start : current.end][-40:], text[line.start : line.end][:40]
    if is_final(words) or words.endswith(("]", ">", "】")) or following.startswith(tuple(rules.words.openers)):
        return False
    if wrapped:
        return True
    return len(words) >= 15 and words.endswith(rules.words.continues) and is_final(text[line.start : line.end])
