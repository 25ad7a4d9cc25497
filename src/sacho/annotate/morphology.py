"""Morphemes and sentences. The only module that imports Kiwi."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence

from kiwipiepy import Kiwi

from sacho.records import Span, Token

Analyser = Callable[[str, Sequence[Span]], list[Token]]


def load_analyser(words: Iterable[tuple[str, str]] = ()) -> Analyser:
    """Build the analyser: Kiwi with `words` (form, tag) added to its dictionary.

    The result maps a text and spans to keep whole (each becomes one NNP) to morphemes in text order.
    Takes about four seconds and 540 MB; build it once a process. It starts no threads, so the process may be forked.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 0 means none here, and Kiwi warns that it once meant all
        kiwi = Kiwi(num_workers=0)
    for form, tag in words:
        kiwi.add_user_word(form, tag, 3.0)

    def analyse(text: str, names: Sequence[Span]) -> list[Token]:
        fixed = [(span.start, span.end, "NNP") for span in names]
        return [
            Token(start=t.start, end=t.end, form=t.form, tag=t.tag, sentence=t.sent_position)
            for t in kiwi.tokenize(text, pretokenized=fixed)
        ]

    return analyse
