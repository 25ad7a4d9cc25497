"""(a) Other people, offices and countries, drawn from the lexicon among those who held an office on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from random import Random

from sacho.lexicon import Lexicon, covers, load
from sacho.lexicon.schema import Person as Row
from sacho.lexicon.schema import Tenure

from .bases import Base, Fields, Variant
from .korean import replace

_SLOTS = {
    "head": ("대통령", "국가주석", "총리", "국무위원장", "국왕"),
    "foreign": ("외무장관", "외교부장", "외무상", "외교장관", "국무장관", "외교부 장관"),
    "defence": ("국방장관", "국방부장", "국방상", "방위상", "국방부 장관"),
}
_NO_OFFICE = ("당 ", "주", "유엔", "최고사령관", "대변인")  # written with more words than the forms here have
_SWAPS = 3  # other people for each person
_COUNTRIES = 4  # other countries for each country


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person as a report names him: `written` in full, `family` before the short title."""

    name: str
    written: str
    family: str
    country: str
    state: str
    title: str
    short: str

    def forms(self, *, behind: bool) -> tuple[str, ...]:
        """Every way to name him, the same way at the same place of the tuple for everybody."""
        office = f"{self.state} {self.title}".strip()
        joined = self.short if " " in self.title else self.title
        return (
            f"{office} {self.written}" if behind else f"{self.written} {office}",
            f"{self.written} {self.title}", f"{self.written}{joined}", f"{self.written} {self.short}",
            f"{self.written}{self.short}", f"{self.family} {self.short}", f"{self.family}{self.short}", self.written,
            self.family if len(self.family) > 1 else f"{self.family} {self.short}",
        )  # fmt: skip


def swapped(base: Base, random: Random) -> Iterator[Variant]:
    """One person is another: the same country, or another head of state where two heads of state meet."""
    lexicon = load()
    for spec in base.spec["person"]:
        swap = spec.get("swap", "head" if spec["slot"] == "head" else "any")
        if swap == "none":
            continue
        old = _own(spec, lexicon)
        rows = [new for new in _candidates(lexicon, base, old, swap) if _apart(new, spec, base, lexicon)]
        for new in random.sample(rows, min(_SWAPS, len(rows))):
            yield Variant(
                kind="people", base=base.name, text=replace(base.text, _mapping(old, new, spec)), outlet=base.outlet,
                note=f"{old.name} → {new.name} {new.title}",
                changes=({"op": "rename", "names": {old.name: new.name}},),
            )  # fmt: skip


def recast(base: Base, random: Random) -> Iterator[Variant]:
    """One country is another: its name, its pairs, its ministry and all of its people."""
    lexicon = load()
    for spec in base.spec.get("country", []):
        people = [p for p in base.spec["person"] if _row(lexicon, p["name"]).country == spec["id"]]
        made = [c for c in (_country(base, spec, people, new, lexicon) for new in sorted(lexicon.countries)) if c is not None]
        yield from random.sample(made, min(_COUNTRIES, len(made)))


def _country(base: Base, spec: Fields, people: Sequence[Fields], new: str, lexicon: Lexicon) -> Variant | None:
    if new in (spec["id"], "PRK", "KOR"):
        return None
    names: dict[str, str] = {}
    rename = {lexicon.countries[spec["id"]].name: lexicon.countries[new].name}
    for person in people:
        old = _own(person, lexicon)
        held = [n for n in _holders(lexicon, base, new, person["slot"]) if _apart(n, person, base, lexicon)]
        if not held:
            return None
        names |= _mapping(old, held[0], person)
        rename[old.name] = held[0].name
    for words, template in spec["words"].items():
        made = _words(template, new, lexicon)
        if made is None:
            return None
        names[words] = made
        stem = made.removesuffix("외무성")
        rename[words] = made if stem == made else f"{made}|{stem}외무부|{stem}외교부"
    return Variant(
        kind="countries", base=base.name, text=replace(base.text, names), outlet=base.outlet,
        note=f"{spec['id']} → {new}", changes=({"op": "rename", "names": rename},),
    )  # fmt: skip


def _words(template: str, country: str, lexicon: Lexicon) -> str | None:
    """A word of the old country for the new one; None if the language has no such pair."""
    row = lexicon.countries[country]
    dprk = row.dprk[0] if row.dprk else row.name
    for short, dprk_short in ((row.short, row.dprk_short), (row.name, dprk)):
        made = template.format(name=row.name, dprk=dprk, short=short, dprk_short=dprk_short)
        if "short}" not in template:
            return made
        pair = template[: template.index("}") + 1].format(short=short, dprk_short=dprk_short)
        if pair in lexicon.pairs and short:
            return made
    return None


def _mapping(old: Named, new: Named, spec: Fields) -> dict[str, str]:
    behind = bool(spec.get("behind"))
    if old.country == new.country and not spec["state"]:
        new = replace_fields(new, state="")
    pairs = list(zip(old.forms(behind=behind), new.forms(behind=behind), strict=True))
    names = {a: b for a, b in reversed(pairs)}  # of equal old forms the fuller new one
    if spec.get("bare"):
        names[f"{old.family} {old.short}"] = f"{new.written} {new.short}"
    return names


def _candidates(lexicon: Lexicon, base: Base, old: Named, swap: str) -> list[Named]:
    if swap == "head":
        return [n for c in sorted(lexicon.countries) for n in _holders(lexicon, base, c, "head")]
    found = _holders(lexicon, base, old.country, "any")
    return [n for n in found if n.short == old.short] if f"양 {old.short}" in base.text else found


def _holders(lexicon: Lexicon, base: Base, country: str, slot: str) -> list[Named]:
    """Who held such an office of a country on the day of the report, one office each, in the order of their ids."""
    out: dict[str, Named] = {}
    for person in sorted(lexicon.tenures):
        for tenure in lexicon.tenures[person]:
            fits = tenure.title in _SLOTS[slot] if slot in _SLOTS else not tenure.title.startswith(_NO_OFFICE)
            if tenure.country == country and fits and covers(tenure, base.published.isoformat()):
                named = _named(lexicon.people[person], tenure, lexicon, north=bool(base.spec.get("north")))
                if named is not None:
                    out.setdefault(person, named)
    return list(out.values())


def _apart(new: Named, spec: Fields, base: Base, lexicon: Lexicon) -> bool:
    """Whether nobody else of the report, and none of its records, could be taken for the new person."""
    others = [_own(p, lexicon) for p in base.spec["person"]]
    return new.name not in base.text and all(
        o.name != new.name and (o.name == spec["name"] or (o.family, o.short) != (new.family, new.short)) for o in others
    )


def _own(spec: Fields, lexicon: Lexicon) -> Named:
    row = _row(lexicon, spec["name"])
    written: str = spec.get("written") or spec["name"]
    family = written.split()[-1] if "written" in spec else _family(row) or written
    short = spec.get("short") or _short(spec["title"], lexicon) or spec["title"]
    return Named(name=row.name, written=written, family=family, country=row.country, state=spec["state"],
                 title=spec["title"], short=short)  # fmt: skip


def _row(lexicon: Lexicon, name: str) -> Row:
    return next(p for p in lexicon.people.values() if p.name == name)


def _named(row: Row, tenure: Tenure, lexicon: Lexicon, *, north: bool) -> Named | None:
    family, short = _family(row), _short(tenure.title, lexicon)
    if family is None or short is None:
        return None
    country = lexicon.countries.get(tenure.country)
    if country is None:
        return None
    written, state = row.name, country.name
    if north:
        state = country.dprk[0] if country.dprk else country.name
        if row.dprk:
            written = row.dprk[0]
            family = written.split()[-1] if " " in written else written[0]
    return Named(name=row.name, written=written, family=family, country=tenure.country, state=state,
                 title=tenure.title, short=short)  # fmt: skip


def _family(row: Row) -> str | None:
    """What stands before a short title: 김, 시, 푸틴, 기시다; None if the lexicon does not tell."""
    if " " not in row.name:
        return row.name[0] if row.country in ("PRK", "KOR", "CHN") else None
    words = row.name.split()
    return next((w for w in (words[-1], words[0]) if w in row.aliases), None)


def _short(title: str, lexicon: Lexicon) -> str | None:
    known = lexicon.title_forms.get(title) or lexicon.title_forms.get(title.split()[-1])
    if known is None:
        return None
    cls = lexicon.titles[known].cls
    return title if cls == "상" else cls  # 외무상, 국방상 are not cut
