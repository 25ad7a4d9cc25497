"""An editor's gloss beside a DPRK word: `'조로'(북러)`, `‘호상’(상호)`, `꾸바(쿠바)`."""

from __future__ import annotations

import re

from sacho.annotate.spelling_table import SpellingTable
from sacho.records import Gloss

_BRACKET = re.compile(r"[(（]([가-힣]{2,10}(?: [가-힣]{1,8}){0,2})[)）]")
_WORD = re.compile(r"([가-힣]{2,12})$")
_OPENING = {"'": "'", "’": "‘", "ʼ": "ʼ", '"': '"', "”": "“"}
_NUMBER = re.compile(r"[일이삼사오육칠팔구십백천만억조]+|[가-힣]*(?:년|월|일|시|분|개|명|차|살|세|원|달러)")
_PLAIN = re.compile("[가-힣]{2,6}")  # what a pair that the lexicon lacks may look like


def find_glosses(text: str, table: SpellingTable) -> tuple[Gloss, ...]:
    """Glosses in text order; offsets run from the opening mark to the closing bracket.

    Without quotation marks only a pair of the lexicon counts; with single ones also an unknown pair, if neither half
    is a name, a title, a date or a number.
    """
    if "(" not in text and "（" not in text:
        return ()
    out = []
    for match in _BRACKET.finditer(text):
        gloss = _gloss(text, match.start(), match.end(), match[1], table)
        if gloss is not None:
            out.append(gloss)
    return tuple(out)


def _gloss(text: str, bracket: int, end: int, rok: str, table: SpellingTable) -> Gloss | None:
    at = bracket - 1 if text[bracket - 1 : bracket] == " " else bracket
    mark = text[at - 1 : at] if at > 0 else ""
    opening = _OPENING.get(mark, "")
    if opening:
        start = text.rfind(opening, max(0, at - 16), at - 1)
        words = text[start + 1 : at - 1] if start >= 0 else ""
        if words and (is_pair(words, rok, table) or (mark in "'’ʼ" and _plausible(words, rok, table))):
            return Gloss(start=start, end=end, dprk=words, rok=rok)
        return None
    found = _WORD.search(text, max(0, at - 12), at)
    if found is None:
        return None
    for start in range(found.start(), at - 1):
        if is_pair(text[start:at], rok, table):
            return Gloss(start=start, end=end, dprk=text[start:at], rok=rok)
    return None


def is_pair(dprk: str, rok: str, table: SpellingTable) -> bool:
    """Does the lexicon know the two as one word, or as the same beginning with one tail (호상간, 상호간)?"""
    if dprk == rok:
        return False
    for cut in range(len(dprk), 1, -1):
        tail = dprk[cut:]
        readings = table.readings.get(dprk[:cut], ())
        if any(reading.replace(" ", "") + tail == rok.replace(" ", "") for reading in readings):
            return True
    return False


def _plausible(dprk: str, rok: str, table: SpellingTable) -> bool:
    words = table.words
    if not (_PLAIN.fullmatch(dprk) and _PLAIN.fullmatch(rok)) or dprk == rok or abs(len(dprk) - len(rok)) > 1:
        return False
    if any(half in words.not_a_gloss or _NUMBER.fullmatch(half) or _titled(half, table) for half in (dprk, rok)):
        return False
    return not any(len(half) == 3 and half[0] in words.surname_of_person for half in (dprk, rok))


def _titled(half: str, table: SpellingTable) -> bool:
    return half.endswith(table.words.titles) or (half.endswith(("성", "부", "당", "청")) and len(half) > 2)
