"""What one row must hold by itself: values, English, source, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sacho.lexicon.proofs.tables import Tables
from sacho.lexicon.schema import Body, Country, Outlet, Person, PlaceEntry, Title

Named = Person | Country | Body | PlaceEntry | Outlet | Title
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]{3}|t-[가-힣0-9·-]+")
_HANGUL = re.compile("[가-힣]")


def proof_rows(tables: Tables) -> Iterator[str]:
    """Problems of single rows, one sentence each."""
    named = named_tables(tables)
    for table, rows in named.items():
        for row in rows:
            yield from _row(table, row)
        yield from _doubled(table, rows)
    yield from _values(tables)
    for person in tables.people:
        yield from _romanised(person)
    for pair in tables.pairs:
        if len(pair.members) < 2 or len(set(pair.members)) < len(pair.members):
            yield f"pairs.csv ({pair.form}): members {'|'.join(pair.members)} are not two or more states, each once; name each state once."


def named_tables(tables: Tables) -> Mapping[str, Sequence[Named]]:
    """The tables whose rows have names, by table."""
    return {
        "people": tables.people, "countries": tables.countries, "bodies": tables.bodies, "places": tables.places,
        "outlets": tables.outlets, "titles": tables.titles,
    }  # fmt: skip


def forms_of(row: Named) -> tuple[str, ...]:
    """Every form of a row that a text may show, its name first."""
    name = row.title if isinstance(row, Title) else row.name
    hanja = (row.hanja,) if isinstance(row, Person) and row.hanja else ()
    people_of = row.demonym_aliases if isinstance(row, Country) else ()
    return (name, *row.dprk, *row.aliases, *people_of, *hanja)


def _row(table: str, row: Named) -> Iterator[str]:
    where, forms = f"{table}.csv ({row.id})", forms_of(row)
    if not _ID.fullmatch(row.id):
        yield f"{where}: the id is not written in lower-case words joined by hyphens; rewrite it."
    if not row.en:
        yield f"{where}: en is empty; give the English that the agencies write."
    if not isinstance(row, Country | Title) and not row.source:
        yield f"{where}: source is empty; say where the entry comes from."
    for form in sorted({f for f in forms if forms.count(f) > 1}):
        yield f"{where}: {form!r} stands twice among its forms; keep one."
    for form in forms:
        if not form or form != form.strip():
            yield f"{where}: {form!r} is empty or has a blank at its edge; delete it."
        elif len(form) == 1 and not isinstance(row, Country) and not (form == forms[0] and len(forms) > 1):
            yield f"{where}: {form!r} has one syllable and would be found inside other words; write a longer form."


def _doubled(table: str, rows: Sequence[Named]) -> Iterator[str]:
    seen: dict[tuple[str, str, str], str] = {}
    for row in rows:
        key = (forms_of(row)[0], row.en, "" if isinstance(row, Country | Title) else row.country)
        if key in seen:
            yield f"{table}.csv ({row.id}): the same name, English and country as {seen[key]}; join the two rows."
        seen.setdefault(key, row.id)


def _values(tables: Tables) -> Iterator[str]:
    for column, allowed in tables.rules.values.items():
        table, field = column.split(".")
        for row in getattr(tables, table):
            if (value := getattr(row, field)) not in allowed:
                key = row.form if table == "pairs" else row.id
                yield f"{table}.csv ({key}): {field} {value!r} is not one of the list in proof.toml; take one or add it there."


def _romanised(person: Person) -> Iterator[str]:
    """DPRK names as the agencies write them: a word a syllable, each with a capital: `Choe Son Hui`."""
    if person.country != "PRK" or not _HANGUL.search(person.name):
        return
    words = person.en.split(" ")
    if len(words) != len(person.name.replace(" ", "")) or not all(re.fullmatch("[A-Z][a-z]*", w) for w in words):
        yield (
            f"people.csv ({person.id}): {person.en!r} is not a word a syllable of {person.name}, each with a capital and"
            " without a hyphen; write it as KCNA does."
        )
