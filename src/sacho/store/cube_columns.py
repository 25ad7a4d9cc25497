"""The columns of the facet cube: one number for each event and field, and pairs for fields that hold several values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sacho.records import Record
from sacho.store.selection import LISTS

Ints = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]
SINGLE = ("kind", "status", "review", "standing", "happening", "spot")
PLAIN = ("lead", "first", "last", "day", "month", "conflict", "disputed", "hostile", "reports", "home")
PAIRS = (*(name for name in LISTS if name not in SINGLE), "direction")
_COMPARED = 4  # values that are compared one after the other: quicker than to look each code up
_FEW = 5  # of so many events less than one is meant: their pairs are looked up, else all are walked through


class Codes:
    """Values and their numbers."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self.values = list(values)
        self._numbers: dict[str, int] = {}

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each value; made when it is first asked for, as most processes look up few fields."""
        if len(self._numbers) != len(self.values):
            self._numbers = {value: number for number, value in enumerate(self.values)}
        return self._numbers

    def of(self, values: Sequence[str]) -> Ints:
        """The numbers of values; new ones get the next numbers."""
        numbers = self.numbers
        for new in sorted(set(values) - numbers.keys()):
            numbers[new] = len(self.values)
            self.values.append(new)
        return np.fromiter(map(numbers.__getitem__, values), np.int32, len(values))

    def among(self, codes: Ints, values: Iterable[str]) -> Mask:
        """For each code, whether its value is one of these."""
        wanted = [self.numbers[v] for v in dict.fromkeys(values) if v in self.numbers]
        if len(wanted) > _COMPARED:
            known = np.zeros(len(self.values), np.bool_)
            known[wanted] = True
            found: Mask = known[codes]
            return found
        out = np.zeros(len(codes), np.bool_)
        for number in wanted:
            out |= codes == number
        return out


class Spot(Record):
    """A place with coordinates where something happened."""

    id: str
    name: str
    name_en: str
    lat: float
    lon: float


class Cube:
    """The columns. `single` has a code or a number an event (days as ordinals, months from year 0; 0 if unknown; `home` is the document);
    `pairs` an event's position and a code for each value, in the order of the events."""

    def __init__(self) -> None:
        self.change = -1
        self.numbers: npt.NDArray[np.int64] = np.zeros(0, np.int64)  # ascending
        self.codes = {name: Codes() for name in (*SINGLE, *PAIRS)}
        self.single: dict[str, Ints] = {name: np.zeros(0, np.int32) for name in (*SINGLE, *PLAIN)}
        self.confidence: npt.NDArray[np.float64] = np.zeros(0)
        self.pairs: dict[str, tuple[Ints, Ints]] = {name: (np.zeros(0, np.int32), np.zeros(0, np.uint8)) for name in PAIRS}
        self.labels: dict[str, tuple[str, str]] = {}  # Korean, English
        self.homes: dict[str, str] = {}  # the state of an entity
        self.spots: dict[str, Spot] = {}
        self.orders: dict[str, Ints] = {}  # positions in an order, worked out when it is first asked for
        self.bounds: dict[str, Ints] = {}  # where the pairs of each event begin, worked out when it is first asked for

    @property
    def size(self) -> int:
        return len(self.numbers)

    def positions(self, numbers: Ints) -> Ints:
        """Where these events stand; those that are not here are left out."""
        at = np.searchsorted(self.numbers, numbers)
        inside = at < self.size
        found: Ints = at[inside][self.numbers[at[inside]] == numbers[inside]]
        return found

    def pairs_of(self, name: str, positions: Ints) -> tuple[Ints, Ints]:
        """The pairs of a field that these events (ascending positions) have."""
        whole, codes = self.pairs[name]
        if len(positions) * _FEW > self.size:
            found = self._held(whole, positions)
            return whole[found], codes[found]
        at, many = self._pairs_at(name, positions)
        return np.repeat(positions, many), codes[at]

    def codes_of(self, name: str, positions: Ints) -> Ints:
        """The codes of `pairs_of` alone."""
        whole, codes = self.pairs[name]
        at = self._held(whole, positions) if len(positions) * _FEW > self.size else self._pairs_at(name, positions)[0]
        found: Ints = codes[at]
        return found

    def _held(self, whole: Ints, positions: Ints) -> Mask:
        """For each pair, whether its event is one of these."""
        held = np.zeros(self.size, np.bool_)
        held[positions] = True
        found: Mask = held[whole]
        return found

    def _pairs_at(self, name: str, positions: Ints) -> tuple[Ints, Ints]:
        """Where the pairs of these events stand, and how many each has."""
        bounds = self.bounds.get(name)
        if bounds is None:
            whole = self.pairs[name][0]
            bounds = self.bounds[name] = np.searchsorted(whole, np.arange(self.size + 1, dtype=whole.dtype)).astype(np.int32)
        begins = bounds[positions]
        many = bounds[positions + 1] - begins
        ends = np.cumsum(many, dtype=np.int32)
        at = np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
        at += np.repeat(begins - (ends - many), many)
        return at, many


def narrow(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers that are not negative in as few bytes as they need."""
    if column.dtype.kind not in "iu" or not len(column):
        return column
    return column.astype(np.min_scalar_type(int(column.max())), copy=False)
