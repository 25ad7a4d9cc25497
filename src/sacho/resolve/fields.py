"""The day and the place of events whose own words leave them open, from what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.casting import Casting
from sacho.lexicon import Lexicon
from sacho.records import AnnotatedDocument
from sacho.resolve.compose import place_of
from sacho.resolve.dating import dated
from sacho.resolve.page import Page, page_of
from sacho.resolve.placing import placed
from sacho.resolve.stages import staged
from sacho.resolve.within import Cluster, day_of, leading


def filled(groups: Sequence[Cluster], annotated: AnnotatedDocument, lexicon: Lexicon) -> list[Cluster]:
    """The groups, with the day and the place that the text around them tells. Days first: the place depends on them."""
    if not groups:
        return []
    groups = staged(groups, page_of_groups(groups, annotated), place_of)
    page = page_of_groups(groups, annotated)
    known = dated(groups, page)
    places = [place_of(telling.mentions) for telling in page.tellings]
    if all(places):
        return known
    page = redated(page, known)
    return placed(known, places, page, maker(annotated, lexicon).place)


def page_of_groups(groups: Sequence[Cluster], annotated: AnnotatedDocument) -> Page:
    mentions = [leading(group) for group in groups]
    return page_of(annotated, mentions, [day_of(group) for group in mentions])


def redated(page: Page, groups: Sequence[Cluster]) -> Page:
    """The page with the days that the groups have now in its tellings; what it counts of days stays as it was."""
    tellings = [
        telling if telling.day else msgspec.structs.replace(telling, day=day_of(leading(group)))
        for telling, group in zip(page.tellings, groups, strict=True)
    ]
    return msgspec.structs.replace(page, tellings=tellings)


def maker(annotated: AnnotatedDocument, lexicon: Lexicon) -> Casting:
    """Makes the records of places."""
    return Casting(annotated.document.text, annotated.mentions, lexicon, aligned=annotated.view.aligned)
