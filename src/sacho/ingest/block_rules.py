"""The rules of `data/blocks.toml`: what tells a caption, a credit and a notice from the report."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from sacho.records import BlockKind, Record


class RuleEntry(Record):
    """One `[[rule]]` of the file, as written."""

    id: str
    kind: BlockKind
    part: Literal["whole", "head", "tail"]
    pattern: str
    accept: tuple[str, ...]
    reject: tuple[str, ...]
    max: int = 0


class OutletEntry(Record):
    """One `[[outlet]]` of the file: a line that tells whose page it is."""

    id: str
    pattern: str
    accept: tuple[str, ...]
    reject: tuple[str, ...]


class Limits(Record):
    """Lengths in characters."""

    headline: int
    caption: int
    line_wrap: int
    button: int


class Words(Record):
    """Word lists of the file."""

    agency: tuple[str, ...]
    reporter: tuple[str, ...]
    continues: tuple[str, ...]
    openers: tuple[str, ...]
    tail_headings: tuple[str, ...]
    closing: tuple[str, ...]
    changed: tuple[str, ...]


class BlockFile(Record):
    """`data/blocks.toml`, checked."""

    limits: Limits
    words: Words
    rule: tuple[RuleEntry, ...]
    outlet: tuple[OutletEntry, ...]


class BlockRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, compiled."""

    id: str
    kind: BlockKind
    part: Literal["whole", "head", "tail"]
    pattern: re.Pattern[str]
    max: int


class BlockRules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules, compiled."""

    limits: Limits
    words: Words
    rules: tuple[BlockRule, ...]
    outlets: tuple[re.Pattern[str], ...]
    closing: re.Pattern[str]


def read_block_file() -> BlockFile:
    """The file with its examples. Raises `msgspec.ValidationError` naming the entry that is wrong."""
    source = files("sacho.ingest").joinpath("data", "blocks.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), BlockFile)


@cache
def load_block_rules() -> BlockRules:
    """The compiled rules, read once a process."""
    source = read_block_file()
    rules = tuple(
        BlockRule(id=r.id, kind=r.kind, part=r.part, pattern=_compiled(r, source.words), max=r.max) for r in source.rule
    )
    outlets = tuple(re.compile(entry.pattern) for entry in source.outlet)
    closing = re.compile(_any_of(source.words.closing))
    return BlockRules(limits=source.limits, words=source.words, rules=rules, outlets=outlets, closing=closing)


def _compiled(entry: RuleEntry, words: Words) -> re.Pattern[str]:
    pattern = entry.pattern
    for mark, names in {"@AGENCY@": words.agency, "@REPORTER@": words.reporter}.items():
        pattern = pattern.replace(mark, f"(?:{_any_of(names)})")
    return re.compile(f"(?:{pattern})\\Z" if entry.part == "tail" else pattern)


def _any_of(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

