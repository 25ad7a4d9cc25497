"""`sacho attendance`: who appeared where, with whom, in which order named; the counts that trackers publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from sacho.analysis import Appearance, Attendance
from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_resolved
from sacho.cli.missing import say_missing
from sacho.cli.words import kind_in

_LEGEND_KO = (
    "호명 2/5: 같은 나라 사람 다섯 가운데 두 번째로 불림. 변화: * 처음, +14d 지난번 뒤 14일, ↑이름 그보다 앞서 불림(지난번에는 뒤),",
    "↓이름 그 반대, (직함 →) 지난번의 직함. 직함은 그날의 것으로 인명 사전에서 오며, 사전에 없으면 보도가 적은 대로이다.",
)
_LEGEND_EN = (
    "order 2/5: named second of five people of the same country. change: * first seen, +14d days since the last time, ↑name now named",
    "before them (last time after), ↓name the other way round, (office →) the office of last time. Offices are those of the day by the",
    "lexicon of people; as the report writes them if it lists none.",
)


@click.command("attendance")
@click.argument("words", nargs=-1, metavar="[PERSON] FILE|DIR|- ...")
@click.option("--with", "beside", multiple=True, metavar="PERSON", help="Only with this person there too (may be repeated).")
@click.option("--country", default="", metavar="ISO3", help="Only people of this country, for example PRK.")
@click.option("--counts", is_flag=True, help="One line a person: count, first, last, gaps, by kind and month, most often beside.")
@asking
def command(
    words: tuple[str, ...], beside: tuple[str, ...], country: str, counts: bool,
    store: str | None, judgements: str | None, form: str | None, lang: str,
    since: str, until: str,
) -> None:  # fmt: skip
    """Public appearances: order named, who stood beside, first appearance, gap since the last, changes of order and office.

    PERSON is a name in any form or an id; without it, everybody.
    """
    from sacho.analysis import absent, appearances, attendance

    named = words[0] if words and words[0] != "-" and not Path(words[0]).exists() else ""
    resolved, broken = read_resolved(words[1:] if named else words, judgements, store=store)
    found = appearances(resolved, person=named, beside=beside, since=since, until=until, country=country)
    if not found and (named or beside):
        say_missing(absent(appearances(resolved, since=since, until=until), [*filter(None, [named]), *beside]), lang)
    if counts:
        rows = attendance(found, until=until)
        _print_counts(rows, {c.person: c.name_en for a in found for c in a.beside}, lang) if is_table(form) else print_lines(rows)
    elif is_table(form):
        _print(found, lang)
    else:
        print_lines(found)
    finish(broken)


def _print(found: tuple[Appearance, ...], lang: str) -> None:
    heads = choose(lang, ("날짜", "이름", "직함", "종류", "장소", "호명", "함께", "변화", "원문", "매체"),
                   ("date", "name", "office", "kind", "place", "order", "beside", "change", "words", "outlet"))  # fmt: skip
    print_table("", heads, (
        (a.date, *_named(a, lang), f"{a.order}/{a.of}",
         ", ".join(c.name if lang == "ko" else c.name_en or c.name for c in a.beside), _change(a, lang), a.words, a.outlet)
        for a in found
    ))  # fmt: skip
    if found:
        click.echo("\n".join(choose(lang, _LEGEND_KO, _LEGEND_EN)))


def _named(a: Appearance, lang: str) -> tuple[str, str, str, str]:
    """Name, office, kind and place in the language of the table."""
    from sacho.annotate.english import english_of, office_in_english

    if lang == "ko":
        return a.name, a.office, kind_in(lang, a.kind), a.place
    return a.name_en or a.name, office_in_english(a.person, a.office), a.kind, english_of(a.place)


def _change(a: Appearance, lang: str) -> str:
    """`*` first seen, `+14d` since the last time, `↑` and `↓` who changed places, office before."""
    from sacho.annotate.english import office_in_english

    names = {c.person: c.name if lang == "ko" else c.name_en or c.name for c in a.beside}
    marks = ["*"] if a.first else [] if a.gap is None else [f"+{a.gap}d"]
    marks += [f"{sign}{names.get(i, i)}" for sign, who in (("↑", a.ahead), ("↓", a.behind)) for i in who]
    office = a.office_before if lang == "ko" else office_in_english(a.person, a.office_before)
    return " ".join([*marks, *([f"({office} →)"] if office else [])])


def _print_counts(rows: tuple[Attendance, ...], english: Mapping[str, str], lang: str) -> None:
    heads = choose(lang, ("이름", "횟수", "처음", "마지막", "이후(일)", "최장 공백", "호명 중앙값", "종류", "월별", "함께"),
                   ("name", "count", "first", "last", "days since", "longest gap", "median order", "by kind", "by month",
                    "beside"))  # fmt: skip
    print_table("", heads, (
        (r.name if lang == "ko" else r.name_en or r.name, str(r.count), r.first, r.last, _number(r.since_last), _number(r.longest_gap),
         f"{r.median_order:g}", ", ".join(f"{kind_in(lang, k)} {n}" for k, n in r.by_kind), ", ".join(f"{m} {n}" for m, n in r.by_month),
         ", ".join(f"{n if lang == 'ko' else english.get(i) or n} {c}" for i, n, c in r.beside[:5]))
        for r in rows
    ))  # fmt: skip


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
