"""`sacho conflicts`: where reports differ, each value with its words, whose word it is and the day of the report."""

from __future__ import annotations

import click

from sacho.cli.across import asking, choose, finish, is_table, print_lines, print_table, read_resolved
from sacho.cli.missing import people_of, say_missing

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
    from sacho.analysis import conflicts, missing
    from sacho.annotate.english import source_in_english

    resolved, broken = read_resolved(sources, judgements, store=store, since=since, until=until)
    rows = conflicts(resolved, fields=fields, people=people, since=since, until=until)
    if not rows and people:
        say_missing([missing(name, people_of(resolved)) for name in people], lang)
    if is_table(form):
        heads = choose(lang, ("항목", "값", "문장", "출처", "매체", "보도일", "바로잡음"),
                       ("field", "value", "sentence", "sources", "outlet", "reported", "corrects"))  # fmt: skip
        for row in rows:
            print_table(f"{row.happening} {row.gloss if lang == 'ko' else row.gloss_en}", heads, (
                (_field(row.contradiction.field, lang), _value(row.contradiction.field, v.value, lang), sentence,
                 " > ".join(v.sources if lang == "ko" else map(source_in_english, v.sources)), v.outlet, v.published, ", ".join(v.corrects))
                for v, sentence in zip(row.contradiction.versions, row.sentences, strict=True)
            ))  # fmt: skip
        if not rows:
            print_table("상충" if lang == "ko" else "conflicts", heads, ())
    else:
        print_lines(rows)
    finish(broken)


def _field(field: str, lang: str) -> str:
    from sacho.language import speak

    return speak(lang)(field)


def _value(field: str, value: str, lang: str) -> str:
    from sacho.annotate.english import english_of, party_in_english

    if lang == "ko" or field not in ("place", "participants", "speaker"):
        return value
    return english_of(value) if field == "place" else ", ".join(map(party_in_english, value.split(", ")))
