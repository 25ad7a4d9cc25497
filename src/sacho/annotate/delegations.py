"""Delegations of one text: `문재인 대통령의 특별사절단`, `대북 특사단`, `남측 특사단` and `특사단` may be one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.annotate.mention_rules import MentionRules

_ENVOYS = ("특사", "사절")
_AIMED = ("대", "방")  # 대북, 방미: the words themselves tell where it goes
_OWN_STATE = re.compile(
    r"^조선(?=로동당|노동당|직업|사회주의|농업|녀성|여성|민주|기자|적십자|불교|그리스도|카톨릭|천도교)([가-힣]*?) ?(?=[가-힣]{2}단$)"
)
_AIMS = ("북", "남", "미", "러", "중", "일", "한")


class Delegation(msgspec.Struct):
    """`word` is its kind (`대표단`), `own` what stands before it (`정부`), `country` whose it is and `lead` the entity of its head, ""
    if not told."""

    word: str
    own: str
    country: str
    names: list[str]
    lead: str = ""

    def fits(self, word: str, own: str, country: str, lead: str) -> bool:
        if self.word != word or (self.country and country and self.country != country) or (self.lead and lead and self.lead != lead):
            return False
        return not own or not self.own or self.own == own or word == _ENVOYS[0]


class Delegations:
    """Found so far, in text order."""

    def __init__(self, rules: MentionRules) -> None:
        self.rules, self.known = rules, list[Delegation]()

    def enter(self, text: str, country: str, lead: str = "") -> Delegation:
        """The delegation that the words mean, led by `lead` if they say so: one named before that fits, the one named last first,
        else a new one."""
        word, own = self._parts(text)
        for known in reversed(self.known):
            if known.fits(word, own, country, lead):
                known.country, known.own, known.lead = known.country or country, known.own or own, known.lead or lead
                known.names.append(text)
                self.known.remove(known)
                self.known.append(known)
                return known
        new = Delegation(word, own, country, [text], lead)
        self.known.append(new)
        return new

    def _parts(self, text: str) -> tuple[str, str]:
        if any(sign in text for sign in _ENVOYS):
            return _ENVOYS[0], ""
        word = next((w for w in self.rules.delegations if text.endswith(w)), text)
        own = text[: len(text) - len(word)].replace(" ", "")
        return word, own


def name_of(names: Sequence[str], state: str) -> str:
    """The fullest of the names; with its state unless the words tell where it goes (`대북 특사단`)."""
    aimed = [n for n in names if n.startswith(_AIMED) and n[1:2] in _AIMS]
    if aimed:
        return aimed[0].replace(" ", "")
    longest = _OWN_STATE.sub(r"\1 ", max(names, key=len)) if state == "북한" else max(names, key=len)
    return longest if state and longest.startswith(state) else f"{state} {longest}".strip()
