"""Time expressions: found by rule, then valued against the day of publication and the day in focus."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.annotate.named_days import load_named_days
from sacho.annotate.tense import clause_after
from sacho.annotate.timex_focus import Resolver
from sacho.annotate.timex_rules import TimexRules, load_timex_rules
from sacho.records import Block, Record, Timex

_REPORTED = frozenset(["date", "numeric", "numeric_day", "juche", "deictic", "focus", "weekday", "dateline"])
_UNRANGED = frozenset(["duration", "stay", "set", "lunar", "range", "day_range", "month_range", "year_range"])
_DASH = re.compile(r"\s?[~∼～〜–]\s?")
_FROM = re.compile(r"부터\s?|에서\s?")
_TO = re.compile(r"\s?까지|\s?사이")


class TimeExpression(Record):
    """Words that name a time, the rule that found them, and the named parts of its pattern. `ends` are the first and
    last time of a range (`지난달 30일부터 이달 2일까지`)."""

    start: int
    end: int
    rule: str
    words: str
    parts: dict[str, str] = {}
    ends: tuple[TimeExpression, ...] = ()


def find_timexes(text: str, rules: TimexRules) -> tuple[TimeExpression, ...]:
    """Expressions in text order, without overlap: at every place the rule that reads the longest words wins."""
    found: list[TimeExpression] = []
    at = 0
    search = rules.anchor.search
    while (anchor := search(text, at)) is not None:
        start, at = anchor.span()
        best = _longest(text, start, at, rules)
        if best is None:
            continue
        index, match = best
        rule = rules.rules[index]
        at = start + len(match.group().rstrip())
        if rule.reading != "name":
            parts = {k: v for k, v in match.groupdict().items() if v is not None}
            found.append(TimeExpression(start=start, end=at, rule=rule.id, words=text[start:at], parts=parts))
    return tuple(_joined(text, found))


def is_report(text: str, expression: TimeExpression) -> bool:
    """Whether the day is the one on which somebody said so: `…했다고 20일 보도했다`, `통신은 20일 …고 전했다`; not
    `20일 담화를 발표했다`."""
    if expression.rule not in _REPORTED:
        return False
    if expression.rule == "dateline":
        return True
    cues = load_timex_rules().report
    if cues.after.match(text, expression.end):
        return "를 발표" not in text[expression.end : expression.end + 10]
    lead = text[max(0, expression.start - 24) : expression.start]
    return bool(cues.media.search(lead)) and bool(cues.final.search(clause_after(text, expression.end)))


def resolve_timexes(
    text: str, expressions: Sequence[TimeExpression], *, published: str, blocks: Sequence[Block]
) -> tuple[Timex, ...]:
    """Values (EDTF) in text order; what cannot be settled keeps unspecified digits or stays empty, nothing is
    guessed."""
    resolver = Resolver(text, expressions, published=published, blocks=blocks, is_report=is_report)
    return tuple(resolver.resolve(expression) for expression in expressions)


def _longest(text: str, start: int, end: int, rules: TimexRules) -> tuple[int, re.Match[str]] | None:
    first = text[start]
    before = text[start - 1] if start else " "
    if first in "0123456789":
        if end - start > 4 or before in ".,제-第:/" or (before.isascii() and before.isalnum()):
            if not (before in "-,:/" and not text[start - 2 : start - 1].isalnum()):
                return None
        sign = text[end : end + 1]
        indexes = rules.by_number.get(text[end + 1 : end + 2] if sign == " " else sign, ())
    elif first in "'’‘":
        indexes = rules.by_word.get(first, ())
    else:
        if before.isalnum():
            return None
        indexes = rules.by_word.get(first, ())
    best: tuple[int, re.Match[str]] | None = None
    for index in indexes:
        match = rules.patterns[index].match(text, start)
        if match is not None and (best is None or match.end() > best[1].end()) and _fits(match, text):
            best = (index, match)
    return best


def _fits(match: re.Match[str], text: str) -> bool:
    """The condition on what follows a name that means other things too (`설`)."""
    if "named" not in match.re.groupindex:
        return bool(match.group())
    condition = load_named_days().conditions.get(match["named"])
    return condition is None or condition.match(text, match.end("named")) is not None


def _joined(text: str, found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """Two times with `부터 … 까지` or a wave between them made one range."""
    out: list[TimeExpression] = []
    for expression in found:
        last = out[-1] if out else None
        end = _range_end(text, last, expression) if last is not None else 0
        if last is not None and end:
            out[-1] = TimeExpression(
                start=last.start, end=end, rule="range", words=text[last.start : end], ends=(last, expression)
            )
        else:
            out.append(expression)
    return out


def _range_end(text: str, first: TimeExpression, last: TimeExpression) -> int:
    """Where the range of the two ends, 0 if they are none."""
    if last.start - first.end > 4 or first.rule in _UNRANGED or last.rule in _UNRANGED:
        return 0
    gap = text[first.end : last.start]
    close = _TO.match(text, last.end)
    if _DASH.fullmatch(gap):
        return close.end() if close else last.end
    return close.end() if close and _FROM.fullmatch(gap) else 0
