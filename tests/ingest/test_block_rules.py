"""Every rule of blocks.toml holds for its own examples."""

from __future__ import annotations

import re

import pytest

from sacho.ingest.block_rules import BlockRule, OutletEntry, load_block_rules, read_block_file

_RULES = {rule.id: rule for rule in load_block_rules().rules}
_ENTRIES = read_block_file().rule
_OUTLETS = read_block_file().outlet
_ACCEPT = [(entry.id, words) for entry in _ENTRIES for words in entry.accept]
_REJECT = [(entry.id, words) for entry in _ENTRIES for words in entry.reject]


def _applies(rule: BlockRule, words: str) -> bool:
    if rule.max and len(words) > rule.max:
        return False
    call = {"whole": rule.pattern.fullmatch, "head": rule.pattern.match, "tail": rule.pattern.search}[rule.part]
    return call(words) is not None


@pytest.mark.parametrize(("rule", "words"), _ACCEPT, ids=[f"{r}: {w[:30]}" for r, w in _ACCEPT])
def test_rule_accepts_its_examples(rule: str, words: str) -> None:
    assert _applies(_RULES[rule], words)


@pytest.mark.parametrize(("rule", "words"), _REJECT, ids=[f"{r}: {w[:30]}" for r, w in _REJECT])
def test_rule_rejects_its_counter_examples(rule: str, words: str) -> None:
    assert not _applies(_RULES[rule], words)


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert all(entry.accept and entry.reject for entry in _ENTRIES)
    assert all(entry.accept and entry.reject for entry in _OUTLETS)


@pytest.mark.parametrize("entry", _OUTLETS, ids=lambda entry: entry.id)
def test_outlet_rules_hold_for_their_examples(entry: OutletEntry) -> None:
    pattern = re.compile(entry.pattern)
    assert all(pattern.search(words) for words in entry.accept)
    assert not any(pattern.search(words) for words in entry.reject)
