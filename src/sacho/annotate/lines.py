"""Lines that stand by themselves: the items of an official paper (`ㅇ …할 것을 요청`), and subtitles within the body."""

from __future__ import annotations

from sacho.annotate.layers import Analysis, Layers
from sacho.records import BlockKind

BULLETS = "ㅇ□○◦∘⚬▪▴▸"  # marks of the items of an official paper; what they open is told as in the body
_CLOSING = ("EF", "SF")
_SHORT = 20  # letters: a subtitle may have a mark before it


def block_of(analysis: Analysis, layers: Layers) -> BlockKind:
    """The kind of block; a line of the body that is no sentence counts as a headline: a subtitle, a headline printed again."""
    number = analysis.sentence
    sentence = layers.sentences[number]
    kind = layers.document.blocks[sentence.block].kind
    if kind is not BlockKind.body:
        return kind
    last = sentence.last - 1
    while last > sentence.first and layers.tokens[last].tag == "SSC":
        last -= 1
    if layers.tokens[last].tag in _CLOSING or layers.text[sentence.end : sentence.end + 3].lstrip(" ")[:1] not in ("", "\n"):
        return kind
    opens = number == 0 or layers.sentences[number - 1].block != sentence.block
    if opens and sentence.end - sentence.start > _SHORT and is_item(layers.text, sentence.start):
        return kind
    return BlockKind.headline if opens or "\n" in layers.text[layers.sentences[number - 1].end : sentence.start] else kind


def is_item(text: str, start: int) -> bool:
    """Whether the mark of an item stands before `start`, or on it."""
    line = text.rfind("\n", 0, start) + 1
    return text[line : start + 1].lstrip()[:1] in tuple(BULLETS)
