"""The day of publication, from the text's own evidence: a small constraint problem, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sacho.annotate.timexes import TimeExpression, is_report
from sacho.records import Publication, Span

_STAMP = re.compile(r"(?:입력|등록|송고|수정|date|Date:|기사입력|승인)\s*:?\s*((?:19|20)\d\d)[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})")


def infer_publication(
    text: str, expressions: Sequence[TimeExpression], *, given: str | None
) -> Publication:
    """Year, month and day must each follow from the text, or the value stays empty.

    Day: a report verb's day (`20일 보도했다`), `오늘(20일)`. Month and year: a full date, or a month named both
    absolutely and relatively (`2023년 9월`, `지난달`).
    """
    if given:
        return Publication(value=given, inferred=False, reason="given")
    stamp = _STAMP.search(text)
    if stamp:
        value = "-".join((stamp.group(1), stamp.group(2).zfill(2), stamp.group(3).zfill(2)))
        return Publication(value=value, inferred=True, evidence=(Span(start=stamp.start(), end=stamp.end()),), reason="stamp")
    days = [e for e in expressions if e.rule in ("date", "deictic") and not {"month", "mrel", "year"} & e.parts.keys() and (is_report(text, e) or "(" in e.words)]
    numbers = [int(n) for e in days for n in re.findall(r"(\d{1,2})일", e.words)]
    if not numbers:
        return Publication(value="", inferred=True, reason="no day of report in the text")
    day = max(set(numbers), key=lambda n: (numbers.count(n), n))
    month = _month(expressions)
    if month is None:
        return Publication(value="", inferred=True, evidence=_spans(days), reason="the text does not settle month and year")
    year, number, proofs = month
    try:
        value = date(year, number, day).isoformat()
    except ValueError:
        return Publication(value="", inferred=True, evidence=_spans(days), reason="day and month do not fit")
    used = [e for e in days if f"{day}일" in e.words]
    return Publication(
        value=value, inferred=True, evidence=_spans([*used, *proofs]),
        reason="day of the report, month relative to a dated one",
    )  # fmt: skip


def _month(expressions: Sequence[TimeExpression]) -> tuple[int, int, list[TimeExpression]] | None:
    """Year and month of publication and the expressions that give them."""
    absolute = [(e, [int(n) for n in re.findall(r"\d+", e.words)]) for e in expressions if {"year", "month"} <= e.parts.keys()]
    relative = [e for e in expressions if e.words.startswith("지난달")]
    same = [e for e in expressions if re.match(r"지난 \d{1,2}월$", e.words)]
    found = {(n[0], n[1]) for _, n in absolute}
    if relative and len(found) == 1:
        (year, month), index = next(iter(found)), 0
        named = {int(re.findall(r"\d+", e.words)[0]) for e in same}
        if not named or month in named:
            index = year * 12 + month
            return index // 12, index % 12 + 1, [*relative, *same, *(e for e, _ in absolute)]
    return None


def _spans(expressions: Sequence[TimeExpression]) -> tuple[Span, ...]:
    return tuple(Span(start=e.start, end=e.end) for e in sorted(expressions, key=lambda e: e.start))
