"""The words of a report as search knows them: morphemes in the ROK spelling with their places, and the words that they make up.

Four streams are indexed. `reading`: content morphemes of the spelling view, in order. `reading_parts`: what stands at the same
places: compounds of neighbouring nouns (정상+회담), parts of a compound that the analyser keeps whole (조선노동당 → 노동당), and
a mark for each entity of the lexicon. `wording` and `wording_parts`: the same places as the text writes them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from sacho.annotate.spelling import SpellingTable, load_spellings
from sacho.lexicon import Lexicon
from sacho.lexicon import load as load_lexicon
from sacho.records import AnnotatedDocument, Mention, Record, Token

TOKENIZER = "kiwi-1"  # changes whenever the streams of the same text would
_LETTERS = re.compile(r"[^0-9A-Za-z가-힣一-鿿㐀-䶿]+")
_PIECES = re.compile(r"[0-9A-Za-z가-힣一-鿿㐀-䶿]+")
_CONTENT = ("N", "XR", "VV", "VA", "MAG", "SL", "SH", "SN")
_NOMINAL = ("NNG", "NNP", "NNB", "NR", "XR", "XSN", "XPN", "SL", "SH", "SN")
_LONGEST_JOIN = 4  # morphemes
_SHORTEST_WHOLE = 4  # syllables: shorter compounds are not taken apart


class Morphemes(Record):
    """Spans and forms of the content morphemes; `parts` are (start, end, form) of what else stands there."""

    tokenizer: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    parts: tuple[tuple[int, int, str], ...]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """What takes words apart and knows their other names: the lexicon and the spelling table, as look-ups."""

    entities: dict[str, tuple[str, ...]]  # form without blanks -> entity marks
    names: frozenset[str]  # forms of the lexicon as they are written
    nouns: frozenset[str]
    synonyms: dict[str, tuple[str, ...]]  # ROK <-> DPRK
    spellings: SpellingTable


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary, made once a process."""
    lexicon, spellings = load_lexicon(), load_spellings()
    entities: dict[str, dict[str, None]] = {}
    for surface in lexicon.surfaces:
        for table, key in surface.targets:
            entities.setdefault(plain(surface.form), {})[_mark_of(table, key, lexicon)] = None
    synonyms: dict[str, dict[str, None]] = {}
    for dprk, roks in spellings.readings.items():
        for rok in sorted(roks):
            synonyms.setdefault(dprk, {})[rok] = None
            synonyms.setdefault(rok, {})[dprk] = None
    return Vocabulary(
        entities={form: tuple(marks) for form, marks in entities.items()}, names=frozenset(s.form for s in lexicon.surfaces),
        nouns=frozenset(spellings.nouns | {s.form for s in lexicon.surfaces} | lexicon.title_forms.keys()),
        synonyms={form: tuple(others) for form, others in synonyms.items()}, spellings=spellings,
    )  # fmt: skip


def morphemes_of(annotated: AnnotatedDocument, vocabulary: Vocabulary) -> Morphemes:
    """The morphemes of a document that was read."""
    text, aligned = annotated.document.text, annotated.view.aligned
    spans = list(content(annotated.tokens, aligned))
    parts = dict.fromkeys((*joins(annotated.tokens, aligned), *_taken_apart(spans, vocabulary)))
    parts |= dict.fromkeys((*_marks(annotated.mentions, text, aligned, vocabulary), *_names(annotated.tokens, vocabulary)))
    return Morphemes(
        tokenizer=TOKENIZER, starts=tuple(s for s, _, _ in spans), ends=tuple(e for _, e, _ in spans),
        forms=tuple(f for _, _, f in spans), parts=tuple(parts),
    )  # fmt: skip


@lru_cache(maxsize=1 << 16)
def plain(words: str) -> str:
    """Letters and digits only, in lower case: the one form in which words reach the index and the engine."""
    return _LETTERS.sub("", words).lower()


def content(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and form of the morphemes that mean something; a name of several words gives each of its words."""
    for token in tokens:
        if not token.tag.startswith(_CONTENT) or token.tag == "XSN":
            continue
        if " " in token.form:
            for piece in _PIECES.finditer(text, token.start, token.end):
                yield piece.start(), piece.end(), piece[0].lower()
        elif form := plain(token.form):
            yield token.start, token.end, form


def joins(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int, str]]:
    """The compounds that neighbouring nouns make up, of two to four morphemes."""
    run: list[Token] = []
    for token in (*tokens, None):
        if token is not None and token.tag in _NOMINAL and " " not in token.form and (not run or run[-1].end == token.start):
            run.append(token)
            continue
        for first in range(len(run)):
            for last in range(first + 2, min(len(run), first + _LONGEST_JOIN) + 1):
                start, end = run[first].start, run[last - 1].end
                if form := plain(text[start:end]):
                    yield start, end, form
        run = [token] if token is not None and token.tag in _NOMINAL and " " not in token.form else []


def _taken_apart(spans: Sequence[tuple[int, int, str]], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """조선노동당 is 조선 and 노동당, if both are words."""
    for start, end, form in spans:
        if len(form) < _SHORTEST_WHOLE or end - start != len(form):
            continue
        for at in range(2, len(form) - 1):
            if form[:at] in vocabulary.nouns and form[at:] in vocabulary.nouns:
                yield start, start + at, form[:at]
                yield start + at, end, form[at:]


def _marks(mentions: Sequence[Mention], text: str, aligned: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """A mark for every name that stands in the lexicon, and the entity that this text means by it."""
    for mention in mentions:
        start, end = mention.head_start, mention.head_end
        meant = mark(mention.entity)
        known = {*vocabulary.entities.get(plain(text[start:end]), ()), *vocabulary.entities.get(plain(aligned[start:end]), ())}
        if meant in known:
            yield start, end, meant


def _names(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """A mark for a name that can mean one entity only, wherever it stands (로씨야련방 before an office)."""
    for token in tokens:
        known = vocabulary.entities.get(plain(token.form), ()) if token.tag == "NNP" else ()
        if len(known) == 1:
            yield token.start, token.end, known[0]


def mark(entity: str) -> str:
    """The word that stands for an entity in the index: letters and digits, never a word of a text."""
    if entity.startswith("pair:"):
        return "xpair" + "".join(sorted(plain(state) for state in entity[5:].split("+")))
    return f"xid{plain(entity)}"


def _mark_of(table: str, key: str, lexicon: Lexicon) -> str:
    return mark("pair:" + "+".join(lexicon.pairs[key].members)) if table == "pairs" else mark(key)


def streams(morphemes: Morphemes, text: str) -> tuple[str, str, str, str]:
    """The four streams as the index takes them: words separated by blanks."""
    written = [text[s:e] for s, e in zip(morphemes.starts, morphemes.ends, strict=True)]
    wording = [w if w == form else plain(w) or form for w, form in zip(written, morphemes.forms, strict=True)]
    parts = [w if (w := text[s:e]) == form else plain(w) for s, e, form in morphemes.parts if not form.startswith(("xid", "xpair"))]
    return " ".join(morphemes.forms), " ".join(f for _, _, f in morphemes.parts), " ".join(wording), " ".join(parts)


def packed(morphemes: Morphemes) -> bytes:
    """As the store keeps them."""
    body = (morphemes.starts, morphemes.ends, morphemes.forms, morphemes.parts)
    return zlib.compress(msgspec.msgpack.encode(body), 1)


def unpacked(tokenizer: str, blob: bytes) -> Morphemes:
    """The inverse of `packed`."""
    body = msgspec.msgpack.decode(zlib.decompress(blob), type=_Body)
    return Morphemes(tokenizer=tokenizer, starts=body[0], ends=body[1], forms=body[2], parts=body[3])


_Body = tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...], tuple[tuple[int, int, str], ...]]
