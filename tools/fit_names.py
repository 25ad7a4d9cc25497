"""Fit the model that tells names from other words: `python tools/fit_names.py KLUE-NER.tsv`.

Two logistic models over the syllables of a word, one for Korean personal names, one for transliterated ones. Positive
words come from the lexicon's people and from the persons marked in KLUE-NER (CC BY-SA 4.0), negative ones from all other words of
the same sentences and from the lexicon's states, places and bodies. Writes `src/sacho/annotate/data/name_model.json`
(weights above a floor, two decimals) and prints precision and recall on a fifth of the words kept out.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from kiwipiepy import Kiwi

from sacho.annotate.mention_rules import load_mention_rules
from sacho.annotate.name_model import features

ROOT = Path(__file__).parents[1] / "src" / "sacho"
FLOOR = 0.4
Row = tuple[str, int, float]


def klue(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Sentences with the spans of their persons."""
    for part in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in part.split("\n") if line and not line.startswith("##")]
        spans: list[tuple[int, int]] = []
        for i, (_, tag) in enumerate(rows):
            if tag == "B-PS":
                spans.append((i, i + 1))
            elif tag == "I-PS" and spans:
                spans[-1] = (spans[-1][0], i + 1)
        if rows:
            yield "".join(char for char, _ in rows), spans


def gather(path: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Korean names, words of foreign names, other words."""
    surnames = load_mention_rules().surnames
    korean, foreign, other = Counter[str](), Counter[str](), Counter[str]()

    def enter(name: str, own: bool) -> None:
        if own and len(name) == 3 and name[0] in surnames:
            korean[name] += 1
        else:
            foreign.update(w for w in name.split() if re.fullmatch("[가-힣]{2,}", w) and not (len(w) == 3 and own))

    for row in csv.DictReader((ROOT / "lexicon/data/people.csv").open(encoding="utf-8")):
        for name in (row["name"], row["dprk"], *row["aliases"].split("|")):
            enter(name, row["country"] in ("KOR", "PRK"))
    for table in ("countries", "places", "bodies"):
        for row in csv.DictReader((ROOT / f"lexicon/data/{table}.csv").open(encoding="utf-8")):
            other.update(w for n in (row["name"], *row["aliases"].split("|")) for w in n.split() if re.fullmatch("[가-힣]{2,}", w))
    kiwi = Kiwi()
    for text, spans in klue(path):
        for a, b in spans:
            enter(text[a:b], len(text[a:b]) == 3 and text[a] in surnames)
        words = [(t.start, t.end, t.form) for t in kiwi.tokenize(text) if t.tag in ("NNG", "NNP", "NNB", "MAG", "MM", "NR", "NP")]
        words += [(m.start(), m.end(), m.group()) for m in re.finditer(r"(?<!\S)[가-힣]{2,5}(?!\S)", text)]
        other.update(
            w for a, b, w in words if re.fullmatch("[가-힣]{2,7}", w) and not any(s < b and a < e for s, e in spans)
        )
    return korean, foreign, other


def rows_of(korean: Counter[str], foreign: Counter[str], other: Counter[str]) -> list[Row]:
    """Words with their class (0 Korean, 1 foreign, 2 other) and weight, shuffled from a fixed seed."""
    rows = [(w, 0, 1 + math.log(c)) for w, c in sorted(korean.items())]
    rows += [(w, 1, 1 + math.log(c)) for w, c in sorted(foreign.items()) if w not in korean]
    rows += [(w, 2, 1 + math.log(c)) for w, c in sorted(other.items()) if w not in korean and w not in foreign]
    random.Random(1).shuffle(rows)
    return rows


def fit(rows: Sequence[Row], epochs: int = 8, decay: float = 1e-3) -> dict[str, tuple[float, float]]:
    """Softmax regression by AdaGrad; weights of the two names against other words."""
    counts = Counter(f for w, _, _ in rows for f in features(w))
    index = {f: i for i, f in enumerate(sorted(f for f, c in counts.items() if c > 3))}
    weights = np.zeros((len(index) + 1, 3))
    squares = np.full(weights.shape, 1e-6)
    data = [([index[f] for f in features(w) if f in index] + [len(index)], y, m) for w, y, m in rows]
    order = random.Random(3)
    for _ in range(epochs):
        order.shuffle(data)
        for columns, label, mass in data:
            scores = weights[columns].sum(0)
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            chance[label] -= 1
            step = chance * mass + decay * weights[columns]
            squares[columns] += step * step
            weights[columns] -= 0.3 * step / np.sqrt(squares[columns])
    names = [*index, ""]
    apart = weights[:, :2] - weights[:, 2:]
    return {f: (float(k), float(n)) for f, (k, n) in zip(names, apart, strict=True) if max(abs(k), abs(n)) >= FLOOR or not f}


def main() -> None:
    rows = rows_of(*gather(Path(sys.argv[1])))
    cut = len(rows) // 5
    trial = fit(rows[cut:])
    for which, label in ((0, "Korean"), (1, "foreign")):
        for least in (0.3, 0.7):
            hit = [y for w, y, _ in rows[:cut] if 1 / (1 + math.exp(-sum(trial.get(f, (0, 0))[which] for f in (*features(w), "")))) > least]
            right, there = sum(y == which for y in hit), sum(y == which for _, y, _ in rows[:cut])
            print(f"{label} names at {least}: precision {right / max(1, len(hit)):.3f} recall {right / max(1, there):.3f}")
    model = {f: [round(k, 2), round(n, 2)] for f, (k, n) in sorted(fit(rows).items())}
    out = ROOT / "annotate/data/name_model.json"
    out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(model)} weights, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
