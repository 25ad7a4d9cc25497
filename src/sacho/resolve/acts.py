"""Whether two mentions of one family tell of different acts: two papers signed, a dinner and a wreath."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.records import BlockKind, EventMention

_RITES = {
    **dict.fromkeys(("banquet", "meal"), "meal"), **dict.fromkeys(("ceremony-place", "wreath", "tribute-place"), "tribute"),
    **dict.fromkeys(("ceremony-host", "ceremony-host-verb", "welcome", "welcomed", "see-off"), "reception"),
    **dict.fromkeys(("parade", "funeral", "ceremony-attend"), "rite"),
}  # fmt: skip
_WORDS_OF_RITES = {
    "만찬": "dinner", "연회": "dinner", "저녁": "dinner", "오찬": "lunch", "점심": "lunch", "조찬": "breakfast", "환영": "reception",
}  # fmt: skip
# What is cut off or forced, by the words that tell of it.
_SORTS = {
    "sanction": {
        "expelled": ("추방", "나가라", "떠나라", "떠날 것", "출국", "기피"), "recalled": ("불러들", "본국으로 소환"),
        "closed": ("폐쇄", "공단", "가동", "관광", "사업을"),
        "lines": ("통신", "연락", "교신", "직통전화"), "assets": ("자산", "계좌", "동결"), "trade": ("수입", "수출", "교역", "관세"),
        "travel": ("여행", "비자", "입국", "자제령"), "aid": ("지원", "원조"), "relations": ("단교", "국교", "외교관계"),
    },
    "coerce": {
        "sentenced": ("선고", "형을"), "seized": ("체포", "억류", "구금", "붙잡", "연행", "나포", "생포"), "searched": ("수색", "압수"),
        "robbed": ("해킹", "훔", "탈취", "침입", "빼낸", "빼돌"), "barred": ("막", "봉쇄", "금지", "차단"),
    },
}  # fmt: skip
_TIMES = ("차례", "번 ", "회 ")  # `일곱 차례 미사일을 쐈다`
_PICTURES = ("photograph/light", "photograph/verb")
_VETO, _JOINT, _APART, _ADVISORY = "거부권", "공동", "별도", "advisory/"
_PAPERS = ("조약", "협정", "의정서", "공동선언", "공동성명", "양해각서", "합의서", "계획서", "계약", "협약")


def other_paper(a: EventMention, b: EventMention) -> bool:
    """`조약에 서명했다. 이어 협정이 조인됐다`: papers of two sorts, each told in a sentence of its own."""
    if not a.kind == b.kind == "sign" or a.sentence == b.sentence:
        return False
    one, other = (next((word for word in _PAPERS if m.instrument.endswith(word)), "") for m in (a, b))
    return bool(one and other) and one != other


def another_act(a: EventMention, b: EventMention) -> bool:
    """Acts of one family that are never one: a nuclear test and a missile fired, a performance seen and a picture taken, a wreath
    laid, a guest met at the airport and the dinner, a veto and a refusal."""
    if a.kind == "ceremony":
        one, other = _rite(a), _rite(b)
        meal = "meal" in (one, other) and {one, other} <= {"meal", "dinner", "lunch", "breakfast"}
        return bool(one and other) and one != other and not meal
    if a.kind == b.kind == "state":
        return _other_statement(a, b)
    if a.kind == b.kind == "reject":
        return a.sentence != b.sentence and (_VETO in _word(a)) is not (_VETO in _word(b))
    if a.kind in _SORTS and a.kind == b.kind:
        one, other = _sort(a), _sort(b)
        return bool(one and other) and one != other
    if a.kind == b.kind == "launch":
        return a.date != b.date and _counted(a) is not _counted(b)
    if a.kind != "attend":
        return a.kind != b.kind
    return (a.rule in _PICTURES) is not (b.rule in _PICTURES)


def _other_statement(a: EventMention, b: EventMention) -> bool:
    """A statement of its own beside the first (`별도 담화`), of one beside one of several (`공동성명`), an advisory beside a
    statement."""
    if a.sentence == b.sentence:
        return False
    one, other = _word(a), _word(b)
    if one.startswith(_APART) or other.startswith(_APART) or a.rule.startswith(_ADVISORY) is not b.rule.startswith(_ADVISORY):
        return True
    return (_JOINT in one) is not (_JOINT in other) and (len(a.actor) > 1) is not (len(b.actor) > 1)


def _word(mention: EventMention) -> str:
    return next((e.quote for e in mention.evidence if e.field == "kind"), "")


def _sort(mention: EventMention) -> str:
    """What sort of force or of cut the words tell of, as far as they do."""
    words = " ".join([e.quote for e in mention.evidence if e.field == "kind"]) + f" {mention.instrument}"
    return next((sort for sort, signs in _SORTS[mention.kind].items() if any([sign in words for sign in signs])), "")


def _counted(mention: EventMention) -> bool:
    """Whether several launches are summed up."""
    return any([word in f"{mention.instrument} " for word in _TIMES])


def _rite(mention: EventMention) -> str:
    """What sort of ceremony the words tell of, as far as they do."""
    words = _word(mention)
    return next((sort for word, sort in _WORDS_OF_RITES.items() if word in words), _RITES.get(mention.rule.partition("/")[0], ""))


def headed(group: Sequence[EventMention], mention: EventMention) -> bool:
    """`재무부, 북한 개인·회사 무더기 제재`: a headline sums up what a body of the same state does to so many in the text."""
    if mention.kind != "sanction":
        return False
    one = any([(m.block is BlockKind.headline) is not (mention.block is BlockKind.headline) for m in group])
    states = {p.country for p in mention.actor}
    return one and bool(states) and "" not in states and all([{p.country for p in m.actor} == states for m in group])
