"""Who copied whom: near-duplicate texts and credited sources, so that reports, outlets and independent sources can
be counted apart.

Texts are compared by MinHash (Broder 1997) over 5-grams of letters: 128 minima of 64-bit hashes, from which the
shared part of two texts is estimated within about four hundredths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from zlib import crc32

import numpy as np
import numpy.typing as npt

from sacho.lexicon import Lexicon
from sacho.lexicon.schema import Body, Outlet
from sacho.records import Event, Record, Report
from sacho.resolve.judgements import Roots

_LETTERS = re.compile(r"[^0-9A-Za-z가-힣]+")
_WIDTH = 5
_MINIMA = 128
_LEAST = 60  # letters: shorter texts are alike by chance
COPY = 0.6  # Jaccard index from which a text is a copy
REWRITE = 0.5  # share of the shorter text from which it is a rewrite
_INVENTED = re.compile(r"\s*\((?:가상|假想|fictional)\)")
_SPOKESMAN = re.compile(r"\s*(?:고위\s?)?(?:당국자|대변인|대변인실|관계자|고위관계자|소식통|측|공보실)$")

_AGENCY = r"(?P<agency>[^\s()=/\[\]<>][^()=/\[\]<>\n]{0,20}?(?:\(가상\))?)"
_DATELINE = re.compile(rf"[(\[][가-힣·\s]{{2,12}}=\s?{_AGENCY}[)\]]")
_PROVIDED = re.compile(rf"[\[(<](?:기사)?\s?[=:-]?\s?{_AGENCY}\s?제공[\])>]")

Sketch = npt.NDArray[np.uint64]


class Copy(Record):
    """Two documents with one text: `copy` (nearly all) or `rewrite` (most of the shorter one). `shared` is the
    estimated share of the shorter text."""

    a: str
    b: str
    relation: str
    shared: float


class Fingerprint(Record):
    """The MinHash of a text and how many different shingles it has."""

    minima: bytes
    shingles: int


def fingerprint(text: str) -> Fingerprint | None:
    """None for a text too short to compare."""
    return _fingerprint(text)


@lru_cache(maxsize=4096)
def _fingerprint(text: str) -> Fingerprint | None:
    letters = _LETTERS.sub("", text)
    if len(letters) < _LEAST:
        return None
    shingles = {letters[i : i + _WIDTH] for i in range(len(letters) - _WIDTH + 1)}
    hashes = np.fromiter((crc32(s.encode()) for s in shingles), dtype=np.uint64, count=len(shingles))
    factors, offsets = _permutations()
    with np.errstate(over="ignore"):
        minima = (hashes[None, :] * factors[:, None] + offsets[:, None]).min(axis=1)
    return Fingerprint(minima=minima.tobytes(), shingles=len(shingles))


@cache
def _permutations() -> tuple[Sketch, Sketch]:
    chance = np.random.default_rng(20231019)
    factors = chance.integers(1, 1 << 63, size=_MINIMA, dtype=np.uint64) | np.uint64(1)
    return factors, chance.integers(0, 1 << 63, size=_MINIMA, dtype=np.uint64)


def overlap(a: Fingerprint, b: Fingerprint) -> tuple[float, float]:
    """Jaccard index and share of the shorter text, both estimated, 0 to 1."""
    equal = np.frombuffer(a.minima, dtype=np.uint64) == np.frombuffer(b.minima, dtype=np.uint64)
    jaccard = float(equal.mean())
    common = jaccard * (a.shingles + b.shingles) / (1 + jaccard)
    return jaccard, min(1.0, common / min(a.shingles, b.shingles))


def copies(reports: Sequence[Report]) -> list[Copy]:
    """Pairs of reports that share their text, by document id. Compares all with all: give it the reports of one
    happening."""
    prints = [(r.document, p) for r in sorted(reports, key=lambda r: r.document) if (p := fingerprint(r.text)) is not None]
    out = []
    for (a, one), (b, two) in combinations(prints, 2):
        jaccard, shared = overlap(one, two)
        if jaccard >= COPY or shared >= REWRITE:
            relation = "copy" if jaccard >= COPY else "rewrite"
            out.append(Copy(a=a, b=b, relation=relation, shared=round(shared, 3)))
    return out


# ---------------------------------------------------------------- sources


def canonical_names(lexicon: Lexicon) -> Callable[[str], str]:
    """A function from a source's name as a text gives it to one name for all its forms: `로동신문` and `노동신문`,
    `통일부 당국자` and `통일부`."""
    rows: list[Outlet | Body] = [*lexicon.outlets.values(), *lexicon.bodies.values()]
    known = {_plain(row.name): row.name for row in reversed(rows)}
    for row in rows:
        for form in (*row.dprk, *row.aliases):
            known.setdefault(_plain(form), row.name)

    def canonical(name: str) -> str:
        bare = _INVENTED.sub("", name).strip()
        office = _SPOKESMAN.sub("", bare)
        return known.get(_plain(bare)) or (known.get(_plain(office)) if office else None) or bare

    return canonical


def _plain(name: str) -> str:
    return name.replace(" ", "")


def credited(text: str) -> tuple[str, ...]:
    """Agencies that a dateline or a credit line names: `(서울=새벽통신)`, `[저녁통신 제공]`."""
    found = [m["agency"].strip() for m in _DATELINE.finditer(text[:400])]
    found += [m["agency"].strip() for m in _PROVIDED.finditer(text)]
    return tuple(dict.fromkeys(found))


def origins(
    told: Sequence[tuple[Event, Report]], canonical: Callable[[str], str], copied: Iterable[Copy] = ()
) -> tuple[str, ...]:
    """The independent sources of a happening, sorted by name: one for each group of reports that go back to one word.

    Who is last in a source chain is its origin; a report that credits nobody is its outlet's own. Where one
    report's origin stands in the middle of another's chain, or the texts are copies, they are one
    (`조선중앙통신` and `조선중앙통신 > 외무성`). A report of a paper's own and another in which it credits somebody are two.
    """
    chains = {(e.id, r.document): _chain(e, r, canonical) for e, r in told}
    lasts = {chain[-1] for chain in chains.values()}
    carried = {chain[-1] for chain in chains.values() if len(chain) > 1}
    roots = Roots()
    for chain in chains.values():
        for place, name in enumerate(chain[:-1]):
            if name in (lasts if place else carried):
                roots.join(name, chain[-1])
    last_of: dict[str, set[str]] = {}
    for (_, document), chain in chains.items():
        last_of.setdefault(document, set()).add(chain[-1])
    for copy in copied:
        names = sorted(last_of.get(copy.a, set()) | last_of.get(copy.b, set()))
        for other in names[1:] if copy.a in last_of and copy.b in last_of else ():
            roots.join(names[0], other)
    groups: dict[str, list[str]] = {}
    for name in sorted(lasts):
        groups.setdefault(roots.of(name), []).append(name)
    return tuple(sorted(_origin(names, chains) for names in groups.values()))


def _chain(event: Event, report: Report, canonical: Callable[[str], str]) -> tuple[str, ...]:
    """The outlet, then whom it credits, outermost first; without a credit in the words, the byline's agency."""
    named = [canonical(s) for s in event.sources]
    if not named:
        named = [canonical(s) for s in report.credits]
    outlet = canonical(report.outlet) if report.outlet else f"? {report.version}"
    return tuple(dict.fromkeys([outlet, *(n for n in named if n != outlet)]))


def _origin(names: Sequence[str], chains: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """Of the names of one group, the one that most chains end in."""
    ends = [chain[-1] for chain in chains.values()]
    return max(names, key=lambda n: (ends.count(n), n))
