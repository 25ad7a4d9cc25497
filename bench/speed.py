"""Time per article: bare Kiwi tokenising against the whole pipeline on the same texts, in one run, and the share
of each stage.

    .venv/bin/python bench/speed.py [--rounds 5] [FILE ...]

Texts default to the examples and, if it is beside the checkout, the seed report, joined to articles of 1,000 to
2,000 characters. Rounds are interleaved; the figures are medians of process time.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

    from sacho.annotate.resources import Resources
    from sacho.records import Document

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    started = time.perf_counter()
    from kiwipiepy import Kiwi

    bare = Kiwi()
    loaded_kiwi = time.perf_counter() - started
    started = time.perf_counter()
    from sacho.annotate.resources import load_resources
    from sacho.coding import code_document
    from sacho.ingest import document_from_text

    resources = load_resources()
    documents = [document_from_text(t, origin=f"bench-{i}") for i, t in enumerate(articles(arguments.files))]
    code_document(documents[0], resources)  # what is read when it is first asked for belongs to the start
    loaded_all = time.perf_counter() - started
    sizes = [len(d.text) for d in documents]
    kiwi_times, full_times = [], []
    for _ in range(arguments.rounds + 1):
        begin = time.process_time()
        for document in documents:
            bare.tokenize(document.text)
        middle = time.process_time()
        for document in documents:
            code_document(document, resources)
        kiwi_times.append(middle - begin)
        full_times.append(time.process_time() - middle)
    kiwi, full = (median(t[1:]) / len(documents) * 1000 for t in (kiwi_times, full_times))
    print(f"articles {len(documents)}, characters {min(sizes)}-{max(sizes)} (mean {sum(sizes) // len(sizes)})")
    print(f"start-up: bare Kiwi {loaded_kiwi:.2f} s, everything and the first report {loaded_all:.2f} s")
    print(f"bare Kiwi {kiwi:.2f} ms an article; whole pipeline {full:.2f} ms; ratio {full / kiwi:.2f}")
    times = time_expressions(documents, resources, bare, arguments.rounds)
    print(f"time expressions found and valued {times:.2f} ms an article: {100 * times / kiwi:.1f} % of bare Kiwi")
    shares(documents, resources)


def time_expressions(documents: list[Document], resources: Resources, bare: Kiwi, rounds: int) -> float:
    """Milliseconds an article, each round behind a pass of Kiwi as in the pipeline, so that the caches are cold."""
    from sacho.annotate.timexes import find_timexes, resolve_timexes

    spent = []
    for _ in range(rounds + 1):
        for document in documents:
            bare.tokenize(document.text)
        begin = time.process_time()
        for document in documents:
            found = find_timexes(document.text, resources.timex_rules)
            resolve_timexes(document.text, found, published="2023-10-20", blocks=document.blocks)
        spent.append(time.process_time() - begin)
    return median(spent[1:]) / len(documents) * 1000


def articles(files: list[Path]) -> list[str]:
    """Texts of 1,000 to 2,000 characters from the files, short ones joined."""
    seed = ROOT.parent / "shared" / "seed" / "article.txt"
    paths = files or sorted((ROOT / "examples").glob("*.md")) + ([seed] if seed.exists() else [])
    out, pending = [], ""
    for path in paths:
        text = path.read_text(encoding="utf-8").split("---\n")[-1].strip()
        if pending and len(pending) + len(text) > 2000:
            out.append(pending)
            pending = ""
        pending = f"{pending}\n\n{text}" if pending else text
        if len(pending) >= 1000:
            out.append(pending)
            pending = ""
    return out or [pending]


def shares(documents: list[object], resources: object) -> None:
    from sacho import annotate as stages
    from sacho.coding import code_document

    names = ["spelling_view", "find_timexes", "infer_publication", "resolve_timexes", "find_names", "analyse",
             "find_sentences", "find_mentions", "find_attributions", "find_quotes", "find_events", "find_claims",
             "resolve_document"]  # fmt: skip
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(3):
        for document in documents:
            code_document(document, resources)  # type: ignore[arg-type]
    profile.disable()
    rows = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = max(v[3] for k, v in rows.items() if k[2] == "code_document")
    print("share of each stage (under the profiler, which weighs Python more than C++):")
    for name in names:
        spent = sum(v[3] for k, v in rows.items() if k[2] == name and "sacho" in k[0])
        print(f"  {name:20} {100 * spent / total:5.1f} %")
    del stages


if __name__ == "__main__":
    main()
