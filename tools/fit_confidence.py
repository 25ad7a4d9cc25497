"""Fit the weights of `confidence` on gold reports, and measure them on reports they were not fitted on.

    python tools/fit_confidence.py gold            # prints the figures, writes the weights
    python tools/fit_confidence.py gold --dry      # prints only

A ridge-penalised logistic regression. The reports are dealt into ten parts; each part is measured with weights from the
other nine, so that no report is judged by itself. Printed: the expected calibration error in ten bins and the log loss,
of the model and of one that always says the overall share. The weights written are from all reports.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sacho.coding import code_document
from sacho.evaluation.gold import gold_ids, read_report
from sacho.evaluation.matching import match_events
from sacho.evaluation.measures import BINS, participants_right
from sacho.evaluation.readings import reading_of_coding, reading_of_gold
from sacho.resolve.confidence import features

Floats = NDArray[np.float64]

FOLDS = 10
RIDGE = 4.0
RARE = 5  # a feature seen less often is left out
TARGET = Path(__file__).parents[1] / "src/sacho/resolve/data/confidence.toml"
HEAD = """# Weights of the logistic model of `sacho.resolve.confidence`, written by tools/fit_confidence.py; do not edit.
# Fitted on {events} events of {reports} gold reports. On reports left out: calibration error {error:.3f}, log loss {loss:.3f}
# (always the overall share {share:.3f}: log loss {plain:.3f}).

[weights]
"""


def rows(directory: Path) -> tuple[list[dict[str, float]], list[bool], list[str]]:
    """Features, whether right, and report, of every event read in the directory's reports for development."""
    seen: list[dict[str, float]] = []
    right: list[bool] = []
    report: list[str] = []
    for name in gold_ids(directory):
        source = read_report(directory, name)
        if source.blind:
            continue
        coding = code_document(source.document)
        gold = reading_of_gold(source.reading, source.document.text)
        read = reading_of_coding(coding)
        partner = {j: gold.events[i] for i, j in match_events(gold.events, read.events)}
        for j, event in enumerate(coding.events):
            want, got = partner.get(j), read.events[j]
            good = want is not None and want.kind == got.kind and want.status == got.status
            seen.append(features(event))
            right.append(good and want is not None and participants_right(want, got))
            report.append(name)
    return seen, right, report


def fit(x: Floats, y: Floats) -> Floats:
    """Newton's method; the first column, the constant, bears no penalty."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - penalty * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return np.asarray(weights)


def calibration_error(p: Floats, y: Floats) -> float:
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    return float(sum(abs((p - y)[bins == b].sum()) for b in range(BINS)) / len(y))


def log_loss(p: Floats, y: Floats) -> float:
    p = np.clip(p, 0.01, 0.99)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dry", action="store_true")
    options = parser.parse_args()
    seen, right, report = rows(options.gold)
    y = np.array(right, dtype=float)
    counts: dict[str, int] = {}
    for row in seen:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    names = ["always", *sorted(n for n, c in counts.items() if c >= RARE and n != "always")]
    x = np.array([[row.get(n, 0.0) for n in names] for row in seen])
    ids = sorted(set(report))
    fold = np.array([ids.index(r) % FOLDS for r in report])
    p = np.zeros(len(y))
    for f in range(FOLDS):
        p[fold == f] = 1 / (1 + np.exp(-x[fold == f] @ fit(x[fold != f], y[fold != f])))
    figures = {
        "events": len(y), "reports": len(ids), "error": calibration_error(p, y), "loss": log_loss(p, y),
        "share": float(y.mean()), "plain": log_loss(np.full(len(y), y.mean()), y),
    }  # fmt: skip
    head = HEAD.format(**figures)
    print(head.partition("\n[")[0])
    if not options.dry:
        body = "".join(f'"{n}" = {w:.3f}\n' for n, w in zip(names, fit(x, y), strict=True))
        TARGET.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
