"""How often the spelling view rewrites ROK text (false alarms), and how long it takes.

    .venv/bin/python bench/spelling/measure.py ROK_TEXT [DPRK_TEXT ...]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from sacho.annotate.spelling import load_spellings, spelling_view

ARTICLE = 1500  # characters


def main() -> None:
    table = load_spellings()
    for argument in sys.argv[1:]:
        text = Path(argument).read_text(encoding="utf-8")
        articles = [text[at : at + ARTICLE] for at in range(0, len(text), ARTICLE)]
        started = time.perf_counter()
        views = [spelling_view(article, table) for article in articles]
        spent = time.perf_counter() - started
        seen: Counter[str] = Counter()
        for article, view in zip(articles, views, strict=True):
            seen.update(f"{article[c.start : c.end]}→{view.text[c.view_start : c.view_end]}" for c in view.rewrites)
        rate = seen.total() / len(text) * 100_000
        print(f"{argument}: {len(text):,} characters, {seen.total()} rewrites ({rate:.1f} per 100,000 characters),")
        print(f"  {spent / len(articles) * 1000:.3f} ms an article of {ARTICLE:,} characters")
        print("  " + ", ".join(f"{words} {count}" for words, count in seen.most_common(20)))


if __name__ == "__main__":
    main()
