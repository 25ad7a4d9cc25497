"""Who is made or asked to act, and so does what is told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.view import View
from sacho.lexicon.words import load_words
from sacho.records import Token

_CAUSING = ("게", "도록", "게끔")
_WORDS = load_words()


def causees(clause: Clause, clauses: Sequence[Clause], view: View) -> list[tuple[int, int]]:
    """Who is made or asked to act does it: `특사에게 읽게 했다`, `쿠바로 하여금 보내도록 했다`, `대사에게 전해 줄 것을 부탁했다`.
    Each with its unit."""
    units = view.units
    governor = clauses[clause.governor] if clause.governor >= 0 and clause.predicate >= 0 else None
    if clause.predicate < 0:
        return []
    ending, stem = units[clause.predicate].ending, ""
    made = _makes(units[clause.predicate], view.tokens)  # `쓰게 했다` is one predicate
    if governor is not None and governor.predicate >= 0:
        stem = units[governor.predicate].stem
        made = made or (ending in _CAUSING and (stem in ("하", "만들", "시키") or stem in _WORDS.asking_verbs))
    thing = clause.kind == "adnominal" and ending in ("ᆯ", "을") and clause.head >= 0 and view.tokens[units[clause.head].first].form == "것"
    asked = stem in _WORDS.asking_verbs and (thing or (clause.kind == "quoted" and ending.endswith(("라고", "라며"))))
    if not (made or asked) or (clause.found == "own" and units[clause.subject].case == "subj" and not units[clause.subject].topic):
        return []
    stands = [*clause.arguments, *(governor.arguments if governor is not None else ())]
    dative = [k for k in stands if units[k].case == "dat" or (made and units[k].case == "dir" and units[k].mentions)]
    first = next((k for k in dative if view.heads(k)), -1)
    if first < 0 and made and units[clause.predicate].stem in _WORDS.self_moving_verbs:  # `장교들을 돌아가게 했다`
        first = next((k for k in clause.arguments if units[k].case == "obj" and view.heads(k)), -1)
    return [(m, first) for m in view.heads(first)] if first >= 0 else []


def _makes(unit: Unit, tokens: Sequence[Token]) -> bool:
    inside = tokens[unit.first : unit.last]
    return any([a.form in _CAUSING and a.tag == "EC" and b.form == "하" and b.tag[0] == "V" for a, b in pairwise(inside)])
