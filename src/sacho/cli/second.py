"""`sacho review import`, `agreement` and `list --disagreements`: second coders."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from sacho.cli.across import choose, is_table, print_lines, print_table
from sacho.cli.reports import tell
from sacho.cli.speech import count, say
from sacho.exchange.sources import LoadError
from sacho.export.target import inside, written
from sacho.review import (
    Agreement,
    Disagreement,
    Side,
    agreement_of,
    disagreements,
    export_gold,
    import_coder,
    proposals,
    tables_of,
)
from sacho.store import Store, StoreError, open_store


@contextmanager
def _opened(store: str) -> Iterator[Store]:
    """A store; what goes wrong with it or with what was asked, as one sentence."""
    try:
        with open_store(store) as opened:
            yield opened
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    except (LoadError, ValueError) as error:
        raise click.UsageError(str(error)) from None


def import_from(store: str, sources: Sequence[str], *, coder: str, at: str) -> None:
    """Import and say how much."""
    with _opened(store) as opened:
        done = import_coder(opened, coder, sources, at=at, stdin=sys.stdin.buffer)
    tell(done.letters)
    say(f"{store}: {coder} read {count(done.reports, 'report')} ({done.changed} changed something), {count(done.events, 'event')}")
    if done.letters:
        sys.exit(1)


def list_disagreements(
    store: str, coders: Sequence[str], *, fields: Sequence[str], settled: bool, limit: int, form: str | None, lang: str
) -> None:
    """The queue of disagreements."""
    with _opened(store) as opened:
        found = disagreements(opened, coders, fields=fields, settled=settled, limit=limit)
    if not is_table(form):
        print_lines(found)
        return
    heads = choose(lang, ("보도일", "매체", "다른 항목", "읽은 이", "원문", "값", "id"),
                   ("reported", "outlet", "differ on", "coder", "words", "values", "id"))  # fmt: skip
    print_table("", heads, ((*_of_report(d, n), *_of_side(side, lang)) for d in found for n, side in enumerate(d.sides)), keep=(0, 6))


def _of_report(found: Disagreement, number: int) -> tuple[str, str, str]:
    return (found.published, found.outlet, ", ".join(found.fields)) if number == 0 else ("", "", "")


def _of_side(side: Side, lang: str) -> tuple[str, str, str, str]:
    absent = "(없음)" if lang == "ko" else "(none)"
    values = "; ".join(f"{k}: {v or '–'}" for k, v in side.values.items())
    return side.coder, side.words or ("" if side.event else absent), values, side.event


def print_agreement(store: str, coders: Sequence[str], *, form: str, lang: str) -> None:
    """All figures, as a table or as JSON."""
    with _opened(store) as opened:
        found = agreement_of(opened, coders)
    if form == "json":
        click.echo(msgspec.json.encode(found))
        return
    _print_alpha(found, lang)
    heads = choose(lang, ("항목", "같음", "카파", "F1"), ("field", "same", "kappa", "F1"))
    reports, events, quotes = choose(lang, ("보도", "사건", "인용"), ("reports", "events", "quotes"))
    for p in found.pairs:
        seen = f"{p.events_first}/{p.events_second}, F1 {_figure(p.events_f1)}"
        title = f"{p.first} – {p.second}: {reports} {p.reports}, {events} {seen}; {quotes} F1 {_figure(p.quotes_f1)}"
        print_table(title, heads, ((f.field, _figure(f.same), _figure(f.kappa), _figure(f.f1)) for f in p.fields))


def export_review(form: str, store: str, out: Path | None, coder: str) -> None:
    """Gold reports or lexicon proposals."""
    if (form == "gold" and out is None) or (out is not None and not out.is_dir()):
        raise click.UsageError(f"{form} is written into a directory; name one that is there with --out DIR.")
    with _opened(store) as opened:
        if form == "gold" and out is not None:
            _export_gold(opened, out, coder)
            return
        found = proposals(opened)
    if out is None:
        print_lines(found)
        return
    for name, words in tables_of(found).items():
        with _writing(out), written(inside(out, name.removesuffix(".csv"), ".csv")) as stream:
            stream.write(words.encode())
    say(count(len(found), "proposal"))


def _export_gold(store: Store, out: Path, coder: str) -> None:
    with _writing(out):
        done = export_gold(store, out, coder=coder)
    for fault in done.faults:
        say(f"sacho: {fault}")
    say(f"{count(done.reports, 'gold report')} written to {out}")
    for reason, many in done.left_out.items():
        say(f"  {many} left out: {reason}")
    if done.faults:
        sys.exit(1)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written ({error.strerror}); make room or choose another directory.") from None


def _print_alpha(found: Agreement, lang: str) -> None:
    heads = choose(lang, ("항목", "사건", "알파"), ("field", "events", "alpha"))
    print_table(", ".join(found.coders), heads, ((f.field, str(f.units), _figure(f.alpha)) for f in found.fields))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
