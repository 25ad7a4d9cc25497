"""How often the inferred day of publication is right, wrong or left open, on reports without a date.

    .venv/bin/python bench/publication/measure.py [SET.toml] [--misses] [--record [--lower]]

README.md beside this file tells what the set looks like and how it was written.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from sacho.annotate.names import find_names
from sacho.annotate.publication import infer_publication
from sacho.annotate.timex_rules import load_timex_rules
from sacho.annotate.timexes import find_timexes
from sacho.lexicon import load

ROOT = Path(__file__).resolve().parent.parent.parent
BASELINE = ROOT / "bench" / "baseline.json"
MOST_WRONG = 0.03  # of all reports, whatever the baseline says


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", nargs="?", type=Path, default=ROOT / "tests" / "corpus" / "publication.toml")
    parser.add_argument("--misses", action="store_true", help="list what is wrong or left open")
    parser.add_argument("--record", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --record: lower floors too")
    arguments = parser.parse_args()
    figures = score(arguments.set, misses=arguments.misses)
    print(f"{arguments.set.name}: " + "  ".join(f"{name} {value}" for name, value in figures.items()))
    floors = json.loads(BASELINE.read_text(encoding="utf-8"))
    held = floors.setdefault("publication", {}).setdefault(arguments.set.name, {})
    below = []
    for name in ("answered", "right"):
        floor = held.get(name, 0.0)
        if figures[name] < floor and not (arguments.record and arguments.lower):
            below.append(f"{name} {figures[name]} < {floor}")
        elif arguments.record:
            held[name] = figures[name]
    if figures["wrong"] > MOST_WRONG:
        below.append(f"wrong {figures['wrong']} > {MOST_WRONG}")
    if arguments.record:
        BASELINE.write_text(json.dumps(floors, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    if below:
        sys.exit("below the floor of bench/baseline.json: " + "; ".join(below))


def score(path: Path, *, misses: bool) -> dict[str, float]:
    """`answered` is the share of all reports with an answer, `right` the share of right ones among the answers,
    `wrong` the share of wrong ones among all."""
    lexicon, rules = load(), load_timex_rules()
    reports = tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    answered = right = 0
    for report in reports:
        text = report["text"]
        found = infer_publication(
            text, find_timexes(text, rules), given=None, names=find_names(text, lexicon), lexicon=lexicon
        )
        answered += bool(found.value)
        right += found.value == report["published"]
        if misses and found.value != report["published"]:
            print(f"  {report['published']}: {found.value or 'left open'}: {text.strip()[:60]!r}")
    return {
        "reports": len(reports),
        "answered": round(answered / len(reports), 3),
        "right": round(right / max(answered, 1), 3),
        "wrong": round((answered - right) / len(reports), 3),
    }


if __name__ == "__main__":
    main()
