"""The cube: one number for each event and field (and pairs for fields that hold several values), kept in memory.

It is brought up to date by the events that changed since (`cube_changes`), so what is counted over it is never old and never left out.
That the first count of a process need not read all events, those who add keep a copy of the columns in the store, and renew it when
more than a fiftieth has changed.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, select

from sacho.store.bulk import insert_rows
from sacho.store.connect import Store, StoreError
from sacho.store.cube_changes import refreshed
from sacho.store.cube_columns import SINGLE, Codes, Cube, Ints, Spot, narrow
from sacho.store.tables import event, facet_column

_FORM = 1  # of the copy
_About = tuple[int, dict[str, tuple[str, str]], dict[str, str], list[Spot]]
_FEW, _SHARE = 2_000, 50  # changed events that are not worth a new copy: this many, or one in so many


def cube_of(store: Store, connection: Connection) -> Cube:
    """The cube as of this transaction."""
    now = store.change(connection)
    with store.caching:  # cubes share their codes: one of them grows at a time
        cube = store.cached.get("cube")
        if not isinstance(cube, Cube) or cube.change > now:
            cube = _kept(connection)
        if cube.change < now:
            cube = refreshed(connection, cube, now)
        store.cached["cube"] = cube
        return cube


# ---------------------------------------------------------------- the copy in the store


def keep_cube(store: Store) -> None:
    """Renew the copy in the store if enough has changed. Nothing that was added depends on it: if it cannot be written (no room, another
    program writes), the old one stays, and readers count what changed since."""
    with suppress(StoreError):
        with store.read() as connection:
            if not _is_old(connection):
                return
            cube_of(store, connection)  # what takes long is done before anybody has to wait
        with store.write() as connection:
            write_copy(connection, cube_of(store, connection))


def _is_old(connection: Connection) -> bool:
    before = connection.execute(select(func.max(facet_column.c.change))).scalar_one()
    since = event.c.change > (-1 if before is None else before)
    changed = connection.execute(select(func.count()).select_from(event).where(since)).scalar_one()
    return changed > max(_FEW, int(connection.execute(select(func.max(event.c.number))).scalar_one() or 0) // _SHARE)


def write_copy(connection: Connection, cube: Cube) -> None:
    """Put the columns of this cube in the place of those that are kept."""
    columns: dict[str, npt.NDArray[np.generic]] = {"number": cube.numbers, "confidence": cube.confidence, **cube.single}
    for name, (positions, codes) in cube.pairs.items():
        columns[f"{name}.count"], columns[f"{name}.code"] = np.bincount(positions, minlength=cube.size), codes
    about = (_FORM, cube.labels, cube.homes, list(cube.spots.values()))
    packed: dict[str, object] = {name: (narrow(c).dtype.str, narrow(c).tobytes()) for name, c in columns.items()}
    packed |= {"": about, **{f"{name}.value": codes.values for name, codes in cube.codes.items()}}
    connection.execute(delete(facet_column))
    insert_rows(connection, facet_column, [(name, cube.change, msgspec.msgpack.encode(record)) for name, record in packed.items()])


def _kept(connection: Connection) -> Cube:
    """The cube of the copy; an empty one if there is none that can be used."""
    cube = Cube()
    held = {row.name: row for row in connection.execute(select(facet_column))}
    if not held or msgspec.msgpack.decode(held[""].record)[0] != _FORM:
        return cube

    def column(name: str) -> Ints:
        kind, body = msgspec.msgpack.decode(held[name].record, type=tuple[str, bytes])
        return np.frombuffer(body, kind)

    cube.change = held[""].change
    _, cube.labels, cube.homes, spots = msgspec.msgpack.decode(held[""].record, type=_About)
    cube.spots = {spot.name: spot for spot in spots}
    cube.codes = {name: Codes(msgspec.msgpack.decode(held[f"{name}.value"].record, type=list[str])) for name in cube.codes}
    cube.numbers = column("number").astype(np.int64)
    cube.confidence = column("confidence").astype(np.float64)
    cube.single = {name: column(name) if name in SINGLE else column(name).astype(np.int32) for name in cube.single}
    for name in cube.pairs:
        positions = np.repeat(np.arange(cube.size, dtype=np.int32), column(f"{name}.count"))
        cube.pairs[name] = (positions, column(f"{name}.code"))
    return cube
