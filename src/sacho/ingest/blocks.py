"""Canonical text to blocks: headline, body, caption, credit, notice. The rules are data (`data/blocks.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from sacho.ingest.block_rules import BlockRule, BlockRules, load_block_rules
from sacho.ingest.paragraphs import Line, headline_length, is_final, join_lines, split_lines
from sacho.records import Block, BlockKind, Span

_TAIL = 160  # a credit is not longer than this; keeps the search linear in very long lines
_SPLIT_OFF = {"credit": BlockKind.credit, "notice": BlockKind.notice}


def find_blocks(text: str, marks: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Blocks of a canonical text, sorted, trimmed, non-overlapping.

    `marks` are stretches whose kind the format has told (an HTML `figcaption`, a title); the rules see only
    the rest. A caption that stands twice is one block with `repeats`.
    """
    rules = load_block_rules()
    blocks: list[Block] = []
    at = 0
    marked_headline = any(mark.kind is BlockKind.headline for mark in marks)
    for mark in sorted(marks, key=lambda mark: mark.start):
        blocks += _unmarked(text, at, mark.start, rules, first=at == 0 and not marked_headline)
        blocks += _parts(text, Line(start=mark.start, end=mark.end, gap=True), rules, told=mark.kind)
        at = mark.end
    blocks += _unmarked(text, at, len(text), rules, first=at == 0 and not marked_headline)
    return _folded(text, blocks)


def find_outlet(text: str, blocks: Sequence[Block]) -> str | None:
    """The outlet that a copyright line or a wire dateline names."""
    rules = load_block_rules()
    for pattern in rules.outlets:
        for block in blocks:
            if block.kind in {BlockKind.notice, BlockKind.credit}:
                found = pattern.search(text, block.start, min(block.end, block.start + 200))
                if found is not None:
                    return found["outlet"]
    return None


def find_stamp(text: str, blocks: Sequence[Block]) -> str | None:
    """The day of a page's own stamp (`입력 2023.10.20 09:12`), as written; of a change (`수정 …`) if there is no other."""
    rules = load_block_rules()
    stamps = [r.pattern for r in rules.rules if r.part == "whole" and "day" in r.pattern.groupindex]
    changed = None
    for block in blocks:
        if block.kind is BlockKind.notice and block.end - block.start < 200:
            found = next((m for p in stamps if (m := p.fullmatch(text, block.start, block.end))), None)
            if found is not None and not text.startswith(rules.words.changed, block.start):
                return found["day"]
            changed = changed or (found["day"] if found is not None else None)
    return changed


def _unmarked(text: str, start: int, end: int, rules: BlockRules, *, first: bool) -> list[Block]:
    """Blocks of a stretch that the format says nothing about."""
    offset = [
        Line(start=line.start + start, end=line.end + start, gap=line.gap) for line in split_lines(text[start:end])
    ]
    lead, offset = _lead(text, offset, rules) if first else ([], offset)
    blocks, links = lead, False
    for line in join_lines(text, offset, rules):
        parts = _parts(text, line, rules)
        links = _is_tail(text, line, parts, rules, links=links)
        if links and all(part.kind is BlockKind.body for part in parts):
            parts = [Block(kind=BlockKind.notice, start=line.start, end=line.end)]
        blocks += parts
    return blocks


def _lead(text: str, lines: Sequence[Line], rules: BlockRules) -> tuple[list[Block], list[Line]]:
    """The headline lines, past the stamps and bylines that may stand before them; then the rest."""
    skipped = 0
    while skipped < len(lines) and all(
        part.kind in {BlockKind.notice, BlockKind.credit} for part in _parts(text, lines[skipped], rules)
    ):
        skipped += 1
    rest = lines[skipped:]
    plain = (all(part.kind is BlockKind.body for part in _parts(text, line, rules)) for line in rest[:8])
    at_most = sum(1 for _ in takewhile(bool, plain))
    joined = join_lines(text, rest[:3], rules)
    alone = len(joined) > 0 and joined[0].end == rest[0].end
    count = min(headline_length(text, rest, rules), at_most) if alone else 0
    blocks = [part for line in lines[:skipped] for part in _parts(text, line, rules)]
    blocks += [Block(kind=BlockKind.headline, start=line.start, end=line.end) for line in rest[:count]]
    return blocks, list(rest[count:])


def _is_tail(text: str, line: Line, parts: Sequence[Block], rules: BlockRules, *, links: bool) -> bool:
    """Do the page's own links and buttons stand here? They begin at a heading or at the copyright line."""
    words, length = text[line.start : line.end][:120], line.end - line.start
    if length <= 30 and words.strip("[]<>■▶◆ :").startswith(rules.words.tail_headings):
        return True
    if any(part.kind is BlockKind.notice for part in parts) and rules.closing.search(words):
        return True
    return links and (length <= rules.limits.button or (length <= rules.limits.headline and not is_final(words)))


def _parts(text: str, line: Line, rules: BlockRules, told: BlockKind | None = None) -> list[Block]:
    """One paragraph as blocks: its credit split off, its kind from the first rule that applies."""
    start, end, kind = line.start, line.end, told or BlockKind.body
    off: list[Block] = []
    for rule in rules.rules:
        found = _applies(text, start, end, rule) if start < end else None
        if found is None or (told is not None and rule.kind not in {told, BlockKind.caption, BlockKind.body}):
            continue
        cut = _cut(found, rule)
        if cut is not None:
            off.append(cut)
            start, end = _trimmed(text, *((cut.end, end) if rule.part == "head" else (start, cut.start)))
        elif rule.kind is BlockKind.caption and rule.part == "head":
            start, end = _trimmed(text, found.end(), end)
        if kind is BlockKind.body and (rule.kind is not BlockKind.caption or end - start <= rules.limits.caption):
            kind = rule.kind
        if kind in {BlockKind.notice, BlockKind.credit}:
            break
    own = [Block(kind=kind, start=start, end=end)] if start < end else []
    return sorted(own + off, key=lambda block: block.start)


def _cut(found: re.Match[str], rule: BlockRule) -> Block | None:
    """What the rule splits off."""
    for group, kind in _SPLIT_OFF.items():
        if group in rule.pattern.groupindex and found[group]:
            return Block(kind=kind, start=found.start(group), end=found.end(group))
    return None


def _applies(text: str, start: int, end: int, rule: BlockRule) -> re.Match[str] | None:
    if rule.max and end - start > rule.max:
        return None
    if rule.part == "whole":
        return rule.pattern.fullmatch(text, start, end)
    if rule.part == "head":
        return rule.pattern.match(text, start, min(end, start + 400))
    return rule.pattern.search(text, max(start, end - _TAIL), end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _folded(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A caption or headline that stands again word for word (with or without its credit) is a repeat of the first."""
    told = {text[b.start : b.end]: b.kind for b in blocks if b.kind in {BlockKind.caption, BlockKind.headline}}
    first: dict[str, int] = {}
    owner: dict[int, int] = {}  # position of a repeated block -> position of the first
    for index, block in enumerate(blocks):
        words = text[block.start : block.end]
        if words in told and block.kind not in {BlockKind.notice, BlockKind.credit}:
            owner[index] = first.setdefault(words, index)
    repeats: dict[int, list[Span]] = {}
    gone: set[int] = set()
    for index, home in owner.items():
        if index != home:
            _fold(text, blocks, index, home, repeats, gone)
    out = []
    for index, block in enumerate(blocks):
        if index not in gone:
            kind = told[text[block.start : block.end]] if index in owner else block.kind
            spans = tuple(sorted(repeats.get(index, ()), key=lambda span: span.start))
            out.append(Block(kind=kind, start=block.start, end=block.end, repeats=spans))
    return tuple(sorted(out, key=lambda block: block.start))


def _fold(
    text: str, blocks: Sequence[Block], index: int, home: int, repeats: dict[int, list[Span]], gone: set[int]
) -> None:
    """Fold the caption at `index`, and the equal credit right after it, into those at `home`."""
    repeats.setdefault(home, []).append(Span(start=blocks[index].start, end=blocks[index].end))
    gone.add(index)
    pair = (index + 1, home + 1)
    if max(pair) < len(blocks) and all(blocks[i].kind is BlockKind.credit for i in pair) and pair[1] not in gone:
        here, there = (blocks[i] for i in pair)
        if text[here.start : here.end] == text[there.start : there.end] and pair[0] != home:
            repeats.setdefault(pair[1], []).append(Span(start=here.start, end=here.end))
            gone.add(pair[0])
