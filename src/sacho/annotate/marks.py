"""Quotation marks: which stretches of a text stand between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from sacho.records import Record, Token

_MARK = re.compile(r'[“”„‟〝〞"＂″‘’\'`《》「」『』〈〉\n]')
_PAIRS = {"《": "》", "「": "」", "『": "』", "〈": "〉"}
_TURNS = {"“": ("”", "“"), "「": ("」", "「"), "『": ("』", "『")}  # marks that may run over lines
_RUNS_ON = 600  # letters
_start = attrgetter("start")
_DOUBLE = "“”„‟〝〞\"＂″"
_SINGLE = "‘’'`"
_LONGEST_SINGLE = 200
_SHORTEST_SPEECH = 8  # between single marks
_SPOKEN = ("는 ", "라는 ", "이라는 ", "고 ", "고도", "라고", "라며", "라면", "이라", "며 ", "면서", "고,", "며,", "고만")


class Marked(Record):
    """A stretch between marks: `start`/`end` inside, `outer_start`/`outer_end` with them. `mark` is `"` for any
    double mark, `'` for any single one, else the opening mark itself."""

    start: int
    end: int
    mark: str

    @property
    def outer_start(self) -> int:
        return self.start - 1

    @property
    def outer_end(self) -> int:
        return self.end + 1


@lru_cache(maxsize=4)  # three stages ask for the marks of the same text
def find_marked(text: str) -> tuple[Marked, ...]:
    """Stretches between paired marks, in text order, nested ones included. A mark without its partner is left alone; one
    that is open at the end of a line runs on to the next mark of its pair if that closes, and ends with the line if
    that opens again, as where every paragraph of a speech is opened anew. The straight marks open where nothing is
    open, and close otherwise; an apostrophe inside a word (`'98년`, `d'Or`) opens only behind a space or another mark."""
    out: list[Marked] = []
    opened: dict[str, int] = {}
    for match in _MARK.finditer(text):
        char, at = match.group(), match.start()
        if char == "\n":
            _end_line(out, opened, text, at)
        elif char in _DOUBLE:
            _toggle(out, opened, '"', at, opens=char in "“„〝", closes=char in "”〞")
        elif char in _SINGLE:
            _single(out, opened, text, at, char)
        elif char in _PAIRS:
            opened[char] = at
        else:
            left = next(a for a, b in _PAIRS.items() if b == char)
            if left in opened:
                _close(out, opened, left, at)
    return tuple(sorted(out, key=lambda m: m.start))


def inside(text: str, tokens: Sequence[Token]) -> bytearray:
    """For each token 1 if it stands inside speech marks, the marks themselves included: double marks, 《》, and
    single ones with a particle of quotation behind them (`'…있다'고`)."""
    out = bytearray(len(tokens))
    for span in find_marked(text):
        if span.mark in '"《「『' or _speech(text, span):
            first = bisect_left(tokens, span.start - 1, key=_start)
            last = bisect_right(tokens, span.end, lo=first, key=_start)
            out[first:last] = b"\1" * (last - first)
    return out


def _end_line(out: list[Marked], opened: dict[str, int], text: str, at: int) -> None:
    for mark, begun in list(opened.items()):
        closing, opening = _TURNS.get(text[begun], ("", ""))
        found = _next(closing + opening, text, at) if closing and at - begun > 2 else None
        if _opens_paragraphs(text, begun, at):
            continue
        if found is None or (found in opening and not text[at:].lstrip().startswith(found)):
            del opened[mark]
        elif found in opening:
            _close(out, opened, mark, at)


def _opens_paragraphs(text: str, begun: int, at: int) -> bool:
    """Whether a straight mark at the head of a line is closed at the end of a later one (`"길은 멀다.⏎그래도 간다."`)."""
    if text[begun] not in '"＂' or (begun > 0 and text[begun - 1] != "\n"):
        return False
    following = text[at : at + _RUNS_ON].lstrip("\n")
    close = following.find(text[begun])
    before = following[close - 1 : close]
    return close > 0 and bool(before.strip()) and not before.isspace() and not following[close + 1 : close + 2].isalnum()


def _next(marks: str, text: str, at: int) -> str | None:
    """The first of the marks in the next lines."""
    found = re.search(f"[{marks}]", text[at : at + _RUNS_ON])
    return found.group() if found else None


def _speech(text: str, span: Marked) -> bool:
    long = span.mark == "'" and span.end - span.start >= _SHORTEST_SPEECH
    return long and text.startswith(_SPOKEN, span.end + 1)


def _toggle(out: list[Marked], opened: dict[str, int], mark: str, at: int, *, opens: bool, closes: bool) -> None:
    if mark in opened and not opens:
        _close(out, opened, mark, at)
    elif not closes:
        opened[mark] = at


def _single(out: list[Marked], opened: dict[str, int], text: str, at: int, char: str) -> None:
    if "'" in opened and char != "‘":
        if at - opened["'"] <= _LONGEST_SINGLE:
            _close(out, opened, "'", at)
        else:
            opened["'"] = at
    elif char != "’" and (at == 0 or not text[at - 1].isalnum() or char == "‘"):
        opened["'"] = at


def _close(out: list[Marked], opened: dict[str, int], mark: str, at: int) -> None:
    start = opened.pop(mark) + 1
    if start < at:
        out.append(Marked(start=start, end=at, mark=mark))
