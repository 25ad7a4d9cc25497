"""Who acts without a name that any list knows: `아시아태평양국장이`, `6·15공동위원회 남측위원회는`, `교단 관계자들은`."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from sacho.annotate.atoms import Scene
from sacho.annotate.name_model import chances
from sacho.annotate.strangers import korean
from sacho.records import Mention, MentionKind, Record, Token

_MARKS = {"JKS": ("이", "가", "께서"), "JX": ("은", "는", "도", "ᆫ"), "JKB": ("에게", "께", "에게서", "으로부터"), "JC": ()}
_NOUNS = ("NNG", "NNP", "XSN", "XPN", "SN", "SL", "SH", "NR", "XR")
_MOST = 8  # tokens
_NAME = 0.3  # chance from which a word may be somebody's name
_SHIP = "호"
_TOWNS, _UNITS = "시현도성", ("city", "province", "county")
_SHORT = ("도", "시")
_BESIDE = ("와", "과")  # behind a town that acts with another
_STATES = frozenset([MentionKind.country, MentionKind.place, MentionKind.body])


class _Words(Record):
    people: frozenset[str]
    bodies: frozenset[str]
    name_ends: tuple[str, ...]
    provinces: frozenset[str]
    stop: frozenset[str]
    reject: tuple[str, ...]


@cache
def load_open_actors() -> _Words:
    """The closed lists. Raises `msgspec.ValidationError` naming the entry that is missing or ill-typed."""
    return msgspec.convert(tomllib.loads((files("sacho.annotate") / "data" / "open_actors.toml").read_text("utf-8")), _Words)


@cache
def _acting() -> frozenset[str]:
    return load_open_actors().people | load_open_actors().bodies


@cache
def open_actor_surfaces() -> re.Pattern[str]:
    """Matches wherever such a phrase may end, told from the letters alone."""
    words = load_open_actors()
    ends = "|".join(sorted(words.people | words.bodies, key=len, reverse=True))
    marks = "|".join(sorted({m for marks in _MARKS.values() for m in (*marks, "에") if m != "ᆫ"}, key=len, reverse=True))
    return re.compile(rf"(?:[가-힣·\s](?:{ends})(?:들)?|[가-힣]{{2}}(?:{_SHIP}|{'|'.join(words.name_ends)}))(?:{marks})(?![가-힣])")


def find_open_actors(scene: Scene, found: Sequence[Mention]) -> list[Mention]:
    """Mentions of the phrases before a particle whose last noun tells somebody who acts, apart from those `found`, in
    text order. A state, place or body that the phrase begins with is not lost: it becomes part of the name."""
    words, tokens = load_open_actors(), scene.tokens
    taken = bytearray(len(scene.text) + 1)
    for mention in found:
        if mention.kind not in _STATES:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    starts = [m.start for m in found]
    out: list[Mention] = []
    for i in [i for i, t in enumerate(tokens) if t.tag in _MARKS]:
        if tokens[i].form not in _MARKS[tokens[i].tag] and not _by(tokens, i):
            town = _town(scene, i, found, starts) or _organ(scene, i, taken) if tokens[i].form in _BESIDE else None
            out += [town] if town is not None else []
            continue
        if i == 0 or tokens[i].start != tokens[i - 1].end:
            continue
        town = _town(scene, i, found, starts) or _town_again(scene, i, out) or _organ(scene, i, taken)
        if town is not None:
            out.append(town)
            continue
        first = _first(scene, i, words)
        if first < i and not any(taken[tokens[first].start : tokens[i - 1].end]):
            made = _made(scene, first, i, words, found, starts)
            out += [made] if made is not None else []
    return out


def _town(scene: Scene, i: int, found: Sequence[Mention], starts: Sequence[int]) -> Mention | None:
    """`나주시는`, `강원도가`, `구라요시시와`: the administration of a town or province, written with its unit."""
    token = scene.tokens[i - 1] if i else None
    if token is None or token.tag != "NNP" or token.form[-1] not in _TOWNS or len(token.form) < 3 or token.end != scene.tokens[i].start:
        return None
    at = bisect_left(starts, token.start)
    known = found[at] if at < len(found) and found[at].start == token.start else None
    if known is not None:
        place = scene.lexicon.places.get(known.entity)
        if place is None or known.end != token.end or place.precision not in _UNITS:
            return None
    elif token.form not in load_open_actors().provinces and (token.form[-1] not in _TOWNS[:2] or sum(chances(token.form)) > _NAME):
        return None
    return Mention(
        start=token.start, end=token.end, kind=MentionKind.group, entity=f"group:{token.form}", name=token.form, head_start=token.start,
        head_end=token.end, country=known.country if known is not None else "", sector="GOV", rule="open",
    )  # fmt: skip


def _organ(scene: Scene, i: int, taken: bytearray) -> Mention | None:
    """`고려대는`, `수원지검은`: a body by a name of one word that ends like one."""
    token = scene.tokens[i - 1] if i else None
    if token is None or token.tag != "NNP" or len(token.form) < 3 or not token.form.endswith(load_open_actors().name_ends):
        return None
    if token.end != scene.tokens[i].start or any(taken[token.start : token.end]):
        return None
    if (token.start and scene.text[token.start - 1] not in " \n") or (korean(scene, token.form) and chances(token.form)[0] > _NAME):
        return None
    return Mention(
        start=token.start, end=token.end, kind=MentionKind.group, entity=f"group:{token.form}", name=token.form, head_start=token.start,
        head_end=token.end, country="", sector="CVL", rule="open",
    )  # fmt: skip


def _town_again(scene: Scene, i: int, told: Sequence[Mention]) -> Mention | None:
    """`도는`, `시는`: the province or town that acted last."""
    token = scene.tokens[i - 1]
    if token.form not in _SHORT or (token.start and scene.text[token.start - 1] not in " \n") or scene.tokens[i].tag == "JKB":
        return None
    if scene.text.startswith("가 지나", token.end):  # `도가 지나치다`
        return None
    towns = [m for m in told if m.rule == "open" and m.name[-1] == token.form and " " not in m.name and len(m.name) > 2]
    if not towns:
        return None
    last = [m for m in towns if scene.text[m.end : m.end + 1] in ("은", "는", "이", "가")] or towns
    return msgspec.structs.replace(last[-1], start=token.start, end=token.end, head_start=token.start, head_end=token.end)


def _by(tokens: Sequence[Token], i: int) -> bool:
    """`입국관리국에 적발됐다`: whoever stands before a passive did it."""
    after = tokens[i + 1 : i + 3]
    passive = len(after) == 2 and after[0].tag == "NNG" and after[1].form in ("되", "당하") and after[1].tag == "XSV"
    return passive and tokens[i].form == "에"


def _first(scene: Scene, stop: int, words: _Words) -> int:
    """Index of the first token of the noun phrase that ends before `stop`."""
    tokens, i = scene.tokens, stop
    while i > 0 and stop - i < _MOST:
        token = tokens[i - 1]
        gap = scene.text[token.end : tokens[i].start] if i < stop else ""
        dotted = token.tag in ("SP", "SW", "SO") and token.form in "·ㆍ." and not gap
        if gap not in ("", " ") or not (token.tag in _NOUNS or dotted) or (gap and token.form in words.stop):
            break
        i -= 1
    while i < stop and tokens[i].tag in ("XSN", "SP", "SW", "SO", "NR"):
        i += 1
    return i


def _is_ship(scene: Scene, inner: Sequence[Token]) -> bool:
    """A proper name and `호`: `씨아펙스호`, `돌진호`; no person (`김영호`), no number (`2호`)."""
    last = inner[-1]
    if last.form != _SHIP:
        return last.tag == "NNP" and len(last.form) > 2 and not korean(scene, last.form)
    solid = len(inner) > 1 and inner[-2].end == last.start and inner[-2].tag in ("NNP", "NNG") and len(inner[-2].form) > 1
    return solid and not korean(scene, scene.text[inner[-2].start : last.end])


def _made(
    scene: Scene, first: int, stop: int, words: _Words, found: Sequence[Mention], starts: Sequence[int]
) -> Mention | None:  # fmt: skip
    tokens = scene.tokens
    start, end = tokens[first].start, tokens[stop - 1].end
    while start and scene.text[start - 1].isalnum():  # `6·15공동위원회`: the analyser cut it up
        start -= 1
    acting = _acting()
    inner = tokens[first:stop]
    tails = [scene.text[t.start : end] for t in inner]
    ship = tails[-1].endswith(_SHIP) and _is_ship(scene, inner)
    if (acting.isdisjoint(tails) and not ship) or any([t.form in words.stop for t in inner]):
        return None
    alone = scene.text[start:end] in acting
    inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
    if alone or (inside and inside[-1].end == end):
        return None  # a title alone tells nobody; a name at the end is the one who acts
    if inside and inside[0].kind is MentionKind.body and inside[0].start == start and not words.bodies.isdisjoint(tails):
        return msgspec.structs.replace(inside[0], end=end)  # `국방위원회 정책국`: the body's own
    state = next((m.country for m in inside if m.country), "")
    name = scene.text[start:end].removesuffix("들")
    own = scene.lexicon.countries.get(inside[0].country) if inside and inside[0].kind is MentionKind.country else None
    if own is not None and inside[0].start == start:  # `미 학자`, `남측 위원회`
        name = f"{own.name if own.id != 'KOR' else ''} {scene.text[inside[0].end : end].strip()}".strip().removesuffix("들")
    return Mention(
        start=start, end=end, kind=MentionKind.group, entity=f"group:{name}", name=name, head_start=start, head_end=end,
        country=state, sector="CVL", rule="open",
    )  # fmt: skip
