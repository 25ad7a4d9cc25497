"""An evaluation or an agreement as tables for people or JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sacho.evaluation.agreement import Agreement
from sacho.evaluation.causes import CAUSES, Fault
from sacho.evaluation.measures import CALIBRATION, SCORED
from sacho.evaluation.run import Evaluation, Figure

_WIDTH = 170
_ORDER = (
    "events", "main events", "kind", "status", "participants", "sides", "date", "undated kept undated", "place",
    "no place kept", "sources", "source chain", "attendees", "attendee lists exact", "quotes", "quote starts", "quote chain",
    "conflicts", "not events kept out",
)  # fmt: skip
_MIN_RULE = 3  # a rule seen less often stands in the JSON only


def as_json(record: Evaluation | Agreement) -> str:
    """Everything, one key a line, ending in a line end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode() + "\n"


def write_evaluation(evaluation: Evaluation, stream: TextIO, *, errors: int) -> None:
    """Figures, groups, rules and causes; of each cause the first `errors` errors."""
    console = _console(stream)
    scope = "" if evaluation.only == "all" else f", {evaluation.only} only"
    console.print(f"{len(evaluation.reports)} reports{scope}; in brackets the bootstrap 95 % interval over reports", highlight=False)
    console.print(_figures_table(evaluation))
    if evaluation.groups:
        console.print(_groups_table(evaluation))
    console.print(_rules_table(evaluation))
    _write_faults(console, evaluation.faults, errors)


def write_agreement(found: Agreement, stream: TextIO, *, errors: int) -> None:
    """The figures of two coders, then where they differ."""
    console = _console(stream)
    console.print(
        f"{len(found.reports)} reports; events of the first coder {found.first}, of the second {found.second}, matched {found.matched}",
        highlight=False,
    )
    table = Table("agreement", "value", pad_edge=False)
    for name, value in found.figures.items():
        interval = _interval(found.events_low, found.events_high) if name == "events F1" else ""
        table.add_row(name, _number(value) + interval)
    console.print(table)
    renamed = {"missed": "first coder only", "spurious": "second coder only", "made of no event": "second coder only"}
    _write_faults(console, [msgspec.structs.replace(f, cause=renamed.get(f.cause, f.cause)) for f in found.faults], errors)


def _console(stream: TextIO) -> Console:
    return Console(file=stream, width=None if stream.isatty() else _WIDTH)


def _figures_table(evaluation: Evaluation) -> Table:
    by_name = {figure.name: figure for figure in evaluation.figures}
    table = Table("measure", "precision", "recall", "F1 or share", "right", "read", "gold", pad_edge=False)
    for name in _ORDER:
        right = str(evaluation.tally.get(f"{name}.right", 0))
        if name in SCORED:
            cells = [_cell(by_name[f"{name}.{part}"]) for part in ("precision", "recall", "f1")]
            counts = [str(evaluation.tally.get(f"{name}.{part}", 0)) for part in ("read", "gold")]
        else:
            cells = ["", "", _cell(by_name[f"{name}.share"])]
            counts = ["", str(evaluation.tally.get(f"{name}.of", 0))]
        table.add_row(name, *cells, right, *counts)
    table.add_row(f"{CALIBRATION} (lower is better)", "", "", _cell(by_name[f"{CALIBRATION}.error"]), "", "", "")
    return table


def _groups_table(evaluation: Evaluation) -> Table:
    columns = ("events.precision", "events.recall", "events.f1", "participants.f1", "date.f1", "place.f1", "status.share", "sources.f1")
    heads = ("precision", "recall", "F1", "participants", "date", "place", "status", "sources")
    table = Table(evaluation.by, "read", "gold", *heads, pad_edge=False)
    for group in evaluation.groups:
        counts = (str(group.tally.get(f"events.{part}", 0)) for part in ("read", "gold"))
        table.add_row(Text(group.name), *counts, *(_number(group.figures[c]) for c in columns))
    return table


def _rules_table(evaluation: Evaluation) -> Table:
    table = Table("field", "rule", "read", "right", "precision", pad_edge=False)
    for entry in evaluation.rules:
        if entry.read >= _MIN_RULE:
            table.add_row(entry.field, Text(entry.rule), str(entry.read), str(entry.right), _number(entry.right / entry.read))
    return table


def _write_faults(console: Console, faults: Sequence[Fault], errors: int) -> None:
    counts = Counter(fault.cause for fault in faults)
    order = [*CAUSES, *sorted(set(counts) - set(CAUSES))]
    console.print("errors by cause: " + (", ".join(f"{c} {counts[c]}" for c in order if counts[c]) or "none"), highlight=False)
    for cause in order if errors else ():
        for fault in [f for f in faults if f.cause == cause][:errors]:
            console.print(Text(_line(fault)), soft_wrap=True)


def _line(fault: Fault) -> str:
    values = f"{fault.want or '–'} / {fault.got or '–'}"
    rule = f" [{fault.rule}]" if fault.rule else ""
    return f"  {fault.cause:18} {fault.report:8} {fault.kind:10} «{fault.words}» {values}{rule}"


def _cell(figure: Figure) -> str:
    return _number(figure.value) + _interval(figure.low, figure.high)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low:.3f}–{high:.3f})"
