"""How often the inferred day of publication is right, wrong or left open, on reports without a date.

    .venv/bin/python bench/publication/measure.py [SET.toml ...] [--misses] [--record [--lower]]

README.md beside this file tells what the set looks like and how it was written.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import floors

from sacho.annotate.names import find_names
from sacho.annotate.publication import infer_publication
from sacho.annotate.spelling import load_spellings, spelling_view
from sacho.annotate.timex_rules import load_timex_rules
from sacho.annotate.timexes import find_timexes
from sacho.ingest import document_from_text
from sacho.lexicon import load

HERE = Path(__file__).resolve().parent
OWN = HERE.parent.parent / "tests" / "corpus" / "publication.toml"
MOST_WRONG = 0.03  # of all reports, whatever the baseline says


class Report(NamedTuple):
    text: str
    published: str
    settled: bool


def main() -> None:
    given = floors.arguments(__doc__)
    measured, much = {}, []
    for path in given.sets or [OWN, *floors.sets("publication")]:
        figures = score(read_set(path), misses=floors.may_list(path, given.misses))
        print(floors.line(path.name, figures))
        wrong = figures.pop("wrong")
        measured[path.name] = figures
        if wrong > MOST_WRONG:
            much.append(f"{path.name}: {wrong:.3f} of the reports are answered wrongly, more than {MOST_WRONG}")
    floors.hold("publication", measured, given)
    if much:
        sys.exit("; ".join(much))


def read_set(path: Path) -> list[Report]:
    """A set holds its texts, or names a file of each beside it."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = raw.get("report") or raw["text"]
    texts = [r["text"] if "text" in r else (path.parent / r["file"]).read_text(encoding="utf-8") for r in rows]
    return [Report(t, r["published"], r.get("settled", True)) for t, r in zip(texts, rows, strict=True)]


def score(reports: list[Report], *, misses: bool) -> dict[str, float]:
    """The figures of README.md: an answer where the text settles nothing is wrong, whatever it is."""
    lexicon, rules, spellings = load(), load_timex_rules(), load_spellings()
    answered = right = abstained = 0
    for report in reports:
        text = spelling_view(document_from_text(report.text, origin="bench").text, spellings).aligned
        found = infer_publication(
            text, find_timexes(text, rules), given=None, names=find_names(text, lexicon), lexicon=lexicon
        )
        good = found.value == report.published and report.settled
        answered += bool(found.value)
        right += good
        abstained += not report.settled and not found.value
        if misses and not good and (found.value or report.settled):
            wanted = report.published if report.settled else "open"
            print(f"  {wanted}: {found.value or 'left open'} ({found.reason}): {text.strip()[:60]!r}")
    settled = sum(r.settled for r in reports)
    return {
        "answered": answered / len(reports),
        "right": right / max(answered, 1),
        "settled_right": right / max(settled, 1),
        "abstained": abstained / max(len(reports) - settled, 1),
        "wrong": (answered - right) / len(reports),
    }


if __name__ == "__main__":
    main()
