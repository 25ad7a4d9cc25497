"""Figures below which a run fails: a file that only an explicit flag writes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sacho.evaluation.gold import GoldError
from sacho.evaluation.measures import CALIBRATION
from sacho.evaluation.run import Evaluation
from sacho.records import Record

_DIGITS = 4
_LOWER_IS_BETTER = frozenset({f"{CALIBRATION}.error"})


class Baseline(Record):
    """Accepted figures, rounded to four decimals, of one gold in one state (`digest`)."""

    only: str
    digest: str
    reports: int
    figures: dict[str, float]


def baseline_of(evaluation: Evaluation) -> Baseline:
    """The baseline that a run would set."""
    return Baseline(
        only=evaluation.only, digest=evaluation.digest, reports=len(evaluation.reports),
        figures={f.name: round(f.value, _DIGITS) for f in evaluation.figures if f.value is not None},
    )  # fmt: skip


def read_baseline(path: Path) -> Baseline:
    """A stored baseline. Raises `GoldError` if there is none or it does not fit."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise GoldError(f"{path} cannot be read ({error.strerror}); write it with --accept.") from None
    except msgspec.DecodeError as error:
        raise GoldError(f"{path} is no baseline ({error}); write it anew with --accept.") from None


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write it, a figure a line, so that the change can be read. Raises `GoldError` if it cannot be written."""
    try:
        path.write_bytes(msgspec.json.format(msgspec.json.encode(baseline), indent=1) + b"\n")
    except OSError as error:
        raise GoldError(f"{path} cannot be written ({error.strerror}); choose another --baseline.") from None


def shortfalls(baseline: Baseline, evaluation: Evaluation) -> list[str]:
    """A sentence for every figure that is worse than accepted; one alone if the two measure different things."""
    now = baseline_of(evaluation)
    if (baseline.digest, baseline.only) != (now.digest, now.only):
        return [
            f"the baseline was accepted for other gold ({baseline.reports} reports, --only {baseline.only}; now {now.reports},"
            f" --only {now.only}); look at the figures and write it anew with --accept."
        ]
    return [line for name, floor in baseline.figures.items() if (line := _shortfall(name, floor, now.figures.get(name)))]


def _shortfall(name: str, floor: float, value: float | None) -> str:
    if value is None:
        return f"{name} was {floor:.4f} and cannot be told any more."
    worse = value > floor if name in _LOWER_IS_BETTER else value < floor
    return f"{name} is {value:.4f}, {'above' if name in _LOWER_IS_BETTER else 'below'} the accepted {floor:.4f}." if worse else ""
