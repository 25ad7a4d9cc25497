"""Which happenings are recorded, judged by a model: those that are told too weakly are left out, those that only point to
another happening or leave their parties unsaid are recorded where it is likely enough that they are events of their own.

Three logistic models with the weights of `data/recording.json`, written by `tools/fit_recording.py` from gold reports. A
feature that the file does not have counts nothing; without weights, and in a text of few sentences, nothing is left out and
nothing added.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from sacho.lexicon import Lexicon
from sacho.records import AnnotatedDocument, EventMention, Record
from sacho.resolve.traits import Telling, standing, traits
from sacho.resolve.unsaid import Candidate, candidates, filled
from sacho.resolve.within import Cluster

BASE = ""  # the weight that always counts
SHORT = 6  # sentences: a text of fewer is no report of the sort that the weights were fitted on
CHOICE = 0.7  # how far the doubt about the parties counts against the happening


class Weights(Record):
    """`kept`: that an event read is one; `apart`: that a mention which leads none is an event of its own; `parties`: that
    these are its parties. `least` is the probability from which an event is recorded."""

    least: float = 0.4
    kept: Mapping[str, float] = {}
    apart: Mapping[str, float] = {}
    parties: Mapping[str, float] = {}


def record(
    annotated: AnnotatedDocument, mentions: Sequence[EventMention], groups: Sequence[Cluster], families: Mapping[str, str],
    lexicon: Lexicon, weights: Weights | None = None,
) -> tuple[Cluster, ...]:  # fmt: skip
    """The groups to be recorded, in text order. `groups` are `mentions` grouped. Raises `json.JSONDecodeError` if the file
    of weights is broken."""
    weights = load_weights() if weights is None else weights
    if not groups or not weights.kept or len(annotated.sentences) < SHORT:
        return tuple(groups)
    telling = Telling(annotated, mentions, groups, families)
    leads = {lead.id for lead in telling.leads}
    made: dict[str, EventMention] = {}
    for mention in mentions:
        if mention.id not in leads:
            own = set_apart(mention, telling, lexicon, weights)
            if own is not None:
                made[mention.id] = own
    out = []
    for group in groups:
        if probability(standing(group.mentions[0], telling), weights.kept) >= weights.least:
            out.append(Cluster(mentions=tuple([m for m in group.mentions if m.id not in made])))
    out += [Cluster(mentions=(mention,)) for mention in made.values()]
    return tuple(sorted(out, key=lambda g: min([m.start for m in g.mentions])))


def set_apart(mention: EventMention, telling: Telling, lexicon: Lexicon, weights: Weights) -> EventMention | None:
    """The mention as an event of its own, with its parties; None if that is not likely enough."""
    likely = probability(traits(mention, telling), weights.apart)
    if likely < weights.least:
        return None
    if mention.full:
        return filled(mention, Candidate(mention.actor, mention.recipient, (), {}))
    found = choose(candidates(mention, telling, lexicon), weights)
    if found is None or likely * found[0] ** CHOICE < weights.least:
        return None
    return filled(mention, found[1])


def choose(among: Sequence[Candidate], weights: Weights) -> tuple[float, Candidate] | None:
    """The most likely parties, with their probability; the first of equals."""
    rated = [(probability(candidate.seen, weights.parties), -n) for n, candidate in enumerate(among)]
    if not rated:
        return None
    chance, n = max(rated)
    return chance, among[-n]


def probability(seen: Iterable[str], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum."""
    get = weights.get
    total = get(BASE, 0.0) + sum([get(name, 0.0) for name in seen])
    return 1 / (1 + math.exp(-max(min(total, 50.0), -50.0)))


@cache
def load_weights() -> Weights:
    """Read the weights once."""
    raw = json.loads((files("sacho.resolve") / "data" / "recording.json").read_text(encoding="utf-8"))
    return Weights(least=raw["least"], kept=raw["kept"], apart=raw["apart"], parties=raw["parties"])
