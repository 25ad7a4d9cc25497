"""Events of a document: mentions grouped, missing fields taken from the meeting they belong to, conflicts kept."""

from __future__ import annotations

from msgspec.structs import replace

from sacho.annotate.event_mentions import LOOSE
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import AnnotatedDocument, Event
from sacho.resolve.asides import with_asides
from sacho.resolve.beneficiaries import with_beneficiaries
from sacho.resolve.captors import with_captors
from sacho.resolve.compose import compose
from sacho.resolve.confidence import confidence
from sacho.resolve.discourse import complete
from sacho.resolve.disputes import disputed
from sacho.resolve.fields import filled
from sacho.resolve.journeys import with_countries
from sacho.resolve.statements import with_days_of_statements
from sacho.resolve.stays import stays
from sacho.resolve.within import Cluster, cluster


def resolve_document(annotated: AnnotatedDocument, lexicon: Lexicon, predicates: Predicates) -> tuple[Event, ...]:
    """The events of one report, in the order in which the text first tells of them."""
    outlet = annotated.document.outlet
    groups = filled(group_mentions(annotated, lexicon, predicates), annotated, lexicon)
    composed = [compose(group, lexicon, predicates, outlet) for group in groups]
    reached = with_beneficiaries(with_countries(with_captors(composed, predicates), predicates), predicates)
    events = stays(reached, annotated, predicates)
    as_made = {id(event) for event in composed}
    told = with_asides(disputed(events, annotated), annotated, lexicon, predicates)
    return tuple([e if id(e) in as_made else replace(e, confidence=confidence(e)) for e in told])


def group_mentions(annotated: AnnotatedDocument, lexicon: Lexicon, predicates: Predicates) -> tuple[Cluster, ...]:
    """The mentions of each event, with what their meeting says."""
    families = {kind.id: kind.family for kind in predicates.kinds.values()}
    told = with_days_of_statements([m for m in annotated.events if m.weight > LOOSE], annotated)
    mentions = complete(told, families, lexicon.countries)
    return cluster(mentions, families)
