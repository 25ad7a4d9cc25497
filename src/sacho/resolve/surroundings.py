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
    if _CONTRAST.search(gap) or _CONTENT.match(page.text, mention.end):
        return True
    if _TOPIC.search(page.text, max(0, moment.start - 3), moment.start) and _is_said(moment, gap, mention, page.text):
        return True
    return _SUBJECT.search(page.text, max(0, moment.start - 8), moment.start) is not None and _HELD.search(gap) is not None


def _is_said(moment: Moment, gap: str, mention: EventMention, text: str) -> bool:
    """A bare day, a subject of its own, a verb of saying behind."""
    hour = _HOUR.search(text, moment.start, moment.end) is not None
    return not hour and "때까지" not in gap and _INNER.match(gap) is not None and _SAID.match(text, mention.end) is not None
