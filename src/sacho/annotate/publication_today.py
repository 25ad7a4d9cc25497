"""Whether the last day told is the day of the report: `4일 다시 이었다 … 오늘 …`, `24일 섬에서는 … 이날 …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sacho.annotate.publication_anchors import sentence_of
from sacho.annotate.publication_clue import Clue, load_clue_rules, spans_of
from sacho.annotate.publication_counts import COUNT
from sacho.annotate.tense import Tense, clause_after, tense_after
from sacho.annotate.time_expression import TimeExpression

_PAST = "".join(chr(0xAC00 + n) for n in range(11172) if n % 28 == 20 and chr(0xAC00 + n) not in "있겠")
_FINITE = re.compile(rf"(?:[{_PAST}]|[고어아] 있|아니)(?:다|고|으며|지만|으나|는데|던)(?:고|며|면서)?(?=[\s,.]|$)|하고 있다")
_OPEN = re.compile(r"[가-힣](?:[한된린난낸쏜연]|[은는])\s(?:가운데|뒤|후|데|것|다음|직후|이후)")
_HEARSAY = re.compile(r"알려졌|전해졌|예정|계획|수\s(?:있|없)|것으로|것이라|전후")
_TOWARDS = re.compile(
    r"을\s(?:[가-힣\d]+\s)?앞[두둔]|까지|부터|(?:로|으로)\s(?:예정|잡|정해|미뤄|연기)|을\s전후|"
    r"[은는]\s[^.]{0,30}(?:되는|맞는)\s날"
)
_COUNTED = re.compile(rf"(?:{COUNT})(?:이|가)?\s?$")
_SENTENCES = 2  # at the head of a text, in which the day of the report is told first
_RUNNING = frozenset(["오늘", "금일", "내일", "모레"])
_GONE = frozenset(["어제", "그제", "그저께", "엊그제", "어젯밤"])


def is_plain(text: str, e: TimeExpression) -> bool:
    """A bare day, or one with its month: nothing says how far it is from the report. In `하루가 지난 24일` the verb is no
    part of the day."""
    if e.rule != "date" or "day" not in e.parts or e.ends or {"mrel", "year", "yrel"} & e.parts.keys():
        return False
    return "dir" not in e.parts or (e.parts["dir"] == "지난" and _COUNTED.search(text[max(0, e.start - 14) : e.start]) is not None)


def day_told(text: str, expressions: Sequence[TimeExpression]) -> Iterator[Clue]:
    """The last day of what is told as past, first told at the head of the text, is that of the report if the text goes on
    with 오늘 or 이날, names its weekday, or comes back to it; a day by local time may also be the day before."""
    told = [e for e in expressions if is_plain(text, e)]
    main = [e for e in told if _is_main(text, e)]
    if not main:
        return
    last = latest([int(e.parts["day"]) for e in main])
    used = [e for e in main if int(e.parts["day"]) == last]
    if not last or not used or text[: used[0].start].count(". ") + text[: used[0].start].count(".\n") >= _SENTENCES:
        return
    sign = _sign(text, expressions, used)
    if sign is None or any(_is_later(text, e, last) for e in told):
        return
    words, sure = sign
    sure = sure and not any({"zone", "zone1", "zone2", "zone3"} & e.parts.keys() for e in used) and not is_northern(text)
    months = {int(e.parts["month"]) for e in used if "month" in e.parts}
    yield Clue(
        reason="the day told is today" if sure else "the day told is today or yesterday", evidence=spans_of([used[0], *words]),
        days=(last,) if sure else (last, *next_numbers(last)), months=tuple(months) if sure and len(months) == 1 else (), sure=True,
    )  # fmt: skip


def next_numbers(day: int) -> tuple[int, ...]:
    """The numbers that the next day may have."""
    return (day + 1,) if day < 28 else (day + 1, 1) if day < 31 else (1,)


def is_northern(text: str) -> bool:
    """Written in the manner of DPRK media, which tell today what was yesterday's."""
    return len(load_clue_rules().report["northern"].findall(text[:1500])) > 1


def _is_main(text: str, e: TimeExpression) -> bool:
    """Whether the day stands in a main clause told as past or going on."""
    clause = clause_after(text, e.end)
    if load_clue_rules().report["reached"].search(text[max(0, e.start - 12) : e.start + 3]) and not _TOWARDS.match(clause):
        return True
    end = _FINITE.search(clause)
    if end is None or _OPEN.search(clause[: end.start()]) or _HEARSAY.search(clause) or _TOWARDS.match(clause):
        return False
    return tense_after(clause) is not Tense.ahead


def _is_later(text: str, e: TimeExpression, last: int) -> bool:
    """A day after the last one told, or before it in number, that is told as past in some other way."""
    day = int(e.parts["day"])
    clause = clause_after(text, e.end)
    told = tense_after(clause) is Tense.past and not _HEARSAY.search(clause) and not _TOWARDS.match(clause)
    return 0 < day - last < 15 and told


def _sign(
    text: str, expressions: Sequence[TimeExpression], used: Sequence[TimeExpression]
) -> tuple[list[TimeExpression], bool] | None:
    """What tells that the day is today's, and whether it does so surely; None without a sign, or where the text also tells
    of yesterday as such. A paper of the next morning goes on with 이날 as well, and so that is not sure."""
    deictic = [e for e in expressions if e.rule == "deictic"]
    rules = load_clue_rules().report
    running = [e for e in deictic if e.parts["deictic"] in _RUNNING and not rules["counted"].search(text[max(0, e.start - 10) : e.start])]
    if running:
        return running[:1], True
    if any(e.parts["deictic"] in _GONE for e in deictic):
        return None
    if any({"wd", "wd2"} & e.parts.keys() or rules["weekday_of"].search(text[max(0, e.start - 5) : e.start]) for e in used):
        return [], True
    if any(rules["reached"].search(text[max(0, e.start - 12) : e.start + 3]) for e in used):
        return [], True
    same = [e for e in expressions if e.rule == "focus" and e.parts["focus"] in ("이날", "같은 날", "당일") and e.start > used[0].end]
    if same:
        named = [e for e in same if rules["weekday_of"].search(text[max(0, e.start - 5) : e.start])]
        return (named or same)[:1], bool(named)
    sentences = {sentence_of(text, e.start) for e in used}
    return (list(used[1:2]), False) if len(sentences) > 1 else None


def latest(days: Sequence[int]) -> int:
    """The last of the days, the turn of a month among them; 0 if they may be of one month or of two."""
    low, high = min(days), max(days)
    if high - low < 18:
        return high
    return max(d for d in days if d <= 5) if low <= 5 and high >= 26 and all(d <= 5 or d >= 24 for d in days) else 0
