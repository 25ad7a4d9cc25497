"""Whether two mentions of one family tell of different acts: two papers signed, a dinner and a wreath."""

from __future__ import annotations

from sacho.records import EventMention

_RITES = {
    **dict.fromkeys(("banquet", "meal"), "meal"), **dict.fromkeys(("ceremony-place", "wreath", "tribute-place"), "tribute"),
    **dict.fromkeys(("ceremony-host", "ceremony-host-verb", "welcome", "welcomed", "see-off"), "reception"),
    **dict.fromkeys(("parade", "funeral", "ceremony-attend"), "rite"),
}  # fmt: skip
_WORDS_OF_RITES = {
    "만찬": "dinner", "연회": "dinner", "저녁": "dinner", "오찬": "lunch", "점심": "lunch", "조찬": "breakfast", "환영": "reception",
}  # fmt: skip
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


def _rite(mention: EventMention) -> str:
    """What sort of ceremony the words tell of, as far as they do."""
    words = _word(mention)
    return next((sort for word, sort in _WORDS_OF_RITES.items() if word in words), _RITES.get(mention.rule.partition("/")[0], ""))
