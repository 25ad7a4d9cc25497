"""A person's decisions about pairs: which count, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable

from sacho.records import Judgement, Record

Pair = tuple[str, str]


class Decided(Record):
    """Pairs of event ids, smaller id first. `overridden` are decisions that contradict a newer one through others
    (a = b, b = c, then a ≠ c) and so do not count."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    overridden: tuple[Judgement, ...] = ()

    @property
    def events(self) -> frozenset[str]:
        """Every event that somebody decided on."""
        return frozenset(e for pair in self.same | self.different for e in pair)


def decide(judgements: Iterable[Judgement]) -> Decided:
    """The decisions that count, whatever their order in the sequence: of one pair the last by `at`; where decisions
    contradict each other through a chain, newer ones win. Raises ValueError on an unknown decision."""
    last: dict[Pair, Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.decision, j.a, j.b)):
        if judgement.decision not in ("same", "different", "undecided"):
            raise ValueError(f"judgement on {judgement.a}, {judgement.b}: {judgement.decision!r} is not same, different or undecided.")
        last[_pair(judgement.a, judgement.b)] = judgement
    same: set[Pair] = set()
    different: set[Pair] = set()
    overridden = []
    root = Roots()
    for pair, judgement in sorted(last.items(), key=lambda item: (item[1].at, item[0]), reverse=True):
        a, b = root.of(pair[0]), root.of(pair[1])
        if judgement.decision == "undecided":
            continue
        if judgement.decision == "different" and a != b:
            different.add(pair)
        elif judgement.decision == "same" and not any({root.of(x), root.of(y)} == {a, b} for x, y in different):
            same.add(pair)
            root.join(a, b)
        else:
            overridden.append(judgement)
    return Decided(same=frozenset(same), different=frozenset(different), overridden=tuple(overridden))


class Roots:
    """Union-find over strings."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def of(self, x: str) -> str:
        while self.parent.setdefault(x, x) != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a: str, b: str) -> None:
        self.parent[self.of(a)] = self.of(b)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
