"""A name may be typed as either side writes it, in English or in hanja; what is none is told from what is near it."""

from __future__ import annotations

import pytest

from sacho.lexicon.naming import forms_of, meant, near, spellings, spelt


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("김정은", ["kim-jong-un"]), ("Kim Jong Un", ["kim-jong-un"]), ("kim jong-un", ["kim-jong-un"]), ("Jong-un Kim", ["kim-jong-un"]),
        ("金正恩", ["kim-jong-un"]), ("kim-jong-un", ["kim-jong-un"]), ("김정은 위원장", ["kim-jong-un"]), ("최선희외무상", ["choe-son-hui"]),
        ("쎄르게이 라브로브", ["sergey-lavrov"]), ("Sergey Lavrov", ["sergey-lavrov"]), ("Lavrov", ["sergey-lavrov"]), ("뿌찐", ["vladimir-putin"]),
        ("습근평", ["xi-jinping"]), ("習近平", ["xi-jinping"]), ("이용호", ["ri-yong-ho"]), ("리용호", ["ri-yong-ho"]),
        ("Ri Yong Ho", ["ri-yong-ho", "ri-yong-ho-general"]), ("Russia", ["RUS"]), ("로씨야", ["RUS"]), ("러시아 외무부", ["rus-mofa"]),
        ("Kim", []), ("외무상", []), ("Jong", []), ("", []), ("··", []), ("Kim Jong Eun", []),
    ],
)  # fmt: skip
def test_a_name_in_any_form_means_the_same(typed: str, ids: list[str]) -> None:
    assert [entry.id for entry in meant(typed)] == ids


def test_a_name_means_entries_of_the_tables_asked_for_only() -> None:
    assert [e.id for e in meant("평양", ("places",))] == [e.id for e in meant("Pyongyang", ("places",))] != []
    assert meant("Pyongyang", ("people",)) == () and meant("Kim Jong Un", ("places", "countries")) == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("리용호", "이용호", True), ("로동신문", "노동신문", True), ("녀성", "여성", True), ("Kim Jong-un", "KIM JONG UN", True), ("José", "jose", True),
     ("라브로프", "라브로브", False), ("김정은", "김정일", False), ("이란", "리란", True), ("노영호", "오영호", False)],
)  # fmt: skip
def test_names_are_compared_without_what_does_not_tell_them_apart(a: str, b: str, same: bool) -> None:
    assert (spelt(a) == spelt(b)) is same


def test_a_korean_name_has_the_heads_of_both_sides() -> None:
    assert set(spellings("이용호")) == {"이용호", "리용호"} and set(spellings("노동신문")) == {"노동신문", "로동신문"}
    assert spellings("김정은") == ("김정은",) and spellings("Kim") == ("Kim",) and spellings("") == ("",)


_KNOWN = [(i, forms_of(i)) for i in ("vladimir-putin", "kim-jong-un", "choe-son-hui", "kim-yo-jong", "park-jin", "choi-jong-kun")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Kim Jong Eun", "kim-jong-un"), ("김정운", "kim-jong-un"), ("Putn", "vladimir-putin"), ("Choi Son Hui", "choe-son-hui"), ("Kim", "kim-jong-un"),
     ("최선희 동지", "choe-son-hui"), ("Angela Merkel", None), ("", None)],
)  # fmt: skip
def test_what_is_near_a_name_comes_nearest_first(typed: str, first: str | None) -> None:
    found = near(typed, _KNOWN)
    assert (found[0] if found else None) == first
    assert len(near("Kim", _KNOWN, most=1)) == 1
