"""The lexicon: people, offices, bodies, countries, places, outlets, titles, loaded from the data files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import ahocorasick_rs
import msgspec

from sacho.lexicon.forms import Surface, automaton, surfaces
from sacho.lexicon.references import references
from sacho.lexicon.schema import Body, Country, Outlet, Pair, Person, PlaceEntry, Tenure, Title
from sacho.lexicon.tables import LexiconError, read_table

__all__ = ["Lexicon", "LexiconError", "Surface", "build", "load"]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All tables by id, and the automata over the surface forms of names and over the titles. Two are the same only
    if they are one object, so that what is worked out from a lexicon can be kept by it."""

    people: dict[str, Person]
    tenures: dict[str, tuple[Tenure, ...]]
    countries: dict[str, Country]
    pairs: dict[str, Pair]
    bodies: dict[str, Body]
    places: dict[str, PlaceEntry]
    outlets: dict[str, Outlet]
    titles: dict[str, Title]
    surfaces: tuple[Surface, ...]
    automaton: ahocorasick_rs.AhoCorasick
    title_forms: dict[str, str]  # form -> id
    title_starts: frozenset[str]  # the first two letters of each form
    title_automaton: ahocorasick_rs.AhoCorasick

    def words(self) -> list[tuple[str, str]]:
        """Titles for the analyser's dictionary. Names need no entry: they reach it as spans to keep whole."""
        return [(form, "NNG") for form in self.title_forms if 3 <= len(form) <= 6 and form.isalpha()]

    def office_of(self, person: str, day: str) -> Tenure | None:
        """The office a person held on a day (the latest begun), None if none is known. `day` may be a month or a
        year: then the office must cover a part of it."""
        held = self.offices_of(person, day)
        return max(held, key=lambda t: t.since) if held else None

    def offices_of(self, person: str, day: str) -> tuple[Tenure, ...]:
        """Every office a person held on a day, in file order."""
        return _offices_of(self, person, day)

    def holder_of(self, title: str, country: str, day: str) -> str | None:
        """Who held a title (`외무상`, `외교부 장관`) or class of title of a country on a day; None if nobody or more
        than one is known."""
        holders = {
            t.person for held in self.tenures.values() for t in held
            if t.country == country and self._is_titled(t.title, title) and covers(t, day)
        }  # fmt: skip
        return holders.pop() if len(holders) == 1 else None

    def _is_titled(self, held: str, title: str) -> bool:
        last = held.rsplit(" ", 1)[-1]
        if title in (held, last):
            return True
        known = self.title_forms.get(last)
        return known is not None and self.titles[known].cls == title


@lru_cache(maxsize=1 << 15)
def _offices_of(lexicon: Lexicon, person: str, day: str) -> tuple[Tenure, ...]:
    return tuple([t for t in lexicon.tenures.get(person, ()) if covers(t, day)])


def covers(tenure: Tenure, day: str) -> bool:
    """Whether the office was held on a day, as far as the dates' precision tells."""
    since, until = tenure.since.rstrip("~?%"), tenure.until.rstrip("~?%")
    return (not since or since[: len(day)] <= day[: len(since)] or since <= day) and (
        not until or day[: len(until)] <= until[: len(day)]
    )


@cache
def load() -> Lexicon:
    """Read every table once. Raises `LexiconError` naming file, line, id and remedy."""
    return build(
        people=read_table("people.csv", Person), tenures=read_table("tenures.csv", Tenure),
        countries=read_table("countries.csv", Country), pairs=read_table("pairs.csv", Pair),
        bodies=read_table("bodies.csv", Body), places=read_table("places.csv", PlaceEntry),
        outlets=read_table("outlets.csv", Outlet), titles=read_table("titles.csv", Title),
    )  # fmt: skip


def build(
    *, people: Sequence[Person], tenures: Sequence[Tenure], countries: Sequence[Country], pairs: Sequence[Pair],
    bodies: Sequence[Body], places: Sequence[PlaceEntry], outlets: Sequence[Outlet], titles: Sequence[Title],
) -> Lexicon:  # fmt: skip
    """A lexicon of the given rows. Raises `LexiconError` if one row points to another that is not there."""
    for problem in references(people=people, tenures=tenures, countries=countries, pairs=pairs, bodies=bodies, places=places,
                              outlets=outlets):  # fmt: skip
        raise LexiconError(problem)
    held: dict[str, list[Tenure]] = {}
    for tenure in tenures:
        held.setdefault(tenure.person, []).append(tenure)
    forms = surfaces(
        people=people, countries=countries, pairs=pairs, bodies=bodies, places=places, outlets=outlets
    )
    title_forms = {form: t.id for t in titles for form in (t.title, *t.dprk, *t.aliases)}
    lexicon = Lexicon(
        people={p.id: p for p in people}, tenures={k: tuple(v) for k, v in held.items()},
        countries={c.id: c for c in countries}, pairs={p.form: p for p in pairs},
        bodies={b.id: b for b in bodies}, places={p.id: p for p in places}, outlets={o.id: o for o in outlets},
        titles={t.id: t for t in titles}, surfaces=forms, automaton=automaton([f.form for f in forms]),
        title_forms=title_forms, title_starts=frozenset(form[:2] for form in title_forms),
        title_automaton=automaton(tuple(title_forms)),
    )  # fmt: skip
    return lexicon
