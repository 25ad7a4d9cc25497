"""Reads the written passages of `tests/corpus/voices.toml` and annotates them as far as the voices."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from sacho.annotate.attributions import find_attributions
from sacho.annotate.mentions import find_mentions, find_names
from sacho.annotate.quotes import find_quotes
from sacho.annotate.resources import Resources
from sacho.annotate.sentences import find_sentences
from sacho.annotate.spelling import spelling_view
from sacho.records import Attribution, Block, BlockKind, Document, Quote, Sentence, Span

PASSAGES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "corpus" / "voices.toml").read_text(encoding="utf-8")
)["passage"]
_KINDS = {"H": BlockKind.headline, "C": BlockKind.caption, "K": BlockKind.credit, "N": BlockKind.notice}


class Voices(msgspec.Struct):
    """A passage with its layers."""

    document: Document
    sentences: tuple[Sentence, ...]
    attributions: tuple[Attribution, ...]
    quotes: tuple[Quote, ...]

    def words(self, start: int, end: int) -> str:
        return self.document.text[start:end]

    def narrowest(self, words: str) -> Attribution | None:
        """The narrowest attribution around the first occurrence of the words in the text."""
        at = self.document.text.index(words)
        around = [a for a in self.attributions if a.start <= at < a.end]
        return min(around, key=lambda a: a.end - a.start, default=None)


def document_of(passage: str, outlet: str | None = None) -> Document:
    text, blocks = "", []
    for line in passage.split("\n"):
        kind = _KINDS.get(line[0], BlockKind.body) if line[1:3] == "| " else BlockKind.body
        words = line if kind is BlockKind.body else line[3:]
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words + "\n"
    return Document(id="d", origin="test", text=text, blocks=tuple(blocks), outlet=outlet)


def voices(passage: str, resources: Resources, outlet: str | None = None) -> Voices:
    document = document_of(passage, outlet)
    view = spelling_view(document.text, resources.spellings)
    text, lexicon, blocks = view.aligned, resources.lexicon, document.blocks
    names = find_names(text, lexicon)
    tokens = resources.analyser(text, [Span(start=n.start, end=n.end) for n in names])
    sentences = find_sentences(text, tokens, blocks)
    mentions = find_mentions(text, tokens, names, lexicon, published="2024-05-02")
    attributions = find_attributions(text, sentences, tokens, mentions, (), blocks, outlet=outlet)
    quotes = find_quotes(text, sentences, tokens, mentions, attributions, view.glosses, document=document)
    return Voices(document=document, sentences=sentences, attributions=attributions, quotes=quotes)
