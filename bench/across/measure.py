"""Resolution across reports on the multi-report set: figures twice, with the right reading given and from the text alone.

    .venv/bin/python bench/across/measure.py [--half dev|blind|fresh] [--given] [--misses] [--check | --accept]

All stories of a half are resolved in one pool. `given`: the events are those of the key, so that only resolution is
measured; `text`: the program reads the reports itself, and an event of the key that it did not read counts as missed.
`--check` fails if a figure is below the floor in bench/baseline.json; `--accept` raises the floor. `--misses` names what is
wrong (of the development half only).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from given import entity, event_id, given
from key import LINKS, Key, KeyEvent, read_key, stories

from sacho.annotate.resources import Resources, load_resources
from sacho.coding import Coding, code_document, report_of
from sacho.evaluation.matching import family
from sacho.ingest import read
from sacho.records import Contradiction, Document, Event, Happening, Report
from sacho.resolve.happenings import Resolved, resolve_reports
from sacho.resolve.tellings import group_of

ROOT = Path(__file__).resolve().parent.parent.parent
SET = ROOT / "tests" / "corpus" / "multi"
BASELINE = ROOT / "bench" / "baseline.json"


class Pool:
    """All stories of one half under one resolution. Names of events and happenings begin with their story."""

    def __init__(self, half: str, resources: Resources, *, from_key: bool) -> None:
        self.keys: dict[str, Key] = {}
        self.reports: dict[tuple[str, str], Report] = {}
        for story in stories(SET / half):
            key = self.keys[story.name] = read_key(story)
            codings = {name: _read(story / file, resources) for name, file in key.reports.items()}
            reports = {name: report_of(coding) for name, coding in codings.items()}
            if from_key:
                mentions = [m for coding in codings.values() for m in coding.annotated.mentions]
                reports = given(story.name, key, reports, mentions, resources.lexicon, resources.predicates)
            self.reports.update({(story.name, name): r for name, r in reports.items()})
        self.resolved: Resolved = resolve_reports(self.reports.values(), resources.lexicon, resources.predicates)
        self.events = {f"{s}/{e.id}": e for s, key in self.keys.items() for e in key.events}
        self.home = {name: f"{name.partition('/')[0]}/{e.happening}" for name, e in self.events.items()}
        self.read: dict[str, str] = {}  # event of the key -> id of the event read
        for (story, name), report in self.reports.items():
            told = [(n, e) for n, e in self.events.items() if n.startswith(f"{story}/{name}.")]
            pairs = {n: event_id(story, e.id) for n, e in told} if from_key else match(told, report, resources)
            self.read.update(pairs)
        self.cluster = {e: h.id for h in self.resolved.happenings for e in h.events}
        self.happenings = {h.id: h for h in self.resolved.happenings}
        self.counterpart = self._counterparts()

    def _counterparts(self) -> dict[str, str]:
        """The happening found for each of the key: the one with most of its events, each used once."""
        shares: dict[tuple[str, str], int] = {}
        for name, identity in self.read.items():
            if identity in self.cluster:
                pair = (self.home[name], self.cluster[identity])
                shares[pair] = shares.get(pair, 0) + 1
        out: dict[str, str] = {}
        for (home, found), _ in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
            if home not in out and found not in out.values():
                out[home] = found
        return out


def _read(path: Path, resources: Resources) -> Coding:
    (document,) = read([str(path)], stdin=None)
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document.reason}")
    return code_document(document, resources)


def match(told: Sequence[tuple[str, KeyEvent]], report: Report, resources: Resources) -> dict[str, str]:
    """Which event read is which of the key, one to one, best first: of one family or group of kinds, with a participant in
    common (or, at the same words, none)."""
    lexicon = resources.lexicon
    candidates = []
    for name, entry in told:
        ours = {entity(p, lexicon) for p in (*entry.actor, *entry.recipient)}
        start = _place(report.text, entry)
        for event in report.events:
            theirs = {p.id for p in (*event.actor, *event.recipient)}
            if not _one_act(entry.kind, event.kind):
                continue
            words = any(p.field == "kind" and p.start < start + len(entry.words) and start < p.end for p in event.evidence)
            hits = len(ours & theirs)
            if hits or words:
                score = 2 * hits / max(1, len(ours) + len(theirs)) + 0.5 * (entry.kind == event.kind) + words
                score += 0.5 * (bool(entry.date) and entry.date == event.date)
                candidates.append((-score, name, event.id))
    out: dict[str, str] = {}
    for _, name, identity in sorted(candidates):
        if name not in out and identity not in out.values():
            out[name] = identity
    return out


def _one_act(a: str, b: str) -> bool:
    return family(a) == family(b) or group_of(a) == group_of(b)


def _place(text: str, entry: KeyEvent) -> int:
    at = -1
    for _ in range(entry.nth):
        at = text.find(entry.words, at + 1)
    return at


# ---------------------------------------------------------------- figures


def figures(pool: Pool) -> dict[str, float]:
    """Every figure, by name."""
    out = {"found": len(pool.read) / len(pool.events)} | _b_cubed(pool) | _pairs(pool) | _counts(pool)
    for name, (right, got, wanted) in {"contradictions": _contradictions(pool), "links": _links(pool)}.items():
        precision, recall = right / got if got else 1.0, right / wanted if wanted else 1.0
        out[f"{name}_p"], out[f"{name}_r"] = precision, recall
        out[f"{name}_f1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {name: round(value, 4) for name, value in out.items()}


def _groups(pool: Pool) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    gold: dict[str, set[str]] = {}
    for name, home in pool.home.items():
        gold.setdefault(home, set()).add(name)
    found: dict[str, set[str]] = {}
    for name, identity in pool.read.items():
        found.setdefault(pool.cluster.get(identity, identity), set()).add(name)
    return gold, found


def _b_cubed(pool: Pool) -> dict[str, float]:
    """Bagga and Baldwin (1998). An event that was not read has no recall and counts for no precision."""
    gold, found = _groups(pool)
    precision, recall = [], []
    for name in pool.events:
        ours = gold[pool.home[name]]
        if name not in pool.read:
            recall.append(0.0)
            continue
        theirs = next(g for g in found.values() if name in g)
        precision.append(len(ours & theirs) / len(theirs))
        recall.append(len(ours & theirs) / len(ours))
    p, r = sum(precision) / max(1, len(precision)), sum(recall) / len(recall)
    return {"b3_p": p, "b3_r": r, "b3_f1": 2 * p * r / (p + r) if p + r else 0.0}


def _pairs(pool: Pool) -> dict[str, float]:
    gold, found = _groups(pool)
    wanted = {pair for g in gold.values() for pair in combinations(sorted(g), 2)}
    got = {pair for g in found.values() for pair in combinations(sorted(g), 2)}
    return {"pairs_p": len(wanted & got) / len(got) if got else 1.0, "pairs_r": len(wanted & got) / len(wanted)}


def _counts(pool: Pool) -> dict[str, float]:
    right = {"reports": 0, "outlets": 0, "independent": 0, "stages": 0}
    total = 0
    for story, key in pool.keys.items():
        for name, wanted in key.happenings.items():
            total += 1
            got = pool.happenings.get(pool.counterpart.get(f"{story}/{name}", ""))
            if got is None:
                continue
            for field in ("reports", "outlets", "independent"):
                right[field] += getattr(got, field) == getattr(wanted, field)
            right["stages"] += {s.stage for s in got.stages} == set(wanted.stages)
    return {f"{field}_exact": value / total for field, value in right.items()}


def _contradictions(pool: Pool) -> tuple[int, int, int]:
    return sum(1 for _ in _matched(pool)), sum(len(h.contradictions) for h in pool.resolved.happenings), sum(
        len(k.contradictions) for k in pool.keys.values()
    )


def _matched(pool: Pool) -> Iterable[tuple[str, str, Contradiction]]:
    """Contradictions of the key that were found: happening, field, and two of the key's values told apart by the documents
    that give them."""
    for story, key in pool.keys.items():
        taken: set[int] = set()
        for item in key.contradictions:
            happening = pool.happenings.get(pool.counterpart.get(f"{story}/{item.happening}", ""))
            values = [{pool.reports[story, e.partition(".")[0]].document for e in events} for events in item.values.values()]
            for found in happening.contradictions if happening else ():
                if id(found) not in taken and found.field == item.field and _tells_apart(found, values):
                    taken.add(id(found))
                    yield story, item.field, found
                    break


def _tells_apart(found: Contradiction, values: Sequence[set[str]]) -> bool:
    told = [{v.value for v in found.versions if v.document in documents} for documents in values]
    return any(a and b and (len(a | b) > 1) for a, b in combinations(told, 2))


def _links(pool: Pool) -> tuple[int, int, int]:
    wanted, got = _wanted_links(pool), _got_links(pool)
    return len(wanted & got), len(got), len(wanted)


def _wanted_links(pool: Pool) -> set[tuple[str, str, str]]:
    return {(k.type, f"{s}/{k.source}", f"{s}/{k.target}") for s, key in pool.keys.items() for k in key.links}


def _got_links(pool: Pool) -> set[tuple[str, str, str]]:
    names = {found: home for home, found in pool.counterpart.items()}
    return {(k.type, names.get(k.source, k.source), names.get(k.target, k.target)) for k in pool.resolved.links if k.type in LINKS}


# ---------------------------------------------------------------- what went wrong


def misses(pool: Pool) -> Iterable[str]:
    """A line for each thing that is not as the key says."""
    gold, found = _groups(pool)
    told = {e.id: (e, r) for r in pool.reports.values() for e in r.events}
    for name, entry in pool.events.items():
        if name not in pool.read:
            yield f"not read: {name} {entry.kind} {entry.words!r} {'+'.join(entry.actor)}"
    for home, ours in gold.items():
        parts = [g & ours for g in found.values() if g & ours]
        if len(parts) > 1:
            yield f"split: {home}: " + " | ".join(" ".join(_brief(n, pool, told) for n in sorted(p)) for p in parts)
    for theirs in found.values():
        if len({pool.home[n] for n in theirs}) > 1:
            yield "joined: " + " ".join(f"{pool.home[n]}:{_brief(n, pool, told)}" for n in sorted(theirs))
    yield from _count_misses(pool)
    hit = {id(c) for _, _, c in _matched(pool)}
    for story, key in pool.keys.items():
        have = [f for s, f, _ in _matched(pool) if s == story]
        for item in key.contradictions:
            if item.field in have:
                have.remove(item.field)
            else:
                yield f"contradiction missed: {story}/{item.happening} {item.field} {dict(item.values)}"
    for happening in pool.resolved.happenings:
        for c in happening.contradictions:
            if id(c) not in hit:
                values = [(v.value, v.outlet, v.words) for v in c.versions]
                yield f"contradiction too many: {_story(happening, pool)} {happening.gloss.ko} {c.field} {values}"
    wanted, got = _wanted_links(pool), _got_links(pool)
    yield from (f"link missed: {link}" for link in sorted(wanted - got))
    for kind, source, target in sorted(got - wanted):
        yield f"link too many: {kind} {_named(source, pool)} → {_named(target, pool)}"


def _brief(name: str, pool: Pool, told: dict[str, tuple[Event, Report]]) -> str:
    event = told[pool.read[name]][0]
    people = "+".join(p.id for p in (*event.actor, *event.recipient))
    return f"[{name.partition('/')[2]} {event.kind} {event.date} {event.status.value} {people}]"


def _count_misses(pool: Pool) -> Iterable[str]:
    for story, key in pool.keys.items():
        for name, wanted in key.happenings.items():
            got = pool.happenings.get(pool.counterpart.get(f"{story}/{name}", ""))
            want, have = ((h.reports, h.outlets, h.independent) if h is not None else () for h in (wanted, got))
            if got is not None and have != want:
                yield f"counts: {story}/{name} want {want} got {have} {got.origins}"
            if got is not None and {s.stage for s in got.stages} != set(wanted.stages):
                yield f"stages: {story}/{name} want {wanted.stages} got {[s.stage for s in got.stages]}"


def _story(happening: Happening, pool: Pool) -> str:
    return next((f"{s}/{n}" for (s, n), r in pool.reports.items() if r.document in happening.documents), "?")


def _named(identity: str, pool: Pool) -> str:
    happening = pool.happenings.get(identity)
    return identity if happening is None else f"({_story(happening, pool)} {happening.gloss.ko})"


# ---------------------------------------------------------------- run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["dev", "blind", "fresh"], help="one part only; if not given, all but `fresh`")
    parser.add_argument("--given", action="store_true", help="only with the right reading given")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--accept", action="store_true")
    arguments = parser.parse_args()
    resources = load_resources()
    seen: dict[str, dict[str, float]] = {}
    for half in [arguments.half] if arguments.half else [h for h in ("dev", "blind") if (SET / h).exists()]:
        for reading in ("given",) if arguments.given else ("given", "text"):
            pool = Pool(half, resources, from_key=reading == "given")
            name = f"{half}_{reading}"
            seen[name] = figures(pool)
            print(f"{name}: {len(pool.keys)} stories, {len(pool.reports)} reports, {len(set(pool.home.values()))} happenings, "
                  f"{len(pool.events)} tellings")  # fmt: skip
            print("  " + "  ".join(f"{k} {v:.3f}" for k, v in seen[name].items()))
            for line in misses(pool) if arguments.misses and half == "dev" else ():
                print("  -", line)
    return _floor(seen, check=arguments.check, accept=arguments.accept)


def _floor(seen: dict[str, dict[str, float]], *, check: bool, accept: bool) -> int:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    floors = baseline.setdefault("across", {})
    if accept:
        for name, measured in seen.items():
            held = floors.setdefault(name, {})
            held.update({figure: max(value, held.get(figure, 0.0)) for figure, value in measured.items()})
        BASELINE.write_text(json.dumps(baseline, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    worse = [
        f"{name}: {figure} is {seen[name].get(figure, 0.0):.4f}, below the floor {floor:.4f}."
        for name, held in floors.items() if name in seen for figure, floor in held.items() if seen[name].get(figure, 0.0) < floor
    ]  # fmt: skip
    for line in worse if check else ():
        print(line, file=sys.stderr)
    return 1 if check and worse else 0


if __name__ == "__main__":
    sys.exit(main())
