"""Every kind of event in plain, planned, negated, conditional, quoted, denied, passive, nominal and relative form."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sacho.coding import code
from sacho.lexicon.predicates import load_predicates
from sacho.records import Status

_CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "kinds.toml").read_text(encoding="utf-8"))
_UNREAL_FORMS = ("planned", "negated", "conditional", "denied")
_TOLD = [(kind, form, text) for kind, forms in _CORPUS.items() for form, text in forms.items() if form != "near"]
_REAL = [case for case in _TOLD if case[1] not in _UNREAL_FORMS]
_UNREAL = [case for case in _TOLD if case[1] in _UNREAL_FORMS]
_NEAR = [(kind, text) for kind, forms in _CORPUS.items() for text in forms["near"]]
_HAPPENED = (Status.occurred, Status.ongoing)


def _statuses(text: str, kind: str, form: str = "") -> list[Status]:
    outlet = "조선중앙통신" if form == "dprk" else "바다신문(가상)"
    return [e.status for e in code(text, published="2024-11-25", outlet=outlet).events if e.kind == kind]


@pytest.mark.parametrize(("kind", "form", "text"), _REAL, ids=[f"{k}-{f}" for k, f, _ in _REAL])
def test_what_happened_is_an_event_of_its_kind(kind: str, form: str, text: str) -> None:
    assert any(status in _HAPPENED for status in _statuses(text, kind, form))


@pytest.mark.parametrize(("kind", "form", "text"), _UNREAL, ids=[f"{k}-{f}" for k, f, _ in _UNREAL])
def test_what_did_not_happen_is_kept_as_such(kind: str, form: str, text: str) -> None:
    found = _statuses(text, kind)
    assert found and not any(status in _HAPPENED for status in found)


@pytest.mark.parametrize(("kind", "text"), _NEAR, ids=[f"{k}-{i}" for i, (k, _) in enumerate(_NEAR)])
def test_what_only_looks_like_it_is_no_event_of_the_kind(kind: str, text: str) -> None:
    assert not _statuses(text, kind)


def test_every_kind_has_its_sentences_and_ten_cues() -> None:
    predicates = load_predicates()
    cues = {c.id: c for group in (*predicates.nouns.values(), *predicates.verbs.values()) for c in group}
    cues |= {c.id: c for group in predicates.phrases.values() for _, c in group}
    for kind in predicates.kinds:
        words = {w for c in cues.values() if c.kind == kind for w in (*c.nouns, *c.verbs, *c.phrases)}
        assert kind in _CORPUS and len(words) >= 10, kind
