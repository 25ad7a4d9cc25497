"""Reports in one sentence: a quotation, the verb that governs it, and who speaks."""

from __future__ import annotations

from sacho.annotate import sayers
from sacho.annotate.citations import citation_particle, cited_at, giver, names_teller, outlet_topic, owner_behind
from sacho.annotate.quoted import Pending, Report
from sacho.annotate.reporting import pattern
from sacho.annotate.saying import ending_of, negated, said_between, stem_of
from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.annotate.subjects import Clause, Subject, find_medium, find_subject, marks_subject
from sacho.records import AttributionKind, Sentence, Source

_CLOSING, _OPENING = "”\"》", "“\"《"
_ESTIMATING = ("predict", "say", "tell", "report", "claim")
_ON_WORD_OF = ("라며", "라면서", "이라며", "이라면서", "라고", "며", "면서")
_HEARSAY = ("ᆫ다", "는다", "ᆸ니다", "습니다")
_PRESENTING = ("소개하", "옮기", "전재하")
_ON = ("며", "면서", "어", "고", "으며", "으면서")
_ASKING = ("묻", "되묻", "질문하", "캐묻", "따져묻")
_TELLING = ("report", "tell")
_COUNTS = ("추산", "집계", "말", "조사", "분석", "계산", "추정", "파악", "설명", "전언", "통계", "기록")
_OBJECT = ("JKO", "JX")
# Other tokens tell nothing; nouns only where something waits for them.
_TAGS = frozenset(["EC", "ETM", "JX", "XSV", "XSA", "VCP", "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"])
_FORMS = frozenset(["것", "인용", "근거", "고"])


def find_reports(scene: Scene, sentence: Sentence, focus: Focus) -> list[Report]:
    """The reports of a sentence in text order."""
    reader = _Reader(scene, sentence, focus)
    reader.read()
    return reader.reports


class _Reader:
    """One pass over the tokens of a sentence. `begin` is where the next speaker may stand, `act` the speaker's own
    act before the report (its verb, and the token behind it), `other` a verb that may close what waits."""

    def __init__(self, scene: Scene, sentence: Sentence, focus: Focus) -> None:
        self.scene, self.tokens, self.words = scene, scene.tokens, scene.words
        self.sentence, self.first, self.stop, self.focus = sentence, sentence.first, sentence.last, focus
        self.reports: list[Report] = []
        self.pending: list[Pending] = []
        self.cited: tuple[Source, ...] = ()
        self.through: tuple[Source, ...] = ()
        self.begin = sentence.first
        self.opening = -1
        self.act = (-1, -1)
        self.other = (-1, -1)
        self.cutting = -1

    def read(self) -> None:
        quoted, tokens = self.scene.quoted, self.tokens
        i = self.first
        for k, token in enumerate(tokens[self.first : self.stop], self.first):
            if k < i:
                continue  # in the marks of the quotation before
            i = k + 1
            if quoted[k]:
                self.opening = k
                while i < self.stop and quoted[i] and not self._reopens(i - 1):
                    i += 1
                self._after_mark(i - 1)
            elif token.tag in _TAGS or token.form in _FORMS or (token.tag == "NNG" and self.pending):
                self._token(k, token.tag)
        if self._spoken():
            self._close(self.stop - 1)

    def _reopens(self, i: int) -> bool:
        text, tokens = self.scene.text, self.tokens
        return i > self.opening and text[tokens[i].start] in _CLOSING and text[tokens[i + 1].start] in _OPENING

    def _spoken(self) -> bool:
        """Whether what waits is speech whatever its verb: in marks with a particle, or ending in 라며, 다며."""
        return any([p.speaking or (p.direct and not p.noun) for p in self.pending])

    # ------------------------------------------------------------ markers of quotation

    def _after_mark(self, i: int) -> None:
        """What stands behind a closing mark: the particle of a quotation, or nothing."""
        end, j = self.tokens[i].end, i + 1
        if j < self.stop and self.tokens[j].tag == "VCP":
            j += 1
        if j >= self.stop:
            return
        form, tag = self.tokens[j].form, self.tokens[j].tag
        opening = self.tokens[self.opening].start
        if tag == "VV" and form == "하" and j + 1 < self.stop and self.tokens[j + 1].form in ("고", "며", "면서"):
            self.pending.append(Pending(last=j + 1, end=end, opening=opening, direct=True, speaking=True))
        elif tag == "JKQ" or (tag == "EC" and (form in self.words.plain or (form == "고" and j == i + 1))):
            self.pending.append(Pending(last=j, end=end, opening=opening, direct=True))
        elif tag in ("EC", "JC", "JKB") and form in self.words.after_mark and form not in ("고", "하고"):
            self.pending.append(Pending(last=j, end=end, opening=opening, direct=True, speaking=True))
        elif tag == "ETM" and form in self.words.adnominal:
            self.pending.append(Pending(last=j, end=end, opening=opening, direct=True, noun=True))

    def _token(self, i: int, tag: str) -> None:
        tokens = self.tokens
        if tag in ("EC", "ETM"):
            self._ending(i, tag)
        elif tag == "JX" and tokens[i - 1].tag == "JKB" and tokens[i - 2].form in _COUNTS and not self.scene.quoted[i]:
            self._cite(i - 1, i, i)  # 통일부 집계로는
        elif tag == "JX" and self._spoken() and (self.other[0] >= 0 or sayers.by_turns(self.scene, self.pending[-1], i, self.stop)):
            self._new_topic(i)
        elif tag in ("XSV", "XSA") or tag[:2] in ("VV", "VA"):
            self._predicate(i)
        elif tag == "VCP" and self.pending and self.pending[-1].noun:
            grounds = tokens[i - 1].form == "에서" and tokens[i - 2].form in self.words.grounds
            self._grounds(i) if grounds else self._held(i)
        elif tag == "NNB" and tokens[i].form == "것" and i + 1 < self.stop and tokens[i + 1].form == "으로":
            at = tokens[i].start
            self.pending.append(Pending(last=i + 1, end=at, opening=at, estimate=True))
        elif tag == "VCP" and i + 1 < self.stop and tokens[i + 1].form in _ON_WORD_OF:
            self._on_word_of(i)
        elif tag == "NNG":
            self._noun(i)
        elif tokens[i].form == "고" and i > self.first and tokens[i - 1].tag == "EF":
            at = tokens[i].start  # 방미한다|고, which the analyser sometimes takes for two words
            if tokens[i - 1].end == at:
                self.pending.append(Pending(last=i, end=at, opening=at))

    def _ending(self, i: int, tag: str) -> None:
        """`…다고`, `…라며`, `…다는` outside of marks."""
        form, words, quoted = self.tokens[i].form, self.words, self.scene.quoted
        if i == self.cutting or quoted[i - 1] or (tag == "ETM" and quoted[max(0, i - 2)]):
            return
        speaking = form in words.speaking
        noun = tag == "ETM" and form in words.adnominal and form != "는"
        if noun or speaking or (tag == "EC" and form in words.plain):
            end = max(self.tokens[i].start, self.tokens[i - 1].start + 1)
            self.pending.append(Pending(last=i, end=end, opening=end, speaking=speaking, noun=noun))

    def _noun(self, i: int) -> None:
        """`소식통을 인용,`, and a verbal noun in the place of its verb: `…아니라고 판단,`."""
        form = self.tokens[i].form
        if form in ("인용", "근거"):
            particle = citation_particle(self.scene, self.sentence, i)
            if particle >= 0:
                self.cited += cited_at(self.scene, self.sentence, self.focus, particle)
        elif self.pending and self.pending[-1].noun and self.tokens[i - 1].tag == "JKG" and form in self.words.said:
            self._owned(i)
        elif self.pending and form + "하" in self.words.verbs and (i + 1 == self.stop or self.tokens[i + 1].tag in ("SP", "SF")):
            self._governed(i, i, self.words.verbs[form + "하"])

    def _owned(self, i: int) -> None:
        """`"…"라는 전직 당국자의 발언`: the noun's owner, if he stands right behind the quotation."""
        last = self.pending[-1]
        found = owner_behind(self.scene, last.last, i, self.focus)
        start = last.opening if last.direct else self.tokens[self.begin].start
        self._add(start, last.end, i, i, Subject(sources=found, start=start), AttributionKind.reported, "held")
        if found:
            self.pending.pop()

    def _on_word_of(self, i: int) -> None:
        """`NHK는 방위성 간부의 말이라며 …고 보도했다`: whose word it is, in the place of a citation."""
        if self.tokens[i - 1].form in self.words.carriers:
            found = cited_at(self.scene, self.sentence, self.focus, i)
            if found and not self.scene.quoted[i - 1]:
                self.cited += found
                self.cutting = i + 1

    # ------------------------------------------------------------ verbs

    def _predicate(self, i: int) -> None:
        tokens = self.tokens
        stem, ending = stem_of(self.tokens, self.first, i, self.words), ending_of(self.tokens, i, self.stop)
        if tokens[ending].form == "면" and sayers.per_phrase(self.scene, self.first, i, stem):
            self._per(i, ending)
        elif stem in _PRESENTING and tokens[ending].form in _ON and (own := sayers.paper_of(self.scene, self.sentence, self.focus, i)):
            self.cited += own
        elif stem in ("통하", "빌리", "들") and tokens[i - 1].tag == "JKO":
            found = cited_at(self.scene, self.sentence, self.focus, i - 1)
            if stem == "빌리" or (stem == "들" and tokens[ending].form == "어" and found and found[-1].entity[:5] in ("anon:", "group")):
                self.cited += found
            elif found and all(is_outlet(s, self.scene) for s in found):
                self.through = found
        else:
            passive = tokens[ending].form == "어" and ending + 1 < self.stop and tokens[ending + 1].form == "지"
            manner = tokens[i].tag[:2] in ("VA", "XS") and tokens[ending].form == "게"  # 만났다고 짧게 전했다
            if not passive and not manner and (stem, tokens[ending].form) != ("이르", "면"):  # `이르면 다음 달`
                self._verb(i, ending, stem, self._class(i, stem))

    def _class(self, i: int, stem: str) -> str:
        if stem == "하":
            last = self.pending[-1].last if self.pending and not self.pending[-1].noun else self.stop
            return "say" if last < i and all(self.tokens[k].tag[0] != "V" for k in range(last + 1, i)) else ""
        return "" if stem in self.words.bound and not self.pending else self.words.verbs.get(stem, "")

    def _verb(self, i: int, ending: int, stem: str, cls: str) -> None:
        if self.pending and stem in _ASKING and sayers.asked(self.scene, self.begin, self.pending[0].last):
            self.pending.clear()
        elif cls in (*_TELLING, "say") and not self.pending and negated(self.tokens, ending):
            self._told(i, ending, cls, AttributionKind.unreported)
        elif cls and self.pending:
            self._governed(i, ending, cls)
        elif cls in _TELLING or cls == "deny":
            self._told(i, ending, cls, AttributionKind.denied if cls == "deny" else AttributionKind.reported)
        elif self.pending:
            self._other_verb(i, ending, stem)
        elif cls == "say" and self.tokens[ending].form in ("고", "며", "면서"):
            fact = any(self.tokens[k].tag == "ETN" for k in range(max(self.first, i - 3), i))
            self.act = self.act if fact else (i, ending + 1)  # 투입되었음을 확인하며: said, not done

    def _governed(self, i: int, ending: int, cls: str) -> None:
        """A reporting verb with what waits for it. `…다고 한다` is hearsay: of the outlet or the nameless who spoke last."""
        if cls == "say" and self.tokens[ending].form in _HEARSAY and self._hearsay(i, ending):
            return
        if any(p.estimate for p in self.pending) and cls not in _ESTIMATING:
            self.pending.clear()
        elif any(not p.noun for p in self.pending):
            last = self.pending[-1]
            noun = i - self.tokens[i].tag.startswith("XS")
            told = last.noun and not last.direct and said_between(self.tokens, self.words, last.last, noun)
            self.pending = [p for p in self.pending if not p.noun or (told and p is last)]
            self._report(i, ending, cls, cls)
        elif cls == "deny" or said_between(self.tokens, self.words, self.pending[-1].last, i - self.tokens[i].tag.startswith("XS")):
            self._report(i, ending, cls, "noun")
        else:
            self.pending.clear()
            if cls in _TELLING:
                self._told(i, ending, cls, AttributionKind.reported)

    def _hearsay(self, i: int, ending: int) -> bool:
        """Whether it is `…다고 한다`, and its speaker is nobody whom the sentence names."""
        last = self.pending[-1]
        teller = names_teller(self.scene, self.begin, self.pending[0].last, self.focus)
        past = any(self.tokens[k].form in ("었", "았", "였") for k in range(i + 1, ending))
        if self._spoken() or teller or past or self.tokens[i].form != "하" or self.tokens[i].tag != "VV":
            return False
        heard = self.focus.speaker[-1:] if not last.noun else ()
        near = heard and "\n" not in self.scene.text[heard[0].start : self.sentence.start]
        if near and (is_outlet(heard[0], self.scene) or heard[0].entity.startswith("anon:")):
            subject = Subject(sources=self.focus.speaker, start=self.tokens[self.begin].start)
            self._add(subject.start, last.end, i, ending, subject, AttributionKind.reported, "hearsay")
        self.pending.clear()
        return True

    def _other_verb(self, i: int, ending: int, stem: str) -> None:
        if self.pending[-1].noun and stem in self.words.receiving and self._received(i, ending):
            return
        if self.tokens[ending].tag == "ETM":  # `“…”며 웃은 특사는`
            near = self._spoken() and sayers.closest(self.scene, self.pending[-1], i)
            if near and sayers.modified(self.scene, ending, self.stop, self.focus):
                self._report(i, ending, "say", "quote")
        elif stem in self.words.bridges:
            return
        elif not self._spoken():
            self.pending.clear()
        elif self.tokens[ending].form in self.words.plain and sayers.closest(self.scene, self.pending[-1], i):
            self._report(i, ending, "say", "quote")  # `중국이 "…"며 퇴짜를 놓았다고 외교관이 전했다`
        elif any(p.speaking for p in self.pending):
            self.other = (i, ending)
        else:
            self._report(i, ending, "say", "quote")

    def _received(self, i: int, ending: int) -> bool:
        """`…다는 말을 소식통으로부터 들었다`, `외무성에서 …다는 통보를 받았다`: said by the one from whom it came."""
        last = self.pending[-1]
        found, k = giver(self.scene, self.begin, i, self.focus)
        if not found or not said_between(self.tokens, self.words, last.last, i):
            return False
        behind = outlet_topic(self.scene, self.begin, k, self.focus)
        first = k + 1 if k < last.last else max(self.begin, self.cutting + 1, behind)
        start = last.opening if last.direct else self.tokens[first].start
        self._add(start, last.end, i, ending, Subject(sources=found, start=start), AttributionKind.reported, "received")
        self.pending.pop()
        return True

    def _new_topic(self, i: int) -> None:
        """`"…"라며 유감을 표했고, 왕 부장은 …`: a new speaker closes what still waits."""
        token, (verb, ending) = self.tokens[i], self.other if self.other[0] >= 0 else (self.pending[-1].last,) * 2
        fresh = token.form in ("은", "는") and i > ending and marks_subject(self.scene, i)
        if fresh and sources_at(self.scene, i, ending + 1, self.focus):
            self._close(verb)
            self.begin = max(self.begin, ending + 1)

    def _close(self, otherwise: int) -> None:
        verb, ending = self.other if self.other[0] >= 0 else (otherwise, otherwise)
        self._report(verb, ending, "say", "quote")

    def _held(self, i: int) -> None:
        """`…다는 입장이다`, `…다는 게 소식통의 설명이다`: the noun's owner, the topic, or who spoke before."""
        tokens, last = self.tokens, self.pending[-1].last
        owner, ending = i - 2, min(i + 1, self.stop - 1)
        for k in range(i - 2, last, -1):  # 정부의 일관된 입장
            if tokens[k].tag == "JKG":
                owner = k
                break
        if tokens[i - 1].form not in self.words.held or any(tokens[k].tag == "ETM" for k in range(last + 1, owner)):
            return
        held_back, spoken = self.pending[-1], [p for p in self.pending if p.direct and not p.noun]
        if spoken:  # `김 부상은 "…"며 응하지 않았다는 게 소식통의 귀띔이다`
            self.pending = spoken
            self._report(held_back.last, held_back.last, "say", "quote")
        self.pending = [held_back]
        held = sources_at(self.scene, owner, last + 1, self.focus) if tokens[owner].tag == "JKG" else ()
        if held:
            subject = Subject(sources=held, start=tokens[self.begin].start)
            self._add(subject.start, self.pending[0].end, i - 1, ending, subject, AttributionKind.reported, "held")
            self.pending.clear()
        else:
            self._report(i - 1, ending, "hold", "held")

    def _grounds(self, i: int) -> None:
        """`"…"는 이유에서다`: the reason of whoever acts in the sentence or spoke before."""
        self.pending = self.pending[-1:]
        self._report(i - 2, min(i + 1, self.stop - 1), "hold", "held")

    def _per(self, i: int, ending: int) -> None:
        """`A에 따르면`: the rest of the sentence, all of it if its topic stands before."""
        particle = i - 1 - self.tokens[i].tag.startswith("XS") if self.tokens[i - 1].form != "데" else i
        self._cite(particle, i, ending)

    def _cite(self, particle: int, i: int, ending: int) -> None:
        """The rest of the sentence is the word of those before `particle`; the cue is from before token `i` to `ending`."""
        found = cited_at(self.scene, self.sentence, self.focus, particle)
        if not found:
            return
        before = (k for k in range(self.first, i) if self.tokens[k].start < found[0].start)
        topic = any(marks_subject(self.scene, k) for k in before)
        start = self.sentence.start if topic else self.tokens[min(ending + 1, self.stop - 1)].start
        start, end = self._trimmed(start), self.sentence.end
        if start < end:
            own, cited, self.cited = tuple(s for s in found if s not in self.cited), self.cited, ()
            self.reports.append(Report(start=start, end=end, first=i - 1, last=ending, own=own, cited=cited, rule="per"))
        self.begin = self.begin if topic else ending + 1

    def _told(self, i: int, ending: int, cls: str, kind: AttributionKind) -> None:
        """A verb of telling with the event as its object: `귀임 소식을 보도했다`, `접촉을 부인했다`."""
        tokens, reported = self.tokens, kind is AttributionKind.reported
        k = i - 1 if tokens[i].tag.startswith("VV") else i - 2
        while k > self.begin and (tokens[k].tag in ("MAG", "SN", "NNB", "SSC") or tokens[k].form == "게"):
            k -= 1
        noun = tokens[k - 1].form if tokens[k].tag in _OBJECT else ""
        if reported and noun not in self.words.news:
            return
        wanted = "report" if kind is AttributionKind.unreported and cls in _TELLING else cls
        subject = self._subject(i, ending, wanted, quotative=i, direct=False, after=-1)
        outlet = bool(subject.sources) and is_outlet(subject.sources[-1], self.scene)
        if outlet or not reported or noun in self.words.tidings:
            self._add(subject.start, tokens[i].start, i, ending, subject, kind, cls)

    def _report(self, i: int, ending: int, cls: str, rule: str) -> None:
        """The quotations that wait, said by the subject of the verb at token `i`."""
        tokens, last = self.tokens, self.pending[-1]
        direct = all(p.direct for p in self.pending)
        opening = min(p.opening for p in self.pending)
        subject = self._subject(i, ending, cls, quotative=self.pending[0].last, direct=direct, after=last.last)
        head = sayers.modified(self.scene, ending, self.stop, self.focus) if not sayers.goes_on(self.scene, ending + 1, self.stop) else ()
        if head and not sayers.has_sayer(self.scene, (self.begin, self.pending[0].last), self.focus, direct=direct):
            subject = Subject(sources=head, start=opening if direct else subject.start)
        start, end, kind = subject.start, last.end, AttributionKind.reported
        if cls in _TELLING and tokens[i - 1].tag == "JKO" and tokens[i - 2].form in self.words.news:
            end = tokens[i].start
        denial = pattern("|".join(self.words.denying))
        if cls == "deny" or denial.search(self.scene.text, opening if direct else start, end):
            kind = AttributionKind.denied
        elif not (subject.sources and is_outlet(subject.sources[-1], self.scene)):
            start = opening if direct else max(start, sayers.behind_own_act(self.scene, subject.particle, self.act, self.stop))
        self._add(start, end, i, ending, subject, kind, rule)
        self.pending.clear()
        self.other = (-1, -1)

    def _subject(self, i: int, ending: int, cls: str, *, quotative: int, direct: bool, after: int) -> Subject:
        before = [r.outer + r.own for r in self.reports if r.rule not in ("per", "received")] or [r.own for r in self.reports]
        modifier = self.tokens[ending].tag == "ETM" and not sayers.goes_on(self.scene, ending + 1, self.stop)
        quoted = self.tokens[ending].form in self.words.plain
        later = quoted and sayers.told_later(self.scene, ending, self.stop)
        return find_subject(self.scene, self.sentence, self.focus, Clause(
            begin=self.begin, quotative=quotative, after=after, predicate=i, report=cls == "report",
            topics=cls == "hold", direct=direct, modifier=modifier, telling=cls == "tell",
            nested=quoted and not later, later=later,
            before=before[-1] if before and cls != "hold" else (),
        ))  # fmt: skip

    def _add(
        self, start: int, end: int, i: int, ending: int, subject: Subject, kind: AttributionKind, rule: str
    ) -> None:
        start = self._trimmed(start)
        if not subject.sources or start >= end:
            return
        first = i - 1 if self.tokens[i].tag.startswith("XS") else i
        keeps = rule == "received" or (bool(self.cited) and sayers.framed(self.scene, self.begin, subject.sources[-1], i, self.focus))
        if not is_outlet(subject.sources[-1], self.scene):
            self.through += find_medium(self.scene, self.sentence, self.begin, i)
        self.reports.append(Report(
            start=start, end=end, first=first, last=ending, own=subject.sources, outer=self.through + subject.outer,
            cited=() if keeps else self.cited, kind=kind, rule=rule, state=subject.state,
        ))  # fmt: skip
        if not keeps:
            self.cited = self.through = ()
        form = self.tokens[ending].form
        if self.tokens[ending].tag == "EC" and form not in self.words.plain and form not in self.words.speaking:
            self.begin = ending + 1

    def _trimmed(self, start: int) -> int:
        while start < self.sentence.end and self.scene.text[start] in " ,·":
            start += 1
        return start
