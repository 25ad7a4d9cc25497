"""How far coders agree, field by field: Krippendorff's alpha over all of them, Cohen's kappa and F1 of every two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sacho.evaluation.agreement import cohen_kappa
from sacho.evaluation.matching import match_quotes, same_speaker
from sacho.evaluation.reliability import krippendorff_alpha, masi, nominal
from sacho.records import Record
from sacho.review.units import FIELDS, SINGLE, Read, Seen, Value, coders_of, reports_of, units_of, values_of
from sacho.store import Store


class FieldAlpha(Record):
    """`units` are the events that two coders or more saw; `alpha` is nominal for a field of one value, with MASI distances for one that
    holds several names; None where nothing can be told (no unit, or one value throughout)."""

    field: str
    units: int
    alpha: float | None


class FieldPair(Record):
    """Over the events that both saw: the share given alike, kappa of fields of one value, F1 of values (names, if the field holds
    several) where an absent value is no value."""

    field: str
    same: float | None
    kappa: float | None
    f1: float | None


class Pair(Record):
    """Two coders over the reports that both read."""

    first: str
    second: str
    reports: int
    events_first: int
    events_second: int
    matched: int
    events_f1: float | None
    quotes_f1: float | None
    fields: tuple[FieldPair, ...]


class Agreement(Record):
    coders: tuple[str, ...]
    reports: int
    fields: tuple[FieldAlpha, ...]
    pairs: tuple[Pair, ...]


def agreement_of(store: Store, coders: Sequence[str] = ()) -> Agreement:
    """The agreement of these coders (default: the program and all who were imported). Raises ValueError naming one who is not there."""
    known = coders_of(store)
    missing = [c for c in coders if c not in known]
    if missing:
        raise ValueError(f"{missing[0]} coded nothing in {store.name}; there are {', '.join(known)}.")
    chosen = tuple(c for c in known if c in coders) if coders else tuple(c for c in known if c != "review")
    reports = list(reports_of(store, chosen))
    tables = [_table(read) for read in reports]
    rows = [row for table in tables for row in table]
    return Agreement(
        coders=chosen, reports=len(reports), fields=tuple(_alpha(field, rows) for field in FIELDS),
        pairs=tuple(_pair(a, b, reports, tables) for a, b in combinations(chosen, 2)),
    )  # fmt: skip


_Row = Mapping[str, Mapping[str, Value]]  # coder -> field -> value, of one event


def _table(read: Read) -> list[_Row]:
    readings = {s.coder: s.reading for s in read.seen}
    out: list[_Row] = []
    for unit in units_of(read):
        values = values_of([readings[coder].events[at] for coder, at in unit.at.items()])
        out.append(dict(zip(unit.at, values, strict=True)))
    return out


def _alpha(field: str, rows: Sequence[_Row]) -> FieldAlpha:
    units = [[values[field] for values in row.values()] for row in rows if len(row) > 1]
    return FieldAlpha(field=field, units=len(units), alpha=krippendorff_alpha(units, nominal if field in SINGLE else _masi))


def _masi(a: Value, b: Value) -> float:
    return masi(frozenset(a), frozenset(b))


def _pair(first: str, second: str, reports: Sequence[Read], tables: Sequence[Sequence[_Row]]) -> Pair:
    both = [(read, table) for read, table in zip(reports, tables, strict=True) if {first, second} <= {s.coder for s in read.seen}]
    rows = [row for _, table in both for row in table]
    ones, twos = sum(first in row for row in rows), sum(second in row for row in rows)
    shared = [(row[first], row[second]) for row in rows if first in row and second in row]
    return Pair(
        first=first, second=second, reports=len(both), events_first=ones, events_second=twos, matched=len(shared),
        events_f1=_f1(len(shared), ones + twos), quotes_f1=_quotes(first, second, [read for read, _ in both]),
        fields=tuple(_field(f, [(a[f], b[f]) for a, b in shared]) for f in FIELDS),
    )  # fmt: skip


def _field(field: str, pairs: Sequence[tuple[Value, Value]]) -> FieldPair:
    same = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    if field in SINGLE:
        right = sum(bool(a) and a == b for a, b in pairs)
        given = sum(bool(a) + bool(b) for a, b in pairs)
        return FieldPair(field=field, same=same, kappa=cohen_kappa([(str(a), str(b)) for a, b in pairs]), f1=_f1(right, given))
    right = sum(len(frozenset(a) & frozenset(b)) for a, b in pairs)
    return FieldPair(field=field, same=same, kappa=None, f1=_f1(right, sum(len(a) + len(b) for a, b in pairs)))


def _quotes(first: str, second: str, reports: Sequence[Read]) -> float | None:
    right = given = 0
    for read in reports:
        a, b = _of(read, first).reading.quotes, _of(read, second).reading.quotes
        right += sum(same_speaker(a[i], b[j]) for i, j in match_quotes(a, b, read.text))
        given += len(a) + len(b)
    return _f1(right, given)


def _of(read: Read, coder: str) -> Seen:
    return next(s for s in read.seen if s.coder == coder)


def _f1(right: int, given: int) -> float | None:
    return 2 * right / given if given else None
