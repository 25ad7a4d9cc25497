"""Whether the words behind a day speak of it as past or as to come."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from sacho.annotate.timex_rules import load_timex_rules

_QUOTED = re.compile("“[^“”\n]*”|\"[^\"\n]*\"|‘[^‘’\n]*’|《[^《》\n]*》|'[^'\n]*'|\\([^()\n]*\\)")
_STOP = re.compile(r"[.?!\n](?:(?<=\n)|(?=\s|$|[”\"’']))")
_REACH = 160  # characters
_TAIL = 24  # characters at the end of a sentence in which its main verb stands
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
    cue = cues.first.search(clause)
    if cue is None:
        return Tense.none
    if cue["past"] is not None:
        return Tense.either if cues.future.search(clause, max(cue.end(), len(clause) - _TAIL)) else Tense.past
    rest = clause[cue.end() :]
    if following < cue.start() or cues.undone.match(rest):
        return Tense.either
    open_ = cues.embedded.match(rest) or _MAIN.search(rest) or cues.connective.search(clause, 0, cue.start())
    return Tense.either if open_ else Tense.ahead


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
