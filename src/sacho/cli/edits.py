"""`sacho edits`: what changed between two versions of one address, and who is gone."""

from __future__ import annotations

import click

from sacho.analysis import Edit
from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_reports


@click.command("edits")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--pair", is_flag=True, help="Compare the two reports named, the older first, whatever their addresses.")
@click.option("--silent", is_flag=True, help="Only changes that the newer version does not own up to.")
@asking
def command(
    sources: tuple[str, ...], pair: bool, silent: bool, store: str | None, judgements: str | None, form: str | None, lang: str,
    since: str, until: str,
) -> None:  # fmt: skip
    """Versions of one address (`url`) are compared in the order of their day, on one day in the order given."""
    from sacho.analysis import edit, edits

    if pair and store is not None:
        raise click.UsageError("--pair compares two files; leave out --store.")
    reports, broken = read_reports(sources, store, versions=True)
    if pair and len(reports) != 2:
        raise click.UsageError(f"--pair takes two reports, the older first; {len(reports)} were read.")
    found = [edit(*reports)] if pair else list(edits(reports))
    found = [e for e in found if (e.silent or not silent) and since <= e.new_published <= (until or "9999")]
    if is_table(form):
        for item in found:
            _print(item, lang)
        if not found:
            print_table("수정" if lang == "ko" else "edits", ("",), ())
    else:
        print_lines(found)
    finish(broken)


def _print(item: Edit, lang: str) -> None:
    quiet = ("알리지 않은 수정" if lang == "ko" else "silent") if item.silent else ("알린 수정" if lang == "ko" else "declared")
    marks = {"changed": "≠", "dropped": "-", "new": "+"}
    print_table(f"{item.version} {item.outlet} {item.old_published} → {item.new_published} · {quiet}",
                choose(lang, ("", "이전", "이후"), ("", "old", "new")), (
        (marks[r.relation], " | ".join(r.dropped_words), " | ".join(r.added_words)) for r in item.rows
    ))  # fmt: skip
    heads = choose(lang, ("", "이름", "어디", "순서", "원문"), ("", "name", "where", "order", "words"))
    rows = [(mark, v.name, v.where, str(v.order or ""), v.words) for mark, group in (("-", item.gone), ("+", item.added)) for v in group]
    if rows:
        print_table("", heads, rows)
    if item.fields:
        print_table("", choose(lang, ("항목", "이전", "이후"), ("field", "old", "new")), ((f.field, f.old, f.new) for f in item.fields))
