"""`편지를 건넨 사람은 정의용 실장이었다`: who did it stands at the end, as what the noun of the relative clause is."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.annotate.view import ACTING, View
from sacho.lexicon.words import load_words

_WORDS = load_words()


def find_clefted(clause: Clause, view: View) -> tuple[int, ...]:
    """Mentions named at the end of the sentence as the one of whom the relative clause tells. Empty if the clause has a
    subject of its own, or if its verb lacks an object, which the noun may then be."""
    units, head = view.units, clause.head
    if clause.kind != "adnominal" or clause.found in ("own", "gap") or head < 0 or units[head].case not in ("topic", "subj"):
        return ()
    if units[head].body != units[head].first + 1 or view.tokens[units[head].first].form not in _WORDS.cleft_nouns:
        return ()
    wants = units[clause.predicate].stem in _WORDS.object_verbs
    if wants and not any(units[k].case in ("obj", "com") for k in clause.arguments):
        return ()
    return _complement(view, head)


def _complement(view: View, head: int) -> tuple[int, ...]:
    """Whom the copula at the end of the sentence names: `폼페이오가 아니라 [정의용 실장]이었다`."""
    units, last = view.units, len(view.units) - 1
    if last <= head or not (units[last].copula or units[last].case == "bare"):
        return ()
    named = [k for k in range(max(head + 1, last - 1), last + 1) if not units[k].is_predicate and units[k].case == "bare"]
    return tuple(m for k in named for m in view.heads(k) or units[k].mentions[-1:] if view.mentions[m].kind in ACTING)


def tells_of_somebody(clause: Clause, view: View) -> bool:
    """`의장이 평양을 찾은 것은 처음이다`: the talk is of whoever did it."""
    whole = clause.kind == "adnominal" and clause.found == "own" and clause.head >= 0 and view.units[clause.head].topic
    return whole and view.tokens[view.units[clause.head].first].form == "것"


def carrying_clause(units: Sequence[Unit], clauses: Sequence[Clause], u: int, n: int) -> int:
    """The clause whose predicate says what becomes of phrase `u` of clause `n`: past a clause with a nominative of its own,
    the one whose subject the topic is (`회견은 [회담이 길어지면서] 생략됐다`)."""
    m = n
    while units[u].case == "topic" and clauses[m].subject not in (u, -1) and clauses[m].governor > m:
        m = clauses[m].governor
        if clauses[m].subject == u and clauses[m].predicate >= 0:
            return m
    return n
