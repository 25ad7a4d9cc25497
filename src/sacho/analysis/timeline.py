"""Happenings in order of their day, with what belongs to what; the disputes among them; one of them in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sacho.analysis.people import everybody, is_named
from sacho.records import Contradiction, Event, Happening, LifeLink, Reason, Record, Stage, Version
from sacho.resolve.happenings import Resolved, told_by
from sacho.resolve.quantities import sentence_span

_AROUND = 60  # letters of a sentence on either side of the words


class TimelineRow(Record):
    """A happening in a timeline. `depth` is 1 under the visit it belongs to (`parent`), else 0; `links` are the other links
    that start or end here. `contested` are the fields on which its reports differ."""

    date: str
    id: str
    kind: str
    status: str
    gloss: str
    gloss_en: str
    depth: int
    parent: str
    stages: tuple[Stage, ...]
    reports: int
    outlets: int
    independent: int
    origins: tuple[str, ...]
    contested: tuple[str, ...]
    links: tuple[LifeLink, ...]


class Dispute(Record):
    """A contradiction with the happening it is about. `corrected` are values that a report took back, `sentences` those in which each
    version stands, its words marked 【so】, cut around them if it is long (empty where the report's text is not at hand)."""

    happening: str
    date: str
    kind: str
    gloss: str
    gloss_en: str
    contradiction: Contradiction
    corrected: tuple[str, ...]
    sentences: tuple[str, ...]


class Telling(Record):
    """What one report tells of a happening: its event, its words, whose word it is. `why` are the reasons for which it
    was taken for the same happening as the event `like` of another report (empty: it came first or stands alone)."""

    event: Event
    document: str
    outlet: str
    published: str
    words: str
    start: int
    end: int
    like: str = ""
    score: float = 0.0
    why: tuple[Reason, ...] = ()


class Shown(Record):
    """A happening with everything known about it. `parts` are happenings in its course, `parent` the visit it is part of."""

    happening: Happening
    tellings: tuple[Telling, ...]
    links: tuple[LifeLink, ...]
    parts: tuple[Happening, ...]
    parent: Happening | None


def timeline(
    resolved: Resolved, *, people: Sequence[str] = (), kinds: Sequence[str] = (), since: str = "", until: str = "",
    country: str = "",
) -> tuple[TimelineRow, ...]:  # fmt: skip
    """Rows by day, parts right under their visit. All of `people` (ids or names) must take part; `since` and `until` are
    ISO days, both included: a happening without a day is then placed on the day of its first report."""
    parents = {link.source: link.target for link in resolved.links if link.type == "part"}
    links: dict[str, list[LifeLink]] = {}
    for link in resolved.links:
        if link.type != "part":
            links.setdefault(link.source, []).append(link)
            links.setdefault(link.target, []).append(link)
    chosen = [h for h in resolved.happenings if _fits(h, people, kinds, since, until, country)]
    here = {h.id for h in chosen}
    under: dict[str, list[Happening]] = {}
    for happening in chosen:
        parent = parents.get(happening.id, "")
        under.setdefault(parent if parent in here else "", []).append(happening)
    out = []
    for happening in sorted(under.get("", ()), key=day_of):
        out.append(_row(happening, 0, parents.get(happening.id, ""), links.get(happening.id, [])))
        for part in sorted(under.get(happening.id, ()), key=day_of):
            out.append(_row(part, 1, happening.id, links.get(part.id, [])))
    return tuple(out)


def conflicts(
    resolved: Resolved, *, fields: Sequence[str] = (), people: Sequence[str] = (), since: str = "", until: str = ""
) -> tuple[Dispute, ...]:
    """Every contradiction, by day of its happening."""
    return tuple(
        Dispute(
            happening=h.id, date=h.date, kind=h.kind, gloss=h.gloss.ko, gloss_en=h.gloss.en, contradiction=c,
            corrected=tuple(sorted({value for v in c.versions for value in v.corrects})),
            sentences=tuple(_sentence(v, resolved) for v in c.versions),
        )
        for h in sorted(resolved.happenings, key=day_of) if _fits(h, people, (), since, until, "")
        for c in h.contradictions if not fields or c.field in fields
    )  # fmt: skip


def show(resolved: Resolved, identity: str) -> Shown:
    """A happening by its id, by the id of one of its events, or by an unambiguous beginning of either (six letters or
    more). Raises KeyError if there is none or more than one."""
    found = [h for h in resolved.happenings if identity in (h.id, *h.events)]
    if not found and len(identity) >= 6:
        found = [h for h in resolved.happenings if any(i.startswith(identity) for i in (h.id, *h.events))]
    if len(found) != 1:
        raise KeyError(identity)
    happening = found[0]
    by_id = {h.id: h for h in resolved.happenings}
    links = tuple(link for link in resolved.links if happening.id in (link.source, link.target))
    parent = next((link.target for link in links if link.type == "part" and link.source == happening.id), "")
    parts = [by_id[link.source] for link in links if link.type == "part" and link.target == happening.id]
    return Shown(
        happening=happening, tellings=_tellings(resolved, happening), links=links,
        parts=tuple(sorted(parts, key=day_of)), parent=by_id.get(parent),
    )  # fmt: skip


def day_of(happening: Happening) -> tuple[str, str, str]:
    """By what happenings are ordered: their day, or the day of the first report."""
    day = happening.date or happening.first_reported or "9"
    return day.partition("/")[0], happening.time, happening.id


# ---------------------------------------------------------------- rows


def _fits(
    happening: Happening, people: Sequence[str], kinds: Sequence[str], since: str, until: str, country: str
) -> bool:
    if kinds and happening.kind not in kinds:
        return False
    start, _, end = happening.date.partition("/")
    start = start if start[:1].isdigit() else happening.first_reported
    end = end if end[:1].isdigit() else start
    if (since or until) and not (start and start[:10] <= (until or "9999") and _padded(end) >= since):
        return False
    everyone = [p for _, p in everybody(happening)]
    if country and not any(p.country == country for p in everyone):
        return False
    return all(any(is_named(p, name) for p in everyone) for name in people)


def _sentence(version: Version, resolved: Resolved) -> str:
    report = resolved.reports.get(version.document)
    return marked(report.text, version.start, version.end) if report is not None else ""


def sentences_of(dispute: Dispute, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The sentences of a dispute's versions, from the texts by document id."""
    return tuple([marked(texts.get(v.document, ""), v.start, v.end) for v in dispute.contradiction.versions])


def marked(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of a text, the stretch in 【】, long parts before and behind it cut; "" if it lies outside."""
    if not start < end <= len(text):
        return ""
    first, last = sentence_span(text, start)
    first, last = min(first, start), max(last, end)
    left, right = text[first:start].lstrip(), text[end:last].rstrip()
    left = left if len(left) <= _AROUND else f"…{left[-_AROUND:]}"
    right = right if len(right) <= _AROUND else f"{right[:_AROUND]}…"
    return " ".join(f"{left}【{text[start:end]}】{right}".split())


def _padded(day: str) -> str:
    """A month or a year reaches to its end."""
    return day + "-99" * (day.count("-") < 1) + "-99" * (day.count("-") < 2)


def _row(happening: Happening, depth: int, parent: str, links: Sequence[LifeLink]) -> TimelineRow:
    return TimelineRow(
        date=happening.date, id=happening.id, kind=happening.kind, status=happening.status.value, gloss=happening.gloss.ko,
        gloss_en=happening.gloss.en, depth=depth, parent=parent, stages=happening.stages, reports=happening.reports,
        outlets=happening.outlets, independent=happening.independent, origins=happening.origins,
        contested=tuple(dict.fromkeys(c.field for c in happening.contradictions)), links=tuple(links),
    )  # fmt: skip


def _tellings(resolved: Resolved, happening: Happening) -> tuple[Telling, ...]:
    joins = {j.a: j for j in resolved.joins if j.a in happening.events}
    told = told_by(resolved)
    out = []
    for identity in happening.events:
        event, report = told[identity]
        proof = next((e for e in event.evidence if e.field == "kind"), None)
        join = joins.get(identity)
        out.append(Telling(
            event=event, document=report.document, outlet=report.outlet, published=report.published,
            words=proof.quote if proof else "", start=proof.start if proof else 0, end=proof.end if proof else 0,
            like=join.b if join else "", score=join.score if join else 0.0, why=join.reasons if join else (),
        ))  # fmt: skip
    return tuple(out)


