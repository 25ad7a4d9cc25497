"""What one side's media told and the other's did not, and how late."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sacho.lexicon import Lexicon
from sacho.records import Attribution, Event, Happening, Record, Report
from sacho.resolve.days import days_of
from sacho.resolve.happenings import Resolved, told_by
from sacho.resolve.wire import canonical_names

_VERB_REST = re.compile(r"[가-힣]*(?:\s[않못없][가-힣]*)?")  # `보도하지` has its denial after it
_NEAR = 7  # days: a side of which no report stands within them of the happening's first report cannot be called silent


class Coverage(Record):
    """What the media of one side told of a happening. `credited`: only through others who quote them (`조선중앙통신이
    보도했다`), no report of their own is at hand. `lag` are days from the happening to the first report, None if either day is
    unknown."""

    side: str
    outlets: tuple[str, ...]
    documents: tuple[str, ...]
    first: str
    lag: int | None
    credited: bool


class Silence(Record):
    """Words that say that somebody did not report (`중앙통신은 이를 보도하지 않았다`), with who says so, and the side of the
    silent ones."""

    silent: tuple[str, ...]
    side: str
    words: str
    document: str
    outlet: str
    published: str
    start: int
    end: int


class Gap(Record):
    """A happening that not all sides told of. `missing` are sides that reported something else at that time and not this;
    `unknown` those of which no report of that time is at hand, so that nothing can be said."""

    happening: str
    date: str
    kind: str
    gloss: str
    gloss_en: str
    told: tuple[Coverage, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    said: tuple[Silence, ...]


class GapDay(Record):
    """A day and how many of its happenings each side told of: (side, told, missing)."""

    date: str
    happenings: int
    sides: tuple[tuple[str, int, int], ...]


def sides(lexicon: Lexicon, extra: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """A function from the name of an outlet or source to its country (ISO alpha-3), empty if unknown. Every form of the
    name is known, `(가상)` is set aside; `extra` adds outlets that the lexicon lacks."""
    canonical = canonical_names(lexicon)
    country = {o.name: o.country for o in lexicon.outlets.values()} | {canonical(n): c for n, c in (extra or {}).items()}

    def side(name: str) -> str:
        return country.get(canonical(name), "")

    return side


def gaps(
    resolved: Resolved, side_of: Callable[[str], str], *, between: Sequence[str] = ("PRK", "KOR"), since: str = "",
    until: str = "", every: bool = False,
) -> tuple[Gap, ...]:  # fmt: skip
    """Happenings that not all of the sides `between` told of, by day; with `every`, all happenings with their coverage and
    lag. Only one of the sides need have told; an explicit "보도하지 않았다" counts as told by nobody and is kept in `said`."""
    told = told_by(resolved)
    active = _active(resolved.reports.values(), side_of, between)
    out = []
    for happening in resolved.happenings:
        day = (happening.date or happening.first_reported)[:10]
        if (since or until) and not (day and since <= day <= (until or "9999")):
            continue
        gap = _gap(happening, [told[e] for e in happening.events], side_of, between, active)
        if every or gap.missing or gap.said:
            out.append(gap)
    return tuple(sorted(out, key=lambda g: (g.date or "9", g.happening)))


def silences(reports: Iterable[Report], side_of: Callable[[str], str]) -> tuple[Silence, ...]:
    """Every place where a report says that somebody did not report."""
    return tuple(_silence(r, a, side_of) for r in sorted(reports, key=lambda r: (r.published or "9", r.document)) for a in r.unreported)


def by_day(found: Iterable[Gap], between: Sequence[str] = ("PRK", "KOR")) -> tuple[GapDay, ...]:
    """Gaps counted by day of the happening; what has no day is under an empty one, last."""
    days: dict[str, list[Gap]] = {}
    for gap in found:
        days.setdefault(gap.date[:10] if gap.date[:1].isdigit() else "", []).append(gap)
    return tuple(
        GapDay(
            date=day, happenings=len(group),
            sides=tuple((s, sum(any(c.side == s for c in g.told) for g in group), sum(s in g.missing for g in group)) for s in between),
        )
        for day, group in sorted(days.items(), key=lambda item: (not item[0], item[0]))
    )  # fmt: skip


def _active(reports: Iterable[Report], side_of: Callable[[str], str], between: Sequence[str]) -> dict[str, list[int]]:
    """Days on which each side is known to have reported something, be it through others."""
    out: dict[str, set[int]] = {side: set() for side in between}
    for report in reports:
        days = days_of(report.published) if report.published else None
        if days is None:
            continue
        for name in (report.outlet, *(s for e in report.events for s in e.sources)):
            side = side_of(name) if name else ""
            if side in out:
                out[side].add(days.first)
    return {side: sorted(found) for side, found in out.items()}


def _gap(
    happening: Happening, told: Sequence[tuple[Event, Report]], side_of: Callable[[str], str], between: Sequence[str],
    active: dict[str, list[int]],
) -> Gap:  # fmt: skip
    covered = tuple(c for side in between if (c := _coverage(side, happening, told, side_of)) is not None)
    absent = [side for side in between if side not in {c.side for c in covered}]
    first = days_of(happening.first_reported or happening.date)
    near = [s for s in absent if first is not None and any(abs(d - first.first) <= _NEAR for d in active[s])]
    said = tuple(
        _silence(report, words, side_of) for report in {r.document: r for _, r in told}.values() for words in report.unreported
        if any(words.start <= p.start < words.end for e, r in told if r is report for p in e.evidence if p.field == "kind")
    )  # fmt: skip
    spoken = {s.side for s in said if s.side in absent}
    return Gap(
        happening=happening.id, date=happening.date, kind=happening.kind, gloss=happening.gloss.ko, gloss_en=happening.gloss.en,
        told=covered, missing=tuple(s for s in absent if covered and (s in near or s in spoken)),
        unknown=tuple(s for s in absent if s not in near and s not in spoken), said=said,
    )  # fmt: skip


def _coverage(
    side: str, happening: Happening, told: Sequence[tuple[Event, Report]], side_of: Callable[[str], str]
) -> Coverage | None:
    own = [(e, r) for e, r in told if side_of(r.outlet) == side]
    through = [(e, r) for e, r in told if any(side_of(s) == side for s in e.sources)]
    chosen = own or through
    if not chosen:
        return None
    names = {r.outlet for _, r in own} or {s for e, _ in through for s in e.sources if side_of(s) == side}
    days = sorted(r.published for _, r in chosen if r.published)
    return Coverage(
        side=side, outlets=tuple(sorted(names)), documents=tuple(dict.fromkeys(r.document for _, r in chosen)),
        first=days[0] if days else "", lag=_lag(happening.date, days[0]) if days else None, credited=not own,
    )  # fmt: skip


def _lag(happened: str, reported: str) -> int | None:
    days = days_of(happened)
    if days is None or days.vague:
        return None
    return date.fromisoformat(reported).toordinal() - days.last


def _silence(report: Report, words: Attribution, side_of: Callable[[str], str]) -> Silence:
    names = tuple(s.name for s in words.sources)
    start = min(words.start, words.cue_start)
    told = max(words.end, words.cue_end)
    rest = _VERB_REST.match(report.text, told)
    end = rest.end() if rest is not None else told
    return Silence(
        silent=names, side=next((s for n in names if (s := side_of(n))), ""), words=report.text[start:end],
        document=report.document, outlet=report.outlet, published=report.published, start=start, end=end,
    )  # fmt: skip
