"""Sources named in passing: `외무성 발표에 따르면`, `조선중앙통신을 인용해`, `소식통을 근거로`, `뉴스를 통해`."""

from __future__ import annotations

from sacho.annotate.speakers import Focus, Scene, sources_at
from sacho.records import Sentence, Source


def cited_at(scene: Scene, sentence: Sentence, focus: Focus, particle: int) -> tuple[Source, ...]:
    """Sources of the phrase that ends before token `particle`; nouns of saying are stepped over (`소식통의 말을`,
    `뉴시스 보도에`), and what modifies them is asked (`통일부가 제출한 자료에`). `보도에 따르면` alone points back."""
    tokens, words = scene.tokens, scene.words
    k = particle
    while k - 1 > sentence.first and scene.owner[k - 1] < 0:
        token = tokens[k - 1]
        if token.tag != "JKG" and token.form not in words.carriers:
            break
        k -= 1
    if k - 1 == sentence.first and scene.owner[k - 1] < 0 and tokens[k - 1].form in words.carriers:
        return focus.speaker or tuple(s for s, _ in focus.outlets[-1:])
    found = sources_at(scene, k, sentence.first, focus)
    if found or k == particle:
        return found
    for j in range(k - 1, sentence.first, -1):
        if tokens[j].tag == "JKS":
            return sources_at(scene, j, sentence.first, focus)
    return ()


def citation_particle(scene: Scene, sentence: Sentence, i: int) -> int:
    """Token of the particle before `인용` or `근거로` at token `i`; -1 if these do not cite."""
    tokens = scene.tokens
    after = tokens[min(i + 1, sentence.last - 1)].form
    if i - 1 <= sentence.first or tokens[i - 1].tag not in ("JKO", "JKB"):
        return -1
    return i - 1 if tokens[i].form == "인용" or after in ("로", "으로") else -1
