"""Review: what is worth a look, second coders and how far they agree, and what comes of it: gold reports, lexicon entries."""

from sacho.review.agreement import Agreement, agreement_of
from sacho.review.coders import Imported, import_coder
from sacho.review.disagreements import Disagreement, Side, disagreements
from sacho.review.gold import GoldExported, export_gold
from sacho.review.proposals import Proposal, proposals, tables_of
from sacho.review.queue import queue

__all__ = [
    "Agreement", "Disagreement", "GoldExported", "Imported", "Proposal", "Side", "agreement_of", "disagreements", "export_gold",
    "import_coder", "proposals", "queue", "tables_of",
]  # fmt: skip
