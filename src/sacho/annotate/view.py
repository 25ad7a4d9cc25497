"""Lookups over one sentence's units: whom a phrase is about."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.coordination import conjoined
from sacho.annotate.phrases import Unit
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Token

ACTING = frozenset([MentionKind.person, MentionKind.body, MentionKind.country, MentionKind.pair, MentionKind.group, MentionKind.role])
_LOOSE = frozenset(["SP", "SSO", "SSC", "SO", "SW", "XSN", "NNB", "SL", "SN"])
_WHITHER = frozenset(["obj", "loc", "dir"])
_TOGETHER = frozenset(["함께", "나란히", "같이", "더불어"])
_WORDS = load_words()


class View:
    """Lookups over one sentence's units; each is made once."""

    def __init__(self, units: Sequence[Unit], mentions: Sequence[Mention], tokens: Sequence[Token], speaker: int = -1) -> None:
        """`speaker`: the mention of whoever says these words, so that `나` and `저` name him; -1 if nobody does."""
        self.units, self.mentions, self.tokens, self.speaker = units, mentions, tokens, speaker
        self._heads: dict[int, list[int]] = {}
        self._own: dict[int, list[int]] = {}
        self._sorts: dict[int, str] = {}
        self._between: dict[int, bool] = {}

    def heads(self, u: int) -> list[int]:
        """Mentions that the phrase is about, with those coordinated before it."""
        found = self._heads.get(u)
        if found is None:
            found = self._heads[u] = [m for k in conjoined(self.units, u, self.sort) for m in self.own_heads(k)]
        return found

    def own_heads(self, u: int) -> list[int]:
        """Mentions that the phrase is about."""
        if not self.units[u].mentions:
            return [self.speaker] if self.speaker >= 0 and _myself(self.units[u], self.tokens) else []
        found = self._own.get(u)
        if found is None:
            found = self._own[u] = self._find_own(self.units[u])
        return found

    def _find_own(self, unit: Unit) -> list[int]:
        out: list[int] = []
        right: Mention | None = None
        stop = unit.body
        if unit.case == "bare" and self.tokens[stop - 1].form in _WORDS.visit_manners:
            stop -= 1  # `중국 국빈 방문이다`
        elif unit.case in _WHITHER and self.tokens[stop - 1].form in _WORDS.region_nouns:
            stop -= 1  # `중국 동북지구를 방문했다`
            while stop > unit.first + 1 and self.tokens[stop - 1].form in _WORDS.region_nouns:
                stop -= 1
        for m in reversed(unit.mentions):
            mention = self.mentions[m]
            between = without_bracket([t for t in self.tokens[unit.first : stop] if t.start >= mention.end])
            listed = bool(between) and between[0].form == "등"  # `공산당 등 여러 나라 정당들`
            away = not listed and any([t.form not in _WORDS.party_nouns and t.tag not in _LOOSE for t in between])
            if away and (right is not None or not _bracketed([t.form for t in self.tokens[unit.first : stop] if t.start < mention.start])):
                break  # but not `대표단(단장 리일환 1비서)이`
            owner = right is not None and mention.kind is MentionKind.body and _within(mention, right)
            right = mention
            sender = bool(out) and _sends(mention, self.mentions[out[0]])
            if not owner and not sender and (mention.kind in ACTING or not out):
                out.insert(0, m)
            while stop > unit.first and self.tokens[stop - 1].start >= mention.start:
                stop -= 1
        return out

    def sort(self, u: int) -> str:
        found = self._sorts.get(u)
        if found is None:
            kinds = {self.mentions[m].kind for m in self.own_heads(u)}
            house = self.units[u].case == "at" and kinds == {MentionKind.body}  # `장관과 국방부에서`
            found = self._sorts[u] = "actor" if kinds & ACTING and not house else ("place" if kinds else "")
        return found

    def together(self, u: int) -> bool:
        """Whether a word for together stands behind the phrase: `위원장과 [함께]`."""
        last = self.units[u].last
        return last < len(self.tokens) and self.tokens[last].form in _TOGETHER

    def in_name_of(self, u: int) -> bool:
        """Whether the phrase ends with a word of authorship: `국방상 명의의`."""
        return self.tokens[self.units[u].body - 1].form in _WORDS.authorship

    def between(self, u: int) -> bool:
        found = self._between.get(u)
        if found is None:
            inside = self.tokens[self.units[u].first : self.units[u].body]
            found = self._between[u] = not _WORDS.between_nouns.isdisjoint([t.form for t in inside])
        return found


def _sends(a: Mention, b: Mention) -> bool:
    """Whether the first is whom the second speaks for: `[김정은 특사] 최룡해 총정치국장`."""
    return a.kind is b.kind is MentionKind.person and a.office.endswith("특사") and a.entity != b.entity and b.start - a.end <= 1


def _myself(unit: Unit, tokens: Sequence[Token]) -> bool:
    return unit.body == unit.first + 1 and tokens[unit.first].form in ("나", "저", "내", "제") and tokens[unit.first].tag == "NP"


def without_bracket(tokens: list[Token]) -> list[Token]:
    """Without what stands in brackets: `대표단[(단장 리용선)]이`."""
    if not tokens or tokens[0].tag != "SSO" or tokens[0].form != "(":
        return tokens
    closing = next((i for i, t in enumerate(tokens) if t.tag == "SSC"), -1)
    return tokens[closing + 1 :] if closing > 0 else []


def _bracketed(before: list[str]) -> bool:
    """Whether a bracket stands open."""
    return "(" in before and ")" not in before


def _within(owner: Mention, part: Mention) -> bool:
    """`조선로동당 중앙위원회 통일전선부`: the body before is the one that the other belongs to."""
    return part.kind in (MentionKind.body, MentionKind.role, MentionKind.group) and part.start - owner.end <= 1
