"""Small reports for the tests of the analysis, read by the program itself."""

from __future__ import annotations

from sacho.annotate.resources import Resources
from sacho.coding import code_document, report_of
from sacho.ingest import document_from_text
from sacho.records import Judgement, Report
from sacho.resolve.happenings import Resolved, resolve_reports


def report(text: str, resources: Resources, *, outlet: str, published: str, url: str | None = None) -> Report:
    document = document_from_text(text, origin=f"{outlet} {published}", outlet=outlet, published=published, url=url)
    return report_of(code_document(document, resources))


def resolved(reports: list[Report], resources: Resources, judgements: tuple[Judgement, ...] = ()) -> Resolved:
    return resolve_reports(reports, resources.lexicon, resources.predicates, judgements)
