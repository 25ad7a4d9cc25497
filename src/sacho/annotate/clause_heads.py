"""Which noun a clause before a noun modifies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sacho.annotate.phrases import Unit
from sacho.lexicon.words import load_words


def happens(unit: Unit) -> bool:
    """Passives and verbs of taking place: the noun they modify is their subject (`내일 열리는 행사에`)."""
    return unit.stem.endswith("되") or unit.stem in load_words().happening_verbs


def head_of(units: Sequence[Unit], k: int, animate: Callable[[Unit], bool]) -> int:
    """The noun phrase an adnominal predicate modifies: the next phrase, past genitives that name nobody
    (`열린 도쿄의 회담`; but `방문한 장관의 발언` is the minister's)."""
    j = k + 1
    if j + 1 < len(units) and units[j].timexes and units[j].case == "bare" and not units[j].mentions and not units[j + 1].is_predicate:
        j += 1  # `장관이 주재한 이날 회의에는`
    while j < len(units) and units[j].describes and units[j].ending_tag == "ETM":
        j += 1
    while j < len(units) and not units[j].is_predicate and units[j].case.endswith("gen") and not (
        animate(units[j]) and units[j].case == "gen" and not happens(units[k])
    ):
        if j + 1 >= len(units) or units[j + 1].is_predicate:
            break
        j += 1
    j = _last_of_list(units, _past_another(units, k, _past_leader(units, j)), animate)
    return j if j < len(units) and not units[j].is_predicate else -1


def _past_leader(units: Sequence[Unit], j: int) -> int:
    """`평양을 방문하고 있는 [장관을 단장으로 하는] 대표단`: the delegation visits, its head is told in between."""
    if j + 2 < len(units) and units[j].case == "subj" and units[j + 1].stem in load_words().leading_verbs and (
        units[j + 1].ending_tag == "ETM" and not units[j + 2].is_predicate
    ):
        return j + 2  # `방문중인 [부주석이 인솔한] 대표단`
    if j + 3 >= len(units) or units[j].case != "obj" or units[j + 1].case != "dir":
        return j
    heads = units[j + 2].stem in ("하", "삼") and units[j + 2].ending_tag == "ETM"
    return j + 3 if heads and not units[j + 3].is_predicate else j


def _last_of_list(units: Sequence[Unit], j: int, animate: Callable[[Unit], bool]) -> int:
    """The last of the people whom the clause is about: `억류한 [김가·이나 씨를]`, `붙잡힌 [가, 나, 다 씨는]`."""
    last = j
    while last + 1 < len(units) and units[last].case == "bare" and units[last].mentions and not units[last].is_predicate and (
        units[last].comma or units[last + 1].start - units[last].end == 1
    ) and units[last + 1].mentions and not units[last + 1].is_predicate and animate(units[last]) and animate(units[last + 1]):
        last += 1
    dotted = last > j and not any(u.comma for u in units[j:last])
    return last if (dotted or last > j + 1) and units[last].case != "bare" else j


def _past_another(units: Sequence[Unit], k: int, j: int) -> int:
    """After a comma the noun may stand behind another clause before it: `친서를 건네고 있는, [중국을 찾은] 특사`."""
    if not units[k].comma or j + 2 >= len(units) or units[j].is_predicate or units[j].case not in ("obj", "loc", "dir", "at"):
        return j
    verb = units[j + 1]
    return j + 2 if verb.is_predicate and verb.ending_tag == "ETM" and not units[j + 2].is_predicate else j
