"""The parts of a phrase around a name, each with a letter (see `data/mentions.toml`), in text order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

import msgspec

from sacho.annotate.mention_rules import MentionRules, small_words
from sacho.annotate.name_model import chances
from sacho.annotate.name_rules import load_name_rules
from sacho.annotate.name_signs import bracketed, honoured
from sacho.annotate.names import NameMatch, title_at
from sacho.annotate.register import Register
from sacho.lexicon import Lexicon
from sacho.records import Token

_LETTERS = {
    "people": "P", "countries": "C", "bodies": "B", "places": "L", "outlets": "O", "pairs": "R",
}  # fmt: skip
_NOMINAL = ("N", "XPN", "XSN", "XR", "SN", "SL", "SH", "MM", "W_")
_WORD = re.compile(r"[가-힣A-Za-z0-9·]+$")
_ADJACENT = ("", " ")
_start = attrgetter("start")
_PROPER, _LAST_WORD, _GLUED = 0.02, 0.1, 0.5  # chances from which a word glued to a title counts as a name: the analyser agrees, or not


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What the readers of mentions share. `starts` are the tokens' offsets."""

    text: str
    tokens: Sequence[Token]
    starts: Sequence[int]
    lexicon: Lexicon
    rules: MentionRules
    register: Register
    published: str


class Atom(msgspec.Struct, frozen=True):
    """`text[start:end]` is a part of kind `letter`. `match` is the name found there, `note` the id of a collective."""

    start: int
    end: int
    letter: str
    match: NameMatch | None = None
    note: str = ""


def find_atoms(scene: Scene, names: Sequence[NameMatch]) -> list[Atom]:
    """Names, titles and small words, without overlap; an earlier kind keeps its words from a later one."""
    taken = bytearray(len(scene.text) + 1)
    atoms = [_of_name(scene, name) for name in (*names, *_revered(scene)) if not _in_brackets(scene.text, name)]
    words = _words(scene, atoms, taken)
    for atom in (*atoms, *words):
        taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)
    for start, end in (*honoured(scene.text), *bracketed(scene.text)):
        word = scene.text[start:end]
        titled = any(word.endswith(tail) for n in range(2, 5) if (tail := word[-n:]) in scene.lexicon.title_forms)
        if not any(taken[start:end]) and not scene.rules.not_names.match(word) and not titled:
            taken[start:end] = b"\1" * (end - start)
            words.append(Atom(start, end, "N"))
    ends = {a.end for a in (*atoms, *words)}
    titles = _titles(scene, taken, ends, {a.start for a in atoms})
    found = sorted([*(a for a in atoms if a.start < a.end), *words, *titles], key=_start)
    return _with_tails(scene, found)


def nominal(scene: Scene, start: int, end: int) -> bool:
    """Whether the stretch is made of nouns alone: it has tokens, they lie inside it, and none is a particle."""
    first, last = bisect_left(scene.starts, start), bisect_left(scene.starts, end)
    tokens = scene.tokens[first:last]
    return bool(tokens) and tokens[-1].end <= end and all(t.tag.startswith(_NOMINAL) for t in tokens)


def rest_of_body(scene: Scene, start: int, end: int) -> bool:
    """Whether the stretch is the rest of a body's name that begins with a state or place, and a blank:
    `남북[교류협력지원협회 ]사무총장`."""
    word = scene.text[start:end]
    return (
        4 < len(word) < 14 and word[0] != " " and word.find(" ") == len(word) - 1
        and scene.rules.organ_ends.search(word[:-1]) is not None and nominal(scene, start, end - 1)
    )  # fmt: skip


def adjacent(scene: Scene, left: Atom, right: Atom) -> bool:
    return scene.text[left.end : right.start] in _ADJACENT


def _of_name(scene: Scene, name: NameMatch) -> Atom:
    """A state after 주(駐) or before 주재, 담당 is where the office is, not whose it is."""
    letter, start, end, text = _LETTERS[name.targets[0][0]], name.start, name.end, scene.text
    if letter == "P" and load_name_rules().memorial.match(text, end):
        return Atom(start, end, "X", name)
    if letter in "CL":
        topic = scene.rules.topic.match(text, end)
        if topic is not None:
            return Atom(start, topic.end(), "W", name)
        before = text[max(0, start - 2) : start]
        if before.endswith("주") or (before == "주 " and not text[start - 3 : start - 2].isalnum()):
            return Atom(start - (1 if before.endswith("주") else 2), end, "W", name)
    return Atom(start, end, letter, name)


def _in_brackets(text: str, name: NameMatch) -> bool:
    """A name in hanja behind the same name: `김정일[(金正日)] 국방위원장`."""
    return (
        text[name.start - 1 : name.start] == "(" and text[name.end : name.end + 1] == ")"
        and "\u4e00" <= text[name.start] <= "\u9fff" and "가" <= text[name.start - 2 : name.start - 1] <= "힣"
    )  # fmt: skip


def _revered(scene: Scene) -> list[NameMatch]:
    """`최고령도자동지`, `원수님`, `수령님` in DPRK wording: whom they mean on the day of the report."""
    out: list[NameMatch] = []
    if not (scene.register.dprk or any(scene.register.theirs)):
        return out
    for match in scene.rules.revered_words.finditer(scene.text):
        start, end = match.span()
        if not scene.register.is_dprk(start):
            continue
        day = scene.published
        fitting = [
            r.person for r in scene.rules.revered
            if match.group() in r.words and (not day or (r.from_ or day) <= day <= (r.until or day))
        ]  # fmt: skip
        if len(fitting) == 1:
            out.append(NameMatch(start=start, end=end, form=match.group(), targets=(("people", fitting[0]),)))
    return out


def _words(scene: Scene, names: list[Atom], taken: bytearray) -> list[Atom]:
    """Small words. A delegation takes the end of a word that begins with a name: `조선정부대표단`."""
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    found = []
    for match in small_words(scene.text, scene.rules):
        group, start, end = match.lastgroup or "", match.start(), match.end()
        if group in "DQ":
            start = _after_names(names, start, end)
            start = _within_group(scene, start, end) if group == "Q" else start
        if group.startswith("U_") and scene.rules.collectives[group[2:]].members:  # `남북 적십자` holds a pair of states
            end = match.end(group)
            names[:] = [n for n in names if not start <= n.start < end]
        elif start >= end or any(taken[start:end]):
            continue
        if group.startswith("U_"):
            end = match.end(group)
            found.append(Atom(start, end, "U", None, group[2:]))
        else:
            found.append(Atom(start, match.end(group), group))
    return found


def _within_group(scene: Scene, start: int, end: int) -> int:
    """Where a group's words begin: not with a word that ends in a particle, as in `[회담에] 여성 3명이`."""
    first, _, rest = scene.rules.counted.sub("", scene.text[start:end]).partition(" ")
    return start + len(first) + 1 if rest and not nominal(scene, start, start + len(first)) else start


def _after_names(names: list[Atom], start: int, end: int) -> int:
    """Where the delegation's own word begins; names in the middle of it are dropped."""
    for i, name in enumerate(names):
        if name.start >= end:
            break
        if name.start >= start and name.end <= end:
            if name.start == start or name.letter in "CBL":
                start = name.end
            else:
                names[i] = Atom(name.start, name.start, "X")
    return start


def _titles(scene: Scene, taken: bytearray, ends: set[int], starts: set[int]) -> list[Atom]:
    text, out = scene.text, []
    right = load_name_rules().title
    last = 0
    for _, start, end in scene.lexicon.title_automaton.find_matches_as_indexes(text):
        if taken[start]:
            start, end = _rest_of_title(scene, start, end, taken)
        if start >= end or taken[end - 1]:
            continue
        if end not in starts and not (right.match(text, end) or scene.rules.honorific.match(text, end)):
            start, end = _crossing(scene, start, end)  # `함[대사]령관`
            if end == start or taken[end - 1] or not right.match(text, end):
                continue
        hanja = start - 1 if text[start - 1 : start] in scene.rules.hanja_surnames else start - 2
        if hanja >= 0 and text[hanja] in scene.rules.hanja_surnames and text[hanja + 1 : start] in _ADJACENT and _lone(text, hanja):
            out += [Atom(hanja, hanja + 1, "S"), Atom(start, end, "T")]  # `金위원장`, `尹 대통령`
        elif start == 0 or not text[start - 1].isalnum() or start in ends:
            if _is_surname(scene, start - 2, taken) and text[start - 1] == " ":
                out.append(Atom(start - 2, start - 1, "S"))
            out.append(Atom(start, end, "T"))
        else:
            out += _compound(scene, start, end, taken, last)
        last = end
    return out


def _crossing(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """The title that begins inside another one and goes on past its end: `함대[사령관]`. An empty stretch if there is none."""
    for k in range(start + 1, end):
        size = title_at(scene.text, k, scene.lexicon)
        if k + size > end:
            return k, k + size
    return start, start


def _lone(text: str, at: int) -> bool:
    """Whether no other letter stands before it."""
    return at == 0 or not text[at - 1].isalnum()


def _rest_of_title(scene: Scene, start: int, end: int, taken: bytearray) -> tuple[int, int]:
    """The title behind the body that a longer title begins with: `외교부 [장관]`. An empty stretch if there is none."""
    while start < end and (taken[start] or scene.text[start] == " "):
        start += 1
    return start, start + title_at(scene.text, start, scene.lexicon)


def _is_surname(scene: Scene, at: int, taken: bytearray) -> bool:
    text = scene.text
    return (
        at >= 0 and text[at] in scene.rules.surnames and not taken[at] and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] == ")"))
    )


def _compound(scene: Scene, start: int, end: int, taken: bytearray, last: int) -> list[Atom]:
    """A title at the end of a longer word: `통일전선부장`, `김위원장`, `홍길동부상`."""
    match = _WORD.search(scene.text, max(last, start - 16), start)
    begin = match.start() if match else start
    while begin < start and any(taken[begin:start]):
        begin = max(i for i in range(begin, start) if taken[i]) + 1
    prefix = scene.text[begin:start]
    if begin == max(last, start - 16) and begin and scene.text[begin - 1].isalnum() and not taken[begin - 1]:
        return []
    if prefix == "전" and scene.text[begin - 2 : begin - 1] == ")":  # `리펑(李鵬) 전총리`
        return [Atom(begin, start, "M"), Atom(start, end, "T")]
    if prefix.isdigit() or prefix == "부":  # `2함대사령관`, `부서기`
        return [Atom(begin, end, "T")]
    if len(prefix) == 1:
        first = bisect_left(scene.starts, begin)
        noun = first < len(scene.tokens) and scene.tokens[first].tag == "NNG" and scene.tokens[first].end == end  # `반대표`
        return [Atom(begin, start, "S"), Atom(start, end, "T")] if prefix in scene.rules.surnames and not noun else []
    size = _glued_name(scene, begin, prefix)
    if size:
        return [Atom(_with_words_before(scene, begin, taken), begin + size, "N"), Atom(begin + size, end, "T")]
    nouns = nominal(scene, begin, start) or nominal(scene, begin, end) or _dotted(scene, begin, start)
    return [Atom(begin, end, "T")] if nouns else []


def _dotted(scene: Scene, start: int, end: int) -> bool:
    """Whether a point joins nouns or numbers alone: `4·25체육[단장]`."""
    parts = scene.text[start:end].split("·")
    return len(parts) > 1 and all(parts) and nominal(scene, end - len(parts[-1]), end)


def _glued_name(scene: Scene, begin: int, prefix: str) -> int:
    """Length of the name that a word with a title at its end begins with: `홍길동부상`, `홍길동외교안보수석비서관`; 0 if none."""
    states = _state_names(scene.lexicon)
    state = next((n for n in range(2, 5) if prefix[-n:] in states), 0)
    if state and len(prefix) - state > 3 and chances(prefix[:-state])[1] > _LAST_WORD:
        return len(prefix) - state  # `셰바르드나제소련외무장관`
    if len(prefix) > 2 and chances(prefix)[1] > (_GLUED if len(prefix) < 5 else _LAST_WORD):
        return len(prefix)
    if len(prefix) > 2 and _is_last_word(scene, begin, prefix):
        return len(prefix)
    name, rest = prefix[:3], prefix[3:]
    if len(name) < 3 or name[0] not in scene.rules.surnames or scene.rules.not_names.match(prefix):
        return 0
    if rest:
        organ = scene.rules.organ_ends.search(rest) is not None or (rest[0] == "주" and len(rest) > 1)
        return 3 if organ and chances(name)[0] > _GLUED else 0
    first = bisect_left(scene.starts, begin)
    token = scene.tokens[first] if first < len(scene.tokens) else None
    proper = token is not None and token.tag == "NNP" and (token.start, token.end) == (begin, begin + 3)
    fits = chances(name)[0] > (_PROPER if proper else _GLUED)
    return 3 if fits and not scene.rules.organ_ends.search(prefix) else 0


def _is_last_word(scene: Scene, begin: int, word: str) -> bool:
    """Whether a word right before a title is the end of a foreign name: `클로드 코리 [콩디아노]의장`."""
    token = scene.tokens[bisect_left(scene.starts, begin)]
    proper = token.tag == "NNP" and (token.start, token.end) == (begin, begin + len(word))
    before = scene.text[scene.text.rfind(" ", 0, max(begin - 1, 0)) + 1 : begin - 1] if scene.text[begin - 1 : begin] == " " else ""
    likely = proper or chances(word)[1] > 2 * _LAST_WORD
    return likely and len(before) > 1 and chances(word)[1] > _LAST_WORD and chances(before)[1] > _GLUED


def _with_words_before(scene: Scene, begin: int, taken: bytearray) -> int:
    """Where the name begins of which a word stands at `begin`: with the words before that look like parts of a foreign name."""
    text = scene.text
    while begin > 1 and text[begin - 1] == " ":
        start = max(text.rfind(" ", 0, begin - 1), text.rfind("\n", 0, begin - 1)) + 1
        word = text[start : begin - 1]
        if len(word) < 2 or any(taken[start:begin]) or chances(word)[1] < _GLUED:
            break
        begin = start
    return begin


@lru_cache(maxsize=4)
def _state_names(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(c.name for c in lexicon.countries.values())


def _with_tails(scene: Scene, atoms: list[Atom]) -> list[Atom]:
    """Adds honorifics after names and titles, and governments after states."""
    out: list[Atom] = []
    for i, atom in enumerate(atoms):
        if out and atom.start < out[-1].end:
            continue
        out.append(atom)
        limit = atoms[i + 1].start if i + 1 < len(atoms) else len(scene.text)
        if atom.letter in "PNTSE":
            tail = scene.rules.honorific.match(scene.text, atom.end)
            while tail is not None and tail.end() <= limit:
                out.append(Atom(out[-1].end, tail.end(), "H"))
                tail = scene.rules.honorific.match(scene.text, tail.end())
        if atom.letter in "CRPS":
            tail = scene.rules.government.match(scene.text, atom.end)
            if tail is not None and tail.end() <= limit and _government(scene, atom, tail):
                out.append(Atom(atom.end, tail.end(), "V"))
    return out


def _government(scene: Scene, atom: Atom, tail: re.Match[str]) -> bool:
    names = load_name_rules()
    if atom.letter in "PS" and tail.group().strip() not in names.regimes:
        return False
    return names.title.match(scene.text, tail.end()) is not None
