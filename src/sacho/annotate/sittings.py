"""Who sits at a meeting or makes a journey told by its noun, and who presides at a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sacho.annotate.clauses import Clause
from sacho.annotate.fillers import Filler
from sacho.annotate.phrases import Unit
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import View
from sacho.lexicon.words import load_words
from sacho.records import MentionKind, Token

_WORDS = load_words()
_COURSES = frozenset(["at", "via", "occasion"])
_GOALS = frozenset([MentionKind.country, MentionKind.place, MentionKind.pair])
_TRAVELLERS = frozenset([MentionKind.person, MentionKind.group])
_PARTNERS = frozenset(["com", "partner", "between", "genitive"])


def sitting(trigger: Trigger, fillers: Sequence[Filler], clauses: Sequence[Clause], view: View) -> Iterator[Filler]:
    """Whoever says something at a meeting takes part in it: `A는 B와의 회담에서 …고 말했다`; where nobody else is named (`fillers`) also
    the person to whom it is said or given, or whose offer is answered there: `A는 회담에서 B에게 친서를 건넸다`."""
    unit = view.units[trigger.unit]
    before = not any(f.slot in ("genitive", "author") for f in fillers) and _opens(unit, view.tokens)
    if not (unit.case.startswith("at") or before) or _of_body(unit, view):
        return
    others = not before and not any(f.slot in _PARTNERS for f in fillers)
    clause = clauses[trigger.clause] if trigger.clause >= 0 else None
    if clause is None or clause.subject < 0 or clause.subject == trigger.unit:
        return
    for m in view.heads(clause.subject):
        yield Filler(slot="subj", mention=m, unit=clause.subject)
    answers = clause.predicate >= 0 and view.units[clause.predicate].stem in _WORDS.answering_verbs
    for k in clause.arguments if others else ():
        if k > trigger.unit and (view.units[k].case == "dat" or (answers and view.units[k].case == "gen")):
            for m in view.heads(k):
                if view.mentions[m].kind is MentionKind.person:
                    yield Filler(slot="com", mention=m, unit=k)


def travelling(trigger: Trigger, fillers: Sequence[Filler], clauses: Sequence[Clause], view: View) -> Iterator[Filler]:
    """Whoever does something in the course of a journey is the one who makes it: `장관은 이번 방중에서 …를 만났다`, `방러 당시 우주기지를
    참관했다`. Not so where somebody else's journey is told (`fillers`), or his own country is visited."""
    unit = view.units[trigger.unit]
    behind = view.tokens[trigger.last].form if trigger.last < len(view.tokens) else ""
    within = unit.case in _COURSES and trigger.last == unit.body
    if unit.is_predicate or not (within or behind in _WORDS.courses):
        return
    goals = {view.mentions[f.mention].country for f in fillers} | {trigger.cue.goes.get(trigger.form, "")}
    if any([view.mentions[f.mention].kind not in _GOALS for f in fillers]) or trigger.clause < 0:
        return
    subject = clauses[trigger.clause].subject
    for m in view.heads(subject) if subject >= 0 and subject != trigger.unit else ():
        if view.mentions[m].kind in _TRAVELLERS and view.mentions[m].country not in goals:
            yield Filler(slot="subj", mention=m, unit=subject)


def chaired(clause: Clause, fillers: list[Filler], view: View) -> list[Filler]:
    """`청와대는 안보실장 주재로 회의를 열었다`: whoever presides holds it."""
    for k in clause.arguments:
        if view.units[k].mentions and view.tokens[view.units[k].body - 1].form in ("주재", "주재하"):
            chairs = [m for m in view.units[k].mentions if view.mentions[m].kind is MentionKind.person]
            if chairs:
                return [f for f in fillers if f.slot != "subj"] + [Filler(slot="subj", mention=m, unit=k) for m in chairs]
    return fillers


def _opens(unit: Unit, tokens: Sequence[Token]) -> bool:
    """`장관 예방에 이어`, `특사 접견 뒤`, `일곱 차례 협상 끝에`: what the subject did before."""
    after = tokens[unit.last].form if unit.last < len(tokens) else ""
    last = tokens[unit.body - 1].form
    return (unit.case == "loc" and (after in ("이어", "잇", "앞서", "뒤이어") or last == "끝")) or (
        unit.case in ("bare", "loc") and last in _WORDS.after_nouns
    )


def _of_body(unit: Unit, view: View) -> bool:
    """`안보리 회의에서`: the body sits, it does not meet whoever speaks."""
    return any(view.mentions[m].kind is MentionKind.body for m in unit.mentions)
