"""What is wrong with the lexicon: schema, references, order, spelling of ids."""

from __future__ import annotations

import csv
import unicodedata
from importlib.resources import files

from sacho.lexicon import LexiconError, load

_TABLES = ("people", "countries", "pairs", "bodies", "places", "outlets", "titles", "tenures")


def check() -> list[str]:
    """Problems, one line each, naming file and entry; empty if the lexicon holds together."""
    problems = []
    try:
        load()
    except LexiconError as error:
        problems.append(str(error))
    for table in _TABLES:
        text = (files("sacho.lexicon") / "data" / f"{table}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        keys = [next(iter(row.values())) for row in rows]
        if unicodedata.normalize("NFC", text) != text:
            problems.append(f"{table}.csv is not in Unicode form NFC; normalise it.")
        if keys != sorted(keys):
            problems.append(f"{table}.csv is not sorted by its first column; sort it.")
        if table != "tenures" and len(set(keys)) != len(keys):
            problems.append(f"{table}.csv holds an id twice: {next(k for k in keys if keys.count(k) > 1)}.")
        problems += [
            f"tenures.csv: {row['person']} {row['title']} ends ({row['to']}) before it begins ({row['from']})."
            for row in rows if table == "tenures" and row["to"] and row["to"] < row["from"][: len(row["to"])]
        ]  # fmt: skip
    return problems
