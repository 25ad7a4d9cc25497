"""Which events are meant: one frozen record, read by pages, facets, timelines and exports alike."""

from __future__ import annotations

import re
from datetime import date

from sacho.records import Record
from sacho.store.tables import REVIEW_STATES, STANDINGS

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # no engine keeps these


class SelectionError(ValueError):
    """A selection that means nothing: one sentence that names the field and what it takes."""


class Selection(Record):
    """Events that fulfil every field given; of the values of one field, any (an empty tuple asks for nothing).

    `actor` is who acts or is acted upon, `participant` anybody named in whatever role; both take entity ids or names (Korean of either
    side, English, hanja). `country` is the state of anybody named (code or name). `dyad` is two states, `PRK-RUS`, in either order;
    `direction` the one that acts on the other, `PRK>RUS` (talks and the like go both ways). `place` is a place or any place around it.
    `since`/`until` are ISO days, both included; an event of a whole month is meant if a part of it is (undated events are left out then).
    `source` is whom the text credits, `outlet` who published. `text` are words to be found in the report (see `search`), `exact` as
    written only. `conflict` asks for events that differ within their report, `disputed` also for those on which reports differ. `each` is
    `report` (every report's own event) or `happening` (of the events meant, one for what happened once). Versions of a report that a later
    one replaced, and events that the newest rules no longer read, are left out unless `standing` names them.
    """

    kind: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    participant: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    dyad: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    confidence_from: float = 0.0
    confidence_to: float = 1.0
    text: str = ""
    exact: bool = False
    conflict: bool = False
    disputed: bool = False
    document: tuple[str, ...] = ()
    happening: tuple[str, ...] = ()
    each: str = "report"
    standing: tuple[str, ...] = ("current",)


LISTS = ("kind", "actor", "participant", "country", "dyad", "place", "status", "source", "outlet", "review")
"""The fields that facets count."""


def checked(selection: Selection) -> Selection:
    """The selection, if it means something. Raises `SelectionError` otherwise."""
    for name in selection.__struct_fields__:
        given = getattr(selection, name)
        for value in given if isinstance(given, tuple) else ():
            if _NO_TEXT.search(value):
                raise SelectionError(f"{name} {value!r} holds a character that no text has; leave it out.")
    for name in ("since", "until"):
        value = getattr(selection, name)
        if value and not _is_day(value):
            raise SelectionError(f"{name} {value!r} is not a day; write it as YYYY-MM-DD.")
    if selection.since and selection.until and selection.since > selection.until:
        raise SelectionError(f"since {selection.since} is later than until {selection.until}; exchange them.")
    for name, known in (("review", REVIEW_STATES), ("standing", STANDINGS), ("each", ("report", "happening"))):
        given = getattr(selection, name)
        for value in (given,) if isinstance(given, str) else given:
            if value not in known:
                raise SelectionError(f"{name} {value!r} is not known; it is one of {', '.join(known)}.")
    for value in selection.dyad:
        if len(states_of(value)) != 2:
            raise SelectionError(f"dyad {value!r} is not a pair of states; write it as PRK-RUS.")
    for value in selection.direction:
        if len(set(direction_of(value))) != 2:
            raise SelectionError(f"direction {value!r} is not one state and another; write it as PRK>RUS.")
    if not 0 <= selection.confidence_from <= selection.confidence_to <= 1:
        raise SelectionError("confidence is a range between 0 and 1, the lower bound first.")
    return selection


def states_of(dyad: str) -> tuple[str, ...]:
    """`RUS-PRK` as (`PRK`, `RUS`): the states in the order in which the store keeps them."""
    return tuple(sorted({state.strip().upper() for state in dyad.split("-") if state.strip()}))


def direction_of(direction: str) -> tuple[str, ...]:
    """`PRK>RUS` as (`PRK`, `RUS`)."""
    return tuple(state.strip().upper() for state in direction.split(">") if state.strip())


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10
