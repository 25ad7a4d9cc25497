"""Places, sources and offices in English; what no table has is romanized, the Korean beside it."""

from __future__ import annotations

import pytest

from sacho.annotate.english import english_of, office_in_english, party_in_english, place_in_english, source_in_english
from sacho.annotate.romanize import romanize_words
from sacho.records import Place


@pytest.mark.parametrize(
    ("korean", "latin"),
    [
        ("종로", "Jongno"), ("신라", "Silla"), ("백마", "Baengma"), ("왕십리", "Wangsimni"), ("별내", "Byeollae"), ("해돋이", "Haedoji"), ("묵호", "Mukho"),
        ("압구정", "Apgujeong"), ("독립문", "Dongnimmun"), ("대관령", "Daegwallyeong"), ("설악", "Seorak"), ("한밭", "Hanbat"), ("벚꽃", "Beotkkot"),
        ("판문점", "Panmunjeom"), ("집현전", "Jiphyeonjeon"), ("촉석루", "Chokseongnu"), ("속리산", "Songnisan"), ("안압지", "Anapji"), ("광희문", "Gwanghuimun"),
        ("좋고", "Joko"), ("같이", "Gachi"), ("Paris 3", "Paris 3"), ("", ""),
    ],
)  # fmt: skip
def test_words_are_romanized_as_they_are_pronounced(korean: str, latin: str) -> None:
    assert romanize_words(korean) == latin


@pytest.mark.parametrize(
    ("place", "english"),
    [("아무르주", "Amur Oblast"), ("유엔본부", "UN Headquarters"), ("러시아", "Russia"), ("우주기지", "Ujugiji (우주기지)"), ("Geneva", "Geneva"), ("", "")],
)  # fmt: skip
def test_a_place_has_an_english_name_or_its_sound(place: str, english: str) -> None:
    assert english_of(place) == english
    assert place_in_english(Place(id="x", name=place, name_en="Own")) == "Own"


def test_sources_parties_and_offices_are_english_where_the_lexicon_is() -> None:
    assert source_in_english("조선중앙통신") == "KCNA" and source_in_english("외교부 당국자") == "외교부 당국자"
    assert party_in_english("최선희") == "Choe Son Hui" and party_in_english("베트남 관계자들") == "베트남 관계자들"
    assert office_in_english("choe-son-hui", "외무상") != "외무상" and office_in_english("nobody", "두목") == "두목"
