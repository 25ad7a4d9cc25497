"""What a name that somebody types may mean: Korean of either side, English and hanja alike, and what is near a name that means nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from sacho.lexicon import load
from sacho.lexicon.schema import Body, Country, Outlet, Person, PlaceEntry
from sacho.records import Record

PARTIES = ("people", "bodies", "countries")
_Row = Person | Body | Country | PlaceEntry | Outlet
_FIRST, _INITIAL, _VOWEL = 0xAC00, 588, 28  # code point of 가; syllables that share an initial, that share initial and vowel
_N, _R, _SILENT = 2, 5, 11  # initials ㄴ, ㄹ, ㅇ
_BRIGHT = frozenset({2, 3, 6, 7, 12, 17, 20})  # vowels before which ㄴ and ㄹ fall at the head of a word: ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
_LIKE = 0.72  # of the letters of two names
_SHORT = 3  # letters of a word of a name that is not compared alone
_SURNAME_FIRST = ("PRK", "KOR", "CHN", "JPN", "VNM", "TWN")


class Entry(Record):
    """An entry of the lexicon that a name may mean: table and id, Korean and English name."""

    table: str
    id: str
    name: str
    en: str


@lru_cache(maxsize=2048)
def meant(typed: str, tables: tuple[str, ...] = PARTIES) -> tuple[Entry, ...]:
    """Entries that a typed name stands for, none if the lexicon has no such name. `tables` are names of tables of the lexicon.

    Taken alike are ROK and DPRK spelling, English in either order (`Kim Jong Un`, `Jong-un Kim`), hanja, an id, and a name with its office
    (`최선희 외무상`); one word of an English name counts if it is of one person only (`Putin`). Blanks, hyphens, accents and case do not
    matter.
    """
    key = spelt(typed)
    if not key:
        return ()
    found = tuple(entry for table in tables for entry in _forms(table).get(key, ()))
    if not found and "people" in tables:
        found = _untitled(typed) or _words().get(key, ())
    return found


@lru_cache(maxsize=1 << 15)
def spelt(name: str) -> str:
    """A name as it is compared: letters and digits only, without case and accents, the ㄹ and ㄴ that the ROK drops at the head of a word
    dropped (`리용호` and `이용호` are the same)."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c) and (c.isalnum()))
    bare = unicodedata.normalize("NFC", bare).casefold()
    return _rok_initial(bare[0]) + bare[1:] if bare else ""


def spellings(name: str) -> tuple[str, ...]:
    """A Korean name with the initials that either side may write at its head: 이용호, 리용호, 니용호."""
    name = name.strip()
    code = ord(name[0]) - _FIRST if name else -1
    if not 0 <= code < 19 * _INITIAL:
        return (name,)
    initial, rest = divmod(code, _INITIAL)
    if initial not in (_N, _R, _SILENT):
        return (name,)
    heads = (initial, _R, _SILENT if rest // _VOWEL in _BRIGHT else _N)
    return tuple(dict.fromkeys(chr(_FIRST + head * _INITIAL + rest) + name[1:] for head in heads))


def forms_of(identity: str) -> tuple[str, ...]:
    """Every name that the lexicon has for a person, body or state, the English one last; none for an id that it lacks."""
    row = row_of(identity)
    return tuple(_written(row)) if row is not None else ()


def row_of(identity: str) -> Person | Body | Country | None:
    """The entry of a person, body or state."""
    lexicon = load()
    return lexicon.people.get(identity) or lexicon.bodies.get(identity) or lexicon.countries.get(identity)


def near(typed: str, known: Iterable[tuple[str, Sequence[str]]], *, most: int = 5) -> tuple[str, ...]:
    """Ids whose names are near a typed one, the nearest first: names that hold its words (`Kim`, `최선희 외무상 동지`), then names with
    nearly the same letters (`Kim Jong Eun`, `김정운`). `known` gives (id, names), those that weigh most first."""
    key = spelt(typed)
    if not key:
        return ()
    letters = unicodedata.normalize("NFD", key)
    rated = []
    for place, (identity, names) in enumerate(known):
        whole = {spelt(name) for name in names} - {""}
        words = {spelt(word) for name in names for word in name.split() if len(word) > _SHORT} - whole
        holds = any(key in form or (len(form) > 2 and form in key) for form in whole)
        like = 1.0 if holds else max((_like(letters, form) for form in whole | words), default=0.0)
        if like >= _LIKE:
            rated.append((-like, place, identity))
    return tuple(identity for _, _, identity in sorted(rated)[:most])


def _like(letters: str, other: str) -> float:
    matcher = SequenceMatcher(None, letters, unicodedata.normalize("NFD", other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE else 0.0


# ---------------------------------------------------------------- the forms of the lexicon


@cache
def _forms(table: str) -> dict[str, tuple[Entry, ...]]:
    """Entries of a table by every form, as it is compared."""
    out: dict[str, dict[Entry, None]] = {}
    rows: dict[str, _Row] = getattr(load(), table)
    for row in rows.values():
        entry = Entry(table=table, id=row.id, name=row.name, en=row.en)
        for form in (row.id, *_written(row)):
            out.setdefault(spelt(form), {})[entry] = None
    out.pop("", None)
    return {form: tuple(entries) for form, entries in out.items()}


@cache
def _words() -> dict[str, tuple[Entry, ...]]:
    """People by a word of their English name that nobody else has."""
    out: dict[str, dict[Entry, None]] = {}
    for row in load().people.values():
        for word in row.en.split():
            out.setdefault(spelt(word), {})[Entry(table="people", id=row.id, name=row.name, en=row.en)] = None
    return {word: tuple(entries) for word, entries in out.items() if len(entries) == 1 and len(word) > 2}


def _written(row: _Row) -> Iterator[str]:
    yield from (row.name, *row.dprk, *row.aliases)
    if isinstance(row, Person | Country):
        yield row.hanja
    if isinstance(row, Country):
        yield from row.demonym_aliases
    words = row.en.split()
    if isinstance(row, Person) and 2 <= len(words) <= 3 and row.country in _SURNAME_FIRST:
        yield " ".join((*words[1:], words[0]))
        yield " ".join((words[-1], *words[:-1]))
    yield row.en


@lru_cache(maxsize=512)
def _untitled(typed: str) -> tuple[Entry, ...]:
    """Who is meant by a name with its office behind it."""
    bare = "".join(typed.split())
    titles = sorted((t for t in load().title_forms if bare.endswith(t) and len(t) < len(bare)), key=len, reverse=True)
    for title in titles:
        found = _forms("people").get(spelt(bare.removesuffix(title)), ())
        if found:
            return found
    return ()


def _rok_initial(letter: str) -> str:
    code = ord(letter) - _FIRST
    if not 0 <= code < 19 * _INITIAL:
        return letter
    initial, rest = divmod(code, _INITIAL)
    if initial in (_N, _R) and rest // _VOWEL in _BRIGHT:
        return chr(_FIRST + _SILENT * _INITIAL + rest)
    return chr(_FIRST + _N * _INITIAL + rest) if initial == _R else letter
