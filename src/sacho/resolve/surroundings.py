"""Where an event cannot have the day of what stands around it."""

from __future__ import annotations

import re

from sacho.annotate.scenes import LOOKING_BACK, PERIOD
from sacho.records import EventMention
from sacho.resolve.page import Moment, Page

# The sentence turns to something else, or looks back.
_TURN = re.compile(r"\s*(?:[▲△▷▶◇◆■□●○◎-]\s*)?(?:한편|[이그]런 가운데|이와 (?:별도|관련)|반면|당초|그동안|그간)")
_CONTENT = re.compile(r"\S{0,3}[한은던된]\s(?:사실|혐의)")
_SUBJECT = re.compile(r"[가-힣](?:이|가)\s(?:지난\s)?$")
_TOPIC = re.compile(r"[은는]\s$")
_LED = re.compile(r"[가-힣](?:이|가)\s$")
_RECALLED = re.compile(
    r"\s(?:때|당시)\s\S+(?:\s\S+){0,2}?\s(?:바와\s같이|바\s있|대로|일을|적이)|때의\s|\s바와\s같이\s|\s일을\s(?:돌이|떠올|회상|상기)"
)
_VERB = re.compile(r"[은는던한된]\s|[가-힣](?:고|며|해)\s")
_WORD_END = re.compile(r"\S{0,4}(?=\s)")
_BEFORE_NOUN = (4, 8)  # final ㄴ, ㄹ, by their place among the final consonants of a syllable
_INNER = re.compile(r"(?:\s[^\s,.]+){0,2}\s[^\s,.]*[가-힣](?:이|가)\s")
_HOUR = re.compile(r"시|오전|오후|새벽|아침|낮|저녁|밤")
_SAID = re.compile(r"[^.\n“”\"]*?(?:[다라]고)\s(?:\S+\s)?(?:밝혔|말했|전했|보고했|발표했|설명했|보도했|주장했|알렸|추정했|파악했|확인했)")
_HELD = re.compile(r"[한은던된]\s(?:것|데|사실)(?:을|를|에|으로|과)")
_CONTRAST = re.compile(r"(?:고|으나|지만|는데),\s?[^,.]{1,24}?[은는]\s")


def stands_apart(mention: EventMention, page: Page) -> bool:
    """Whether its sentence turns away from the scene (`한편 …`, `…한 바 있다`)."""
    sentence = page.annotated.sentences[mention.sentence]
    if PERIOD.search(page.text, sentence.start, mention.start):
        return True
    return _TURN.match(page.text, sentence.start) is not None or LOOKING_BACK.search(page.text, mention.end, sentence.end) is not None


def belongs_elsewhere(moment: Moment, mention: EventMention, page: Page) -> bool:
    """Whether a day of the same sentence is another happening's: of a clause with a subject of its own (`북한이 지난 11일 발사한
    것을 규탄했다`), of the saying of it (`외무부는 12일 국경수비대가 …했다고 밝혔다`), of one set against it (`북한은 2일 국경을 열었고,
    미국은 …`), or outside of what a noun holds (`12일 만나 초청한 사실을 인정했다`)."""
    if moment.start >= mention.start:
        return False
    gap = page.text[moment.end : mention.start]
    if _describes(mention, page.text) and _is_of_sentence(moment, gap, page.text):
        return True
    if moment.grain in ("month", "year") and _RECALLED.search(gap):
        return True
    if _CONTRAST.search(gap) or _CONTENT.match(page.text, mention.end):
        return True
    if _TOPIC.search(page.text, max(0, moment.start - 3), moment.start) and _is_said(moment, gap, mention, page.text):
        return True
    return _SUBJECT.search(page.text, max(0, moment.start - 8), moment.start) is not None and _HELD.search(gap) is not None


def _describes(mention: EventMention, text: str) -> bool:
    """Whether its word stands before a noun: `북한이 풀어준 선교사`, `발사한 미사일`."""
    end = _WORD_END.match(text, mention.end)
    last = text[end.end() - 1] if end is not None else " "
    return "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 in _BEFORE_NOUN


def _is_of_sentence(moment: Moment, gap: str, text: str) -> bool:
    """A bare day behind the topic or subject, before another subject: `단장이 7일 [북한이 풀어준] 선교사와 함께 평양을 떠났다`."""
    start = max(0, moment.start - 3)
    led = _TOPIC.search(text, start, moment.start) or _LED.search(text, start, moment.start)
    inner = _INNER.match(gap) if led is not None else None
    return inner is not None and _HOUR.search(text, moment.start, moment.end) is None and not _VERB.search(gap, inner.end())


def _is_said(moment: Moment, gap: str, mention: EventMention, text: str) -> bool:
    """A bare day, a subject of its own, a verb of saying behind."""
    hour = _HOUR.search(text, moment.start, moment.end) is not None
    return not hour and "때까지" not in gap and _INNER.match(gap) is not None and _SAID.match(text, mention.end) is not None
