"""Who speaks in a report: the phrase with a subject particle that the reporting verb belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.records import Record, Sentence, Source

_ADVANCING = frozenset(["이어", "또", "또한", "아울러", "그러면서", "특히", "더불어", "이어서", "그리고", "덧붙여", "다만"])
_OCCASION_KEPT = frozenset(["회담", "자리", "회의", "통화", "면담", "만찬", "오찬"])
_STATEMENTS = frozenset(["담화", "성명", "논평", "연설", "글", "기고", "기고문", "입장문", "담화문"])


class Subject(Record):
    """Speakers, outermost first; `outer` is the outlet whose account frames them; `start` is where what they say
    begins; `state` is the country in whose name the person speaks (`북한은 … 국방상 담화를 통해`)."""

    sources: tuple[Source, ...]
    start: int
    outer: tuple[Source, ...] = ()
    state: str = ""


class Candidate(Record):
    """A phrase that can speak: the token of its particle, whether a topic (은/는), its sources."""

    particle: int
    topic: bool
    sources: tuple[Source, ...]


def find_subject(
    scene: Scene, sentence: Sentence, focus: Focus, *, resume: int, quotative: int, after: int, predicate: int, report: bool,
    direct: bool, modifier: bool, before: tuple[Source, ...],
) -> Subject:  # fmt: skip
    """The speaker of one report.

    A phrase between quotation and verb (`…고 통신은 전했다`) speaks; else the topic before the quotation; else its
    subject; else the one who spoke before (`before` in the same sentence, `focus` in the last). `report` verbs
    (보도하다) want an outlet. `modifier`: the verb modifies a noun (`…했다고 밝힌 데 대해`), where a topic belongs
    to a later verb.
    """
    begin = scene.tokens[resume].start if resume < sentence.last else sentence.start
    for k in range(after + 1, predicate) if after >= 0 else ():
        if marks_subject(scene, k):
            late = sources_at(scene, k, after + 1, focus)
            if late:
                return Subject(sources=late, start=begin)
    candidates = _candidates(scene, resume, quotative, focus)
    goes_on = scene.tokens[sentence.first].form in _ADVANCING
    chosen, outer = _choose(candidates, scene, report=report, direct=direct, modifier=modifier, goes_on=goes_on)
    if chosen is not None:
        start = _content_start(scene, sentence, chosen.particle, quotative)
        person = _issuer(scene, chosen, start, focus, sentence)
        if person:
            return Subject(sources=person, start=start, outer=outer, state=chosen.sources[-1].entity)
        same = goes_on and focus.speaker and focus.speaker[-1].name == chosen.sources[-1].name
        return Subject(sources=focus.speaker if same else chosen.sources, start=start, outer=outer)
    if before and resume > sentence.first and not candidates:
        return Subject(sources=before, start=begin)
    if report and focus.outlets:
        return Subject(sources=(focus.outlets[-1][0],), start=begin)
    return Subject(sources=focus.speaker, start=begin)


def marks_subject(scene: Scene, k: int) -> bool:
    """Whether token `k` is a subject or topic particle behind a noun phrase, outside of quotations."""
    token = scene.tokens[k]
    if scene.quoted[k] or k == 0:
        return False
    if token.tag == "JKS":
        return True
    before = scene.tokens[k - 1].tag
    return token.tag == "JX" and token.form in ("은", "는", "도", "ᆫ") and before[:2] not in ("JK", "EC", "ET", "MA") or (
        token.form in ("은", "는") and token.tag == "JX" and before == "JKS"
    )


def _candidates(scene: Scene, resume: int, stop: int, focus: Focus) -> list[Candidate]:
    out = []
    for k in range(resume + 1, stop):
        if marks_subject(scene, k):
            found = sources_at(scene, k, resume, focus)
            if found:
                out.append(Candidate(particle=k, topic=scene.tokens[k].tag == "JX", sources=found))
    return out


def _choose(
    candidates: Sequence[Candidate], scene: Scene, *, report: bool, direct: bool, modifier: bool, goes_on: bool
) -> tuple[Candidate | None, tuple[Source, ...]]:
    topics = [c for c in candidates if c.topic]
    others = [c for c in candidates if not c.topic]
    if modifier and others:
        return others[-1] if direct else others[0], ()
    if topics:
        first = topics[0]
        inner = [c for c in others if c.particle > first.particle]
        if direct and inner and is_outlet(first.sources[-1], scene) and not is_outlet(inner[-1].sources[-1], scene):
            return inner[-1], first.sources
        fits = not report or is_outlet(first.sources[-1], scene) or first.sources[-1].entity.isupper()
        return (first, ()) if fits else (None, ())
    if not others:
        return None, ()
    nearest = others[-1] if direct else others[0]
    voiced = is_outlet(nearest.sources[-1], scene) or nearest.sources[-1].entity.startswith("anon:")
    return (nearest, ()) if direct or voiced or not report and not goes_on else (None, ())


def _content_start(scene: Scene, sentence: Sentence, particle: int, stop: int) -> int:
    """The first letter behind the speaker, and behind the occasion of the speech (`브리핑에서`, `담화를 통해`)."""
    tokens, words = scene.tokens, scene.words
    k = particle + 1
    for j in range(particle + 1, min(particle + 16, stop)):
        if scene.quoted[j] or marks_subject(scene, j):
            break
        before = tokens[j - 1]
        if tokens[j].form == "에서" and before.form in words.settings and before.form not in _OCCASION_KEPT:
            k = j + 1
        elif tokens[j].tag == "VV" and tokens[j].form in ("통하", "만나") and before.tag in ("JKO", "JKB"):
            k = j + 2
    return tokens[min(k, sentence.last - 1)].start


def _issuer(scene: Scene, chosen: Candidate, start: int, focus: Focus, sentence: Sentence) -> tuple[Source, ...]:
    """The person in whose name a state speaks: `북한은 노광철 국방상 담화를 통해`, and on from there (`북한은 이어`)."""
    tokens = scene.tokens
    own = chosen.sources[-1]
    if not own.entity.isupper():
        return ()
    for k in range(chosen.particle + 1, sentence.last):
        if tokens[k].start >= start or scene.quoted[k]:
            break
        if tokens[k].form in _STATEMENTS and scene.owner[k - 1] >= 0:
            person = sources_at(scene, k, chosen.particle + 1, focus)
            if person and person[-1].entity != own.entity:
                return person
    if focus.issuer and focus.issuer[0] == own.entity:
        return (focus.issuer[1],)
    return ()
