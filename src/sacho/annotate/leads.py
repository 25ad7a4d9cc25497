"""Who leads a delegation: `상무위원을 단장으로 하는 대표단`, `대표단(단장 부상)`, `국회의장이 이끄는 대표단`. Wherever the delegation is
named after that, its head acts with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sacho.records import Mention, MentionKind

_REACH = 60  # characters between the two names
_BEFORE = re.compile(
    r"(?:동지|녀사|여사|선생|씨|의장|위원장)?(?:"
    r"[을를] ?(?:단장|대표|수석대표|책임자|대장)으?로 ?(?:하는|한|하고|하여)"
    r"|[이가] (?:이끄는|이끈|이끌고 (?:온|있는)|인솔하는|인솔한|인솔하고 온)"
    r"|[을를] 비롯한"
    r") [^,.·\n]{0,40}"
)
_AFTER = re.compile(
    r"(?: \d+여?명)? ?\((?:(?:단장|수석대표|대표|대장)(?:은|[:=])? ?[^).,]{0,30})?"
    r"|[을를] (?:이끌고 온|이끄는|이끈|인솔하고 온|인솔한) [^,.\n]{0,50}"
)
_PARTIES, _ENVOY, _SENT = ("특사일행", "특사 일행"), re.compile(r"특사(?:로|이며|이자|인|로서) "), 60  # letters
_SENDS = ("의 특사", " 특사", "특사")
_HEADS = ("단장", "수석대표", "책임자")
_WED = re.compile(r"(?:동지|여사|녀사)?(?:[과와의은는]|께서는)? ?(?:그의 )?(?:부인|영부인|아내|남편|배우자)(?:인)? ")
_COUPLE = re.compile(r" ?(?:내외|부부)(?![가-힣]*장)")
_GROUP = ("delegation", "pronoun")


def is_led(gap: str) -> bool:
    """Whether the words between a person and a delegation say that he leads it: `위원장[이 이끄는 ]대표단`."""
    return len(gap) <= _REACH and _BEFORE.fullmatch(gap) is not None


def find_leads(text: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """The mention of the head, by the entity of the delegation; the first that the text tells counts."""
    out: dict[str, int] = {}
    for i, group in enumerate(mentions):
        if group.kind is not MentionKind.group or group.rule not in _GROUP or group.entity in out:
            continue
        head = _before(text, mentions, i)
        head = _after(text, mentions, i) if head < 0 else head
        head = _envoy(text, mentions, i) if head < 0 and text.endswith(_PARTIES, group.start, group.end) else head
        if head >= 0:
            out[group.entity] = head
    return out


def _before(text: str, mentions: Sequence[Mention], i: int) -> int:
    for k in range(i - 1, -1, -1):
        gap = text[mentions[k].end : mentions[i].start]
        if len(gap) > _REACH:
            break
        if mentions[k].kind is MentionKind.person:
            return k if _BEFORE.fullmatch(gap) else -1
    return -1


def _envoy(text: str, mentions: Sequence[Mention], i: int) -> int:
    """`특사일행은`: the one whom the text before calls the envoy."""
    people = [k for k in range(i - 1, -1, -1) if mentions[k].kind is MentionKind.person and mentions[k].country == mentions[i].country]
    sent = (k for k in people if not text.startswith(_SENDS, mentions[k].end))
    return next((k for k in sent if _ENVOY.search(text, max(0, mentions[k].start - _SENT), mentions[k].end)), -1)


def _after(text: str, mentions: Sequence[Mention], i: int) -> int:
    for k in range(i + 1, len(mentions)):
        gap = text[mentions[i].end : mentions[k].start]
        if len(gap) > _REACH:
            break
        if mentions[k].kind is MentionKind.person:
            told = gap.strip() != "(" or text.startswith(_HEADS, mentions[k].start)
            return k if told and _AFTER.fullmatch(gap) else -1
    return -1


def find_spouses(text: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """The mention of the wife or husband whom the text names, by the entity of the other (`위원장과 부인 리 여사`)."""
    people = [i for i, m in enumerate(mentions) if m.kind is MentionKind.person]
    out: dict[str, int] = {}
    for a, b in pairwise(people):
        wed = _WED.match(text, mentions[a].end) if mentions[a].entity != mentions[b].entity else None
        if wed is not None and mentions[b].start <= wed.end() < mentions[b].end:
            out.setdefault(mentions[a].entity, b)
            out.setdefault(mentions[b].entity, a)
    return out


def is_couple(text: str, mention: Mention) -> bool:
    """Whether the words say both of them: `대통령 부부는`."""
    return text.endswith(("부부", "내외"), mention.start, mention.end) or _COUPLE.match(text, mention.end) is not None
