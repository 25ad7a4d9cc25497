"""One event mention from a trigger with its roles: status, day, place, sources, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from sacho.annotate.actuality import VERBAL, is_asked, is_claimed, is_demanded, settle, status_of
from sacho.annotate.attendance import find_accompanied, find_present
from sacho.annotate.casting import ARMED, Casting
from sacho.annotate.frames import Cast, satisfied
from sacho.annotate.handled import handled
from sacho.annotate.irreal import is_only_meant
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.lines import block_of
from sacho.annotate.modality import Verdict
from sacho.annotate.predications import ACT
from sacho.annotate.roles import Slots
from sacho.annotate.settings import find_date, find_time
from sacho.annotate.soil import from_soil
from sacho.annotate.triggers import Trigger
from sacho.annotate.venues import Venue, find_venue
from sacho.annotate.voiced import SAID, in_report
from sacho.lexicon.predicates import Kind, Predicates
from sacho.lexicon.words import load_words
from sacho.records import (
    Attribution,
    AttributionKind,
    BlockKind,
    Document,
    EventMention,
    Evidence,
    Mention,
    MentionKind,
    Participant,
    Status,
    Timex,
)

_WORDS = load_words()
POINTING = frozenset(["meet", "call", "visit", "arrive", "depart", "agree", "sign", "ceremony", "message", "aid"])
_ANSWERABLE = frozenset(["request", "reject", "invite", "threaten", "accuse"])
_JUDGING, _JUDGED = ("reject", "accuse"), ("다며", "라며", "다고", "라고", "다면서", "라면서")
_NAMED = ("drill", "test")  # some go by a name that tells whose they are
# `지난달 열린 전원회의에서`, `두 정상이 2년 전 이룬 합의를`, `일본이 단행한 수출규제를`
_HELD_ONCE = frozenset(["convene", "agree", "sanction", "coerce", "attack", "launch", "test", "drill", "deploy", "retreat", "aid"])
ANAPHORIC = 0.3  # weight of a mention that names no full set of participants: it only points back
LOOSE = 0.1  # … of one that does not even point: kept for its words and status, no part of any event


def _spoken(trigger: Trigger, slots: Slots, roles: Cast, analysis: Analysis, layers: Layers) -> Cast:
    """A dropped subject inside somebody's own words is the speaker: `"긴밀하게 협력하고 있다"고 밝혔다`."""
    first_person = analysis.quote is not None and trigger.cue.kind in ("cooperate", "meet", "agree", "aid")
    verbal = trigger.cue.kind in VERBAL
    if trigger.use == "bare" or not (first_person or verbal):
        return roles
    ours = frozenset([m for m in roles.actor if layers.mentions[m].rule == "we"]) if verbal else frozenset()
    silent = len(roles.actor) == len(ours) or (first_person and slots.subject_found == "none")
    passive = trigger.use == "verb" and analysis.units[trigger.unit].stem.endswith("되")  # `회담이 무산됐다고 밝혔다`
    if not silent or passive:
        return roles
    inside = [a for a in layers.attributions if a.start <= trigger.start < a.end and a.sources]
    if not inside:
        return roles
    source = inside[-1].sources[-1]
    speaker = next((i for i, m in enumerate(layers.mentions) if m.start == source.start and m.rule != "outlet"), -1)
    if speaker < 0 or speaker in (*roles.recipient, *roles.actor):
        return roles
    return msgspec.structs.replace(roles, actor=(speaker, *(m for m in roles.actor if m not in ours)))


def mention_of(
    trigger: Trigger, slots: Slots, roles: Cast, analysis: Analysis, layers: Layers,
    casting: Casting, predicates: Predicates, nominal: frozenset[int], *, every: bool,
) -> EventMention | None:  # fmt: skip
    """The mention that a trigger makes with its roles; None where the words tell of no event. `nominal` are the units
    of bare event nouns; `every`: also where nobody is named."""
    kind = predicates.kinds.get(trigger.cue.kind, ACT)
    if present := find_present(trigger, analysis.units, analysis.clauses, layers.mentions, layers.text):
        led = find_accompanied(trigger, analysis.units, analysis.clauses, layers.mentions)
        word = trigger.form if trigger.form == "수행" else ""
        return company_of((trigger.start, trigger.end), present, word, analysis, layers, casting, led=led)
    roles = from_soil(trigger, _spoken(trigger, slots, roles, analysis, layers), layers.mentions, casting.lexicon)
    full = satisfied(trigger, roles, layers.mentions)
    points = full or _may_point(trigger, roles, kind)
    verdict = status_of(trigger, analysis, layers, predicates) if points or every else None
    if verdict is None or (not points and _vague(trigger, verdict)) or (kind.family == "meet" and _interview(slots, layers.mentions)):
        return None
    if is_only_meant(trigger, verdict, analysis, layers):
        return None
    idle = is_demanded(trigger, verdict, layers) or is_asked(trigger, layers) or _only_hoped(trigger, verdict)
    points &= not idle
    timex = find_date(trigger, slots, analysis, layers.timexes, nominal, layers.text, layers.published) if analysis.timed else None
    actor, recipient = casting.sides(trigger, roles, kind, current=timex is None or timex.value[:4] == layers.published[:4])
    full = not idle and (bool(actor) if trigger.cue.kind in ARMED else full) and casting.distinct(kind, trigger, actor, recipient)
    venue = find_venue(trigger, roles, slots, analysis.units, analysis.clauses, layers.mentions, layers.tokens, layers.text)
    block = block_of(analysis, layers)
    voices = [a for a in layers.attributions if a.start <= trigger.start < a.end or _says_through(a, trigger, layers.text)]
    value = timex.value if timex else ""
    answered = _answered(trigger, analysis)
    heard = [v for v in voices if v.kind is not AttributionKind.denied] if answered else voices  # `서방의 제안을 일축했다`: it was made
    status, value, sources = _settled(trigger, roles, verdict, kind, value, actor, heard, points, analysis, layers)
    told = answered or bool(value) or venue.mention >= 0 or venue.town >= 0 or _told_of(trigger, slots, analysis)
    told = told or _counted(trigger, kind, layers.text)
    pointing = full and trigger.use == "bare" and verdict.rule == "presupposed" and not told
    told_before = _is_copula(trigger, layers) and not (full and _asserted(analysis))
    quoted = analysis.quote is not None and analysis.quote.speaker not in casting.outlet_names
    return EventMention(
        id=_identify(layers.document.id, (trigger.start, trigger.end), trigger.cue.id), document=layers.document.id,
        start=trigger.start, end=trigger.end, kind=kind.id, status=status, symmetric=kind.symmetric, actor=actor,
        recipient=recipient, full=full, participants=casting.third(roles), block=block, sentence=analysis.sentence,
        place=casting.venue(venue), sources=sources, rule=f"{trigger.cue.id}/{'pointing' if pointing else trigger.use}", date=value,
        time=find_time(trigger, slots, analysis, layers.timexes) if analysis.timed else "",
        weight=LOOSE if not points else ANAPHORIC if told_before else
        _weight(trigger, full=full, pointing=pointing or _is_title(block, verdict), quoted=quoted, answered=answered,
                held=trigger.use == "bare" and _told_held(trigger, slots, analysis)),
        evidence=_evidence(trigger, roles, verdict, timex, venue, voices, layers), instrument=handled(trigger, analysis, layers),
    )  # fmt: skip


def _is_copula(trigger: Trigger, layers: Layers) -> bool:
    """`14년 만의 방북이다`"""
    behind = layers.tokens[trigger.last : trigger.last + 1]
    return trigger.use == "verb" and len(behind) > 0 and behind[0].tag == "VCP"


def _counted(trigger: Trigger, kind: Kind, text: str) -> bool:
    """`일곱 차례 협상 끝에`"""
    return kind.id == "meet" and text[trigger.end : trigger.end + 3] == " 끝에"


def _settled(
    trigger: Trigger, roles: Cast, verdict: Verdict, kind: Kind, value: str, actor: tuple[Participant, ...],
    voices: Sequence[Attribution], points: bool, analysis: Analysis, layers: Layers,
) -> tuple[Status, str, tuple[str, ...]]:  # fmt: skip
    """Status, day and sources, as far as the verdict, the day and the voices agree."""
    status, value = settle(verdict, kind, value, layers.published, claimed=is_claimed(trigger, voices))
    vouched, sources = _vouched(trigger, roles, status, actor, voices, analysis, layers)
    status = status if verdict.rule == "neither-confirmed" else vouched  # `시인도 부인도 하지 않았다`
    if not sources and (not points or (status is Status.denied and not voices)):
        sources = _told_by(trigger, {*roles.actor, *roles.recipient}, analysis, layers)
    return status, value, sources


def _told_held(trigger: Trigger, slots: Slots, analysis: Analysis) -> bool:
    """Whether a clause before the noun tells that the session, the meal or the talk was held: `13일 열린 간담회에서`."""
    if trigger.cue.kind in _HELD_ONCE or trigger.cue.frame == "banquet":
        return _told_of(trigger, slots, analysis)
    verbs = [analysis.units[c.predicate].stem for c in analysis.clauses if c.kind == "adnominal" and c.head == trigger.unit]
    return trigger.cue.kind == "meet" and any([stem in _WORDS.held_verbs or stem in _WORDS.happening_verbs for stem in verbs])


def _asserted(analysis: Analysis) -> bool:
    """`3박 4일의 국빈방문이다`, not `성사됐다면 14년 만의 방북이다`."""
    return not any([c.kind == "conditional" for c in analysis.clauses])


def _only_hoped(trigger: Trigger, verdict: Verdict) -> bool:
    """`6자회담이 재개되기를 바란다`, `협상이 시작되면`: talks that only may be, told by their noun, are no meeting of anybody."""
    noun = trigger.use != "verb" and trigger.form in trigger.cue.nouns
    return verdict.status is Status.hypothetical and trigger.cue.kind == "meet" and noun


def _is_title(block: BlockKind, verdict: Verdict) -> bool:
    return block is BlockKind.headline and verdict.rule in ("plain", "presupposed")


def _may_point(trigger: Trigger, roles: Cast, kind: Kind) -> bool:
    """Whether words that name too few may still point to what is told elsewhere; a launch tells little of whose it is."""
    working = trigger.cue.kind == "launch" or trigger.cue.frame == "working"
    known = trigger.cue.kind in _NAMED or (working and trigger.use != "bare")
    return known or (kind.family in POINTING and not _aimless(trigger, roles))


def _aimless(trigger: Trigger, roles: Cast) -> bool:
    """`병사를 찾다`: a plain verb of movement without anywhere to go; `회피를 도왔다`: help to nobody named."""
    if trigger.cue.kind == "aid":
        return trigger.use == "bare" or trigger.cue.id == "help"
    moving = trigger.cue.frame in ("visit", "motion", "leave") and trigger.form in trigger.cue.verbs
    return moving and not (roles.destination or roles.origin or roles.places or roles.recipient or roles.actor)


def _vague(trigger: Trigger, verdict: Verdict) -> bool:
    """Whether a word that finds nobody tells nothing: a noun that only names, a plain verb with many meanings."""
    if trigger.use == "bare":
        return verdict.rule == "presupposed" and trigger.cue.kind != ACT.id
    return trigger.form in trigger.cue.verbs and "nobody" not in trigger.cue.need and len(trigger.form) < 3


_OWN_WORDS = ("state", "reject")
_TALK = 14  # letters behind an outlet's name in which the talk with it is named


def _vouched(
    trigger: Trigger, roles: Cast, status: Status, actor: Sequence[Participant], voices: Sequence[Attribution], analysis: Analysis,
    layers: Layers,
) -> tuple[Status, tuple[str, ...]]:  # fmt: skip
    """Whose word it is, and the status once their denial counts."""
    doers = frozenset([p.id for p in actor]) if status is not Status.denied else frozenset()
    visiting = status is Status.ongoing or layers.text[trigger.end : trigger.end + 2].lstrip().startswith("중")
    if visiting and _describes(trigger, roles, analysis, layers):
        voices = [v for v in voices if v.rule == "carry"]
    if trigger.cue.kind in _JUDGING and trigger.form.endswith(_JUDGED):  # `억측이라며 부인했다`: it refuses
        voices = [v for v in voices if v.kind is not AttributionKind.denied or not v.sources or v.sources[-1].entity not in doers]
    sources, denied = _sources(trigger, voices, doers)
    if doers and not sources and status is Status.occurred and trigger.cue.kind not in SAID and in_report(trigger, analysis, layers.text):
        sources, _ = _sources(trigger, voices, frozenset())
    own = trigger.cue.kind in _OWN_WORDS and trigger.use == "light" and bool(actor)
    if denied and own and sources and sources[-1] in [p.name for p in actor]:
        return status, ()  # `담화를 내고 …라고 일축했다`, `받아들일 수 없다고 일축했다`: the denier's own words
    return Status.denied if denied and status in (Status.occurred, Status.alleged) else status, sources


def _says_through(voice: Attribution, trigger: Trigger, text: str) -> bool:
    """Whether the trigger is the verb of saying of words that somebody spoke to an outlet: `통신과의 인터뷰에서 …라고 비난했다`."""
    if len(voice.sources) < 2 or not voice.cue_start <= trigger.start < voice.cue_end:
        return False
    outlet = voice.sources[0].end
    return any(word in text[outlet : outlet + _TALK] for word in ("인터뷰", "회견", "기자에게", "기자와"))


def _told_by(trigger: Trigger, taken: set[int], analysis: Analysis, layers: Layers) -> tuple[str, ...]:
    """Who says it, denies it or asks for it: the subject of the clause that takes in what is told (`…다는 말은 근거가 없다고 국방부가
    밝혔다`)."""
    clauses, n, inside = analysis.clauses, trigger.clause, trigger.use != "verb"
    while n >= 0 and clauses[n].governor > n:
        inside = inside or clauses[n].kind in ("quoted", "nominal", "adnominal")
        n = clauses[n].governor
        subject = clauses[n].subject
        heads = [] if subject < 0 or clauses[n].predicate < 0 else analysis.view.heads(subject)
        if inside and heads and not taken.intersection(heads) and clauses[n].kind != "adnominal":
            return tuple(layers.mentions[m].name for m in heads[:1])
    return ()


def _told_of(trigger: Trigger, slots: Slots, analysis: Analysis) -> bool:
    """Whether a clause before the noun tells of it: `지난주 열린 회담`."""
    return any(analysis.clauses[n].kind == "adnominal" and n != trigger.clause for n in slots.clauses)


def _answered(trigger: Trigger, analysis: Analysis) -> bool:
    """Whether a bare noun tells what somebody did that was answered, or what brought something about: `김 위원장의 제안을
    받아들였다`, `중국의 반대로`, `한국의 요구로`."""
    if trigger.use != "bare" or trigger.cue.kind not in _ANSWERABLE or trigger.clause < 0:
        return False
    unit = analysis.units[trigger.unit]
    if unit.is_predicate or trigger.end < unit.end - 3:
        return False
    predicate = analysis.clauses[trigger.clause].predicate
    stem = analysis.units[predicate].stem if predicate >= 0 else ""
    return unit.case == "dir" or (unit.case in ("obj", "loc", "topic") and stem in _WORDS.answering_verbs)


def _weight(trigger: Trigger, *, full: bool, pointing: bool, quoted: bool, answered: bool, held: bool) -> float:
    """How much a mention tells: least if it only points back, little inside somebody's words. `held`: a clause before the noun tells
    that the session was held."""
    weight = 1.0 if full else ANAPHORIC
    if full and trigger.use == "bare":
        weight = 0.8 if answered or ((trigger.cue.bare or held) and not pointing) else ANAPHORIC
    return min(weight, 0.5 if weight > ANAPHORIC else 0.2) if quoted else weight


def _interview(slots: Slots, mentions: Sequence[Mention]) -> bool:
    """Whether the partner of the talk is a news outlet."""
    return any(f.slot in ("com", "partner", "comgen") and mentions[f.mention].rule == "outlet" for f in slots.fillers)


def apart(trigger: Trigger, mention: EventMention, roles: Cast, casting: Casting) -> list[EventMention]:
    """One mention for each place: wreaths laid at two monuments are two ceremonies; and one for each state whose people come or
    go: `두 나라 총리가 한 시간 간격으로 공항에 내렸다`."""
    if mention.kind in ("arrive", "depart") and len(roles.actor) > 1:
        return _by_state(mention)
    places = [m for m in roles.places if casting.mentions[m].kind is MentionKind.place]
    if trigger.cue.frame != "tribute" or mention.kind != "ceremony" or len(places) < 2:  # `공장과 건설장을 돌아봤다` is one tour
        return [mention]
    out = []
    for number, m in enumerate(places):
        words = casting.mentions[m]
        proof = Evidence(document=mention.document, field="place", start=words.start, end=words.end,
                         quote=casting.text[words.start : words.end], rule=words.rule)  # fmt: skip
        kept = tuple(e for e in mention.evidence if e.field != "place")
        out.append(msgspec.structs.replace(
            mention, id=f"{mention.id}{number}", place=casting.place(m), evidence=(*kept, proof),
        ))  # fmt: skip
    return out


def _by_state(mention: EventMention) -> list[EventMention]:
    states = dict.fromkeys([p.country for p in mention.actor])
    if len(states) < 2 or "" in states:
        return [mention]
    return [
        msgspec.structs.replace(mention, id=f"{mention.id}{number}", actor=tuple([p for p in mention.actor if p.country == state]))
        for number, state in enumerate(states)
    ]


def company_of(
    span: tuple[int, int], present: Sequence[int], occasion: str, analysis: Analysis, layers: Layers, casting: Casting, *,
    led: Sequence[int] = (), heads: bool = False,
) -> EventMention:  # fmt: skip
    """A list of those present: no event of its own, the resolution hands it to the occasion it belongs to, whose noun
    is kept as `instrument`. `led` are those whom they came along with (its recipients); `heads`: they lead the sides (its actors)."""
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
        id=_identify(layers.document.id, span, "present"), document=layers.document.id, start=span[0], end=span[1],
        kind="attend", status=Status.occurred, symmetric=False, actor=casting.people(present) if heads else (),
        recipient=casting.people(led), participants=tuple(people),
        block=block_of(analysis, layers), sentence=analysis.sentence,
        rule="attend/present", weight=ANAPHORIC, full=False, evidence=tuple(proofs), instrument=occasion,
    )  # fmt: skip


def _identify(document: str, span: tuple[int, int], cue: str) -> str:
    key = f"{document} {span[0]} {span[1]} {cue}"
    return "m" + blake2b(key.encode(), digest_size=8).hexdigest()


def _proof(document: Document, field: str, start: int, end: int, rule: str) -> Evidence:
    return Evidence(document=document.id, field=field, start=start, end=end, quote=document.text[start:end], rule=rule)


def _evidence(
    trigger: Trigger, roles: Cast, verdict: Verdict, timex: Timex | None, venue: Venue, voices: Sequence[Attribution],
    layers: Layers,
) -> tuple[Evidence, ...]:  # fmt: skip
    document, text = layers.document.id, layers.document.text

    def proof(field: str, start: int, end: int, rule: str) -> Evidence:
        return Evidence(document=document, field=field, start=start, end=end, quote=text[start:end], rule=rule)

    out = [proof("kind", trigger.start, trigger.end, f"{trigger.cue.id}/{trigger.use}")]
    for field, group in (("actor", roles.actor), ("recipient", roles.recipient), ("participants", (*roles.along, *roles.carrier))):
        out += [proof(field, layers.mentions[m].start, layers.mentions[m].end, layers.mentions[m].rule) for m in group]
    if timex is not None:
        out.append(proof("date", timex.start, timex.end, timex.rule))
    if venue.words is not None:
        out.append(proof("place", *venue.words, "site-noun"))
    elif venue.mention >= 0:
        named = layers.mentions[venue.mention]
        out.append(proof("place", named.start, named.end, named.rule))
    if verdict.first >= 0 and verdict.last > verdict.first:
        first, last = layers.tokens[verdict.first], layers.tokens[verdict.last - 1]
        if first.start < last.end:
            out.append(proof("status", first.start, last.end, verdict.rule))
    out += [proof("sources", voice.cue_start, voice.cue_end, voice.rule) for voice in voices]
    return tuple(out)


def _describes(trigger: Trigger, roles: Cast, analysis: Analysis, layers: Layers) -> bool:
    """Whether the clause only says who somebody is (`모스크바를 방문 중인 최 외무상`): nobody's word in particular."""
    clause = analysis.clauses[trigger.clause] if trigger.clause >= 0 and trigger.use != "bare" else None
    if clause is None or clause.kind != "adnominal" or clause.head < 0:
        return False
    doers = {*roles.actor, *roles.recipient}
    return any(m in doers and layers.mentions[m].kind is MentionKind.person for m in analysis.units[clause.head].mentions)


def _sources(trigger: Trigger, voices: Sequence[Attribution], doers: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """Source names that vouch for the trigger, outermost first, and whether the voice denies it. `voices` are the
    attributions around it. Of the verb of saying itself (`일축했다`) only those through whom it came vouch, and nobody is
    the source of what he does (`doers`) himself, unless he denies it."""
    names: list[str] = []
    denied = False
    for attribution in [v for v in voices if v.kind is not AttributionKind.unreported]:
        own = attribution.cue_start <= trigger.start < attribution.cue_end
        denial = attribution.kind is AttributionKind.denied and not own
        denied = denied or denial
        sources = attribution.sources[:-1] if own else attribution.sources
        kept = [s.name for s in sources if denial or s is not sources[-1] or s.entity.partition(":대변인")[0] not in doers]
        names += [name for name in kept if name not in names]
    return tuple(names), denied
