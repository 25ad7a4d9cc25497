"""Phrases around names: parts that stand side by side and together have one of the shapes of `data/mentions.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from sacho.annotate.atoms import Atom, Scene, nominal, rest_of_body
from sacho.annotate.mention_rules import MentionRules, Shape
from sacho.annotate.offices import core_title
from sacho.lexicon.schema import Body

_BREAK = Atom(-1, -1, ".")
_MOST_WORDS = 3
_MINISTRIES = ("외교부", "외무부", "외무성", "국방부", "국방성")  # the bare name of any state's
_OF_ANY = frozenset({  # which every state has one of, under the same bare name
    "대통령실", "총리실", "국무총리실", "대법원", "헌법재판소", "국회", "하원",
    "상원", "국무회의", "내각", "국가안전보장회의", "국가안보회의", "국가안보실", "중앙은행",
    "경찰청", "관세청", "대검찰청", "해양경찰청", "해양경찰", "해경", "합동참모본부",
    "합참", "총참모부", "노동당", "로동당", "공산당", "민주당", "공화당",
    "자유민주당", "사회민주당", "인민혁명당",
})  # fmt: skip
_INTERNATIONAL = frozenset({"INT", "IGO", "UNO", "EUR"})
_LED = "PNSCBKMWOLR"  # after these, common nouns before a title belong to the office


class Phrase(msgspec.Struct, frozen=True):
    """`parts` in text order; none of them is a break."""

    shape: Shape
    parts: tuple[Atom, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def first(self, letters: str) -> Atom | None:
        """The first part of one of the kinds."""
        for part in self.parts:
            if part.letter in letters:
                return part
        return None


def find_phrases(scene: Scene, atoms: Sequence[Atom]) -> list[Phrase]:
    """Phrases in text order, without overlap. Where the first shape's states or titles do not agree
    (`김정은 러시아 외무장관 접견`), the next shape is tried."""
    row = list(_joined(scene, atoms))
    letters = "".join([a.letter for a in row])
    out: list[Phrase] = []
    i = 0
    while i < len(row):
        phrase = _phrase_at(scene, row, letters, i)
        if phrase is None:
            i += 1
            continue
        out.append(phrase)
        i += len(phrase.parts)
    return out


def _phrase_at(scene: Scene, row: Sequence[Atom], letters: str, i: int) -> Phrase | None:
    if letters[i] in ".GXIKHA":
        return None
    for shape, count in _shapes_of(letters[i:].partition(".")[0], scene.rules):
        phrase = Phrase(shape, tuple(row[i : i + count]))
        if _agrees(scene, phrase):
            return phrase
    if row[i].letter == "W" and row[i].match is not None:
        return _place_of_office(scene, row[i])
    return None


@lru_cache(maxsize=1 << 13)  # the runs of letters between two breaks are few
def _shapes_of(run: str, rules: MentionRules) -> tuple[tuple[Shape, int], ...]:
    """The shapes that the parts at the head of a run can have, in the order of the rules, and of how many parts."""
    found = ((shape, pattern.match(run)) for shape, pattern in rules.shapes)
    return tuple((shape, match.end()) for shape, match in found if match is not None and match.end())


def _place_of_office(scene: Scene, atom: Atom) -> Phrase | None:
    """A state before 주재 or 문제 that no office took: a state after all."""
    match = atom.match
    if match is None:
        return None
    letter = "L" if match.targets[0][0] == "places" else "C"
    kind = "place" if letter == "L" else "state"
    shape = next(s for s, _ in scene.rules.shapes if s.kind == kind)
    return Phrase(shape, (Atom(match.start, match.end, letter, match),))


def _joined(scene: Scene, atoms: Sequence[Atom]) -> Iterator[Atom]:
    """The atoms with what joins or parts them: the genitive, a copula, other nouns of an office, or a break."""
    for i, atom in enumerate(atoms):
        if i:
            yield from _between(scene, atoms[i - 1], atom, atoms[i + 1] if i + 1 < len(atoms) else None)
        yield atom


def _between(scene: Scene, left: Atom, right: Atom, after: Atom | None) -> Iterator[Atom]:
    text, start, end = scene.text, left.end, right.start
    gap = text[start:end]
    if gap in ("", " "):
        return
    if gap == "의 " and left.letter in "CBLPOVU":
        yield Atom(start, start + 1, "G")
    elif left.letter == "T" and (copula := scene.rules.copula.match(text, start)) is not None and (
        copula.end() + 1 == end or _office_nouns(scene, Atom(start, copula.end(), "C"), right, after)
    ):
        yield Atom(start, copula.end(), "I")
        for begin, stop in _words(text, copula.end() + 1, end):  # `위원이며 [비서국] 상무위원인`
            yield Atom(begin, stop, "W")
    elif (gap[0] == " " or left.letter in "CB" or (left.letter in "LR" and rest_of_body(scene, start, end))) and gap[-1] == " " and (
        _office_nouns(scene, left, right, after)
    ):
        for begin, stop in _words(text, start, end):
            yield Atom(begin, stop, "W")
    else:
        yield _BREAK


def _office_nouns(scene: Scene, left: Atom, right: Atom, after: Atom | None) -> bool:
    """Whether the words between belong to one office: `왕이 [외교 담당] 국무위원`."""
    words = list(_words(scene.text, left.end, right.start))
    if not 0 < len(words) <= _MOST_WORDS or left.letter not in _LED:
        return False
    named = right.letter == "P" and left.letter == "C" and len(words) == 1 and after is not None and after.letter in "TH"
    own_body = right.letter == "D" and left.letter == "C" and scene.rules.branch.search(scene.text[left.end : right.start]) is not None
    if right.letter not in "TKB" and not named and not own_body:
        return False
    return all(nominal(scene, b, e) and scene.text[b:e].isalnum() for word in words for b, e in _parts(scene.text, *word))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for word in text[start:end].split(" "):
        if word:
            yield at, at + len(word)
        at += len(word) + 1


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The nouns that a point joins: `동아시아·태평양`."""
    at = start
    for noun in text[start:end].split("·"):
        yield at, at + len(noun)
        at += len(noun) + 1


def _agrees(scene: Scene, phrase: Phrase) -> bool:
    kind = phrase.shape.kind
    if kind == "person":
        return _one_person(scene, phrase)
    if kind == "body" and phrase.first("T") is not None:
        return _is_spokesman(scene, phrase) and _one_state(scene, phrase)
    if kind == "body":
        return _one_state(scene, phrase)
    if kind == "place":
        return _one_chain(scene, phrase)
    if phrase.shape.id == "state-spokesman":
        return phrase.first("CV") is not None and _is_spokesman(scene, phrase)
    if phrase.shape.id == "delegation":
        return True
    if kind == "role":
        return phrase.first("B") is None or _one_state(scene, phrase)
    return True


def _is_spokesman(scene: Scene, phrase: Phrase) -> bool:
    title = next(a for a in reversed(phrase.parts) if a.letter == "T")
    return core_title(scene.text[title.start : title.end], scene.lexicon) in scene.rules.spokesmen


def _one_person(scene: Scene, phrase: Phrase) -> bool:
    """The states and bodies of the phrase must be those of the person."""
    person = phrase.first("P")
    states = {a.match.targets[0][1] for a in phrase.parts if a.letter == "C" and a.match is not None}
    if person is None or person.match is None:
        return len(states) <= 1
    own = states_of_people(scene, [key for table, key in person.match.targets if table == "people"])
    if not states <= own:
        return False
    bodies = [(a.match.form, bodies_of(scene, a)) for a in phrase.parts if a.letter == "B" and a.match is not None]
    return all(
        {b.country for b in found} & own or _leads(scene, phrase, found)
        or (form in _MINISTRIES and all(b.kind == "ministry" for b in found)) for form, found in bodies
    )  # fmt: skip


def _leads(scene: Scene, phrase: Phrase, bodies: Sequence[Body]) -> bool:
    """Whether the person has held that office of an international body: `토마스 바흐 IOC 위원장`."""
    person, title = phrase.first("P"), phrase.first("T")
    if person is None or person.match is None or title is None or not all(b.country in _INTERNATIONAL for b in bodies):
        return False
    word = scene.text[title.start : title.end]
    held = [t.title for table, key in person.match.targets if table == "people" for t in scene.lexicon.tenures.get(key, ())]
    return any(core_title(t, scene.lexicon) == core_title(word, scene.lexicon) for t in held)


def states_of_people(scene: Scene, people: Sequence[str]) -> set[str]:
    """The states that the people of these ids belong to or have held office for."""
    own = {scene.lexicon.people[key].country for key in people}
    return own | {t.country for key in people for t in scene.lexicon.tenures.get(key, ())}


def bodies_of(scene: Scene, atom: Atom) -> list[Body]:
    """The bodies that a bare form may mean, without those that were no more when the report was published."""
    targets = atom.match.targets if atom.match is not None else ()
    found = [scene.lexicon.bodies[key] for table, key in targets if table == "bodies"]
    former = scene.rules.former_bodies
    alive = [b for b in found if b.id not in former or "" < scene.published <= former[b.id]]
    return alive or found


def _one_state(scene: Scene, phrase: Phrase) -> bool:
    """`한국 대통령실`, but not `중국 대통령실`: the body must be able to belong to the state. A ministry's bare name
    belongs to any."""
    state, body = phrase.first("C"), phrase.first("BO")
    if state is None or body is None or state.match is None or body.match is None:
        return True
    code = state.match.targets[0][1]
    if body.letter == "O":
        return any(scene.lexicon.outlets[k].country == code for t, k in body.match.targets if t == "outlets")
    options = bodies_of(scene, body)
    generic = body.match.form in _OF_ANY or any(body.match.form != b.name or b.kind == "ministry" for b in options)
    return generic or any(b.country == code for b in options)


def _one_chain(scene: Scene, phrase: Phrase) -> bool:
    """Each wider place must hold the next one."""
    above = ""
    for atom in phrase.parts:
        if atom.match is None:
            continue
        key = atom.match.targets[0][1]
        if above and above not in chain_of(scene, key):
            return False
        above = key
    return True


def chain_of(scene: Scene, key: str) -> list[str]:
    """Ids of the places and the state around a place, narrowest first."""
    out: list[str] = []
    entry = scene.lexicon.places.get(key)
    while entry is not None and entry.within and entry.within not in out:
        out.append(entry.within)
        entry = scene.lexicon.places.get(entry.within)
    place = scene.lexicon.places.get(key)
    return [*out, place.country] if place is not None and place.country else out
