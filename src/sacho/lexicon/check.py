"""The proof of the lexicon: what is wrong with its tables, one sentence each."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from sacho.lexicon.proofs.ambiguity import declaration, proof_ambiguity
from sacho.lexicon.proofs.calendar import proof_calendar
from sacho.lexicon.proofs.cues import proof_cues
from sacho.lexicon.proofs.places import proof_places
from sacho.lexicon.proofs.rows import proof_rows
from sacho.lexicon.proofs.sources import proof_sources
from sacho.lexicon.proofs.tables import proof_texts, read_tables
from sacho.lexicon.proofs.tenures import proof_tenures
from sacho.lexicon.references import references
from sacho.lexicon.tables import LexiconError


def check(folder: Traversable | None = None) -> list[str]:
    """Problems of the tables of a folder (the lexicon's own by default): each names file, row and remedy; empty if
    the lexicon holds together. A table that breaks its schema is the only problem told: the others hang on it."""
    folder = folder or _data()
    try:
        tables = read_tables(folder)
    except LexiconError as error:
        return [str(error)]
    return [
        *proof_texts(folder),
        *references(
            people=tables.people, tenures=tables.tenures, countries=tables.countries, pairs=tables.pairs,
            bodies=tables.bodies, places=tables.places, outlets=tables.outlets,
        ),
        *proof_rows(tables),
        *proof_tenures(tables),
        *proof_places(tables),
        *proof_calendar(tables),
        *proof_ambiguity(tables),
        *proof_cues(folder),
        *proof_sources(folder),
    ]  # fmt: skip


def ambiguities(folder: Traversable | None = None) -> str:
    """`ambiguous.csv` as the tables ask for it, with the reasons given so far. Raises `LexiconError`."""
    return declaration(read_tables(folder or _data()))


def _data() -> Traversable:
    return files("sacho.lexicon") / "data"
