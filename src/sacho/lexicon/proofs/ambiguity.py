"""Forms that stand for more than one entry: each is declared in `ambiguous.csv`, with its entries and a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sacho.lexicon.proofs.rows import forms_of, named_tables
from sacho.lexicon.proofs.tables import Tables


def shared_forms(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Forms with two or more entries, written `table:id`, in code point order."""
    found: dict[str, set[str]] = {}
    for table, rows in named_tables(tables).items():
        for row in rows:
            for form in forms_of(row):
                found.setdefault(form, set()).add(f"{table}:{row.id}")
    for pair in tables.pairs:
        found.setdefault(pair.form, set()).add(f"pairs:{pair.form}")
    return {form: tuple(sorted(found[form])) for form in sorted(found) if len(found[form]) > 1}


def proof_ambiguity(tables: Tables) -> Iterator[str]:
    """Forms undeclared, declared otherwise, declared without need or without a reason."""
    shared, declared = shared_forms(tables), {row.form: row for row in tables.ambiguous}
    for form, entries in shared.items():
        if form not in declared:
            yield f"ambiguous.csv: {form} stands for {' and '.join(entries)}; declare it there with a reason, or drop one of the forms."
        elif declared[form].entries != entries:
            yield f"ambiguous.csv ({form}): the entries are now {'|'.join(entries)}; review the row."
    for form, row in declared.items():
        if form not in shared:
            yield f"ambiguous.csv ({form}): the form no longer stands for two entries; delete the row."
        if not row.reason:
            yield f"ambiguous.csv ({form}): reason is empty; say why both entries keep the form and what decides."


def declaration(tables: Tables) -> str:
    """`ambiguous.csv` as it ought to be: reasons kept, new rows without one."""
    reasons = {row.form: row.reason for row in tables.ambiguous}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("form", "entries", "reason"))
    writer.writerows((form, "|".join(entries), reasons.get(form, "")) for form, entries in shared_forms(tables).items())
    return out.getvalue()
