"""Earlier happenings that are only counted from: `방중은 2019년 1월 이후 6년 만이다`, `지난해 5월과 8월에 이어 세 번째다`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from sacho.annotate.casting import Casting
from sacho.annotate.layers import Layers
from sacho.records import EventMention, Evidence, MentionKind, Status, Timex, TimexKind

_REPEATED = frozenset(["visit", "meet", "call", "launch", "test", "drill", "attack", "convene"])
_SINCE = re.compile(r"(?P<who>[^,.…“”\"]{0,30}?)\s?(?:이후|이래)(?:로는|로)?\s[^.…“”\"]{0,16}?(?:만(?:이|에|의|인|입|\b)|처음|최초)")
_AFTER = re.compile(r"(?P<who>)(?:(?:과|와|,|\s및)\s[^.…“”\"]{0,14}?)?에\s(?:이어|이은)\s?[^.…“”\"]{0,24}?(?:번째|째|만에|다시|또)")
_WEIGHT = 0.9


def find_echoes(sentence: int, made: Sequence[EventMention], layers: Layers, casting: Casting) -> list[EventMention]:
    """The mentions of one sentence with those added that are only counted from; a day that belongs to one of these is
    taken from the happening that is counted."""
    start, end = layers.sentences[sentence].start, layers.sentences[sentence].end
    out = list(made)
    for timex in [t for t in layers.timexes if start <= t.start and t.end <= end]:
        if timex.kind is not TimexKind.date or not timex.value[:4].isdigit():
            continue
        match = _SINCE.match(layers.text, timex.end, end) or _AFTER.match(layers.text, timex.end, end)
        base = _counted(timex, made) if match is not None else -1
        if match is None or base < 0 or timex.value[:10] >= layers.published > "":
            continue
        if any(m.start < match.end("who") and m.end > timex.start for m in made):
            continue  # `2011년 12월 대통령의 방문 이후`: told in so many words
        if out[base].date == timex.value:
            out[base] = msgspec.structs.replace(out[base], date="", evidence=_without_date(out[base]))
        out.append(_echo(made[base], timex, (match.start("who"), match.end("who")), layers, casting))
    return out


def _counted(timex: Timex, made: Sequence[EventMention]) -> int:
    """The happening told nearest before the day, else the first after it."""
    told = [n for n, m in enumerate(made) if m.kind in _REPEATED]
    before = [n for n in told if made[n].end <= timex.start]
    return max(before, key=lambda n: made[n].end) if before else (told[0] if told else -1)


def _echo(base: EventMention, timex: Timex, who: tuple[int, int], layers: Layers, casting: Casting) -> EventMention:
    named = [
        n for n, m in enumerate(layers.mentions)
        if who[0] <= m.start and m.end <= who[1] and m.kind in (MentionKind.person, MentionKind.role, MentionKind.body)
    ]  # fmt: skip
    actor = casting.people(named) if named and not base.symmetric else base.actor
    day = Evidence(document=base.document, field="date", start=timex.start, end=timex.end,
                   quote=layers.document.text[timex.start : timex.end], rule=timex.rule)  # fmt: skip
    return msgspec.structs.replace(
        base, id="m" + blake2b(f"{base.id} {timex.start}".encode(), digest_size=8).hexdigest(), start=timex.start,
        end=timex.end, status=Status.occurred, actor=actor, date=timex.value, time="", place=None, host="", sources=(),
        rule=f"{base.rule.split('/')[0]}/echo", participants=(), instrument="",
        full=bool(actor) and (base.full or bool(base.recipient)), weight=_WEIGHT if actor else base.weight,
        evidence=(*(e for e in _without_date(base) if e.field == "kind"), day),
    )  # fmt: skip


def _without_date(mention: EventMention) -> tuple[Evidence, ...]:
    return tuple(e for e in mention.evidence if e.field != "date")
