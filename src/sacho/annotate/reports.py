"""Reports in one sentence: a quotation, the verb that governs it, and who speaks."""

from __future__ import annotations

from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.annotate.subjects import Subject, find_subject, marks_subject
from sacho.records import AttributionKind, Record, Sentence, Source

# Verbs that report only with a quotation before them.
_BOUND = frozenset(
    "보 하 묻 쓰 적 알 부르 믿 이르 여기 꼽 짚 맞서 으르 외치 생각하 기대하 표하 못박 우려하 칭하 정리하".split()
)
_CLOSING = "”\"》"
_OPENING = "“\"《"
_ESTIMATING = ("predict", "say", "tell", "report", "claim")


class Pending(Record):
    """A quotation waiting for its verb. `last` is the token of its marker, `opening` and `end` are letters;
    `direct` has marks around it, `self` needs no reporting verb, `noun` modifies one (`…다는 입장`)."""

    last: int
    end: int
    opening: int
    direct: bool
    self: bool
    noun: bool = False
    estimate: bool = False


class Report(Record):
    """`text[start:end]` is what `outer`, `own` and `cited` say, outermost first. `first`..`last` are the tokens of
    the cue."""

    start: int
    end: int
    first: int
    last: int
    own: tuple[Source, ...]
    outer: tuple[Source, ...] = ()
    cited: tuple[Source, ...] = ()
    kind: AttributionKind = AttributionKind.reported
    rule: str = ""
    state: str = ""


def find_reports(scene: Scene, sentence: Sentence, focus: Focus) -> list[Report]:
    """The reports of a sentence in text order."""
    reader = _Reader(scene, sentence, focus)
    reader.read()
    return reader.reports


class _Reader:
    """One pass over the tokens of a sentence."""

    def __init__(self, scene: Scene, sentence: Sentence, focus: Focus) -> None:
        self.scene, self.tokens, self.words = scene, scene.tokens, scene.words
        self.sentence, self.first, self.stop, self.focus = sentence, sentence.first, sentence.last, focus
        self.reports: list[Report] = []
        self.pending: list[Pending] = []
        self.cited: tuple[Source, ...] = ()
        self.through: tuple[Source, ...] = ()
        self.resume = sentence.first
        self.opening = -1

    def read(self) -> None:
        tokens, quoted = self.tokens, self.scene.quoted
        i = self.first
        while i < self.stop:
            if quoted[i]:
                self.opening = i
                while i + 1 < self.stop and quoted[i + 1] and not self._reopens(i):
                    i += 1
                self._after_mark(i)
            else:
                self._token(i, tokens[i].tag)
            i += 1
        if any(p.self or p.direct and not p.noun for p in self.pending):
            self._report(self.stop - 1, self.stop - 1, "say", "quote")

    def _token(self, i: int, tag: str) -> None:
        tokens = self.tokens
        if tag == "EC":
            self._ending(i)
        elif tag == "ETM":
            self._adnominal(i)
        elif tag in ("XSV", "XSA") or tag[:2] in ("VV", "VA"):
            self._predicate(i)
        elif tag == "VCP" and self.pending and self.pending[-1].noun:
            self._nominal(i)
        elif tag == "NNB" and tokens[i].form == "것" and i + 1 < self.stop and tokens[i + 1].form == "으로":
            self._wait(i + 1, tokens[i].start, direct=False, estimate=True)
        elif tag == "NNG":
            self._noun(i)

    def _noun(self, i: int) -> None:
        """`소식통을 인용,`, and a verbal noun in the place of its verb: `…아니라고 판단,`."""
        form = self.tokens[i].form
        if form in ("인용", "근거"):
            self._citation(i)
        elif self.pending and form + "하" in self.words.verbs and (i + 1 == self.stop or self.tokens[i + 1].tag in ("SP", "SF")):
            self._governed(i, i, self.words.verbs[form + "하"])

    def _reopens(self, i: int) -> bool:
        text, tokens = self.scene.text, self.tokens
        return i > self.opening and text[tokens[i].start] in _CLOSING and text[tokens[i + 1].start] in _OPENING

    def _wait(
        self, last: int, end: int, *, direct: bool, self_: bool = False, noun: bool = False, estimate: bool = False
    ) -> None:
        opening = self.tokens[self.opening].start if direct else end
        self.pending.append(
            Pending(last=last, end=end, opening=opening, direct=direct, self=self_, noun=noun, estimate=estimate)
        )

    def _after_mark(self, i: int) -> None:
        """What stands behind a closing mark: the particle of a quotation, or nothing."""
        end, j = self.tokens[i].end, i + 1
        if j < self.stop and self.tokens[j].tag == "VCP":
            j += 1
        if j >= self.stop:
            return
        form, tag = self.tokens[j].form, self.tokens[j].tag
        if tag == "JKQ" or tag == "EC" and (form in self.words.plain or form == "고" and j == i + 1):
            self._wait(j, end, direct=True)
        elif tag in ("EC", "JC", "JKB") and form in self.words.after_mark and form not in ("고", "하고"):
            self._wait(j, end, direct=True, self_=True)
        elif tag == "ETM" and form in self.words.adnominal:
            self._wait(j, end, direct=True, noun=True)

    def _ending(self, i: int) -> None:
        form = self.tokens[i].form
        if not self.scene.quoted[i - 1] and (form in self.words.plain or form in self.words.self):
            self._wait(i, self._before(i), direct=False, self_=form in self.words.self)

    def _before(self, i: int) -> int:
        return max(self.tokens[i].start, self.tokens[i - 1].start + 1)

    def _adnominal(self, i: int) -> None:
        form, quoted = self.tokens[i].form, self.scene.quoted
        if form in self.words.adnominal and form != "는" and not quoted[i - 1] and not quoted[max(0, i - 2)]:
            self._wait(i, self._before(i), direct=False, noun=True)

    def _stem(self, i: int) -> str:
        """The verb's stem with its noun: `보도하`, also of `보도를 하다`, `으름장을 놓다`."""
        token, tokens = self.tokens[i], self.tokens
        if token.tag.startswith("XS"):
            k = i - 1
            while k > self.first and tokens[k].tag in ("SSC", "SSO", "XSN"):
                k -= 1
            return tokens[k].form + token.form
        if tokens[i - 1].tag in ("JKO", "JX") and i - 2 >= self.first and tokens[i - 2].tag == "NNG":
            joined = tokens[i - 2].form + token.form
            return joined if joined in self.words.verbs else token.form
        return token.form

    def _ending_of(self, i: int) -> int:
        for j in range(i + 1, min(i + 8, self.stop)):
            if self.tokens[j].tag in ("EC", "EF", "ETM", "ETN"):
                return j
        return min(i + 1, self.stop - 1)

    def _predicate(self, i: int) -> None:
        tokens = self.tokens
        stem, ending = self._stem(i), self._ending_of(i)
        if stem in ("따르", "의하") and tokens[i - 1].form == "에" and tokens[ending].form == "면":
            self._per(i, ending)
        elif stem in ("통하", "빌리") and tokens[i - 1].tag == "JKO":
            self._means(i, stem)
        else:
            passive = tokens[ending].form == "어" and ending + 1 < self.stop and tokens[ending + 1].form == "지"
            cls = "" if passive else self._class(i, stem)
            self._verb(i, ending, stem, cls, passive=passive)

    def _class(self, i: int, stem: str) -> str:
        if stem == "하":
            last = self.pending[-1].last if self.pending else -1
            return "say" if last >= 0 and not any(self.tokens[k].tag[0] == "V" for k in range(last + 1, i)) else ""
        return "" if stem in _BOUND and not self.pending else self.words.verbs.get(stem, "")

    def _verb(self, i: int, ending: int, stem: str, cls: str, *, passive: bool) -> None:
        kind = AttributionKind.denied if cls == "deny" else AttributionKind.reported
        if cls in ("report", "tell", "say") and not self.pending and self._negated(ending):
            self._told(i, ending, cls, AttributionKind.unreported)
        elif cls and self.pending:
            self._governed(i, ending, cls)
        elif cls in ("report", "tell", "deny"):
            self._told(i, ending, cls, kind)
        elif self.pending and not passive:
            self._other_verb(i, ending, stem)

    def _negated(self, ending: int) -> bool:
        after = range(ending + 1, min(ending + 3, self.stop))
        return self.tokens[ending].form == "지" and any(self.tokens[k].form in ("않", "못하", "못") for k in after)

    def _governed(self, i: int, ending: int, cls: str) -> None:
        if any(p.estimate for p in self.pending) and cls not in _ESTIMATING:
            self.pending.clear()
            return
        nouns = [p for p in self.pending if p.noun]
        if len(nouns) < len(self.pending):
            self.pending = [p for p in self.pending if not p.noun]
            self._report(i, ending, cls, cls)
        elif self._object_said(nouns[-1].last, i) and self.tokens[i].tag != "XSV" or cls == "deny":
            self._report(i, ending, cls, "noun")
        elif self._object_said(nouns[-1].last, i - 1):
            self._report(i, ending, cls, "noun")
        else:
            self.pending.clear()
            if cls in ("report", "tell"):
                self._told(i, ending, cls, AttributionKind.reported)

    def _object_said(self, after: int, predicate: int) -> bool:
        """Whether a noun of saying stands between the adnominal quotation and the verb: `…다는 입장을 밝혔다`."""
        return any(self.tokens[m].form in self.words.said for m in range(after + 1, predicate))

    def _nominal(self, i: int) -> None:
        """`…다는 입장이다`, `…다는 게 소식통의 설명이다`: the noun's owner, the topic, or who spoke before."""
        tokens = self.tokens
        noun = i - 1
        if tokens[noun].form not in self.words.held or any(tokens[k].tag == "ETM" for k in range(self.pending[-1].last + 1, i)):
            return
        self.pending = self.pending[-1:]
        owner = noun - 1
        held = sources_at(self.scene, owner, self.pending[-1].last + 1, self.focus) if tokens[owner].tag == "JKG" else ()
        if held:
            begin = tokens[self.resume].start
            self._add(begin, self.pending[0].end, i - 1, min(i + 1, self.stop - 1), Subject(sources=held, start=begin), AttributionKind.reported, "held")
            self.pending.clear()
        else:
            self._report(i - 1, min(i + 1, self.stop - 1), "say", "held")

    def _other_verb(self, i: int, ending: int, stem: str) -> None:
        if stem in self.words.bridges or self.tokens[ending].tag == "ETM":
            return
        if any(p.self or p.direct and not p.noun for p in self.pending):
            self._report(i, ending, "say", "quote")
        else:
            self.pending.clear()

    def _citation(self, i: int) -> None:
        particle = i - 1 if self.tokens[i - 1].tag in ("JKO", "JKB") else -1
        form, after = self.tokens[i].form, self.tokens[min(i + 1, self.stop - 1)].form
        if particle > self.first and (form == "인용" or after == "로"):
            self.cited += self._behind(particle)

    def _means(self, i: int, stem: str) -> None:
        found = self._behind(i - 1)
        if stem == "빌리":
            self.cited += found
        elif found and all(is_outlet(s, self.scene) for s in found):
            self.through = found

    def _behind(self, particle: int) -> tuple[Source, ...]:
        """Sources of `NP의 말을`, `NP 보도에`, `NP이 낸 자료에`: nouns of saying are stepped over."""
        tokens, words = self.tokens, self.words
        k = particle
        while k - 1 > self.first and self.scene.owner[k - 1] < 0 and (tokens[k - 1].tag == "JKG" or tokens[k - 1].form in words.carriers):
            k -= 1
        if k - 1 == self.first and tokens[k - 1].form in words.carriers:
            return self.focus.speaker or tuple(s for s, _ in self.focus.outlets[-1:])
        found = sources_at(self.scene, k, self.first, self.focus)
        if found or k == particle:
            return found
        for j in range(k - 1, self.first, -1):
            if tokens[j].tag == "JKS":
                return sources_at(self.scene, j, self.first, self.focus)
        return ()

    def _per(self, i: int, ending: int) -> None:
        found = self._behind(i - 1)
        if not found:
            return
        start = self.tokens[min(ending + 1, self.stop - 1)].start
        topic = any(marks_subject(self.scene, k) and self.tokens[k].start < found[0].start for k in range(self.first, i))
        start = self._trimmed(self.sentence.start if topic else start)
        if start < self.sentence.end:
            self.reports.append(Report(start=start, end=self.sentence.end, first=i - 1, last=ending, own=found, rule="per"))
        self.resume = self.resume if topic else ending + 1

    def _told(self, i: int, ending: int, cls: str, kind: AttributionKind) -> None:
        """A verb of telling with the event as its object: `귀임 소식을 보도했다`, `접촉을 부인했다`."""
        tokens = self.tokens
        k = i - 1 if tokens[i].tag.startswith("VV") else i - 2
        while k > self.resume and (tokens[k].tag in ("MAG", "SN", "NNB", "SSC") or tokens[k].form == "게"):
            k -= 1
        noun = tokens[k - 1].form if tokens[k].tag in ("JKO", "JX") else ""
        reported = kind is AttributionKind.reported
        if reported and noun not in self.words.news:
            return
        subject = self._subject(i, ending, cls, quotative=i, direct=False)
        told = noun in self.words.tidings or bool(subject.sources) and is_outlet(subject.sources[-1], self.scene)
        if told or not reported:
            self._add(subject.start, tokens[i].start, i, ending, subject, kind, cls)

    def _report(self, i: int, ending: int, cls: str, rule: str) -> None:
        first, last = self.pending[0], self.pending[-1]
        direct = all(p.direct for p in self.pending)
        subject = self._subject(i, ending, cls, quotative=first.last, direct=direct, after=last.last)
        start, end = subject.start, last.end
        told = cls in ("report", "tell") and self.tokens[i - 1].tag == "JKO" and self.tokens[i - 2].form in self.words.news
        if told:
            end = self.tokens[i].start
        opening = min(p.opening for p in self.pending)
        if cls == "deny":
            kind = AttributionKind.denied
        elif self.words.denials.search(self.scene.text, opening if direct else start, end):
            kind = AttributionKind.denied
        else:
            kind = AttributionKind.reported
            if direct and not (subject.sources and is_outlet(subject.sources[-1], self.scene)):
                start = opening
        self._add(start, end, i, ending, subject, kind, rule)
        self.pending.clear()

    def _subject(self, i: int, ending: int, cls: str, *, quotative: int, direct: bool, after: int = -1) -> Subject:
        before = [r.outer + r.own for r in self.reports if r.rule != "per"]
        following = self.tokens[min(ending + 1, self.stop - 1)].form
        return find_subject(
            self.scene, self.sentence, self.focus, resume=self.resume, quotative=quotative, after=after, predicate=i,
            report=cls == "report", direct=direct, before=before[-1] if before else (),
            modifier=self.tokens[ending].tag == "ETM" and following not in ("바", "것", "적"),
        )  # fmt: skip

    def _add(
        self, start: int, end: int, i: int, ending: int, subject: Subject, kind: AttributionKind, rule: str
    ) -> None:
        start = self._trimmed(start)
        if not subject.sources or start >= end:
            return
        first = i - 1 if self.tokens[i].tag.startswith("XS") else i
        self.reports.append(Report(
            start=start, end=end, first=first, last=ending, own=subject.sources, outer=self.through + subject.outer,
            cited=self.cited, kind=kind, rule=rule, state=subject.state,
        ))  # fmt: skip
        self.cited = self.through = ()
        if self.tokens[ending].tag == "EC" and self.tokens[ending].form not in self.words.plain:
            self.resume = ending + 1

    def _trimmed(self, start: int) -> int:
        while start < self.sentence.end and self.scene.text[start] in " ,·":
            start += 1
        return start
