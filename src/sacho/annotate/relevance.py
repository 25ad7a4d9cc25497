"""Which sentences can tell of an event, told from the letters alone, before the analyser reads them.

A sentence can if a word of an event stands in it, in any of its forms, with the object that the word wants, and
somebody who can act is named in it or right before. More pass than tell of events; what does not pass tells of none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

import msgspec
from ahocorasick_rs import AhoCorasick

from sacho.annotate.marks import find_marked
from sacho.annotate.mention_rules import MentionRules, load_mention_rules, small_words
from sacho.annotate.name_model import chances
from sacho.annotate.names import NameMatch
from sacho.annotate.open_actors import open_actor_surfaces
from sacho.annotate.soil import FIRED
from sacho.annotate.surfaces import surfaces
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Cue, Predicates, phrase_forms
from sacho.lexicon.words import load_words
from sacho.records import Block, BlockKind, Span, Token

_start = attrgetter("start")
_SILENT = (BlockKind.notice, BlockKind.credit)
_STOP = re.compile(r"[.?!…]+[\"”’'》)\]]*\s+|\n+")
_ACTING = frozenset(["people", "bodies", "countries", "pairs", "outlets"])
_GOALS = frozenset(["places", "countries", "bodies", "pairs", "outlets"])  # where a movement can lead
_WORD = re.compile(r"(?<![가-힣])[가-힣]{3,6}(?![가-힣])")
_LIKELY, _NAMELIKE = 0.02, 0.06  # chances from which a word counts as a name: beside a title, anywhere
_LONGEST_NOUN = 5  # tokens
_CARRIED = 2  # sentences for which whoever acts may go unsaid
_SHORT_TOWN = re.compile(r"(?<![가-힣])[도시](?:는|가)\s")
_DENSE = 0.5  # share of a report's letters in sentences that can tell, from which all of it is read


class CueForms(msgspec.Struct, frozen=True, eq=False):
    """Finds the forms of all cues. Those of the `automaton` (`cues` by the number of the form) in a text without
    blanks; those of one syllable (`short`, and `short_cues` by the syllable) where a word begins."""

    automaton: AhoCorasick
    cues: tuple[tuple[Cue, ...], ...]
    short: re.Pattern[str]
    short_cues: dict[str, tuple[Cue, ...]]


def load_cue_forms(predicates: Predicates) -> CueForms:
    """Every form in which the nouns and verbs of the cues can stand."""
    forms: dict[str, dict[str, Cue]] = {}
    for noun, cues in predicates.nouns.items():
        forms.setdefault(noun.replace(" ", ""), {}).update({c.id: c for c in cues})
    for verb, cues in predicates.verbs.items():
        for form in surfaces(verb):
            forms.setdefault(form.replace(" ", ""), {}).update({c.id: c for c in cues})
    long = {form: tuple(cues.values()) for form, cues in forms.items() if len(form) > 1}
    short = {form: tuple(cues.values()) for form, cues in forms.items() if len(form) == 1}
    return CueForms(
        automaton=AhoCorasick(list(long)), cues=tuple(long.values()), short_cues=short,
        short=re.compile(rf"[{''.join(sorted(short))}](?<![가-힣].)(?<!오(?=는\s?\d))"),  # not `오는 23일`
    )  # fmt: skip


def stretches_to_read(
    text: str, blocks: Sequence[Block], names: Sequence[NameMatch], lexicon: Lexicon, predicates: Predicates, forms: CueForms
) -> tuple[list[Span], list[Span]] | None:
    """The rough sentences to read and those to pass over; None if the whole report is to be read. Nothing is to be read
    where no sentence can tell of an event; else also what stands right before one that can, and the headline."""
    pieces = pieces_of(text, blocks)
    leans = can_tell(text, pieces, names, lexicon, predicates, forms)
    telling = sum(p.end - p.start for p, back in zip(pieces, leans, strict=True) if back is not None)
    if not telling:
        return [], pieces
    if _SHORT_TOWN.search(text):  # `도는`: the province named before, wherever that is
        return None
    if telling >= _DENSE * sum(p.end - p.start for p in pieces):
        return None
    heads = [b for b in blocks if b.kind is BlockKind.headline]
    needed = {i for i, piece in enumerate(pieces) if any(h.start <= piece.start < h.end for h in heads)}
    needed |= {k for i, back in enumerate(leans) if back is not None for k in range(i - back, i + 1)}
    return [p for i, p in enumerate(pieces) if i in needed], [p for i, p in enumerate(pieces) if i not in needed]


def pieces_of(text: str, blocks: Sequence[Block]) -> list[Span]:
    """Rough sentences in text order: no block and no quotation is cut; notices and credits have none."""
    quoted = [(m.start, m.end) for m in find_marked(text) if m.mark == '"']
    starts = [start for start, _ in quoted]
    out = []
    for block in sorted(blocks, key=lambda b: b.start):
        if block.kind in _SILENT:
            continue
        at = block.start
        for stop in _STOP.finditer(text, block.start, block.end):
            k = bisect_left(starts, stop.start() + 1) - 1
            if stop.end() < block.end and not (k >= 0 and quoted[k][1] > stop.start() + 1 and stop.group()[-1] != "\n"):
                out.append(Span(start=at, end=stop.end()))
                at = stop.end()
        if at < block.end:
            out.append(Span(start=at, end=block.end))
    return out


def can_tell(
    text: str, pieces: Sequence[Span], names: Sequence[NameMatch], lexicon: Lexicon, predicates: Predicates,
    forms: CueForms,
) -> list[int | None]:  # fmt: skip
    """For each piece that can tell of an event how many pieces before it name whoever acts (0: it does so itself);
    None for the others."""
    tables = [_tables_in(piece, names) for piece in pieces]

    @cache
    def acts(i: int) -> bool:
        return not _ACTING.isdisjoint(tables[i]) or _party_in(text[pieces[i].start : pieces[i].end], lexicon)

    out: list[int | None] = []
    for i, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        cues = [cue for cue in _cues_in(words, predicates, forms) if _wanted(cue, words, tables[i])]
        told = {bool(cue.need) and not (cue.kind in FIRED and "places" in tables[i]) for cue in cues}
        if False in told:
            out.append(0)  # a word that needs nobody: `전원회의를 열었다`, `원산에서 쐈다`
        else:
            out.append(next((back for back in range(min(i, _CARRIED) + 1) if acts(i - back)), None) if told else None)
    return out


def _tables_in(piece: Span, names: Sequence[NameMatch]) -> set[str]:
    """The tables of the lexicon that the names in the piece stand in."""
    first = bisect_left(names, piece.start, key=_start)
    own = names[first : bisect_left(names, piece.end, lo=first, key=_start)]
    return {table for name in own for table, _ in name.targets}


def _wanted(cue: Cue, words: str, tables: set[str]) -> bool:
    """Whether the piece has the object that the word wants, and the name of somewhere to go."""
    if cue.objects and not any([word in words for word in cue.objects]):
        return False
    return "goal" not in cue.need or not _GOALS.isdisjoint(tables)


def _cues_in(words: str, predicates: Predicates, forms: CueForms) -> Iterator[Cue]:
    """The cues whose words stand in the piece."""
    flat = words.replace(" ", "")
    found = {number for number, _, _ in forms.automaton.find_matches_as_indexes(flat, overlapping=True)}
    groups = [forms.cues[number] for number in found]
    groups += [forms.short_cues[form] for form in set(forms.short.findall(words))]
    for group in groups:
        yield from group
    for number, start, _ in predicates.phrase_starts.find_matches_as_indexes(words, overlapping=True):
        for phrase, cue in predicates.phrases[predicates.phrase_beginnings[number]]:
            if phrase_forms(phrase).match(words, start):
                yield cue


def _party_in(words: str, lexicon: Lexicon) -> bool:
    """Whether a delegation, a group of people, a government or a person whom the lexicon lacks is named."""
    rules = load_mention_rules()
    if any([(match.lastgroup or "")[0] in "DQVCU" for match in small_words(words, rules)]) or rules.polite.search(words):
        return True
    if open_actor_surfaces().search(words) or _drills().search(words):
        return True
    for _, start, end in lexicon.title_automaton.find_matches_as_indexes(words):
        before = words[:start].rstrip(" ").rpartition(" ")[2]
        after = words[end:].lstrip(" ").partition(" ")[0]
        if before in rules.surnames or any(sum(chances(name)) > _LIKELY for name in (before, after[:4]) if len(name) > 1):
            return True
    return any(_looks_like_a_name(word, rules) for word in _WORD.findall(words))


@cache
def _drills() -> re.Pattern[str]:
    return re.compile("|".join(load_words().named_drills))


def _looks_like_a_name(word: str, rules: MentionRules) -> bool:
    """Whether the word is a Korean name of three syllables, with or without a particle (`김민준이`)."""
    return word[0] in rules.surnames and max(chances(word[:3])[0], chances(word[:4])[0] if len(word) == 4 else 0.0) > _NAMELIKE


def any_cue(
    text: str, tokens: Sequence[Token], stretches: Sequence[Span], names: Sequence[NameMatch], predicates: Predicates
) -> bool:
    """Whether a word of an event stands among the tokens of the stretches, now that they are told apart."""
    for stretch in stretches:
        words, tables = text[stretch.start : stretch.end], _tables_in(stretch, names)
        first = bisect_left(tokens, stretch.start, key=_start)
        own = tokens[first : bisect_left(tokens, stretch.end, lo=first, key=_start)]
        if any(_wanted(cue, words, tables) for k in range(len(own)) for cue in _cues_at(text, own, k, predicates)):
            return True
        for number, start, _ in predicates.phrase_starts.find_matches_as_indexes(words, overlapping=True):
            if any(phrase_forms(phrase).match(words, start) for phrase, _ in predicates.phrases[predicates.phrase_beginnings[number]]):
                return True
    return False


def _cues_at(text: str, tokens: Sequence[Token], k: int, predicates: Predicates) -> Iterator[Cue]:
    """The cues of the verb or of the nouns that begin at token `k`."""
    yield from predicates.verbs.get(tokens[k].form, ())
    yield from predicates.verbs.get(_joined_verb(text, tokens, k), ())
    form = ""
    for token in tokens[k : k + _LONGEST_NOUN]:
        form += token.form
        if form not in predicates.noun_starts:
            return
        yield from predicates.nouns.get(form, ())


def _joined_verb(text: str, tokens: Sequence[Token], k: int) -> str:
    """The verb at token `k` with the one it is written together with (`풀어 주`); empty if there is none."""
    if k + 2 >= len(tokens) or tokens[k + 1].tag != "EC" or tokens[k + 2].tag[0] != "V":
        return ""
    return text[tokens[k].start : tokens[k + 2].start].replace(" ", "") + tokens[k + 2].form
