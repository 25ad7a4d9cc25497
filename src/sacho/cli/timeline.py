"""`sacho timeline`: what happened, day by day, parts under their visit."""

from __future__ import annotations

import click

from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_resolved
from sacho.cli.missing import say_missing


@click.command("timeline")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--person", "people", multiple=True, metavar="NAME", help="Only with this person or body (may be repeated).")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind (may be repeated).")
@click.option("--country", default="", metavar="ISO3", help="Only with this country taking part, for example RUS.")
@asking
def command(
    sources: tuple[str, ...], people: tuple[str, ...], kinds: tuple[str, ...], country: str,
    store: str | None, judgements: str | None, form: str | None, lang: str, since: str, until: str,
) -> None:  # fmt: skip
    """Resolve reports to happenings and print them by day, arrival, talks and departure under their visit.

    Exit status: 0 all read, 1 some could not be read (each is named on standard error), 2 wrong usage.
    """
    from sacho.analysis import missing_among, timeline

    resolved, broken = read_resolved(sources, judgements, store=store, since=since, until=until)
    rows = timeline(resolved, people=people, kinds=kinds, since=since, until=until, country=country)
    if not rows and people:
        say_missing(missing_among(people, resolved.happenings), lang)
    if is_table(form):
        heads = choose(lang, ("날짜", "사건", "단계", "보도/매체/독립", "출처", "상충", "id"),
                       ("date", "happening", "stages", "reports/outlets/independent", "origins", "contested", "id"))  # fmt: skip
        print_table("", heads, (
            (r.date, "  └ " * r.depth + (r.gloss if lang == "ko" else r.gloss_en), " → ".join(s.stage for s in r.stages),
             f"{r.reports}/{r.outlets}/{r.independent}", ", ".join(r.origins), ", ".join(r.contested), r.id)
            for r in rows
        ), keep=(0, 6))  # fmt: skip
    else:
        print_lines(rows)
    finish(broken)
