"""Records as Arrow columns: the type of a column follows from the type of the record."""

from __future__ import annotations

import types
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Union, get_args, get_origin

import msgspec
import pyarrow as pa

from sacho.records import Record

_PLAIN = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_()}


@cache
def arrow_type(kind: object) -> pa.DataType:
    """The Arrow type of a field: a record is a struct, a tuple of one sort a list, an enumeration its word.
    Raises TypeError for what no record of ours holds."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (kept,) = (part for part in inner if part is not type(None))
        return arrow_type(kept)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return pa.list_(arrow_type(inner[0]))
    if isinstance(kind, type):
        if issubclass(kind, Record):
            return pa.struct([pa.field(f.name, arrow_type(f.type)) for f in msgspec.structs.fields(kind)])
        if issubclass(kind, StrEnum):
            return pa.string()
        if kind in _PLAIN:
            return _PLAIN[kind]
    raise TypeError(f"{kind!r} has no Arrow type here; a record holds text, numbers, records and tuples of one sort.")


def to_column(records: Sequence[Record | Sequence[Record] | None], kind: pa.DataType) -> pa.Array:
    """One column, a row for each record, list of records, or None."""
    return pa.array([None if r is None else msgspec.to_builtins(r) for r in records], type=kind)
