"""What the full-text index is asked: terms become a query of FTS5 or conditions over tsvectors, in which only known words stand.

A list of many reports comes as one string of numbers, which is taken apart in numpy: a row each would cost three times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, column, select, text

from sacho.records import Record
from sacho.store.words import plain

Alternative = tuple[str, ...]  # words that stand one after the other
Numbers = npt.NDArray[np.int64]


class Term(Record):
    """One word or phrase that was typed, and what may stand for it in a report; `wanted` false: must not stand there."""

    typed: str
    alternatives: tuple[Alternative, ...]
    wanted: bool = True


def numbers_of(connection: Connection, terms: Sequence[Term], *, exact: bool) -> Numbers:
    """Numbers of the reports that hold what is wanted and nothing that is not, ascending. Nothing wanted: none."""
    if not any(t.wanted for t in terms):
        return np.zeros(0, np.int64)
    number, where, values = _source(connection, terms, exact=exact)
    joined = f"group_concat({number})" if connection.dialect.name == "sqlite" else f"string_agg({number}::text, ',')"
    found = connection.execute(text(f"SELECT {joined} FROM search WHERE {where}"), values).scalar_one()
    return np.sort(np.fromstring(found, np.int64, sep=",")) if found else np.zeros(0, np.int64)


def subquery_of(connection: Connection, terms: Sequence[Term], *, exact: bool) -> Select[Any]:
    """The same as a query, for use inside another."""
    number, where, values = _source(connection, terms, exact=exact)
    return select(column(number)).select_from(text("search")).where(text(where).bindparams(**values))


def is_there(connection: Connection, word: str, *, exact: bool) -> bool:
    """Whether the index knows a word."""
    query = subquery_of(connection, [Term(typed=word, alternatives=((word,),))], exact=exact)
    return connection.execute(query.limit(1)).first() is not None


def by_fit(connection: Connection, terms: Sequence[Term], *, exact: bool) -> list[int]:
    """Numbers of the reports in order of fit (SQLite only)."""
    query = text("SELECT rowid FROM search WHERE search MATCH :asked ORDER BY bm25(search), rowid DESC")
    return list(connection.execute(query, {"asked": _fts5(terms, exact=exact)}).scalars())


def _source(connection: Connection, terms: Sequence[Term], *, exact: bool) -> tuple[str, str, dict[str, str]]:
    """The column with the number of the report, the condition, and the values that are bound in it."""
    if connection.dialect.name == "sqlite":
        return "rowid", "search MATCH :asked", {"asked": _fts5(terms, exact=exact)}
    return "document", *_tsquery(terms, exact=exact)


def _fts5(terms: Sequence[Term], *, exact: bool) -> str:
    column = "wording" if exact else "reading"
    either = {True: f"{{{column} {column}_parts}}", False: f"{{{column}}}"}

    def one(term: Term) -> str:
        return "(" + " OR ".join(f'{either[len(a) == 1]} : "{" ".join(_safe(a))}"' for a in term.alternatives) + ")"

    asked = " AND ".join(one(t) for t in terms if t.wanted)
    without = " OR ".join(one(t) for t in terms if not t.wanted)
    return f"({asked}) NOT ({without})" if without else asked


def _tsquery(terms: Sequence[Term], *, exact: bool) -> tuple[str, dict[str, str]]:
    """A condition with its bound values; only the names of columns and parameters stand in it."""
    column = "wording" if exact else "reading"
    values: dict[str, str] = {}
    parts: list[str] = []
    for term in terms:
        either = []
        for a in term.alternatives:
            name = f"q{len(values)}"
            values[name] = " <-> ".join(f"'{word}'" for word in _safe(a))
            either += [f"{c} @@ CAST(:{name} AS tsquery)" for c in ((column, f"{column}_parts") if len(a) == 1 else (column,))]
        parts.append(("" if term.wanted else "NOT ") + "(" + " OR ".join(either) + ")")
    return " AND ".join(parts), values


def _safe(words: Alternative) -> list[str]:
    return [plain(word) for word in words]
