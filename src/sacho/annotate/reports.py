"""Reports in one sentence: a quotation, the verb that governs it, and who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.records import AttributionKind, Record, Sentence, Source

_PREDICATES = ("VV", "VA", "XSV", "XSA")
_BOUND = frozenset(["보", "하", "묻", "쓰", "적", "알", "부르", "믿", "이르", "여기", "꼽", "싣", "짚", "맞서", "으르", "외치", "생각하", "기대하", "표하", "못박", "내세우", "우려하"])
_ADVANCING = frozenset(["이어", "또", "또한", "아울러", "그러면서", "특히", "이와 함께", "더불어", "다만", "한편", "이어서", "그러나", "그리고"])
_OUTSIDERS = ("report",)


class Pending(Record):
    """A quotation waiting for its verb. `last` is the token of its marker; `direct` has marks around it, `self`
    needs no reporting verb."""

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
    direct: bool = False
    rule: str = ""


def find_reports(scene: Scene, sentence: Sentence, focus: Focus) -> list[Report]:
    """The reports of a sentence in text order."""
    reader = _Reader(scene, sentence, focus)
    reader.read()
    return reader.reports


class _Reader:
    """One pass over the tokens of a sentence."""

    def __init__(self, scene: Scene, sentence: Sentence, focus: Focus) -> None:
        self.scene, self.sentence, self.focus = scene, sentence, focus
        self.reports: list[Report] = []
        self.pending: list[Pending] = []
        self.cited: tuple[Source, ...] = ()
        self.through: tuple[Source, ...] = ()
        self.resume = sentence.first
        self.opening = -1

    def read(self) -> None:
        tokens, quoted = self.scene.tokens, self.scene.quoted
        i = self.sentence.first
        while i < self.sentence.last:
            if quoted[i]:
                self.opening = i
                while i + 1 < self.sentence.last and quoted[i + 1] and not self._reopens(i):
                    i += 1
                self._after_mark(i)
            else:
                tag = tokens[i].tag
                if tag == "EC":
                    self._ending(i)
                elif tag == "ETM":
                    self._adnominal(i)
                elif tag[:2] in ("VV", "VA") or tag in ("XSV", "XSA"):
                    self._predicate(i)
                elif tag == "NNB" and tokens[i].form == "것" and i + 1 < self.sentence.last and tokens[i + 1].form == "으로":
                    self._wait(i + 1, tokens[i].start, direct=False, estimate=True)
                elif tag == "NNG" and tokens[i].form in ("인용", "근거"):
                    self._citation(i)
            i += 1
        if any(p.self or (p.direct and not p.noun) for p in self.pending):
            self._report(self.sentence.last - 1, self.sentence.last - 1, "say", "quote")

    def _reopens(self, i: int) -> bool:
        text, tokens = self.scene.text, self.scene.tokens
        return text[tokens[i].start] in "”\"》" and i > self.opening and text[tokens[i + 1].start] in "“\"《"

    def _wait(self, last: int, end: int, *, direct: bool, self_: bool = False, noun: bool = False, estimate: bool = False) -> None:
        opening = self.scene.tokens[self.opening].start if direct else end
        self.pending.append(Pending(last=last, end=end, opening=opening, direct=direct, self=self_, noun=noun, estimate=estimate))

    def _after_mark(self, i: int) -> None:
        tokens, words = self.scene.tokens, self.scene.words
        end = tokens[i].end
        j = i + 1
        if j < self.sentence.last and tokens[j].tag == "VCP":
            j += 1
        if j >= self.sentence.last:
            return
        form, tag = tokens[j].form, tokens[j].tag
        if tag == "JKQ" or (tag in ("EC", "JC", "JKB") and form in words.after_mark and form not in ("고", "하고")):
            self._wait(j, end, direct=True, self_=tag != "JKQ")
        elif (tag == "EC" and form in words.plain) or (tag == "EC" and form == "고" and j == i + 1):
            self._wait(j, end, direct=True)
        elif tag == "ETM" and form in words.adnominal:
            self._wait(j, end, direct=True, noun=True)

    def _ending(self, i: int) -> None:
        form, words = self.scene.tokens[i].form, self.scene.words
        if self.scene.quoted[i - 1]:
            return
        if form in words.plain or form in words.self:
            self._wait(i, self._before(i), direct=False, self_=form in words.self)

    def _before(self, i: int) -> int:
        return max(self.scene.tokens[i].start, self.scene.tokens[i - 1].start + 1)

    def _adnominal(self, i: int) -> None:
        tokens, words = self.scene.tokens, self.scene.words
        form = tokens[i].form
        if form in words.adnominal and form != "는" and not self.scene.quoted[i - 1] and not self.scene.quoted[max(0, i - 2)]:
            self._wait(i, self._before(i), direct=False, noun=True)

    def _stem(self, i: int) -> str:
        tokens = self.scene.tokens
        token = tokens[i]
        if not token.tag.startswith("XS"):
            if token.form == "하" and i > 0 and tokens[i - 1].tag in ("JKO", "JX") and tokens[i - 2].tag == "NNG":
                return tokens[i - 2].form + "하"  # 보도를 하다, 언급도 하다
            return token.form
        k = i - 1
        while k > self.sentence.first and tokens[k].tag in ("SSC", "SSO", "XSN"):
            k -= 1
        return tokens[k].form + token.form

    def _ending_of(self, i: int) -> int:
        tokens = self.scene.tokens
        for j in range(i + 1, min(i + 8, self.sentence.last)):
            if tokens[j].tag in ("EC", "EF", "ETM", "ETN"):
                return j
        return min(i + 1, self.sentence.last - 1)

    def _predicate(self, i: int) -> None:
        tokens, words = self.scene.tokens, self.scene.words
        stem = self._stem(i)
        ending = self._ending_of(i)
        if stem in ("따르", "의하") and tokens[i - 1].form == "에" and tokens[ending].form == "면":
            self._per(i, ending)
            return
        if stem in ("통하", "빌리") and tokens[i - 1].tag == "JKO":
            self._means(i, stem)
            return
        passive = tokens[ending].form == "어" and ending + 1 < self.sentence.last and tokens[ending + 1].form == "지"
        cls = "" if passive else words.verbs.get(stem, "say" if stem == "하" and self._follows_quotative(i) else "")
        if cls and stem in _BOUND and not self.pending:
            cls = ""
        if cls and self._negated(ending) and cls in ("report", "tell", "say") and not self.pending:
            self._told(i, ending, cls, AttributionKind.unreported)
        elif cls and self.pending:
            self._governed(i, ending, cls)
        elif cls in ("report", "tell", "deny"):
            self._told(i, ending, cls, AttributionKind.denied if cls == "deny" else AttributionKind.reported)
        elif self.pending and not passive:
            self._other_verb(i, ending, stem)

    def _follows_quotative(self, i: int) -> bool:
        return bool(self.pending) and not any(
            self.scene.tokens[k].tag[:2] in _PREDICATES for k in range(self.pending[-1].last + 1, i)
        )

    def _negated(self, ending: int) -> bool:
        tokens = self.scene.tokens
        return tokens[ending].form == "지" and any(
            tokens[k].form in ("않", "못하", "못") for k in range(ending + 1, min(ending + 3, self.sentence.last))
        )

    def _governed(self, i: int, ending: int, cls: str) -> None:
        estimate = [p for p in self.pending if p.estimate]
        if estimate and cls not in ("predict", "say", "tell", "report", "claim"):
            self.pending.clear()
            return
        nouns = [p for p in self.pending if p.noun]
        if len(nouns) == len(self.pending) and not self._object_said(nouns[-1].last, i):
            if cls in ("report", "tell", "deny"):
                self._told(i, ending, cls, AttributionKind.denied if cls == "deny" else AttributionKind.reported)
            self.pending.clear()
            return
        self._report(i, ending, cls, "noun" if len(nouns) == len(self.pending) else cls)

    def _object_said(self, after: int, predicate: int) -> bool:
        """Whether a noun of saying stands between the adnominal quotation and the verb: `…다는 입장을 밝혔다`."""
        tokens, words = self.scene.tokens, self.scene.words
        k = predicate - 1
        while k > after and tokens[k].tag[0] == "J":
            k -= 1
        while k > after and tokens[k].tag in ("XSV", "MAG"):
            k -= 1
        return any(tokens[m].form in words.said for m in range(after + 1, k + 1))

    def _other_verb(self, i: int, ending: int, stem: str) -> None:
        tokens, words = self.scene.tokens, self.scene.words
        if stem in words.bridges or tokens[ending].tag == "ETM":
            return
        if any(p.self or (p.direct and not p.noun) for p in self.pending):
            self._report(i, ending, "say", "quote")
        elif any(p.direct and p.noun for p in self.pending) and self._object_said(self.pending[-1].last, i):
            self._report(i, ending, "say", "noun")
        else:
            self.pending.clear()

    def _citation(self, i: int) -> None:
        tokens = self.scene.tokens
        particle = i - 1 if tokens[i - 1].tag in ("JKO", "JKB") else -1
        if particle > self.sentence.first and (tokens[i].form == "인용" or (i + 1 < self.sentence.last and tokens[i + 1].form == "로")):
            self.cited += self._behind(particle)

    def _means(self, i: int, stem: str) -> None:
        found = self._behind(i - 1)
        if stem == "빌리":
            self.cited += found
        elif found and all(is_outlet(s, self.scene) for s in found):
            self.through = found

    def _behind(self, particle: int) -> tuple[Source, ...]:
        """Sources of `NP의 말을`, `NP 보도에`, `NP을`: nouns of saying are stepped over."""
        tokens, words = self.scene.tokens, self.scene.words
        floor, k = self.sentence.first, particle
        while k - 1 > floor and self.scene.owner[k - 1] < 0 and (
            tokens[k - 1].tag == "JKG" or tokens[k - 1].form in words.settings or tokens[k - 1].form in ("말", "보도", "전언", "보고서", "분석", "조사", "설명", "자료", "이날", "등")
        ):  # fmt: skip
            k -= 1
        found = sources_at(self.scene, k, floor, self.focus)
        if found or k == particle:
            return found
        for j in range(k - 1, floor, -1):  # 통일부가 제출한 자료에 따르면
            if tokens[j].tag == "JKS":
                return sources_at(self.scene, j, floor, self.focus)
        return self.focus.speaker

    def _per(self, i: int, ending: int) -> None:
        tokens = self.scene.tokens
        found = self._behind(i - 1)
        if not found:
            return
        start = tokens[ending].end
        while start < self.sentence.end and self.scene.text[start] in " ,":
            start += 1
        if any(tokens[k].tag in ("JKS", "JX") for k in range(self.sentence.first, i)) and not found[0].start <= tokens[self.sentence.first].start + 12:
            start = self.sentence.start
        if start < self.sentence.end:
            self.reports.append(Report(start=start, end=self.sentence.end, first=i - 1, last=ending, own=found, rule="per"))
        self.resume = ending + 1

    def _told(self, i: int, ending: int, cls: str, kind: AttributionKind) -> None:
        """A verb of telling with the event as its object: `귀임 소식을 보도했다`, `접촉을 부인했다`."""
        tokens, words = self.scene.tokens, self.scene.words
        k = i - 1 if tokens[i].tag.startswith("VV") else i - 2
        while k > self.resume and (tokens[k].tag in ("MAG", "SN", "NNB", "SSC") or (tokens[k].tag == "EC" and tokens[k].form == "게")):
            k -= 1
        object_ = tokens[k].tag in ("JKO", "JX") and (tokens[k - 1].form in words.news or kind is not AttributionKind.reported)
        about = kind is AttributionKind.denied and not object_
        if not object_ and not about and kind is not AttributionKind.unreported:
            return
        own, start, outer = self._speaker(i, i, cls, direct=False)
        if own and start < tokens[i].start:
            self._add(start, tokens[i].start, i, ending, own, outer, kind, direct=False, rule=cls)

    def _report(self, i: int, ending: int, cls: str, rule: str) -> None:
        tokens = self.scene.tokens
        last = self.pending[-1]
        direct = all(p.direct for p in self.pending)
        own, start, outer = self._speaker(i, self.pending[0].last, cls, direct=direct, after=last.last)
        own_is_outlet = bool(own) and is_outlet(own[-1], self.scene)
        if direct and not own_is_outlet:
            start = min(p.opening for p in self.pending)
        end = last.end
        if cls in ("report", "tell") and tokens[i - 1].tag == "JKO" and tokens[i - 2].form in self.scene.words.news:
            end = tokens[i].start
        kind = AttributionKind.reported
        if cls == "deny":
            kind = AttributionKind.denied
        elif self.scene.words.denials.search(self.scene.text, self.pending[0].opening if direct else start, end):
            kind, start = AttributionKind.denied, self._denied_from(start, own)
        if own and start < end:
            self._add(start, end, i, ending, own, outer, kind, direct=direct, rule=rule)
        self.pending.clear()

    def _denied_from(self, start: int, own: tuple[Source, ...]) -> int:
        """A denial is of all that its sentence reports: `…접촉했다는 보도에 대해 "사실무근"이라고`."""
        if own and self.sentence.start <= own[-1].end <= start:
            return own[-1].end
        return self.sentence.start

    def _add(self, start: int, end: int, i: int, ending: int, own: tuple[Source, ...], outer: tuple[Source, ...],
             kind: AttributionKind, *, direct: bool, rule: str) -> None:  # fmt: skip
        first = i - 1 if self.scene.tokens[i].tag.startswith("XS") else i
        self.reports.append(Report(
            start=start, end=end, first=first, last=ending, own=own, outer=self.through + outer, cited=self.cited,
            kind=kind, direct=direct, rule=rule,
        ))  # fmt: skip
        self.cited = self.through = ()
        if self.scene.tokens[ending].tag == "EC" and self.scene.tokens[ending].form not in self.scene.words.plain:
            self.resume = ending + 1

    def _speaker(self, predicate: int, quotative: int, cls: str, *, direct: bool, after: int = -1) -> tuple[
        tuple[Source, ...], int, tuple[Source, ...]
    ]:  # fmt: skip
        """Who speaks, where the content starts, and the outlet around it."""
        scene, tokens = self.scene, self.scene.tokens
        text_start = tokens[self.resume].start if self.resume < self.sentence.last else self.sentence.start
        if after >= 0:
            for k in range(after + 1, predicate):
                if self._marks_subject(k):
                    found = sources_at(scene, k, after + 1, self.focus)
                    if found:
                        return found, text_start, ()
        candidates = self._candidates(quotative)
        found, particle, outer = self._choose(candidates, cls, direct)
        if found:
            return found, self._content_start(particle, quotative), outer
        before = [r for r in self.reports if r.rule != "per"]
        if before and self.resume > self.sentence.first and not candidates:
            return before[-1].own, text_start, ()
        if cls in _OUTSIDERS and self.focus.outlets:
            return (self.focus.outlets[-1][0],), text_start, ()
        return self.focus.speaker, text_start, ()

    def _marks_subject(self, k: int) -> bool:
        token = self.scene.tokens[k]
        return not self.scene.quoted[k] and (
            token.tag == "JKS" or (token.tag == "JX" and token.form in ("은", "는", "도", "ᆫ") and self.scene.tokens[k - 1].tag not in ("JKB", "EC", "JKS", "JKQ", "ETN"))
        )

    def _candidates(self, stop: int) -> list[tuple[int, bool, tuple[Source, ...]]]:
        """Particle, whether a topic, and sources, of each phrase that could be the speaker, left to right."""
        out = []
        tokens = self.scene.tokens
        for k in range(self.resume + 1, stop):
            if self._marks_subject(k):
                found = sources_at(self.scene, k, self.resume, self.focus)
                if found:
                    out.append((k, tokens[k].tag == "JX", found))
        return out

    def _choose(self, candidates: Sequence[tuple[int, bool, tuple[Source, ...]]], cls: str, direct: bool) -> tuple[
        tuple[Source, ...], int, tuple[Source, ...]
    ]:  # fmt: skip
        topics = [c for c in candidates if c[1]]
        others = [c for c in candidates if not c[1]]
        if topics:
            particle, _, found = topics[0]
            inner = [c for c in others if c[0] > particle]
            if direct and inner and is_outlet(found[-1], self.scene) and not is_outlet(inner[-1][2][-1], self.scene):
                return inner[-1][2], inner[-1][0], found
            if cls not in _OUTSIDERS or is_outlet(found[-1], self.scene) or found[-1].entity.isupper():
                return found, particle, ()
            return (), -1, ()
        if not others:
            return (), -1, ()
        particle, _, found = others[-1] if direct else others[0]
        voiced = is_outlet(found[-1], self.scene) or found[-1].entity.startswith("anon:")
        if direct or voiced or (cls not in _OUTSIDERS and not self._goes_on()):
            return found, particle, ()
        return (), -1, ()

    def _goes_on(self) -> bool:
        """Whether the sentence goes on from the one before: `이어`, `또`, `그러면서`."""
        return self.scene.tokens[self.sentence.first].form in _ADVANCING

    def _content_start(self, particle: int, stop: int) -> int:
        """The first letter behind the speaker, and behind the occasion of the speech (`브리핑에서`, `담화를 통해`)."""
        tokens, words = self.scene.tokens, self.scene.words
        k = particle + 1
        for j in range(particle + 1, min(particle + 14, stop)):
            if self.scene.quoted[j] or tokens[j].tag in ("JKS", "JX"):
                break
            if tokens[j].form == "에서" and tokens[j - 1].form in words.settings and tokens[j - 1].form not in ("회담", "자리", "회의", "통화", "면담"):
                k = j + 1
            elif tokens[j].tag == "VV" and tokens[j].form in ("통하", "만나") and tokens[j - 1].tag in ("JKO", "JKB"):
                k = j + 2
        k = min(k, self.sentence.last - 1)
        start = tokens[k].start
        while start < self.sentence.end and self.scene.text[start] in " ,":
            start += 1
        return start
