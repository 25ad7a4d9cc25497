"""The form of a verb of saying: its stem with its noun, its ending, whether it is negated."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.reporting import Reporting
from sacho.records import Token

_OBJECT = ("JKO", "JX")
_ENDINGS = ("EC", "EF", "ETM", "ETN")


def stem_of(tokens: Sequence[Token], first: int, i: int, words: Reporting) -> str:
    """The stem of the verb at token `i` with its noun, which stands not before token `first`: `보도하`, also of `보도를 하다`,
    `으름장을 놓다`, `못 박다`."""
    token = tokens[i]
    if token.tag.startswith("XS"):
        k = i - 1
        while k > first and tokens[k].tag in ("SSC", "SSO", "XSN"):
            k -= 1
        return tokens[k].form + token.form
    noun = i - 2 if tokens[i - 1].tag in _OBJECT else i - 1
    if noun >= first and tokens[noun].tag in ("NNG", "MAG"):
        joined = tokens[noun].form + token.form
        return joined if joined in words.verbs else token.form
    return token.form


def ending_of(tokens: Sequence[Token], i: int, stop: int) -> int:
    """Token of the ending that closes the predicate at token `i`, auxiliaries among it (`판단하고 있다고`)."""
    for j, token in enumerate(tokens[i + 1 : min(i + 8, stop)], i + 1):
        if token.tag in _ENDINGS and not (token.form == "고" and tokens[min(j + 1, stop - 1)].tag == "VX"):
            return j
    return min(i + 1, stop - 1)


def negated(tokens: Sequence[Token], ending: int) -> bool:
    """Whether the predicate with that ending is denied: `…지 않`, `…지 못하`."""
    after = tokens[ending + 1 : ending + 3]
    return tokens[ending].form == "지" and any(t.form in ("않", "못하", "못") for t in after)


def said_between(tokens: Sequence[Token], words: Reporting, after: int, predicate: int) -> bool:
    """Whether a noun of saying stands between the adnominal quotation and the verb: `…다는 입장을 밝혔다`."""
    return any(t.form in words.said for t in tokens[after + 1 : predicate])
