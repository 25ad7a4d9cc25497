"""How much a word looks like a personal name, by its syllables: Korean (`윤도한`) or transliterated (`디트리흐`).

The weights are fitted by `tools/fit_names.py` on the lexicon's people and on KLUE-NER (CC BY-SA 4.0).
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib.resources import files


def features(word: str) -> list[str]:
    """Length, first, middle and last syllable, all syllables, pairs and triples with the word's edges."""
    size, edged = len(word), f"^{word}$"
    out = [f"L{min(size, 6)}", f"0{word[0]}", f"9{word[-1]}"]
    if size == 3:
        out.append(f"1{word[1]}")
    out += [f"u{c}" for c in sorted(set(word))]
    out += [f"b{edged[i : i + 2]}" for i in range(len(edged) - 1)]
    out += [f"t{edged[i : i + 3]}" for i in range(len(edged) - 2)]
    return out


@lru_cache(maxsize=65536)
def chances(word: str) -> tuple[float, float]:
    """Probability, among the words of running text, that a word is a Korean name, and part of a foreign one."""
    weights = _weights()
    base = weights[""]
    korean, foreign = base
    for feature in features(word):
        found = weights.get(feature)
        if found is not None:
            korean, foreign = korean + found[0], foreign + found[1]
    odds, other = math.exp(min(korean, 50.0)), math.exp(min(foreign, 50.0))
    return odds / (1 + odds + other), other / (1 + odds + other)


@cache
def _weights() -> dict[str, tuple[float, float]]:
    data = json.loads((files("sacho.annotate") / "data" / "name_model.json").read_text(encoding="utf-8"))
    return {feature: (pair[0], pair[1]) for feature, pair in data.items()}
