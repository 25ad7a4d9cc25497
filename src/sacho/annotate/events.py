"""Event mentions of one document: triggers, roles, day, place, status, source, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from sacho.annotate.attendance import find_present
from sacho.annotate.casting import Casting
from sacho.annotate.center import Center
from sacho.annotate.clauses import Clause, find_clauses
from sacho.annotate.frames import Cast, cast, satisfied
from sacho.annotate.modality import Verdict, clause_status, noun_status, predicate_status
from sacho.annotate.phrases import Unit, find_units, token_owners
from sacho.annotate.roles import Slots, acting_head, find_slots
from sacho.annotate.settings import find_date, find_place, find_site, find_time
from sacho.annotate.triggers import Trigger, find_triggers
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import (
    Attribution,
    AttributionKind,
    BlockKind,
    Document,
    EventMention,
    Evidence,
    Mention,
    MentionKind,
    Quote,
    Sentence,
    Status,
    Timex,
    Token,
)

VERBAL = frozenset(["threaten", "accuse", "request", "reject", "support"])
POINTING = frozenset(["meet", "call", "visit", "arrive", "depart", "agree", "sign", "ceremony", "message"])
_REFUSING = ("지 않", "지않", "수 없다", "뜻이 없", "생각이 없다", "의사가 없다", "의향이 없다", "용의가 없다")
ANAPHORIC = 0.3  # weight of a mention that names no full set of participants: it only points back


class Layers(msgspec.Struct, frozen=True, kw_only=True):
    """What the stages before have read in the document."""

    document: Document
    text: str
    published: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    timexes: Sequence[Timex]
    mentions: Sequence[Mention]
    attributions: Sequence[Attribution]
    quotes: Sequence[Quote]


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence, or the inside of one quotation, cut into units and clauses."""

    sentence: int
    units: Sequence[Unit]
    clauses: Sequence[Clause]
    stop: int
    quote: Quote | None = None


def find_events(layers: Layers, lexicon: Lexicon, predicates: Predicates) -> tuple[EventMention, ...]:
    """Event mentions in text order. A mention that names too few participants is kept with a low weight, so
    that the resolution can tie it to a fuller one; it never becomes an event of its own."""
    owner = token_owners(layers.tokens, layers.mentions)
    clock = token_owners(layers.tokens, layers.timexes)
    outlets = frozenset(lexicon.outlets)
    casting = Casting(layers.document.text, layers.mentions, lexicon)
    out: list[EventMention] = []
    center = Center()
    for number in range(len(layers.sentences)):
        for analysis in _analyses(layers, number, owner, clock):
            triggers = find_triggers(layers.text, layers.tokens, analysis.units, analysis.clauses, owner, predicates)
            host, staged = "", False  # `회담에서는` is the stage of all that follows in the sentence
            nominal = frozenset(
                t.unit for t in triggers
                if t.use == "bare" and t.cue.bare and not analysis.units[t.unit].case.startswith(("at", "loc"))
            )  # fmt: skip
            reader = _Reader(layers, analysis, casting, predicates, outlets, center, nominal)
            for senses in _words_of(triggers, analysis, layers):
                best = reader.best(senses)
                if best is None:
                    continue
                trigger, mention, roles = best
                for single in _apart(trigger, mention, roles, casting):
                    out.append(msgspec.structs.replace(single, host=host))
                if mention.kind in ("meet", "call") and not (host and staged):
                    host = mention.id
                    staged = analysis.units[trigger.unit].topic and analysis.units[trigger.unit].case == "at"
            if analysis.quote is None:
                center = center.after(analysis.units, analysis.clauses, layers.mentions, layers.tokens, outlets)
    return tuple(out)


class _Reader(msgspec.Struct, frozen=True):
    """Reads the triggers of one sentence."""

    layers: Layers
    analysis: Analysis
    casting: Casting
    predicates: Predicates
    outlets: frozenset[str]
    center: Center
    nominal: frozenset[int]

    def best(self, senses: Sequence[Trigger]) -> tuple[Trigger, EventMention, Cast] | None:
        """Of the cues of one word the first that finds all it needs, else the first that finds something."""
        read = [r for trigger in senses if (r := self._read(trigger)) is not None]
        return next((r for r in read if r[1].full), read[0] if read else None)

    def _read(self, trigger: Trigger) -> tuple[Trigger, EventMention, Cast] | None:
        layers, analysis = self.layers, self.analysis
        slots = find_slots(trigger, analysis.units, analysis.clauses, layers.mentions, layers.tokens)
        roles = cast(trigger, slots, layers.mentions, self.predicates, self.outlets)
        roles = _with_guest(slots, roles, analysis, layers)
        if analysis.quote is None:
            roles = self.center.fill(trigger, slots, roles, analysis.units, analysis.clauses, layers.mentions)
        verdict = _status(trigger, slots, analysis, layers, self.predicates)
        mention = _mention(trigger, slots, roles, verdict, analysis, layers, self.casting, self.predicates, self.nominal)
        return (trigger, mention, roles) if mention is not None else None


def _with_guest(slots: Slots, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """`평양을 방문중인 장관을 만나`: whoever is visiting is the guest, and the subject the host."""
    if roles.recipient or len(roles.actor) < 2:
        return roles
    guests = [
        f.mention for f in slots.fillers if f.slot in ("obj", "com") and f.mention in roles.actor
        and any(
            c.kind == "adnominal" and c.head == f.unit and c.predicate >= 0 and "방문" in analysis.units[c.predicate].stem
            for c in analysis.clauses
        )
    ]  # fmt: skip
    hosts = tuple(f.mention for f in slots.fillers if f.slot == "subj" and f.mention in roles.actor)
    if not guests or not hosts or set(hosts) & set(guests) or len(hosts) + len(guests) != len(roles.actor):
        return roles
    if any(layers.mentions[m].kind is not MentionKind.person for m in (*hosts, *guests)):
        return roles
    return msgspec.structs.replace(roles, actor=tuple(guests), recipient=hosts)


def _analyses(
    layers: Layers, number: int, owner: Sequence[int], clock: Sequence[int]
) -> list[Analysis]:
    """The sentence without its quotations, then each quotation by itself."""
    sentence = layers.sentences[number]
    tokens = layers.tokens
    inner: list[tuple[int, int, Quote]] = []
    for quote in layers.quotes:
        if quote.end <= sentence.start or quote.start >= sentence.end:
            continue
        first = next((i for i in range(sentence.first, sentence.last) if tokens[i].start >= quote.start), sentence.last)
        last = next((i for i in range(first, sentence.last) if tokens[i].start >= quote.end), sentence.last)
        glued = last + 1 < sentence.last and tokens[last + 1].tag in ("XSV", "XSA") and tokens[last].tag.startswith("SS")
        if first < last and not glued:
            inner.append((first, last, quote))
    segments, begin = [], sentence.first
    for first, last, _ in inner:
        if begin < first:
            segments.append((begin, first))
        begin = last
    segments.append((begin, sentence.last))
    out = [_analysis(layers, number, segments, owner, clock, None)]
    out += [_analysis(layers, number, [(first, last)], owner, clock, quote) for first, last, quote in inner]
    return out


def _analysis(
    layers: Layers, number: int, segments: Sequence[tuple[int, int]], owner: Sequence[int], clock: Sequence[int],
    quote: Quote | None,
) -> Analysis:  # fmt: skip
    units = find_units(layers.tokens, segments, owner, clock)
    clauses = find_clauses(units, lambda unit: acting_head(unit, layers.mentions, layers.tokens))
    return Analysis(sentence=number, units=units, clauses=clauses, stop=segments[-1][1], quote=quote)


def _status(
    trigger: Trigger, slots: Slots, analysis: Analysis, layers: Layers, predicates: Predicates
) -> Verdict:
    """Status of the trigger: of its own verb, of the verb that carries it, or of the nouns behind it."""
    units, clauses, tokens = analysis.units, analysis.clauses, layers.tokens
    if trigger.cue.kind == "threaten" and trigger.cue.phrases and trigger.form not in trigger.cue.nouns:
        return Verdict(status=Status.occurred)  # the words are the threat, whatever their mood
    if trigger.form.endswith(_REFUSING):
        stop = next((k for k in range(trigger.first, analysis.stop) if tokens[k].start >= trigger.end), analysis.stop)
        return predicate_status(tokens, stop, analysis.stop, predicates) or Verdict(status=Status.occurred)
    if trigger.use == "verb" and trigger.clause >= 0:
        verbal = trigger.cue.kind in VERBAL
        return clause_status(units, clauses, trigger.clause, tokens, analysis.stop, predicates, verbal=verbal)
    unit = units[trigger.unit]
    verdict = None if unit.is_predicate else noun_status(tokens, trigger.last, unit, predicates)
    if verdict is not None or trigger.clause < 0:
        return verdict or Verdict(status=Status.occurred)
    predicate = clauses[trigger.clause].predicate
    if predicate < 0:
        return Verdict(status=Status.occurred)
    stem = units[predicate].stem
    governed = predicates.governor_status.get(stem)
    if unit.case == "for":
        governed = Status.planned
    if governed is not None and unit.case in ("obj", "subj", "topic", "also", "for"):
        return Verdict(status=governed, first=units[predicate].first, last=units[predicate].last,
                       rule=f"governor-{governed.value}")  # fmt: skip
    if trigger.use == "light":
        return clause_status(units, clauses, trigger.clause, tokens, analysis.stop, predicates)
    if unit.case.startswith("at"):
        stage = clause_status(units, clauses, trigger.clause, tokens, analysis.stop, predicates)
        if stage.status in (Status.hypothetical, Status.planned):
            return stage  # what is said of a meeting to come: `회담에서 합의할 수 있다`
    return Verdict(status=Status.occurred, rule="presupposed")


def _words_of(triggers: Sequence[Trigger], analysis: Analysis, layers: Layers) -> list[list[Trigger]]:
    """The triggers word by word; a cue that wants an object needs it."""
    out: dict[tuple[int, int], list[Trigger]] = {}
    for trigger in triggers:
        if not trigger.cue.objects or _has_object(trigger, analysis, layers):
            out.setdefault((trigger.start, trigger.end), []).append(trigger)
    return list(out.values())


def _spoken(trigger: Trigger, slots: Slots, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """A dropped subject inside somebody's own words is the speaker: `"긴밀하게 협력하고 있다"고 밝혔다`."""
    first_person = analysis.quote is not None and trigger.cue.kind in ("cooperate", "meet", "agree", "aid")
    silent = not roles.actor or (first_person and slots.subject_found == "none")
    if not silent or trigger.use == "bare" or not (first_person or trigger.cue.kind in VERBAL):
        return roles
    inside = [a for a in layers.attributions if a.start <= trigger.start < a.end and a.sources]
    if not inside:
        return roles
    source = inside[-1].sources[-1]
    speaker = next((i for i, m in enumerate(layers.mentions) if m.start == source.start and m.rule != "outlet"), -1)
    if speaker < 0 or speaker in (*roles.recipient, *roles.actor):
        return roles
    return msgspec.structs.replace(roles, actor=(speaker, *roles.actor))


def _mention(
    trigger: Trigger, slots: Slots, roles: Cast, verdict: Verdict, analysis: Analysis, layers: Layers,
    casting: Casting, predicates: Predicates, nominal: frozenset[int],
) -> EventMention | None:  # fmt: skip
    sentence = layers.sentences[analysis.sentence]
    kind = predicates.kinds[trigger.cue.kind]
    present = find_present(trigger, analysis.units, analysis.clauses, layers.mentions, layers.tokens)
    if present:
        return _company(trigger, present, analysis, layers, casting)
    if kind.family == "meet" and _interview(slots, layers.mentions):
        return None
    roles = _spoken(trigger, slots, roles, analysis, layers)
    full = satisfied(trigger, roles, layers.mentions)
    if not full and kind.family not in POINTING:
        return None
    timex = find_date(trigger, slots, analysis, layers.timexes, nominal)
    current = timex is None or timex.value[:4] == layers.published[:4]
    actor, recipient = casting.sides(trigger, roles, kind, current=current)
    if full and not casting.distinct(kind, trigger, actor, recipient):
        full = False
    place = find_place(trigger, roles, slots, analysis.units, analysis.clauses, layers.mentions)
    site = find_site(slots, analysis.units, layers.tokens) if place < 0 else None
    status = verdict.status
    block = layers.document.blocks[sentence.block]
    words = _evidence(trigger, roles, verdict, timex, place, layers)
    value = timex.value if timex else ""
    if status in (Status.occurred, Status.ongoing) and value and layers.published:
        ahead = value[:10] > layers.published or (verdict.nonpast and value[:10] == layers.published)
        status = Status.planned if ahead else status
    sources, denied = _sources(trigger, layers.attributions)
    if denied and status in (Status.occurred, Status.alleged):
        status = Status.denied
    weight = 1.0 if full else ANAPHORIC
    told = any(analysis.clauses[n].kind == "adnominal" and n != trigger.clause for n in slots.clauses)
    pointing = full and trigger.use == "bare" and verdict.rule == "presupposed" and not value and place < 0 and not told
    if full and trigger.use == "bare":
        title = block.kind is BlockKind.headline and verdict.rule in ("plain", "presupposed")
        weight = 0.8 if trigger.cue.bare and not pointing and not title else ANAPHORIC
    if analysis.quote is not None and analysis.quote.speaker not in casting.outlet_names:
        weight = min(weight, 0.5 if weight > ANAPHORIC else 0.2)
    clock_time = find_time(trigger, slots, analysis, layers.timexes)
    return EventMention(
        id=_identify(layers.document.id, trigger), document=layers.document.id, start=trigger.start, end=trigger.end,
        kind=kind.id, status=status, symmetric=kind.symmetric, actor=actor, recipient=recipient,
        full=full, participants=casting.third(roles), block=block.kind, sentence=analysis.sentence,
        rule=f"{trigger.cue.id}/{'pointing' if pointing else trigger.use}", date=value, time=clock_time,
        place=casting.place(place) if place >= 0 else casting.site(site), sources=sources, weight=weight,
        evidence=words if site is None else (*words, _proof(layers.document, "place", *site, "site-noun")),
        instrument=_instrument(trigger, analysis, layers),
    )  # fmt: skip


def _interview(slots: Slots, mentions: Sequence[Mention]) -> bool:
    """Whether the partner of the talk is a news outlet."""
    return any(f.slot in ("com", "partner", "comgen") and mentions[f.mention].rule == "outlet" for f in slots.fillers)


def _apart(trigger: Trigger, mention: EventMention, roles: Cast, casting: Casting) -> list[EventMention]:
    """One mention for each place: wreaths laid at two monuments are two ceremonies."""
    places = [m for m in roles.places if casting.mentions[m].kind is MentionKind.place]
    if trigger.cue.frame == "visit":
        places = [m for m in roles.destination if casting.mentions[m].kind is MentionKind.country]
    if trigger.cue.frame not in ("tribute", "visit") or len(places) < 2:
        return [mention]
    out = []
    for number, m in enumerate(places):
        words = casting.mentions[m]
        proof = Evidence(document=mention.document, field="place", start=words.start, end=words.end,
                         quote=casting.text[words.start : words.end], rule=words.rule)  # fmt: skip
        kept = tuple(e for e in mention.evidence if e.field != "place")
        out.append(msgspec.structs.replace(
            mention, id=f"{mention.id}{number}", place=casting.place(m), evidence=(*kept, proof),
            recipient=casting.people((m,)) if trigger.cue.frame == "visit" else mention.recipient,
        ))  # fmt: skip
    return out


def _company(
    trigger: Trigger, present: Sequence[int], analysis: Analysis, layers: Layers, casting: Casting
) -> EventMention:
    """A list of those present: no event of its own, the resolution hands it to the meeting it belongs to."""
    people = [
        msgspec.structs.replace(p, role="attendee", rank=rank)
        for rank, p in enumerate(casting.people(present), start=1)
    ]
    proofs = [
        Evidence(document=layers.document.id, field="participants", start=m.start, end=m.end,
                 quote=layers.document.text[m.start : m.end], rule="attend/present")
        for m in (layers.mentions[i] for i in present)
    ]  # fmt: skip
    return EventMention(
        id=_identify(layers.document.id, trigger), document=layers.document.id, start=trigger.start, end=trigger.end,
        kind="attend", status=Status.occurred, symmetric=False, actor=(), recipient=(), participants=tuple(people),
        block=layers.document.blocks[layers.sentences[analysis.sentence].block].kind, sentence=analysis.sentence,
        rule="attend/present", weight=ANAPHORIC, full=False, evidence=tuple(proofs),
    )  # fmt: skip


def _identify(document: str, trigger: Trigger) -> str:
    key = f"{document} {trigger.start} {trigger.end} {trigger.cue.id}"
    return "m" + blake2b(key.encode(), digest_size=8).hexdigest()


def _has_object(trigger: Trigger, analysis: Analysis, layers: Layers) -> bool:
    """Whether the cue's object stands before it: in its phrase, or in an argument of its clause."""
    units = analysis.units
    spans = [(units[trigger.unit].start, trigger.start)]
    if trigger.clause >= 0:
        clause = analysis.clauses[trigger.clause]
        spans += [(units[k].start, units[k].end) for k in clause.arguments]
        if clause.kind == "adnominal" and clause.head >= 0:  # `북한과 맺은 의정서`
            spans.append((units[clause.head].start, units[clause.head].end))
    return any(word in layers.text[a:b] for a, b in spans for word in trigger.cue.objects)


def _instrument(trigger: Trigger, analysis: Analysis, layers: Layers) -> str:
    """The object that the act handles, as written: the document signed, the missile launched, the wreath laid."""
    if trigger.cue.kind not in ("sign", "launch", "ceremony", "message", "sanction", "deploy"):
        return ""
    if trigger.cue.kind == "message":
        return trigger.form
    if trigger.clause < 0:
        return ""
    for k in analysis.clauses[trigger.clause].arguments:
        unit = analysis.units[k]
        if unit.case in ("obj", "subj") and not unit.mentions and k != trigger.unit and unit.end <= trigger.start:
            last = layers.tokens[unit.body - 1].end
            return layers.text[unit.start : last].strip("'‘’\"“”《》[]")
    return ""


def _proof(document: Document, field: str, start: int, end: int, rule: str) -> Evidence:
    return Evidence(document=document.id, field=field, start=start, end=end, quote=document.text[start:end], rule=rule)


def _evidence(
    trigger: Trigger, roles: Cast, verdict: Verdict, timex: Timex | None, place: int, layers: Layers
) -> tuple[Evidence, ...]:
    def proof(field: str, start: int, end: int, rule: str) -> Evidence:
        return _proof(layers.document, field, start, end, rule)

    out = [proof("kind", trigger.start, trigger.end, f"{trigger.cue.id}/{trigger.use}")]
    for field, group in (("actor", roles.actor), ("recipient", roles.recipient), ("participants", roles.carrier)):
        out += [proof(field, layers.mentions[m].start, layers.mentions[m].end, layers.mentions[m].rule) for m in group]
    if timex is not None:
        out.append(proof("date", timex.start, timex.end, timex.rule))
    if place >= 0:
        out.append(proof("place", layers.mentions[place].start, layers.mentions[place].end, layers.mentions[place].rule))
    if verdict.first >= 0 and verdict.last > verdict.first:
        first, last = layers.tokens[verdict.first], layers.tokens[verdict.last - 1]
        if first.start < last.end:
            out.append(proof("status", first.start, last.end, verdict.rule))
    for attribution in layers.attributions:
        if attribution.start <= trigger.start < attribution.end:
            out.append(proof("sources", attribution.cue_start, attribution.cue_end, attribution.rule))
    return tuple(out)


def _sources(trigger: Trigger, attributions: Sequence[Attribution]) -> tuple[tuple[str, ...], bool]:
    """Source names that vouch for the trigger, outermost first, and whether the voice denies it."""
    names: list[str] = []
    denied = False
    for attribution in attributions:
        own = attribution.cue_start <= trigger.start < attribution.cue_end  # the verb of saying itself: `일축했다`
        if attribution.start <= trigger.start < attribution.end and attribution.kind is not AttributionKind.unreported and not own:
            names += [source.name for source in attribution.sources if source.name not in names]
            denied = denied or attribution.kind is AttributionKind.denied
    return tuple(names), denied
