"""The day of an event whose own clause tells none: carried over from what the report told before, standing elsewhere in its
sentence, or none.

The days that the report names near the event, and `none`, are options of a log-linear model (`sacho.resolve.choosing`). It sees how
far the day stands from the event and what stands between, who took part in what happened on that day, how old it is, and how the
event is told. A day that the clause of the event gives is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.settings import is_invited, is_under_way
from sacho.records import BlockKind, EventMention
from sacho.resolve.choosing import Model, best, load_model
from sacho.resolve.days import days_of
from sacho.resolve.page import Moment, Page, Setting, Telling, age, grain, remoteness, step, with_value
from sacho.resolve.surroundings import belongs_elsewhere, stands_apart
from sacho.resolve.within import Cluster

_BACK, _AHEAD = 5, 1  # sentences
BREAKS = re.compile(r"[가-힣](?:고|며|는데|지만|으나|면서|해|자),?\s|[한은는던된]\s|다고\s|[,·]")
_MOST = 4


class Option(msgspec.Struct, frozen=True):
    """A day, empty for none; the words that name it, nearest first; the features that the model weighs."""

    value: str
    features: list[str]
    moment: Moment | None = None


class Before(msgspec.Struct, frozen=True):
    """What the report told before an event."""

    dated: Telling | None  # the last with a day
    last: Telling | None  # the last in the body
    ranks: dict[str, str]  # days named before, the nearest "0"
    nearest: str  # age of that


def dated(groups: Sequence[Cluster], page: Page, model: Model | None = None) -> list[Cluster]:
    """The groups, with a day for those that have none where one is likely enough, in text order, so that what is told next may
    have the day given before. `page` tells of them in the same order; `model` is the one in `data` unless given."""
    out = list(groups)
    if not page.moments:
        return out
    model = model or load_model("dating")
    tellings = list(page.tellings)
    page = msgspec.structs.replace(page, tellings=tellings)
    for i in page.order:
        if tellings[i].day or _open(tellings[i].lead, page.text):
            continue
        options = day_options(page, i)
        chosen = best([o.features for o in options], model) if options else -1
        if chosen > 0:
            moment = options[chosen].moment
            words = (moment.start, moment.end) if moment is not None else None
            out[i] = with_value(groups[i], "date", options[chosen].value, words, page)
            tellings[i] = msgspec.structs.replace(tellings[i], day=options[chosen].value)
    return out


def _open(lead: EventMention, text: str) -> bool:
    """Whether no day told nearby is the event's."""
    return is_invited(lead.kind, lead.start, text) or is_under_way(lead.kind, lead.end, text)


def day_options(page: Page, i: int) -> list[Option]:
    """The days that event number `i` may have and none, each with its features. Its own day so far is not looked at."""
    telling = page.tellings[i]
    before = _before(page, i)
    near = _near(telling, before, page)
    if not near:
        return []
    setting = page.setting(telling.lead)
    out = [Option(value="", features=_no_day(telling, setting, before))]
    for value, found in near.items():
        pair = min(found, key=_away) if len(found) > 1 else found[0] if found else None
        names = _any_day(value, telling, setting, before, page)
        names += _told_before(value, telling, setting, before) + _told_that_day(value, i, page)
        names += _named(pair, telling, setting, page) if pair is not None else []
        out.append(Option(value=value, features=names, moment=pair[1] if pair else None))
    return out


def _near(telling: Telling, before: Before, page: Page) -> dict[str, list[tuple[EventMention, Moment]]]:
    """The days that may be the event's, each with where it stands near a mention of the event."""
    near: dict[str, list[tuple[EventMention, Moment]]] = {}
    for mention in telling.mentions:
        apart = stands_apart(mention, page)
        low, high = mention.sentence - _BACK, mention.sentence + _AHEAD
        for moment in page.moments:
            if not low <= moment.sentence <= high:
                continue
            here = moment.sentence == mention.sentence
            if not belongs_elsewhere(moment, mention, page) if here else not apart and _may_share(telling, moment.value, page):
                near.setdefault(moment.value, []).append((mention, moment))
    if near and page.first and _may_share(telling, page.first, page):
        near.setdefault(page.first, [])
    if before.dated is not None and _may_share(telling, before.dated.day, page) and not stands_apart(telling.lead, page):
        near.setdefault(before.dated.day, [])
    if telling.lead.kind == "visit":
        for value in [v for v in near if len(v) == 10]:
            near.setdefault(value[:7], [])
    if telling.reality == "ahead" and page.published:
        return {value: found for value, found in near.items() if not _over(value, page.published)}
    if telling.reality == "real" and page.published:
        return {value: found for value, found in near.items() if not _ahead(value, page.published)}
    return near


def _ahead(value: str, published: int) -> bool:
    days = days_of(value.partition("/")[0])
    return days is not None and days.first > published


def _over(value: str, published: int) -> bool:
    days = days_of(value)
    return days is not None and days.last < published


def _away(pair: tuple[EventMention, Moment]) -> tuple[float, int]:
    return remoteness(pair[0], pair[1].sentence, pair[1].start)


def _may_share(telling: Telling, day: str, page: Page) -> bool:
    """Somebody of another state than all who did anything on that day is not of its scene."""
    present = page.present.get(day)
    return not present or not telling.states or bool(present & telling.states)


def _before(page: Page, i: int) -> Before:
    lead = page.tellings[i].lead
    dated: Telling | None = None
    last: Telling | None = None
    for k in page.order:
        other = page.tellings[k]
        if other.lead.start >= lead.start:
            break
        if other.lead.block is BlockKind.body:
            last = other
        if other.day and k != i:
            dated = other
    ranks: dict[str, str] = {}
    nearest = "x"
    for moment in reversed(page.moments):
        if moment.start < lead.start and moment.role == "event" and moment.grain in ("day", "range") and moment.value not in ranks:
            nearest = moment.age if not ranks else nearest
            ranks[moment.value] = str(len(ranks))
            if len(ranks) == _MOST:
                break
    return Before(dated=dated, last=last, ranks=ranks, nearest=nearest)


def _no_day(telling: Telling, setting: Setting, before: Before) -> list[str]:
    lead, group, real = telling.lead, telling.group, telling.reality
    return [
        "none", f"none {group} {real}", f"none stage {setting.stage}", f"none ends {setting.ending}", f"none {setting.once}",
        f"none {setting.quoted}", f"none weight {lead.weight:.1f}", f"none full {lead.full}", f"none nearest {before.nearest} {real}",
        f"none {lead.kind}", f"none {lead.status.value}", f"none use {lead.rule.rpartition('/')[2]}",
    ]  # fmt: skip


def _any_day(value: str, telling: Telling, setting: Setting, before: Before, page: Page) -> list[str]:
    size, group, rank = grain(value), telling.group, before.ranks.get(value, "x")
    out = [
        size, f"{size} {telling.lead.kind}", f"aged {age(value, page.published)} {telling.reality}", f"rank {rank} {setting.opens}",
        f"rank {rank} {group}",
    ]  # fmt: skip
    if value == page.first:
        out += [f"first {group}", f"first {telling.reality}"]
    if value == page.most:
        out += ["most told", f"most {group}", f"most {telling.reality}"]
    return out


def _told_before(value: str, telling: Telling, setting: Setting, before: Before) -> list[str]:
    """The day of what was told last."""
    out: list[str] = []
    if (other := before.dated) is not None and other.day == value:
        away = step(telling.lead.sentence - other.lead.sentence, (0, 1, 2, 3, 5))
        out += [f"dated {away} {shared(telling, other)} {other is before.last}", f"dated {other.group} {telling.group}"]
    if (other := before.last) is not None and other.day == value:
        out += [f"last stage {setting.stage}", f"last {other.group} {telling.group}"]
    return out


def _told_that_day(value: str, i: int, page: Page) -> list[str]:
    """What else happened on the day."""
    return told_with(i, [other.day for other in page.tellings], value, page)


def told_with(i: int, values: Sequence[str], value: str, page: Page) -> list[str]:
    """Of the events that share a day or a place with number `i` (`values` are theirs, in order of the tellings): who took part in
    them, what was told of them last before it and who of it takes part again, how many other days or places were told since."""
    telling = page.tellings[i]
    here = telling.lead.start
    people = {p.id for m in telling.mentions for p in m.actor}
    present: set[str] = set()
    last, found = -1, ""
    for k, other in enumerate(page.tellings):
        if values[k] == value and k != i:
            found = value
            present.update([p.id for m in other.mentions for p in (*m.actor, *m.recipient)])
            if last < other.lead.start < here:
                last, nearest = other.lead.start, other
    if not found:
        return ["on none"]
    out = [f"on people {bool(people & present)} {bool(people)} {telling.group}"]
    if last >= 0:
        between = {v for v, other in zip(values, page.tellings, strict=True) if v and last < other.lead.start < here} - {value}
        who, away = shared(telling, nearest), step(telling.lead.sentence - nearest.lead.sentence, (0, 1, 2, 3, 5, 8))
        out += [f"on {away} {who}", f"on {who} {nearest.group} {telling.group}", f"on between {min(len(between), 3)} {who}"]
    return out


def shared(telling: Telling, other: Telling) -> str:
    """Whether somebody of the other takes part, or a state of theirs."""
    if not telling.states & other.states:
        return "nobody"
    people = {p.id for m in telling.mentions for side in (m.actor, m.recipient) for p in side}
    return "parties" if any(p.id in people for m in other.mentions for side in (m.actor, m.recipient) for p in side) else "states"


def _named(pair: tuple[EventMention, Moment], telling: Telling, setting: Setting, page: Page) -> list[str]:
    """Where the nearest words stand that name the day."""
    mention, moment = pair
    group, role, away = telling.group, moment.role, step(mention.sentence - moment.sentence, (-1, 0, 1, 2, 3))
    out = [f"at {away} {group}", f"at {away} {role}", f"{role} {group}"]
    if away != "0":
        out.append(f"rule {moment.rule}")
        return out
    side = "left" if moment.start < mention.start else "right"
    first, last = min(moment.start, mention.start), max(moment.start, mention.start)
    gap = page.text[min(moment.end, mention.end) : last]
    breaks, between = len(BREAKS.findall(gap)), sum([first < m.start < last for m in page.told(mention.sentence)])
    out += [
        f"rule {moment.rule} here", f"{side} {step(len(gap), (3, 8, 15, 30, 60, 100))}", f"{side} {moment.after} {min(breaks, 3)}",
        f"{side} {setting.quoted}", f"{side} between {min(between, 2)}",
    ]  # fmt: skip
    return out
