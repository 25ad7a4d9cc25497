"""Direct quotations and who speaks in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from sacho.records import (
    Attribution,
    Document,
    Gloss,
    Mention,
    MentionKind,
    Quote,
    Sentence,
    Token,
)

_MARKS = re.compile(r'“([^“”]{4,})”|"([^"\n]{4,})"|《([^《》\n]{20,})》')
_AFTER = re.compile(
    r"\s?(?:이?라?고|이?라며|이?라면서|며|면서|는\s|이?라는|고도|했으며|했고|하였|했다|했|이?라도)"
)
_NAMES_SPEAKER = re.compile(r"(?:다|라|자|까)[.!?]?$")


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    attributions: Sequence[Attribution], glosses: Sequence[Gloss], *, document: Document,
) -> tuple[Quote, ...]:  # fmt: skip
    """Quotations in text order. The speaker is the innermost source; if that is an outlet's account of what a
    person said in its own clause, the person speaks and the outlet is `via`."""
    out = []
    for match in _MARKS.finditer(text):
        start, end = match.span(match.lastindex or 0)
        sentence = next((s for s in sentences if s.start <= match.start() < s.end), None)
        if sentence is None or _AFTER.match(text, match.end()) is None:
            continue
        speaker, via = _speaker(text, match.start(), match.end(), sentence, mentions, attributions)
        if not speaker:
            continue
        key = blake2b(f"{document.id} {start} {end}".encode(), digest_size=8).hexdigest()
        out.append(Quote(
            id=f"q{key}", document=document.id, speaker=speaker, via=via, start=start, end=end,
            quote=document.text[start:end], normalized=text[start:end],
            glosses=tuple(g for g in glosses if start <= g.start < end),
        ))  # fmt: skip
    return tuple(out)


def _speaker(
    text: str, start: int, end: int, sentence: Sentence, mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> tuple[str, tuple[str, ...]]:
    chain: list[str] = []
    outlets = {m.name for m in mentions if m.rule == "outlet"}
    for attribution in attributions:
        if attribution.start <= start and start < attribution.end:
            chain += [s.name for s in attribution.sources if s.name not in chain]
    person = _person(text, start, sentence, mentions)
    if person and (not chain or chain[-1] in outlets) and person not in chain:
        chain.append(person)
    if not chain:
        return "", ()
    return chain[-1], tuple(chain[:-1])


def _person(text: str, start: int, sentence: Sentence, mentions: Sequence[Mention]) -> str:
    """Somebody whose topic or nominative opens the sentence before the quotation."""
    for mention in mentions:
        if sentence.start <= mention.start < start and mention.kind is MentionKind.person:
            if text[mention.end : mention.end + 1] in ("은", "는", "이", "가") and mention.start - sentence.start < 40:
                return mention.name
    return ""
