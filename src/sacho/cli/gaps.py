"""`sacho gaps`: what one side's media reported and the other's did not, and how late."""

from __future__ import annotations

import click

from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_resolved


@click.command("gaps")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--between", default="PRK,KOR", show_default=True, metavar="ISO3,ISO3", help="Whose media are compared.")
@click.option("--outlet-of", "extra", multiple=True, metavar="NAME=ISO3", help="The country of an outlet that the lexicon lacks.")
@click.option("--every", is_flag=True, help="All happenings with who told of them and how late, not only gaps.")
@click.option("--by-day", "daily", is_flag=True, help="Counts by day.")
@asking
def command(
    sources: tuple[str, ...], between: str, extra: tuple[str, ...], every: bool, daily: bool,
    store: str | None, judgements: str | None, form: str | None, lang: str, since: str, until: str,
) -> None:  # fmt: skip
    """Happenings that one side's media told of and the other's did not, with explicit "보도하지 않았다"."""
    from sacho.analysis import by_day, gaps, sides
    from sacho.annotate.resources import load_resources

    wanted = tuple(side.strip().upper() for side in between.split(",") if side.strip())
    known = load_resources().lexicon
    for side in wanted:
        if side not in known.countries:
            raise click.UsageError(f"--between {side!r} is no country code; write two or more, for example PRK,KOR.")
    own = dict(_pair(entry) for entry in extra)
    resolved, broken = read_resolved(sources, judgements, store=store, since=since, until=until)
    side_of = sides(known, own)
    found = gaps(resolved, side_of, between=wanted, since=since, until=until, every=every or daily)
    if daily:
        days = by_day(found, wanted)
        if is_table(form):
            print_table("", ("date", "", *wanted), (
                (d.date, str(d.happenings), *(f"{told} (−{missing})" for _, told, missing in d.sides)) for d in days
            ))  # fmt: skip
        else:
            print_lines(days)
    elif is_table(form):
        heads = choose(lang, ("날짜", "사건", "보도", "보도하지 않음", "알 수 없음", "명시", "id"),
                       ("date", "happening", "told", "missing", "unknown", "said so", "id"))  # fmt: skip
        print_table("", heads, (
            (g.date, g.gloss if lang == "ko" else g.gloss_en,
             "; ".join(f"{c.side} {', '.join(c.outlets)}" + (f" +{c.lag}d" if c.lag is not None else "") for c in g.told),
             ", ".join(g.missing), ", ".join(g.unknown), "; ".join(f"{s.outlet}: {s.words}" for s in g.said), g.happening)
            for g in found
        ), keep=(0, 6))  # fmt: skip
    else:
        print_lines(found)
    finish(broken)


def _pair(entry: str) -> tuple[str, str]:
    name, mark, side = entry.partition("=")
    if not mark or not name or not side:
        raise click.UsageError(f"--outlet-of {entry!r} is not NAME=ISO3; for example --outlet-of '저녁통신=KOR'.")
    return name, side.upper()
