"""People whom the lexicon lacks, known by the office beside the name: `담딘 척트바타르 몽골 외무장관`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from sacho.annotate.atoms import Atom, Scene, adjacent, nominal, rest_of_body
from sacho.annotate.name_lists import apposed, bare, echoed, listed, run_end
from sacho.annotate.name_model import chances

_HANGUL = re.compile(r"[가-힣]+")
_OFFICE_PARTS = "CBLVWMKTAOR"
_MOST_WORDS = 4
_RARE, _LIKELY, _FOREIGN, _SURE = 0.01, 0.1, 0.25, 0.5  # chances from which a word beside an office counts as a name
_SUBJECTS = "이가은는"
_MARKS = "이가은는을를와과의도"
_SEATED = 0.02
_LEAST_OF = {"NNP": 0.2, "NNG": 0.4}  # chance of a name that ends like an organ, by what the analyser calls it: `함석주`, `현광성`
_POST = re.compile(" (주(?:한|북|미|중|일|러)) ")


def add_strangers(scene: Scene, atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with one N for each name found, in text order."""
    atoms = [_namesake(scene, a) if a.letter == "P" else _abroad(scene, a) if a.letter == "S" else a for a in atoms]
    found = [n for i, a in enumerate(atoms) if a.letter == "T" and (n := _beside(scene, atoms, i)) is not None]
    if "씨" in scene.text:
        found += [n for match in scene.rules.polite.finditer(scene.text) if (n := _polite(scene, atoms, match.start())) is not None]
    words = {w for a in found for w in scene.text[a.start : a.end].split(" ") if " " in scene.text[a.start : a.end]}
    if words:
        found += [n for i, t in enumerate(atoms) if t.letter == "T" and (n := _again(scene, atoms, i, words)) is not None]
    found += _around(scene, [*atoms, *found])
    if "주" in scene.text:
        found += _posted(scene, [*atoms, *found])
    return _in_order([*atoms, *found])


def _posted(scene: Scene, atoms: Sequence[Atom]) -> list[Atom]:
    """Where an envoy is posted, between the name and the state: `토마스 코체프 [주한] 체코 대사`."""
    starts = {a.start for a in atoms}
    posts = [m for a in atoms if a.letter == "N" and (m := _POST.match(scene.text, a.end)) is not None]
    return [Atom(m.start(1), m.end(1), "A") for m in posts if m.end() in starts and m.start(1) not in starts]


def _namesake(scene: Scene, atom: Atom) -> Atom:
    """A person of the lexicon found by one word of the name, beside another word that is not of it, is somebody else:
    `니컬러스 [번스]`, `[고노] 요헤이`."""
    if atom.letter != "P" or atom.match is None or " " in atom.match.form:
        return atom
    if korean(scene, atom.match.form) and atom.end - atom.start == 3:
        return atom
    text = scene.text
    after = _HANGUL.match(text, atom.end + 1) if text[atom.end : atom.end + 1] == " " else None
    titled = after is not None and after.group() in scene.lexicon.title_forms
    if after is not None and not titled and chances(after.group())[1] > _SURE and _is_surname_only(scene, atom, after.group()):
        return Atom(atom.start, after.end(), "N")
    begin = text.rfind(" ", 0, max(atom.start - 1, 0)) + 1
    before = text[begin : atom.start - 1] if text[atom.start - 1 : atom.start] == " " and atom.start else ""
    if len(before) > 1 and _HANGUL.fullmatch(before) and chances(before)[1] > _SURE and _is_surname_only(scene, atom, before):
        return Atom(begin, atom.end, "N")
    return atom


def _abroad(scene: Scene, atom: Atom) -> Atom:
    """`[다니엘 장] 국가안보보좌관`: a surname behind a foreign given name is the end of a name in full."""
    text = scene.text
    if text[atom.start - 1 : atom.start] != " " or text[atom.end : atom.end + 1] != " ":
        return atom
    begin = max(text.rfind(" ", 0, atom.start - 1), text.rfind("\n", 0, atom.start - 1)) + 1
    given = text[begin : atom.start - 1]
    sure = len(given) > 1 and _HANGUL.fullmatch(given) is not None and chances(given)[1] > _SURE
    return Atom(begin, atom.end, "N") if sure and not scene.rules.not_names.match(given) else atom


def _in_order(atoms: Sequence[Atom]) -> list[Atom]:
    """In text order without overlap; of two that begin together the name stays."""
    out: list[Atom] = []
    for atom in sorted(atoms, key=lambda a: (a.start, a.letter != "N", -a.end)):
        if not out or atom.start >= out[-1].end:
            out.append(atom)
    return out


def _around(scene: Scene, atoms: Sequence[Atom]) -> list[Atom]:
    """Names told by a list or by a word for what the person is; then each wherever it recurs."""
    taken = bytearray(len(scene.text) + 1)

    def take(found: Iterable[Atom]) -> list[Atom]:
        kept = [a for a in found if taken.find(1, a.start, a.end) < 0]
        for atom in kept:
            taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)
        return kept

    take(a for a in atoms if a.letter not in "HWM")
    new = take(apposed(scene, taken))
    new += take(listed(scene, [*atoms, *new], taken))
    new += take(bare(scene, taken))
    names = [a for a in atoms if a.letter == "N"]
    return new + take(echoed(scene, [*names, *new], taken))


def korean(scene: Scene, word: str) -> bool:
    """Whether a word looks like a Korean name: a surname and one to three syllables."""
    return (
        2 <= len(word) <= 4 and word[0] in scene.rules.surnames and all(["가" <= c <= "힣" for c in word])
        and (len(word) < 4 or word.startswith(scene.rules.compound_surnames))
    )  # fmt: skip


def _beside(scene: Scene, atoms: Sequence[Atom], i: int) -> Atom | None:
    """The name before the office that ends with the title `i`, else the name after it (DPRK order)."""
    first = _office_start(scene, atoms, i)
    if first is None:
        return None
    before = _before(scene, atoms, first, i)
    return before if before is not None else _after(scene, atoms, first, i)


def _polite(scene: Scene, atoms: Sequence[Atom], at: int) -> Atom | None:
    """`요코타 시게루 씨`, `김영자씨`: the name before the polite word at `at`."""
    start = at + (scene.text[at] == " ")
    floor = max((a.end for a in atoms if a.end <= at), default=0)
    if floor == at:
        return None
    words = _words_before(scene, at + 1, floor)
    run = _run(scene, words)
    if not run and words and korean(scene, scene.text[slice(*words[-1])]):
        run = words[-1:]
    if not run and len(words) > 1 and scene.text[slice(*words[-1])] in scene.rules.surnames:
        run = _run(scene, words[:-1])  # `케네스 배씨`
    if run and run[-1][1] - run[0][0] == 1:
        return None  # `김 씨는`: whoever has been named
    if not run or start <= run[0][0] + (start == at) or any(run[0][0] < a.end and a.start < at for a in atoms):
        return None
    return Atom(run[0][0], at, "N")


def _office_start(scene: Scene, atoms: Sequence[Atom], i: int) -> int | None:
    """Index of the office's first atom; None if a name of the lexicon or a surname stands before it."""
    while i > 0:
        left, right = atoms[i - 1], atoms[i]
        gap = scene.text[left.end : right.start]
        near = gap in ("", " ") or (gap == "의 " and left.letter in "CBL") or scene.rules.charge.fullmatch(gap) is not None
        near = near or (left.letter == "R" and scene.rules.dealings.fullmatch(gap) is not None)
        if not (near or (left.letter in "CLR" and rest_of_body(scene, left.end, right.start))):
            break
        if left.letter in "PNSEH":
            return None
        if left.letter not in _OFFICE_PARTS:
            break
        i -= 1
    return i


def _before(scene: Scene, atoms: Sequence[Atom], first: int, i: int) -> Atom | None:
    start = atoms[first].start
    floor = max([a.end for a in atoms[:first]], default=0)
    words = _words_before(scene, start, floor)
    while len(words) > 1 and _is_organ(scene, *words[-1]) and not (_in_syllables(words) or _goes_on(scene, words)):
        words.pop()
    if not words:
        return None
    begin, end = words[-1]
    if scene.text[end - 1] in _SUBJECTS and any(scene.text[end - 1 - n : end - 1] in scene.lexicon.title_forms for n in (2, 3, 4)):
        return None  # `연락대표[가] 남측 대표에게`
    if end - begin == 1 and len(words) == 1:
        return None
    name = scene.text[begin:end]
    if first > 0 and atoms[first - 1].letter == "P" and scene.text[atoms[first - 1].end : words[0][0]] == " ":
        other = len(words) == 1 and chances(name)[1] > _FOREIGN and _is_surname_only(scene, atoms[first - 1], name)
        return Atom(atoms[first - 1].start if other else words[0][0], end, "N" if other else "A")
    foreign = any(a.letter in "CB" and not _is_korea(scene, a) for a in atoms[first:i])
    run = _run(scene, words)
    if foreign and not run and _far(scene, begin, end):
        return Atom(begin, end, "N")
    given = len(run) > 1 and (foreign or chances(scene.text[slice(*run[-2])])[1] > _FOREIGN)
    if len(words) > 1 and _before_organ(scene, words):
        return Atom(*words[-2], "N")  # `정광일 노체인 대표`
    seated = any(a.letter in "CBL" and a.match is not None for a in atoms[first:i])
    if korean(scene, name) and _named(scene, begin, end, seated=seated) and not given:
        return Atom(begin, end, "N")
    if len(words) > 1 and any(_state_of(scene, a) == "VNM" for a in atoms[first : i + 1]):
        family = next((w for w in words[-_MOST_WORDS:] if scene.text[slice(*w)] in scene.rules.vietnamese_surnames), None)
        if family is not None and words[-1] != family:
            return Atom(family[0], end, "N")  # `응우옌 밍 부 베트남 외교부 차관`
    if len(words) == 1 and end - begin == 2 and _common(scene, begin, end, atoms[i]):
        return Atom(begin, end, "N")
    if not run or (scene.rules.organ_ends.search(name) and chances(name)[1] < _SURE):
        return None
    led = run[0][0] > 0 and first > 0 and scene.text[atoms[first - 1].end : run[0][0]] in (" ", "의 ")
    nation = foreign or any(a.letter == "C" for a in atoms[first : i + 1]) or (led and atoms[first - 1].letter == "C")
    if len(run) > 1 or run[0][0] < begin or (nation and end - begin > 2) or chances(name)[1] > _SURE:
        return Atom(run[0][0], end, "N")
    return None


def _goes_on(scene: Scene, words: Sequence[tuple[int, int]]) -> bool:
    """Whether the last word may belong to the foreign name before it: `빈센트 [오코너]`, not `안드레이 클리모프 [총회]`."""
    before, last = (scene.text[slice(*w)] for w in words[-2:])
    stem = last[:-1] if last[-1] in _MARKS else ""  # `주크[와] 보건성 국장`
    marked = stem and (chances(stem)[1] > chances(last)[1] or not nominal(scene, *words[-1]))
    return chances(before)[1] > _SURE and chances(last)[1] > _LIKELY and not marked


def _in_syllables(words: Sequence[tuple[int, int]]) -> bool:
    """Whether the last two words are of one syllable each, as in a Vietnamese name: `팜 [반] [짜]`."""
    return len(words) > 2 and all(end - begin == 1 for begin, end in words[-2:])


def _far(scene: Scene, start: int, end: int) -> bool:
    """A short name right before the office of another state: `장위 중국 외교부 대변인`, `판반장 베트남 국방장관`."""
    word = scene.text[start:end]
    if scene.rules.not_names.match(word) or _single(scene, start, end) in ("NNG", "MAG", "NNB", "NP", "MAJ", "MM"):
        return False
    return sum(chances(word)) > _LIKELY * (0.5 if len(word) == 2 else 1)


def _is_surname_only(scene: Scene, atom: Atom, given: str) -> bool:
    """Whether a name of the lexicon stands there by one word alone, and the next word is not of it: `기하라 [세이지]`, but
    `라울 카스트로 [루스]`."""
    if atom.match is None or " " in atom.match.form:
        return False
    return not any(given in scene.lexicon.people[k].name for t, k in atom.match.targets if t == "people")


def _words_before(scene: Scene, start: int, floor: int) -> list[tuple[int, int]]:
    """Up to five blank-separated words that end right before `start`, made of nouns, in text order."""
    out: list[tuple[int, int]] = []
    end = start - 1
    while len(out) <= _MOST_WORDS and end > floor and (scene.text[end] == " " or (not out and scene.text[end] == "씨")):
        begin = max(scene.text.rfind(" ", floor, end) + 1, floor)
        line = scene.text.rfind("\n", begin, end) + 1
        begin = max(begin, line)
        word = scene.text[begin:end]
        if begin and begin == floor and scene.text[begin - 1].isalnum():
            break  # a particle behind the name before
        mark = word[:1].isdigit() or "ㄱ" <= word[:1] <= "ㅎ"
        if mark or not word.isalnum() or not (nominal(scene, begin, end) or _looks(scene, begin, end)):
            break
        out.insert(0, (begin, end))
        end = begin - 1
        if begin == line:
            break
    return out


def _looks(scene: Scene, start: int, end: int) -> bool:
    """Whether a word that the analyser cut up (`윤도|한`) looks like a name; not a verb's form (`임명된`)."""
    korean_name, foreign = chances(scene.text[start:end])
    if foreign > _FOREIGN:
        return True
    first, last = bisect_left(scene.starts, start), bisect_left(scene.starts, end)
    verb = first < last and scene.tokens[last - 1].tag.startswith("E")
    return korean_name > _LIKELY and end - start == 3 and not verb


def _is_organ(scene: Scene, start: int, end: int) -> bool:
    """A word of the office rather than a name: `아주국`, `강원대`, or common nouns."""
    word = scene.text[start:end]
    if chances(word)[1] > _SURE or (korean(scene, word) and _named(scene, start, end)):
        return False
    return scene.rules.organ_ends.search(word) is not None or not _proper(scene, start, end)


def _named(scene: Scene, start: int, end: int, *, seated: bool = False) -> bool:
    """Whether the analyser holds the word for one name. Three syllables it does not know may be called common. `seated`: a state or
    body stands behind the word, before the title."""
    token = _single(scene, start, end)
    word = scene.text[start:end]
    if scene.rules.not_names.match(word) or (scene.rules.organ_ends.search(word) and chances(word)[0] < _LEAST_OF.get(token or "", _SURE)):
        return False
    if token is None:
        return chances(word)[0] > (_SEATED if seated and end - start == 3 else _LIKELY)
    return token == "NNP" or (token == "NNG" and end - start == 3)


def _common(scene: Scene, start: int, end: int, title: Atom) -> bool:
    """`강철 대사가`: a surname and a syllable that also make a noun, right before a title and its particle, with no
    other word to lead to the office."""
    word = scene.text[start:end]
    if not korean(scene, word) or scene.rules.not_names.match(word) or scene.rules.organ_ends.search(word):
        return False
    after = scene.text[title.end : title.end + 2]
    if sum(chances(word)) < _RARE:
        return False
    if sum(chances(word)) > _SURE:
        return True
    return _single(scene, start, end) == "NNG" and bool(after) and after[0] in _SUBJECTS and not after[1:].isalnum()


def _single(scene: Scene, start: int, end: int) -> str | None:
    """The tag of the one token that is the word; None if it is several."""
    i = bisect_left(scene.starts, start)
    if i < len(scene.tokens) and scene.tokens[i].start == start and scene.tokens[i].end == end:
        return scene.tokens[i].tag
    return None


def _proper(scene: Scene, start: int, end: int) -> bool:
    if chances(scene.text[start:end])[1] > _FOREIGN:
        return True
    i = bisect_right(scene.starts, start) - 1
    return i >= 0 and scene.tokens[i].tag == "NNP" and scene.tokens[i].end >= end


def _run(scene: Scene, words: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The last words that can be one transliterated name."""
    run: list[tuple[int, int]] = []
    end_word = scene.text[slice(*words[-1])] if words else ""
    alone = korean(scene, end_word) and len(end_word) == 3 and chances(end_word)[0] > _SURE  # `배우 [차인표] 씨`
    for begin, end in reversed(words[-_MOST_WORDS:]):
        word = scene.text[begin:end]
        if run and alone and chances(word)[1] < _SURE:
            break
        part = bool(run) and chances(word)[1] > _LIKELY
        last = not run and (_in_syllables(words) or (len(words) > 1 and _goes_on(scene, words)))
        if not (part or last or _proper(scene, begin, end)) or scene.rules.not_names.match(word):
            break
        if run and (scene.rules.organ_ends.search(word) and len(word) > 2):
            break
        run.insert(0, (begin, end))
    return run


def _before_organ(scene: Scene, words: Sequence[tuple[int, int]]) -> bool:
    """Whether of the last two words the first is surely a Korean name and the other none, but perhaps a body's."""
    name, organ = (scene.text[slice(*w)] for w in words[-2:])
    return korean(scene, name) and len(name) == 3 and chances(name)[0] > _SURE and sum(chances(organ)) < _LIKELY


def _state_of(scene: Scene, atom: Atom) -> str:
    """The state that an atom names, or that of its body; "" if there is none, or several."""
    states = {
        scene.lexicon.bodies[k].country if t == "bodies" else k
        for t, k in (atom.match.targets if atom.match is not None else ()) if t in ("bodies", "countries")
    }  # fmt: skip
    return next(iter(states)) if len(states) == 1 else ""


def _is_korea(scene: Scene, atom: Atom) -> bool:
    """Whether a state or body is, or may be, one of the two Koreas'."""
    if atom.match is None:
        return True
    states = {scene.lexicon.bodies[k].country if t == "bodies" else k for t, k in atom.match.targets if t in ("bodies", "countries")}
    return bool(states & {"KOR", "PRK"}) or not states


def _after(scene: Scene, atoms: Sequence[Atom], first: int, i: int) -> Atom | None:
    """`국방상 안드레이 벨로우쏘브동지`: words after the title, up to the honorific, or the particle in DPRK text."""
    title = atoms[i]
    if scene.text[title.end : title.end + 1] != " ":
        return None
    begin = title.end + 1
    k = bisect_left(scene.starts, begin)
    end, count = begin, 0
    run = run_end(scene, begin, told=True)
    if run > begin:
        end, k = run, len(scene.tokens)
    while k < len(scene.tokens) and count < _MOST_WORDS:
        token = scene.tokens[k]
        known = token.tag == "NNP" or (token.tag == "NNG" and korean(scene, token.form) and len(token.form) == 3)
        if scene.text[end : token.start] not in ("", " ") or not known or scene.rules.honorific.match(scene.text, token.start):
            break
        end, count, k = token.end, count + 1, k + 1
    name = scene.text[begin:end]
    if end == begin or scene.rules.not_names.match(name) or any(begin < a.end and a.start < end for a in atoms):
        return None
    honoured = scene.rules.honorific.match(scene.text, end) is not None
    led = run > begin or (any(a.letter in "CB" for a in atoms[first:i]) and scene.register.is_dprk(begin))
    return Atom(begin, end, "N") if honoured or (led and (" " in name or run > begin or korean(scene, name))) else None


def _again(scene: Scene, atoms: Sequence[Atom], i: int, words: set[str]) -> Atom | None:
    """One word of a longer name that the text gave before: `척트바타르 장관`."""
    title = atoms[i]
    if i and adjacent(scene, atoms[i - 1], title) and atoms[i - 1].letter in "PNS":
        return None
    start = title.start - (scene.text[title.start - 1 : title.start] == " ")
    word = next((w for w in sorted(words, key=len, reverse=True) if len(w) > 1 and scene.text.endswith(w, 0, start)), None)
    if word is None or (start > len(word) and scene.text[start - len(word) - 1].isalnum()):
        return None
    return Atom(start - len(word), start, "N")
