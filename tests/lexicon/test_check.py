"""The proof of the lexicon: the tables of the program hold, and each way to break one is told in one sentence."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from sacho.cli import main
from sacho.lexicon.check import ambiguities, check
from tests.lexicon.small import TABLES, broken, lay

# file, words that stand there, words put in their place, what is said
SCHEMA = [
    ("people.csv", "name,dprk", "name,north", "people.csv, line 1: columns dprk, north are missing, unknown or doubled; they must be id,name,dprk,hanja,en,country,sector,aliases,source."),
    ("people.csv", "Ri Gun,PRK", "Ri Gun", "people.csv, line 3 (ri-gun): 8 cells instead of 9; quote a cell that holds a comma."),
    ("people.csv", "ri-gun,", "choe-son-hui,", "people.csv, line 3: the id 'choe-son-hui' stands twice; give each row its own."),
    ("people.csv", ",이근,", ",이근 ,", "people.csv, line 3 (ri-gun): '이근 ' has a blank at its edge; delete it."),
    ("places.csv", "39.03", "39°N", "places.csv, line 3 (pyongyang): '39°N' is no number; give decimal degrees."),
    ("pairs.csv", "남북,", ",", "pairs.csv, line 2: the form is empty; give each row its own."),
]
ROWS = [
    ("people.csv", "Ri Gun,PRK", "Ri Gun,XYZ", "people.csv (ri-gun): XYZ is no id of countries.csv; correct it or add the country."),
    ("tenures.csv", "ri-yong-ho,", "ri-yong-hi,", "tenures.csv (ri-yong-hi, 외무상): ri-yong-hi is no id of people.csv; add the person or drop the row."),
    ("tenures.csv", "외무성,PRK,2022", "외무성,PRC,2022", "tenures.csv (choe-son-hui, 외무상): PRC is no id of countries.csv; correct it or add the country."),
    ("places.csv", "PRK,pyongyang", "PRK,pyeongyang", "places.csv (moranbong): within pyeongyang is no id of places.csv or countries.csv; correct it."),
    ("pairs.csv", "KOR|PRK", "KOR|PKR", "pairs.csv (남북): PKR is no id of countries.csv; correct it or add the country."),
    ("pairs.csv", "KOR|PRK", "PRK|PRK", "pairs.csv (남북): members PRK|PRK are not two or more states, each once; name each state once."),
    ("people.csv", "choe-son-hui,", "Choe_Son_Hui,", "people.csv (Choe_Son_Hui): the id is not written in lower-case words joined by hyphens; rewrite it."),
    ("people.csv", "Choe Son Hui", "Choe Son-hui", "people.csv (choe-son-hui): 'Choe Son-hui' is not a word a syllable of 최선희, each with a capital and without a hyphen; write it as KCNA does."),
    ("people.csv", "Ri Gun,", "Ri gun,", "people.csv (ri-gun): 'Ri gun' is not a word a syllable of 리근, each with a capital and without a hyphen; write it as KCNA does."),
    ("people.csv", "이근,public record", "이근,", "people.csv (ri-gun): source is empty; say where the entry comes from."),
    ("people.csv", "PRK,GOV,이근", "PRK,GOVT,이근", "people.csv (ri-gun): sector 'GOVT' is not one of the list in proof.toml; take one or add it there."),
    ("people.csv", ",이근,", ",근,", "people.csv (ri-gun): '근' has one syllable and would be found inside other words; write a longer form."),
    ("people.csv", ",이근,", ",이근|리근,", "people.csv (ri-gun): '리근' stands twice among its forms; keep one."),
    ("people.csv", ",이근,", ",이근||이 근,", "people.csv (ri-gun): '' is empty or has a blank at its edge; delete it."),
    ("outlets.csv", "KCNA", "", "outlets.csv (kcna): en is empty; give the English that the agencies write."),
    ("bodies.csv", "ministry,외무성,,public record\nprk", "minstry,외무성,,public record\nprk", "bodies.csv (kor-mofa): kind 'minstry' is not one of the list in proof.toml; take one or add it there."),
    ("pairs.csv", ",rok", ",south", "pairs.csv (남북): register 'south' is not one of the list in proof.toml; take one or add it there."),
    ("people.csv", "ri-yong-ho,리용호,,,Ri Yong Ho,PRK,GOV,이용호", "ri-keun,리근,,,Ri Gun,PRK,GOV,이용호", "people.csv (ri-keun): the same name, English and country as ri-gun; join the two rows."),
]
TENURES = [
    ("tenures.csv", "2019-12", "2015-12", "tenures.csv (ri-yong-ho, 외무상): ends (2015-12) before it begins (2016-05); correct one of them."),
    ("tenures.csv", "2016-05", "2016-13", "tenures.csv (ri-yong-ho, 외무상): from '2016-13' is no EDTF date; write YYYY, YYYY-MM or YYYY-MM-DD."),
    ("tenures.csv", "2019-12", "2019-02-30", "tenures.csv (ri-yong-ho, 외무상): to '2019-02-30' is no EDTF date; write YYYY, YYYY-MM or YYYY-MM-DD."),
    ("tenures.csv", "2016-05", "", "tenures.csv (ri-yong-ho, 외무상): from is empty; give at least the year."),
    ("tenures.csv", "2019-12,public record", "2019-12,", "tenures.csv (ri-yong-ho, 외무상): source is empty; say where the entry comes from."),
    ("tenures.csv", "2019-12", "", "tenures.csv (choe-son-hui, 외무상): begins 2022-06 while ri-yong-ho holds the office until now; correct a date, or name 'PRK 외무성 외무상' as shared in proof.toml."),
    ("tenures.csv", "choe-son-hui,외무상,Foreign Minister,외무성,PRK,2022-06,", "ri-yong-ho,외무상,Foreign Minister,외무성,PRK,2018-06,2019-06", "tenures.csv (ri-yong-ho, 외무상): overlaps another row of the same person and office; join the two or correct a date."),
]
PLACES = [
    ("places.csv", "39.05,125.76", "39.05,", "places.csv (moranbong): one coordinate without the other; give both or none."),
    ("places.csv", "39.05,125.76", "125.76,39.05", "places.csv (moranbong): 125.76, 39.05 is not on the globe; give latitude, then longitude, in degrees."),
    ("places.csv", "39.05,125.76", "39.051,125.76", "places.csv (moranbong): 39.051, 125.76 has more than two decimals; round it."),
    ("places.csv", "39.05,125.76", "36.05,125.76", "places.csv (moranbong): 36.05, 125.76 lies outside the box of PRK; correct coordinates or country."),
    ("places.csv", "country-capital,PRK,PRK", "country-capital,PRK,moranbong", "places.csv (moranbong): its chain of within comes back to itself; name a wider place."),
    ("places.csv", "district,", "ward,", "places.csv (moranbong): kind 'ward' is not one of the list in proof.toml; take one or add it there."),
    ("countries.csv", ",서울,", ",부산,", "countries.csv (KOR): capital 부산 is no name of places.csv; add the place or correct the name."),
]
FORMS = [
    ("people.csv", "PRK,GOV,,public", "PRK,GOV,이근,public", "ambiguous.csv: 이근 stands for people:choe-son-hui and people:ri-gun; declare it there with a reason, or drop one of the forms."),
    ("outlets.csv", ",PRK,,", ",PRK,평양,", "ambiguous.csv: 평양 stands for outlets:kcna and places:pyongyang; declare it there with a reason, or drop one of the forms."),
    ("outlets.csv", ",PRK,,", ",PRK,외무성,", "ambiguous.csv (외무성): the entries are now bodies:kor-mofa|bodies:prk-mofa|outlets:kcna; review the row."),
    ("bodies.csv", "외무성,,public record\nprk-mofa", ",,public record\nprk-mofa", "ambiguous.csv (외무성): the form no longer stands for two entries; delete the row."),
    ("ambiguous.csv", "bare name of both ministries", "", "ambiguous.csv (외무성): reason is empty; say why both entries keep the form and what decides."),
]
FILES = [
    ("people.csv", "ri-gun,", "zi-gun,", "people.csv (ri-yong-ho): stands after zi-gun; sort the rows by their first column."),
    ("outlets.csv", "조선중앙통신", unicodedata.normalize("NFD", "조선중앙통신"), "outlets.csv, line 2: not in Unicode form NFC; normalise it."),
    ("SOURCES.md", "## `pairs.csv`", "## `pear.csv`", "SOURCES.md: nothing on pairs.csv; write a paragraph under the heading ## `pairs.csv`."),
    ("SOURCES.md", "## `pairs.csv`", "## `pear.csv`", "SOURCES.md (pear.csv): there is no such file; delete the paragraph."),
    ("SOURCES.md", "## `proof.toml`\n\nMade for this test.", "## `proof.toml`\n", "SOURCES.md (proof.toml): the paragraph is empty; say what the file is, how it was made and under which licence."),
    ("cues.toml", 'kind = "meet"', 'kind = "mete"', "cues.toml (meet): kind mete is no kind of kinds.toml; correct it or add the kind."),
    ("cues.toml", '"reciprocal"', '"reciprocol"', "cues.toml (meet): frame reciprocol is no frame of frames.toml; correct it or add the frame."),
    ("cues.toml", '["회담"]', "[]", "cues.toml (meet): no nouns, verbs or phrases; give the words that tell of the event."),
    ("cues.toml", 'nouns = ["회담"]', 'verbs = ["마주 앉"]', "cues.toml (meet): the verb 마주 앉 has a blank and is never found; write it together or put it among the phrases."),
]


def test_the_tables_of_the_program_hold_together() -> None:
    assert check() == []


def test_nothing_is_wrong_with_the_small_lexicon(tmp_path: Path) -> None:
    lay(tmp_path)
    assert check(tmp_path) == []


@pytest.mark.parametrize(("name", "old", "new", "sentence"), SCHEMA)
def test_a_broken_schema_is_the_only_problem_told(tmp_path: Path, name: str, old: str, new: str, sentence: str) -> None:
    lay(tmp_path)
    broken(tmp_path, name, old, new)
    assert check(tmp_path) == [sentence]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), [*ROWS, *TENURES, *PLACES, *FORMS, *FILES])
def test_each_broken_cell_is_told_in_one_sentence(tmp_path: Path, name: str, old: str, new: str, sentence: str) -> None:
    lay(tmp_path)
    broken(tmp_path, name, old, new)
    assert sentence in check(tmp_path)


@pytest.mark.parametrize("name", [n for n in TABLES if n.endswith(".csv")])
def test_a_missing_table_is_told(tmp_path: Path, name: str) -> None:
    lay(tmp_path)
    (tmp_path / name).unlink()
    assert check(tmp_path) == [f"{name} is missing; put it beside the other tables."]


def test_a_month_may_end_in_the_month_in_which_the_next_begins(tmp_path: Path) -> None:
    """리용호 to 2022-06, 최선희 from 2022-06: the unknown days may be in order."""
    lay(tmp_path)
    broken(tmp_path, "tenures.csv", "2019-12", "2022-06")
    assert check(tmp_path) == []


def test_offices_of_several_holders_may_overlap(tmp_path: Path) -> None:
    lay(tmp_path)
    broken(tmp_path, "tenures.csv", "2019-12", "")
    broken(tmp_path, "proof.toml", "shared = [", 'shared = [ "PRK 외무성 외무상",')
    assert check(tmp_path) == []


def test_a_cue_id_used_in_two_files_is_told(tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / "acts.toml").write_text(TABLES["cues.toml"], encoding="utf-8")
    assert "cues.toml (meet): acts.toml has a cue of this id too; give each its own." in check(tmp_path)


def test_a_one_syllable_name_needs_a_longer_form_beside_it(tmp_path: Path) -> None:
    lay(tmp_path)
    broken(tmp_path, "places.csv", "평양,,", "빈,,")
    broken(tmp_path, "countries.csv", ",평양,", ",평양시,")
    assert check(tmp_path) == []
    broken(tmp_path, "places.csv", "평양시", "")
    assert any("'빈' has one syllable" in problem for problem in check(tmp_path))


def test_the_declaration_keeps_reasons_and_leaves_new_rows_without_one(tmp_path: Path) -> None:
    lay(tmp_path)
    broken(tmp_path, "people.csv", "PRK,GOV,,public", "PRK,GOV,이근,public")
    assert ambiguities(tmp_path).splitlines() == [
        "form,entries,reason",
        "외무성,bodies:kor-mofa|bodies:prk-mofa,bare name of both ministries",
        "이근,people:choe-son-hui|people:ri-gun,",
    ]


def test_the_command_exits_with_1_if_anything_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path)
    broken(tmp_path, "places.csv", "39.05,125.76", "36.05,125.76")
    monkeypatch.setattr("sacho.lexicon.check._data", lambda: tmp_path)
    result = CliRunner().invoke(main, ["lexicon", "check"])
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "1 problem"


def test_the_command_exits_with_0_if_nothing_is_wrong() -> None:
    result = CliRunner().invoke(main, ["lexicon", "check"])
    assert (result.exit_code, result.output) == (0, "0 problems\n")
