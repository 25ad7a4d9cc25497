"""A lexicon of a few rows in which nothing is wrong, to be broken one cell at a time."""

from __future__ import annotations

from pathlib import Path

import sacho.lexicon

_PROOF = Path(sacho.lexicon.__file__).parent / "data" / "proof.toml"

TABLES = {
    "people.csv": (
        "id,name,dprk,hanja,en,country,sector,aliases,source\n"
        "choe-son-hui,최선희,,崔善姬,Choe Son Hui,PRK,GOV,,public record\n"
        "ri-gun,리근,,,Ri Gun,PRK,GOV,이근,public record\n"
        "ri-yong-ho,리용호,,,Ri Yong Ho,PRK,GOV,이용호,public record\n"
    ),
    "tenures.csv": (
        "person,title,title_en,body,country,from,to,source\n"
        "choe-son-hui,외무상,Foreign Minister,외무성,PRK,2022-06,,public record\n"
        "ri-yong-ho,외무상,Foreign Minister,외무성,PRK,2016-05,2019-12,public record\n"
    ),
    "countries.csv": (
        "id,name,dprk,en,hanja,short,dprk_short,demonym_aliases,aliases,capital,sector\n"
        "KOR,한국,남조선,South Korea,韓,한,남,,남측|南,서울,GOV\n"
        "PRK,북한,조선민주주의인민공화국,North Korea,北,북,조,,북측,평양,GOV\n"
        "YEM,예멘,,Yemen,,,,,,사나,GOV\n"
    ),
    "pairs.csv": "form,members,register\n남북,KOR|PRK,rok\n",
    "bodies.csv": (
        "id,name,dprk,en,country,sector,kind,aliases,metonym,source\n"
        "kor-mofa,외교부,,ROK Ministry of Foreign Affairs,KOR,GOV,ministry,외무성,,public record\n"
        "prk-mofa,북한 외무성,,North Korean Foreign Ministry,PRK,GOV,ministry,외무성,,public record\n"
    ),
    "places.csv": (
        "id,name,dprk,en,kind,country,within,lat,lon,precision,aliases,source\n"
        "moranbong,모란봉구역,,Moranbong District,district,PRK,pyongyang,39.05,125.76,county,,public record\n"
        "pyongyang,평양,,Pyongyang,country-capital,PRK,PRK,39.03,125.75,city,평양시,public record\n"
        "sanaa,예멘 사나,,Sanaa,country-capital,YEM,YEM,15.35,44.21,city,,public record\n"
        "seoul,서울,,Seoul,country-capital,KOR,KOR,37.57,126.98,city,,public record\n"
    ),
    "outlets.csv": "id,name,dprk,en,kind,country,aliases,source\nkcna,조선중앙통신,,KCNA,agency,PRK,,public record\n",
    "titles.csv": "id,title,dprk,en,countries,sector,class,aliases\nt-외무상,외무상,,Foreign Minister,PRK|JPN,GOV,상,\n",
    "ambiguous.csv": "form,entries,reason\n외무성,bodies:kor-mofa|bodies:prk-mofa,bare name of both ministries\n",
    "calendar.csv": (
        "id,kind,from,to,kst,parties,places,names,source\n"
        "2000-06-13-summit-kor-prk,summit,2000-06-13,2000-06-15,,KOR|PRK,평양,첫 남북정상회담,public record\n"
        "2006-10-14-resolution-uno,resolution,2006-10-14,,2006-10-15,,뉴욕,결의 1718호,public record\n"
    ),
    "kinds.toml": '[[kind]]\nid = "meet"\n',
    "frames.toml": '[frame.reciprocal]\nsubj = "actor"\n',
    "cues.toml": '[[cue]]\nid = "meet"\nkind = "meet"\nframe = "reciprocal"\nnouns = ["회담"]\n',
}


def lay(folder: Path) -> None:
    """Write the small lexicon into an empty folder, with the real rules and a paragraph for every file."""
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "proof.toml").write_text(_PROOF.read_text(encoding="utf-8"), encoding="utf-8")
    paragraphs = [f"## `{name}`\n\nMade for this test.\n" for name in (*TABLES, "proof.toml")]
    (folder / "SOURCES.md").write_text("# Sources\n\n" + "\n".join(paragraphs), encoding="utf-8")


def broken(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words that stand once in a file of the folder."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
