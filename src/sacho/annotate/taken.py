"""Objects that stand elsewhere than before their verb: the noun that a clause modifies (`북한은 [억류하던]
미국인을 석방했다`), the topic, an argument of a verb of going."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import View
from sacho.lexicon.words import load_words
from sacho.records import MentionKind

_TAKEN = frozenset([MentionKind.person, MentionKind.group])
_PASSIVE = ("되", "당하", "받", "히")
_STRAIGHT = ("어", "아", "어서", "아서", "여", "")  # `붙잡아`, `찔러`, `체포해`
_AFTER = ("고", "었고", "다가", "었다가")
_WORDS = load_words()


def find_taken(clause: Clause, trigger: Trigger, clauses: Sequence[Clause], view: View) -> tuple[list[int], list[int]]:
    """Mentions of those taken by the verb of a relative clause that has neither subject nor object of its own, and of those
    who take them: the subject of the clause around it. Empty where the noun does the act itself (`[남성을 체포한] 경찰`)."""
    units = view.units
    if trigger.use != "verb" or clause.kind != "adnominal" or clause.found != "gap" or clause.head < 0:
        return [], []
    stem = units[clause.predicate].stem
    if stem not in _WORDS.taking_verbs or stem.endswith(_PASSIVE) or units[clause.head].case in ("subj", "topic", "also"):
        return [], []
    if any([units[k].case in ("obj", "dat", "by") for k in clause.arguments]):
        return [], []
    taken = [m for m in view.own_heads(clause.head) if view.mentions[m].kind in _TAKEN]
    subject = clauses[clause.governor].subject if clause.governor >= 0 else -1
    return taken, view.heads(subject) if taken and subject not in (-1, clause.head) else []


def object_gap(clause: Clause, trigger: Trigger, view: View, *, done_to: bool) -> Iterator[tuple[int, int]]:
    """`대통령이 초청한 위원장은`, `정부가 추방한 대사는`: the noun that a clause with a subject of its own modifies is its object."""
    own = clause.subject >= 0 and clause.found == "own" and view.units[clause.subject].case == "subj"
    if trigger.use != "verb" or not own or any(view.units[k].case in ("obj", "dat", "com") for k in clause.arguments):
        return
    if not done_to and view.units[clause.predicate].stem not in _WORDS.object_verbs:
        return
    if clause.kind != "adnominal":  # `위원장은 대통령이 초청했다`
        topics = [k for k in clause.arguments if view.units[k].case == "topic" and k < clause.subject]
        for m in view.own_heads(topics[0]) if topics and clause.kind == "final" else ():
            if view.mentions[m].kind is MentionKind.person:
                yield m, topics[0]
        return
    if clause.head < 0 or clause.head == clause.subject:
        return
    for m in view.own_heads(clause.head):
        if view.mentions[m].kind is MentionKind.person:
            yield m, clause.head


def went_out(n: int, trigger: Trigger, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int]]:
    """`주석을 [역까지 나가] 맞이하였다`: the object before a verb of going is that of the verb behind it."""
    before = clauses[n - 1] if n and trigger.use == "verb" else None
    if before is None or before.governor != n or before.predicate != clauses[n].predicate - 1:
        return
    going = view.units[before.predicate]
    if going.stem not in _WORDS.fetching_verbs or going.ending not in ("어", "아", "어서", "아서", ""):
        return
    for k in before.arguments:
        if view.units[k].case == "obj":
            for m in view.heads(k):
                if view.mentions[m].kind is MentionKind.person:
                    yield m, k


def handed_on(n: int, trigger: Trigger, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int]]:
    """`어민들은 [대원을 찔러] 죽였다`, `경찰은 [그를 체포한 뒤] 추방했다`: the object of the verb before is that of the verb behind it."""
    own = clauses[n]
    if trigger.use != "verb" or not n or own.found == "own" or any(view.units[k].case in ("obj", "dat", "subj") for k in own.arguments):
        return
    before = clauses[n - 1]
    if before.predicate < 0 or before.subject < 0 or before.subject != own.subject or not _leads_on(before, n, view):
        return
    for k in before.arguments:
        if view.units[k].case == "obj":
            for m in view.heads(k):
                if view.mentions[m].kind in _TAKEN:
                    yield m, k


def _leads_on(before: Clause, n: int, view: View) -> bool:
    unit = view.units[before.predicate]
    if before.kind == "adnominal":
        return before.head >= 0 and view.tokens[view.units[before.head].first].form in _WORDS.after_nouns
    if before.governor != n:
        return False
    return unit.ending in _STRAIGHT or (unit.ending in _AFTER and unit.stem in _WORDS.taking_verbs)
