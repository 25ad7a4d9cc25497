"""Measuring the program, or a second coder, against gold reports (docs/gold.md)."""

from sacho.evaluation.agreement import Agreement, agreement, cohen_kappa
from sacho.evaluation.check import read_gold, read_second
from sacho.evaluation.gold import GoldError, GoldReport, digest
from sacho.evaluation.measures import compare
from sacho.evaluation.readings import Reading, reading_of_coding, reading_of_gold
from sacho.evaluation.run import Evaluation, compare_all, evaluate, select

__all__ = [
    "Agreement",
    "Evaluation",
    "GoldError",
    "GoldReport",
    "Reading",
    "agreement",
    "cohen_kappa",
    "compare",
    "compare_all",
    "digest",
    "evaluate",
    "read_gold",
    "read_second",
    "reading_of_coding",
    "reading_of_gold",
    "select",
]
