"""Small words that point to somebody named before: 그는, 이들은, 자국, 우리."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.atoms import Scene
from sacho.records import Mention, MentionKind, Token

_PERSON = ("그", "그녀", "그이")
_WE = ("우리",)
_STATEMENT = ("담화", "성명", "대답", "논평", "공보문", "립장", "입장")
_HEAD = 300  # characters at the head of a statement in which its author is named
_JOINED = re.compile(r"\s?(?:[,·ㆍ]|와|과|및)\s?")
_PEOPLE = ("이들", "그들")
_OWN = ("자국",)
_OURS = ("공화국", "무력", "국가", "인민")  # `우리 공화국은`
_GOVERNMENT = ("정부", "당국")
_ENVOY = re.compile(r"특사|단장|대표|사절")
_PARTY, _POLITE = "일행", "씨"
_GUESTS = "손님들"
_COUNTED, _COUNTS = "명", ("SN", "NR", "MM")
_LED = frozenset(["가운데", "중", "나머지", "그중"])  # `이 가운데 1명은`
_POINTING = frozenset([*_PERSON, "이", "손님", *_OWN, *_WE, _PARTY, _POLITE])
_TOPIC, _SUBJECT = ("은", "는"), ("은", "는", "이", "가", "께서")
_MARKED = (*_SUBJECT, "을", "를", "에게", "과", "와", "도", " 등")
_PARTICLES = ("JX", "JKS", "JKO", "JKB", "JC", "JKG")
_REACH = 400  # characters
_OPENING, _CLOSING = "“\"「", "”\"」"


class Pointer(msgspec.Struct, frozen=True):
    """`text[start:end]` points back."""

    start: int
    end: int
    form: str


def find_pointers(tokens: Sequence[Token], taken: Sequence[tuple[int, int]]) -> list[Pointer]:
    """Pronouns with a particle, and 자국, outside the spans already `taken`."""
    out = []
    for i, token in [(i, t) for i, t in enumerate(tokens[:-1]) if t.form in _POINTING]:
        after, last = tokens[i + 1], token
        if after.form == "들" and after.start == token.end and i + 2 < len(tokens):  # 이들, 그들, 손님들
            after, last = tokens[i + 2], after
            solid = i > 0 and tokens[i - 1].end == token.start
            if token.form in ("이", "그", "손님") and not solid and after.start == last.end and after.tag in _PARTICLES:
                out.append(Pointer(token.start, last.end, f"{token.form}들"))
            continue
        if token.form in ("이", "손님"):
            continue
        if token.form in _WE and after.form in _OURS and i + 2 < len(tokens):
            after, last = tokens[i + 2], after
        marked = after.start == last.end and after.tag in _PARTICLES
        if token.form in (_PARTY, _POLITE):
            solid = i > 0 and tokens[i - 1].end == token.start
            apart = i > 0 and len(tokens[i - 1].form) == 1 == token.start - tokens[i - 1].end  # `김 씨는`
            out += [_of_word(tokens, i)] if marked and (solid or apart or token.form == _PARTY) else []
            continue
        if token.form in _OWN and after.form in _GOVERNMENT and after.start - token.end <= 1:  # `자국 정부가`
            last = after
        pronoun = token.tag == "NP" and token.form not in _OWN and marked
        if pronoun or (token.tag == "NNG" and token.form in _OWN):
            out.append(Pointer(token.start, last.end, token.form))
    if any([t.form == _COUNTED for t in tokens]):
        out += [Pointer(tokens[i - 1].start, tokens[i].end, _COUNTED) for i in range(1, len(tokens) - 1) if _counted(tokens, i)]
    return [p for p in out if not any(a < p.end and p.start < b for a, b in taken)]


def _counted(tokens: Sequence[Token], i: int) -> bool:
    """`다섯 명은 …`, `이 가운데 1명은 …`: a subject told by its number alone, at the head of its clause."""
    if tokens[i].form != _COUNTED or tokens[i].tag != "NNB" or tokens[i - 1].tag not in _COUNTS:
        return False
    after, before = tokens[i + 1], tokens[i - 2] if i > 1 else None
    if after.start != tokens[i].end or after.tag not in ("JX", "JKS"):
        return False
    return before is None or before.tag in ("SF", "SP") or before.form in _LED


def _of_word(tokens: Sequence[Token], i: int) -> Pointer:
    """`일행은`, `특사일행은`, `민씨는`, `민 씨는`: with what is written before it."""
    solid = i > 0 and tokens[i - 1].end == tokens[i].start and tokens[i - 1].tag.startswith("N")
    first = i - 1 if solid or (i and tokens[i].form == _POLITE) else i
    form = tokens[i].form if tokens[i].form == _PARTY else tokens[first].form + tokens[i].form
    return Pointer(tokens[first].start, tokens[i].end, form)


def _travellers(scene: Scene, before: Sequence[Mention]) -> Mention | None:
    """The delegation named last, or else the envoy."""
    parties = [m for m in before if m.rule == "delegation"]
    envoys = [m for m in before if m.kind is MentionKind.person and _ENVOY.search(scene.text, m.start, m.end)]
    found = parties or envoys
    return found[-1] if found else None


def _polite(pointer: Pointer, before: Sequence[Mention]) -> Mention | None:
    """`민씨는`: the person of that surname whom the text has named."""
    surname = pointer.form.removesuffix(_POLITE)
    named = [m for m in before if m.kind is MentionKind.person and len(m.name) in (2, 3, 4) and m.name[0] == surname and m.rule != "open"]
    return named[-1] if len(surname) == 1 and named else None


def point(scene: Scene, pointer: Pointer, before: Sequence[Mention]) -> Mention | None:
    """Whom the pointer means: 그 the person who was subject last, 이들 the group, 자국 and 우리 the state whose word it is."""
    near = [m for m in before if pointer.start - m.end <= _REACH]
    if pointer.form == _PARTY or pointer.form.endswith(_POLITE):
        meant = _travellers(scene, before) if pointer.form == _PARTY else _polite(pointer, before)
        return _again(pointer, meant) if meant is not None else None
    if pointer.form in _OWN:
        return _own_state(scene, pointer, near)
    if pointer.form in _WE:
        code = speaking_state(scene, pointer.start, before)
        if not code and scene.register.dprk:
            return _we(scene, pointer, before)
        return _state(scene, pointer, code or "KOR", "we") if (code or "KOR") in scene.lexicon.countries else None
    if pointer.form == _GUESTS:
        meant = _travellers(scene, near)
        return _again(pointer, meant) if meant is not None and meant.rule == "delegation" else None
    if pointer.form == _COUNTED:
        meant = _of_number(scene, pointer, near)
        return _again(pointer, meant) if meant is not None else None
    if pointer.form in _PEOPLE:
        return _people(scene, pointer, near, _SUBJECT) or _people(scene, pointer, near, _MARKED)
    subject = scene.text.startswith((*_SUBJECT, "도"), pointer.end)
    line = max(scene.text.rfind("\n", 0, pointer.start), scene.text.rfind(". ", 0, pointer.start)) + 1
    people = [m for m in near if m.kind is MentionKind.person and (subject or m.start < line)]
    subjects = [m for m in people if scene.text.startswith(_SUBJECT, m.end)]
    if subject and not (subjects and subjects[-1].start >= line):
        last = max(scene.text.rfind("\n", 0, max(line - 2, 0)), scene.text.rfind(". ", 0, max(line - 2, 0)))
        only = {m.entity for m in people if last < m.start < line}
        if len(only) == 1:  # `수사국은 김 씨를 체포했다. 그는 …`
            return _again(pointer, next(m for m in reversed(people) if m.entity in only))
    whom = (subjects or people)[-1:]
    return _again(pointer, whom[0]) if whom else None


def _we(scene: Scene, pointer: Pointer, before: Sequence[Mention]) -> Mention:
    """`우리는` outside of quotations in a text of the North: the body in whose name the statement speaks, else the state."""
    head = scene.text[:_HEAD]
    named = any(word in head for word in _STATEMENT)
    bodies = (m for m in before if m.end <= _HEAD and m.kind is MentionKind.body and m.country == "PRK" and m.sector != "JRN")
    author = next(bodies, None)
    if named and author is not None:
        return _again(pointer, author)
    return _state(scene, pointer, "PRK", "we")


def _people(scene: Scene, pointer: Pointer, near: Sequence[Mention], particles: tuple[str, ...]) -> Mention | None:
    """The group, or the people side by side, named last with one of the particles."""
    groups = [m for m in near if m.kind is MentionKind.group and scene.text.startswith(particles, m.end)]
    several = _several(scene, pointer, near, particles)
    if several is not None and (not groups or several.head_start > groups[-1].start):
        return msgspec.structs.replace(several, head_start=pointer.start)
    party = [m for m in near if m.kind is MentionKind.person and scene.text.endswith(_PARTY, m.start, m.end)]  # `차관 일행은 … 이들을`
    if party and (not groups or party[-1].start > groups[-1].start):
        return _again(pointer, party[-1])
    return _again(pointer, groups[-1]) if groups else None


def _of_number(scene: Scene, pointer: Pointer, near: Sequence[Mention]) -> Mention | None:
    """The group of the same number (`탈북자 다섯 명을 … 다섯 명은`), else the one named last with a particle."""
    number = scene.text[pointer.start : pointer.end]
    groups = [m for m in near if m.kind is MentionKind.group and not m.members]
    same = [m for m in groups if number in scene.text[m.start : m.end + len(number) + 2]]
    marked = tuple(f"{plural}{particle}" for plural in ("", "들") for particle in _MARKED)
    last = [m for m in groups if scene.text.startswith(marked, m.end)]
    found = same or last
    return found[-1] if found else None


def _several(scene: Scene, pointer: Pointer, near: Sequence[Mention], particles: tuple[str, ...]) -> Mention | None:
    """The people named side by side as the last such subject: `A와 B는 … 이들은`. `head_start` tells where they stand."""
    for i in range(len(near) - 1, 0, -1):
        if near[i].kind is not MentionKind.person or not scene.text.startswith(particles, near[i].end):
            continue
        first = i
        while first and near[first - 1].kind is MentionKind.person:
            if not _JOINED.fullmatch(scene.text[near[first - 1].end : near[first].start]):
                break
            first -= 1
        members = tuple(dict.fromkeys(m.entity for m in near[first : i + 1]))
        if len(members) > 1:
            return Mention(
                start=pointer.start, end=pointer.end, kind=MentionKind.group, entity="+".join(members), name=pointer.form,
                head_start=near[first].start, head_end=pointer.end, sector="GOV", members=members, rule="collective",
            )  # fmt: skip
        return None
    return None


def speaking_state(scene: Scene, at: int, before: Sequence[Mention]) -> str:
    """Whose `우리` it is inside a quotation: of the one named as subject before it opens; "" outside of any."""
    line = scene.text.rfind("\n", 0, at) + 1
    opening = max(scene.text.rfind(mark, line, at) for mark in _OPENING)
    if opening < 0 or (scene.text[line:at].count("\"") % 2 == 0 and scene.text[opening] == "\""):
        return ""
    if scene.text[opening] != "\"" and scene.text.rfind(_CLOSING[_OPENING.index(scene.text[opening])], opening, at) > opening:
        return ""
    speakers = [m for m in before if m.end <= opening and opening - m.end <= _REACH and m.country]
    subjects = [m for m in speakers if scene.text.startswith(_SUBJECT, m.end)]
    return (subjects or speakers)[-1].country if speakers else ""


def _own_state(scene: Scene, pointer: Pointer, near: Sequence[Mention]) -> Mention | None:
    line = max(scene.text.rfind("\n", 0, pointer.start), scene.text.rfind(". ", 0, pointer.start)) + 1
    here = [m for m in near if m.start >= line and m.country in scene.lexicon.countries]
    topics = [m for m in here if scene.text.startswith(_TOPIC, m.end)]
    subjects = [m for m in here if scene.text.startswith(_SUBJECT, m.end)]
    whose = (topics or subjects)[-1:]
    if not whose:
        return None
    return _state(scene, pointer, whose[0].country, "own-state")


def _state(scene: Scene, pointer: Pointer, code: str, rule: str) -> Mention:
    state = scene.lexicon.countries[code]
    return Mention(
        start=pointer.start, end=pointer.end, kind=MentionKind.country, entity=state.id, name=state.name,
        head_start=pointer.start, head_end=pointer.end, name_en=state.en, country=state.id, sector="GOV", rule=rule,
    )  # fmt: skip


def _again(pointer: Pointer, whom: Mention) -> Mention:
    return msgspec.structs.replace(
        whom, start=pointer.start, end=pointer.end, head_start=pointer.start, head_end=pointer.end, office="", rule="pronoun"
    )
