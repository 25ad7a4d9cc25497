"""Who is named by the noun phrase before a particle, as a source of what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from sacho.annotate.name_model import chances
from sacho.annotate.reporting import Reporting, load_reporting
from sacho.records import Mention, MentionKind, Source, Token

_NOMINAL = ("N", "SL", "SH", "SN", "XP", "XS", "XR", "SW")
_CLOSING, _OPENING = "])>〉》'’\"”】", "([<〈《'‘\"“【"
_PLURALS = ("들", "측", "씨", "등")
_LINKS = ("SSC", "SSO", "JC", "SP", "VCP", "ETM")
_ORGANS = ("사", "회", "련", "당", "원", "소", "단", "측", "부", "대", "국", "연대", "연합", "센터")
_FOREIGN = 0.15  # chance from which a word counts as part of a foreign name
_REACH = 9  # tokens that a noun phrase is followed to the left


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What the readers of voices share: `owner[i]` is the mention that covers token `i`, or -1; `quoted[i]` is 1
    inside speech marks; `outlets` and `people` are the entities of the news outlets and persons in the text."""

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    owner: Sequence[int]
    quoted: bytearray
    outlets: frozenset[str]
    people: frozenset[str]
    words: Reporting


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    """What a short or dropped subject points back to: who spoke last, the outlets named so far with their
    country, the person named last, the state and the person in whose name it speaks, everybody who spoke so far, and
    who issued the paper (담화, 성명) last told of."""

    speaker: tuple[Source, ...] = ()
    outlets: tuple[tuple[Source, str], ...] = ()
    person: Source | None = None
    issuer: tuple[str, Source] | None = None
    voices: tuple[Source, ...] = ()
    author: Source | None = None


_SPOKESMEN = ("대변인", "공보관")


def is_outlet(source: Source, scene: Scene) -> bool:
    """Whether a source is a news outlet, by its lexicon entry or by its name."""
    return source.entity in scene.outlets or _ends_like_outlet(source.name)


@lru_cache(maxsize=1 << 12)
def _ends_like_outlet(name: str) -> bool:
    return name.endswith(load_reporting().outlet_endings)


def source_of(mention: Mention, text: str) -> Source | None:
    """A mention as a source; None for a place. A government or its unnamed official keeps the report's words."""
    if mention.kind is MentionKind.place:
        return None
    words = text[mention.start : mention.end]
    entity, name = mention.entity, mention.name
    if mention.kind is MentionKind.country and (mention.office or mention.rule == "government"):
        name = words.removesuffix("대변인").rstrip() if len(mention.office) > len("대변인") else words
    elif mention.kind is MentionKind.body and mention.office in load_reporting().officials:
        name = f"{name} {_official(words, mention.office)}"
        entity = f"anon:{name}"
    elif mention.kind is MentionKind.body and mention.office in _SPOKESMEN:
        entity, name = f"{entity}:대변인", f"{name} {mention.office}"
    elif mention.rule == "group":
        name = name.removesuffix("들")
    return Source(entity=entity, name=name, start=mention.start, end=mention.end)


def _official(words: str, office: str) -> str:
    """`고위 당국자` at the end of `외교부 고위 당국자`: the rank and the office, without the body."""
    found = re.search(rf"(?:(?:{'|'.join(sorted(load_reporting().ranks))})\s?)*{office}(?=들?$)", words)
    return found.group() if found else office


def sources_at(scene: Scene, particle: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """The sources named by the noun phrase that ends before token `particle`, none before token `floor`; empty if
    the phrase names nobody who can speak. `조선중앙방송과 평양방송은` gives both."""
    head = _head(scene, particle - 1, floor)
    if head < floor:
        return ()
    if scene.owner[head] >= 0:
        own = _known(scene, head)
        first = next(i for i in range(head, -1, -1) if i == 0 or scene.owner[i - 1] != scene.owner[head])
        return _pointed_back(scene, first, floor, own, focus) or _listed(scene, head, floor)
    if scene.tokens[head].tag == "NP":
        return _pronoun(scene, scene.tokens[head], focus)
    return _unnamed(scene, _phrase_start(scene, head, floor), head, floor, focus)


def _head(scene: Scene, i: int, floor: int) -> int:
    """Index of the phrase's head noun: brackets, `들`, `등`, `측` stepped over."""
    tokens = scene.tokens
    while i >= floor:
        token = tokens[i]
        if token.tag == "SSC" and token.form in ")）":
            while i > floor and tokens[i].form not in "(（":
                i -= 1
            i -= 1
        elif (token.form in _PLURALS and scene.owner[i] < 0) or _bracket(token):
            i -= 1
        elif scene.owner[i] < 0 and (outlet := _edition(scene, i, floor)) >= 0:
            i = outlet
        else:
            break
    return i


def _edition(scene: Scene, i: int, floor: int) -> int:
    """Token of the outlet whose edition ends at token `i`: `산케이신문 온라인판`; -1 if it is none."""
    if not scene.tokens[i].form.endswith(("판", "사설", "칼럼", "기사")):
        return -1
    first = _word_start(scene, i, floor)
    if first <= floor or scene.owner[first - 1] < 0 or _slice(scene, first, i) not in scene.words.editions:
        return -1
    return first - 1 if is_outlet(_known(scene, first - 1), scene) else -1


def _bracket(token: Token) -> bool:
    return token.tag in ("SSC", "SSO") and token.form in _CLOSING + _OPENING


def _phrase_start(scene: Scene, head: int, floor: int) -> int:
    """Leftmost token of the noun phrase that ends with token `head`."""
    tokens, words, i = scene.tokens, scene.words, head
    while i > floor and head - i < _REACH:
        token = tokens[i - 1]
        time = token.tag == "SN" or (token.form in words.times and (token.tag == "NNB" or tokens[i].start > token.end))
        if token.tag == "SSC" and token.form in ")）":
            break
        if time and scene.owner[i - 1] < 0:
            break
        nominal = token.tag.startswith(_NOMINAL) or token.tag == "JKG" or (token.tag == "SP" and token.form == "·")
        if not nominal and not _bracket(token):
            break
        i -= 1
    while i < head and (tokens[i].form in words.leading or tokens[i].tag in ("JKG", "SSO", "SSC", "SP")):
        i += 1
    return i


def _listed(scene: Scene, head: int, floor: int) -> tuple[Source, ...]:
    """The mention at token `head`, with the outlets listed before it (`조선중앙통신과 당 기관지 노동신문`); a group as
    its members."""
    mention = scene.mentions[scene.owner[head]]
    own = source_of(mention, scene.text)
    if own is None:
        return ()
    if mention.members:
        return _members(scene, mention, own)
    out = [_with_given_names(scene, mention, own, floor)]
    while is_outlet(out[0], scene):
        head = _joined_before(scene, head, floor)
        if head < 0:
            break
        out.insert(0, _known(scene, head))
    return tuple(out)


def _with_given_names(scene: Scene, mention: Mention, own: Source, floor: int) -> Source:
    """`카를로스 로드리게스 의장`, of whom only `로드리게스 의장` is known: another person, under the full name."""
    if mention.rule not in ("surname-office", "office") or not mention.office:
        return own
    first = next((i for i in range(floor, len(scene.tokens)) if scene.tokens[i].start >= mention.start), floor)
    begin = first
    while (word := _given_name(scene, begin, floor)) >= 0:
        begin = word
    if begin == first:
        return own
    last = first if mention.rule == "surname-office" else first - 1
    name = scene.text[scene.tokens[begin].start : scene.tokens[last].end]
    return Source(entity=f"name:{name}", name=name, start=scene.tokens[begin].start, end=mention.end)


def _given_name(scene: Scene, begin: int, floor: int) -> int:
    """First token of the part of a foreign name that ends right before token `begin`, with a part of one letter behind
    it (`요르겐 달`); -1 if there is none."""
    for short in (False, True):
        last = begin - 1
        if short and last - 1 > floor and len(scene.tokens[last].form) == 1 and _apart(scene, last):
            last -= 1
        elif short:
            break
        if last >= floor and scene.owner[last] < 0 and _apart(scene, last + 1):
            word = _word_start(scene, last, floor)
            if _foreign(scene, word, last):
                return word
    return -1


def _apart(scene: Scene, i: int) -> bool:
    """Whether token `i` follows a noun by one blank."""
    return scene.tokens[i - 1].tag.startswith(("N", "SL")) and scene.tokens[i - 1].end == scene.tokens[i].start - 1


def _joined_before(scene: Scene, head: int, floor: int) -> int:
    """Last token of the outlet that `와`, `·` or a comma joins to the one at token `head`; -1 if there is none."""
    known, joined = scene.owner[head], False
    k = head
    while k > floor and scene.owner[k] == known:
        k -= 1
    while k >= floor and head - k < _REACH:
        token = scene.tokens[k]
        if scene.owner[k] >= 0:
            if is_outlet(_known(scene, k), scene):
                return k if joined and scene.owner[k] != known else -1
        elif token.tag in ("JC", "SP") or token.form in ("와", "과"):
            joined = True
        elif not token.tag.startswith(_NOMINAL) and token.tag not in _LINKS:
            return -1
        k -= 1
    return -1


def _known(scene: Scene, i: int) -> Source:
    mention = scene.mentions[scene.owner[i]]
    name = mention.name.removesuffix("들") if mention.rule == "group" else mention.name
    return Source(entity=mention.entity, name=name, start=mention.start, end=mention.end)


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
    words, token = scene.words, scene.tokens[head]
    if token.form in words.outlet_nouns:
        return _outlet(scene, start, head, floor, focus)
    first = _word_start(scene, head, start)
    if token.form in words.papers and scene.tokens[min(head + 1, len(scene.tokens) - 1)].form in ("은", "는"):
        return _paper(scene, start, first, head, focus)
    word, phrase = _slice(scene, first, head), _slice(scene, start, head)
    whole = Source(entity=f"anon:{phrase}", name=phrase, start=scene.tokens[start].start, end=token.end)
    back = _pointed_back(scene, start, floor, whole, focus) if start == first else ()
    if back:
        return back
    if word in words.spokesmen or word in words.anonymous or word in words.offices or word.endswith(words.titles):
        return (_holder(scene, whole, start, first, head, focus),)
    named = token.tag in ("NNP", "SL")
    if named and len(token.form) > 3 and word.endswith(words.outlet_names):
        return (Source(entity=f"name:{token.form}", name=token.form, start=token.start, end=token.end),)
    if (named and token.form not in words.times) or word.endswith((*words.bodies, *words.outlet_compounds)):
        return (msgspec.structs.replace(whole, entity=f"name:{phrase}"),)
    return ()


def _pointed_back(scene: Scene, start: int, floor: int, own: Source, focus: Focus) -> tuple[Source, ...]:
    """`이 외교관은`: the one cited last, with the outlet that cited him."""
    pointed = start > floor and scene.tokens[start - 1].form in ("이", "그", "해당", "같은")
    last = focus.speaker[-1] if focus.speaker else None
    word = scene.text[own.start : own.end]
    if not pointed or last is None or not (own.name.endswith(word) and last.name.endswith(word)):
        return ()
    return (*focus.speaker[:-1], msgspec.structs.replace(last, start=own.start, end=own.end))


def _slice(scene: Scene, first: int, last: int) -> str:
    return scene.text[scene.tokens[first].start : scene.tokens[last].end]


def _word_start(scene: Scene, head: int, floor: int) -> int:
    """First token of the head's word: the tokens joined to it without a space."""
    tokens = scene.tokens
    while head > floor:
        left = tokens[head - 1]
        if left.end != tokens[head].start or not left.tag.startswith(_NOMINAL) or scene.owner[head - 1] >= 0:
            break
        head -= 1
    return head


def _holder(scene: Scene, whole: Source, start: int, first: int, head: int, focus: Focus) -> Source:
    """Who holds the office: a person named beside it, the ministry whose spokesman it is, who spoke last if the
    office stands alone (`이어 대변인은`), else the words themselves."""
    word = _slice(scene, first, head)
    name = _name_beside(scene, start, first)
    if name:
        return msgspec.structs.replace(whole, entity=f"name:{name}", name=name)
    inner = next((scene.owner[i] for i in range(first - 1, start - 1, -1) if scene.owner[i] >= 0), -1)
    ahead = scene.owner[start] if start < first else -1
    if ahead >= 0 and scene.mentions[ahead].kind is MentionKind.person:  # `발레리 이바노프 하산 군수`
        return _known(scene, start)
    if inner >= 0 and scene.mentions[inner].kind is MentionKind.body and word in scene.words.spokesmen:
        body = scene.mentions[inner]
        if word in scene.words.officials:
            name = f"{body.name} {_official(scene.text[body.start : whole.end], word)}"
            return msgspec.structs.replace(whole, entity=f"anon:{name}", name=name)
        return msgspec.structs.replace(whole, entity=body.entity, name=body.name)
    if start == first and scene.tokens[max(0, start - 1)].form not in ("다른", "또"):
        back = [s for s in (*focus.voices, *focus.speaker[-1:]) if scene.text[s.start : s.end].endswith(word)]
        if back:
            return msgspec.structs.replace(back[-1], start=whole.start, end=whole.end)
    return whole


def _paper(scene: Scene, start: int, first: int, head: int, focus: Focus) -> tuple[Source, ...]:
    """`담화는`: who issued it, if the text has told; a paper of several (`공동성명은`) speaks for itself."""
    word, form = _slice(scene, first, head), scene.tokens[head].form
    whole = Source(entity=f"anon:{word}", name=word, start=scene.tokens[first].start, end=scene.tokens[head].end)
    if word == form and start == first and focus.author is not None:
        through = focus.speaker[:-1] if focus.speaker and focus.speaker[-1].name == focus.author.name else ()
        return (*through, msgspec.structs.replace(focus.author, start=whole.start, end=whole.end))
    if word == form and start == first and word not in scene.words.lone_papers and focus.speaker:
        return focus.speaker
    if word == form and start < first and word not in scene.words.lone_papers and scene.owner[first - 1] >= 0:
        own = source_of(scene.mentions[scene.owner[first - 1]], scene.text)
        if own is not None and is_outlet(own, scene):  # `조선중앙통신 논평은`
            return (own,)
    return (whole,)


def _name_beside(scene: Scene, start: int, first: int) -> str:
    """`통일연구원 박영호 선임연구위원`, `홍민 통일연구원 선임연구위원`: the name before the title or the institute; of a
    foreigner all its words (`왈리드 하산 수리아외무성 부상`)."""
    i, foreign = first - 1, ""
    while i >= start:
        begin = _word_start(scene, i, start)
        word = _slice(scene, begin, i)
        proper = any(scene.tokens[k].tag == "NNP" and scene.owner[k] < 0 for k in range(begin, i + 1))
        if proper and not foreign and 2 <= len(word) <= 4 and word[0] in scene.words.surnames:
            return word
        if _foreign(scene, begin, i):
            foreign = f"{word} {foreign}".rstrip()
        elif foreign:
            break
        i = begin - 1
    return foreign if len(foreign) > 2 else ""


def _foreign(scene: Scene, first: int, last: int) -> bool:
    """Whether the word of these tokens, which no mention owns, looks like part of a foreign name."""
    free = all(scene.owner[k] < 0 and scene.tokens[k].tag in ("NNP", "NNG", "SL") for k in range(first, last + 1))
    word = _slice(scene, first, last)
    return free and len(word) > 2 and chances(word)[1] > _FOREIGN and not word.endswith(_ORGANS)


def _outlet(scene: Scene, start: int, head: int, floor: int, focus: Focus) -> tuple[Source, ...]:
    """`통신은`, `이 매체는`, `북측 매체들은`: the outlet last named that fits, else its words. `북한 매체` needs one of
    the North; `현지 언론`, `외신` are themselves; `노동신문 등 매체들은` is the one listed."""
    words, tokens = scene.words, scene.tokens
    form, first, last = tokens[head].form, tokens[start].start, tokens[head].end
    for i in range(head - 1, max(floor, head - _REACH) - 1, -1):
        if scene.owner[i] >= 0 and is_outlet(_known(scene, i), scene):
            between = scene.text[tokens[i].end : tokens[head].start]
            if "등" in between.split() or not between.strip(" ’'”\"》>〉"):
                return _listed(scene, i, floor)
            break
    if any(tokens[i].form in ("저희", "본", "우리") and i == start for i in range(start, head)) or form in ("본지", "본보"):
        return ()  # the outlet itself
    lead = [i for i in range(start, head) if tokens[i].tag not in ("JKG", "XSN")]
    northern = any(tokens[i].form in words.northern or _country(scene, i) == "PRK" for i in lead)
    word = _slice(scene, _word_start(scene, head, start), head)
    if northern and word != form and word.endswith(words.outlet_compounds):
        return (Source(entity=f"name:{word}", name=word, start=first, end=last),)
    if not lead or northern:
        fitting = [s for s, country in focus.outlets if not northern or country == "PRK"]
        kin = [s for s in fitting if s.name.endswith(form)] or ([] if form == "외신" else fitting)
        if kin:
            return (msgspec.structs.replace(kin[-1], start=first, end=last),)
    name = "북한 매체" if northern else scene.text[first:last]
    return (Source(entity=f"anon:{name}", name=name, start=first, end=last),)


def _country(scene: Scene, i: int) -> str:
    return scene.mentions[scene.owner[i]].country if scene.owner[i] >= 0 else ""
