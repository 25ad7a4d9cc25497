"""Floors of the benches in `baseline.json`: checked at every run, raised on `--record`, lowered only with `--lower`."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

BASELINE = Path(__file__).resolve().parent / "baseline.json"
BLIND = "blind"  # sets whose name begins so: totals only
UNREAD = "blind-fresh"  # measured only when it is named


def arguments(description: str | None) -> argparse.Namespace:
    """`sets`, `misses`, `record`, `lower` of the command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what differs (not of a set whose name begins with `blind`)")
    parser.add_argument("--record", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --record: lower floors too")
    return parser.parse_args()


def run(task: str, description: str | None, score: Callable[[Path, bool], dict[str, float]]) -> None:
    """Measure the sets that the command line names, or those of `bench/TASK/sets`, and hold the figures. `score` takes a
    set and whether to list what differs."""
    given, measured = arguments(description), {}
    for path in given.sets or sets(task):
        measured[path.name] = score(path, may_list(path, given.misses))
        print(line(path.name, measured[path.name]))
    hold(task, measured, given)


def sets(task: str) -> list[Path]:
    """Those of a bench but the unread ones (`blind-fresh.toml`), which are measured when they are named."""
    return sorted(p for p in (BASELINE.parent / task / "sets").glob("*.toml") if p.stem != UNREAD)


def rows(path: Path, key: str) -> list[dict[str, Any]]:
    """The tables `[[key]]` of a set."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))[key])


def may_list(path: Path, wanted: bool) -> bool:
    """Whether single answers of this set may be shown."""
    if wanted and path.stem.startswith(BLIND):
        print(f"{path.name} is blind: totals only")
    return wanted and not path.stem.startswith(BLIND)


def line(name: str, figures: Mapping[str, float]) -> str:
    return f"{name:14} " + "  ".join(f"{k} {v:.3f}" for k, v in figures.items())


def hold(task: str, measured: Mapping[str, Mapping[str, float]], given: argparse.Namespace) -> None:
    """Compare the figures of each set (higher is better) with the floors of the task, record them where asked. Ends
    the run with a sentence if one is below its floor."""
    floors = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    below = []
    for name, figure, value in _rounded(measured):
        known = floors.setdefault(task, {}).setdefault(name, {})
        if value < known.get(figure, 0.0) and not (given.record and given.lower):
            below.append(f"{name} {figure} {value:.3f} < {known[figure]:.3f}")
        elif given.record:
            known[figure] = value
    if given.record:
        BASELINE.write_text(json.dumps(floors, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    if below:
        sys.exit("below the floor of bench/baseline.json: " + "; ".join(below))


def _rounded(measured: Mapping[str, Mapping[str, float]]) -> Iterable[tuple[str, str, float]]:
    for name, figures in measured.items():
        for figure, value in figures.items():
            yield name, figure, round(value, 3)
