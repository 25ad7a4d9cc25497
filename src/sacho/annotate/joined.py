"""Parties that stand apart from the word: whom a line or a train joins, who stands before the titles of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.fillers import Filler
from sacho.annotate.view import View
from sacho.lexicon.words import load_words
from sacho.records import MentionKind

_WORDS = load_words()


def linked(u: int, clauses: Sequence[Clause], view: View) -> list[int]:
    """`남북을 잇는 화물열차가 운행했다`: whom the thing at work joins."""
    for clause in [c for c in clauses if c.kind == "adnominal" and c.head == u and c.predicate >= 0]:
        if view.units[clause.predicate].stem in _WORDS.thing_verbs:
            named = [m for k in clause.arguments for m in view.units[k].mentions]
            return [m for m in named if view.mentions[m].kind in (MentionKind.country, MentionKind.pair)]
    return []


def before_titles(k: int, view: View) -> Iterator[Filler]:
    """`[리수용동지와] 정치국 위원이며 비서국 상무위원인 B동지사이의 회담`: who stands before the titles of the other."""
    while k >= 0 and (view.units[k].copula or (view.units[k].case in ("bare", "gen") and not view.units[k].topic)):
        k -= 1
    if k >= 0 and view.units[k].case == "com":
        for m in view.own_heads(k):
            yield Filler(slot="between", mention=m, unit=k)
