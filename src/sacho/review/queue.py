"""Which events are worth a look first."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection, select

from sacho.store.connect import Store
from sacho.store.cube import cube_of
from sacho.store.cube_columns import Cube, Ints
from sacho.store.facets import Meant
from sacho.store.query import Line, lines_of
from sacho.store.selection import Selection
from sacho.store.tables import happening

_CONFLICT = 0.5  # what a conflict, a contradiction or a name never seen before adds to the doubt
_CONTRADICTION = 0.3
_STRANGER = 0.3


def queue(store: Store, selection: Selection | None = None, *, limit: int = 50) -> tuple[Line, ...]:
    """Events that nobody looked at, those first where a look is worth most: doubtful ones (one minus the confidence), those with a
    conflict in their report or between reports, those that name somebody whom the lexicon lacks."""
    with store.read() as connection:
        cube = cube_of(store, connection)
        found = np.flatnonzero(Meant(store, connection, cube, selection or Selection(review=("unreviewed",))).total)
        worth = (
            1 - cube.confidence[found] + _CONFLICT * cube.single["conflict"][found] + _CONTRADICTION * _contested(connection, cube, found)
            + _STRANGER * _strange(cube, found)
        )  # fmt: skip
        best = found[np.lexsort((found, -worth.round(9)))[:limit]]
        return lines_of(connection, [int(n) for n in cube.numbers[best]])


def _contested(connection: Connection, cube: Cube, positions: Ints) -> Ints:
    """1 for each event on which reports differ."""
    numbers = cube.codes["happening"].numbers
    differ = np.zeros(len(numbers), np.int8)
    held = connection.execute(select(happening.c.id).where(happening.c.contradictions > 0)).scalars()
    differ[[numbers[h] for h in held if h in numbers]] = 1
    return differ[cube.single["happening"][positions]]


def _strange(cube: Cube, positions: Ints) -> Ints:
    """1 for each event that names somebody whom the lexicon lacks."""
    strangers = np.fromiter((v.startswith("name:") for v in cube.codes["participant"].values), np.bool_)
    where, codes = cube.pairs_of("participant", positions)
    named = np.zeros(cube.size, np.int8)
    named[where[strangers[codes]]] = 1
    return named[positions]
