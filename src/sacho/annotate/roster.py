"""The people of one report: who is named in full, and whom a short form points back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from sacho.annotate.atoms import Scene
from sacho.annotate.mention_rules import load_mention_rules
from sacho.annotate.offices import best_tenure, core_title, fit, is_leader, is_minister
from sacho.lexicon import Lexicon
from sacho.lexicon.schema import Person

_FULL_NAME = 3  # syllables: 반기문 serves the United Nations
_KOREAN_ORDER = frozenset({"KOR", "PRK", "CHN", "TWN", "HKG", "VNM", ""})


class Entry(msgspec.Struct):
    """One person so far: the offices the text gave, the short names, and where he was named."""

    entity: str
    name: str
    name_en: str
    country: str
    sector: str
    keys: frozenset[str]
    offices: list[str]
    starts: list[int]


class Roster:
    """People by entity id; grows while the text is read."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.entries: dict[str, Entry] = {}

    def enter(self, entry: Entry, office: str, start: int) -> None:
        known = self.entries.setdefault(entry.entity, entry)
        known.country = known.country or entry.country
        known.starts.append(start)
        if office and office not in known.offices:
            known.offices.append(office)

    def spell(self, entry: Entry, name: str) -> None:
        """Call a person by another spelling of the full name."""
        known = self.entries.get(entry.entity)
        spelt = known is not None and " " in known.name and known.name != entry.name
        if not spelt:
            for one in (entry, known):
                if one is not None:
                    one.name = name

    def by_surname(self, surname: str, title: str, at: int) -> Entry | None:
        """Whom `김 위원장` means: the person of this report with that surname whose office fits, the most recent
        first; else the one known holder on the day of the report."""
        fitting = [(self._fitness(e, title), e) for e in self.entries.values() if surname in e.keys]
        fitting = [(score, e) for score, e in fitting if score]
        if fitting:
            return self._nearest(fitting, at)
        key = _holder(self.scene, surname, title)
        return entry_of(self.scene.lexicon.people[key]) if key else None

    def by_title(self, title: str, country: str, at: int) -> Entry | None:
        """Whom `위원장` or `러시아 외무장관` means: the one person named so far (or, failing that, later) whose
        office fits; None if there are several."""
        for named in (
            [e for e in self.entries.values() if min(e.starts) < at],
            [e for e in self.entries.values() if min(e.starts) >= at] if country else [],
        ):
            scored = [(self._fitness(e, title), e) for e in named if not country or e.country == country]
            best = max((score for score, _ in scored), default=0)
            if best >= 2 or (best and country):
                top = [e for score, e in scored if score == best]
                return top[0] if len(top) == 1 else None
        return None

    def _fitness(self, entry: Entry, title: str) -> int:
        lexicon, rules = self.scene.lexicon, self.scene.rules
        said = max((fit(title, office, lexicon, rules) for office in entry.offices), default=0)
        if said == 3:
            return 8
        held, _ = best_tenure(title, entry.entity, self.scene.published, lexicon, rules)
        free = 1 if not entry.offices and entry.entity not in lexicon.tenures else 0
        return max(said and said + 4, held, free)

    def _nearest(self, fitting: Iterable[tuple[int, Entry]], at: int) -> Entry:
        """The best class of fit first (said here, held that day, held once), then the most recent before the
        place, then the first after it."""

        def rank(item: tuple[int, Entry]) -> tuple[int, int]:
            score, entry = item
            before = [s for s in entry.starts if s < at]
            return (score >= 4) + (score > 5), (max(before) - at if before else -(10**6) - min(entry.starts))

        return max(fitting, key=rank)[1]


def entry_of(person: Person) -> Entry:
    """A roster entry for a person of the lexicon."""
    return Entry(
        entity=person.id, name=person.name, name_en=person.en, country=person.country, sector=person.sector,
        keys=short_names(person.name, person.country) | {a for a in person.aliases if " " not in a}, offices=[], starts=[],
    )  # fmt: skip


def short_names(name: str, country: str) -> frozenset[str]:
    """The words by which a report names somebody again: surname, or any word of a foreign name."""
    words = name.split(" ")
    if len(words) > 1:
        return frozenset(words)
    korean = country in _KOREAN_ORDER or (len(name) == _FULL_NAME and name[0] in load_mention_rules().surnames)
    return frozenset({name[0], name} if korean else {name})


def _holder(scene: Scene, surname: str, title: str) -> str:
    """The one person of the lexicon with a surname and a title on the day of the report."""
    best, keys = 3, []
    for key in _surnames(scene.lexicon).get(surname, ()):
        score, tenure = best_tenure(title, key, scene.published, scene.lexicon, scene.rules)
        if tenure is None or not scene.published:
            continue
        if core_title(title, scene.lexicon) == "위원장" and "국무위원장" not in tenure.title and score < 6:
            score -= "국방위원장" not in tenure.title
        if score > best:
            best, keys = score, [key]
        elif score == best and score > 3:
            keys.append(key)
    return keys[0] if len(keys) == 1 else ""


def holder(scene: Scene, title: str, country: str) -> str:
    """Who held the office of a state on the day of the report: one known leader or minister, else ""."""
    lexicon, rules = scene.lexicon, scene.rules
    if not scene.published or not (is_leader(title, lexicon, rules) or is_minister(title, lexicon, rules)):
        return ""
    best = 4
    keys: list[str] = []
    for key in _of_state(lexicon).get(country, ()):
        score, tenure = best_tenure(title, key, scene.published, lexicon, rules)
        if tenure is None or tenure.country not in ("", country) or score < best:
            continue
        if score > best:
            best, keys = score, []
        keys.append(key)
    return keys[0] if len(keys) == 1 else ""


@lru_cache(maxsize=4)
def _surnames(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for person in lexicon.people.values():
        if person.country in _KOREAN_ORDER and " " not in person.name and person.id in lexicon.tenures:
            out.setdefault(person.name[0], []).append(person.id)
    return {surname: tuple(ids) for surname, ids in out.items()}


@lru_cache(maxsize=4)
def _of_state(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for key in lexicon.tenures:
        out.setdefault(lexicon.people[key].country, []).append(key)
    return {country: tuple(ids) for country, ids in out.items()}


def pick(scene: Scene, people: Sequence[str], country: str, title: str, entries: dict[str, Entry]) -> Person:
    """Which of several people of one name: of that state, already in the report, with that office on that day."""
    rows = [scene.lexicon.people[key] for key in people]

    def rank(person: Person) -> tuple[bool, int, bool, bool, bool]:
        score = best_tenure(title, person.id, scene.published, scene.lexicon, scene.rules)[0] if title else 0
        current = bool(scene.published and scene.lexicon.offices_of(person.id, scene.published))
        return (not country or person.country == country, score, person.id in entries, person.name in scene.text, current)

    return max(rows, key=rank)
