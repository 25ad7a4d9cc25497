"""The day of publication, from the text's own evidence: a small constraint problem, never a guess."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sacho.annotate.names import NameMatch
from sacho.annotate.publication_anchors import find_anchors
from sacho.annotate.publication_anniversaries import anniversary_clues
from sacho.annotate.publication_clue import Clue, allows
from sacho.annotate.publication_days import day_clues, stamp
from sacho.annotate.publication_offices import office_clues
from sacho.annotate.publication_relations import relation_clues
from sacho.annotate.publication_years import linked_clues, year_clues
from sacho.annotate.time_expression import TimeExpression
from sacho.lexicon import Lexicon
from sacho.records import Publication, Span

_QUOTED = re.compile("“[^“”\n]{2,}”|\"[^\"\n]{2,}\"")
_FIRST, _LAST = "1990-01-01", "2035-12-31"
_ENOUGH = 40  # days left that tell what is open


def infer_publication(
    text: str, expressions: Sequence[TimeExpression], *, given: str | None, names: Sequence[NameMatch] = (),
    lexicon: Lexicon | None = None,
) -> Publication:  # fmt: skip
    """The one day that every clue of the text allows (publication_clues.py), with the words that single it out;
    empty, with the reason, if several days are left or none.

    A stamp settles it alone. Else the day of the month must be that of a report (`20일 보도했다`), and month and year
    must follow from dates, weekdays, anniversaries, named days, events told twice and the tenures of those named.
    """
    if given:
        return Publication(value=given, inferred=False, reason="given")
    stamped = stamp(text, expressions)
    if stamped is not None:
        return Publication(value=stamped.since, inferred=True, evidence=stamped.evidence, reason="stamp")
    clues = find_clues(text, expressions, names, lexicon)
    left = _days_left(clues)
    if not left and any(clue.weak for clue in clues):
        clues = [clue for clue in clues if not clue.weak]
        left = _days_left(clues)
    if len(left) != 1:
        evidence = _evidence([c for c in clues if c.days])
        if len(left) > 2 and not evidence:
            return Publication(value="", inferred=True, reason="no day of report in the text")
        if not left:
            return Publication(value="", inferred=True, evidence=evidence, reason="the text's dates contradict each other")
        return Publication(value="", inferred=True, evidence=evidence, reason=_open(left))
    needed = _needed(clues)
    return Publication(
        value=left[0].isoformat(), inferred=True, evidence=_evidence(needed), reason="; ".join(c.reason for c in needed)
    )


def find_clues(
    text: str, expressions: Sequence[TimeExpression], names: Sequence[NameMatch], lexicon: Lexicon | None
) -> list[Clue]:
    """Every clue of the text but its stamp. Days in quotations are counted from another day: they tell nothing, but
    where a dated and a relative mention of one event meet."""
    quotes = [m.span() for m in _QUOTED.finditer(text)]
    own = [e for e in expressions if not any([low < e.start < high for low, high in quotes])]
    clues = [*day_clues(text, own), *year_clues(text, own), *linked_clues(text, expressions)]
    anchors = [a for a in find_anchors(text, own, names, lexicon) if not any(low < a.start < high for low, high in quotes)]
    clues += [*relation_clues(text, own, anchors), *anniversary_clues(text, anchors)]
    return clues + list(office_clues(text, names, lexicon)) if lexicon is not None else clues


def _days_left(clues: Sequence[Clue], limit: int = _ENOUGH) -> list[date]:
    """The first days that all clues allow, at most `limit`. Months are tried first, by number, so that few days are."""
    numbers = set(range(1, 32))
    for clue in clues:
        numbers &= set(clue.days) or numbers
    fine = [c for c in clues if c.since or c.until or c.spans_of_time or c.weekdays or c.falls]
    out: list[date] = []
    for month in _months_left(clues):
        year, number = divmod(month, 12)
        for day in sorted(numbers):
            if day > 28 and day > calendar.monthrange(year, number + 1)[1]:
                continue
            found = date(year, number + 1, day)
            if all(allows(c, found) for c in fine):
                out.append(found)
                if len(out) == limit:
                    return out
    return out


def _months_left(clues: Sequence[Clue]) -> list[int]:
    """Months (year * 12 + month - 1) that hold a day which every clue but for its days and weekdays allows."""
    spans: set[tuple[tuple[int, int], ...]] = {
        ((_month(c.since or _FIRST), _month(c.until or _LAST)),) for c in clues if c.since or c.until
    }
    spans |= {tuple([(_month(low), _month(high)) for low, high in c.spans_of_time]) for c in clues if c.spans_of_time}
    first, last = _month(_FIRST), _month(_LAST)
    for ranges in spans:
        first, last = max(first, min([r[0] for r in ranges])), min(last, max([r[1] for r in ranges]))
    left = list(range(first, last + 1))
    for clue in clues:
        if clue.years:
            left = [k for k in left if k // 12 in clue.years]
        if clue.months:
            left = [k for k in left if k % 12 + 1 in clue.months]
    for ranges in spans:
        if len(ranges) > 1:
            held = {k for low, high in ranges for k in range(max(low, first), min(high, last) + 1)}
            left = [k for k in left if k in held]
    return left


@lru_cache(maxsize=1 << 12)
def _month(iso: str) -> int:
    return int(iso[:4]) * 12 + int(iso[5:7]) - 1


def _needed(clues: Sequence[Clue]) -> list[Clue]:
    """The clues that single out the day: of those that only repeat what others tell, the surer are kept."""
    kept = list(dict.fromkeys(clues))
    for clue in sorted(kept, key=lambda c: c.sure):
        fewer = [c for c in kept if c is not clue]
        if len(_days_left(fewer, 2)) == 1:
            kept = fewer
    return kept


def _open(left: Sequence[date]) -> str:
    if len({(d.year, d.month) for d in left}) == 1:
        return f"the text leaves {len(left)} days of {left[0]:%Y-%m}"
    if len({d.year for d in left}) == 1:
        return "the text does not settle the month"
    return "the text does not settle the " + ("year" if len({d.month for d in left}) == 1 else "month and year")


def _evidence(clues: Sequence[Clue]) -> tuple[Span, ...]:
    spans = {(s.start, s.end): s for c in clues for s in c.evidence}
    return tuple(spans[k] for k in sorted(spans))
