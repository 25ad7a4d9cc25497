"""Whom a party's key stands for: people by name, institutions, and those whom the text does not name."""

from __future__ import annotations

import pytest

from sacho.records import Participant
from sacho.resolve.parties import institution, key_of, person


def _key(identity: str, state: str) -> str:
    return key_of(Participant(id=identity, name=identity, as_written=identity, country=state))


@pytest.mark.parametrize(
    ("identity", "state"),
    [("kim-jong-un", "PRK"), ("name:박명철", "PRK"), ("name:이정부", "KOR"), ("name:차히아긴 엘베그도르지", "MNG")],
)
def test_people_by_name(identity: str, state: str) -> None:
    assert person(_key(identity, state))


@pytest.mark.parametrize(("identity", "state"), [("prk-mofa", "PRK"), ("un-unsc", "UNO"), ("name:러시아 국방부", "RUS")])
def test_institutions(identity: str, state: str) -> None:
    assert institution(_key(identity, state))
    assert not person(_key(identity, state))


@pytest.mark.parametrize(
    ("identity", "state"), [("name:북한 대표단", "PRK"), ("name:몽골 대사", "MNG"), ("role:USA:대사", "USA"), ("group:북한 대표단", "PRK")]
)
def test_the_unnamed_are_neither(identity: str, state: str) -> None:
    assert not person(_key(identity, state))
    assert not institution(_key(identity, state))


def test_a_state_is_no_person() -> None:
    assert _key("PRK", "PRK") == "PRK/"
    assert not person("PRK/")
