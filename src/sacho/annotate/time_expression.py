"""A time expression as found, before it has a value; and whether it dates an event or a report."""

from __future__ import annotations

import msgspec

from sacho.annotate.tense import clause_after
from sacho.annotate.timex_rules import load_timex_rules
from sacho.records import Record

_PARTICLES = frozenset("은는이가도")
_REPORTED = frozenset(["date", "numeric", "numeric_day", "juche", "deictic", "focus", "weekday", "dateline"])


class TimeExpression(Record):
    """Words that name a time, the rule that found them, and the named parts of its pattern. `ends` are the first and
    last time of a range (`지난달 30일부터 이달 2일까지`)."""

    start: int
    end: int
    rule: str
    words: str
    parts: dict[str, str] = msgspec.field(default_factory=dict)
    ends: tuple[TimeExpression, ...] = ()


def is_report(text: str, expression: TimeExpression) -> bool:
    """Whether the day is the one on which somebody said so: `…했다고 20일 보도했다`, `통신은 20일 …고 전했다`; not
    `20일 담화를 발표했다`."""
    if expression.rule not in _REPORTED:
        return False
    if expression.rule == "dateline":
        return True
    if text.startswith(("이라", "이었", "이며"), expression.end):
        return False  # `통신은 회담이 열린 날을 20일이라고 전했다`
    cues = load_timex_rules().report
    if cues.after.match(text, expression.end):
        return "를 발표" not in text[expression.end : expression.end + 10]
    if expression.rule == "focus":
        return False  # `통신은 이날 …고 전했다`: the day of what was told
    if text[expression.start - 2 : expression.start - 1] not in _PARTICLES:
        return False
    lead = text[max(0, expression.start - 24) : expression.start]
    return bool(cues.media.search(lead)) and bool(cues.final.search(clause_after(text, expression.end)))
