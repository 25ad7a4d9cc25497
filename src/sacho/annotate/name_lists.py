"""Names the lexicon lacks, known by what stands around them: lists, and a word for what the person is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sacho.annotate.atoms import Atom, Scene
from sacho.annotate.name_model import chances
from sacho.annotate.name_signs import EDGE, PARTICLE

_WORD = "[가-힣]{2,5}"
_SEPARATOR = re.compile(r"(?:동지|씨)?(?:,\s|\s?[·ㆍ]\s?|(?:과|와)\s)")
_ITEM = re.compile(rf"{_WORD}(?=동지|[,·ㆍ\s(]|{PARTICLE}{EDGE}|$)")
_LIST = re.compile(rf"(?<![가-힣]){_WORD}(?=(?:동지|씨)?(?:,\s|\s?[·ㆍ]\s?|(?:과|와)\s){_WORD})")
_HANGUL = re.compile(r"[가-힣]+")
_LEAST, _BESIDE, _LISTED, _SURE = 0.02, 0.06, 0.3, 0.6  # chances
_MOST = 4


def apposed(scene: Scene, taken: bytearray) -> Iterator[Atom]:
    """`항공사 직원 김욱일에게`, `북한 국적의 리정철은`, `인도네시아인 시티 아이샤와`: a word for what the person is."""
    for match in scene.rules.apposition.finditer(scene.text):
        at = match.end()
        end = run_end(scene, at)
        if end > at and not any(taken[at:end]) and not scene.rules.not_names.match(scene.text[at:end]):
            yield Atom(at, end, "N")


def listed(scene: Scene, atoms: Sequence[Atom], taken: bytearray) -> Iterator[Atom]:
    """Items side by side with a name: `전종수, 원길우, 리경식이`; three and more that look like names are a list of their own."""
    known = {a.end: a for a in atoms if a.letter in "PNX"}
    begins = {a.start for a in atoms if a.letter in "PNX"}
    done = 0
    for match in _LIST.finditer(scene.text):
        if match.start() < done:
            continue
        items = list(_items(scene, match.start()))
        done = items[-1][1] if items else match.end()
        if len(items) < 2:
            continue
        sure = any(b in begins or e in known for b, e in items)
        floor = _BESIDE if sure else _LISTED
        fresh = [(b, e) for b, e in items if not any(taken[b:e])]
        likely = [(b, e) for b, e in fresh if chances(scene.text[b:e])[0] > floor or (sure and chances(scene.text[b:e])[1] > _SURE)]
        if (sure or (len(likely) >= 3 and len(likely) == len(items))) and likely:
            yield from (Atom(b, e, "N") for b, e in likely if not scene.rules.not_names.match(scene.text[b:e]))


def echoed(scene: Scene, names: Sequence[Atom], taken: bytearray) -> Iterator[Atom]:
    """A name found once is one wherever it stands as a word of its own."""
    forms = {scene.text[a.start : a.end] for a in names}
    forms = {f for f in forms if len(f) >= 3 or " " in f}
    if not forms:
        return
    either = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    pattern = re.compile(rf"(?<![가-힣])(?:{either})(?=[^가-힣]|$|{PARTICLE}{EDGE}|동지)")
    for match in pattern.finditer(scene.text):
        if not any(taken[match.start() : match.end()]):
            yield Atom(match.start(), match.end(), "N")


def _items(scene: Scene, at: int) -> Iterator[tuple[int, int]]:
    """Words parted by commas, dots or `와`, in text order."""
    while True:
        match = _ITEM.match(scene.text, at)
        if match is None:
            return
        end = _stem_end(scene.text, at, match.end())
        yield at, end
        step = _SEPARATOR.match(scene.text, end)
        if step is None:
            return
        at = step.end()


def _stem_end(text: str, start: int, end: int) -> int:
    """Where the name ends in a word that may carry a particle: `리경식이`."""
    word = text[start:end]
    best, chance = end, max(chances(word))
    tail = re.search(rf"{PARTICLE}$", word)
    while tail is not None and len(word) - len(tail.group()) >= 2:
        word = word[: tail.start()]
        if max(chances(word)) > chance:
            best, chance = start + len(word), max(chances(word))
        tail = re.search(rf"{PARTICLE}$", word)
    return best


def run_end(scene: Scene, at: int) -> int:
    """Where the name that begins at `at` ends; `at` if none does."""
    match = _HANGUL.match(scene.text, at)
    if match is None:
        return at
    end = _stem_end(scene.text, at, match.end())
    korean = chances(scene.text[at:end])[0]
    marked = end < match.end() or scene.text[end : end + 1] in ("·", ",", "(", "")
    if korean > _LISTED and end - at == 3 and (marked or scene.text[end : end + 2] == " 씨"):
        return end
    return max(_foreign_end(scene, at), at)


def _foreign_end(scene: Scene, at: int) -> int:
    """Where a run of up to four words ends that holds a word of a foreign name and ends with a particle or a mark:
    `시티 아이샤|와`; `at` if there is none."""
    sure, start = False, at
    for _ in range(_MOST):
        match = _HANGUL.match(scene.text, start)
        if match is None:
            return at
        end = _stem_end(scene.text, start, match.end())
        foreign = chances(scene.text[start:end])[1]
        sure = sure or foreign > _LISTED
        if end < match.end() or scene.text[match.end() : match.end() + 1] != " ":
            return end if sure and (foreign > _LEAST or start > at) else at
        if end - start > 5:
            return at
        start = match.end() + 1
    return at
