"""`sacho show`: one happening, every source's version, and why they were taken for one."""

from __future__ import annotations

import click
import msgspec

from sacho.analysis import Shown, conflicts
from sacho.cli.across import asking, choose, finish, is_table, opened, print_lines, print_table, read_reports, resolve
from sacho.cli.conflicts import print_dispute
from sacho.cli.words import credits_in, place_in, value_in
from sacho.resolve.happenings import Resolved


@click.command("show")
@click.argument("event", metavar="EVENT")
@click.argument("sources", nargs=-1, metavar="FILE|DIR|- ...")
@asking
def command(
    event: str, sources: tuple[str, ...], store: str | None, judgements: str | None, form: str | None, lang: str, since: str, until: str
) -> None:
    """Show a happening by its id, the id of one of its events, or the beginning of either.

    Each report's version stands with its words, its source chain and the reasons that joined it to the others.
    """
    from sacho.analysis import show

    if store is not None and judgements is None:
        resolved, broken = _stored(sources, store, event), False
    else:
        reports, broken = read_reports(sources, store)
        resolved = resolve([r for r in reports if since <= r.published <= (until or "9999")], judgements, store)
    try:
        shown = show(resolved, event)
    except KeyError:
        some = f" ({', '.join(h.id for h in resolved.happenings[:10])} …)" if resolved.happenings else ""
        raise click.ClickException(
            f"{event} is the id of no happening of these reports, or of more than one; `sacho timeline` lists them{some}."
        ) from None
    if is_table(form):
        _print(shown, resolved, lang)
    else:
        print_lines([shown])
    finish(broken)


def _stored(sources: tuple[str, ...], store: str, event: str) -> Resolved:
    from sacho.store.reports import read_happening

    with opened(sources, store) as kept:
        return read_happening(kept, event)


def _print(shown: Shown, resolved: Resolved, lang: str) -> None:
    happening = shown.happening
    title = f"{happening.id} {happening.gloss.ko if lang == 'ko' else happening.gloss.en}"
    heads = choose(lang, ("매체", "보도일", "원문", "날짜", "장소", "상태", "출처", "같다고 본 까닭", "id"),
                   ("outlet", "reported", "words", "date", "place", "status", "sources", "joined because", "id"))  # fmt: skip
    print_table(title, heads, (
        (t.outlet, t.published, t.words, t.event.date, place_in(lang, t.event.place), value_in(lang, "status", t.event.status.value),
         credits_in(lang, t.event.sources), "; ".join(f"{r.field} {r.found} {r.weight:+.1f}" for r in t.why), t.event.id)
        for t in shown.tellings
    ), keep=(1, 3, 8))  # fmt: skip
    counts = choose(lang, ("보도", "매체", "독립 출처", "원출처", "단계"), ("reports", "outlets", "independent", "origins", "stages"))
    print_table("", counts, [(str(happening.reports), str(happening.outlets), str(happening.independent),
                              ", ".join(happening.origins), " → ".join(f"{s.stage} {s.published}" for s in happening.stages))])  # fmt: skip
    for row in conflicts(msgspec.structs.replace(resolved, happenings=(happening,))):
        print_dispute("", row, lang)
    related = [("part of", shown.parent), *(("part", part) for part in shown.parts)]
    rows = [(kind, h.date, h.gloss.ko if lang == "ko" else h.gloss.en, h.id) for kind, h in related if h is not None]
    rows += [(link.type, "", f"{link.source} → {link.target}", "") for link in shown.links if link.type != "part"]
    if rows:
        print_table("", choose(lang, ("연결", "날짜", "사건", "id"), ("link", "date", "happening", "id")), rows)
