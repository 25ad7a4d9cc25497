"""Whose word it is: reported clauses, their sources from the outlet inwards, and the day they said so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sacho.records import (
    Attribution,
    AttributionKind,
    Block,
    BlockKind,
    Mention,
    MentionKind,
    Record,
    Sentence,
    Source,
    Timex,
    TimexRole,
    Token,
)

_SPEAKING = {MentionKind.person, MentionKind.body, MentionKind.country, MentionKind.group, MentionKind.role}


class Reporting(Record):
    """Reporting verbs (stems) and patterns of source phrases, from `data/reporting.toml`."""

    verbs: frozenset[str]
    denials: frozenset[str]
    per: re.Pattern[str]
    citing: re.Pattern[str]
    anonymous: re.Pattern[str]
    media: re.Pattern[str]
    unreported: re.Pattern[str]
    dateline: re.Pattern[str]


@cache
def load_reporting() -> Reporting:
    raw = tomllib.loads((files("sacho.annotate") / "data" / "voices_fb.toml").read_text(encoding="utf-8"))
    return Reporting(
        verbs=frozenset(msgspec.convert(raw["verbs"]["stems"], list[str])),
        denials=frozenset(msgspec.convert(raw["denials"]["stems"], list[str])),
        **{name: re.compile(raw["patterns"][name]) for name in
           ("per", "citing", "anonymous", "media", "unreported", "dateline")},
    )  # fmt: skip


def find_attributions(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    timexes: Sequence[Timex], blocks: Sequence[Block], *, outlet: str | None,
) -> tuple[Attribution, ...]:  # fmt: skip
    """Attributions in text order. A clause may stand in several; the outermost comes first."""
    voices = _Voices(text, tokens, mentions, timexes, load_reporting())
    whole = voices.agency_style(sentences)
    out: list[Attribution] = []
    for sentence in sentences:
        before = (voices.last, voices.agency)
        found = voices.of_sentence(sentence)
        if blocks[sentence.block].kind is BlockKind.caption:
            voices.last, voices.agency = before  # a caption does not carry on the body's voice
        if whole is not None and not found:
            found = [Attribution(start=sentence.start, end=sentence.end, cue_start=whole.start, cue_end=whole.end,
                                 sources=(whole,), rule="carry")]  # fmt: skip
        out += found
    return tuple(out)


class _Voices:
    """Reads one document from left to right, remembering who spoke last."""

    def __init__(
        self, text: str, tokens: Sequence[Token], mentions: Sequence[Mention], timexes: Sequence[Timex], rules: Reporting
    ) -> None:
        self.text, self.tokens, self.mentions, self.timexes, self.rules = text, tokens, mentions, timexes, rules
        self.agency: Source | None = None
        self.last: Source | None = None

    def agency_style(self, sentences: Sequence[Sentence]) -> Source | None:
        """The agency of a piece that is its own account throughout: a dateline, or `통신에 의하면` at the head."""
        match = self.rules.dateline.search(self.text[:400])
        if match is None:
            return None
        return self._named(match.start(), match.end())

    def of_sentence(self, sentence: Sentence) -> list[Attribution]:
        spans = [(m.start(), m.end()) for m in self.rules.per.finditer(self.text, sentence.start, sentence.end)]
        outer = [s for a, b in spans if (s := self._before(a, sentence.start)) is not None]
        for match in self.rules.citing.finditer(self.text, sentence.start, sentence.end):
            source = self._before(match.start(), sentence.start)
            if source is not None and source not in outer:
                outer.append(source)
        begin = spans[-1][1] if spans else sentence.start
        said = self._said(sentence, begin, outer)
        if said:
            return said
        if outer:
            self._remember(outer[0])
            return [self._make(begin, sentence.end, spans[0] if spans else (sentence.start, begin), outer, sentence, "per")]
        return []

    def _said(self, sentence: Sentence, begin: int, outer: list[Source]) -> list[Attribution]:
        """Reporting verbs after a quotative, from the last of the sentence inwards."""
        out: list[Attribution] = []
        stop = sentence.last
        chain = list(outer)
        for verb in self._verbs(sentence):
            token = self.tokens[verb]
            if out and token.start >= out[-1].end:
                continue
            subject = self._subject(sentence, verb)
            if subject is None:
                subject = self.last
            if subject is None:
                continue
            if all(s.entity != subject.entity for s in chain):
                chain = [*chain, subject]
            quotative = self._quotative(sentence, verb)
            kind = AttributionKind.denied if self._denies(verb) else AttributionKind.reported
            head = token.end if token.end > token.start else token.start + 1
            span = (token.start, head)
            out.append(self._make(begin, quotative, span, chain if not out else [subject], sentence, "said", kind))
            self._remember(subject)
            stop = verb
        del stop
        return out

    def _verbs(self, sentence: Sentence) -> list[int]:
        """Indexes of reporting verbs that close a quotation or a quoted clause, last first."""
        out = []
        for i in range(sentence.last - 1, sentence.first, -1):
            token = self.tokens[i]
            stem = token.form
            if token.tag.startswith("XSV") and i > sentence.first:
                stem = self.tokens[i - 1].form + token.form
            elif not token.tag.startswith("VV"):
                continue
            first = i - 1 if token.tag.startswith("XSV") else i
            if stem in self.rules.verbs and self._quotative(sentence, first) > sentence.start:
                out.append(first)
        return out

    def _quotative(self, sentence: Sentence, verb: int) -> int:
        """End of the quoted clause before the verb, 0 if there is none within the last phrases."""
        for i in range(verb - 1, max(sentence.first, verb - 22), -1):
            token = self.tokens[i]
            quoted = token.tag == "JKQ" or (token.tag == "EC" and token.form.endswith(("다고", "라고", "자고", "냐고", "다며", "라며", "다면서", "라면서")))
            if quoted or (token.form in ("고", "며", "면서", "라며", "라고", "는", "다는") and i > 0 and self.tokens[i - 1].tag.startswith("SS")):
                return token.start
            if token.tag == "ETM" and token.form in ("다는", "라는", "ᆫ다는", "는다는"):
                return token.start
            if token.tag in ("EF", "SF"):
                return 0
            if token.tag == "EC" and token.form in ("고", "며", "면서", "지만", "는데"):
                return 0
        return 0

    def _denies(self, verb: int) -> bool:
        words = "".join(t.form for t in self.tokens[verb : verb + 2])
        near = self.text[max(0, self.tokens[verb].start - 24) : self.tokens[verb].end]
        return words in self.rules.denials or "사실무근" in near or "사실이 아니" in near

    def _subject(self, sentence: Sentence, verb: int) -> Source | None:
        """Who says so: a nominative between the quotative and the verb, else the topic at the head."""
        quotative = self._quotative(sentence, verb)
        for i in range(verb - 1, sentence.first, -1):
            token = self.tokens[i]
            if token.start <= quotative:
                break
            if token.tag in ("JKS", "JX") and token.form in ("이", "가", "은", "는", "도", "께서"):
                source = self._before(token.start, sentence.start)
                if source is not None:
                    return source
        return self._topic(sentence, quotative)

    def _topic(self, sentence: Sentence, quotative: int) -> Source | None:
        nominative: Source | None = None
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if token.start >= quotative:
                break
            if self._quoted(token.start, sentence):
                continue
            if token.tag == "JX" and token.form in ("은", "는") or (token.tag == "JKS" and nominative is None):
                source = self._before(token.start, sentence.start)
                if source is None:
                    continue
                if token.tag == "JX":
                    return source
                nominative = source
        return nominative

    def _quoted(self, position: int, sentence: Sentence) -> bool:
        left = self.text[sentence.start : position]
        return left.count("“") > left.count("”") or left.count('"') % 2 == 1

    def _before(self, position: int, start: int) -> Source | None:
        """The source whose words end at `position` (brackets and marks aside)."""
        end = position
        while end > start and self.text[end - 1] in "]'’」)》 ":
            end -= 1
        for mention in reversed(self.mentions):
            if mention.end <= start:
                break
            if mention.end == end or (mention.start < end <= mention.end):
                return self._source(mention)
            tail = self.text[mention.end : end]
            if mention.end < end and len(tail) <= 9 and re.fullmatch(r"(?:\([^)]*\)?|\s?(?:등|측|보도|발표|방송|통신|매체|공보실|들|이날|외)+\s?)+", tail):
                source = self._source(mention)
                if source is not None and mention.kind is MentionKind.country and ("매체" in tail or "언론" in tail):
                    return Source(entity=f"anon:{mention.entity}-media", name=f"{mention.name} 매체", start=mention.start, end=end)
                return source
        match = self.rules.anonymous.search(self.text, max(start, end - 24), end)
        if match is not None and match.end() == end:
            words = match.group().strip()
            return Source(entity=f"anon:{words}", name=words.split()[-1], start=end - len(words), end=end)
        match = self.rules.media.search(self.text, max(start, end - 12), end)
        if match is not None and match.end() == end:
            if self.agency is not None:
                return Source(entity=self.agency.entity, name=self.agency.name, start=match.start(), end=end)
            words = match.group().strip()
            return Source(entity=f"anon:{words}", name=words, start=end - len(words), end=end)
        return None

    def _named(self, start: int, end: int) -> Source | None:
        mention = next((m for m in self.mentions if start <= m.start < end and m.rule == "outlet"), None)
        return self._source(mention) if mention is not None else None

    def _source(self, mention: Mention) -> Source | None:
        if mention.kind not in _SPEAKING:
            return None
        source = Source(entity=mention.entity, name=mention.name, start=mention.start, end=mention.end)
        if mention.rule == "outlet":
            self.agency = source
        return source

    def _remember(self, source: Source) -> None:
        self.last = source

    def _make(
        self, start: int, end: int, cue: tuple[int, int], sources: Sequence[Source], sentence: Sentence, rule: str,
        kind: AttributionKind = AttributionKind.reported,
    ) -> Attribution:  # fmt: skip
        day = next((t.value for t in self.timexes if t.role is TimexRole.report and sentence.start <= t.start < sentence.end), "")
        unreported = self.rules.unreported.search(self.text, sentence.start, sentence.end)
        kind = AttributionKind.unreported if unreported is not None else kind
        return Attribution(start=start, end=max(end, start + 1), cue_start=cue[0], cue_end=cue[1], sources=tuple(sources),
                           kind=kind, reported=day, rule=rule)  # fmt: skip
