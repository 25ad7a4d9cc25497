"""(d) spelling, (f) order, (g) words for a meeting, (h) negation and future, (i) places, (j) sources: the phrases that each
base allows to vary, from its own file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random

from .bases import Base, Fields, Variant, load_rows
from .korean import replace

_ORDERS = 4  # permutations of each scramble
_HALVES = 3  # random subsets of the spellings
_AGENCIES = 6


def spelled(base: Base, random: Random) -> Iterator[Variant]:
    """DPRK spelling where the base has ROK spelling, or the other way: all words, then some of them."""
    for to in ("dprk", "rok"):
        words = base.spec.get(to, {})
        subsets = [words] + [dict(random.sample(list(words.items()), len(words) // 2)) for _ in range(_HALVES) if words]
        for subset in subsets:
            text = replace(base.text, subset, inside=True)
            if text != base.text:
                note = f"{len(subset)} of {len(words)} words in {to.upper()} spelling"
                rename = {"로씨야": "러시아", "조로": "북러"} if "expected" not in base.spec else {}
                changes = ({"op": "rename", "names": rename},) if rename else ()
                yield Variant(kind="spelling", base=base.name, text=text, outlet=base.outlet, note=note, changes=changes)
    yield from _edited(base, "spelling", "spelling")


def ordered(base: Base, random: Random) -> Iterator[Variant]:
    """Phrases before a verb in another order, lists in another order, the same said with its parts exchanged."""
    for scramble in base.spec.get("scramble", []):
        chunks = scramble["chunks"]
        last = chunks[-1] if chunks[-1].endswith(("을", "를")) else None  # news prose keeps the object at its verb
        orders = [p for p in permutations(chunks) if list(p) != chunks and last in (None, p[-1])]
        for order in random.sample(orders, min(_ORDERS, len(orders))):
            text = base.text.replace(" ".join(chunks), " ".join(order))
            if text == base.text:
                raise ValueError(f"{base.name}: the words {' '.join(chunks)!r} are not in the text; correct its `scramble`.")
            yield Variant(kind="order", base=base.name, text=text, outlet=base.outlet, note=" ".join(order))
    yield from _edited(base, "order", "order")


def met(base: Base, random: Random) -> Iterator[Variant]:
    """접견, 면담, 회담, 만나다 for each other."""
    yield from _edited(base, "meeting", "meeting")


def unreal(base: Base, random: Random) -> Iterator[Variant]:
    """What happened did not happen, or is planned; what was planned happened."""
    yield from _edited(base, "status", "status")


def elsewhere(base: Base, random: Random) -> Iterator[Variant]:
    """Other places."""
    yield from _edited(base, "place", "places")


def sourced(base: Base, random: Random) -> Iterator[Variant]:
    """Other agencies."""
    agency = base.spec.get("agency")
    if agency:
        rows = [r for r in load_rows("agencies.toml") if r["name"] not in base.text]
        for row in random.sample(rows, min(_AGENCIES, len(rows))):
            names = {agency["name"]: row["name"], f"{agency['short']}은": f"{row['short']}은", "노동신문": "노동신문"}
            text = replace(base.text.replace(f"[{agency['name']}]", agency["name"]), names)
            change = {"op": "rename", "names": {agency["name"]: row["name"]}}
            yield Variant(kind="sources", base=base.name, text=text, outlet=base.outlet, note=row["name"], changes=(change,))
    yield from _edited(base, "credit", "sources")


def _edited(base: Base, table: str, kind: str) -> Iterator[Variant]:
    for row in base.spec.get(table, []):
        text = base.text
        for old, new in row.get("edits", []):
            if old not in text:
                raise ValueError(f"{base.name}: the words {old!r} are not in the text; correct its `{table}`.")
            text = text.replace(old, new)
        text = replace(text, row.get("names", {}))
        if text == base.text:
            continue
        note = "; ".join(f"{a} → {b}" for a, b in [*row.get("edits", []), *row.get("names", {}).items()])
        yield Variant(kind=kind, base=base.name, text=text, outlet=base.outlet, note=note, changes=_changes(row))


def _changes(row: Fields) -> tuple[Fields, ...]:
    out: list[Fields] = []
    sets: Sequence[Fields] = row.get("changes", [row] if "set" in row else [])
    out += [{"op": "set", "where": s["where"], "set": s["set"]} for s in sets]
    out += [{"op": "parties", "where": where} for where in row.get("parties", [])]
    out += [{"op": "unset", "where": {k: v for k, v in u.items() if k != "field"}, **({"field": u["field"]} if "field" in u else {})}
            for u in row.get("unset", [])]  # fmt: skip
    out += [{"op": "add", "record": record} for record in row.get("add", [])]
    if "rename" in row:
        out.append({"op": "rename", "names": row["rename"]})
    if "rename_source" in row:
        out.append({"op": "rename", "names": row["rename_source"], "fields": ["sources"]})
    return tuple(out)
