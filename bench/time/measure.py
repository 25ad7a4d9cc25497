"""Span F1 and values of time expressions on set files, beside the `korean-datetime` package.

    .venv/bin/python bench/time/measure.py [SET.toml ...] [--misses] [--record [--lower]]

README.md beside this file tells what a set looks like and how it was coded.
"""

from __future__ import annotations

import calendar
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import floors

FIGURES = ("span_f1", "overlap_f1", "value", "both", "time")


class Span(NamedTuple):
    start: int
    end: int
    value: str
    time: str | None


class Text(NamedTuple):
    published: str
    text: str
    spans: list[Span]


Answer = Callable[[Text], list[Span]]
Equal = Callable[[str, str], bool]


def main() -> None:
    given = floors.arguments(__doc__)
    systems: list[tuple[str, Answer, Equal]] = [("sacho", sacho_answer(), str.__eq__)]
    rival = rival_answer()
    if rival is None:
        print("korean-datetime is not installed (extra `dev`): measured alone")
    else:
        systems.append(("korean-datetime", rival, covers))
    measured = {}
    for path in given.sets or floors.sets("time"):
        texts = read_set(path)
        print(f"{path.name}: {len(texts)} texts, {sum(len(t.spans) for t in texts)} expressions")
        for name, answer, equal in systems:
            figures = score(texts, answer, equal, misses=name == "sacho" and floors.may_list(path, given.misses))
            print("  " + floors.line(f"{name:16}", figures))
            if name == "sacho":
                measured[path.name] = figures
    floors.hold("time", measured, given)


def read_set(path: Path) -> list[Text]:
    """Raises SystemExit naming file, text and words if words are not found in order."""
    out = []
    for n, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["text"], start=1):
        text, at, spans = row["text"].strip(), 0, []
        for expression in row["expressions"]:
            start = text.find(expression["words"], at)
            if start < 0:
                sys.exit(f"{path}, text {n}: {expression['words']!r} does not stand behind character {at}; correct words or order.")
            at = start + len(expression["words"])
            spans.append(Span(start, at, expression["value"], expression.get("time")))
        out.append(Text(row["published"], text, spans))
    return out


def score(texts: Sequence[Text], answer: Answer, equal: Equal, *, misses: bool) -> dict[str, float]:
    exact = overlap = right = timed = time_right = gold = found = 0
    for text in texts:
        given = answer(text)
        gold, found = gold + len(text.spans), found + len(given)
        free = list(given)
        for want in text.spans:
            got = next((g for g in free if (g.start, g.end) == (want.start, want.end)), None)
            exact += got is not None
            got = got or next((g for g in free if g.start < want.end and want.start < g.end), None)
            timed += want.time is not None
            if got is None:
                report(misses, text, want, None)
                continue
            free.remove(got)
            overlap += 1
            right += equal(want.value, got.value)
            time_right += want.time is not None and got.time == want.time
            same = equal(want.value, got.value) and want.time in (None, got.time) and (got.start, got.end) == (want.start, want.end)
            report(misses and not same, text, want, got)
        for extra in free:
            report(misses, text, None, extra)
    return {
        "span_f1": 2 * exact / max(1, gold + found), "overlap_f1": 2 * overlap / max(1, gold + found),
        "value": right / max(1, overlap), "both": right / max(1, gold), "time": time_right / max(1, timed),
    }  # fmt: skip


def report(wanted: bool, text: Text, want: Span | None, got: Span | None) -> None:
    if wanted:
        show = [f"{text.text[s.start : s.end]!r} {s.value} {s.time or ''}" if s else "nothing" for s in (want, got)]
        print(f"    {text.published}: wanted {show[0]}, got {show[1]}")


def sacho_answer() -> Answer:
    from sacho.annotate.spelling import load_spellings, spelling_view
    from sacho.annotate.timex_rules import load_timex_rules
    from sacho.annotate.timexes import find_timexes, resolve_timexes
    from sacho.ingest import document_from_text

    rules, spellings = load_timex_rules(), load_spellings()

    def answer(text: Text) -> list[Span]:
        document = document_from_text(text.text, origin="bench", published=text.published or None)
        if document.text != text.text:
            sys.exit(f"reading changed the text that begins {text.text[:20]!r}: write it in NFC, without folded captions.")
        view = spelling_view(document.text, spellings).aligned
        found = resolve_timexes(view, find_timexes(view, rules), published=text.published, blocks=document.blocks)
        return [Span(t.start, t.end, t.value, t.time) for t in found]

    return answer


def rival_answer() -> Answer | None:
    try:
        from korean_datetime import Cycle, Grain, ParseOptions, parse_all
    except ImportError:
        return None

    options = ParseOptions(cycle=Cycle.NEAREST)

    def answer(text: Text) -> list[Span]:
        now = datetime.fromisoformat(f"{text.published or '2020-01-01'}T09:00:00")
        out = []
        for found in parse_all(text.text, now=now, options=options):
            start, end = found.span
            value = f"{found.start:%Y-%m-%d}/{found.end - timedelta(seconds=1):%Y-%m-%d}"
            out.append(Span(start, end, value, f"{found.start:%H:%M}" if found.grain in (Grain.HOUR, Grain.MINUTE) else ""))
        return out

    return answer


def covers(want: str, got: str) -> bool:
    """Whether an interval of days is what an EDTF value means (see README: judged leniently)."""
    bounds = interval(want)
    if bounds is None or "/" not in got:
        return False
    low, high = (date.fromisoformat(d) for d in got.split("/"))
    return bounds == (low, high) or (bounds[0] <= low and high <= bounds[1])


def interval(value: str) -> tuple[date, date] | None:
    """First and last day of an EDTF value; None for a length and for an empty or unspecified one."""
    value = value.rstrip("~")
    if not value or value.startswith(("P", "X", "{")):
        return None
    if "/" in value:
        first, last = (interval(v) for v in value.split("/"))
        return (first[0], last[1]) if first and last else None
    if "X" in value:
        low, high = int(value.replace("X", "0")), int(value.replace("X", "9"))
        return date(low, 1, 1), date(high, 12, 31)
    year, month, day = (int(p) for p in [*value.split("-"), "0", "0"][:3])
    if day:
        return date(year, month, day), date(year, month, day)
    spans = {0: (1, 12), 21: (3, 5), 22: (6, 8), 23: (9, 11), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
    if month == 24:
        return date(year, 12, 1), date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])
    first_month, last_month = spans.get(month, (month, month))
    return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])


if __name__ == "__main__":
    main()
