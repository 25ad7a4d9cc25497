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
    outlets: frozenset[str]  # entities of the news outlets that the text names
    words: Reporting


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    """Who spoke last, and the outlets and people named so far: what a short or dropped subject points back to."""

    speaker: tuple[Source, ...] = ()
    outlets: tuple[tuple[Source, str], ...] = ()  # with the country
    person: Source | None = None
    issuer: tuple[str, Source] | None = None  # the state, and the person in whose name it speaks


def is_outlet(source: Source, scene: Scene) -> bool:
    """Whether a source is a news outlet, by its lexicon entry or by its name."""
    return source.entity in scene.outlets or source.name.endswith(scene.words.outlet_endings)


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
    return Source(entity=mention.entity, name=mention.name, start=mention.start, end=mention.end)


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
    """A mention, with the outlets listed before it (`조선중앙통신과 당 기관지 노동신문`); a group as its members."""
    mention = scene.mentions[known]
    own = source_of(mention)
    if own is None:
        return ()
    if mention.members:
        return _members(scene, mention, own)
    out = [own]
    while is_outlet(own, scene):
        k = next((i for i in range(head, floor - 1, -1) if scene.owner[i] != known), floor - 1)
        joined = False
        while k > floor and head - k < _REACH and scene.owner[k] < 0:
            token = scene.tokens[k]
            joined = joined or token.tag in ("JC", "SP") or token.form in ("와", "과")
            if not token.tag.startswith(_NOMINAL) and token.tag not in ("SSC", "SSO", "JC", "SP", "VCP", "ETM") and token.form not in ("와", "과"):
                break
            k -= 1
        known, head = scene.owner[k] if k >= floor else -1, k
        before = source_of(scene.mentions[known]) if known >= 0 and joined else None
        if before is None or not is_outlet(before, scene):
            break
        out.insert(0, before)
    return tuple(out)


def _members(scene: Scene, mention: Mention, own: Source) -> tuple[Source, ...]:
    """`두 장관은`: those whom the text has named; the group itself if it has not named them."""
    names = {m.entity: m.name for m in scene.mentions if m.entity in mention.members}
    if mention.kind is not MentionKind.group or set(names) != set(mention.members):
        return (own,)
    return tuple(Source(entity=e, name=names[e], start=mention.start, end=mention.end) for e in mention.members)


def _pronoun(scene: Scene, token: Token, focus: Focus) -> tuple[Source, ...]:
    if token.form not in scene.words.pronouns:
        return ()
    if token.form in ("이들", "그들"):
        return focus.speaker
    if focus.person is None:
        return ()
    return (msgspec.structs.replace(focus.person, start=token.start, end=token.end),)


def _unnamed(scene: Scene, start: int, head: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """The speaker behind a phrase without a known head: an outlet's short name, an office, a body by its ending."""
    words, tokens = scene.words, scene.tokens
    form, end = tokens[head].form, tokens[head].end
    if form in words.outlet:
        return _outlet(scene, start, head, floor, focus)
    first = _word_start(scene, head, start)
    word, phrase = scene.text[tokens[first].start : end], scene.text[tokens[start].start : end]
    whole = Source(entity=f"anon:{phrase}", name=phrase, start=tokens[start].start, end=end)
    if word in words.office or word in words.anonymous or word in words.offices or word.endswith(words.titles):
        return (_holder(scene, whole, start, first, head, focus),)
    named = tokens[head].tag in ("NNP", "SL")
    if named and len(word) > 3 and word.endswith(words.outlets) and len(form) > 3:
        return (Source(entity=f"name:{form}", name=form, start=tokens[head].start, end=end),)
    if named and form not in _TIME or word.endswith((*words.bodies, "신문", "일보", "통신", "방송", "TV")):
        return (msgspec.structs.replace(whole, entity=f"name:{phrase}"),)
    return ()


def _word_start(scene: Scene, head: int, floor: int) -> int:
    """First token of the head's word: the tokens joined to it without a space."""
    tokens = scene.tokens
    while head > floor and tokens[head - 1].end == tokens[head].start and tokens[head - 1].tag[0] in "NSX" and scene.owner[head - 1] < 0 and tokens[head - 1].tag not in ("SSO", "SSC", "SP"):
        head -= 1
    return head


def _holder(scene: Scene, whole: Source, start: int, first: int, head: int, focus: Focus) -> Source:
    """Who holds the office: a person named beside it, the ministry whose spokesman it is, who spoke last if the
    office stands alone (`이어 대변인은`), else the words themselves."""
    tokens, words = scene.tokens, scene.words
    word = scene.text[tokens[first].start : tokens[head].end]
    name = _name_beside(scene, start, first)
    if name is not None:
        return msgspec.structs.replace(whole, entity=f"name:{name}", name=name)
    inner = next((scene.owner[i] for i in range(first - 1, start - 1, -1) if scene.owner[i] >= 0), -1)
    if inner >= 0 and scene.mentions[inner].kind is MentionKind.body and word in words.office:
        return msgspec.structs.replace(whole, entity=scene.mentions[inner].entity, name=scene.mentions[inner].name)
    if start == first and focus.speaker:
        last = focus.speaker[-1]
        if scene.text[last.start : last.end].endswith(word):
            return msgspec.structs.replace(last, start=whole.start, end=whole.end)
    return whole


def _name_beside(scene: Scene, start: int, first: int) -> str | None:
    """`통일연구원 박영호 선임연구위원`, `홍민 통일연구원 선임연구위원`: the name before the title or the institute."""
    tokens = scene.tokens
    found = None
    i = first - 1
    while i >= start:
        begin = _word_start(scene, i, start)
        word = scene.text[tokens[begin].start : tokens[i].end]
        proper = any(tokens[k].tag == "NNP" and scene.owner[k] < 0 for k in range(begin, i + 1))
        if proper and 2 <= len(word) <= 4 and word[0] in scene.words.surnames:
            found = word
            break
        i = begin - 1
    return found


def _outlet(scene: Scene, start: int, head: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """`통신은`, `이 매체는`, `북측 매체들은`: the outlet last named that fits, else its words. `북한 매체` needs one of
    the North; `현지 언론`, `외신` are themselves."""
    words, tokens = scene.words, scene.tokens
    form, first, last = tokens[head].form, tokens[start].start, tokens[head].end
    listed = next((i for i in range(head - 1, max(floor, head - _REACH) - 1, -1) if scene.owner[i] >= 0 and source_of(scene.mentions[scene.owner[i]]) is not None and is_outlet(_known(scene, i), scene)), -1)
    if listed >= 0 and "등" in scene.text[tokens[listed].end : first + 12][: max(0, last - tokens[listed].end)]:
        return _listed(scene, scene.owner[listed], listed, floor)
    lead = [i for i in range(start, head) if tokens[i].tag not in ("JKG", "XSN")]
    northern = any(tokens[i].form in words.plural_of for i in lead) or any(
        scene.owner[i] >= 0 and scene.mentions[scene.owner[i]].country == "PRK" for i in lead
    )
    if not lead or northern:
        fitting = [s for s, country in focus.outlets if not northern or country == "PRK"]
        kin = [s for s in fitting if s.name.endswith(form)] or ([] if form == "외신" else fitting)
        if kin:
            return (msgspec.structs.replace(kin[-1], start=first, end=last),)
    name = "북한 매체" if northern else scene.text[first:last]
    return (Source(entity=f"anon:{name}", name=name, start=first, end=last),)


def _known(scene: Scene, i: int) -> Source:
    mention = scene.mentions[scene.owner[i]]
    return source_of(mention) or Source(entity=mention.entity, name="", start=mention.start, end=mention.end)
