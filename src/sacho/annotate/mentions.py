"""Who and where: whole noun phrases with country and office, and the short forms that point back to them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.atoms import Atom, Scene, find_atoms
from sacho.annotate.collectives import people_in_focus, people_of_states, states_in_focus
from sacho.annotate.delegations import Delegation, Delegations, name_of
from sacho.annotate.items import item_of, item_starts
from sacho.annotate.leads import is_led
from sacho.annotate.mention_rules import load_mention_rules
from sacho.annotate.name_phrases import Phrase, bodies_of, find_phrases
from sacho.annotate.names import NameMatch, find_names
from sacho.annotate.open_actors import find_open_actors
from sacho.annotate.people import People
from sacho.annotate.pointers import Pointer, find_pointers, point, speaking_state
from sacho.annotate.register import register_of
from sacho.annotate.strangers import add_strangers
from sacho.lexicon import Lexicon
from sacho.lexicon.schema import Body
from sacho.records import Mention, MentionKind, Token

__all__ = ["find_mentions", "find_names"]

_OF_SOMETHING = ("전원", "인원", "회원", "회원들", "직원들", "관계자들")  # nobody by themselves
_GOVERNMENT = ("정부", "군")
_OFFICERS = ("장관", "차관", "총리", "외상", "장관들", "차관들", "총장", "의장")


def find_mentions(
    text: str, tokens: Sequence[Token], names: Sequence[NameMatch], lexicon: Lexicon, *, published: str
) -> tuple[Mention, ...]:
    """Mentions in text order, without overlap. `published` is the day of the report, "" if unknown."""
    scene = Scene(
        text=text, tokens=tokens, starts=[t.start for t in tokens], lexicon=lexicon, rules=load_mention_rules(),
        register=register_of(text), published=published,
    )  # fmt: skip
    phrases = find_phrases(scene, add_strangers(scene, find_atoms(scene, names)))
    found = _Reader(scene, phrases).read()
    opened = find_open_actors(scene, found)
    spans = [(m.start, m.end) for m in opened]
    kept = [m for m in found if not any(a <= m.start and m.end <= b for a, b in spans)] if spans else found
    return tuple(sorted([*kept, *opened], key=lambda m: m.start))


class _Reader:
    """Makes the mentions of one text, in order: a short form sees what was said before it."""

    def __init__(self, scene: Scene, phrases: Sequence[Phrase]) -> None:
        self.scene, self.phrases, self.lexicon = scene, phrases, scene.lexicon
        self.people = People(scene, phrases)
        self.found: list[Mention] = []
        self.delegations = Delegations(scene.rules)
        self.groups: dict[int, Delegation] = {}
        self.led: dict[str, str] = {}  # the state of a delegation, by the entity of its head
        self.items = item_starts(scene.text)
        self.home = "PRK" if scene.register.dprk else "KOR"

    def read(self) -> list[Mention]:
        pointers = find_pointers(self.scene.tokens, [(p.start, p.end) for p in self.phrases])
        items: list[Phrase | Pointer] = [*self.phrases, *pointers]
        for phrase in sorted(items, key=lambda p: p.start):
            mention = self._mention(phrase) if isinstance(phrase, Phrase) else point(self.scene, phrase, self._near(phrase.start))
            if mention is not None:
                if mention.rule == "pronoun":  # `일행은`: the delegation under whatever name it gets
                    known = next((i for i, m in enumerate(self.found) if i in self.groups and m.entity == mention.entity), -1)
                    self.groups |= {len(self.found): self.groups[known]} if known >= 0 else {}
                self.found.append(mention)
        return [self._renamed(i, mention) for i, mention in enumerate(self.found)]

    def _near(self, at: int) -> list[Mention]:
        """What has been named in the same item of a round-up; everything in any other text."""
        if not self.items:
            return self.found
        begin = item_of(self.items, at)
        return [m for m in self.found if m.start >= begin]

    def _mention(self, phrase: Phrase) -> Mention | None:
        kind = phrase.shape.kind
        if kind in ("person", "leader", "role"):
            mention = self.people.mention(phrase, self._country(phrase), self._body_of(phrase))
            return mention if mention is not None or kind != "role" else self._unheld(phrase)
        if kind == "collective":
            return self._collective(phrase)
        if kind == "delegation":
            return self._delegation(phrase)
        if kind == "group":
            return self._group(phrase)
        if kind == "body":
            return self._body(phrase)
        if kind == "place":
            return self._place(phrase)
        if kind == "pair":
            return self._pair(phrase)
        return self._state(phrase)

    def _country(self, phrase: Phrase) -> str:
        """The state that the phrase names for itself."""
        atom = phrase.first("C")
        if atom is None:
            return ""
        if atom.match is None:
            return speaking_state(self.scene, atom.start, self.found) or self.home
        return atom.match.targets[0][1]

    def _body_of(self, phrase: Phrase) -> Body | None:
        atom = phrase.first("B")
        return self._choose(atom, self._country(phrase)) if atom is not None else None

    def _choose(self, atom: Atom, country: str) -> Body | None:
        """Which of the bodies with that bare name: of the state named; the one named last; of the state that the
        text speaks of most; of the report's own side."""
        options = bodies_of(self.scene, atom)
        own = [b for b in options if b.country == country] if country else []
        if own or len(options) < 2 or country:
            stateless = [b for b in options if b.kind == "igo" or b.country not in self.lexicon.countries]
            certain = own or (options if not country else stateless if len(options) == 1 else [])
            return certain[0] if certain else None  # `노르웨이 외무부` is not the one that has its bare name
        form = atom.match.form if atom.match is not None else ""
        exact = [b for b in options if form in (b.name, *b.dprk)]
        if len(exact) == 1:
            return exact[0]
        ids = {b.id: b for b in options}
        said = next((m for m in reversed(self.found) if m.entity in ids and m.rule == "body/state"), None)
        if said is not None:
            return ids[said.entity]
        home = [b for b in options if b.country == self.home]
        return home[0] if home else max(options, key=lambda b: sum(m.country == b.country for m in self.found))

    def _body(self, phrase: Phrase) -> Mention | None:
        atom = phrase.first("BO")
        if atom is None or atom.match is None:
            return None
        title = phrase.first("T")
        office = self._text(title.start, title.end) if title is not None else ""
        country = self._country(phrase)
        if atom.letter == "O":
            outlet = self.lexicon.outlets[next(k for t, k in atom.match.targets if t == "outlets")]
            return self._of(phrase, atom, MentionKind.body, outlet.id, outlet.name, english=outlet.en,
                            country=outlet.country, sector="JRN", office=office, rule="outlet")  # fmt: skip
        body = self._choose(atom, country)
        if body is not None and body.kind == "military" and self._is_army(atom, body):
            state = self.lexicon.countries[body.country]
            return self._of(phrase, atom, MentionKind.country, state.id, state.name, english=state.en, country=state.id,
                            sector="MIL", office=office, rule="army")  # fmt: skip
        if body is None:
            name = f"{self._state_name(country)} {atom.match.form}".strip()
            return self._of(phrase, atom, MentionKind.body, f"name:{name}", name, country=country, sector="GOV",
                            office=office, rule="body/unknown")  # fmt: skip
        return self._of(phrase, atom, MentionKind.body, body.id, self._called(body, atom.match.form), english=body.en, country=body.country,
                        sector=body.sector, office=office, rule="body/state" if country else "body")  # fmt: skip

    def _called(self, body: Body, form: str) -> str:
        """The body's name in the report's own words where these are full: `러시아 외무부` for 러시아 외무성, `유니세프`."""
        state = self._state_name(body.country)
        solid = form.replace(" ", "")
        if state and solid.startswith(state) and not body.name.startswith(state) and body.country == "PRK" and solid in body.aliases:
            return solid  # `북한적십자회`
        if body.kind != "igo" and not (state and body.name.startswith(state) and body.country != "KOR"):
            return body.name
        own = form if body.kind == "igo" or form.startswith(state) else f"{state} {form}"
        return own if own in body.aliases and "가" <= own[0] <= "힣" else body.name

    def _is_army(self, atom: Atom, body: Body) -> bool:
        """`북한군`: a state's name with 군 is the state in arms; `조선인민군 총참모부` is a body."""
        state = self.lexicon.countries.get(body.country)
        form = atom.match.form if atom.match is not None else ""
        names = (state.name, state.short, state.hanja, *state.dprk, *state.aliases) if state is not None else ()
        return any(n and form in (f"{n}군", f"{n} 군", f"{n}군대") for n in names)

    def _state(self, phrase: Phrase) -> Mention | None:
        """A state, its government, or the government of the person named."""
        person = phrase.first("PS") if phrase.shape.kind == "regime" else None
        code = self.people.country_of(person) if person is not None else self._country(phrase)
        head = phrase.first("CPSV") or phrase.parts[0]
        if not code and self._text(head.start, head.end).strip() in _GOVERNMENT and self.home == "KOR":
            before = self.found[-1] if self.found else None
            party = before is not None and self._text(before.end, phrase.start) in ("당과 ", "과 ", "와 ", " 당과 ")
            code = before.country if party and before is not None else "KOR"
        state = self.lexicon.countries.get(code)
        if state is None:
            return None
        title = phrase.first("T")
        office = self._text(title.start, title.end) if title is not None else ""
        return self._of(phrase, head, MentionKind.country, state.id, state.name, english=state.en, country=state.id,
                        sector="GOV", office=office, rule="country" if phrase.first("C") else "government")  # fmt: skip

    def _unheld(self, phrase: Phrase) -> Mention | None:
        """An office of a state whose holder nobody knows: `북한 외무성 부상`, `몽골 국방장관`."""
        body, code = self._body_of(phrase), self._country(phrase)
        title = next(a for a in reversed(phrase.parts) if a.letter == "T")
        code = code or (body.country if body is not None else "")
        state = self.lexicon.countries.get(code)
        if state is None:
            return self._said_before(phrase, title)
        if self._of_several(phrase) and self._text(title.start, title.end).endswith(_OFFICERS):  # `일본과 한국, 미국 외교차관은`
            return self._of(phrase, title, MentionKind.country, state.id, state.name, english=state.en, country=state.id,
                            sector="GOV", rule="country")  # fmt: skip
        first = next(a for a in phrase.parts if a.letter in "BWTV" and a.start >= (c.end if (c := phrase.first("C")) else 0))
        office = self._text(first.start, title.end).removeprefix("공화국 ")  # `기네공화국 림시대리대사`
        name = f"{state.name} {office}" if code != "IGO" else office  # an organisation is named in the office itself
        return self._of(phrase, title, MentionKind.role, f"role:{state.id}:{office}", name, country=state.id,
                        sector=body.sector if body is not None else "GOV", office=office, rule="office")  # fmt: skip

    def _said_before(self, phrase: Phrase, title: Atom) -> Mention | None:
        """`대사와`: the holder of that office whom the text has named by his state and nothing else."""
        word = self._text(title.start, title.end)
        if phrase.parts != (title,) or len(word) < 2:
            return None
        known = {m.entity: m for m in self.found if m.kind is MentionKind.role and m.rule == "office" and m.name.endswith(f" {word}")}
        again = next(iter(known.values())) if len(known) == 1 else None
        return msgspec.structs.replace(
            again, start=phrase.start, end=phrase.end, head_start=title.start, head_end=title.end
        ) if again is not None else None  # fmt: skip

    def _of_several(self, phrase: Phrase) -> bool:
        """Whether the state of the office is the last of a list of states, whose officers are meant."""
        last = self.found[-1] if self.found else None
        joined = last is not None and last.kind is MentionKind.country and self._text(last.end, phrase.start) in (", ", "과 ", "와 ", "·")
        return joined and phrase.parts[0].letter == "C"

    def _place(self, phrase: Phrase) -> Mention | None:
        atom = next(a for a in reversed(phrase.parts) if a.letter == "L")
        if atom.match is None:
            return None
        country, keys = self._country(phrase), [k for t, k in atom.match.targets if t == "places"]
        entries = [self.lexicon.places[k] for k in keys]
        place = next((p for p in entries if country and p.country == country), entries[0])
        return self._of(phrase, atom, MentionKind.place, place.id, place.name, english=place.en, country=place.country,
                        rule="place")  # fmt: skip

    def _pair(self, phrase: Phrase) -> Mention | None:
        atom = phrase.parts[0]
        members = self._members(atom)
        name = self._text(atom.start, atom.end)
        return self._of(phrase, atom, MentionKind.pair, f"pair:{'+'.join(members)}", name, sector="GOV", members=members,
                        rule="pair") if members else None  # fmt: skip

    def _members(self, atom: Atom) -> tuple[str, ...]:
        if atom.match is None:
            return ()
        if atom.match.members:
            return atom.match.members
        pair = self.lexicon.pairs.get(atom.match.targets[0][1])
        return pair.members if pair is not None else ()

    def _collective(self, phrase: Phrase) -> Mention | None:
        """`양국`, `두 정상`, `한미 양국`: whom they take together, if the text has made it clear."""
        atom = next(a for a in phrase.parts if a.letter == "U")
        rule = self.scene.rules.collectives[atom.note]
        pair = phrase.first("R")
        roster = self.people.roster
        states = self._members(pair) if pair is not None else ()
        if rule.members:
            members = rule.members
        elif states:
            members = states if rule.who == "states" else people_of_states(self.scene, roster, states, who=rule.who)
        elif rule.who == "states":
            members = states_in_focus(self._near(atom.start), atom.start, rule.count, self.scene.text)
        else:
            members = people_in_focus(self.scene, roster, self._near(atom.start), who=rule.who, count=rule.count)
            if not members and rule.who != "persons":
                states = states_in_focus(self._near(atom.start), atom.start, rule.count, self.scene.text)
                members = people_of_states(self.scene, roster, states, who=rule.who)
        if not members:
            return None
        return self._of(phrase, atom, MentionKind.group, "+".join(members), self._text(atom.start, atom.end),
                        members=members, rule="collective")  # fmt: skip

    def _delegation(self, phrase: Phrase) -> Mention | None:
        """A delegation by its own name; in short (`대표단은`) the one last named."""
        atom = phrase.parts[-1]
        body, last = self._body_of(phrase), self.found[-1] if self.found else None
        code = self._country(phrase) or (body.country if body is not None else "")
        if not code and last is not None and self._text(last.end, phrase.start) == "의 ":
            code = last.country  # `문재인 대통령의 특사단`
        if not code and phrase.first("W") is None and last is not None and last.kind is MentionKind.person and (
            self._text(last.end, phrase.start) in ("과 ", "와 ")
        ):
            code = last.country  # `부위원장과 대표단이`
        words = self._text(own.start if (own := phrase.first("BW")) else atom.start, atom.end)
        if not code and words.startswith("조선") and words[2:3] not in ("", "족", "대"):
            code = "PRK"
        led = last is not None and last.kind is MentionKind.person and is_led(self._text(last.end, phrase.start))
        if led and last is not None and code and last.entity.startswith("name:"):
            self.led[last.entity] = code
        self.groups[len(self.found)] = self.delegations.enter(words, code, last.entity if led and last is not None else "")
        return self._of(phrase, atom, MentionKind.group, f"group:{words}", words, country=code, sector="GOV", rule="delegation")

    def _group(self, phrase: Phrase) -> Mention | None:
        """People or a body without a proper name, as the text calls them, with their state: `미국 전문가들`."""
        atom, body = phrase.parts[-1], self._body_of(phrase)
        code = self._country(phrase) or (body.country if body is not None else "")
        if body is not None and body.kind == "igo" and self._text(atom.start, atom.end).startswith("사찰"):
            return self._of(phrase, atom, MentionKind.body, body.id, body.name, english=body.en, country=body.country,
                            sector=body.sector, rule="body")  # fmt: skip
        first = next((a for a in phrase.parts if a.letter in "BLWQ"), atom)
        whole = self._text(first.start, atom.end)
        words = self.scene.rules.counted.sub("", whole) or whole
        if words.startswith("당 ") and code in ("PRK", ""):
            words = f"노동{words}"
        before = self._before(words) if first is atom and not code else None
        if before is not None:
            return self._of(phrase, atom, MentionKind.group, before.entity, before.name, country=before.country,
                            sector=before.sector, rule="group")  # fmt: skip
        if not words or (words in _OF_SOMETHING and not code):
            return None
        glue = "" if words[0] == "인" and words[1:2] in ("", " ", "들") else " "  # 일본인, but 한국 인원
        state = self._state_name(code)
        ours = code == "KOR" and glue and phrase.first("C") is None and not words.startswith("인원")
        named = words.startswith(state) or ours  # `미국 국무부 관리`
        name = words if named else f"{state}{glue}{words}".strip()
        entity = f"group:{name.removesuffix('들')}"
        return self._of(phrase, atom, MentionKind.group, entity, name, country=code, sector="CVL", rule="group")

    def _before(self, words: str) -> Mention | None:
        """The group named before of which a noun alone is the short form: `북한군 병사 … [병사들]은`."""
        bare = words.removesuffix("들")
        fuller = [m for m in self.found if m.rule == "group" and m.country and m.name.removesuffix("들").endswith(f" {bare}")]
        return fuller[-1] if len({m.entity for m in fuller}) == 1 else None

    def _renamed(self, number: int, mention: Mention) -> Mention:
        """A delegation under the fullest of its names in the text; its head with its state."""
        if mention.entity in self.led:
            return msgspec.structs.replace(mention, country=self.led[mention.entity])
        group = self.groups.get(number)
        if group is None or mention.rule not in ("delegation", "pronoun"):
            return mention
        name = name_of(group.names, self._state_name(group.country))
        return msgspec.structs.replace(mention, entity=f"group:{name}", name=name, country=group.country)

    def _state_name(self, code: str) -> str:
        return self.lexicon.countries[code].name if code in self.lexicon.countries else ""

    def _text(self, start: int, end: int) -> str:
        return self.scene.text[start:end]

    def _of(
        self, phrase: Phrase, head: Atom, kind: MentionKind, entity: str, name: str, *, english: str = "", country: str = "",
        sector: str = "", office: str = "", members: tuple[str, ...] = (), rule: str,
    ) -> Mention:  # fmt: skip
        return Mention(
            start=phrase.start, end=phrase.end, kind=kind, entity=entity, name=name, head_start=head.start,
            head_end=head.end, name_en=english, country=country, sector=sector, office=office, members=members, rule=rule,
        )  # fmt: skip
