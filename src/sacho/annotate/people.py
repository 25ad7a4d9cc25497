"""People and offices of one text: whom a phrase with a name, a surname or a title alone means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sacho.annotate.atoms import Atom, Scene
from sacho.annotate.hanja import read_aloud
from sacho.annotate.name_model import chances
from sacho.annotate.name_phrases import Phrase, bodies_of
from sacho.annotate.offices import is_leader
from sacho.annotate.romanize import romanize_name, southern
from sacho.annotate.roster import Entry, Roster, entry_of, holder, pick, short_names
from sacho.annotate.strangers import korean
from sacho.lexicon.schema import Body
from sacho.records import Mention, MentionKind

_LEADING = re.compile(r"[을를]\s(단장|부단장|수석대표|대표|특사|책임자|수반)(?:으로|로)\s?(?:하|한|삼)")
_AS_HEAD = re.compile(r"(?:으로|로)\s?(?:하[는던여고]|한\s|삼)")
_TENSE = frozenset({"", "VNM", "THA", "LAO", "KHM", "MMR", "KOR", "PRK"})  # whose names may have tense consonants in the South as well
_KEPT = "리림로량려렴룡륙"  # initials that only the North keeps in a family name
_FULL = 3  # syllables
_OWN = frozenset({"KOR", "PRK"})


class People:
    """Whom the phrases of one text mean. Full names are entered first: a short form may precede the full one
    (`김 위원장` in a headline)."""

    def __init__(self, scene: Scene, phrases: Sequence[Phrase]) -> None:
        self.scene, self.roster = scene, Roster(scene)
        self._named: dict[int, Entry] = {}
        self._before = {p.end: p for p in phrases if p.shape.kind in ("state", "body", "group", "place", "delegation")}
        for phrase in phrases:
            atom = phrase.first("PN")
            if atom is None or phrase.shape.kind not in ("person", "regime"):
                continue
            entry = self._full(phrase, atom)
            if entry is not None:
                self._named[atom.start] = entry
                if phrase.shape.kind == "person":
                    self.roster.enter(entry, self._office(phrase), atom.start)
                    led = _LEADING.match(scene.text, phrase.end)
                    if led is not None:  # `국장을 단장으로 하는 방북단`, later `유 단장`, `단장은`
                        self.roster.enter(entry, led.group(1), atom.start)
                    for title in (a for a in phrase.parts if a.letter == "T" and a.start >= atom.end):
                        self.roster.enter(entry, self._text(title), atom.start)  # `단장 박림수 대좌`, later `박 대좌`

    def country_of(self, atom: Atom) -> str:
        """The state of a person or a surname before 정부: `윤석열 정부`, `윤 정부`."""
        entry = self._named.get(atom.start)
        if entry is None and atom.letter == "S":
            entry = self.roster.by_surname(self._surname(atom), "대통령", atom.start)
        return entry.country if entry is not None else ""

    def mention(self, phrase: Phrase, country: str, body: Body | None) -> Mention | None:
        """The person whom the phrase means; None where the text does not tell."""
        atom = phrase.first("PNS")
        if atom is None:
            return self._by_title(phrase, country or (body.country if body is not None else ""))
        office = self._office(phrase)
        if atom.letter == "S":
            entry = self.roster.by_surname(self._surname(atom), office, atom.start)
            if entry is None or (country and entry.country and entry.country != country):
                entry = self._surname_only(phrase, atom, office, country)
            return self._mention(phrase, atom, entry, office, "surname-office")
        entry = self._named.get(atom.start)
        if entry is None:
            return None
        known = self.roster.entries.get(entry.entity, entry)
        return self._mention(phrase, atom, known, office, "name-office" if office else "name")

    def _by_title(self, phrase: Phrase, country: str) -> Mention | None:
        office = self._office(phrase)
        if _AS_HEAD.match(self.scene.text, phrase.end):
            return None
        title = next((a for a in reversed(phrase.parts) if a.letter == "T"), None)
        head = title or phrase.parts[0]
        revered = phrase.first("H") is not None and is_leader(office, self.scene.lexicon, self.scene.rules)
        if phrase.shape.kind == "leader" or (revered and self.scene.register.is_dprk(phrase.start)):
            country, office = "PRK", office or "위원장"
        entry = self.roster.by_title(office, country, phrase.start) if office else None
        if entry is None and country:
            key = holder(self.scene, office, country)
            entry = entry_of(self.scene.lexicon.people[key]) if key else None
        return self._mention(phrase, head, entry, office, "office") if entry is not None else None

    def _full(self, phrase: Phrase, atom: Atom) -> Entry | None:
        office, state = self._office(phrase), self._state(phrase)
        if atom.letter == "N":
            return self._stranger(phrase, atom, office, state)
        if atom.match is None:
            return None
        keys = [key for table, key in atom.match.targets if table == "people"]
        namesake = self._namesake(atom.match.form, keys)
        if namesake is not None:
            return namesake
        person = pick(self.scene, keys, state, office, self.roster.entries)
        entry = entry_of(person)
        if " " in atom.match.form and atom.match.form in person.aliases and atom.match.form != person.name.replace(".", ""):
            self.roster.spell(entry, atom.match.form)  # as the report writes it in full
        # `이종혁` for 리종혁, later `이 부위원장`
        if atom.match.form[0] != entry.name[0] and len(atom.match.form) == len(entry.name) == _FULL:
            entry.keys |= {atom.match.form[0]}
        return entry

    def _namesake(self, form: str, keys: Sequence[str]) -> Entry | None:
        """`고노외상` in a report that names 고노 요헤이 in full is he, and not the one of the lexicon."""
        if " " in form or any(self.scene.lexicon.people[k].name == form for k in keys):
            return None
        others = [e for e in self.roster.entries.values() if form in e.keys and e.name != form and e.entity not in keys]
        return others[-1] if others and not any(k in self.roster.entries for k in keys) else None

    def _stranger(self, phrase: Phrase, atom: Atom, office: str, state: str) -> Entry:
        """A name the lexicon lacks. A word of a longer name that the text gave is that person."""
        name = read_aloud(self._text(atom), self.scene.text, self.scene.lexicon)
        known = next((e for e in self.roster.entries.values() if name != e.name and name in e.keys and len(name) > 1), None)
        if known is not None and (not state or known.country in ("", state)):
            return known
        body = phrase.first("B")
        options = bodies_of(self.scene, body) if body is not None else []
        if not state and options:
            state = options[0].country if len({b.country for b in options}) == 1 else ""
        if not state and korean(self.scene, name):
            comrade = self.scene.rules.northern.search(self._text_of(phrase)) is not None
            if chances(name)[0] >= chances(name)[1] or comrade:
                state = "PRK" if comrade or name[0] in _KEPT or self.scene.register.is_dprk(atom.start) else "KOR"
        if state not in _TENSE and self.scene.register.is_dprk(atom.start) and not korean(self.scene, name):
            name = southern(name)
        english = romanize_name(name, self.scene.rules.compound_surnames) if state in _OWN and " " not in name else ""
        sector = next((b.sector for b in options if b.country == state), "GOV")
        return Entry(
            entity=f"name:{name}", name=name, name_en=english, country=state, sector=sector,
            keys=short_names(name, state), offices=[], starts=[],
        )  # fmt: skip

    def _surname_only(self, phrase: Phrase, atom: Atom, office: str, country: str) -> Entry:
        """`김 부대변인` whose full name the text never gives."""
        name = f"{self._surname(atom)} {office}"
        return Entry(
            entity=f"name:{name}", name=name, name_en="", country=country, sector="GOV", keys=frozenset(), offices=[], starts=[]
        )

    def _state(self, phrase: Phrase) -> str:
        atom = phrase.first("C")
        if atom is None:
            return self._owner(phrase)
        if atom.match is None:
            return "PRK" if self.scene.register.is_dprk(atom.start) else "KOR"
        return atom.match.targets[0][1]

    def _owner(self, phrase: Phrase) -> str:
        """The state of the body to which a person belongs: `북한 대사관의 정기홍 공사`, `미 하원의 데일 왓킨스 의원`."""
        joined = self.scene.text[max(0, phrase.start - 2) : phrase.start]
        owner = self._before.get(phrase.start - 2) if joined == "의 " else None
        if owner is None:  # `가봉 [외교관] 폴 은게마`
            gap = self.scene.text.rfind(" ", 0, max(phrase.start - 1, 0))
            called = self.scene.rules.apposition.match(self.scene.text, gap + 1) if gap > 0 else None
            owner = self._before.get(gap) if called is not None and called.end() == phrase.start else None
        if owner is None:
            return ""
        state, body = owner.first("C"), owner.first("B")
        if state is not None and state.match is not None:
            return state.match.targets[0][1]
        states = {b.country for b in bodies_of(self.scene, body)} if body is not None else set()
        return next(iter(states)) if len(states) == 1 else ""

    def _office(self, phrase: Phrase) -> str:
        """The office as the text gives it, without its state: body, other nouns, title."""
        if phrase.first("T") is None:
            return ""
        named = phrase.first("PNS")
        parts = [a for a in phrase.parts if a.letter in "BLWTKV" and a is not named]
        titles = [a for a in parts if a.letter == "T"]
        runs = [a for a in parts if a.end <= titles[-1].end]
        if named is not None:  # one side of the name only
            # `단장 박림수 대좌`: the office leads, the rank behind is none
            after, before = [a for a in runs if a.start >= named.end], [a for a in runs if a.end <= named.start]
            led = phrase.shape.id == "office-before-name" and any([a.letter == "T" for a in before])
            runs = after if not led and any([a.letter == "T" for a in after]) else before
        last = max([i for i, a in enumerate(runs) if a.letter == "T"])
        return self.scene.text[runs[0].start : runs[last].end]

    def _surname(self, atom: Atom) -> str:
        return self.scene.rules.hanja_surnames.get(self._text(atom), self._text(atom))

    def _text_of(self, phrase: Phrase) -> str:
        return self.scene.text[phrase.start : phrase.end]

    def _text(self, atom: Atom) -> str:
        return self.scene.text[atom.start : atom.end]

    def _mention(self, phrase: Phrase, head: Atom, entry: Entry, office: str, rule: str) -> Mention:
        return Mention(
            start=phrase.start, end=phrase.end, kind=MentionKind.person, entity=entry.entity, name=entry.name,
            head_start=head.start, head_end=head.end, name_en=entry.name_en, country=entry.country, sector=entry.sector,
            office=office, rule=rule,
        )  # fmt: skip
