"""Who sits at a meal (for whom it is given, who was there with the host a moment before), and to whom a greeting goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sacho.annotate.clauses import Clause
from sacho.annotate.view import View
from sacho.lexicon.words import load_words

if TYPE_CHECKING:
    from sacho.annotate.triggers import Trigger

_WORDS = load_words()


def combined(n: int, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int]]:
    """`차관보는 부상과 만찬을 겸해 회담했다`, `주석과 통화하고 다음 달 회담하기로 했다`: with whom the one is held, the other is; each
    mention with its phrase."""
    before = clauses[n - 1] if n else None
    if before is None or before.predicate < 0 or before.governor != n:
        return
    stem = view.units[before.predicate].stem
    if stem in _WORDS.summoning_verbs and view.units[before.predicate].ending_tag == "EC":  # `대표들을 불러 간담회를 가졌다`
        yield from ((m, k) for k in before.arguments if view.units[k].case == "obj" for m in view.heads(k))
        return
    planned = clauses[n].kind == "nominal" and (stem == "통화하" or stem in _WORDS.conferring_verbs)
    if stem != "겸하" and not (planned and not any([view.units[k].case in ("com", "obj", "dat") for k in clauses[n].arguments])):
        return
    for k in before.arguments:
        if view.units[k].case == "com":
            yield from ((m, k) for m in view.heads(k))


def honoured(trigger: Trigger, carriers: Sequence[int], clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int, str]]:
    """Mention, unit and slot of those at the meal that the clauses before and after its noun name: `대표단을 환영하여 연회를
    차리였다`, `주석과 회담하고 만찬을 했다`, `장관이 연 만찬에서 부위원장은 …고 말했다`."""
    for clause in clauses if trigger.use != "verb" else ():
        honouring = clause.kind == "adnominal" and clause.head == trigger.unit and clause.predicate >= 0
        if honouring and view.units[clause.predicate].stem in _WORDS.honouring_verbs:  # `대표단을 환영하는 연회가 있었다`
            yield from ((m, k, "for") for k in clause.arguments if view.units[k].case == "obj" for m in view.heads(k))
    for n in carriers:
        clause = clauses[n]
        before = clauses[n - 1] if n else None
        if clause.kind == "adnominal" and clause.head == trigger.unit and clause.found == "own" and trigger.use == "bare":
            yield from _speaking(trigger, clause, clauses, view)
        if before is None or before.governor != n or before.predicate < 0:
            continue
        stem = view.units[before.predicate].stem
        case, slot = ("obj", "for") if stem in _WORDS.honouring_verbs else ("com", "com") if stem in _WORDS.conferring_verbs else ("", "")
        for k in before.arguments if case and not any(view.units[j].case == case and view.heads(j) for j in clause.arguments) else ():
            if view.units[k].case == case:
                yield from ((m, k, slot) for m in view.heads(k))


def greeted(trigger: Trigger, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int]]:
    """Mention and unit of those to whom a greeting goes: `주석에게 자신의 인사를 전해 줄 것을 부탁했다`, `주석에게 보내는 인사를
    대사에게 부탁했다`."""
    for n, clause in enumerate(clauses):
        if n == trigger.carrier or clause.predicate < 0 or view.units[clause.predicate].stem not in _WORDS.passing_verbs:
            continue
        yield from ((m, k) for k in clause.arguments if view.units[k].case == "dat" for m in view.heads(k))


def _speaking(trigger: Trigger, host: Clause, clauses: Sequence[Clause], view: View) -> Iterator[tuple[int, int, str]]:
    main = clauses[trigger.clause] if trigger.clause >= 0 else None
    if main is None or main.subject in (-1, host.subject, trigger.unit) or view.units[trigger.unit].case not in ("at", "loc"):
        return
    yield from ((m, main.subject, "for") for m in view.heads(main.subject))
