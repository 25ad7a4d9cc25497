"""Dated events of public record, and the places of a text that name one of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs
import msgspec

from sacho.lexicon.schema import PublicEvent
from sacho.lexicon.tables import read_table

_REACH = 24  # letters between two words of one name
_DOTS = "ㆍ∙‧•"  # written for ·
_PARTICLES = ("이", "가", "을", "를", "의")
_ORDINAL = re.compile(r"\d")
_BLANK = re.compile(r"[^\S\n]")


class Calendar(msgspec.Struct, frozen=True, eq=False):
    """Events in file order, by kind, and the names (without blanks) with the automaton over their first words, each of
    which may begin several names."""

    events: tuple[PublicEvent, ...]
    kinds: dict[str, tuple[PublicEvent, ...]]
    firsts: tuple[tuple[tuple[tuple[str, ...], PublicEvent], ...], ...]
    automaton: ahocorasick_rs.AhoCorasick


@cache
def load_calendar() -> Calendar:
    """Read the table once. Raises `LexiconError` naming file, line, id and remedy."""
    events = tuple(read_table("calendar.csv", PublicEvent))
    kinds: dict[str, tuple[PublicEvent, ...]] = {}
    for event in events:
        kinds[event.kind] = (*kinds.get(event.kind, ()), event)
    names = tuple((words, e) for e in events for name in e.names for words in _forms(name))
    firsts = tuple(dict.fromkeys(words[0] for words, _ in names))
    return Calendar(events=events, kinds=kinds, automaton=ahocorasick_rs.AhoCorasick(firsts), firsts=_by_first(names, firsts))


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name without blanks; of `비상계엄 선포` also `비상계엄을 선포`, with a particle before its last word."""
    yield tuple("".join(words.split()) for words in name.split("+"))
    lead, _, last = name.rpartition(" ")
    if lead and "+" not in name:
        stem = "".join(lead.split())
        yield from ((f"{stem}{particle}{last}",) for particle in _PARTICLES if not stem.endswith(particle))


def find_public_events(text: str) -> Iterator[tuple[int, int, PublicEvent]]:
    """Start, end and event of every name, in text order of the end; a name within a longer one of another event is left
    out. Blanks may stand anywhere in a name."""
    calendar = load_calendar()
    letters = "\n".join(["".join(line.split()) for line in text.split("\n")])
    for dot in _DOTS:
        letters = letters.replace(dot, "·")
    inside: list[tuple[int, int, PublicEvent]] = []  # as places of `letters`
    for number, start, end in calendar.automaton.find_matches_as_indexes(letters, overlapping=True):
        for words, event in calendar.firsts[number]:
            stop = _end(letters, end, words[1:])
            if stop and not (_ORDINAL.match(words[0]) and letters[start - 1 : start].isdigit()):
                inside.append((start, stop, event))
    if not inside:
        return
    gaps = [blank.start() - n for n, blank in enumerate(_BLANK.finditer(text))]  # letters before each blank
    found = [
        (start + bisect_right(gaps, start), stop + bisect_right(gaps, stop - 1), event) for start, stop, event in inside
    ]
    for start, end, event in sorted(found, key=lambda f: (f[1], -f[0])):
        wider = [o for o in found if o[0] <= start and o[1] >= end and (o[1] - o[0]) > end - start]
        if not any(o[2] is not event for o in wider):
            yield start, end, event


def _by_first(
    names: tuple[tuple[tuple[str, ...], PublicEvent], ...], firsts: tuple[str, ...]
) -> tuple[tuple[tuple[tuple[str, ...], PublicEvent], ...], ...]:
    found: dict[str, tuple[tuple[tuple[str, ...], PublicEvent], ...]] = {}
    for words, event in names:
        found[words[0]] = (*found.get(words[0], ()), (words, event))
    return tuple(found[first] for first in firsts)


def _end(letters: str, end: int, words: tuple[str, ...]) -> int:
    """Where the words that follow the first in its sentence end, 0 if one is missing."""
    for word in words:
        at = letters.find(word, end, end + _REACH + len(word))
        if at < 0 or re.search(r"[.!?\n]", letters[end:at]):
            return 0
        end = at + len(word)
    return end
