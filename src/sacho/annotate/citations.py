"""Sources named in passing: `외무성 발표에 따르면`, `조선중앙통신을 인용해`, `소식통을 근거로`, `뉴스를 통해`."""

from __future__ import annotations

from sacho.annotate.saying import stem_of
from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.records import Sentence, Source


def cited_at(scene: Scene, sentence: Sentence, focus: Focus, particle: int) -> tuple[Source, ...]:
    """Sources of the phrase that ends before token `particle`; nouns of saying are stepped over (`소식통의 말을`,
    `뉴시스 보도에`), and what modifies them is asked (`통일부가 제출한 자료에`). `보도에 따르면` alone points back."""
    tokens, words = scene.tokens, scene.words
    k = particle
    while k - 1 > sentence.first and scene.owner[k - 1] < 0:
        token = tokens[k - 1]
        if token.tag != "JKG" and token.form not in words.carriers and token.form not in ("데", "바"):
            break
        k -= 1
    if k - 1 == sentence.first and scene.owner[k - 1] < 0 and tokens[k - 1].form in words.carriers:
        return focus.speaker or tuple(s for s, _ in focus.outlets[-1:])
    found = sources_at(scene, k, sentence.first, focus)
    if found:
        return (*relayed(scene, k, found[0].start, sentence.first), *found)
    if k == particle:
        return found
    for j in range(k - 1, sentence.first, -1):
        if tokens[j].tag == "JKS":
            return sources_at(scene, j, sentence.first, focus)
    return ()


def relayed(scene: Scene, stop: int, start: int, floor: int) -> tuple[Source, ...]:
    """The outlet through which the phrase at letter `start` came, told in a clause before it: `조선중앙통신이 전한 외무성 담화`."""
    tokens, words = scene.tokens, scene.words
    k = next((k for k in range(floor, stop) if tokens[k].start >= start), stop) - 1
    if k <= floor or tokens[k].tag != "ETM":
        return ()
    verb = stem_of(tokens, floor, k - 1 - (tokens[k - 1].tag == "EP"), words)
    if verb not in words.relaying:
        return ()
    for j in range(k - 1, floor, -1):
        if tokens[j].tag == "JKS":
            outlet = sources_at(scene, j, floor, Focus())
            return outlet[-1:] if outlet and is_outlet(outlet[-1], scene) else ()
        if tokens[j].tag in ("JX", "EC", "EF"):
            return ()
    return ()


def citation_particle(scene: Scene, sentence: Sentence, i: int) -> int:
    """Token of the particle before `인용` or `근거로` at token `i`; -1 if these do not cite."""
    tokens = scene.tokens
    after = tokens[min(i + 1, sentence.last - 1)].form
    if i - 1 <= sentence.first or tokens[i - 1].tag not in ("JKO", "JKB"):
        return -1
    return i - 1 if tokens[i].form == "인용" or after in ("로", "으로") else -1


def giver(scene: Scene, begin: int, verb: int, focus: Focus) -> tuple[tuple[Source, ...], int]:
    """From whom something was heard before the verb (`소식통으로부터 들었다`), and the token of the particle behind him."""
    for k in range(verb - 1, begin, -1):
        if scene.tokens[k].tag == "JKB" and scene.tokens[k].form in scene.words.givers and not scene.quoted[k]:
            found = sources_at(scene, k, begin, focus)
            if found:
                return found, k
    return (), -1


def owner_behind(scene: Scene, after: int, noun: int, focus: Focus) -> tuple[Source, ...]:
    """The owner of a noun of saying, if nothing but he stands between token `after` and it: `…라는 당국자의 발언`."""
    between = scene.tokens[after + 1 : noun - 1]
    plain = all(t.tag[0] in "NXS" or t.tag in ("MM", "JKG") for t in between)
    return sources_at(scene, noun - 1, after + 1, focus) if plain else ()


def first_topic(scene: Scene, begin: int, stop: int, focus: Focus) -> tuple[Source, ...]:
    """Who is the first topic (은, 는) before token `stop`."""
    for k in range(begin + 1, stop):
        if scene.tokens[k].tag == "JX" and not scene.quoted[k] and scene.tokens[k].form in ("은", "는"):
            found = sources_at(scene, k, begin, focus)
            if found:
                return found
    return ()


def names_teller(scene: Scene, begin: int, stop: int, focus: Focus) -> bool:
    """Whether the topic of `…다고 한다` is who says it: an outlet, somebody nameless, a body beside another subject
    (`외교부는 예산이 부족하다고 한다`)."""
    topic = first_topic(scene, begin, stop, focus)
    if not topic:
        return False
    if is_outlet(topic[-1], scene) or topic[-1].entity.startswith("anon:"):
        return True
    subjects = [k for k in range(begin + 1, stop) if scene.tokens[k].tag == "JKS" and scene.tokens[k].start > topic[-1].end]
    return bool(subjects) and topic[-1].entity not in scene.people and topic[-1].entity.islower()


def outlet_topic(scene: Scene, begin: int, stop: int, focus: Focus) -> int:
    """Token behind the outlet that is the first topic before token `stop`; -1 if the topic is another or there is none."""
    for k in range(begin + 1, stop):
        if scene.tokens[k].tag == "JX" and not scene.quoted[k] and scene.tokens[k].form in ("은", "는"):
            found = sources_at(scene, k, begin, focus)
            if found:
                return k + 1 if is_outlet(found[-1], scene) else -1
    return -1
