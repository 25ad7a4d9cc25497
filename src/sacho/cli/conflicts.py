"""`sacho conflicts`: where reports differ, each value with its words, whose word it is and the day of the report."""

from __future__ import annotations

from collections.abc import Sequence

import click

from sacho.analysis import Dispute
from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_resolved
from sacho.cli.missing import say_missing
from sacho.cli.words import credits_in, value_in

_FIELDS = ("date", "place", "participants", "number", "status", "speaker")


@click.command("conflicts")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@click.option("--field", "fields", multiple=True, type=click.Choice(_FIELDS), help="Only this field (may be repeated).")
@click.option("--person", "people", multiple=True, metavar="NAME", help="Only with this person or body (may be repeated).")
@asking
def command(
    sources: tuple[str, ...], fields: tuple[str, ...], people: tuple[str, ...],
    store: str | None, judgements: str | None, form: str | None, lang: str,
    since: str, until: str,
) -> None:  # fmt: skip
    """Print every contradiction within a report and between reports, later corrections linked.

    Exit status: 0 all read, 1 some could not be read (each is named on standard error), 2 wrong usage.
    """
    from sacho.analysis import conflicts, missing_among

    resolved, broken = read_resolved(sources, judgements, store=store, since=since, until=until)
    rows = conflicts(resolved, fields=fields, people=people, since=since, until=until)
    if not rows and people:
        say_missing(missing_among(people, resolved.happenings), lang)
    if is_table(form):
        for row in rows:
            print_dispute(f"{row.happening} {row.gloss if lang == 'ko' else row.gloss_en}", row, lang)
        if not rows:
            print_table("상충" if lang == "ko" else "conflicts", _heads(lang), ())
    else:
        print_lines(rows)
    finish(broken)


def print_dispute(title: str, row: Dispute, lang: str) -> None:
    """Each version of a contradiction with the sentence it stands in."""
    from sacho.language import speak

    field = row.contradiction.field
    print_table(title, _heads(lang), (
        (speak(lang)(field), value_in(lang, field, v.value), sentence, credits_in(lang, v.sources), v.outlet, v.published,
         ", ".join(v.corrects))
        for v, sentence in zip(row.contradiction.versions, row.sentences, strict=True)
    ))  # fmt: skip


def _heads(lang: str) -> Sequence[str]:
    return choose(lang, ("항목", "값", "문장", "출처", "매체", "보도일", "바로잡음"),
                  ("field", "value", "sentence", "sources", "outlet", "reported", "corrects"))  # fmt: skip
