"""One document in, one annotated document out: the stages, in order."""

from __future__ import annotations

from sacho.annotate.attributions import build_scene, find_attributions
from sacho.annotate.claims import find_claims
from sacho.annotate.events import Layers, find_events
from sacho.annotate.mentions import find_mentions, find_names
from sacho.annotate.publication import infer_publication
from sacho.annotate.quotes import find_quotes
from sacho.annotate.relevance import any_cue, stretches_to_read
from sacho.annotate.resources import Resources
from sacho.annotate.sentences import find_sentences
from sacho.annotate.spelling import spelling_view
from sacho.annotate.timexes import find_timexes, resolve_timexes
from sacho.records import AnnotatedDocument, Document, Publication, Span, SpellingView

__all__ = ["Resources", "annotate"]


def annotate(
    document: Document, resources: Resources, *, sparing: bool = False, every_predicate: bool = False
) -> AnnotatedDocument:
    """Read one document. Pure: the same document and resources give the same records, with every offset into
    `document.text`.

    `sparing` reads only sentences that can tell of an event and what they lean on; the others keep no layers but
    names and times, and a report that tells of none keeps no layers at all (`docs/scale.md`). `every_predicate` also reads
    predicates that tell of no event (kind `act`) and words of events that name nobody.
    """
    view = spelling_view(document.text, resources.spellings)
    text, lexicon = view.aligned, resources.lexicon
    names = find_names(text, lexicon)
    found = stretches_to_read(text, document.blocks, names, lexicon, resources.predicates, resources.cue_forms) if sparing else None
    read, passed = found or (None, [])
    tokens = resources.analyser(text, [Span(start=name.start, end=name.end) for name in names], read) if read != [] else []
    untold = read is not None and not any_cue(text, tokens, read, names, resources.predicates)
    expressions = () if untold and document.published else find_timexes(text, resources.timex_rules)
    publication = infer_publication(text, expressions, given=document.published, names=names, lexicon=lexicon)
    if untold:
        return _unread(document, view, publication)
    timexes = resolve_timexes(text, expressions, published=publication.value, blocks=document.blocks)
    sentences = find_sentences(text, tokens, document.blocks, passed)
    mentions = find_mentions(text, tokens, names, lexicon, published=publication.value)
    named = tuple([m for m in mentions if m.rule != "open"])  # the reading of voices finds the nameless by itself
    scene = build_scene(text, tokens, named)
    attributions = find_attributions(
        text, sentences, tokens, named, timexes, document.blocks, outlet=document.outlet, scene=scene
    )
    quotes = find_quotes(text, sentences, tokens, named, attributions, view.glosses, document=document, scene=scene)
    layers = Layers(
        document=document, text=text, published=publication.value, tokens=tokens, sentences=sentences,
        timexes=timexes, mentions=mentions, attributions=attributions, quotes=quotes,
    )  # fmt: skip
    events = find_events(layers, lexicon, resources.predicates, every_predicate=every_predicate)
    return AnnotatedDocument(
        document=document, view=view, publication=publication, tokens=tuple(tokens), sentences=sentences,
        timexes=timexes, mentions=mentions, attributions=attributions, quotes=quotes, events=events,
        claims=find_claims(events),
    )  # fmt: skip


def _unread(document: Document, view: SpellingView, publication: Publication) -> AnnotatedDocument:
    return AnnotatedDocument(
        document=document, view=view, publication=publication, tokens=(), sentences=(), timexes=(), mentions=(),
        attributions=(), quotes=(), events=(),
    )  # fmt: skip
