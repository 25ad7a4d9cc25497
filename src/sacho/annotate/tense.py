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
def tense_after(clause: str) -> Tense:
    """The tense of the clause that begins with these words (see `clause_after`).

    The first cue decides. A plan that is told (`20일 … 방문할 예정이라고 밝혔다`), a plan that was not carried out,
    and a past participle in a sentence that ends with a plan decide nothing.
    """
    cues = load_timex_rules().tense
    ahead = cues.future.search(clause)
    past = cues.past.search(clause)
    if ahead is None:
        return Tense.past if past else Tense.none
    rest = clause[ahead.end() :]
    if cues.undone.match(rest):
        return Tense.either
    if past is None or ahead.start() < past.start():
        told = cues.embedded.search(rest) or _MAIN.search(rest)
        return Tense.either if told else Tense.ahead
    return Tense.either if _ends_ahead(clause) else Tense.past


@lru_cache(maxsize=64)
def clause_after(text: str, end: int) -> str:
    """What follows until the sentence ends, quotations and brackets left out."""
    rest = text[end : end + _REACH]
    if rest[:1] == ")":
        rest = rest[1:]
    rest = _QUOTED.sub(" ", rest)
    stop = _STOP.search(rest)
    return rest[: stop.start()] if stop else rest


def _ends_ahead(clause: str) -> bool:
    tail = clause[-24:]
    return load_timex_rules().tense.future.search(tail) is not None
