"""Who takes part in an event, in sentences of ours (`corpus/participants.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import sacho
from sacho.annotate.open_actors import load_open_actors

_PHENOMENA = tomllib.loads((Path(__file__).resolve().parent.parent / "corpus" / "participants.toml").read_text("utf-8"))["phenomenon"]


def _parties(text: str, kind: str, published: str) -> list[list[str]]:
    events = sacho.code(text, published=published).events
    return [sorted(p.name for p in (*e.actor, *e.recipient)) for e in events if e.kind == kind]


def _rows(part: str) -> list[object]:
    return [
        pytest.param(p["published"], *row, id=f"{p['name']}-{n}") for p in _PHENOMENA for n, row in enumerate(p[part])
    ]


@pytest.mark.parametrize(("published", "text", "kind", "names"), _rows("accept"))
def test_the_parties_are_found(published: str, text: str, kind: str, names: list[str]) -> None:
    assert sorted(names) in _parties(text, kind, published)


@pytest.mark.parametrize(("published", "text", "kind", "name"), _rows("reject"))
def test_nobody_else_takes_part(published: str, text: str, kind: str, name: str) -> None:
    assert not [parties for parties in _parties(text, kind, published) if name in parties]


@pytest.mark.parametrize("words", load_open_actors().reject)
def test_what_only_ends_like_an_actor_is_none(words: str) -> None:
    mentions = sacho.code(f"{words}. 북한은 침묵했다.", published="2022-06-04").annotated.mentions
    assert not [m.name for m in mentions if m.rule == "open"]


def test_a_couple_that_the_text_marries_to_a_couple_is_two_people() -> None:
    text = "문재인 대통령 부부와 부인 김정숙 여사 부부는 8일 평양을 방문했다."
    assert _parties(text, "visit", "2019-06-10") == [["김정숙", "문재인"]]
