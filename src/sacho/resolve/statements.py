"""The day of what a statement says in its own words: that on which it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sacho.records import AnnotatedDocument, EventMention, Evidence, Status, Timex, TimexKind
from sacho.resolve.within import CARRIED

_SAID = frozenset(["accuse", "reject", "threaten", "support", "request"])
_REAL = frozenset([Status.occurred, Status.ongoing])
_PRESENT = re.compile(  # `규탄한다`, `촉구합니다`, `할것이다`; not `규탄했다`, `보도했습니다`
    r"(?<![다라자]고 )(?:[한된는린난운낸준른킨]다|[이없있]다|[합됩입립]니다|[없있]습니다)[.!]?[\s”\"’'》」』)]*$"
)


def with_days_of_statements(mentions: Sequence[EventMention], annotated: AnnotatedDocument) -> list[EventMention]:
    """Mentions of what is said in the present tense (`우리는 이를 규탄한다`) and has no day of its own, with the day of the statement
    of the same people that was told before; without the day of the scene, which is that of what it speaks about."""
    out: list[EventMention] = []
    made: list[EventMention] = []
    for mention in mentions:
        if mention.kind == "state" and mention.date and mention.full:
            made.append(mention)
        elif mention.kind in _SAID and mention.status in _REAL and _borrowed(mention):
            said = _day_of_saying(mention, annotated)
            if said is not None:
                mention = _on(mention, said, annotated)
            elif _is_present(mention, annotated):
                mention = _dated(mention, next((m for m in reversed(made) if _shares(m, mention)), None))
        out.append(mention)
    return out


def _borrowed(mention: EventMention) -> bool:
    return not mention.date or any(e.field == "date" and e.rule == "scene" for e in mention.evidence)


def _is_present(mention: EventMention, annotated: AnnotatedDocument) -> bool:
    sentence = annotated.sentences[mention.sentence]
    return _PRESENT.search(annotated.document.text, sentence.start, sentence.end) is not None


def _day_of_saying(mention: EventMention, annotated: AnnotatedDocument) -> Timex | None:
    """The one day that the sentence around a quotation tells: `청와대는 이날 "송환을 바란다"고 했다`."""
    quote = next((q for q in annotated.quotes if q.start <= mention.start < q.end), None)
    if quote is None or not any(quote.speaker in (p.name, p.as_written) for p in mention.actor):
        return None
    sentence = annotated.sentences[mention.sentence]
    found = [
        t for t in annotated.timexes
        if sentence.start <= t.start < sentence.end and not quote.start <= t.start < quote.end and t.kind is TimexKind.date and t.value
    ]  # fmt: skip
    return found[0] if len(found) == 1 and len(found[0].value) == 10 else None


def _on(mention: EventMention, said: Timex, annotated: AnnotatedDocument) -> EventMention:
    own = [e for e in mention.evidence if e.field != "date"]
    words = annotated.document.text[said.start : said.end]
    proof = Evidence(document=mention.document, field="date", start=said.start, end=said.end, quote=words, rule=CARRIED)
    return msgspec.structs.replace(mention, date=said.value, evidence=(*own, proof))


def _shares(statement: EventMention, mention: EventMention) -> bool:
    states = {p.country for p in statement.actor if p.country}
    return any(p.country in states for p in mention.actor)


def _dated(mention: EventMention, statement: EventMention | None) -> EventMention:
    own = [e for e in mention.evidence if e.field != "date"]
    if statement is None:
        return msgspec.structs.replace(mention, date="", evidence=tuple(own)) if mention.date else mention
    proofs = [msgspec.structs.replace(e, rule="scene") for e in statement.evidence if e.field == "date"]
    return msgspec.structs.replace(mention, date=statement.date, evidence=(*own, *proofs[:1]))
