"""DPRK spelling read as ROK spelling: a view with an alignment map, gated by a lexicon, never a blind rule."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

import ahocorasick_rs
import msgspec

from sacho.records import Gloss, Rewrite, SpellingView

_GLOSS = re.compile(r"['‘]?([가-힣]{2,6})['’]?\s?\(([가-힣]{2,6})\)")
_ENDING = re.compile(r"(?<=[되시이니헤비띄뛰쥐내개보기지])여(?=[서도야])|(?<=[되시이니])였")


class SpellingTable(msgspec.Struct, frozen=True):
    """DPRK forms with their ROK forms, and the automaton that finds them."""

    pairs: tuple[tuple[str, str, str], ...]
    automaton: ahocorasick_rs.AhoCorasick
    words: dict[str, str]


@cache
def load_spellings() -> SpellingTable:
    raw = (files("sacho.lexicon") / "data" / "spellings.csv").read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(raw.splitlines())]
    pairs = tuple((r["dprk"], r["rok"], r["class"]) for r in rows if r["class"] in ("spelling", "compound"))
    return SpellingTable(
        pairs=pairs,
        automaton=ahocorasick_rs.AhoCorasick([p[0] for p in pairs], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        words={r["dprk"]: r["rok"] for r in rows},
    )


def spelling_view(text: str, table: SpellingTable) -> SpellingView:
    """The view, its alignment, and the editor's glosses."""
    changes = sorted(_changes(text, table))
    out, rewrites, aligned, at, shift = [], [], list(text), 0, 0
    for start, end, new, rule in changes:
        if start < at:
            continue
        out.append(text[at:start])
        out.append(new)
        rewrites.append(Rewrite(start=start, end=end, view_start=start + shift, view_end=start + shift + len(new), rule=rule))
        if len(new) == end - start:
            aligned[start:end] = new
        shift += len(new) - (end - start)
        at = end
    out.append(text[at:])
    return SpellingView(
        text="".join(out), aligned="".join(aligned), rewrites=tuple(rewrites), glosses=_glosses(text, table)
    )


def _changes(text: str, table: SpellingTable) -> list[tuple[int, int, str, str]]:
    found = []
    for index, start, end in table.automaton.find_matches_as_indexes(text):
        if start == 0 or not text[start - 1].isalnum():
            found.append((start, end, table.pairs[index][1], "pair"))
    for match in _ENDING.finditer(text):
        found.append((match.start(), match.end(), "었" if match.group() == "였" else "어", "ending"))
    return found


def _glosses(text: str, table: SpellingTable) -> tuple[Gloss, ...]:
    out = []
    for match in _GLOSS.finditer(text):
        dprk, rok = match.groups()
        quoted = text[match.start()] in "'‘"
        if table.words.get(dprk) == rok or (quoted and dprk != rok):
            out.append(Gloss(start=match.start(), end=match.end(), dprk=dprk, rok=rok))
    return tuple(out)
