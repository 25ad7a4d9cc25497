"""Derive `lexicon/data/spellings_nkhandic.csv` from the DPRK/ROK pairs of the NK-HanDic dictionary.

    .venv/bin/python bench/spelling/derive.py PAIRS.tsv ROK_TEXT DPRK_TEXT > src/sacho/lexicon/data/spellings_nkhandic.csv

Kept: one ROK form only; equally long; a DPRK form that the Korean analyser does not know as a ROK word and that
no word of the ROK text begins with. Forms that could begin a loanword or a name (라 로 루 리 ...) are kept only if
the DPRK text uses them, or if they are three syllables or longer; those apply inside DPRK wording only.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

import ahocorasick_rs
from kiwipiepy import Kiwi

CLASSES = {"dueum-initial", "dueum-internal", "final-consonant", "vowel"}
PARTS = {"NNG", "NNP", "MAG", "VV", "VA"}
PLAIN = "력련렬령례룡륙륜률륭량려뢰랭릉념녀뇨"  # no ROK word begins with these
REFUSED = {  # seen to be wrong in running text
    "려고",
    "려나",
    "려니",
    "려면",
    "량의",
    "량이",
    "렬하",
    "로써",
    "로서",
    "력도",
    "력양",
    "론의",
    "어구",
    "린비",
    "대집",
    "대포",
    "해수",
    "비길수",
    "대속",
    "한가마밥",
    "어제날",
}


def main() -> None:
    pairs, rok, dprk = (Path(argument).read_text(encoding="utf-8") for argument in sys.argv[1:4])
    rows = list(csv.DictReader(pairs.splitlines(), delimiter="\t"))
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        readings[row["dprk"]].add(row["rok"].replace(" ", ""))
    wanted = [row for row in rows if row["class"] in CLASSES and row["pos"] in PARTS]
    forms = sorted({row["dprk"] for row in wanted})
    in_rok, in_dprk = (beginnings(text, forms) for text in (rok, dprk))
    kiwi = Kiwi()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["dprk", "rok", "class", "gate", "source"])
    kept: set[str] = set()
    for row in sorted(wanted, key=lambda row: row["dprk"]):
        form, reading = root(row["dprk"]), root(row["rok"].replace(" ", ""))
        used = in_dprk[row["dprk"]]
        if form in kept or len(readings[row["dprk"]]) > 1 or in_rok[row["dprk"]] or form in REFUSED:
            continue
        if len(form) < 2 or len(form) != len(reading) or form == reading or is_word(kiwi, form):
            continue
        changed = sum(a != b for a, b in zip(form, reading, strict=True))
        if row["class"] in {"final-consonant", "vowel"} and changed > 1:
            continue
        plain = form[0] in PLAIN and row["class"] == "dueum-initial"
        if not plain and len(form) == 2 and not used:
            continue
        kept.add(form)
        writer.writerow(
            [
                form,
                reading,
                row["class"],
                "free" if plain else "dprk",
                "nkhandic+" if used >= 3 else "nkhandic",
            ]
        )


def root(word: str) -> str:
    return (
        word[:-2] if word.endswith("하다") else word[:-1] if word.endswith("다") and len(word) > 2 else word
    )


def is_word(kiwi: Kiwi, form: str) -> bool:
    tokens = kiwi.tokenize(form)
    return len(tokens) == 1 and not tokens[0].oov


def beginnings(text: str, forms: list[str]) -> Counter[str]:
    automaton = ahocorasick_rs.AhoCorasick(forms)
    count: Counter[str] = Counter()
    for index, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        if start == 0 or not text[start - 1].isalnum():
            count[forms[index]] += 1
    return count


if __name__ == "__main__":
    main()
