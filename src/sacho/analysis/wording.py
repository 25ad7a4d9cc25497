"""Formulas of a relationship over time: where they stand, in whose mouth, first and last seen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sacho.annotate.spelling import SpellingTable, load_spellings, spelling_view
from sacho.records import Event, Record, Report
from sacho.resolve.quantities import sentence_span

_BLANK = r"[\s·]*"
_VERBAL = frozenset({"state", "accuse", "reject", "threaten", "support", "request", "concede"})


class Formula(Record):
    """A phrase that is watched. `forms` are in ROK spelling, blanks as they may be; `about` is relationship, outcome,
    stance or solidarity, empty for a term that somebody asked for."""

    id: str
    name: str
    forms: tuple[str, ...]
    en: str = ""
    about: str = ""
    accept: str = ""
    reject: str = ""


class Use(Record):
    """One place where a report uses a formula. `words` is a slice of the report's text, `sentence` the sentence around
    them. `speaker` is the name of who said them, empty for the report's own words; `chain` the sources
    through which they came, outermost first; `events` the ids of the events that the sentence tells of."""

    formula: str
    words: str
    sentence: str
    document: str
    outlet: str
    published: str
    start: int
    end: int
    speaker: str = ""
    chain: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class Share(Record):
    """How often, and first and last day, under one name (an outlet, a speaker, a spelling)."""

    name: str
    uses: int
    first: str
    last: str


class Wording(Record):
    """A formula over time. `first` and `last` are uses by the day of the report; `reports` counts documents."""

    formula: Formula
    first: Use
    last: Use
    count: int
    reports: int
    outlets: tuple[Share, ...]
    speakers: tuple[Share, ...]
    spellings: tuple[Share, ...]
    uses: tuple[Use, ...]


@cache
def load_formulas() -> tuple[Formula, ...]:
    """The watched formulas (`data/formulas.toml`), in file order."""
    text = (files("sacho.analysis") / "data" / "formulas.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["formula"], tuple[Formula, ...])


def formula_of(term: str, spellings: SpellingTable | None = None) -> Formula:
    """The formula that a term names, by id, name or form in either spelling; otherwise one made of the term alone."""
    bare = _bare(_rok(term, spellings))
    for formula in load_formulas():
        if term == formula.id or bare in {_bare(f) for f in (formula.name, *formula.forms)}:
            return formula
    return Formula(id=term, name=term, forms=tuple(dict.fromkeys((term, _rok(term, spellings)))))


def uses(
    reports: Iterable[Report], formulas: Sequence[Formula] = (), *, since: str = "", until: str = "", speaker: str = ""
) -> tuple[Use, ...]:
    """Every use of the formulas (all watched ones if none is given), by day of report, document and place.

    Blanks do not matter, and DPRK spelling is read as ROK spelling (`련대` is found by `연대`). Of forms that overlap the
    longest counts. `since` and `until` are ISO days of the report, both included; a report without a day is left out
    if either is given. `speaker` is a name as the uses give it.
    """
    chosen = tuple(formulas) or load_formulas()
    pattern, owners = _pattern(chosen)
    table = load_spellings()
    out = []
    for report in reports:
        if (since or until) and not (report.published and since <= report.published <= (until or "9999")):
            continue
        out += [u for u in _in_report(report, pattern, owners, table) if not speaker or u.speaker == speaker]
    return tuple(sorted(out, key=lambda u: (u.published or "9", u.document, u.start)))


def wording(found: Iterable[Use], formulas: Sequence[Formula] = ()) -> tuple[Wording, ...]:
    """Uses grouped by formula, in the order of first use. `formulas` are those that were looked for."""
    known = {f.id: f for f in (*load_formulas(), *formulas)}
    groups: dict[str, list[Use]] = {}
    for use in sorted(found, key=lambda u: (u.published or "9", u.document, u.start)):
        groups.setdefault(use.formula, []).append(use)
    return tuple(
        Wording(
            formula=known.get(name) or Formula(id=name, name=name, forms=(name,)), first=group[0], last=_last(group),
            count=len(group), reports=len({u.document for u in group}),
            outlets=_shares(group, [u.outlet for u in group]), speakers=_shares(group, [u.speaker for u in group]),
            spellings=_shares(group, [u.words for u in group]), uses=tuple(group),
        )
        for name, group in groups.items()
    )  # fmt: skip


def _last(group: Sequence[Use]) -> Use:
    dated = [u for u in group if u.published]
    return dated[-1] if dated else group[-1]


def _shares(group: Sequence[Use], names: Sequence[str]) -> tuple[Share, ...]:
    held: dict[str, list[str]] = {}
    for use, name in zip(group, names, strict=True):
        held.setdefault(name, []).append(use.published)
    shares = []
    for name, days in held.items():
        known = sorted(d for d in days if d)
        shares.append(Share(name=name, uses=len(days), first=known[0] if known else "", last=known[-1] if known else ""))
    return tuple(sorted(shares, key=lambda s: (-s.uses, s.name)))


# ---------------------------------------------------------------- finding


def _rok(term: str, spellings: SpellingTable | None = None) -> str:
    return spelling_view(term, spellings or load_spellings(), dprk=True).text


def _bare(words: str) -> str:
    return re.sub(r"[\s·]", "", words)


def _pattern(formulas: Sequence[Formula]) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all forms, the longest first, and the formula of each form without blanks."""
    owners: dict[str, str] = {}
    for formula in formulas:
        for form in formula.forms:
            owners.setdefault(_bare(form), formula.id)
    forms = sorted(owners, key=lambda f: (-len(f), f))
    return re.compile("|".join(_BLANK.join(map(re.escape, form)) for form in forms)), owners


def _in_report(report: Report, pattern: re.Pattern[str], owners: dict[str, str], table: SpellingTable) -> list[Use]:
    """Looks in the text as it is and in its spelling view of equal length: neither holds all forms of the other."""
    aligned = spelling_view(report.text, table).aligned
    found = {m.span(): owners[_bare(m[0])] for m in pattern.finditer(report.text)}
    if aligned != report.text:
        found.update({m.span(): owners[_bare(m[0])] for m in pattern.finditer(aligned)})
    out: list[Use] = []
    for (start, end), formula in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not out or start >= out[-1].end:
            out.append(_use(report, formula, start, end))
    return out


def _use(report: Report, formula: str, start: int, end: int) -> Use:
    low, high = sentence_span(report.text, start)
    events = [e for e in report.events if any(p.field == "kind" and low <= p.start < high for p in e.evidence)]
    speaker, chain = _voice(report, events, start, end)
    return Use(
        formula=formula, words=report.text[start:end], sentence=report.text[low:high].strip(), document=report.document,
        outlet=report.outlet, published=report.published, start=start, end=end, speaker=speaker, chain=chain,
        events=tuple(e.id for e in events),
    )  # fmt: skip


def _voice(report: Report, events: Sequence[Event], start: int, end: int) -> tuple[str, tuple[str, ...]]:
    """Who says the words: the speaker of the quotation that holds them, the doer of a verbal act told by their sentence,
    or the last source to whom the sentence is attributed."""
    quotes = [q for q in report.quotes if q.start <= start and end <= q.end]
    if quotes:
        inner = min(quotes, key=lambda q: q.end - q.start)
        return inner.speaker, inner.via
    spoken = next((e for e in events if e.kind in _VERBAL and e.actor), None)
    if spoken is not None:
        return spoken.actor[0].name, spoken.sources
    spans = [a for a in report.attributions if a.start <= start and end <= a.end and a.sources]
    if not spans:
        return "", events[0].sources if events else ()
    chain = max(spans, key=lambda a: len(a.sources)).sources
    return chain[-1].name, tuple(s.name for s in chain)
