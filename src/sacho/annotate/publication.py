"""The day of publication, from the text's own evidence: a small constraint problem, never a guess."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from sacho.annotate.names import NameMatch
from sacho.annotate.publication_clue import Clue, allows
from sacho.annotate.publication_days import day_clues, stamp
from sacho.annotate.publication_offices import office_clues
from sacho.annotate.publication_years import linked_clues, year_clues
from sacho.annotate.time_expression import TimeExpression
from sacho.lexicon import Lexicon
from sacho.records import Publication, Span

_QUOTED = re.compile("“[^“”\n]{2,}”|\"[^\"\n]{2,}\"")
_FIRST, _LAST = date(1990, 1, 1), date(2035, 12, 31)


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
    if not any(clue.days for clue in clues):
        return Publication(value="", inferred=True, reason="no day of report in the text")
    left = _days_left(clues)
    if len(left) != 1:
        evidence = _evidence([c for c in clues if c.days])
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
    own = [e for e in expressions if not any(low < e.start < high for low, high in quotes)]
    clues = [*day_clues(text, own), *year_clues(text, own), *linked_clues(text, expressions)]
    return clues + list(office_clues(text, names, lexicon)) if lexicon is not None else clues


def _days_left(clues: Sequence[Clue]) -> list[date]:
    """The days that all clues allow. The sure ones pick the days of the month first, so that few are tried."""
    low = max([_FIRST.isoformat(), *(c.since for c in clues if c.since)])
    high = min([_LAST.isoformat(), *(c.until for c in clues if c.until)])
    numbers = set(range(1, 32))
    for clue in clues:
        numbers &= set(clue.days) or numbers
    out = []
    for year in range(int(low[:4]), int(high[:4]) + 1):
        for month in range(1, 13):
            for number in sorted(n for n in numbers if n <= calendar.monthrange(year, month)[1]):
                day = date(year, month, number)
                if low <= day.isoformat() <= high and all(allows(c, day) for c in clues):
                    out.append(day)
    return out


def _needed(clues: Sequence[Clue]) -> list[Clue]:
    """The clues that single out the day: of those that only repeat what others tell, the surer are kept."""
    kept = list(dict.fromkeys(clues))
    for clue in sorted(kept, key=lambda c: c.sure):
        fewer = [c for c in kept if c is not clue]
        if any(c.days for c in fewer) and len(_days_left(fewer)) == 1:
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
