"""`sacho wording`: a formula over time, the formulas of one event, or two statements side by side."""

from __future__ import annotations

import click

from sacho.analysis import Difference, Use
from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_reports, resolve
from sacho.records import Report


@click.command("wording")
@click.argument("words", nargs=-1, metavar="[TERM] FILE|DIR|- ...")
@click.option("--event", default="", metavar="ID", help="The watched formulas in the reports of one happening; no TERM then.")
@click.option("--watched", is_flag=True, help="All watched formulas; no TERM then.")
@click.option("--compare", is_flag=True, help="Two reports side by side: dropped and new phrases; no TERM then.")
@click.option("--speaker", default="", metavar="NAME", help="Only what this speaker said.")
@click.option("--uses", "each", is_flag=True, help="Each use, not one line a formula.")
@asking
def command(
    words: tuple[str, ...], event: str, watched: bool, compare: bool, speaker: str, each: bool,
    store: str | None, judgements: str | None, form: str | None, lang: str, since: str, until: str,
) -> None:  # fmt: skip
    """First and last use of a TERM (전략적 신뢰, 백년대계 …) in reports, by source and speaker, in either spelling."""
    from sacho.analysis import formula_of, load_formulas, uses, wording

    if sum((bool(event), watched, compare)) > 1:
        raise click.UsageError("choose one of --event, --watched and --compare.")
    plain = not (event or watched or compare)
    if plain and len(words) < (1 if store is not None else 2):
        raise click.UsageError("name a TERM and the reports, for example: sacho wording '전략적 신뢰' reports/")
    if compare and store is not None:
        raise click.UsageError("--compare takes two files; leave out --store.")
    reports, broken = read_reports(words[1:] if plain else words, store)
    if compare:
        _compare(reports, form, lang)
        return finish(broken)
    if event:
        reports = _of_event(reports, event, judgements, store)
    chosen = (formula_of(words[0]),) if plain else load_formulas()
    found = uses(reports, chosen, since=since, until=until, speaker=speaker)
    grouped = wording(found, chosen)
    if not is_table(form):
        print_lines(found if each else grouped)
    elif each:
        _print_uses(found, lang)
    else:
        heads = choose(lang, ("표현", "횟수", "보도", "처음", "마지막", "매체", "말한 이", "표기"),
                       ("formula", "uses", "reports", "first", "last", "outlets", "speakers", "spellings"))  # fmt: skip
        print_table("", heads, (
            (w.formula.name if lang == "ko" else w.formula.en or w.formula.name, str(w.count), str(w.reports),
             f"{w.first.published} {w.first.outlet}", f"{w.last.published} {w.last.outlet}",
             *(", ".join(f"{s.name or '–'} {s.uses}" for s in shares) for shares in (w.outlets, w.speakers, w.spellings)))
            for w in grouped
        ))  # fmt: skip
    return finish(broken)


def _of_event(reports: list[Report], event: str, judgements: str | None, store: str | None) -> list[Report]:
    from sacho.analysis import show

    try:
        documents = show(resolve(reports, judgements, store), event).happening.documents
    except KeyError:
        raise click.ClickException(f"{event} is the id of no happening of these reports, or of more than one.") from None
    return [r for r in reports if r.document in documents]


def _compare(reports: list[Report], form: str | None, lang: str) -> None:
    from sacho.analysis import difference

    if len(reports) != 2:
        raise click.UsageError(f"--compare takes two reports, the older first; {len(reports)} were read.")
    found = difference(reports[0], reports[1])
    if is_table(form):
        _print_difference(found, lang)
    else:
        print_lines([found])


def _print_uses(found: tuple[Use, ...], lang: str) -> None:
    heads = choose(lang, ("보도일", "표기", "말한 이", "출처", "매체", "문장"),
                   ("reported", "words", "speaker", "sources", "outlet", "sentence"))  # fmt: skip
    print_table("", heads, ((u.published, u.words, u.speaker, " > ".join(u.chain), u.outlet, u.sentence) for u in found))


def _print_difference(found: Difference, lang: str) -> None:
    heads = choose(lang, ("", "이전", "이후", "빠진 말", "새로운 말"), ("", "old", "new", "dropped", "new words"))
    marks = {"same": "=", "changed": "≠", "dropped": "-", "new": "+"}
    print_table("", heads, (
        (marks[r.relation], r.old, r.new, " | ".join(r.dropped_words), " | ".join(r.added_words)) for r in found.rows
    ))  # fmt: skip
    rows = [("-", u.words) for u in found.formulas_dropped] + [("+", u.words) for u in found.formulas_new]
    print_table("", choose(lang, ("", "정형 표현"), ("", "formula")), [*rows, *(("=", k) for k in found.formulas_kept)])
