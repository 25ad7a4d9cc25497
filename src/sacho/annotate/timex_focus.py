"""The day in focus while a text is read: what `이날`, `전날`, `그해` point to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

import msgspec

from sacho.annotate.calendar_days import as_day, day_span, find_day
from sacho.annotate.lengths import length_of
from sacho.annotate.tense import Tense, clause_after, tense_after
from sacho.annotate.time_expression import TimeExpression, is_report
from sacho.annotate.timex_lengths import closed, lasting, since
from sacho.annotate.timex_rules import load_timex_rules
from sacho.annotate.timex_scene import Reading, Scene, Told, inherited, names_something
from sacho.annotate.timex_values import value_of
from sacho.records import Block, BlockKind, Timex, TimexKind, TimexRole

_QUOTES = re.compile("“[^“”\n]{2,}”|\"[^\"\n]{2,}\"|《[^《》\n]{12,}》")
_STOP = re.compile(r"[.?!\n](?:(?<=\n)|(?=$|[\s”\"’'])(?!(?<=\d\.)\s{1,2}\d))")  # not the points of `2023. 10. 19`
_BACKGROUND = re.compile(r"(?:앞서|지난|이전|과거|당시|작년|지난해)\s?,?\s?$")
_SINCE = re.compile(r"\s?(?:이후|이래|이전|부터|까지|에 이어|뒤|후|전|의|과|와|,)")  # `지난 9월 15일 이후 75일 만의 …`
_LISTED = re.compile(r"과\s|와\s|,\s?\d|에 이어|에 이은")
_PARTICIPLE = re.compile(
    r"^[^,.ㆍ]{0,24}?(?:(?<![북남대관위통또롯함의])한|된|(?<!를)린|(?<!지)난|[가려쳐어뤄러겨워]진|낸|떠난|[아녀나어]온|[아녀어]간|"
    r"[하했왔갔었았이]던|[마외끼펼그]친|[찾맺받있갖남놓넘옮]은|리는|하는|되는|지는|[릴할될질])\s"
    r"(?!뒤|후|데|자리|다음|직후|이후|가운데|것(?=으로|이|은)|바|만큼|상태|채|이날|당일)"
)
_ATTENDED = re.compile(  # `27일 도쿄에서 열린 집회에 나와 …`
    r"[^,.]{0,20}?(?:열린|진행된|개최된)\s[^,.\s]+(?:\s[^,.\s]+){0,3}?(?:에서|에\s(?:참석|나와|나가|참가|들러))"
)
_HONOURS = re.compile(r"^\s?(?:경애하는|존경하는|위대한)\s")
_STAMP = re.compile(r"(?:입력|등록|송고(?:시간)?|승인|수정|게재|작성|발행|업데이트)(?:\s?일시?)?\s?[:=]?\s?$")
_NEXT_TO = 8  # letters before a part of the day that opens a sentence
_CONNECTED = re.compile(r"[고며]\s|[해돼여나아어]\s|했|였|하고|면서|한\s(?:뒤|후|데|자리|다음|직후)")
_SAME_DAY = frozenset(["같은날", "당일", "그날"])
_NEXT_DAY = frozenset(["이튿날", "이틀날", "그이튿날", "다음날", "그다음날", "익일", "다다음날"])
_REMEMBERED = 4  # sentences within which `이튿날`, `이틀 뒤` count from the day told last
_TOLD = (BlockKind.body, BlockKind.headline)
_THEN = re.compile(r"\s*(?:당시|그때|이때)")
_ALONE = frozenset(["stay", "set", "decade", "year_range", "lunar"])  # read from their own words
_BESIDE = _ALONE | {"duration", "clock"}
_NOWHERE = Scene(text="", start=0, end=0, base=None)
_NAMED = frozenset(["focus", "offset", "weekend", "weekday", "deictic"])
_NAMING = frozenset(["date", "numeric", "month", "year"])
_MONTHS = frozenset(["month", "mrel", "year", "yrel"])
_FAR = 45  # days from publication at which a day is background
_SAID = 4  # days before the report on which `오늘` may have been said
_PASSING = 2  # sentences after which `이날` no longer points to what went before
_ELSEWHERE = re.compile(r"\s*(?:[▲△▷▶◇◆■□●○◎-]\s*)?(?:한편|이런 가운데|그런 가운데|이런 속에|이와 (?:별도|관련)|반면|이에 따라)")
_BY_ITSELF = re.compile(r"\s*(?:[\[(【〈<]\s*)?(?:[가-힣]{2,8},?\s)?")  # what may stand before the day of a dateline
_PRINTED = re.compile(r"\s*(?:,\s*)?(?:[가-힣]{2,8}(?:통신|방송|신문|뉴스))?\s*[.\])】〉>]*\s*$")
_ENDS = re.compile(r"(?:다|요|까|오|죠|음|함|됨)\s*[.?!\"”’'」』)\]]*\s*$|[.?!][\"”’'」』)\]]*\s*$")


class Resolver:
    """Reads the expressions of one text in order and keeps what each told.

    The focus is the event day told last in the paragraph; in a new paragraph the day that opened the one before it,
    else the lead's. Days in relative clauses, of other months, in quotations and in captions move it only where
    there is none.
    """

    def __init__(
        self, text: str, expressions: Sequence[TimeExpression], *, published: str, blocks: Sequence[Block]
    ) -> None:
        self.text, self.expressions, self.blocks = text, expressions, blocks
        self.base = date.fromisoformat(published) if published else None
        self._starts = [b.start for b in blocks]
        self._quotes = [m.span() for m in _QUOTES.finditer(text)]
        self._stops = [m.start() for m in _STOP.finditer(text)]
        self._readings = load_timex_rules().readings
        self._sentence: list[Told] = []  # dates of the sentence being read
        self._last_sentence = -1
        self._at = 0
        self._block = self._body = -2
        self.lead = self.opened = self.local = self.weak = self.reported = self.last = self.stay = self.recent = ""
        self._recent_sentence = -9
        self._day_before = ""  # the day told last in the sentence before this one
        self._passing = ("", -9)  # a day before the lead's, and the sentence that told or took it up last
        self._lead_from_headline = False
        self._tenses: dict[str, Tense] | None = None

    def resolve(self, expression: TimeExpression) -> Timex:
        self._enter(expression)
        report = is_report(self.text, expression) or self._is_dateline(expression)
        reading = self._with_length(expression, self._read(expression, report))
        self._remember(expression, reading, report)
        return Timex(
            start=expression.start, end=expression.end, kind=reading.kind, value=reading.value, time=reading.time,
            zone=reading.zone, role=TimexRole.report if report else TimexRole.event, anchor=reading.anchor,
            mod=reading.mod, rule=expression.rule, stretch=reading.stretch,
        )  # fmt: skip

    def _with_length(self, expression: TimeExpression, reading: Reading) -> Reading:
        after = self._next(expression)
        if reading.kind is not TimexKind.duration:
            stretch = lasting(self.text, expression, after, reading.value, lambda e: length_of(e.parts))
            return msgspec.structs.replace(reading, stretch=stretch) if stretch else reading
        value = since(self.text, expression, reading.value, self._sentence)
        if value:
            return Reading(value=value, anchor="focus")
        stretch = closed(self.text, expression, after, reading.value, self._ahead)
        return msgspec.structs.replace(reading, stretch=stretch, anchor="focus") if stretch else reading

    def _ahead(self, expression: TimeExpression) -> Reading:
        """The value of the expression that comes next."""
        scene = self._scene(expression, self.base, False)
        return value_of(self._readings[expression.rule], expression.parts, scene)

    def _enter(self, expression: TimeExpression) -> None:
        sentence = bisect_right(self._stops, expression.start)
        if sentence != self._last_sentence:
            day = next((t.value for t in reversed(self._sentence) if t.exact and not t.report), "")
            self._day_before = day if sentence == self._last_sentence + 1 and self._is_near(day) else ""
            self._last_sentence, self._sentence = sentence, []
        block = bisect_right(self._starts, expression.start) - 1
        if block == self._block:
            return
        self._block = block
        opened = self.opened if self._previous_body(block) == self._body else ""
        self.local = opened or self.lead
        if self._kind(block) in _TOLD:
            self._body, self.opened = block, ""

    def _read(self, expression: TimeExpression, report: bool) -> Reading:
        if expression.rule in _ALONE:
            return value_of(self._readings[expression.rule], expression.parts, _NOWHERE)
        base, anchored = self._anchor(expression)
        after = self._next(expression)
        scene = self._scene(expression, base, report)
        if after is not None and after.rule in _NAMING and self.text[expression.end : after.start] == "인 " and _is_named(expression):
            # `당일인 3월 5일`, `사흘 뒤인 21일`: the second tells the day of the first
            parts = after.parts | {k: v for k, v in expression.parts.items() if k == "wd"}
            day = value_of(self._readings[after.rule], parts, _moved(scene, after, self._sentence))
            return Reading(value=day.value, anchor=day.anchor)
        if expression.ends:
            return self._range(expression, scene)
        reading = value_of(self._readings[expression.rule], expression.parts, scene)
        return reading if not anchored or reading.anchor != "published" else msgspec.structs.replace(reading, anchor="focus")

    def _scene(self, expression: TimeExpression, base: date | None, report: bool) -> Scene:
        days = [t for t in self._sentence if t.exact]
        focus = self._focus(expression, days)
        if report and expression.rule == "focus":
            focus = self.reported or focus
        clock = next((t.value for t in reversed(days) if not t.report), "")
        if not clock and _THEN.match(self.text, self._begin()):
            clock = self.last if as_day(self.last) else ""
        if expression.rule == "clock" and base is not None and ":" in expression.words and self._opens_line(expression):
            clock = base.isoformat()  # `15:51 자유의집에서 나온 …`: an entry of today's ticker
        if not clock and expression.rule == "clock" and self._day_before and expression.start - self._begin() < _NEXT_TO:
            clock = self._day_before  # `18일 오전 도착했다. 오후에는 …`
        return Scene(
            text=self.text, start=expression.start, end=expression.end, base=base, focus=focus,
            told=days[-1].value if days else focus, last=self.last, clock_day=clock,
            stay=self.stay, weak=not (days or self.local or self.lead),
            following=self._following(expression), before=self._sentence, report=report, echo=self._echo,
        )  # fmt: skip

    def _focus(self, expression: TimeExpression, days: Sequence[Told]) -> str:
        """The day that `이날` means here: a day before the lead's only right behind it. `당일`, `같은 날` take the day
        told last, in an aside too."""
        word = re.sub(r"\s", "", expression.parts.get("focus", ""))
        value, sentence = self._passing
        if value and self._last_sentence - sentence <= _PASSING and (word in _SAME_DAY or not self._turns()):
            self._passing = (value, self._last_sentence)
        elif value:
            value = ""
        if word in _SAME_DAY:
            here = next((t.value for t in reversed(days) if not t.report), "")
            apart = self._kind(self._block) is BlockKind.caption or (self._turns() and word == "같은날")
            value = here or (self.local if apart else "") or self.recent or value
        elif word in _NEXT_DAY or expression.parts.get("way") in ("뒤", "후"):
            value = self.recent if self._last_sentence - self._recent_sentence <= _REMEMBERED else value
            value = "" if word in _NEXT_DAY and self._is_ahead(expression, value) else value
        return value or self.local or self.lead or self.weak or self.reported

    def _is_ahead(self, expression: TimeExpression, value: str) -> bool:
        """Whether the day after would lie behind the report's, of what is told as done."""
        today = self.base is not None and value == self.base.isoformat()
        return today and tense_after(clause_after(self.text, expression.end)) is Tense.past

    def _opens_line(self, expression: TimeExpression) -> bool:
        return expression.start == 0 or self.text[expression.start - 1] == "\n"

    def _turns(self) -> bool:
        """Whether the sentence turns to something else (`한편`)."""
        return _ELSEWHERE.match(self.text, self._begin()) is not None

    def _begin(self) -> int:
        return self._stops[self._last_sentence - 1] + 1 if self._last_sentence else 0

    def _is_dateline(self, expression: TimeExpression) -> bool:
        """A day in a line of its own, with the town and the agency only, or with a stamp (`입력`): the day of the report."""
        if expression.rule not in ("date", "juche", "numeric") or self._kind(self._block) is not BlockKind.body:
            return False
        if _STAMP.search(self.text, max(0, expression.start - 10), expression.start):
            return True
        first = self.text.rfind("\n", 0, expression.start) + 1
        last = self.text.find("\n", expression.end)
        lead = _BY_ITSELF.match(self.text, first, expression.start)
        end = self.text[expression.end : last if last >= 0 else len(self.text)]
        alone = lead is not None and lead.end() == expression.start and len(end) < 16 and _PRINTED.match(end) is not None
        return alone and self._block >= 0

    def _following(self, expression: TimeExpression) -> int:
        """Where the next expression starts that may have a verb of its own."""
        for other in self.expressions[self._at :]:
            if other.start > expression.start and other.rule not in _BESIDE:
                return other.start
        return 10**9

    def _next(self, expression: TimeExpression) -> TimeExpression | None:
        """The expression behind this one; the text is read in order."""
        while self._at < len(self.expressions) and self.expressions[self._at].start <= expression.start:
            self._at += 1
        return self.expressions[self._at] if self._at < len(self.expressions) else None

    def _range(self, expression: TimeExpression, scene: Scene) -> Reading:
        """`지난달 30일부터 이달 2일까지`; of clock times, the day with both times."""
        first, last = expression.ends
        bare = [e.rule == "date" and not _MONTHS & e.parts.keys() for e in (first, last)]
        if all(bare) and scene.base is not None and inherited(scene, None, int(first.parts["day"])) is None:
            closed = _moved(scene, last, ())
            value = day_span(scene.base, int(first.parts["day"]), int(last.parts["day"]), closed.tense(first.parts))
            return Reading(value=value, anchor="published")
        if bare[0] and last.rule == "date" and not bare[1] and "dir" not in first.parts and scene.base is not None:
            end = value_of("date", last.parts, _moved(scene, last, ()))  # `28일∼3월 1일`: the end tells the month
            day = find_day(as_day(end.value) or scene.base, int(first.parts["day"]), Tense.past) if as_day(end.value) else None
            return Reading(value=f"{day.isoformat()}/{end.value}" if day is not None else "", anchor=end.anchor)
        start = value_of(self._readings[first.rule], first.parts, _moved(scene, first, scene.before))
        told = Told(start=first.start, end=first.end, value=start.value, anchor=start.anchor, rule=first.rule)
        closed = _moved(scene, last, (*scene.before, told), told=start.value)
        end = value_of(self._readings[last.rule], last.parts, closed)
        if last.rule == "clock":
            time = f"{start.time}/{end.time}" if start.time and end.time else ""
            return Reading(value=start.value, kind=start.kind, anchor=start.anchor, time=time, zone=start.zone)
        low, high = start.value.rstrip("~"), end.value.rstrip("~")
        if last.rule == "date" and high < low and not {"month", "mrel", "dir"} & last.parts.keys():
            later = find_day(as_day(low) or date.max, int(last.parts["day"]), Tense.ahead) if as_day(low) else None
            high = later.isoformat() if later is not None else ""
        fits = bool(low and high) and "/" not in low + high and (low <= high or "X" in low + high)
        return Reading(value=f"{low}/{high}" if fits else "", anchor=start.anchor, zone=start.zone)

    def _anchor(self, expression: TimeExpression) -> tuple[date | None, bool]:
        """What `어제` is counted from: in a quotation the day on which it was said, if that is told behind it."""
        k = bisect_right(self._quotes, (expression.start, len(self.text))) - 1
        if k < 0 or self._quotes[k][1] <= expression.start:
            return self.base, False
        close = self._quotes[k][1]
        for other in self.expressions:
            if other.start >= close:
                if bisect_right(self._stops, other.start) > bisect_right(self._stops, close) or not is_report(self.text, other):
                    break
                scene = Scene(text=self.text, start=other.start, end=other.end, base=self.base, report=True)
                day = as_day(value_of(self._readings[other.rule], other.parts, scene).value)
                return (day, True) if day is not None else (self.base, False)
        said = as_day(self.local or self.lead)
        if said is not None and self.base is not None and 0 < (self.base - said).days < _SAID and expression.words.startswith("오늘"):
            return said, True  # a morning paper: `합참은 “오늘 오전 …”고 밝혔다`
        return self.base, False

    def _remember(self, expression: TimeExpression, reading: Reading, report: bool) -> None:
        value = reading.stretch or reading.value
        if (reading.kind is not TimexKind.date and not reading.stretch) or not value:
            return
        day = as_day(value)
        self._sentence.append(Told(
            start=expression.start, end=expression.end, value=value, anchor=reading.anchor, rule=expression.rule,
            report=report, exact=day is not None,
        ))  # fmt: skip
        if not report:
            self.last = value
        if day is None:
            self.stay = value if len(value) == 21 and "/" in value else self.stay
            return
        value = value.rstrip("~")
        if report:
            self.reported = value
            return
        kind = self._kind(self._block)
        if kind not in _TOLD:
            self.local = value if kind is BlockKind.caption else self.local
            return
        background = self._is_background(expression, day)
        if self._is_aside(expression) or (background and _SINCE.match(self.text, expression.end)):
            self.weak = value
            return
        self.recent, self._recent_sentence = value, self._last_sentence
        if self._goes_back(expression, value):
            if not self._steps_back(expression):
                self._passing = (value, self._last_sentence)
            return
        self.local, self._passing = value, ("", -9)
        if not background:
            self._lead(expression, value, kind is BlockKind.headline or self._is_subhead())

    def _goes_back(self, expression: TimeExpression, value: str) -> bool:
        """A day before the lead's, told after it: what went before."""
        return bool(self.lead) and not self._lead_from_headline and value < self.lead

    def _steps_back(self, expression: TimeExpression) -> bool:
        """`전날` is counted from the day in focus and leaves it where it is."""
        return expression.rule == "focus" and expression.parts.get("focus", "").startswith("전")

    def _is_subhead(self) -> bool:
        """A line that is no sentence: `◎2차회담은 내달 16일 평양서`."""
        block = self.blocks[self._block] if self._block >= 0 else None
        return block is not None and _ENDS.search(self.text, block.start, block.end) is None

    def _lead(self, expression: TimeExpression, value: str, headline: bool) -> None:
        """The first day of the text, the body's before the headline's; and the day that opens the paragraph."""
        start = self.blocks[self._block].start if self._block >= 0 else -1
        if start >= 0 and expression.start - start < 40 and bisect_right(self._stops, start) == self._last_sentence:
            self.opened = value
        if not self.lead or self._lead_from_headline:
            self.lead, self._lead_from_headline = value, headline

    def _is_aside(self, expression: TimeExpression) -> bool:
        """In a quotation, in a relative clause (`지난 18일 도착한 장관`), or before another day (`25일과 28일`)."""
        if expression.rule == "focus":
            return False
        if self._is_set_apart(expression):
            return True
        clause = _HONOURS.sub("", clause_after(self.text, expression.end), count=1)[:40]
        found = _PARTICIPLE.match(clause)
        if found is not None and _ATTENDED.match(clause):
            return False
        return found is not None and not _CONNECTED.search(clause[: found.end() - 2])

    def _is_set_apart(self, expression: TimeExpression) -> bool:
        """In a quotation, before another day, or a day by its name that tells what is marked (`광명성절에 즈음하여`)."""
        start = expression.start
        k = bisect_right(self._quotes, (start, 0)) - 1
        quoted = k >= 0 and start < self._quotes[k][1]
        marked = names_something(expression.rule, expression.end, self.text) and self.text[expression.start - 2 : expression.start] != "일 "
        return quoted or marked or _LISTED.match(self.text, expression.end) is not None

    def _is_near(self, value: str) -> bool:
        """Whether a day, not about it, and not months away from the report."""
        day = as_day(value) if len(value) == 10 else None
        return day is not None and self.base is not None and abs((day - self.base).days) <= _FAR

    def _is_background(self, expression: TimeExpression, day: date) -> bool:
        """Months away, or told as what went before."""
        if self.base is not None and abs((day - self.base).days) > _FAR:
            return True
        return _BACKGROUND.search(self.text, max(0, expression.start - 8), expression.start) is not None

    def _kind(self, block: int) -> BlockKind:
        return self.blocks[block].kind if 0 <= block < len(self.blocks) else BlockKind.body

    def _previous_body(self, block: int) -> int:
        k = block - 1
        while k >= 0 and self.blocks[k].kind not in _TOLD:
            k -= 1
        return k

    def _echo(self, day: str) -> Tense:
        """The tense that another place of the text gives to a bare day of that number (a headline gives none)."""
        if self._tenses is None:
            self._tenses = {}
            for e in self.expressions:
                if e.rule == "date" and not {"month", "mrel", "year", "yrel"} & e.parts.keys():
                    way = {"오는": Tense.ahead, "지난": Tense.past}.get(e.parts.get("dir", ""))
                    tense = way or tense_after(clause_after(self.text, e.end))
                    if is_report(self.text, e):
                        tense = Tense.past
                    if tense is not Tense.none:
                        self._tenses.setdefault(e.parts["day"], tense)
        return self._tenses.get(day, Tense.none)


def _is_named(expression: TimeExpression) -> bool:
    return expression.rule in _NAMED or (expression.rule == "duration" and expression.words.endswith("째"))


def _moved(scene: Scene, expression: TimeExpression, before: Sequence[Told], *, told: str = "") -> Scene:
    return msgspec.structs.replace(
        scene, start=expression.start, end=expression.end, before=before, told=told or scene.told
    )
