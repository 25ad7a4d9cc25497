"""Morphemes and sentences. The only module that imports Kiwi."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from kiwipiepy import Kiwi

from sacho.records import Span, Token


class Analyser(Protocol):
    """Maps a text and spans to keep whole (each becomes one NNP) to morphemes in text order; of `stretches` alone, if
    they are given."""

    def __call__(
        self, text: str, names: Sequence[Span], stretches: Sequence[Span] | None = None, /
    ) -> list[Token]: ...


_MENDED = frozenset(["한", "이"])
_CUTOFF = 3.0  # how far behind the best a reading may lie and still be followed: Kiwi's 8 costs a third more, reads gold the same


def load_analyser(words: Iterable[tuple[str, str]] = ()) -> Analyser:
    """Build the analyser: Kiwi with `words` (form, tag) added to its dictionary.

    Takes about four seconds and 540 MB; build it once a process. It starts no threads, so the process may be forked.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 0 means none here, and Kiwi warns that it once meant all
        kiwi = Kiwi(num_workers=0)
    for form, tag in words:
        kiwi.add_user_word(form, tag, 3.0)

    config = replace(kiwi.global_config, cutoff_threshold=_CUTOFF)

    def analyse(text: str, names: Sequence[Span], stretches: Sequence[Span] | None = None, /) -> list[Token]:
        if stretches is not None:
            return _apart(text, names, stretches, analyse)
        fixed = [(span.start, span.end, "NNP") for span in names]
        found = kiwi.tokenize(text, z_coda=False, pretokenized=fixed, override_config=config)
        tokens = [Token(start=t.start, end=t.end, form=t.form, tag=t.tag, sentence=t.sent_position) for t in found]
        return _mended(tokens, {span.end for span in names})

    return analyse


def _apart(text: str, names: Sequence[Span], stretches: Sequence[Span], analyse: Analyser) -> list[Token]:
    """The stretches one below the other as a text of its own, its offsets set back."""
    starts: list[int] = []  # of the stretches in that text
    inner: list[Span] = []
    at = 0
    for stretch in stretches:
        starts.append(at)
        shift = at - stretch.start
        inner += [
            Span(start=n.start + shift, end=n.end + shift) for n in names if stretch.start <= n.start and n.end <= stretch.end
        ]
        at += stretch.end - stretch.start + 1
    out: list[Token] = []
    for t in analyse("\n".join([text[s.start : s.end] for s in stretches]), inner):
        i = bisect_right(starts, t.start) - 1
        shift = stretches[i].start - starts[i]
        out.append(Token(start=t.start + shift, end=t.end + shift, form=t.form, tag=t.tag, sentence=t.sentence))
    return out


def _bare_copula(tokens: Sequence[Token], i: int) -> bool:
    """A copula without an ending is a particle: `국회의장[이] 예고 없이`."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].tag == "VCP" and after is not None and after.start > tokens[i].end and not after.tag.startswith("E")


def _mended(tokens: list[Token], ends: set[int]) -> list[Token]:
    """`발표한 부장`: 한 written together with a noun is a form of 하다, not the numeral. `김정은이 부인과`: behind a
    name (they end at `ends`) 이 is a particle, not the suffix of a pet name."""
    for i in reversed([i for i, t in enumerate(tokens) if t.form in _MENDED]):
        t, before = tokens[i], tokens[i - 1] if i else None
        if t.form == "이":
            glued = before is not None and before.end == t.start and before.tag.startswith("NN")  # `위원장이 이레간`
            if (t.start in ends and t.tag in ("XSN", "NNB", "MM")) or (glued and (t.tag == "MM" or _bare_copula(tokens, i))):
                tokens[i] = Token(start=t.start, end=t.end, form=t.form, tag="JKS", sentence=t.sentence)
        elif t.tag == "MM" and before is not None and before.tag == "NNG" and before.end == t.start:
            tokens[i : i + 1] = [
                Token(start=t.start, end=t.end, form="하", tag="XSV", sentence=t.sentence),
                Token(start=t.start, end=t.end, form="ᆫ", tag="ETM", sentence=t.sentence),
            ]
    return tokens
