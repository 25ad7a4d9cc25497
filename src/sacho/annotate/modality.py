"""Whether an event happened: status rules over the morphemes that follow the word of the event."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.clauses import Clause
from sacho.annotate.phrases import Unit
from sacho.lexicon.predicates import Predicates
from sacho.lexicon.words import load_words
from sacho.records import Record, Status, Token

_WORDS = load_words()
_WINDOW = 16
_ANDING = ("고", "며", "으며", "면서", "으면서")
_UNREAL = (Status.planned, Status.hypothetical, Status.proposed)


class Verdict(Record):
    """A status, the words that give it (token indexes, -1 if it is the default) and the rule.

    `past`: the act's own predicate is in the past. `shared`: the status is that of a later predicate of the chain, whose
    stem is `of`; `told`: that one is what a finished act says, asks or settles.
    """

    status: Status
    first: int = -1
    last: int = -1
    rule: str = "plain"
    nonpast: bool = False
    past: bool = False
    shared: bool = False
    told: bool = False
    of: str = ""


def predicate_status(tokens: Sequence[Token], after: int, stop: int, predicates: Predicates) -> Verdict | None:
    """Status from what follows the event word at token `after`; None if nothing tells."""
    tail = " ".join([f"{t.form}/{t.tag}" for t in tokens[after : min(after + _WINDOW, stop)]]) + " "
    found = predicates.status_of(tail)
    if found is None:
        return None
    rule, count = found
    return Verdict(status=rule.status, first=after, last=min(after + count, stop), rule=rule.id)


def noun_status(tokens: Sequence[Token], after: int, unit: Unit, predicates: Predicates) -> Verdict | None:
    """Status from the nouns that follow a bare event noun in its phrase: `정상회담 가능성`."""
    for k in range(after, unit.body):
        status = predicates.noun_status.get(tokens[k].form)
        if status is not None:
            return Verdict(status=status, first=k, last=k + 1, rule=f"noun-{status.value}")
    return None


def clause_status(
    units: Sequence[Unit], clauses: Sequence[Clause], n: int, tokens: Sequence[Token], stop: int,
    predicates: Predicates, *, verbal: bool = False,
) -> Verdict:  # fmt: skip
    """Status of the predicate of clause `n`. A clause without tense of its own (`만나 논의할 예정이다`) takes
    that of the clause which governs it; but a verbal act beside the words said (`비난하며 …할 것이라고 밝혔다`)
    shares the tense of the saying."""
    unit = units[clauses[n].predicate]
    stem_end = _stem_end(tokens, unit)
    verdict = predicate_status(tokens, stem_end, stop, predicates)
    if verdict is not None:
        return verdict
    clause = clauses[n]
    if clause.kind in ("coordinate", "nominal") and not unit.past and clause.governor >= 0:
        governor = clauses[clause.governor]
        if governor.kind == "quoted" and governor.governor > clause.governor and _urges(units[governor.predicate]):
            governor = clauses[governor.governor]  # `장관을 찾아가 [막아 달라고] 호소할 예정이다`
        told = is_complement(units, clauses, _chain_end(units, clauses, n), tokens)
        if verbal and told and unit.ending in _ANDING:
            return Verdict(status=Status.occurred)  # `규탄하고 중국이 역할을 해 줄 것을 당부했다`
        if governor.predicate >= 0:
            shut = governor.kind == "adnominal"  # `만나 교환할 예정이다`
            later = (predicate_status(tokens, _stem_end(tokens, units[governor.predicate]), stop, predicates) if shut
                     else clause_status(units, clauses, clauses.index(governor), tokens, stop, predicates))  # fmt: skip
            if later is not None and later.status in _UNREAL:
                return later if later.shared else msgspec.structs.replace(
                    later, shared=True, told=told and later.rule != "purpose", of=units[governor.predicate].stem
                )  # fmt: skip
            if later is not None and not shut:
                return Verdict(status=Status.occurred, nonpast=later.nonpast, past=later.past)
    after = _after(units, clauses, clause, tokens)
    if after >= 0 and not is_complement(units, clauses, after, tokens):
        later = clause_status(units, clauses, after, tokens, stop, predicates)
        if later.status is Status.planned:
            return msgspec.structs.replace(later, shared=True)
        return Verdict(status=Status.occurred, nonpast=later.nonpast)
    nonpast = not unit.past and (
        unit.ending in ("ᆫ다", "는다", "ᆫ다고", "는다고", "ᆫ다는", "는다는", "ᆫ다며", "는다며", "는", "습니다", "ᆸ니다", "다고", "라고", "다")
    )
    return Verdict(status=Status.occurred, nonpast=nonpast, past=unit.past)


def _urges(unit: Unit) -> bool:
    """Whether a quotation asks somebody else to do something: it has a subject of its own."""
    return unit.ending.endswith(("라고", "라며", "라면서")) and not unit.copula and unit.stem != "아니"


def _after(units: Sequence[Unit], clauses: Sequence[Clause], clause: Clause, tokens: Sequence[Token]) -> int:
    """`참석한 뒤 떠난다`: the clause that comes after it and gives it its tense, -1 if there is none."""
    before = clause.kind == "adnominal" and clause.head >= 0 and units[clause.predicate].ending in ("ᆫ", "은")
    if not before or tokens[units[clause.head].first].form not in _WORDS.after_nouns:
        return -1
    m = clause.governor
    while m >= 0 and clauses[m].kind == "adnominal":
        m = clauses[m].governor
    return m if m >= 0 and clauses[m].predicate >= 0 else -1


def _chain_end(units: Sequence[Unit], clauses: Sequence[Clause], n: int) -> int:
    """The clause that closes the chain which clause `n` opens: the first that is not coordinate, or has a tense."""
    m = clauses[n].governor
    while clauses[m].kind == "coordinate" and clauses[m].governor > m and not units[clauses[m].predicate].past:
        m = clauses[m].governor
    return m


def is_complement(units: Sequence[Unit], clauses: Sequence[Clause], n: int, tokens: Sequence[Token]) -> bool:
    """Whether clause `n` is what a finished act says, asks or settles: `…하겠다고 밝혔다`, `…할 것을 당부했다`, `…하기로
    합의했다`."""
    clause = clauses[n]
    if clause.kind == "adnominal":
        head = units[clause.head] if clause.head >= 0 else None
        if head is None or head.case != "obj" or tokens[head.first].form != "것":
            return False
    elif clause.kind not in ("quoted", "nominal"):
        return False
    return _told(units, clauses, clause)


def _told(units: Sequence[Unit], clauses: Sequence[Clause], clause: Clause) -> bool:
    """Whether the clause is governed by a predicate in the past."""
    return clause.governor >= 0 and clauses[clause.governor].predicate >= 0 and units[clauses[clause.governor].predicate].past


def _stem_end(tokens: Sequence[Token], unit: Unit) -> int:
    """Index after the last token of the event word: the verbal noun of `방문 중이다`, the stem of `만나다`."""
    if unit.noun >= 0:
        k = unit.noun
        while k + 1 < unit.last and tokens[k + 1].tag in ("NNG", "XSN"):
            k += 1
        return k + 1
    return unit.first + 1
