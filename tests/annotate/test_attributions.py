"""Whose word: chains of sources, denials, silence, and the agency's account going on."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from sacho.annotate.attributions import find_attributions
from sacho.annotate.resources import Resources
from sacho.records import AttributionKind, Block, BlockKind, Sentence, Timex, TimexKind, TimexRole, Token
from tests.annotate.voices import PASSAGES, voices

_RULES = tomllib.loads((files("sacho.annotate") / "data" / "reporting.toml").read_text(encoding="utf-8"))
_ENTRIES = [*_RULES["verbs"], {"id": "per", **_RULES["phrases"]}, {"id": "denial", **_RULES["denials"]}]


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "says" in p], ids=lambda p: p["text"][:24])
def test_who_says_it(passage: dict[str, Any], resources: Resources) -> None:
    read = voices(passage["text"], resources, passage.get("outlet"))
    for line in passage["says"]:
        chain, _, rest = line.partition(": ")
        words, _, kind = rest.partition(" !")
        found = read.narrowest(words)
        assert found is not None, f"nobody says {words}"
        assert [s.name for s in found.sources] == chain.split(" > ")
        assert found.kind == (kind or "reported")


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "silent" in p], ids=lambda p: p["text"][:24])
def test_what_the_outlet_tells_itself_has_no_source(passage: dict[str, Any], resources: Resources) -> None:
    read = voices(passage["text"], resources, passage.get("outlet"))
    assert {w: read.narrowest(w) for w in passage["silent"]} == dict.fromkeys(passage["silent"])


@pytest.mark.parametrize(("rule", "text"), [(e["id"], t) for e in _ENTRIES for t in e["accept"]])
def test_a_rule_accepts_its_example(rule: str, text: str, resources: Resources) -> None:
    found = voices(text, resources).attributions
    assert found
    if rule in ("deny", "denial"):
        assert found[-1].kind is AttributionKind.denied


@pytest.mark.parametrize(("rule", "text"), [(e["id"], t) for e in _ENTRIES for t in e["reject"]])
def test_a_rule_rejects_its_example(rule: str, text: str, resources: Resources) -> None:
    found = voices(text, resources).attributions
    assert not [a for a in found if rule != "denial" or a.kind is AttributionKind.denied]


def test_the_day_of_the_report_goes_into_the_attribution(resources: Resources) -> None:
    text = "대표단이 19일 떠났다고 조선중앙통신이 20일 보도했다."
    tokens = resources.analyser(text, [])
    blocks = (Block(kind=BlockKind.body, start=0, end=len(text)),)
    sentences = (Sentence(start=0, end=len(text), block=0, first=0, last=len(tokens)),)
    at = [text.index("19일"), text.index("20일")]
    timexes = [
        Timex(start=at[0], end=at[0] + 3, kind=TimexKind.date, value="2023-10-19"),
        Timex(start=at[1], end=at[1] + 3, kind=TimexKind.date, value="2023-10-20", role=TimexRole.report),
    ]
    (found,) = find_attributions(text, sentences, tokens, (), timexes, blocks)
    assert found.reported == "2023-10-20"


def test_the_outlet_itself_is_no_source(resources: Resources) -> None:
    text = "통일뉴스는 조선중앙통신을 인용해 대표단이 떠났다고 보도했다."
    assert [s.name for s in voices(text, resources, "통일뉴스").attributions[0].sources] == ["조선중앙통신"]


def test_a_text_without_tokens_has_no_attribution() -> None:
    tokens: tuple[Token, ...] = ()
    assert find_attributions("", (), tokens, (), (), ()) == ()
