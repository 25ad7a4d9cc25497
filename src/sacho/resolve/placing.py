"""The place of an event whose own clause names none: one named elsewhere in its sentence, that of the scene, or none.

The places named near the event and those of what was told before it, and `none`, are options of a log-linear model
(`sacho.resolve.choosing`). It sees the particle behind the place, how far it stands from the event and what stands between, what
happened there and on which day, and how the event is told. A place that the clause of the event gives is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from sacho.annotate.settings import is_invited
from sacho.records import EventMention, Mention, MentionKind, Place
from sacho.resolve.choosing import Model, best, load_model
from sacho.resolve.dating import BREAKS, shared, told_with
from sacho.resolve.page import Page, Setting, Telling, remoteness, step, with_value
from sacho.resolve.surroundings import stands_apart
from sacho.resolve.within import Cluster

_BACK, _AHEAD = 2, 1  # sentences
_SCENE = 4
_TOLD = 2  # events told before whose places are looked at
_PARTICLE = re.compile(r"에서|으로|로|에|을|를|의|이|가|은|는|과|와|행|발|측|도|까지")


class Option(msgspec.Struct, frozen=True):
    """A place, none for no place; the features that the model weighs; the nearest words that name it, or the number of the
    event told before that has it."""

    place: Place | None
    features: list[str]
    spot: Spot | None = None
    scene: int = -1


class Spot(msgspec.Struct, frozen=True):
    """A place that the text names."""

    mention: Mention
    sentence: int
    place: Place


def placed(
    groups: Sequence[Cluster], places: Sequence[Place | None], page: Page, made: Callable[[int], Place], model: Model | None = None
) -> list[Cluster]:
    """The groups, with a place for those that have none where one is likely enough. `places` are theirs so far; `made` gives the
    place of a mention by its index; `model` is the one in `data` unless given."""
    out = list(groups)
    spots = spots_of(page, made)
    if not spots and not any(places):
        return out
    model = model or load_model("placing")
    for i, group in enumerate(groups):
        lead = page.tellings[i].lead
        if places[i] is not None or is_invited(lead.kind, lead.start, page.text):
            continue
        options = place_options(page, i, places, spots)
        chosen = best([o.features for o in options], model) if options else -1
        if chosen > 0:
            out[i] = with_value(group, "place", options[chosen].place, _words(options[chosen], page), page)
    return out


def spots_of(page: Page, made: Callable[[int], Place]) -> list[Spot]:
    """The places that the text names, in text order."""
    return [
        Spot(mention=m, sentence=page.sentence_of(m.start), place=made(i))
        for i, m in enumerate(page.annotated.mentions) if m.kind is MentionKind.place
    ]  # fmt: skip


def place_options(page: Page, i: int, places: Sequence[Place | None], spots: Sequence[Spot]) -> list[Option]:
    """No place, and the places that event number `i` may have, each with its features; empty if there are none."""
    telling = page.tellings[i]
    near: dict[str, list[tuple[EventMention, Spot]]] = {}
    for mention in telling.mentions:
        apart = stands_apart(mention, page)
        for spot in spots:
            away = mention.sentence - spot.sentence
            if telling.group == "say" and page.text.startswith("에 ", spot.mention.end):
                continue  # `평양에 촉구했다`: the state
            if away == 0 or (-_AHEAD <= away <= _BACK and not apart):
                near.setdefault(spot.place.id, []).append((mention, spot))
    scenes = {} if stands_apart(telling.lead, page) else _scenes(page, i, places)
    if not near and not scenes:
        return []
    setting = page.setting(telling.lead)
    ids = [found.id if found is not None else "" for found in places]
    out = [Option(place=None, features=_no_place(telling, setting))]
    for key in dict.fromkeys([*near, *scenes]):
        pair = min(near[key], key=_away) if key in near else None
        place = pair[1].place if pair is not None else places[scenes[key][1]]
        if place is None:
            continue
        names = _any_place(place, i, telling, places, page) + told_with(i, ids, place.id, page)
        names += _scene(scenes[key], telling, setting, page) if key in scenes else ["no scene"]
        names += _named(pair, telling, setting, page) if pair is not None else []
        scene = scenes[key][1] if key in scenes else -1
        out.append(Option(place=place, features=names, spot=pair[1] if pair is not None else None, scene=scene))
    return out


def _words(option: Option, page: Page) -> tuple[int, int] | None:
    if option.spot is not None:
        return option.spot.mention.start, option.spot.mention.end
    proofs = [e for m in page.tellings[option.scene].mentions for e in m.evidence if e.field == "place"] if option.scene >= 0 else []
    return (proofs[0].start, proofs[0].end) if proofs else None


def _away(pair: tuple[EventMention, Spot]) -> tuple[float, int]:
    return remoteness(pair[0], pair[1].sentence, pair[1].mention.start)


def _scenes(page: Page, i: int, places: Sequence[Place | None]) -> dict[str, tuple[int, int]]:
    """Places of the events told last before number `i`: how many of them lie between, and the event's number."""
    lead = page.tellings[i].lead
    out: dict[str, tuple[int, int]] = {}
    rank = 0
    for k in reversed(page.order):
        place, other = places[k], page.tellings[k].lead
        if place is None or k == i or other.start >= lead.start:
            continue
        if lead.sentence - other.sentence > _SCENE:
            break
        out.setdefault(place.id, (rank, k))
        rank += 1
        if rank == _TOLD:
            break
    return out


def _no_place(telling: Telling, setting: Setting) -> list[str]:
    lead, group = telling.lead, telling.group
    return [
        "none", f"none {lead.kind}", f"none {group} {telling.reality}", f"none stage {setting.stage}", f"none ends {setting.ending}",
        f"none {setting.once}", f"none {setting.quoted}", f"none full {lead.full}", f"none weight {lead.weight:.1f}",
        f"none {lead.block.value}", f"none {lead.status.value}", f"none {lead.rule.rpartition('/')[2]}",
    ]  # fmt: skip


def _any_place(place: Place, i: int, telling: Telling, places: Sequence[Place | None], page: Page) -> list[str]:
    group = telling.group
    users = [page.tellings[k].day for k, p in enumerate(places) if p is not None and p.id == place.id and k != i]
    out = [
        f"size {place.precision}", f"size {place.precision} {telling.lead.kind}", f"size {place.precision} {group}",
        f"own {place.country in telling.states} {group}", f"used {min(len(users), 3)}",
    ]  # fmt: skip
    if telling.day and telling.day in users:
        out += ["same day", f"same day {group}"]
    elif telling.day and users and all(users):
        out += ["other day", f"other day {group}"]
    return out


def _scene(scene: tuple[int, int], telling: Telling, setting: Setting, page: Page) -> list[str]:
    """The place of what was told last."""
    rank, k = scene
    other = page.tellings[k]
    away = step(telling.lead.sentence - other.lead.sentence, (0, 1, 2, 4, 7))
    return [
        f"scene {away} {shared(telling, other)}", f"scene {other.group} {telling.group}", f"scene {other.lead.kind} {telling.group}",
        f"scene {rank} {away}", f"scene stage {setting.stage}", f"scene ends {setting.ending}", f"scene {setting.quoted}",
        f"scene day {other.day == telling.day} {bool(telling.day)}", f"scene {telling.lead.kind}",
    ]  # fmt: skip


def _named(pair: tuple[EventMention, Spot], telling: Telling, setting: Setting, page: Page) -> list[str]:
    """Where the nearest words stand that name the place."""
    mention, spot = pair
    words, group, kind = spot.mention, telling.group, telling.lead.kind
    away = step(mention.sentence - spot.sentence, (-1, 0, 1, 2))
    found = _PARTICLE.match(page.text, words.end)
    particle = found.group() if found else "blank" if page.text[words.end : words.end + 1] == " " else "-"
    within = page.block(spot.sentence) == page.block(mention.sentence)
    out = [
        f"at {away} {particle}", f"at {away} {particle} {group}", f"at {away} {group}", f"at {away} {telling.lead.block.value}",
        f"paragraph {within}",
    ]  # fmt: skip
    if away != "0":
        return out
    side = "left" if words.start < mention.start else "right"
    first, last = min(words.start, mention.start), max(words.start, mention.start)
    gap = page.text[min(words.end, mention.end) : last]
    breaks, length = min(len(BREAKS.findall(gap)), 3), step(len(gap), (2, 6, 12, 25, 50, 90))
    beside = [m for m in page.told(mention.sentence) if m.id != mention.id]
    between = [m for m in beside if first < m.start < last]
    taken = any([m.place is not None and m.place.id == spot.place.id for m in between])
    shared_place = any([m.place is not None and m.place.id == spot.place.id for m in beside])
    out += [
        f"{side} {particle} breaks {breaks}", f"{side} {length}", f"{side} {length} {particle}", f"{side} {kind}",
        f"{side} {kind} {particle}", f"{side} beside {shared_place}",
        f"{side} {particle} between {min(len(between), 2)}", f"{side} ends {setting.ending}", f"{side} {setting.quoted}",
        f"{side} taken {taken}",
    ]  # fmt: skip
    return out
