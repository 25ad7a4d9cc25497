"""Who says a quotation when its verb modifies him, and what before it is no report: a question, an act of the speaker's own."""

from __future__ import annotations

from sacho.annotate.citations import cited_at, outlet_topic
from sacho.annotate.quoted import Pending
from sacho.annotate.saying import ending_of
from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.annotate.subjects import marks_subject
from sacho.records import Sentence, Source

_BY_WORDS = ("보", "종합하", "빌리", "듣", "요약하", "간추리", "정리하")  # 당국자의 말을 종합하면
_JOINING = ("바", "것", "적", "뿐", "데다", "터", "만큼", "참", "뒤", "후", "반면", "직후", "다음")
_AGAINST = ("비하", "반하", "이어", "잇", "더하", "그치", "비추")  # 밝힌 데 비해
_PARTICLES = ("JX", "JKS", "JKO", "JKB")


def modified(scene: Scene, ending: int, stop: int, focus: Focus) -> tuple[Source, ...]:
    """Whom the verb with that ending modifies: `“…”고 운을 뗀 얀센 특사는`, `…라고 주장해 온 통일부가`. Empty if it modifies none
    that can speak."""
    tokens = scene.tokens
    while ending + 2 < stop and tokens[ending].tag == "EC" and tokens[ending + 1].tag == "VX":
        ending = ending_of(tokens, ending + 1, stop)
    k = ending + 1
    if tokens[ending].tag != "ETM" or k >= stop or tokens[k].tag == "NNB":
        return ()
    while k < stop and (tokens[k].tag[0] in "NXS" or tokens[k].tag == "JKG") and not scene.quoted[k]:
        k += 1
    if k >= stop or tokens[k].tag not in _PARTICLES or tokens[k - 1].form in scene.words.papers:
        return ()
    return sources_at(scene, k, ending + 1, focus)


def has_sayer(scene: Scene, within: tuple[int, int], focus: Focus, *, direct: bool) -> bool:
    """Whether a subject between two tokens says what follows: the only one outside of marks, the first of two without
    marks (`북한이 훈련이 끝났다고 밝힌`)."""
    subjects = [k for k in range(within[0] + 1, within[1]) if scene.tokens[k].tag == "JKS" and marks_subject(scene, k)]
    return len(subjects) > (0 if direct else 1) and bool(sources_at(scene, subjects[0], within[0], focus))


def asked(scene: Scene, begin: int, last: int) -> bool:
    """`기자가 "…"고 묻자`: a question of the press is nobody's word."""
    near = [k for k in range(begin + 1, last) if marks_subject(scene, k)]
    return bool(near) and any(t.form in scene.words.reporters for t in scene.tokens[max(begin, near[-1] - 2) : near[-1]])


def paper_of(scene: Scene, sentence: Sentence, focus: Focus, i: int) -> tuple[Source, ...]:
    """Whose paper the verb at token `i` presents: `외무성 담화를 소개하며`."""
    k = i - 1 - scene.tokens[i].tag.startswith("XS")
    if k - 1 <= sentence.first or scene.tokens[k].tag != "JKO" or scene.tokens[k - 1].form not in scene.words.papers:
        return ()
    return cited_at(scene, sentence, focus, k)


def behind_own_act(scene: Scene, particle: int, act: tuple[int, int], stop: int) -> int:
    """`북한은 훈련을 비난하며, …할 것이라고 밝혔다`: the first act is the speaker's, told by the outlet; what is said begins at
    the letter behind it. 0 if there is none, or it has a subject of its own."""
    verb, behind = act
    if particle < 0 or not particle < verb < behind < stop:
        return 0
    others = 0
    for k in range(particle + 1, verb):
        if marks_subject(scene, k):
            others += 1
        elif scene.tokens[k].tag == "ETM":
            others = max(0, others - 1)
    return 0 if others else scene.tokens[behind].start


def framed(scene: Scene, begin: int, speaker: Source, i: int, focus: Focus) -> bool:
    """Whether an outlet's account, which cites, stands around the report of the verb at token `i`."""
    behind = outlet_topic(scene, begin, i, focus)
    return behind >= 0 and not is_outlet(speaker, scene) and scene.tokens[behind - 1].start < speaker.start


def closest(scene: Scene, last: Pending, i: int) -> bool:
    """Whether the words that wait stand in marks and no subject stands between them and token `i`."""
    return last.direct and not any(marks_subject(scene, k) for k in range(last.last + 1, i))


def by_turns(scene: Scene, last: Pending, i: int, stop: int) -> bool:
    """Whether the topic at token `i` is another speaker behind a comma, for whom the verb stands later: `강 장관은 “…”고, 모테기
    외무상은 “…”고 했다`."""
    tokens = scene.tokens
    if not last.direct or last.last + 1 >= stop or tokens[last.last + 1].tag != "SP":
        return False
    return all(tokens[k].tag[0] not in "VE" for k in range(last.last + 1, i)) and any(scene.quoted[i:stop])


def goes_on(scene: Scene, i: int, stop: int) -> bool:
    """Whether the noun at token `i` only joins clauses, so that the topic before its verb is the verb's own: `밝힌 뒤`, `밝힌 데 비해`."""
    form, behind = (scene.tokens[min(k, stop - 1)].form for k in (i, i + 1))
    return form in _JOINING or (form == "데" and behind in _AGAINST)


def told_later(scene: Scene, ending: int, stop: int) -> bool:
    """Whether who tells the whole stands behind it (`…라고 촉구했다고 외교부 당국자가 전했다`), so that no topic before is his."""
    behind = range(ending + 1, min(ending + 8, stop))
    return any(scene.owner[k - 1] >= 0 and marks_subject(scene, k) for k in behind)


def per_phrase(scene: Scene, first: int, i: int, stem: str) -> bool:
    """Whether the verb at token `i` cites: `에 따르면`, `에 의하면`, `보도를 보면`."""
    tokens, object_ = scene.tokens, i - 1 - scene.tokens[i].tag.startswith("XS")
    if stem in _BY_WORDS:
        return tokens[object_].tag == "JKO" and object_ - 1 > first and tokens[object_ - 1].form in scene.words.carriers
    return stem in ("따르", "의하") and tokens[i - 1].form in ("에", "데")
