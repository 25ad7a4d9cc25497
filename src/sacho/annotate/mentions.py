"""Who and where: whole noun phrases with country and office, and the short forms that point back to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sacho.annotate.names import NameMatch, find_names
from sacho.lexicon import Lexicon, load
from sacho.lexicon.schema import Body
from sacho.records import Block, Mention, MentionKind, Token

__all__ = ["find_mentions", "find_names"]

_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노로리하곽성차주우구나민진지엄원채천방공현함변염여추도소석"
    "선설마길연위표명기반왕시후원자"
)
_STATUE = re.compile(r"(?:[·,]\s*\S{2,3})?\s?(?:동상|광장|경기장|훈장|종합대학|생일|배지)")
_HONOUR = r"(?:\s?(?:동지|녀사|여사|각하|선생|원수님|원수))*"
_COLLECTIVE = re.compile(
    r"(?<![가-힣])(?:양국|두 나라|량국|양측|두 정상|양 정상|양국 정상|두 장관|양 장관|두 사람|양국 외교장관|두 지도자|쌍방)"
)
_DELEGATION = re.compile(
    r"(?:[가-힣]+ )?(?:[가-힣]*(?:대표단|특사단|사절단))(?![가-힣]*성원)"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns made from the lexicon: what may follow a name, precede it, a surname with title, a bare title."""
    lexicon = load()
    titles = "|".join(sorted({t.title for t in lexicon.titles.values()}, key=len, reverse=True))
    countries = sorted({f for c in lexicon.countries.values() for f in (c.name, *c.dprk, *c.aliases, c.short, c.hanja) if f},
                       key=len, reverse=True)  # fmt: skip
    bodies = sorted({f for b in lexicon.bodies.values() for f in (b.name, *b.dprk, *b.aliases) if f}, key=len, reverse=True)
    nation, organ = "|".join(map(re.escape, countries)), "|".join(map(re.escape, bodies))
    office = (
        rf"(?:(?P<nation>{nation})\s?(?:측\s)?)?(?:(?P<organ>{organ}|국가안보회의|국가리사회|아주국|외교 담당|당|청와대 국가안보실)\s?)?"
        rf"(?:(?:전|현|신임|당시|초대|상임)\s)?(?P<title>(?:제?\d)?(?:{titles}))"
        rf"(?:\s?겸\s?(?:{organ}|당|국가안보실)?\s?(?:{titles}))?"
    )
    after = re.compile(rf"(?:\([^)]{{1,14}}\))?\s?{office}{_HONOUR}(?![가-힣]{{0,1}}실)")
    before = re.compile(rf"(?:{office}(?:이시며|이신|인)?\s?)$")
    short = re.compile(rf"(?<![가-힣])(?P<name>[가-힣])\s(?P<title>{titles}){_HONOUR}")
    bare = re.compile(rf"(?<![가-힣\w])(?:(?P<nation>{nation})\s)?(?:(?P<organ>{organ})\s)?(?P<title>{titles}){_HONOUR}(?![가-힣])")
    return after, before, short, bare


def find_mentions(
    text: str, tokens: Sequence[Token], names: Sequence[NameMatch], lexicon: Lexicon, *, published: str,
    blocks: Sequence[Block],
) -> tuple[Mention, ...]:  # fmt: skip
    """Mentions in text order, without overlap."""
    finder = _Finder(text, lexicon, published)
    finder.gazetteer(names)
    finder.unknown_people(tokens)
    finder.short_forms()
    finder.collectives()
    return tuple(sorted(finder.found, key=lambda m: m.start))


class _Finder:
    """Collects the mentions of one text."""

    def __init__(self, text: str, lexicon: Lexicon, published: str) -> None:
        self.text, self.lexicon, self.published = text, lexicon, published
        self.found: list[Mention] = []
        self.taken = bytearray(len(text) + 1)

    def gazetteer(self, names: Sequence[NameMatch]) -> None:
        people = [n for n in names if n.targets[0][0] == "people"]
        for name in people:
            self._person(name)
        for i, name in enumerate(names):
            if not any(self.taken[name.start : name.end]):
                self._other(name, names[i + 1] if i + 1 < len(names) else None)

    def _person(self, name: NameMatch) -> None:
        if _STATUE.match(self.text, name.end):
            self._take(name.start, name.end)
            return
        person = self.lexicon.people[name.targets[0][1]]
        after, before, _, _ = _patterns()
        start, end, office = name.start, name.end, ""
        match = after.match(self.text, name.end)
        if match is not None and not any(self.taken[name.end : match.end()]):
            end, office = match.end(), match.group("title")
            if match.group("organ"):
                office = f"{match.group('organ')} {office}"
        lead = before.search(self.text, max(0, start - 30), start)
        if lead is not None and lead.group("title") and not any(self.taken[lead.start() : start]):
            start, office = lead.start(), office or lead.group("title")
        elif match is None:
            end += len(re.compile(_HONOUR).match(self.text, end).group())  # type: ignore[union-attr]
        country = re.compile(r"(?:[가-힣]{2,5}(?:의)?\s|[北美中日露韓]\s?)$").search(self.text, max(0, start - 7), start)
        if country is not None and not any(self.taken[country.start() : start]):
            word = country.group().strip().removesuffix("의")
            if any(word in (c.name, *c.dprk, c.hanja) and c.id == person.country for c in self.lexicon.countries.values()):
                start = country.start()
        self._add(Mention(
            start=start, end=end, kind=MentionKind.person, entity=person.id, name=person.name, head_start=name.start,
            head_end=name.end, name_en=person.en, country=person.country, sector=person.sector, office=office,
            rule="name-office" if office else "name",
        ))  # fmt: skip

    def _other(self, name: NameMatch, following: NameMatch | None) -> None:
        table, key = name.targets[0]
        end = name.end
        if table == "bodies":
            self._body(name)
        elif table == "outlets":
            outlet = self.lexicon.outlets[key]
            self._add(_mention(name, end, MentionKind.body, key, outlet.name, outlet.en, outlet.country, "JRN", "outlet"))
        elif table == "pairs":
            pair = self.lexicon.pairs[key]
            self._add(_mention(name, end, MentionKind.pair, f"pair:{key}", key, "", "", "GOV", "pair", pair.members))
        elif table == "places":
            place = self.lexicon.places[key]
            if following is not None and following.targets[0][0] == "places" and following.start - end <= 1:
                self._take(name.start, name.end)
                return
            self._add(_mention(name, end, MentionKind.place, key, place.name, place.en, place.country, "", "place"))
        else:
            self._country(name, following)

    def _country(self, name: NameMatch, following: NameMatch | None) -> None:
        country = self.lexicon.countries[name.targets[0][1]]
        gap = self.text[name.end : following.start] if following is not None else "x"
        if following is not None and gap in (" ", "의 ", "", " 측 ") and following.targets[0][0] in ("bodies",):
            return  # the body takes it
        tail = re.compile(r"\s?(?:측|정부|당국|정권|군|인민군)(?![가-힣]{3})").match(self.text, name.end)
        end = tail.end() if tail else name.end
        self._add(_mention(name, end, MentionKind.country, country.id, country.name, country.en, country.id, "GOV", "country"))

    def _body(self, name: NameMatch) -> None:
        """A body whose bare name several states share belongs to the state named before it, or to the one that the
        text has spoken of most."""
        options = [self.lexicon.bodies[key] for table, key in name.targets if table == "bodies"]
        start = name.start
        lead = re.compile(r"([가-힣]{1,6}|[北美中日露韓])(?:의|측)?\s?$").search(self.text, max(0, start - 9), start)
        body = options[0]
        if lead is not None and not any(self.taken[lead.start() : start]):
            for option in options:
                country = self.lexicon.countries.get(option.country)
                forms = (country.name, country.short, country.hanja, *country.dprk, *country.aliases) if country else ()
                if lead.group(1) in forms:
                    body, start = option, lead.start()
        if start == name.start and len(options) > 1:
            body = self._usual(options)
        tail = re.compile(r"\s(?:대변인|부대변인|당국자|고위 관계자|관계자|고위 당국자|공보실|소식통)").match(self.text, name.end)
        end = tail.end() if tail else name.end
        self._add(Mention(
            start=start, end=end, kind=MentionKind.body, entity=body.id, name=body.name, head_start=name.start,
            head_end=name.end, name_en=body.en, country=body.country, sector=body.sector,
            office=tail.group().strip() if tail else "", rule="body",
        ))  # fmt: skip

    def _usual(self, options: Sequence[Body]) -> Body:
        counts = {o.country: 0 for o in options}
        for mention in self.found:
            if mention.country in counts:
                counts[mention.country] += 1
        named = [m for m in self.found if m.kind is MentionKind.body and any(m.entity == o.id for o in options)]
        if named:
            return next(o for o in options if o.id == named[-1].entity)
        return max(options, key=lambda o: (counts[o.country], o.country == "KOR"))

    def unknown_people(self, tokens: Sequence[Token]) -> None:
        """Names the lexicon lacks, known by the office that follows: `담딘 척트바타르 몽골 외무장관`."""
        after, _, _, _ = _patterns()
        for i, token in enumerate(tokens):
            if token.tag != "NNP" or any(self.taken[token.start : token.end]) or token.end - token.start < 2:
                continue
            match = after.match(self.text, token.end)
            if match is None or (any(self.taken[token.end : match.end()]) and not match.group("nation")):
                continue
            start = token.start
            if i and tokens[i - 1].tag == "NNP" and token.start - tokens[i - 1].end == 1 and not self.taken[tokens[i - 1].start]:
                start = tokens[i - 1].start
            name = self.text[start : token.end]
            korean = " " not in name and len(name) in (2, 3, 4) and name[0] in _FAMILY
            if not korean and not match.group("nation"):
                continue
            country = self._nation(match.group("nation"))
            self._drop(start, match.end())
            self._add(Mention(
                start=start, end=match.end(), kind=MentionKind.person, entity=f"name:{name}", name=name, head_start=start,
                head_end=token.end, country=country, sector="GOV", office=match.group("title"), rule="name-before-office",
            ))  # fmt: skip

    def _nation(self, word: str | None) -> str:
        if not word:
            return ""
        return next((c.id for c in self.lexicon.countries.values()
                     if word in (c.name, c.short, c.hanja, *c.dprk, *c.aliases)), "")  # fmt: skip

    def short_forms(self) -> None:
        """`김 위원장`, `위원장`: to the person last named whose surname and title fit, else to the holder."""
        _, _, short, bare = _patterns()
        people = sorted((m for m in self.found if m.kind is MentionKind.person), key=lambda m: m.start)
        for match in short.finditer(self.text):
            if not any(self.taken[match.start() : match.end()]):
                self._resolve(match, people, match.group("name"), match.group("title"))
        for match in bare.finditer(self.text):
            if not any(self.taken[match.start() : match.end()]):
                self._bare(match, people)

    def _resolve(self, match: re.Match[str], people: Sequence[Mention], surname: str, title: str) -> None:
        fitting = [p for p in people if p.name.split()[-1].startswith(surname) and (p.start < match.start())]
        titled = [p for p in fitting if p.office.endswith(title[-2:])] or fitting
        if not titled:
            return
        whom = titled[-1]
        self._add(Mention(
            start=match.start(), end=match.end(), kind=MentionKind.person, entity=whom.entity, name=whom.name,
            head_start=match.start(), head_end=match.start("title"), name_en=whom.name_en, country=whom.country,
            sector=whom.sector, office=title, rule="surname-office",
        ))  # fmt: skip

    def _bare(self, match: re.Match[str], people: Sequence[Mention]) -> None:
        title, country = match.group("title"), self._nation(match.group("nation"))
        if len(title) < 2:
            return
        fitting = {p.entity: p for p in people if p.start < match.start() and p.office.endswith(title)
                   and (not country or p.country == country)}  # fmt: skip
        if len(fitting) == 1:
            whom = next(iter(fitting.values()))
            self._add(Mention(
                start=match.start(), end=match.end(), kind=MentionKind.person, entity=whom.entity, name=whom.name,
                head_start=match.start("title"), head_end=match.end("title"), name_en=whom.name_en,
                country=whom.country, sector=whom.sector, office=title, rule="bare-office",
            ))  # fmt: skip

    def collectives(self) -> None:
        ordered = sorted(self.found, key=lambda m: m.start)
        for match in _COLLECTIVE.finditer(self.text):
            if any(self.taken[match.start() : match.end()]):
                continue
            persons = "정상" in match.group() or "장관" in match.group() or "사람" in match.group() or "지도자" in match.group()
            members = self._last_two([m for m in ordered if m.start < match.start()], persons)
            if len(members) == 2:
                self._add(Mention(
                    start=match.start(), end=match.end(), kind=MentionKind.group, entity="+".join(members),
                    name=match.group(), head_start=match.start(), head_end=match.end(), members=members,
                    rule="collective",
                ))  # fmt: skip

    def _last_two(self, before: Sequence[Mention], persons: bool) -> tuple[str, ...]:
        out: dict[str, str] = {}
        for m in before:
            if m.kind is MentionKind.pair and len(m.members) == 2 and not persons:
                return m.members
        for m in before:
            if persons and m.kind is MentionKind.person and m.country not in out:
                out[m.country] = m.entity
            elif not persons and m.country and m.kind in (MentionKind.person, MentionKind.country):
                out.setdefault(m.country, m.country)
        return tuple(list(out.values())[:2])

    def _add(self, mention: Mention) -> None:
        self.found.append(mention)
        self._take(mention.start, mention.end)

    def _take(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\1" * (end - start)

    def _drop(self, start: int, end: int) -> None:
        self.found = [m for m in self.found if m.end <= start or end <= m.start]


def _mention(
    name: NameMatch, end: int, kind: MentionKind, entity: str, canonical: str, english: str, country: str, sector: str,
    rule: str, members: tuple[str, ...] = (),
) -> Mention:  # fmt: skip
    return Mention(
        start=name.start, end=end, kind=kind, entity=entity, name=canonical, head_start=name.start, head_end=name.end,
        name_en=english, country=country, sector=sector, members=members, rule=rule,
    )  # fmt: skip
