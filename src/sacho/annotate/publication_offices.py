"""Clues to the time of publication from the offices that a text gives to those it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from sacho.annotate.names import NameMatch
from sacho.annotate.publication_clue import Clue, load_clue_rules
from sacho.lexicon import Lexicon
from sacho.lexicon.schema import Tenure
from sacho.records import Span

_STOP = re.compile(r"[.\n]")


def office_clues(text: str, names: Sequence[NameMatch], lexicon: Lexicon) -> Iterator[Clue]:
    """A person called by an office is in it: `최선희 외무상` is written from June 2022 on."""
    rules = load_clue_rules()
    former = rules.former
    seen: dict[tuple[str, str], Clue] = {}
    for name in names:
        if name.targets[0][0] != "people":
            continue
        person = name.targets[0][1]
        held = lexicon.tenures.get(person, ())
        if not held:
            continue
        lead, rest = text[max(0, name.start - 14) : name.start], text[name.end : name.end + 24]
        elect = rules.elect.match(rest)
        if elect is not None:
            times = tuple(_before(t, rules.elect_days) for t in held if t.title == "대통령" and len(t.since) == 10)
            title, end = elect.group().strip(), elect.end()
        else:
            title, end = _title(lead, rest)
            if not title or (person, title) in seen or former["behind"].match(rest[end:]):
                continue
            if former["between"].match(rest) or former["before"].search(lead) or former["sentence"].search(_sentence(text, name)):
                continue
            times = tuple((_from(t.since), _to(t.until)) for t in held if _is_titled(t, title))
        if times:
            evidence = (Span(start=name.start, end=name.end + end),)
            clue = Clue(
                reason=f"{name.form} {title}", evidence=evidence, spans_of_time=times, weak=_WEAK.search(title) is not None
            )  # fmt: skip
            seen.setdefault((person, title), clue)
    yield from seen.values()


def _sentence(text: str, name: NameMatch) -> str:
    first = max(text.rfind(".", 0, name.start), text.rfind("\n", 0, name.start)) + 1
    stop = _STOP.search(text, first, name.end + 160)
    return text[first : stop.start() if stop else name.end + 160]


def _is_titled(held: Tenure, title: str) -> bool:
    """Whether an office may be called so: `외교장관` for `외교부 장관`, not `극동개발장관` for another minister, and not
    `부상` for a first vice minister, who was a vice minister before."""
    last = held.title.rsplit(" ", 1)[-1]
    if _WEAK.search(title):
        return last == title or held.title.replace(" ", "") == title
    kind = _KIND.search(title)
    if kind is None or not held.title.endswith(kind.group()):
        return held.title.endswith(title)
    return title[: kind.start()] in (held.body + held.title).replace(" ", "")


def _before(tenure: Tenure, days: dict[str, int]) -> tuple[str, str]:
    """The days of a president-elect."""
    first = date.fromisoformat(tenure.since).toordinal() - days.get(tenure.country, days[""])
    return date.fromordinal(first).isoformat(), tenure.since


_TITLES = (
    "대통령|총리|장관|차관|부상|무상|방상|업상|위원장|주석|총서기|부장|국장|의장|수상|보좌관|실장|총장|대사|사령관|대표|총비서|비서|"
    "상임위원|특사|본부장"
)
_WEAK = re.compile(r"(?:비서|부상|부장|차관|국장|대표|실장|특사|사령관|대사|본부장)$")  # held for many offices, not all in the lexicon
_KIND = re.compile(r"(?:대통령|총리|장관|주석|총서기|의장|수상|보좌관|총장)$")
_TITLE = re.compile(
    rf"\s?(?:\([^)]{{1,14}}\))?\s?(?:[가-힣]{{1,9}}\s){{0,3}}?(?P<title>[가-힣0-9]*(?:{_TITLES}))(?![가-힣]?(?:실|급|단|회의|직|부인))"
)


def _title(lead: str, rest: str) -> tuple[str, int]:
    """The title behind a name and where it ends, or the one right before it."""
    match = _TITLE.match(rest)
    if match is not None and "," not in match.group() and not re.search(r"[은는이가을를와과의]\s", rest[: match.start("title")]):
        return match["title"], match.end()
    before = re.search(r"(?<![가-힣])([가-힣]{0,6}(?:대통령|총리|장관|외무상|위원장|주석|외교부장|총비서))\s?$", lead)
    return (before[1], 0) if before else ("", 0)


def _from(value: str) -> str:
    value = value.rstrip("~?%")
    return value + "0000-01-01"[len(value) :] if value else "1900-01-01"


def _to(value: str) -> str:
    value = value.rstrip("~?%")
    return value + "9999-12-31"[len(value) :] if value else "9999-12-31"
