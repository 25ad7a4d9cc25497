"""Reports made at random, dense and mixed: bare Kiwi tokenising against the whole reading, full and sparing, in one run.

    .venv/bin/python -m bench.throughput [--reports 300] [--rounds 5] [--seed 1]

Times are process time of one thread; rounds are interleaved, the figures are medians over rounds of the ratio within a
round. Recall is the share of the full reading's events (same id: same words, same kind) that the sparing one has.
Start-up is measured in fresh processes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from statistics import median

from kiwipiepy import Kiwi
from tools.corpus.reports import make

from sacho.annotate.resources import Resources, load_resources
from sacho.coding import code_document
from sacho.ingest.drafts import Draft, Piece, to_document
from sacho.records import Document

_STARTS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object, for the baseline")
    arguments = parser.parse_args()
    bare, resources = Kiwi(), load_resources()
    found: dict[str, float] = {}
    for name, relevant in (("dense", 1.0), ("mixed", 0.1)):
        documents = [_document(n, arguments.seed, relevant) for n in range(arguments.reports)]
        found |= {f"{name} {k}": v for k, v in measured(documents, bare, resources, arguments.rounds).items()}
    found |= starts()
    if arguments.json:
        print(json.dumps({k: round(v, 4) for k, v in found.items()}, ensure_ascii=False))
        return
    for key, value in found.items():
        print(f"{key:44} {value:8.3f}")


def _document(number: int, seed: int, relevant: float) -> Document:
    made = make(number, seed=seed, relevant=relevant)
    draft = Draft(pieces=(Piece(text=made.text),), title=made.title, outlet=made.outlet, published=made.published)
    return to_document(draft, origin=made.id)


def measured(documents: list[Document], bare: Kiwi, resources: Resources, rounds: int) -> dict[str, float]:
    """Milliseconds a report of bare Kiwi, ratios to it, and recall."""
    kiwi, full, spared = [], [], []
    for _ in range(rounds + 1):
        at = [time.process_time()]
        for document in documents:
            bare.tokenize(document.text)
        at.append(time.process_time())
        for document in documents:
            code_document(document, resources)
        at.append(time.process_time())
        for document in documents:
            code_document(document, resources, sparing=True)
        at.append(time.process_time())
        kiwi.append(at[1] - at[0])
        full.append((at[2] - at[1]) / kiwi[-1])
        spared.append((at[3] - at[2]) / kiwi[-1])
    whole = {(d.id, e.id) for d in documents for e in code_document(d, resources).events}
    kept = {(d.id, e.id) for d in documents for e in code_document(d, resources, sparing=True).events}
    return {
        "characters a report": sum(len(d.text) for d in documents) / len(documents),
        "bare Kiwi, ms a report": median(kiwi[1:]) / len(documents) * 1000,
        "full / bare Kiwi": median(full[1:]),
        "sparing / bare Kiwi": median(spared[1:]),
        "throughput of sparing, bare Kiwi = 1": 1 / median(spared[1:]),
        "events a report": len(whole) / len(documents),
        "recall of events, sparing": len(whole & kept) / max(len(whole), 1),
        "events of sparing alone": float(len(kept - whole)),
    }  # fmt: skip


def starts() -> dict[str, float]:
    """Seconds of processor time until a fresh process can read: Kiwi alone, and everything."""
    kiwi = "from kiwipiepy import Kiwi; Kiwi(num_workers=0)"
    everything = "from sacho.annotate.resources import load_resources; load_resources()"
    spent = {name: median(_cpu(code) for _ in range(_STARTS)) for name, code in (("Kiwi", kiwi), ("worker", everything))}
    ratio = spent["worker"] / spent["Kiwi"]
    return {"start of Kiwi, s": spent["Kiwi"], "start of a worker, s": spent["worker"], "start of a worker / Kiwi": ratio}


def _cpu(code: str) -> float:
    script = f"{code}\nimport time; print(time.process_time())"
    return float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
