"""Clues from what has its day in the calendar: `전날 열린 하노이 회담`, `6차 핵실험 이튿날`, `대선을 닷새 앞둔 31일`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from sacho.annotate.calendar_days import shifted
from sacho.annotate.publication_anchors import Anchor, on_number, sentence_of
from sacho.annotate.publication_clue import Clue, load_clue_rules
from sacho.annotate.publication_counts import COUNT, NUMBER, reach, read_count
from sacho.annotate.publication_today import is_plain
from sacho.annotate.tense import clause_after
from sacho.annotate.time_expression import TimeExpression, is_report
from sacho.annotate.timex_relative import DEICTIC
from sacho.annotate.timex_scene import MONTHS, YEARS
from sacho.records import Span

_DAY_BEHIND = r"(?:인|이던|이었던)?\s?(?:지난\s)?(?P<day>3[01]|[12]\d|[1-9])일(?![가-힣]*\s?(?:만|째|간))"
_SINCE = re.compile(
    rf"(?P<gap>[^,.\n“”\"]{{0,30}}?)(?P<count>{COUNT})(?:가량|쯤)?(?:이|가)?\s?(?:가량\s|남짓\s)?"
    r"(?P<way>만(?=에|의|인|이|$|\s)|지난(?=\s)|지나(?=[\s,]|자|서|도)|흐른|(?:뒤|후)(?=$|[\s,.에인의])|째)"
)
_AHEAD = re.compile(
    rf"(?P<gap>[^,.\n“”\"]{{0,14}}?)(?:을|를|이|가|까지)?\s?(?:꼭\s|불과\s)?(?P<count>{COUNT})(?:을|를|이|가)?\s?"
    r"(?:앞두|앞둔|앞으로|남기|남겨|남긴|남은|남았|전(?=$|[\s,.인에]))"
)
_NEXT = re.compile(
    r"(?:이|가|을|를|의|인|에|에서)?\s?(?:[가-힣]{1,6}\s)?(?:[가-힣]{0,6}[한된난진린]\s)?(?:바로\s|지\s)?"
    r"(?P<next>이튿날|다음\s?날|전날|하루\s전|당일)"
)
_LINK = re.compile(r"(?:지|이후|이래|후|뒤|으로부터|로부터)\s?(?:약\s|꼭\s|불과\s|채\s|벌써\s)?$")
_ABOUT = re.compile(r"에\s대[한해]|관[한련]")  # `천안함 사건에 대한 담화를 낸 지 하루`: since another event
_BACKGROUND = re.compile(r"(?:19|20)\d\d년|지난해|작년|당시|재작년|그해|이듬해|[았었였했갔왔]던\s")
_FUTURE = re.compile(r"열리는|열릴|가질|갖는|치러지는|치러질|예정|개최될|개최하는|앞둔|앞두|취임하는|취임할|취임한다|맞는|열기로|갖기로")
_PAST = re.compile(
    r"\s?(?:이|가|을|를|의|도|는|은)?\s?(?:이후|뒤|후(?=[\s,])|직후|당시|때(?=[\s,는의부])|결렬|"
    r"에서\s(?:합의한|서명한|채택한|채택된|나온|약속한))"
)
_MARKED = re.compile(rf"(?:[가-힣]{{0,6}}\s){{0,2}}?\s?{NUMBER}\s?(?:주년|돌|돐|주기|번째)")
_CLAUSE = re.compile(r"[가-힣](?:고|며|면서|지만|는데|으나)[,\s]")
_ADNOMINAL = re.compile(r"[한된린난던진간온은쏜낸운연]\s")
_YEARS = YEARS | {"지난": -1}
_STOP = re.compile(r"[.!?](?=[\s”\"’'])")
_MODIFIER = re.compile(r"에?\s(?:다시\s|처음\s)?(?:나온|열린|벌어진|이뤄진|이루어진|터진|일어난|발생한|만난|나왔던|[가-힣]{2}[된진])\s")
_HEAD = 3  # sentences at the head of a text, which count to the day of the report
_SHORT = 20  # days
_DIED = re.compile(r"[^.]{0,24}?(?:숨졌|숨진|숨을\s거|사망|서거|별세|타계)")
_RECALLED = re.compile(
    r"[^.\n]{0,24}?(?:던|한|된|난|진|은)\s(?:순간|과정|장면|기억|결정|의미|정신|경위|배경|뒷얘기|뒷이야기|영상)"
)
_MARKS = "'’”\"」』》〉"
_CHAINED = re.compile(r"[^.,\n“”\"]{0,30}[가-힣]고\s[^.,\n“”\"]{0,12}?")
_SAID_OF = re.compile(r"[가-힣]{0,3}다고\s|고\s")
_NEWS = 7  # days in which an event is answered as news
_FAR = date(2035, 12, 31)
Days = tuple[date, date]


def relation_clues(text: str, expressions: Sequence[TimeExpression], anchors: Sequence[Anchor]) -> Iterator[Clue]:
    for anchor in anchors:
        if _MARKED.match(text, anchor.end):
            continue
        counted = list(_counted(text, anchor))
        yield from counted
        if counted or anchor.dated:
            continue
        told = list(_told(text, expressions, anchor))
        yield from told
        if not told and anchor.sudden:
            yield from _dying(text, expressions, anchor)
        if not told and _was(text, anchor):
            first, last = anchor.days[0]
            span, until = Span(start=anchor.start, end=anchor.end), ""
            if _is_news(text, anchor):
                until = (last + timedelta(days=_NEWS)).isoformat()
            yield Clue(reason=f"after {anchor.what}", evidence=(span,), since=first.isoformat(), until=until)


def _is_news(text: str, anchor: Anchor) -> bool:
    """Whether the event is answered or told as what has just happened: `2397호를 채택한 데 대해`, `처형했다고 통신이 13일 보도했다`."""
    rules, behind = load_clue_rules().calendar, text[anchor.end : anchor.end + 48]
    return bool(rules["answered"].match(behind) or (anchor.sudden and rules["told"].match(behind)))


def _dying(text: str, expressions: Sequence[TimeExpression], anchor: Anchor) -> Iterator[Clue]:
    """The day of a death told in another sentence: `김정일 국방위원장의 사망과 관련해 … 그가 17일 열차에서 숨졌다고`."""
    if "-death-" not in anchor.what:
        return
    for e in expressions:
        if is_plain(text, e) and _DIED.match(clause_after(text, e.end)) and on_number(anchor.days[0], int(e.parts["day"])):
            low, high = anchor.days[0][0], anchor.days[0][1] + timedelta(days=30)
            evidence = (Span(start=anchor.start, end=anchor.end), Span(start=e.start, end=e.end))
            yield Clue(reason=f"{e.words} is {anchor.what}", evidence=evidence, since=low.isoformat(), until=high.isoformat())
            return


def _was(text: str, anchor: Anchor) -> bool:
    """Whether the one event meant is told as past: by its name alone, or by the words around it."""
    if len(anchor.days) > 1 or anchor.loose or anchor.office:
        return False
    behind = text[anchor.end : anchor.end + 24]
    rules = load_clue_rules().calendar
    if rules["not_yet"].search(behind) or _FUTURE.search(behind):
        return False
    return anchor.lasting or bool(_PAST.match(text, anchor.end) or rules["held"].search(text, max(0, anchor.start - 24), anchor.start))


# ---------------------------------------------------------------- days counted from it


def _counted(text: str, anchor: Anchor) -> Iterator[Clue]:
    """`연평도 포격 하루가 지난 24일`, `대선을 닷새 앞둔`, `핵실험 이튿날`, `취임 넉 달째`."""
    first, end = sentence_of(text, anchor.end - 1)
    rest = text[anchor.end : end]
    apart = load_clue_rules().calendar["other_news"].search(rest)
    if anchor.loose or apart or _BACKGROUND.search(text, first, anchor.start) or _BACKGROUND.search(rest):
        return
    since = _SINCE.match(rest)
    ahead, nearby = (None, None) if anchor.dated else (_AHEAD.match(rest), _NEXT.match(rest))
    if nearby is not None:
        step = {"전날": -1, "하루 전": -1, "당일": 0}.get(re.sub(r"\s+", " ", nearby["next"]), 1)
        focus = [(a + timedelta(days=step), b + timedelta(days=step)) for a, b in anchor.days]
        yield from _clue(text, anchor, nearby.end(), focus, f"{nearby['next']} of {anchor.what}")
    elif ahead is not None and (since is None or ahead.end() <= since.end()):
        count = read_count(ahead["count"])
        focus = [r for a, _ in anchor.days if count is not None and (r := reach(a, count, -1))]
        yield from _clue(text, anchor, ahead.end(), focus, f"{ahead['count']} before {anchor.what}")
    elif since is not None and _is_linked(since["gap"], anchor):
        yield from _clue(text, anchor, since.end(), _since(anchor, since), f"{since['count']} since {anchor.what}")


def _is_linked(gap: str, anchor: Anchor) -> bool:
    """Whether the count begins with the event: `…한 지`, `이후`, or nothing between."""
    if _ABOUT.search(gap) is not None:
        return False
    return _LINK.search(gap) is not None or (len(gap) <= 6 and not anchor.dated)


def _since(anchor: Anchor, found: re.Match[str]) -> list[Days]:
    count = read_count(found["count"])
    if count is None or (count.years_only and count.odd):
        return []
    if found["way"] == "째" and count.months:  # the running month or year
        one = count.months - (12 if count.years_only else 1)
        lows = [_months_on(a, one) for a, _ in anchor.days]
        return [(low, _months_on(a, count.months) + timedelta(days=4)) for low, (a, _) in zip(lows, anchor.days, strict=True)]
    if found["way"] == "째":  # `취임 나흘째`: the first day counts
        return [(a + timedelta(days=count.days - 1), a + timedelta(days=count.days)) for a, _ in anchor.days]
    ranges = []
    for a, b in anchor.days:
        low, high = reach(a, count, 1), reach(b, count, 1)
        if low is not None and high is not None:
            ranges.append((low[0], high[1]))
    return ranges


def _months_on(day: date, step: int) -> date:
    year, month = shifted(day.year, day.month, step)
    return date(year, month, min(day.day, 28))


def _clue(text: str, anchor: Anchor, length: int, focus: Iterable[Days], reason: str) -> Iterator[Clue]:
    """The report is of the day reached or the next; a day named right behind must be it (`하루 만인 20일`)."""
    at = anchor.end + length
    told = re.compile(_DAY_BEHIND).match(text, at)
    days = [f for f in focus if f[0].year < _FAR.year]
    late = (not text.startswith("이다", at) and len(_STOP.findall(text[: anchor.start])) >= _HEAD) or _MODIFIER.match(text, at) is not None
    if told is not None and any(on_number(f, int(told["day"])) for f in days):
        days = [(d, d) for f in days for d in on_number(f, int(told["day"]))]
        at = told.end()
    elif late and days and (days[0][1] - days[0][0]).days < _SHORT:
        return  # `핵실험 닷새 만에 나온 결의`, far down: counted to another event of the past
    if days:
        spans = tuple((a.isoformat(), (b + timedelta(days=1)).isoformat()) for a, b in days)
        yield Clue(reason=reason, evidence=(Span(start=anchor.start, end=at),), spans_of_time=spans)


# ---------------------------------------------------------------- the time told with it


def _told(text: str, expressions: Sequence[TimeExpression], anchor: Anchor) -> Iterator[Clue]:
    found = _attached(text, expressions, anchor)
    if found is None:
        return
    lead = text[found.end : anchor.start]
    ahead = bool(_FUTURE.search(lead) or _FUTURE.search(text, anchor.end, anchor.end + 12))
    numbers = re.findall(r"\d+", found.parts.get("br", "")) or ([found.parts["day"]] if "day" in found.parts else [])
    number = int(numbers[-1]) if numbers else 0
    if anchor.loose and not (number or found.rule == "deictic" or found.parts.get("focus") == "전날"):
        return
    if found.rule == "deictic" and _RECALLED.match(text, anchor.end):
        return  # `어제 방송은 두 정상이 선언에 서명한 과정을 되짚었다`
    if not (_took_place(text, found, anchor) or (number and found.parts.get("dir") == "지난")):
        return
    spans = [s for days in anchor.days for s in _allowed(text, found, days, number, ahead)]
    if spans:
        evidence = Span(start=min(found.start, anchor.start), end=max(anchor.end, found.end))
        yield Clue(
            reason=f"{found.words} is {anchor.what}", evidence=(evidence,),
            spans_of_time=tuple((a.isoformat(), b.isoformat()) for a, b in spans),
        )  # fmt: skip


def _took_place(text: str, found: TimeExpression, anchor: Anchor) -> bool:
    """Whether the event took place at that time, and is not only spoken of (`지난해 9·19 군사합의를 파기했다`)."""
    rules = load_clue_rules().calendar
    if found.start > anchor.start or anchor.what == "meeting" or anchor.office or anchor.yearly:
        return True
    held = rules["held"].search(text[found.end : anchor.start]) or text[anchor.end - 1] in "난진친졌났"
    return bool(held or rules["happened"].search(text[anchor.end : anchor.end + 18].lstrip(_MARKS)))


def _attached(text: str, expressions: Sequence[TimeExpression], anchor: Anchor) -> TimeExpression | None:
    """The time right before the words, in their clause; that of a report is not theirs."""
    first, _ = sentence_of(text, anchor.start)
    before = [e for e in expressions if first <= e.start and (e.end <= anchor.start or anchor.start < e.start < anchor.end)]
    before = [e for e in before if e.rule in ("date", "month", "year", "focus", "deictic", "week", "offset", "numeric")]
    if not before:
        return _announced(text, expressions, anchor)
    if before[-1].ends:
        return None
    found = before[-1]
    gap = text[found.end : anchor.start]
    chained = found.rule == "deictic" and anchor.lasting and not anchor.loose and _CHAINED.fullmatch(gap) is not None
    if is_report(text, found) or len(gap) > 44 or (_CLAUSE.search(gap) and not chained):
        return None
    if chained:
        return found  # `어제 서울에서 회담하고 위안부 문제에 합의했다`
    counted = found.rule == "deictic" and load_clue_rules().report["counted"].search(text[max(0, found.start - 10) : found.start])
    plain = found.rule == "date" and not {"mrel", "yrel", "dir"} & found.parts.keys()
    near = len(gap) <= 16 or counted or not plain or anchor.what == "meeting"
    return found if near or _ADNOMINAL.search(gap) else None


def _announced(text: str, expressions: Sequence[TimeExpression], anchor: Anchor) -> TimeExpression | None:
    """The day right behind an announcement: `사망했다고 북한이 어제 특별방송으로 발표했다`."""
    if "-announcement-" not in anchor.what or not _SAID_OF.match(text, anchor.end - 3):
        return None
    return next((e for e in expressions if e.rule == "deictic" and anchor.end <= e.start < anchor.end + 14), None)


def _allowed(text: str, e: TimeExpression, days: Days, number: int, ahead: bool) -> Iterator[Days]:
    """The days of publication on which this time would be that event."""
    first, last = days
    rel = re.sub(r"\s", "", e.parts.get("mrel", ""))
    year = re.sub(r"\s", "", e.parts.get("yrel", ""))
    month = int(e.parts.get("month", 0))
    met = on_number(days, number) if number else [first, last]
    met = [d for d in met if not month or d.month == month]
    if not met:
        return
    day = met[0]
    if "year" in e.parts or "year2" in e.parts:
        if int(e.parts.get("year") or e.parts["year2"]) == day.year and not ahead:
            yield day, _FAR
    elif year or rel:
        yield from _relative(day, year, rel)
    elif e.rule == "focus":
        if e.parts["focus"] == "전날":
            yield first + timedelta(days=1), last + timedelta(days=2)
    elif e.rule == "deictic":
        yield from _deictic(text, e, days)
    elif e.rule == "week":
        step = {"지난주": 7, "이번주": 0, "다음주": -7}.get(re.sub(r"\s", "", e.parts["week"]))
        if step is not None:
            yield first + timedelta(days=step - 6), last + timedelta(days=step + 6)
    elif e.rule == "offset":
        yield from _offset(e, days)
    elif month or number:
        yield from _plain(e, day, month, ahead)


def _relative(day: date, year: str, rel: str) -> Iterator[Days]:
    if rel:
        low = shifted(day.year, day.month, -MONTHS.get(rel, 0))
        if rel in MONTHS:
            yield date(*low, 1), date(*shifted(*low, 1), 1) - timedelta(days=1)
    elif year in _YEARS:
        number = day.year - _YEARS[year]
        yield date(number, 1, 1), date(number, 12, 31)


def _deictic(text: str, e: TimeExpression, days: Days) -> Iterator[Days]:
    word = e.parts["deictic"]
    back = re.search(rf"(?P<count>{COUNT})\s전\s$", text[max(0, e.start - 16) : e.start])
    count = read_count(back["count"]) if back else None
    if count is not None:
        if word == "오늘" and count.years_only and not count.odd:  # `열네 해 전 오늘`
            for d in days[:1]:
                again = date(d.year + count.months // 12, d.month, min(d.day, 28) if (d.month, d.day) == (2, 29) else d.day)
                yield again, again
    elif word in DEICTIC:
        yield days[0] - timedelta(days=DEICTIC[word]), days[1] - timedelta(days=DEICTIC[word])


def _offset(e: TimeExpression, days: Days) -> Iterator[Days]:
    count = read_count(re.sub(r"\s?(?:전|뒤|후|앞서).*$", "", e.words))
    if count is None or not (e.parts.get("way") == "전" or "ahead" in e.parts):
        return
    low, high = reach(days[0], count, 1), reach(days[1], count, 1)
    if low is not None and high is not None:
        yield low[0], high[1] + timedelta(days=1)


def _plain(e: TimeExpression, day: date, month: int, ahead: bool) -> Iterator[Days]:
    """A bare day or month: of the last month or year, or of the next if it is told as to come."""
    way, long = e.parts.get("dir", ""), 364 if month else 30
    if way in ("오는", "다가오는", "돌아오는") or (ahead and way != "지난"):
        yield day - timedelta(days=long), day
    else:
        yield day, day + timedelta(days=long)
