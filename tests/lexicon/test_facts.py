"""Spot facts: who held which office on which day, what a country is called, what holds a place. Each has its citation, an
act of public record that anybody can look up; a tenure that contradicts one of them is wrong."""

from __future__ import annotations

import pytest

from sacho.lexicon import Lexicon, covers, load

# title, country, day, the holder's id (empty: nobody), citation
OFFICES = [
    # DPRK
    ("외무상", "PRK", "2000-07-28", "paek-nam-sun", "first DPRK–US foreign ministers' meeting, Bangkok, at the ASEAN Regional Forum"),
    ("외무상", "PRK", "2010-05-01", "pak-ui-chun", "appointed May 2007, replaced by the Supreme People's Assembly on 9 April 2014"),
    ("외무상", "PRK", "2015-10-01", "ri-su-yong", "speech in the general debate of the 70th UN General Assembly"),
    ("외무상", "PRK", "2018-06-12", "ri-yong-ho", "in the DPRK delegation at the Singapore summit"),
    ("외무상", "PRK", "2020-02-01", "ri-son-gwon", "named as minister at a New Year reception for diplomats, KCNA, 24 January 2020"),
    ("외무상", "PRK", "2022-07-01", "choe-son-hui", "fifth plenary meeting of the eighth Central Committee, KCNA, 11 June 2022"),
    ("외교부장", "PRK", "1994-10-21", "kim-yong-nam", "foreign minister when the Agreed Framework was signed"),
    ("제1부상", "PRK", "2019-06-30", "choe-son-hui", "first vice minister from the Supreme People's Assembly of April 2019"),
    ("국가주석", "PRK", "1993-01-01", "kim-il-sung", "president from the constitution of 1972 until his death on 8 July 1994"),
    ("국방위원장", "PRK", "2000-06-15", "kim-jong-il", "signature under the South–North Joint Declaration"),
    ("국무위원장", "PRK", "2018-04-27", "kim-jong-un", "signature under the Panmunjom Declaration"),
    ("당 제1비서", "PRK", "2013-12-12", "kim-jong-un", "elected by the fourth party conference, 11 April 2012"),
    ("당 위원장", "PRK", "2018-06-12", "kim-jong-un", "elected by the seventh party congress, 9 May 2016"),
    ("당 총비서", "PRK", "2021-01-14", "kim-jong-un", "elected by the eighth party congress, 10 January 2021"),
    ("당 총비서", "PRK", "2013-12-12", "", "no general secretary between Kim Jong Il's death and the eighth congress"),
    ("내각총리", "PRK", "2009-10-04", "kim-yong-il-premier", "received Wen Jiabao in Pyongyang"),
    ("내각총리", "PRK", "2018-09-18", "pak-pong-ju", "premier during the third Moon–Kim summit, until April 2019"),
    ("내각총리", "PRK", "2021-01-05", "kim-tok-hun", "appointed by the Political Bureau, 13 August 2020"),
    ("최고인민회의 상임위원장", "PRK", "2018-02-09", "kim-yong-nam", "head of the delegation to the opening of the PyeongChang Games"),
    ("최고인민회의 상임위원장", "PRK", "2019-06-01", "choe-ryong-hae", "elected by the 14th Supreme People's Assembly, 11 April 2019"),
    ("총참모장", "PRK", "2012-01-01", "ri-yong-ho-general", "relieved of all posts on 15 July 2012, KCNA, 16 July 2012"),
    ("총참모장", "PRK", "2022-08-01", "ri-thae-sop", "fifth plenary meeting of the eighth Central Committee, KCNA, 11 June 2022"),
    ("총정치국장", "PRK", "2018-03-01", "kim-jong-gak", "successor of Hwang Pyong So, named in February 2018"),
    ("인민무력상", "PRK", "2018-09-19", "no-kwang-chol", "signature under the military agreement of Pyongyang"),
    ("국방상", "PRK", "2023-07-26", "kang-sun-nam", "host of Sergei Shoigu in Pyongyang"),
    ("통일전선부장", "PRK", "2018-06-01", "kim-yong-chol", "brought a letter to the White House on that day"),
    # ROK
    ("대통령", "KOR", "2000-06-15", "kim-dae-jung", "signature under the South–North Joint Declaration"),
    ("대통령", "KOR", "2007-10-04", "roh-moo-hyun", "signature under the declaration of the second summit"),
    ("대통령", "KOR", "2010-11-23", "lee-myung-bak", "president when Yeonpyeong Island was shelled"),
    ("대통령", "KOR", "2018-04-27", "moon-jae-in", "signature under the Panmunjom Declaration"),
    ("대통령", "KOR", "2023-08-18", "yoon-suk-yeol", "the trilateral summit at Camp David"),
    ("대통령", "KOR", "2025-05-01", "", "vacant between the judgment of 4 April and the inauguration of 4 June 2025"),
    ("대통령", "KOR", "2025-06-04", "lee-jae-myung", "inauguration"),
    ("대통령 권한대행", "KOR", "2017-01-01", "hwang-kyo-ahn", "acting from the impeachment vote of 9 December 2016"),
    ("외교통상부 장관", "KOR", "2005-09-19", "ban-ki-moon", "minister on the day of the six-party Joint Statement"),
    ("외교통상부 장관", "KOR", "2010-03-26", "yu-myung-hwan", "minister when the Cheonan sank"),
    ("외교부 장관", "KOR", "2016-01-06", "yun-byung-se", "minister on the day of the fourth nuclear test"),
    ("외교부 장관", "KOR", "2018-06-12", "kang-kyung-wha", "in office from 18 June 2017"),
    ("외교부 장관", "KOR", "2022-07-01", "park-jin", "in office from 12 May 2022"),
    ("외교부 장관", "KOR", "2024-09-01", "cho-tae-yul", "in office from 10 January 2024"),
    ("외교부 장관", "KOR", "2025-09-22", "cho-hyun", "at the 80th UN General Assembly"),
    ("통일부 장관", "KOR", "2005-06-17", "chung-dong-young", "met Kim Jong Il in Pyongyang as the president's envoy"),
    ("통일부 장관", "KOR", "2018-04-27", "cho-myoung-gyon", "in the delegation at Panmunjom"),
    ("국방부 장관", "KOR", "2010-12-20", "kim-kwan-jin", "in office from 4 December 2010"),
    ("국방부 장관", "KOR", "2018-09-19", "song-young-moo", "signature under the military agreement of Pyongyang"),
    ("국가안보실장", "KOR", "2018-03-05", "chung-eui-yong", "head of the envoys who met Kim Jong Un"),
    ("국정원장", "KOR", "2018-03-05", "suh-hoon", "one of the envoys who met Kim Jong Un"),
    # United States
    ("대통령", "USA", "2000-10-12", "bill-clinton", "DPRK–US Joint Communiqué"),
    ("대통령", "USA", "2018-06-12", "donald-trump", "signature under the joint statement of Singapore"),
    ("대통령", "USA", "2023-08-18", "joe-biden", "host of the summit at Camp David"),
    ("부통령", "USA", "2018-02-09", "mike-pence", "at the opening of the PyeongChang Games"),
    ("국무장관", "USA", "2000-10-23", "madeleine-albright", "visit to Pyongyang"),
    ("국무장관", "USA", "2005-09-19", "condoleezza-rice", "secretary on the day of the six-party Joint Statement"),
    ("국무장관", "USA", "2018-04-10", "", "vacant between Tillerson, 31 March, and Pompeo, 26 April 2018"),
    ("국무장관", "USA", "2018-06-12", "mike-pompeo", "in the delegation at Singapore"),
    ("국무장관", "USA", "2023-11-09", "antony-blinken", "visit to Seoul"),
    ("국방장관", "USA", "2006-10-09", "donald-rumsfeld", "secretary on the day of the first nuclear test"),
    ("국가안보보좌관", "USA", "2019-02-28", "john-bolton", "at the extended meeting in Hanoi"),
    ("대북특별대표", "USA", "2019-02-28", "stephen-biegun", "in the delegation at Hanoi"),
    ("동아태 차관보", "USA", "2005-09-19", "christopher-hill", "head of the US delegation to the six-party talks"),
    # Russia
    ("대통령", "RUS", "2000-07-19", "vladimir-putin", "visit to Pyongyang and joint declaration"),
    ("대통령", "RUS", "2011-08-24", "dmitry-medvedev", "met Kim Jong Il near Ulan-Ude"),
    ("대통령", "RUS", "2019-04-25", "vladimir-putin", "met Kim Jong Un in Vladivostok"),
    ("총리", "RUS", "2010-01-01", "vladimir-putin", "prime minister from 8 May 2008 to 7 May 2012"),
    ("외무장관", "RUS", "2000-02-09", "igor-ivanov", "signed the treaty of friendship in Pyongyang"),
    ("외무장관", "RUS", "2023-10-19", "sergey-lavrov", "received by Kim Jong Un in Pyongyang"),
    ("국방장관", "RUS", "2023-07-26", "sergei-shoigu", "visit to Pyongyang for the 70th anniversary of the armistice"),
    ("국방장관", "RUS", "2024-11-29", "andrei-belousov", "visit to Pyongyang"),
    # China
    ("국가주석", "CHN", "2005-10-28", "hu-jintao", "visit to Pyongyang"),
    ("국가주석", "CHN", "2019-06-20", "xi-jinping", "visit to Pyongyang"),
    ("총리", "CHN", "2009-10-04", "wen-jiabao", "visit to Pyongyang"),
    ("총리", "CHN", "2024-05-27", "li-qiang", "trilateral summit in Seoul"),
    ("외교부장", "CHN", "2003-08-27", "li-zhaoxing", "opened the first round of the six-party talks"),
    ("외교부장", "CHN", "2018-05-02", "wang-yi", "visit to Pyongyang"),
    ("외교부장", "CHN", "2023-03-01", "qin-gang", "in office from 30 December 2022 to 25 July 2023"),
    ("외교부장", "CHN", "2023-07-26", "wang-yi", "appointed again by the NPC Standing Committee, 25 July 2023"),
    ("당 대외연락부장", "CHN", "2018-04-14", "song-tao", "led an art troupe to Pyongyang"),
    # Japan
    ("총리", "JPN", "2002-09-17", "junichiro-koizumi", "signature under the Pyongyang Declaration"),
    ("총리", "JPN", "2018-06-12", "shinzo-abe", "in office from 26 December 2012 to 16 September 2020"),
    ("총리", "JPN", "2023-08-18", "fumio-kishida", "at the summit at Camp David"),
    ("총리", "JPN", "2025-10-22", "sanae-takaichi", "elected by the Diet on 21 October 2025"),
    ("외무상", "JPN", "2002-09-17", "yoriko-kawaguchi", "in office from 1 February 2002"),
    ("외무상", "JPN", "2015-12-28", "fumio-kishida", "announced the agreement on comfort women in Seoul"),
    ("외무상", "JPN", "2019-08-01", "taro-kono", "met Kang Kyung-wha in Bangkok"),
    ("외무상", "JPN", "2021-11-05", "fumio-kishida", "held by the prime minister himself from 4 to 10 November 2021"),
    ("관방장관", "JPN", "2002-09-17", "yasuo-fukuda", "in office from 27 October 2000 to 7 May 2004"),
    ("방위상", "JPN", "2007-09-01", "masahiko-komura", "in the Abe cabinet reshuffled on 27 August 2007"),
    # others
    ("사무총장", "UNO", "2006-10-14", "kofi-annan", "secretary-general on the day of Security Council resolution 1718"),
    ("사무총장", "UNO", "2017-09-11", "antonio-guterres", "secretary-general on the day of Security Council resolution 2375"),
    ("국제원자력기구 사무총장", "UNO", "2009-04-16", "mohamed-elbaradei", "director general when inspectors left Yongbyon"),
    ("총리", "SGP", "2018-06-10", "lee-hsien-loong", "received Kim Jong Un at the Istana"),
    ("국가주석", "VNM", "2019-03-01", "nguyen-phu-trong", "received Kim Jong Un in Hanoi"),
    ("당 서기장", "VNM", "2025-10-10", "to-lam", "at the 80th anniversary of the Workers' Party in Pyongyang"),
    ("국가주석", "LAO", "2025-10-10", "thongloun-sisoulith", "at the 80th anniversary of the Workers' Party in Pyongyang"),
    ("대통령", "MNG", "2013-10-28", "tsakhiagiin-elbegdorj", "visit to Pyongyang"),
    ("총리", "MYS", "2017-02-13", "najib-razak", "prime minister when Kim Jong Nam was killed"),
    ("총리", "SWE", "2001-05-02", "goran-persson", "led the EU delegation to Pyongyang"),
    ("대통령", "UKR", "2022-02-24", "volodymyr-zelenskyy", "president on the day of the invasion"),
]

# id, ROK name, a DPRK name (empty: the same), English
COUNTRIES = [
    ("PRK", "북한", "조선민주주의인민공화국", "North Korea"), ("KOR", "한국", "남조선", "South Korea"), ("CHN", "중국", "", "China"),
    ("RUS", "러시아", "로씨야", "Russia"), ("DEU", "독일", "도이췰란드", "Germany"), ("VNM", "베트남", "윁남", "Vietnam"),
    ("CUB", "쿠바", "꾸바", "Cuba"), ("POL", "폴란드", "뽈스까", "Poland"), ("SYR", "시리아", "수리아", "Syria"),
    ("KHM", "캄보디아", "캄보쟈", "Cambodia"), ("TUR", "튀르키예", "뛰르끼예", "Türkiye"), ("SWE", "스웨덴", "스웨리예", "Sweden"),
    ("SUN", "소련", "쏘련", "Soviet Union"), ("IND", "인도", "인디아", "India"), ("AUS", "호주", "오스트랄리아", "Australia"),
]  # fmt: skip

# a form, and the names of the chain from the place up to its country; the administrative divisions and the sites'
# addresses are public record
CHAINS = [
    ("백화원초대소", ("백화원영빈관", "평양", "북한")),
    ("릉라도 5월1일경기장", ("능라도 5월1일경기장", "능라도", "평양", "북한")),
    ("금수산기념궁전", ("금수산태양궁전", "대성구역", "평양", "북한")),
    ("해방탑", ("해방탑", "모란봉구역", "평양", "북한")),
    ("만수대의사당", ("만수대의사당", "평양 중구역", "평양", "북한")),
    ("당중앙위원회 본부청사", ("당 본부청사", "평양", "북한")),
    ("서해위성발사장", ("서해위성발사장", "철산군", "평안북도", "북한")),
    ("풍계리 핵실험장", ("풍계리", "길주군", "함경북도", "북한")),
    ("녕변", ("영변", "영변군", "평안북도", "북한")),
    ("개성공업지구", ("개성공단", "개성시", "북한")),
    ("외금강호텔", ("외금강호텔", "금강산", "북한 고성군", "북한 강원도", "북한")),
    ("두만강역", ("두만강역", "선봉구역", "나선", "북한")),
    ("갈마비행장", ("원산갈마국제공항", "원산", "북한 강원도", "북한")),
    ("평화의집", ("평화의 집", "판문점", "한국")),
    ("누리마루", ("누리마루 APEC하우스", "부산", "한국")),
    ("조어대", ("댜오위타이", "베이징", "중국")),
    ("인민대회당", ("인민대회당", "베이징", "중국")),
    ("단동", ("단둥", "랴오닝성", "중국")),
    ("하싼역", ("하산역", "연해주", "러시아")),
    ("보스토치니 우주기지", ("보스토치니 우주기지", "아무르주", "러시아")),
    ("극동연방대학교", ("극동연방대", "루스키섬", "블라디보스토크", "연해주", "러시아")),
    ("메트로폴 호텔", ("하노이 메트로폴 호텔", "하노이", "베트남")),
    ("카펠라 호텔", ("카펠라 호텔", "센토사", "싱가포르")),
    ("유엔 본부", ("유엔본부", "뉴욕", "미국")),
    ("이와쿠니 기지", ("이와쿠니 기지", "야마구치현", "일본")),
]


@pytest.mark.parametrize(("title", "country", "day", "holder", "citation"), OFFICES)
def test_who_held_an_office_on_a_day(title: str, country: str, day: str, holder: str, citation: str) -> None:
    held = {t.person for tenures in load().tenures.values() for t in tenures
            if (t.title, t.country) == (title, country) and covers(t, day)}  # fmt: skip
    assert held == ({holder} if holder else set()), citation


@pytest.mark.parametrize(("title", "country", "day", "holder", "_"), [fact for fact in OFFICES if fact[0].endswith("외무상")])
def test_the_lexicon_names_the_one_holder(title: str, country: str, day: str, holder: str, _: str) -> None:
    assert load().holder_of(title, country, day) == holder


def test_there_are_enough_facts_to_tell() -> None:
    assert len(OFFICES) >= 60
    assert all(len(citation) > 10 for *_, citation in OFFICES)


@pytest.mark.parametrize(("code", "name", "dprk", "english"), COUNTRIES)
def test_what_a_country_is_called(code: str, name: str, dprk: str, english: str) -> None:
    country = load().countries[code]
    assert (country.name, country.en) == (name, english)
    assert dprk in country.dprk if dprk else not country.dprk


@pytest.mark.parametrize(("form", "chain"), CHAINS)
def test_what_holds_a_place(form: str, chain: tuple[str, ...]) -> None:
    lexicon = load()
    targets = next(surface.targets for surface in lexicon.surfaces if surface.form == form)
    assert [table for table, _ in targets] == ["places"]
    assert _chain(lexicon, targets[0][1]) == chain


def test_every_place_with_a_container_ends_in_its_country_or_at_a_border() -> None:
    lexicon = load()
    straddling = {"tongilgak", "panmungak"}  # north of the line, in Panmunjom
    for place in lexicon.places.values():
        if place.within and place.id not in straddling:
            assert _chain(lexicon, place.id)[-1] == lexicon.countries[place.country].name, place.id


def _chain(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    names = []
    while key in lexicon.places:
        names.append(lexicon.places[key].name)
        key = lexicon.places[key].within
    return (*names, *((lexicon.countries[key].name,) if key else ()))
