"""Signs of a name in the text alone: an honorific behind it, or brackets with an age or the name in hanja or
in Latin letters, or the words that call somebody the head of a delegation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sacho.annotate.name_model import chances

PARTICLE = "(?:씨|이|가|은|는|을|를|의|과|와|도|에게|에게는|에게서|께서|께서는|께|로|으로|이다|다|라는|이라는|로서|으로서|와의|과의)"
EDGE = r"(?=[\s,.·ㆍ)(\"'”’》]|$)"
_WORD = "[가-힣]{2,5}"
_HONOURED = re.compile(
    rf"(?<![가-힣])((?:[가-힣]{{1,6}} ){{0,3}}(?:{_WORD}?|(?<=[가-힣] )[가-힣]))\s?(?:동지|동무|녀사|여사)(?:들|{PARTICLE}){{0,2}}{EDGE}"
)
_BRACKETED = re.compile(
    rf"(?<![가-힣])((?:[가-힣]{{1,6}} ){{0,2}}{_WORD}|[가-힣]모)"
    r"\((?:가명·)?(?:\d{1,2}세?|가명|본명|여|남)(?:[·,]\s?[^()]{1,10})?\)"
)
_OFFICE = r"(?:[가-힣]+\s){0,4}[가-힣]*(?:장|관|사|원|석|리|서|인|위|씨)"
_HANJA = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\([\u4e00-\u9fff]{{2,4}}\)(?![성시주군현구읍])(?=\s?{_OFFICE}(?:{PARTICLE}|\s|,|$))")
_SPELT = re.compile(r"(?<![가-힣])([가-힣]{3})\(([\u4e00-\u9fff]{3})\)(?![성시주군현구읍도](?:[^가-힣]|[에의은을이가로]))")
# Family names in hanja with their reading, and how the reading sounds in the South.
_FAMILIES = (
    "金김李이朴박崔최鄭정姜강趙조尹윤張장林임韓한吳오申신徐서權권黃황安안宋송柳유洪홍盧노文문全전潘반孔공玄현康강白백"
    "許허南남沈심河하郭곽成성車차朱주禹우具구任임羅나辛신閔민陳진嚴엄元원千천方방楊양孫손裵배曺조田전劉유高고梁양秋추"
    "池지馬마宣선薛설蔣장魏위卓탁吉길延연廉염呂여奉봉諸제桂계陸육殷은片편龍용丁정奇기表표明명咸함卞변邊변魯노邢형周주"
    "石석蘇소鮮선于우董동余여太태印인史사杜두甘감"
)
_FAMILY = dict(zip(_FAMILIES[::2], _FAMILIES[1::2], strict=True))
_UNSHIFTED = {"리": "이", "류": "유", "로": "노", "림": "임", "라": "나", "량": "양", "려": "여", "렴": "염", "륙": "육", "룡": "용"}
_LATIN = re.compile(
    r"(?<![가-힣])((?:[가-힣]{1,7} ){1,4}[가-힣]{1,7})\((?=[A-ZÀ-Þ]|[a-z]{1,3} )([^()0-9가-힣\n]{4,40})\)"
    rf"(?=\s?{_OFFICE}(?:{PARTICLE}|\s|,|$))"
)
_HEADS = (
    (re.compile(r"\((?:단장|수석대표|책임자)"),
     re.compile(r"\((?:단장|수석대표|책임자)(?:은|는|:|=)? ?((?:[가-힣]{1,7} ){0,3}[가-힣]{1,7})(?:동지)?\)")),
    (re.compile(r"[을를] (?:단장|수석대표)으?로 (?:하|한)"),
     re.compile(r"(?<![가-힣])((?:[가-힣]{1,7} ){0,3}[가-힣]{1,7}?)(?:동지)?[을를] (?:단장|수석대표)으?로 (?:하는|한|하여)(?![가-힣])")),
)  # fmt: skip
_ORGANS = re.compile(
    r"\b(?:[A-Z]{2}|International|Institut|Cent(?:er|re)|Univers|Committee|Council|Group|Foundation|Fund|Agency|Association|for|of|and|the|The)"
)
# What a text must hold for the patterns above to find anything in it.
_HONORIFIC = re.compile("[동녀여](?:(?<=동)[지무]|(?<=[녀여])사)")
_IN_BRACKETS = re.compile(r"\((?:가명·)?(?:\d{1,2}세?|가명|본명|여|남)(?:[·,]\s?[^()]{1,10})?\)")
_HANJA_IN_BRACKETS = re.compile(r"\([\u4e00-\u9fff]{2,4}\)")
_LATIN_IN_BRACKETS = re.compile(r"\([A-ZÀ-Þ][a-zß-ÿ]")
_RANK = re.compile("(?:[장관상사원석리서임인의한]|대표|특사|손님)$")
_WIDEST = 27  # letters before the honorific in which the words may begin
_LEAST, _BRIDGE, _PART, _SURELY = 0.02, 0.1, 0.25, 0.5
Stretch = tuple[int, int]


def honoured(text: str) -> Iterator[Stretch]:
    """`박광호동지`, `유코 여사`: the words before the honorific that look like a name."""
    done = 0
    for honorific in _HONORIFIC.finditer(text):
        at = honorific.start()
        match = _HONOURED.search(text, max(done, at - _WIDEST)) if at >= done else None
        if match is None or match.start() > at:
            continue
        done = match.end()
        start, end = _name_within(match.start(1), match.group(1))
        if start < end:
            yield start, end


def bracketed(text: str) -> Iterator[Stretch]:
    """`김선희(가명·28) 씨`, `박모(61) 씨`, `류진쑹(劉勁松) 사장`."""
    for match in _SPELT.finditer(text) if _HANJA_IN_BRACKETS.search(text) else ():
        if _FAMILY.get(match.group(2)[0]) == _UNSHIFTED.get(match.group(1)[0], match.group(1)[0]):
            yield match.span(1)
    for hint, pattern in ((_IN_BRACKETS, _BRACKETED), (_HANJA_IN_BRACKETS, _HANJA)):
        for match in pattern.finditer(text) if hint.search(text) else ():
            words = match.group(1)
            start, end = match.span(1) if words.endswith("모") and len(words) == 2 else _name_within(match.start(1), words)
            if start < end:
                yield _with_family(text, start) if pattern is _HANJA else start, end
    for hint, pattern in _HEADS:
        for match in pattern.finditer(text) if hint.search(text) else ():
            start, end = _name_within(match.start(1), match.group(1))
            if start < end:
                yield start, end
    for match in _LATIN.finditer(text) if _LATIN_IN_BRACKETS.search(text) else ():
        size = _words_of_gloss(match.group(2))
        if size:
            words = match.group(1).split(" ")[-size:]
            yield match.end(1) - len(" ".join(words)), match.end(1)


def _with_family(text: str, start: int) -> int:
    """Where the name begins of which the word at `start` is the last: `[에토] 다카미(江藤隆美)`."""
    begin = max(text.rfind(" ", 0, max(start - 1, 0)), text.rfind("\n", 0, start)) + 1
    family = text[begin : start - 1] if text[start - 1 : start] == " " else ""
    return begin if 1 < len(family) < 6 and chances(family)[1] > _SURELY and chances(text[start : start + 4])[0] < _SURELY else start


def _words_of_gloss(latin: str) -> int:
    """Of how many words the name in Latin letters is, counting those that begin with a capital; 0 if it is no person's."""
    words = latin.split(" ")
    fine = _ORGANS.search(latin) is None and 2 <= len(words) <= 5 and words[-1][:1].isupper()
    return sum(w[:1].isupper() for w in words) if fine else 0


def _follows(parts: list[str]) -> bool:
    """Whether a last word of one syllable belongs to the word before: `응웬 뚜언 [퐁]동지`."""
    return len(parts) > 1 and (len(parts[-2]) == 1 or chances(parts[-2])[1] >= _PART)


def _name_within(start: int, words: str) -> Stretch:
    """The end of a run of words that looks like one name; an empty stretch if it does not."""
    end = start + len(words)
    parts = words.split(" ")
    last = parts[-1]
    if len(last) == 4 and last[-1] == "씨" and chances(last[:-1])[0] > _BRIDGE:  # `민영미씨(35)가`
        last, parts[-1], end = last[:-1], last[:-1], end - 1
    korean, foreign = chances(last)
    begin = end - len(last)
    if korean >= foreign and korean > _LEAST and 2 <= len(last) <= 4:
        return begin, end
    if foreign <= 2 * _LEAST or (len(last) == 1 and not _follows(parts)):
        return end, end
    at = begin
    for part in reversed(parts[:-1]):
        strange = len(part) == 1 or chances(part)[1] > _PART
        at -= len(part) + 1
        if strange:
            begin = at  # a word between two of the name is of it: `살바도르 [발데스] 메싸동지`
        elif begin > at + len(part) + 1 or chances(part)[0] > _BRIDGE or _RANK.search(part):
            break
    return begin, end
