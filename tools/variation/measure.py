"""Make all variants, read them, count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from .bases import Base, Fields, Variant, load_bases
from .changes import apply
from .dates import shifted
from .layout import between, captions
from .people import recast, swapped
from .reading import compare, read_text, shown, spare
from .wording import elsewhere, met, ordered, sourced, spelled, unreal

SEED = 20231020
_MAKERS: tuple[Callable[[Base, Random], Iterator[Variant]], ...] = (
    swapped, recast, shifted, captions, spelled, between, ordered, met, unreal, elsewhere, sourced,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One variant read. `faults` is empty if its expected change appeared and nothing else changed."""

    variant: Variant
    faults: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """What the unchanged text yields. Checks rest on `right`; `unread` are right records that the program misses there;
    `surplus` counts the events it reads besides."""

    base: Base
    right: tuple[Fields, ...]
    unread: tuple[Fields, ...]
    surplus: int

    @property
    def records(self) -> tuple[Fields, ...]:
        """What must be read, and what may be."""
        return (*self.right, *({**r, "optional": True} for r in self.unread))


def make_variants(bases: Iterable[Base], *, seed: int = SEED) -> list[Variant]:
    """The variants of the bases, each text once, the same for the same seed."""
    out: list[Variant] = []
    for base in bases:
        seen = {base.text}
        for maker in _MAKERS:
            random = Random(f"{seed} {base.name} {maker.__name__}")
            for number, variant in enumerate(maker(base, random), start=1):
                if variant.text not in seen:
                    seen.add(variant.text)
                    out.append(replace(variant, number=number))
    return out


def baseline(base: Base) -> Baseline:
    """Read the unchanged text of a base."""
    right, surplus = spare(base.records, read_text(base.text, base.outlet))
    unread = tuple(r for r in base.records if r not in right)
    return Baseline(base=base, right=tuple(right), unread=unread, surplus=surplus)


def check(variant: Variant, known: Baseline) -> Outcome:
    """Read a variant and compare it with the records of its base, changed as it says."""
    wanted = apply(known.records, variant.changes)
    faults = compare(wanted, read_text(variant.text, variant.outlet), surplus=known.surplus)
    return Outcome(variant=variant, faults=tuple(faults))


def run(*, seed: int = SEED) -> tuple[list[Outcome], list[Baseline], list[str]]:
    """Every variant's outcome, the baselines, and the names of the bases whose text is not there."""
    bases, absent = load_bases()
    baselines = {b.name: baseline(b) for b in bases}
    outcomes = [check(v, baselines[v.base]) for v in make_variants(bases, seed=seed)]
    return outcomes, list(baselines.values()), absent


def shares(outcomes: Sequence[Outcome]) -> Mapping[str, tuple[int, int]]:
    """Of each kind of variant, how many came out right and how many there are."""
    out: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        right, total = out.get(outcome.variant.kind, (0, 0))
        out[outcome.variant.kind] = (right + (not outcome.faults), total + 1)
    return out


def table(outcomes: Sequence[Outcome], baselines: Sequence[Baseline], absent: Sequence[str]) -> str:
    """The shares as text, a line a kind; then what the unchanged texts leave unread."""
    lines = [f"{'kind':12} {'right':>6} {'of':>5} {'share':>7}"]
    rows = {**shares(outcomes)}
    rows["all"] = (sum(r for r, _ in rows.values()), sum(t for _, t in rows.values()))
    lines += [f"{kind:12} {right:6} {total:5} {right / max(total, 1):7.3f}" for kind, (right, total) in rows.items()]
    for known in baselines:
        lines += [f"not checked, unread in {known.base.name}: {shown(r)}" for r in known.unread]
    lines += [f"NOT TESTED: the text of {name} is not beside this checkout" for name in absent]
    return "\n".join(lines)
