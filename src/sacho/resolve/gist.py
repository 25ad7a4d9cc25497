"""What a verbal act is about, as far as a few words tell: two agreements of one day, two demands of one speaker.

In Korean the object stands before its verb, so the words from the act told before (or the beginning of the sentence) up to
the act's own are its content. Words are compared by their first two letters, which leaves particles and endings aside.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from sys import intern

from sacho.records import Event, Report
from sacho.resolve.quantities import sentence_span

KINDS = frozenset({"agree", "request", "accuse", "support", "reject", "threaten", "concede", "cooperate"})
_WORD = re.compile(r"[가-힣]{2,}")
_COMMON = frozenset(
    tomllib.loads(files("sacho.resolve").joinpath("data/gist.toml").read_text(encoding="utf-8"))["common"].split()
)
_MOST = 24


def gist(event: Event, report: Report, others: Iterable[int]) -> tuple[str, ...]:
    """The beginnings of the words that tell what the act is about, sorted. `others` are where the words of the report's
    other acts end."""
    names = {word[:2] for p in (*event.actor, *event.recipient) for form in (p.name, p.as_written) for word in form.split()}
    ends = sorted(others)
    found: set[str] = set()
    for proof in event.evidence:
        if proof.field == "kind":
            start, _ = sentence_span(report.text, proof.start)
            start = max([start, *(e for e in ends if start < e <= proof.start)])
            found |= {word[:2] for word in _WORD.findall(report.text[start : proof.end])}
    return tuple(sorted(intern(w) for w in found - _COMMON - names))[:_MOST]


def alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The share of the shorter one's words that the other has, 0 to 1."""
    return len(set(a) & set(b)) / min(len(a), len(b))
