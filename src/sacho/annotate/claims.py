"""Claims: every value of every event mention, one by one, with its words, its rule and whose word it is."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.event_mentions import LOOSE
from sacho.records import Claim, EventMention, Participant


def find_claims(events: Sequence[EventMention]) -> tuple[Claim, ...]:
    """One claim for each piece of evidence of each mention that tells of an event or points back to one. The value of a
    list field is the one member that the words name."""
    return tuple([
        Claim(document=mention.document, mention=mention.id, field=proof.field, value=_value(mention, proof.field, proof.quote),
              start=proof.start, end=proof.end, rule=proof.rule, sources=mention.sources)
        for mention in events if mention.weight > LOOSE
        for proof in mention.evidence
    ])  # fmt: skip


def _value(mention: EventMention, field: str, quote: str) -> str:
    if field in ("actor", "recipient", "participants"):
        people: Sequence[Participant] = getattr(mention, field)
        for p in people:
            if p.as_written == quote:
                return p.id
        return quote
    if field == "place":
        return mention.place.id if mention.place is not None else quote
    if field == "sources":
        return " > ".join(mention.sources)
    return str(getattr(mention, field, quote))
