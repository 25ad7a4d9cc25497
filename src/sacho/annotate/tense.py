"""Whether the words behind a day speak of it as past or as to come."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from sacho.annotate.timex_rules import load_timex_rules

_QUOTED = re.compile("“[^“”\n]*”|\"[^\"\n]*\"|‘[^‘’\n]*’|《[^《》\n]*》|'[^'\n]*'|\\([^()\n]*\\)")
_STOP = re.compile(r"[.?!](?=\s|$|[”\"’'])|\n")
_REACH = 160  # characters
_MAIN = re.compile(r"(?:밝혔|말했|전했|보도했|알렸|설명했|강조했|주장했|발표했|덧붙였|내다봤|예고했)")


class Tense(StrEnum):
    """`either`: the sentence tells both, or tells a plan at second hand; the nearest such day is meant."""

    past = "past"
    ahead = "ahead"
    either = "either"
    none = "none"


@lru_cache(maxsize=256)
def tense_after(clause: str, following: int = 10**9) -> Tense:
    """The tense of the clause that begins with these words (see `clause_after`).

    The first cue decides. A plan decides nothing if it stands behind another verb (`16일 만나 … 열기로 했다`) or behind
    another time (`following`: where that begins), or if it is told (`20일 … 방문할 예정이라고 밝혔다`) or was not carried
    out; nor does a past participle in a sentence that ends with a plan.
    """
    cues = load_timex_rules().tense
    ahead = cues.future.search(clause)
    past = cues.past.search(clause)
    if ahead is None:
        return Tense.past if past else Tense.none
    rest = clause[ahead.end() :]
    if cues.undone.match(rest) or following < ahead.start() < (past.start() if past else len(clause)):
        return Tense.either
    if past is None or ahead.start() < past.start():
        open_ = cues.embedded.search(rest) or _MAIN.search(rest) or cues.connective.search(clause, 0, ahead.start())
        return Tense.either if open_ else Tense.ahead
    return Tense.either if _ends_ahead(clause) else Tense.past


@lru_cache(maxsize=64)
def clause_after(text: str, end: int) -> str:
    """What follows until the sentence ends, quotations and brackets left out."""
    rest = text[end : end + _REACH]
    if rest[:1] == ")":
        rest = rest[1:]
    rest = _QUOTED.sub(_blank, rest)
    stop = _STOP.search(rest)
    return rest[: stop.start()] if stop else rest


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _ends_ahead(clause: str) -> bool:
    tail = clause[-24:]
    return load_timex_rules().tense.future.search(tail) is not None
