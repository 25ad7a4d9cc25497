"""Who is named by the noun phrase before a particle, as a source of what is said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.reporting import Reporting
from sacho.records import Mention, MentionKind, Source, Token

_NOMINAL = ("N", "SL", "SH", "SN", "XP", "XS", "XR", "SW")
_TIME = frozenset(["이날", "전날", "당시", "최근", "앞서", "지난달", "지난해", "이후", "이어", "다음날", "당일", "일", "월", "년", "시", "분", "오전", "오후", "뒤", "후", "전", "때", "경", "께", "저녁", "밤", "아침"])
_LEADING = frozenset(["한", "이", "그", "저", "해당", "복수", "익명", "다른", "또", "두", "세", "여러", "일부", "다수", "그리고"])
_CLOSING, _OPENING = "])>〉》'’\"”】", "([<〈《'‘\"“【"
_REACH = 9


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What the readers of voices share: `owner[i]` is the mention that covers token `i`, or -1; `quoted[i]` is 1
    inside speech marks."""

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    owner: Sequence[int]
    quoted: bytearray
    words: Reporting


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    """Who spoke last, and the outlets and people named so far: what a short or dropped subject points back to."""

    speaker: tuple[Source, ...] = ()
    outlets: tuple[tuple[Source, str], ...] = ()  # with the country
    person: Source | None = None


def is_outlet(source: Source, scene: Scene) -> bool:
    """Whether a source is a news outlet, by its lexicon entry or by its name."""
    return source.entity.startswith("outlet:") or source.name.endswith((*scene.words.outlets, *scene.words.outlet))


def sources_at(scene: Scene, particle: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """The sources named by the noun phrase that ends before token `particle`, none before token `floor`; empty if
    the phrase names nobody who can speak. `조선중앙방송과 평양방송은` gives both."""
    head = _head(scene, particle - 1, floor)
    if head < floor:
        return ()
    known = scene.owner[head]
    if known >= 0:
        return _listed(scene, known, head, floor)
    token = scene.tokens[head]
    if token.tag == "NP":
        return _pronoun(scene, token, focus)
    start = _phrase_start(scene, head, floor)
    return _unnamed(scene, start, head, floor, focus)


def source_of(mention: Mention) -> Source | None:
    """A mention as a source; None for a place."""
    if mention.kind is MentionKind.place:
        return None
    entity = f"outlet:{mention.entity}" if mention.rule == "outlet" or mention.sector in ("JRN", "MED") else mention.entity
    return Source(entity=entity, name=mention.name, start=mention.start, end=mention.end)


def _head(scene: Scene, i: int, floor: int) -> int:
    """Index of the phrase's head noun: brackets, `들`, `등`, `측` stepped over."""
    tokens = scene.tokens
    while i >= floor:
        token = tokens[i]
        if token.tag == "SSC" and token.form in ")）":
            opener = i - 1
            while opener > floor and tokens[opener].form not in "(（":
                opener -= 1
            i = opener - 1
        elif (token.form in ("들", "측", "씨", "등") and scene.owner[i] < 0) or (token.tag in ("SSC", "SSO") and token.form in _CLOSING + _OPENING):
            i -= 1
        else:
            return i
    return i


def _phrase_start(scene: Scene, head: int, floor: int) -> int:
    """Leftmost token of the noun phrase."""
    tokens, i = scene.tokens, head
    while i > floor and head - i < _REACH:
        token = tokens[i - 1]
        if scene.owner[i - 1] < 0 and ((token.form in _TIME and tokens[i].start > token.end) or token.tag == "SN"):
            break
        if token.tag.startswith(_NOMINAL) or token.tag == "JKG" or (token.tag == "SP" and token.form == "·") or (token.form in _CLOSING + _OPENING and token.tag in ("SSC", "SSO")):
            i -= 1
        else:
            break
    while i < head and (tokens[i].form in _LEADING or tokens[i].tag in ("JKG", "SSO", "SSC", "SP")):
        i += 1
    return i


def _listed(scene: Scene, known: int, head: int, floor: int) -> tuple[Source, ...]:
    """A mention, with the outlets listed before it."""
    mention = scene.mentions[known]
    own = source_of(mention)
    if own is None:
        return ()
    out = [own]
    i = head
    while is_outlet(own, scene):
        while i >= floor and scene.owner[i] == known:
            i -= 1
        while i >= floor and scene.tokens[i].tag in ("SSC", "SSO"):
            i -= 1
        if i <= floor or scene.tokens[i].tag not in ("JC", "JKB", "SP") or scene.tokens[i].form not in ("와", "과", ",", "·"):
            break
        i = _head(scene, i - 1, floor)
        known = scene.owner[i] if i >= floor else -1
        before = source_of(scene.mentions[known]) if known >= 0 else None
        if before is None or not is_outlet(before, scene):
            break
        out.insert(0, before)
    return tuple(out)


def _pronoun(scene: Scene, token: Token, focus: Focus) -> tuple[Source, ...]:
    if token.form not in scene.words.pronouns:
        return ()
    if token.form in ("이들", "그들"):
        return focus.speaker
    if focus.person is None:
        return ()
    return (msgspec.structs.replace(focus.person, start=token.start, end=token.end),)


def _unnamed(scene: Scene, start: int, head: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    words, tokens = scene.words, scene.tokens
    form = tokens[head].form
    phrase = scene.text[tokens[start].start : tokens[head].end]
    if form in words.outlet:
        return _outlet(scene, start, head, floor, focus)
    inner = next((scene.owner[i] for i in range(head - 1, start - 1, -1) if scene.owner[i] >= 0), -1)
    inner_mention = scene.mentions[inner] if inner >= 0 else None
    if form in words.office or form in words.speakers or form in words.anonymous:
        if inner_mention is not None and inner_mention.kind is MentionKind.body and form in words.office:
            return (Source(entity=inner_mention.entity, name=inner_mention.name, start=tokens[start].start, end=tokens[head].end),)
        name = _name_before(scene, start, head)
        if name is not None and form not in ("정부", "당국"):
            return (name,)
        return (Source(entity=f"anon:{phrase}", name=phrase, start=tokens[start].start, end=tokens[head].end),)
    if tokens[head].tag in ("NNP", "SL") or form.endswith(words.outlets) or (len(form) > 1 and form.endswith(words.bodies) and tokens[head].tag in ("NNG", "NNP")):
        if form.endswith(words.outlets) and not phrase.endswith(words.outlets):
            return ()
        return (Source(entity=f"name:{phrase}", name=phrase, start=tokens[start].start, end=tokens[head].end),)
    return ()


def _name_before(scene: Scene, start: int, head: int) -> Source | None:
    """The person's name before an office that the mentions do not know: `박영호 선임연구위원`."""
    tokens = scene.tokens
    for i in range(head - 1, start - 1, -1):
        if tokens[i].tag == "NNP" and scene.owner[i] < 0 and 2 <= len(tokens[i].form) <= 4:
            name = tokens[i].form
            return Source(entity=f"name:{name}", name=name, start=tokens[i].start, end=tokens[head].end)
        if tokens[i].tag not in ("NNG", "XSN", "XPN"):
            return None
    return None


def _outlet(scene: Scene, start: int, head: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """`통신은`, `이 매체는`, `북측 매체들은`: the outlet last named that fits, else its words. `북한 매체` needs one of
    the North; `현지 언론`, `외신` are themselves."""
    words, tokens = scene.words, scene.tokens
    form = tokens[head].form
    first, last = tokens[start].start, tokens[head].end
    lead = [i for i in range(start, head) if tokens[i].tag not in ("JKG", "XSN")]
    before = tokens[start - 1].form if start > floor else ""
    listed = next((scene.owner[i] for i in range(head - 1, max(floor, start - 4) - 1, -1) if scene.owner[i] >= 0), -1)
    if listed >= 0 and "등" in scene.text[scene.mentions[listed].end : tokens[head].start]:
        return _listed(scene, listed, _last_token(scene, listed, head), floor)
    northern = any(tokens[i].form in words.plural_of for i in lead) or any(
        scene.owner[i] >= 0 and scene.mentions[scene.owner[i]].country == "PRK" for i in lead
    )
    if not lead or (before in words.near and len(lead) == 0) or northern:
        fitting = [s for s, country in focus.outlets if not northern or country == "PRK"]
        kin = [s for s in fitting if s.name.endswith(form)] or ([] if form == "외신" else fitting)
        if kin:
            return (msgspec.structs.replace(kin[-1], start=first, end=last),)
        name = "북한 매체" if northern else scene.text[first:last]
        return (Source(entity=f"anon:{name}", name=name, start=first, end=last),)
    name = scene.text[first:last]
    return (Source(entity=f"anon:{name}", name=name, start=first, end=last),)


def _last_token(scene: Scene, mention: int, head: int) -> int:
    return next(i for i in range(head, -1, -1) if scene.owner[i] == mention)
