"""Events as a table for people, in Korean or English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table

from sacho.cli.words import credits_in, kind_in, place_in, value_in
from sacho.coding import Coding
from sacho.records import Event, Participant

_FIELDS = ("date", "kind", "parties", "place", "status", "sources", "conflict", "id")
_HEADS = {
    "ko": ("날짜", "종류", "누가 → 누구에게", "장소", "상태", "출처", "상충", "id"),
    "en": ("date", "kind", "who → whom", "place", "status", "sources", "conflict", "id"),
}
_WIDTH = 150
_ID_WIDTH = 17


def write_table(codings: Iterable[Coding], stream: TextIO, lang: str) -> None:
    """One table a report, under the day it was published and how that is known."""
    console = Console(file=stream, width=None if stream.isatty() else _WIDTH)
    for coding in codings:
        console.print(_title(coding, lang), style="bold", highlight=False, markup=False)
        if not coding.events:
            console.print("사건 없음" if lang == "ko" else "no events", highlight=False)
            continue
        table = _table(lang)
        for event in coding.events:
            table.add_row(*(_plain(cell) for cell in event_cells(event, lang)))
        console.print(table)


def event_heads(lang: str) -> tuple[str, ...]:
    """The heads of the columns that `event_cells` fills."""
    return _HEADS[lang]


def event_cells(event: Event, lang: str) -> tuple[str, ...]:
    """An event as the cells of a table."""
    parties = _names(event.actor, lang)
    if event.recipient:
        parties += f" → {_names(event.recipient, lang)}"
    conflict = "; ".join(" ≠ ".join(v.value for v in c.values) for c in event.conflicts)
    return (event.date, kind_in(lang, event.kind), parties, place_in(lang, event.place), value_in(lang, "status", event.status.value),
            credits_in(lang, event.sources), conflict, event.id)  # fmt: skip


def _title(coding: Coding, lang: str) -> str:
    publication = coding.annotated.publication
    day = publication.value or ("발행일 미상" if lang == "ko" else "day unknown")
    mark = (" (추정)" if lang == "ko" else " (inferred)") if publication.inferred and publication.value else ""
    return f"{coding.annotated.document.origin} · {coding.annotated.document.outlet or '-'} · {day}{mark}"


def _table(lang: str) -> Table:
    """An empty table. Nothing is cut on a narrow terminal: words fold, day and id keep their line (an id is copied)."""
    table = Table(show_lines=False, pad_edge=False)
    for name, head in zip(_FIELDS, _HEADS[lang], strict=True):
        table.add_column(head, overflow="fold", no_wrap=name in ("date", "id"), min_width=_ID_WIDTH if name == "id" else None)
    return table


def _names(people: Sequence[Participant], lang: str) -> str:
    return ", ".join(p.name if lang == "ko" else p.name_en or p.name for p in people)


def _plain(cell: str) -> str:
    return cell.replace("[", r"\[")
