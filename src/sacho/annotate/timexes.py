"""Time expressions: found by rule, then valued against the day of publication and the day in focus."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.annotate.named_days import load_named_days
from sacho.annotate.time_expression import TimeExpression, is_report
from sacho.annotate.timex_focus import Resolver
from sacho.annotate.timex_rules import TimexRules
from sacho.records import Block, Timex

__all__ = ["TimeExpression", "find_timexes", "is_report", "resolve_timexes"]

_UNRANGED = frozenset(["duration", "stay", "set", "lunar", "range", "day_range", "month_range", "year_range"])
_DASH = re.compile(r"\s?[~∼～〜–]\s?")
_FROM = re.compile(r"부터\s?|에서\s?")
_COUNTED = re.compile(r"(?<!\d)\d{1,2}년\s?$")
_TO = re.compile(r"\s?까지|\s?사이")


def find_timexes(text: str, rules: TimexRules) -> tuple[TimeExpression, ...]:
    """Expressions in text order, without overlap: at every place the rule that reads the longest words wins."""
    found: list[TimeExpression] = []
    at = 0
    for start, end, word in _anchors(text, rules):
        if start < at:
            continue
        best = _longest(text, start, end, word, rules)
        if best is None:
            continue
        index, match = best
        rule = rules.rules[index]
        at = start + len(match.group().rstrip())
        if rule.reading != "name":
            parts = {k: v for k, v in zip(rules.groups[index], match.groups(), strict=True) if v is not None}
            found.append(TimeExpression(start=start, end=at, rule=rule.id, words=text[start:at], parts=parts))
    return tuple(_joined(text, found))


def resolve_timexes(
    text: str, expressions: Sequence[TimeExpression], *, published: str, blocks: Sequence[Block]
) -> tuple[Timex, ...]:
    """Values (EDTF) in text order; what cannot be settled keeps unspecified digits or stays empty, nothing is
    guessed."""
    resolver = Resolver(text, expressions, published=published, blocks=blocks)
    return tuple(resolver.resolve(expression) for expression in expressions)


def _anchors(text: str, rules: TimexRules) -> list[tuple[int, int, bool]]:
    """Where an expression may begin, in text order: words of the rules that begin a word (True), and numbers."""
    spans = [(*match.span(), False) for match in rules.numbers.finditer(text) if _begins(text, match.start())]
    words = rules.words.find_matches_as_indexes(text, overlapping=False)
    spans += [(start, end, True) for _, start, end in words if not start or not text[start - 1].isalnum()]
    spans.sort()
    return spans


def _begins(text: str, start: int) -> bool:
    """Whether the number can begin a time: not the rest of a longer number, of a range, of `제19차`, of `2년6월`."""
    before = text[start - 1] if start else " "
    if before in "-,:/.~∼～〜·ㆍ–":
        return not (text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalnum())
    if before == "제" or (before.isascii() and before.isalnum()):
        return False
    return not ((before == "년" or text[start - 2 : start] == "년 ") and _COUNTED.search(text, max(0, start - 6), start))


def _longest(text: str, start: int, end: int, word: bool, rules: TimexRules) -> tuple[int, re.Match[str]] | None:
    if word or not text[start].isdigit():
        indexes = rules.by_word.get(text[start : start + 2]) or rules.by_word.get(text[start], ())
    else:
        sign = text[end : end + 1]
        indexes = rules.by_number.get(text[end + 1 : end + 2] if sign == " " else sign, ())
    found, patterns = None, rules.patterns
    longest, last = -1, start
    for index in indexes:
        match = patterns[index].match(text, start)
        if match is not None and match.end() > last and (index not in rules.named or _fits(match, text)):
            found, longest, last = match, index, match.end()
    return (longest, found) if found is not None else None


def _fits(match: re.Match[str], text: str) -> bool:
    """The condition on what follows a name that means other things too (`설`)."""
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
