"""Time expressions: found by rule, then valued against the day of publication and the day in focus."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from sacho.annotate.timex_rules import TimexRules
from sacho.records import Block, BlockKind, Record, Timex, TimexKind, TimexRole

_PARTS = {"오전": "morning", "오후": "afternoon", "새벽": "dawn", "아침": "morning", "낮": "noon", "정오": "12:00",
          "저녁": "evening", "밤": "night", "한밤": "night", "자정": "00:00"}  # fmt: skip
_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "하루": 1}
_DEICTIC = {"오늘": 0, "어제": -1, "그제": -2, "그저께": -2, "내일": 1, "모레": 2}
_FOCUS = {"전날": -1, "이튿날": 1, "다음날": 1, "다음 날": 1}
_FUTURE = re.compile(r"예정|계획|ᆯ 것|오는|[할일될갈올칠질볼]\s?(?:예정|계획|것)|앞두|열린다|기로\s")
_REPORT = re.compile(
    r"(?:\s?\((?:현지|한국)[^)]*\))?\s?(?:[^\s.,“”\"]{1,14}(?:이|가|은|는)\s)?(?:[^\s.,“”\"]{2,12}\s?(?:을|를)\s통해\s)?"
    r"(?:밝혔|보도했|보도하였|전했|전하였|말했|발표했다|알렸|덧붙였|강조했|설명했|주장했|논평했|소개했|비난했다고|보도된|자\s?노동신문)"
)
_REPORT_BEFORE = re.compile(r"(?:다고|라고|고|며|면서|는데)\s*(?:\[?[가-힣A-Za-z ]{2,14}\]?(?:이|가|은|는)\s)?$")


class TimeExpression(Record):
    """Words that name a time, and the rule that found them."""

    start: int
    end: int
    rule: str
    words: str


def find_timexes(text: str, rules: TimexRules) -> tuple[TimeExpression, ...]:
    return tuple(
        TimeExpression(start=m.start(), end=m.start() + len(m.group().rstrip()), rule=m.lastgroup or "", words=m.group().rstrip())
        for m in rules.pattern.finditer(text)
        if m.group().strip()
    )


def is_report(text: str, expression: TimeExpression) -> bool:
    """Whether the day is the one on which somebody said so: `…했다고 20일 보도했다`, not `20일 담화를 발표했다`."""
    if expression.rule not in ("day", "deictic", "relative_month_day", "month_day", "focus"):
        return False
    return bool(_REPORT.match(text, expression.end)) and "를 발표" not in text[expression.end : expression.end + 10]


def resolve_timexes(
    text: str, expressions: Sequence[TimeExpression], *, published: str, blocks: Sequence[Block]
) -> tuple[Timex, ...]:
    """Values (EDTF) in text order; what cannot be settled keeps unspecified digits, nothing is guessed."""
    base = date.fromisoformat(published) if published else None
    focus = ""
    lead = ""
    block = -1
    out: list[Timex] = []
    for expression in expressions:
        here = next((i for i, b in enumerate(blocks) if b.start <= expression.start < b.end), -1)
        if here != block:
            block = here
            focus = lead or focus
        report = is_report(text, expression)
        value, kind, anchor = _value(text, expression, base, focus, out)
        if kind is TimexKind.date and len(value) >= 10 and "/" not in value and not report:
            focus = value
            if not lead and (here < 0 or blocks[here].kind in (BlockKind.body, BlockKind.headline)):
                lead = value
        elif kind is TimexKind.date and report and not lead and not focus:
            pass
        out.append(Timex(
            start=expression.start, end=expression.end, kind=kind, value=value, time=_clock(expression.words),
            zone="local" if "현지" in expression.words else "",
            role=TimexRole.report if report else TimexRole.event, anchor=anchor, rule=expression.rule,
        ))  # fmt: skip
    return tuple(out)


def _value(
    text: str, expression: TimeExpression, base: date | None, focus: str, before: Sequence[Timex]
) -> tuple[str, TimexKind, str]:
    words, rule = expression.words, expression.rule
    numbers = [int(n) for n in re.findall(r"\d+", re.sub(r"\((?:이하|현지|한국)[^)]*\)|\d{1,2}시.*", "", words))]
    if rule == "juche":
        return _join(*numbers[1:4]), TimexKind.date, "explicit"
    if rule in ("iso", "full"):
        return _join(*numbers[:3]), TimexKind.date, "explicit"
    if rule == "years":
        second = numbers[1] if numbers[1] > 99 else numbers[0] // 100 * 100 + numbers[1]
        return f"{numbers[0]}/{second}", TimexKind.date, "explicit"
    if rule == "decade":
        return f"{numbers[0] // 10}X", TimexKind.date, "explicit"
    if rule == "year":
        return str(numbers[0]), TimexKind.date, "explicit"
    if rule in ("stay", "duration"):
        return _duration(words, numbers, rule), TimexKind.duration, ""
    if rule == "clock":
        return focus, TimexKind.time, "focus"
    if rule == "focus":
        return _focus(words, focus, base, numbers, before), TimexKind.date, "focus"
    if base is None:
        return _unanchored(words, numbers, rule), TimexKind.date, ""
    future = bool(_FUTURE.search(text[expression.end : _sentence_end(text, expression.end)]))
    return _anchored(words, numbers, rule, base, future), TimexKind.date, "published"


def _sentence_end(text: str, start: int) -> int:
    match = re.compile(r"[.\n]").search(text, start)
    return min(match.start() if match else len(text), start + 60)


def _focus(words: str, focus: str, base: date | None, numbers: Sequence[int], before: Sequence[Timex]) -> str:
    if numbers and base is not None and "일" in words and "(" in words:
        return _near(base, numbers[0]).isoformat()
    report = next((t.value for t in before if t.role is TimexRole.report), "")
    day = focus or report or (base.isoformat() if base else "")
    shift = next((n for form, n in _FOCUS.items() if words.startswith(form)), 0)
    if "째" in words or not day or len(day) != 10 or "X" in day:
        return day if not shift else ""
    return (date.fromisoformat(day) + timedelta(days=shift)).isoformat()


def _duration(words: str, numbers: Sequence[int], rule: str) -> str:
    if rule == "stay":
        return f"P{numbers[-1]}D"
    for form, days in _DAYS.items():
        if form in words:
            return f"P{days}D"
    unit = {"년": "Y", "개월": "M", "주": "W", "일": "D"}
    name = next((u for u in ("개월", "년", "주", "일") if u in words and "주년" not in words), "")
    return f"P{numbers[0]}{unit[name]}" if numbers and name else ""


def _unanchored(words: str, numbers: Sequence[int], rule: str) -> str:
    if rule in ("month_day",) and len(numbers) >= 2:
        return f"XXXX-{numbers[0]:02d}-{numbers[1]:02d}"
    if rule == "day" and numbers:
        return f"XXXX-XX-{numbers[0]:02d}"
    if rule == "month" and numbers:
        return f"XXXX-{numbers[0]:02d}"
    return ""


def _anchored(words: str, numbers: Sequence[int], rule: str, base: date, future: bool) -> str:
    if rule == "deictic":
        word = next(w for w in sorted(_DEICTIC, key=len, reverse=True) if words.startswith(w))
        return (base + timedelta(days=_DEICTIC[word])).isoformat()
    if rule == "weekday":
        return _weekday(words, base)
    if rule == "relative_unit":
        return _unit(words, base)
    if rule == "days_range":
        return _range(words, numbers, base, future)
    year, month = _shifted(words, base)
    ahead = words.startswith("오는") or (future and not words.startswith("지난"))
    if "월" in words:
        return _month(words, numbers, base, year, ahead)
    if month is not None:
        return _join(year or base.year, month, numbers[0])
    return _near(base, numbers[0], future=ahead).isoformat() if numbers else ""


def _month(words: str, numbers: Sequence[int], base: date, year: int | None, ahead: bool) -> str:
    if not 1 <= numbers[0] <= 12:
        return ""
    has_day = len(numbers) > 1 and "일" in words
    if year is None:
        year = base.year
        if ahead and numbers[0] < base.month:
            year += 1
        elif not ahead and (numbers[0] > base.month or (words.startswith("지난") and numbers[0] == base.month and not has_day)):
            year -= 1
    return _join(year, numbers[0], numbers[1]) if has_day else _join(year, numbers[0])


def _shifted(words: str, base: date) -> tuple[int | None, int | None]:
    if words.startswith(("지난해", "작년")):
        return base.year - 1, None
    if words.startswith("내년"):
        return base.year + 1, None
    if words.startswith(("올해", "금년", "올 ")):
        return base.year, None
    for forms, step in ((("지난달",), -1), (("이달", "이번"), 0), (("내달", "다음"), 1)):
        if words.startswith(forms):
            index = base.year * 12 + base.month - 1 + step
            return index // 12, index % 12 + 1
    return None, None


def _unit(words: str, base: date) -> str:
    year, month = _shifted(words, base)
    if words.startswith("지지난달"):
        index = base.year * 12 + base.month - 3
        return _join(index // 12, index % 12 + 1)
    if words.startswith("재작년"):
        return str(base.year - 2)
    if "주" in words[:5] and "년" not in words and "달" not in words:
        step = -7 if words.startswith("지난") else (7 if words.startswith("다음") else 0)
        monday = base - timedelta(days=base.weekday()) + timedelta(days=step)
        sunday = monday - timedelta(days=1)
        return f"{sunday.isoformat()}/{(sunday + timedelta(days=6)).isoformat()}"
    if month is not None and year is not None:
        return _join(year, month)
    return str(year) if year is not None else ""


def _weekday(words: str, base: date) -> str:
    target = "월화수목금토일".index(words[words.index("요일") - 1])
    monday = base - timedelta(days=base.weekday())
    if words.startswith("지난주"):
        day = monday - timedelta(days=7 - target)
    elif words.startswith("다음"):
        day = monday + timedelta(days=7 + target)
    elif words.startswith("이번"):
        day = monday + timedelta(days=target)
    elif words.startswith("오는"):
        day = base + timedelta(days=(target - base.weekday() - 1) % 7 + 1)
    else:
        day = base - timedelta(days=(base.weekday() - target - 1) % 7 + 1)
    return day.isoformat()


def _range(words: str, numbers: Sequence[int], base: date, future: bool) -> str:
    ahead = words.startswith("오는") or (future and not words.startswith("지난"))
    numbers = [n for n in numbers if n < 1000]
    years = [int(y) for y in re.findall(r"((?:19|20)\d\d)년", words)]
    months = [int(m) for m in re.findall(r"(\d{1,2})월", words)]
    days = [n for n in numbers if n not in months] if len(numbers) > 2 else numbers[-2:]
    if len(days) < 2:
        return ""
    if months:
        year = years[0] if years else base.year - (months[0] > base.month and not ahead)
        first, last = _join(year, months[0], days[0]), _join(year, months[-1], days[1])
    else:
        year_, month = _shifted(words, base)
        if month is not None and year_ is not None:
            return f"{_join(year_, month, days[0])}/{_join(year_, month, days[1])}"
        start = _near(base, days[0], future=ahead)
        first = start.isoformat()
        same = days[1] >= days[0]
        month_ = start.month if same else start.month % 12 + 1
        last = _join(start.year + (not same and start.month == 12), month_, days[1])
    return f"{first}/{last}"


def _near(base: date, day: int, *, future: bool = False) -> date:
    """The nearest such day: past preferred, future under a future cue."""
    for step in range(0, 3):
        index = base.year * 12 + base.month - 1 + (step if future else -step)
        year, month = index // 12, index % 12 + 1
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        candidate = date(year, month, day)
        if (future and candidate >= base) or (not future and candidate <= base + timedelta(days=0)):
            return candidate
    return base


def _join(year: int, month: int | None = None, day: int | None = None) -> str:
    if month is None or not 1 <= month <= 12:
        return f"{year}"
    if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def _clock(words: str) -> str:
    match = re.search(r"(\d{1,2})시(?:\s?(\d{1,2})분|\s?(반))?(께|경|쯤)?", words)
    part = next((p for p in sorted(_PARTS, key=len, reverse=True) if p in words), "")
    if match is None:
        return _PARTS.get(part, "")
    hour = int(match.group(1)) + (12 if part in ("오후", "저녁", "밤") and int(match.group(1)) < 12 else 0)
    minute = int(match.group(2) or (30 if match.group(3) else 0))
    return f"{hour % 24:02d}:{minute:02d}" + ("~" if match.group(4) else "")
