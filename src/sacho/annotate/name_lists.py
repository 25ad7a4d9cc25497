"""Names the lexicon lacks, known by what stands around them: lists, and a word for what the person is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sacho.annotate.atoms import Atom, Scene
from sacho.annotate.name_model import chances
from sacho.annotate.name_signs import EDGE, PARTICLE

_WORD = "[가-힣]{2,5}"
_SEPARATOR = re.compile(r"(?:동지|씨)?(?:,\s|\s?[·ㆍ]\s?|(?:과|와)\s)")
_ITEM = re.compile(rf"{_WORD}(?=동지|[,·ㆍ\s(]|{PARTICLE}{EDGE}|$)")
# A lookahead in front of each tells by the end of the word that nothing begins there; the search is faster for it.
_LIST = re.compile(
    rf"(?<![가-힣])(?=[가-힣]{{2,8}}+(?:,\s|\s?[·ㆍ]|(?<=[과와])\s)){_WORD}(?=(?:동지|씨)?(?:,\s|\s?[·ㆍ]\s?|(?:과|와)\s){_WORD})"
)
_TAIL = re.compile(rf"(?<=[가-힣]){PARTICLE}$")
_FOREIGN_PAIR = re.compile(
    rf"(?<![가-힣A-Za-z])[가-힣]{{2,6}}+ (?=[가-힣]{{3,9}}+(?<=[은는이가을를의과와도게]){EDGE})"
    rf"[가-힣]{{2,7}}(?=(?:은|는|이|가|을|를|의|과|와|도|에게){EDGE})"
)
_HANGUL = re.compile(r"[가-힣]+")
_BESIDE, _LISTED, _SURE = 0.06, 0.3, 0.6  # chances
_COMMON = ("NNG", "NNB", "MAG", "MAJ", "NP", "NR", "MM")
_CASES = ("은", "는", "이", "가", "을", "를", "의", "과", "와", "도", "에")
_MOST, _LONGEST = 4, 7  # words and syllables of a foreign name


def apposed(scene: Scene, taken: bytearray) -> Iterator[Atom]:
    """`항공사 직원 김욱일에게`, `북한 국적의 리정철은`, `인도네시아인 시티 아이샤와`: a word for what the person is."""
    for match in scene.rules.apposition.finditer(scene.text):
        at = match.end()
        end = run_end(scene, at, told=match.group().endswith(("인 ", "의 ")))
        if _counts(scene, at) or scene.rules.apposition.match(scene.text, at):  # `용의자 [세 명을]`, `미국인 [선교사] 마이클 신이`
            continue
        if end > at and not any(taken[at:end]) and not scene.rules.not_names.match(scene.text[at:end]):
            yield Atom(at, end, "N")


def _counts(scene: Scene, at: int) -> bool:
    i = bisect_left(scene.starts, at)
    return i < len(scene.tokens) and scene.tokens[i].start == at and scene.tokens[i].tag in ("MM", "NR", "SN")


def listed(scene: Scene, atoms: Sequence[Atom], taken: bytearray) -> Iterator[Atom]:
    """Items side by side with a name: `전종수, 원길우, 리경식이`; three that look
    like names, or two that surely do, are a list of their own."""
    ends = {a.end for a in atoms if a.letter in "PNX"}
    begins = {a.start for a in atoms if a.letter in "PNX"}
    done = 0
    for match in _LIST.finditer(scene.text):
        if match.start() < done:
            continue
        items = list(_items(scene, match.start()))
        done = items[-1][1] if items else match.end()
        if len(items) < 2:
            continue
        sure = any(b in begins or e in ends for b, e in items)
        floor = _BESIDE if sure else _LISTED
        fresh = [(b, e) for b, e in items if not any(taken[b:e])]
        likely = [(b, e) for b, e in fresh if chances(scene.text[b:e])[0] > floor or (sure and chances(scene.text[b:e])[1] > _SURE)]
        surest = all(chances(scene.text[b:e])[0] > _SURE for b, e in items)
        if likely and (sure or (len(likely) == len(items) and (len(items) >= 3 or surest))):
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
        end = _stem_end(scene, at, match.end())
        yield at, end
        step = _SEPARATOR.match(scene.text, end)
        if step is None:
            return
        at = step.end()


def _stem_end(scene: Scene, start: int, end: int) -> int:
    """Where the name ends in a word that may carry a particle: `리경식이`, `킨테로는`: where the analyser parts it, if what
    is left looks no less like a name."""
    word = scene.text[start:end]
    tail = _TAIL.search(word)
    if tail is None or tail.start() < 2:
        return end
    stem = word[: tail.start()]
    i = bisect_left(scene.starts, start + tail.start())
    parted = i < len(scene.tokens) and scene.tokens[i].start == start + tail.start() and scene.tokens[i].tag[0] in "JV"
    better = sum(chances(stem)) > sum(chances(word))
    return start + tail.start() if better or parted else end


def run_end(scene: Scene, at: int, *, told: bool = False) -> int:
    """Where the name that begins at `at` ends; `at` if none does. `told`: what stands before calls for a name."""
    match = _HANGUL.match(scene.text, at)
    if match is None:
        return at
    end = _stem_end(scene, at, match.end())
    korean = chances(scene.text[at:end])[0]
    marked = end < match.end() or scene.text[end : end + 1] in ("·", ",", "(", "")
    if end - at == 4 and scene.text[end - 1] == "씨" and chances(scene.text[at : end - 1])[0] > _LISTED:
        return end - 1  # `사업가인 김동철씨는`
    if korean > (_BESIDE if told else _LISTED) and 3 <= end - at <= 4 and (marked or scene.text[end : end + 2] == " 씨"):
        return end
    return _foreign_end(scene, at, told=told)


def _foreign_end(scene: Scene, at: int, *, told: bool) -> int:
    """Where a run of up to four words ends that holds a word of a foreign name and ends with a particle or a mark:
    `시티 아이샤|와`; `at` if there is none."""
    sure, start = 0.0, at
    for _ in range(_MOST):
        match = _HANGUL.match(scene.text, start)
        if match is None:
            return at
        end = _stem_end(scene, start, match.end())
        word = scene.text[start:end]
        if sure > _SURE and match.end() - start == len(word) == 2 and word[0] in scene.rules.surnames and word[1] in _CASES:
            return start + 1  # `마이클 신|이`
        korean, foreign = chances(word)
        sure = max(sure, foreign + korean)
        if end < match.end() or scene.text[match.end() : match.end() + 1] != " ":
            strange = (foreign > _LISTED or not _known(scene, start, end)) and len(word) <= _LONGEST and not _verbal(scene, end)
            return end if strange and sure > (_BESIDE if told and start == at else _LISTED) else at
        common = _known(scene, start, end) and not (told and len(word) < 4)
        if len(word) > 5 or (foreign < _LISTED and (common or _inflected(scene, start, end))):
            return at
        start = match.end() + 1
    return at


def _inflected(scene: Scene, start: int, end: int) -> bool:
    """Whether the analyser finds an ending at the word's end: `출신인`."""
    last = bisect_left(scene.starts, end)
    return last > 0 and scene.tokens[last - 1].start >= start and scene.tokens[last - 1].tag == "ETM"


def _verbal(scene: Scene, end: int) -> bool:
    """Whether the analyser finds the ending of a verb there: `왔다`."""
    last = bisect_left(scene.starts, end) - 1
    return last >= 0 and scene.tokens[last].end == end and scene.tokens[last].tag in ("EF", "EC")


def _known(scene: Scene, start: int, end: int) -> bool:
    """Whether the analyser takes the stretch for one common word, or for words of several kinds that it knows."""
    i = bisect_left(scene.starts, start)
    token = scene.tokens[i] if i < len(scene.tokens) else None
    if token is None or token.start != start:
        return False
    return token.end == end and end - start > 1 and token.tag in _COMMON


def bare(scene: Scene, taken: bytearray) -> Iterator[Atom]:
    """`석진호가`: a name alone, where its syllables leave no doubt and the analyser takes the word for a name."""
    for token in [t for t in scene.tokens if t.tag == "NNP" and t.end - t.start == 3]:
        if any(taken[token.start : token.end]):
            continue
        after = scene.text[token.end : token.end + 1]
        word = scene.text[token.start : token.end]
        if after not in _CASES or word[0] not in scene.rules.surnames or (token.start and scene.text[token.start - 1].isalnum()):
            continue
        if chances(word)[0] > _SURE and not scene.rules.not_names.match(word):
            yield Atom(token.start, token.end, "N")
    for match in _FOREIGN_PAIR.finditer(scene.text):
        start, end = match.start(), match.end()
        parts = match.group().split(" ")
        if all([len(p) > 1 and chances(p)[1] > _SURE for p in parts]) and not any(taken[start:end]):
            yield Atom(start, end, "N")
