"""Who speaks in a report: the phrase with a subject particle that the reporting verb belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sacho.annotate.citations import outlet_topic, relayed
from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.records import Record, Sentence, Source

_WINDOW = 16  # tokens in which an occasion (`브리핑에서`) may follow the speaker
_FIRST_PHRASE = 5  # tokens: `노어트 국무부 대변인도` at the head of the clause speaks, a later 도 belongs to what is said
_NO_PHRASE = ("JK", "EC", "ET", "MA")
_CLOSED = ("고", "으며", "며", "으나", "지만", "는데", "은데")  # behind a past tense
_MARKS = ("JX", "JKS")  # tags of the particles of a subject or topic


class Clause(Record):
    """What is known of one report before its speaker: token indexes of where it may `begin`, its first quotation
    marker (`quotative`), its last one (`after`, -1 if it has none) and its `predicate`.

    `report`: the verb wants an outlet (보도하다). `topics`: a subject (이/가) does not speak (`북한이 …했다는
    주장이다`). `direct`: the words stand in marks. `modifier`: the verb modifies a noun (`…했다고 밝힌 데 대해`),
    so a topic belongs to a later verb. `nested`: it is itself quoted (`…했다고 밝혔다고`), so the first topic may
    be the outer verb's. `telling`: 전하다, 덧붙이다. `later`: who tells the whole stands behind it.
    `before`: who spoke earlier in the same sentence.
    """

    begin: int
    quotative: int
    after: int
    predicate: int
    report: bool
    topics: bool
    direct: bool
    modifier: bool
    nested: bool
    telling: bool
    before: tuple[Source, ...]
    later: bool = False


class Subject(Record):
    """Speakers, outermost first; `outer` is the outlet whose account frames them; `start` is the letter where what
    they say begins; `state` is the country in whose name the person speaks (`북한은 … 국방상 담화를 통해`);
    `particle` is the token behind the phrase, -1 unless the phrase stands before the quotation."""

    sources: tuple[Source, ...]
    start: int
    outer: tuple[Source, ...] = ()
    state: str = ""
    particle: int = -1


class Candidate(Record):
    """A phrase that can speak: the token of its particle, whether a topic (은/는), its sources."""

    particle: int
    topic: bool
    sources: tuple[Source, ...]


def find_subject(scene: Scene, sentence: Sentence, focus: Focus, clause: Clause) -> Subject:
    """The speaker of one report.

    A phrase between quotation and verb (`…고 통신은 전했다`) speaks; else the topic before the quotation; else its
    subject; else the one who spoke before, in the same sentence or the last (`이어 "…"고 덧붙였다`).
    """
    begin = scene.tokens[clause.begin].start if clause.begin < sentence.last else sentence.start
    # `"…"라면서도 특사단이 떠났는지는 확인하지 않았다`: what follows has its own subject.
    said = scene.tokens[clause.after].form if clause.after >= 0 else ""
    concedes = said.endswith("면서도") or (said.endswith("면서") and scene.tokens[clause.after + 1].form == "도")
    for k in range(clause.after + 1, clause.predicate) if clause.after >= 0 and not concedes else ():
        if marks_subject(scene, k) and not _relative(scene, k, clause.predicate):
            late = sources_at(scene, k, clause.after + 1, focus)
            if late:  # an outlet named last tells the whole sentence
                whole = is_outlet(late[-1], scene)
                topic = outlet_topic(scene, clause.begin, clause.quotative, focus)
                behind = scene.tokens[topic].start if topic >= 0 else 0
                return Subject(sources=late, start=sentence.start if whole else max(begin, behind))
    candidates = _candidates(scene, clause, focus)
    goes_on = scene.tokens[sentence.first].form in scene.words.advancing
    agency = bool(focus.speaker) and is_outlet(focus.speaker[-1], scene)
    if clause.telling and goes_on and agency:  # 아울러 북측은 …했다고 전했다: what is told has its own topic
        candidates = [c for c in candidates if is_outlet(c.sources[-1], scene)]
    chosen, outer = _choose(candidates, scene, clause, goes_on=goes_on)
    if chosen is not None:
        return _early(scene, sentence, focus, clause, chosen, outer, goes_on=goes_on)
    stranger = _stranger(scene, clause)
    if stranger is not None:
        return stranger
    if clause.before and clause.begin > sentence.first and not candidates:
        return Subject(sources=clause.before, start=begin)
    if clause.report and focus.outlets:
        return Subject(sources=(focus.outlets[-1][0],), start=begin)
    if not candidates and _unknown_topic(scene, clause):
        return Subject(sources=(), start=begin)
    return Subject(sources=focus.speaker, start=begin)


def marks_subject(scene: Scene, k: int) -> bool:
    """Whether token `k` is a subject or topic particle behind a noun phrase, outside of quotations."""
    token = scene.tokens[k]
    if scene.quoted[k] or k == 0:
        return False
    if token.tag == "JKS":
        return True
    before = scene.tokens[k - 1].tag
    if token.tag != "JX" or token.form not in ("은", "는", "도", "ᆫ"):
        return False
    return before == "JKS" or before[:2] not in _NO_PHRASE


def find_medium(scene: Scene, sentence: Sentence, begin: int, stop: int) -> tuple[Source, ...]:
    """The outlet to which somebody speaks before token `stop`: `타스통신과의 인터뷰에서`, `로이터통신에 "…"`, `방송에 출연해`."""
    tokens, words = scene.tokens, scene.words
    for k in range(begin + 1, min(stop, sentence.last)):
        if tokens[k].form in ("인터뷰", "회견", "통화") and scene.owner[k - 1] >= 0:  # BBC 인터뷰에서
            found = sources_at(scene, k, k - 1, Focus())
            if found and is_outlet(found[-1], scene):
                return found[-1:]
        if scene.quoted[k] or tokens[k].tag not in ("JKB", "JC") or tokens[k].form not in ("와", "과", "에", "에게"):
            continue
        after = [t.form for t in tokens[k + 1 : min(k + 6, sentence.last)]]
        talk = any(form in words.interviews for form in after)
        if tokens[k].form == "에게" and tokens[k - 1].form in ("기자", "특파원", "취재진"):  # 타스통신 기자에게
            found = sources_at(scene, k - 1, begin, Focus())
            if found and is_outlet(found[-1], scene):
                return found[-1:]
        spoken = tokens[k].form in ("에", "에게") and k + 1 < sentence.last and (scene.quoted[k + 1] or k + 1 == stop)
        found = sources_at(scene, k, begin, Focus()) if talk or spoken else ()
        if found and is_outlet(found[-1], scene):
            return found[-1:]
    return ()


def find_author(scene: Scene, sentence: Sentence, focus: Focus) -> Source | None:
    """Who issued the paper that the sentence tells of: `김여정 부부장 명의의 담화`, `북한 외무성 성명`, `…은 담화를 냈다`."""
    tokens, words = scene.tokens, scene.words
    inside = tokens[sentence.first + 1 : sentence.last]
    for k in reversed([k for k, t in enumerate(inside, sentence.first + 1) if t.form in words.papers]):
        if scene.quoted[k] or tokens[k].form in words.lone_papers:
            continue
        if tokens[k - 1].form == "공동":
            return None
        own = sources_at(scene, _owner_end(scene, sentence, k), sentence.first, focus)
        if own and not is_outlet(own[-1], scene):
            return own[-1]
        issued = any(
            tokens[j].form in ("내", "발표", "공개", "내놓", "에서", "통하") for j in range(k + 1, min(k + 5, sentence.last))
        )
        subjects = (j for j in range(sentence.first + 1, k) if issued and marks_subject(scene, j))
        found = next((s for j in subjects if (s := sources_at(scene, j, sentence.first, focus))), ())
        if found and not is_outlet(found[-1], scene):
            return found[-1]
    return None


def _owner_end(scene: Scene, sentence: Sentence, paper: int) -> int:
    """Token behind the name of the one in whose name the paper is: `명의의`, `명의` and 의 are stepped over."""
    k = paper
    while k - 1 > sentence.first and scene.owner[k - 1] < 0 and (scene.tokens[k - 1].form == "명의" or scene.tokens[k - 1].tag == "JKG"):
        k -= 1
    return k if k - 1 >= sentence.first and (scene.owner[k - 1] >= 0 or k < paper) else sentence.first


def _stranger(scene: Scene, clause: Clause) -> Subject | None:
    """Somebody unknown who speaks words in marks, by what he is called (`단둥의 한 무역업자는 "…"`): the last human noun with a
    subject particle. A reporter's question is nobody's word."""
    tokens, words = scene.tokens, scene.words
    for k in range(clause.quotative - 1, clause.begin, -1) if clause.direct else ():
        if not marks_subject(scene, k) or _relative(scene, k, clause.quotative):
            continue
        head = k - 1 if tokens[k - 1].form not in ("들", "측") else k - 2
        if tokens[head].form in words.reporters:
            return Subject(sources=(), start=tokens[clause.begin].start)
        if head < clause.begin or scene.owner[head] >= 0:
            return None
        first = head
        while first > clause.begin and tokens[first - 1].end == tokens[first].start and tokens[first - 1].tag.startswith(("N", "XP", "SL")):
            first -= 1
        if tokens[first].form in ("사람", "명") and first - 2 >= clause.begin:  # `참석자 한 사람은`
            first = head = first - 2
        while tokens[head].tag in ("SN", "NR", "XSN") and head > clause.begin:  # `시민 300여 명이`
            first = head = head - 1
        word = scene.text[tokens[first].start : tokens[head].end]
        if tokens[head].tag.startswith("NN") and len(word) > 1 and word.endswith(words.human):
            source = Source(entity=f"anon:{word}", name=word, start=tokens[first].start, end=tokens[head].end)
            return Subject(sources=(source,), start=tokens[k + 1].start, particle=k)
        if tokens[k].tag == "JX":
            return None  # a subject without marks may be part of what is said (`분위기가 “얼음장 같았다”고`)
    return None


def _unknown_topic(scene: Scene, clause: Clause) -> bool:
    """Whether the first phrase is a topic by a name that nobody knows (`코랄페이는 보상하겠다고 약속했다`): nobody who spoke before."""
    for k in range(clause.begin + 1, clause.quotative):
        if marks_subject(scene, k):
            named = scene.owner[k - 1] < 0 and scene.tokens[k - 1].tag in ("NNP", "SL")
            return named and scene.tokens[k].tag == "JX" and scene.tokens[k].form in ("은", "는")
        if scene.tokens[k].tag in ("JKB", "EC", "ETM"):
            return False
    return False


def _relative(scene: Scene, k: int, stop: int) -> bool:
    """Whether the subject at token `k` belongs to a relative clause (`매체가 거론한 주장에 대해 "…"`), unless that clause tells
    when or where it was said (`위원장이 만난 자리에서 "…"`)."""
    tokens, words = scene.tokens, scene.words
    for j in range(k + 1, stop):
        if scene.quoted[j]:
            return False
        if tokens[j].tag in ("EC", "EF") and tokens[min(j + 1, stop - 1)].tag != "VX":
            return False
        if tokens[j].tag == "ETM":
            after = next((t for t in tokens[j + 1 : stop] if t.tag.startswith(("NN", "XR"))), None)
            last = _noun_end(scene, j + 1, stop)
            kept = words.resting | words.settings | words.talks | words.statements
            return after is not None and after.form not in kept and tokens[last].form not in kept
    return False


def _noun_end(scene: Scene, j: int, stop: int) -> int:
    while j + 1 < stop and scene.tokens[j + 1].tag.startswith(("NN", "XSN", "SN", "XR")):
        j += 1
    return min(j, stop - 1)


def _candidates(scene: Scene, clause: Clause, focus: Focus) -> list[Candidate]:
    out: list[Candidate] = []
    relative: list[Candidate] = []  # speaks if nobody else does: `총리가 나타난 특사를 만나 “…”라고 말했다고 통신이 보도했다`
    for k, token in enumerate(scene.tokens[clause.begin + 1 : max(clause.quotative, 0)], clause.begin + 1):
        if token.tag not in _MARKS:
            continue
        topic = token.tag == "JX"
        also = token.form == "도" and not clause.direct and k - clause.begin > _FIRST_PHRASE
        if (topic or not clause.topics) and not also and marks_subject(scene, k):
            aside = not topic and clause.direct and _relative(scene, k, clause.quotative)
            if aside and not clause.later:
                continue
            found = sources_at(scene, k, clause.begin, focus)
            if found:
                (relative if aside else out).append(Candidate(particle=k, topic=topic, sources=found))
    return out or relative


def _choose(
    candidates: Sequence[Candidate], scene: Scene, clause: Clause, *, goes_on: bool
) -> tuple[Candidate | None, tuple[Source, ...]]:
    """The candidate that speaks, and the outlet that frames it (`VOA는 공보실이 "…"며`)."""
    if clause.nested and len(candidates) > 1 and candidates[0].topic:
        candidates = candidates[1:]
        last = [c for c in candidates if c.topic] or candidates[:1]
        return last[-1], ()
    topics = [c for c in candidates if c.topic]
    if len(topics) > 1 and not clause.direct and not any(is_outlet(c.sources[-1], scene) for c in topics):
        topics = _of_last_clause(topics, scene)
    if clause.direct:  # `외무성은 미국도 "…"라고`: 도 belongs to what is said
        topics = [c for c in topics if scene.tokens[c.particle].form != "도"] or topics
    others = [c for c in candidates if not c.topic]
    if clause.modifier and others:
        return others[-1] if clause.direct else others[0], ()
    if topics:
        outlets = [c for c in topics if is_outlet(c.sources[-1], scene)]
        told = clause.report or clause.telling
        topic = topics[-1] if clause.direct else topics[0]
        if outlets and (told or not clause.direct):
            topic = outlets[0]
        voice = topic.sources[-1]
        inner = [c for c in others if c.particle > topic.particle]
        framed = clause.direct and bool(inner) and is_outlet(voice, scene) and not told
        if framed and not is_outlet(inner[-1].sources[-1], scene):
            return inner[-1], topic.sources
        fits = not clause.report or not (voice.entity in scene.people or voice.entity.startswith("anon:"))
        fits = fits or is_outlet(voice, scene)
        return (topic, ()) if fits else (None, ())
    if not others:
        return None, ()
    nearest = others[-1] if clause.direct else others[0]
    voiced = is_outlet(nearest.sources[-1], scene) or (nearest.sources[-1].entity[:5] == "anon:" and not goes_on)
    speaks = clause.direct or voiced or not (clause.report or goes_on)
    return (nearest, ()) if speaks else (None, ())


def _of_last_clause(topics: Sequence[Candidate], scene: Scene) -> list[Candidate]:
    """The topics behind the last clause that is told as done: `사무총장은 …을 호소했으며 [미국은] …고 발표했다`."""
    for n in range(len(topics) - 1, 0, -1):
        between = scene.tokens[topics[n - 1].particle : topics[n].particle]
        closed = any(a.tag == "EP" and b.tag == "EC" and b.form in _CLOSED for a, b in pairwise(between))
        if closed and scene.tokens[topics[n].particle].form in ("은", "는"):
            return list(topics[n:])
    return list(topics)


def _early(
    scene: Scene, sentence: Sentence, focus: Focus, clause: Clause, chosen: Candidate, outer: tuple[Source, ...],
    *, goes_on: bool,
) -> Subject:  # fmt: skip
    """The speaker named before the quotation."""
    start = _content_start(scene, sentence, chosen.particle, clause.quotative)
    sources, state = chosen.sources, ""
    outer = (*outer, *relayed(scene, chosen.particle, sources[0].start, clause.begin))
    person = _issuer(scene, sentence, chosen, start, focus)
    if person:
        sources, state = person, chosen.sources[-1].entity
    elif goes_on and focus.speaker and focus.speaker[-1].name == sources[-1].name:
        sources = focus.speaker
    return Subject(sources=sources, start=start, outer=outer, state=state, particle=chosen.particle)


def _content_start(scene: Scene, sentence: Sentence, particle: int, stop: int) -> int:
    """The first letter behind the speaker, and behind the occasion of the speech (`브리핑에서`, `담화를 통해`)."""
    tokens, words = scene.tokens, scene.words
    k = particle + 1
    for j in range(particle + 1, min(particle + _WINDOW, stop)):
        if scene.quoted[j] or marks_subject(scene, j):
            break
        before = tokens[j - 1]
        if tokens[j].form == "에서" and before.form in words.settings and before.form not in words.talks:
            k = j + 1
        elif tokens[j].tag == "VV" and tokens[j].form in ("통하", "만나") and before.tag in ("JKO", "JKB"):
            k = j + 2
    return tokens[min(k, sentence.last - 1)].start


def _issuer(
    scene: Scene, sentence: Sentence, chosen: Candidate, start: int, focus: Focus
) -> tuple[Source, ...]:
    """The person in whose name a state speaks: `북한은 노광철 국방상 담화를 통해`, and from there on."""
    tokens, own = scene.tokens, chosen.sources[-1]
    if not own.entity.isupper():
        return ()
    for k in range(chosen.particle + 1, sentence.last):
        named = scene.tokens[k - 1].tag == "JKG" and scene.tokens[k - 2].form == "명의"
        if scene.quoted[k]:
            break
        told = scene.owner[k - 1] >= 0 and tokens[k].start < start
        if tokens[k].form in scene.words.statements and (told or named):
            person = sources_at(scene, k - 2 if named else k, chosen.particle + 1, focus)
            if person and person[-1].entity != own.entity:
                return person
    if focus.issuer and focus.issuer[0] == own.entity:
        return (focus.issuer[1],)
    return ()
