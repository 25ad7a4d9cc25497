"""Who has the floor: speech that stands by itself, given to somebody by a label, an announcement or a head line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sacho.annotate.name_model import chances
from sacho.annotate.reporting import pattern
from sacho.annotate.speakers import Focus, Scene, is_outlet, source_of, sources_at
from sacho.annotate.subjects import Clause, find_author, find_subject, marks_subject
from sacho.records import Block, BlockKind, MentionKind, Record, Sentence, Source

_PUNCTUATION = ("SSO", "SSC", "SS", "SF", "SP", "SE", "SO", "SW")
_NAME = 0.5  # chance from which an unknown label counts as a name
_MASKED = ("씨", "군", "양")
_OPENING = "“\"「『《‘'"
_LABELLING = frozenset("]:：=>)】〉")


class Floor(Record):
    """`text[start:end]` is what `sources` say, outermost first; the cue gives them the floor."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    sources: tuple[Source, ...]
    rule: str


# ------------------------------------------------------------------ labels


def find_labels(scene: Scene, blocks: Sequence[Block]) -> list[Floor]:
    """Lines that begin with their speaker: sound bites of a broadcast, turns of a panel, in text order."""
    out = []
    for block in blocks:
        if block.kind not in (BlockKind.body, BlockKind.headline):
            continue
        for start, end in _lines(scene.text, block):
            found = _label(scene, start, end) or _headed(scene, start, end)
            if found is not None:
                out.append(found)
    return out


def _headed(scene: Scene, start: int, end: int) -> Floor | None:
    """Words in marks on the line below one that is nothing but a label: `[녹취 박영희 / 시민]`."""
    if scene.text[start] not in _OPENING:
        return None
    above = scene.text[:start].rstrip()
    low = above.rfind("\n") + 1
    match = pattern(scene.words.heads_speech).match(above[low:])
    speaker = _labelled(scene, low + match.start("speaker"), low + match.end("speaker")) if match else None
    if match is None or speaker is None:
        return None
    return Floor(start=start, end=end, cue_start=low, cue_end=len(above), sources=(speaker,), rule="label")


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    while start < block.end:
        end = text.find("\n", start, block.end)
        end = block.end if end < 0 else end
        if start < end:
            yield start, end
        start = end + 1


def _label(scene: Scene, start: int, end: int) -> Floor | None:
    line = scene.text[start:end]
    if _LABELLING.isdisjoint(line[:60]):
        return None
    for expression in scene.words.labels:
        match = pattern(expression).match(line)
        if match is None:
            continue
        low, high = (start + k for k in match.span("speaker"))
        speaker = _labelled(scene, low, high)
        if speaker is not None:
            first, last = (start + k for k in match.span("speech"))
            return Floor(start=first, end=last, cue_start=low, cue_end=high, sources=(speaker,), rule="label")
    return None


def _labelled(scene: Scene, start: int, end: int) -> Source | None:
    """The speaker that a label names: a person, a body's official, else its words if they can be a name or a title."""
    words = scene.words
    name = re.split(r"\s?[/|,(]", scene.text[start:end])[0].strip()
    last = name.split()[-1] if name.split() else ""
    if len(name) < 2 or name in words.unlabelled or last.endswith(tuple(words.reporters)) or last in words.unlabelled:
        return None
    stop = start + len(name)
    inside = [m for m in scene.mentions if start <= m.start and m.end <= stop]
    known = [m for m in inside if m.kind is MentionKind.person] or [m for m in inside if m.end == stop]
    for mention in known:
        given = scene.text[start : mention.start].strip()
        if mention.kind is MentionKind.person and given and mention.end == stop and given not in mention.name:
            return Source(entity=f"name:{name}", name=name, start=start, end=stop)
        found = source_of(mention, scene.text)
        if found is not None:
            return found
    if last in _MASKED and len(name.split()) > 1:  # `주 모 씨`
        return Source(entity=f"anon:{name}", name=name, start=start, end=stop)
    titled = last in words.anonymous or last in words.offices or last.endswith((*words.titles, *words.human))
    parts = name.split()[: -1 if titled else None]
    likely = [p for p in parts if len(p) > 1 and sum(chances(p)) > _NAME]
    named = bool(likely) and len(parts) <= 3
    if not titled and not named:
        return None
    own = " ".join(parts) if named else name
    return Source(entity=f"{'name' if named else 'anon'}:{own}", name=own, start=start, end=stop)


# ------------------------------------------------------------------ speech by itself


class Speech:
    """Sentences that are nothing but words in marks, while a text is read; each gets the one who was announced, the
    one who speaks on, or the one named behind it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.floors: list[Floor] = []
        self._announced: tuple[Source, ...] = ()
        self._cue = (0, 0)
        self._waiting: list[Sentence] = []
        self._topic: tuple[Source, ...] = ()

    def hear(self, sentence: Sentence, focus: Focus, *, reported: bool) -> bool:
        """Take in the next sentence of the body; whether it announces speech. `focus` is what stands before it, `reported`
        tells whether somebody is reported to speak in it."""
        if pattern(self.scene.words.listening).match(self.scene.text, sentence.start, sentence.end):
            return False
        if self._alone(sentence):
            sources = self._announced or self._topic
            self._waiting.append(sentence)
            if sources:
                self._give(sentence, sources, "floor")
            return False
        cue = "" if reported else self._cue_of(sentence)
        if cue:
            sources = _teller(self.scene, sentence, focus)
            self._cue = (sentence.start, sentence.end)
            if self._waiting and pattern(self.scene.words.looking_back).match(cue):
                self._look_back(sources)
                sources = ()
            self._announced, self._topic, self._waiting = sources, (), []
            return True
        owner = self._owner_behind(sentence)
        if owner:
            self._cue = (sentence.start, sentence.end)
            self._look_back(owner)
        self._relayed(sentence)
        words = self.scene.text[sentence.start : sentence.end]
        if pattern(self.scene.words.closing).match(words):
            self._answered(sentence)
        if pattern(self.scene.words.question).match(words):
            self._topic = ()
        else:
            self._announced, self._waiting = (), []
            own = _person(self.scene, sentence) or _paper(self.scene, sentence, focus)
            self._topic = focus.speaker if reported and len(focus.speaker) == 1 else own
            self._cue = (sentence.start, sentence.end)
        return False

    def _alone(self, sentence: Sentence) -> bool:
        quoted, tokens = self.scene.quoted, self.scene.tokens
        if not any(quoted[sentence.first : sentence.last]):
            return False
        bare = [i for i in range(sentence.first, sentence.last) if not quoted[i]]
        return len(bare) < sentence.last - sentence.first and all(tokens[i].tag in _PUNCTUATION for i in bare)

    def _cue_of(self, sentence: Sentence) -> str:
        found = pattern(self.scene.words.thus).search(self.scene.text, sentence.start, sentence.end)
        if found is None:
            return ""
        at = next((i for i in range(sentence.first, sentence.last) if self.scene.tokens[i].start >= found.start()), -1)
        return "" if at < 0 or self.scene.quoted[at] or _saying(self.scene, sentence) < 0 else found.group()

    def _owner_behind(self, sentence: Sentence) -> tuple[Source, ...]:
        """`“…” 외무상의 이 한마디에 …`, `“…” 린젠 대변인의 말이다`: whose words stand above."""
        scene = self.scene
        found = pattern(scene.words.owned).match(scene.text, sentence.start, sentence.end)
        given = {f.start for f in self.floors}
        if found is None or not self._waiting or any(w.start in given for w in self._waiting):
            return ()
        k = next((k for k in range(sentence.first + 1, sentence.last) if scene.tokens[k].end == found.end("owner")), -1)
        return sources_at(scene, k, sentence.first, Focus()) if k > 0 and scene.tokens[k].tag == "JKG" else ()

    def _give(self, sentence: Sentence, sources: tuple[Source, ...], rule: str) -> None:
        self.floors = [f for f in self.floors if f.start != sentence.start]
        self.floors.append(Floor(
            start=sentence.start, end=sentence.end, cue_start=self._cue[0], cue_end=self._cue[1], sources=sources, rule=rule,
        ))  # fmt: skip

    def _look_back(self, sources: tuple[Source, ...]) -> None:
        for waiting in self._waiting if sources else ():
            self._give(waiting, sources, "floor-back")

    def _relayed(self, sentence: Sentence) -> None:
        """`“…” 타스통신이 옮긴 그의 말이다`, `“…” 조선중앙통신은 이를 공개했다`: the words above came through the outlet."""
        scene = self.scene
        given = {w.start for w in self._waiting} & {f.start for f in self.floors}
        found = pattern(scene.words.relays).search(scene.text, sentence.start, sentence.end) if given else None
        if found is None:
            return
        k = next((k for k in range(sentence.first + 1, sentence.last) if marks_subject(scene, k)), -1)
        outlet = sources_at(scene, k, sentence.first, Focus()) if k > 0 else ()
        if outlet and is_outlet(outlet[-1], scene):
            self.floors = [
                msgspec.structs.replace(f, sources=(outlet[-1], *f.sources)) if f.start in given and outlet[-1] not in f.sources else f
                for f in self.floors
            ]  # fmt: skip

    def _answered(self, sentence: Sentence) -> None:
        """`이상은 윤정식 부상이 《로동신문》 기자와 나눈 문답이다`: the answers above are his, through the paper."""
        scene = self.scene
        inside = [m for m in scene.mentions if sentence.start < m.start < sentence.end]
        people = [m for m in inside if m.kind is MentionKind.person]
        named = [s for m in people[:1] or inside[:1] if (s := source_of(m, scene.text)) is not None]
        outlets = [source_of(m, scene.text) for m in inside]
        through = tuple(s for s in outlets if s is not None and is_outlet(s, scene))[:1]
        speaker = tuple(s for s in named if s not in through)
        self._cue = (sentence.start, sentence.end)
        if speaker:
            for match in pattern(scene.words.answer).finditer(scene.text, 0, sentence.start):
                low, high = match.span("speech")
                self._give(Sentence(start=low, end=high, block=0, first=0, last=0), through + speaker, "answer")


def _saying(scene: Scene, sentence: Sentence) -> int:
    """Token of the verb of saying with which the sentence ends; -1 if it ends with another one."""
    tokens = scene.tokens
    thus = pattern(scene.words.thus + scene.words.saying).search(scene.text, sentence.start, sentence.end)
    if thus is not None:  # `이렇게 말하고 자리를 떴다`
        return next((i for i in range(sentence.first, sentence.last) if tokens[i].end >= thus.end()), -1)
    for i in range(sentence.last - 1, sentence.first, -1):
        if scene.quoted[i]:
            return -1
        tag = tokens[i].tag
        if tag.startswith("XS") or tag[:2] in ("VV", "VA"):
            stem = tokens[i - 1].form + tokens[i].form if tag.startswith("XS") else tokens[i].form
            return i if scene.words.verbs.get(stem) or stem in ("말하", "하") else -1
    return -1


def _teller(scene: Scene, sentence: Sentence, focus: Focus) -> tuple[Source, ...]:
    verb = _saying(scene, sentence)
    return find_subject(scene, sentence, focus, Clause(
        begin=sentence.first, quotative=verb, after=-1, predicate=verb, report=False, topics=False, direct=True,
        modifier=False, nested=False, telling=False, before=(),
    )).sources  # fmt: skip


def _person(scene: Scene, sentence: Sentence) -> tuple[Source, ...]:
    """The person whom the sentence is about: its only topic."""
    topics: list[Source] = []
    inside = scene.tokens[sentence.first + 1 : sentence.last]
    for k in [k for k, t in enumerate(inside, sentence.first + 1) if t.tag == "JX" and t.form in ("은", "는")]:
        if marks_subject(scene, k):
            topics += sources_at(scene, k, sentence.first, Focus())
    return tuple(topics) if len(topics) == 1 and topics[0].entity in scene.people else ()


def _paper(scene: Scene, sentence: Sentence, focus: Focus) -> tuple[Source, ...]:
    """Who issued the paper that the sentence is about: `리병철 명의의 담화는 짧았다`."""
    papers, lone = scene.words.papers, scene.words.lone_papers
    for k in [k for k, t in enumerate(scene.tokens[sentence.first : sentence.last - 1], sentence.first + 1) if t.form in papers]:
        if scene.tokens[k - 1].form not in lone and marks_subject(scene, k):
            author = find_author(scene, sentence, focus) or focus.author
            return (author,) if author is not None else ()
    return ()


# ------------------------------------------------------------------ statements in full


def find_statement(scene: Scene, sentences: Sequence[Sentence], blocks: Sequence[Block]) -> Floor | None:
    """A statement that the rest of the report prints in full, in the first person: introduced by a sentence
    (`다음과 같은 담화를 발표하였다`) or by the head line."""
    for sentence in sentences:
        match = pattern(scene.words.statement).search(scene.text, sentence.start, sentence.end)
        if match is not None:
            issuer = next((s for k in range(sentence.first + 1, sentence.last) if (s := _issuer_before(scene, sentence, k))), None)
            return _printed(scene, issuer, sentence.end, match.span("paper"))
    first = next((s for s in sentences if blocks[s.block].kind in (BlockKind.headline, BlockKind.body)), None)
    if first is None:
        return None
    end = scene.text.find("\n", first.start)
    match = pattern(scene.words.heading).match(scene.text[first.start : end]) if end > 0 else None
    if match is None or match.group("issuer").endswith(("의", "은", "는")):
        return None
    low, high = (first.start + k for k in match.span("issuer"))
    named = [m for m in scene.mentions if low <= m.start and m.end <= high and scene.text[m.end : high].strip() in ("", "대변인")]
    issuer = _named_issuer(scene, source_of(named[-1], scene.text), high) if named else None
    return _printed(scene, issuer, end + 1, (low, high))


def _issuer_before(scene: Scene, sentence: Sentence, k: int) -> Source | None:
    if not marks_subject(scene, k):
        return None
    found = sources_at(scene, k, sentence.first, Focus())
    return _named_issuer(scene, found[-1], scene.tokens[k].start) if found else None


def _named_issuer(scene: Scene, source: Source | None, end: int) -> Source | None:
    """A statement is the spokesman's, not the ministry's: `북한 외무성 대변인`."""
    words = scene.text[max(0, end - 4) : end].rstrip()
    if source is None or not words.endswith("대변인") or source.name.endswith("대변인"):
        return source
    return msgspec.structs.replace(source, entity=f"{source.entity}:대변인", name=f"{source.name} 대변인")


def _printed(scene: Scene, issuer: Source | None, start: int, cue: tuple[int, int]) -> Floor | None:
    """The floor from letter `start` to the signature; none if nobody speaks there as `우리`."""
    signed = pattern(scene.words.signed).search(scene.text, start)
    end = signed.start() if signed else len(scene.text)
    if issuer is None or not pattern(scene.words.first_person).search(scene.text, start, end):
        return None
    return Floor(start=start, end=end, cue_start=cue[0], cue_end=cue[1], sources=(issuer,), rule="statement")
