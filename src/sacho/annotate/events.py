"""Event mentions of one document: triggers, roles, day, place, status, source, each with its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter

import msgspec

from sacho.annotate.actuality import VERBAL
from sacho.annotate.addressees import Addressees
from sacho.annotate.adopted import ADOPTING, adopted
from sacho.annotate.aim import aimed
from sacho.annotate.attendance import Company as Present
from sacho.annotate.attendance import find_companies, is_listing
from sacho.annotate.bidden import is_bidden
from sacho.annotate.casting import Casting
from sacho.annotate.center import Center
from sacho.annotate.clauses import find_clauses
from sacho.annotate.companions import GOING, companions
from sacho.annotate.company import Company
from sacho.annotate.echoes import find_echoes
from sacho.annotate.event_mentions import apart, company_of, mention_of
from sacho.annotate.frames import Cast, cast
from sacho.annotate.items import item_of, item_starts
from sacho.annotate.joint import join_partner
from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.lines import is_item
from sacho.annotate.phrases import find_units, token_owners
from sacho.annotate.predications import find_predications
from sacho.annotate.roles import Slots, acting_head, find_slots
from sacho.annotate.scenes import Scene
from sacho.annotate.settings import is_content
from sacho.annotate.several_days import on_days
from sacho.annotate.triggers import Trigger, find_triggers
from sacho.annotate.turns import in_turn
from sacho.annotate.view import View
from sacho.annotate.voiced import voiced
from sacho.lexicon import Lexicon
from sacho.lexicon.predicates import Predicates
from sacho.records import Attribution, EventMention, MentionKind, Quote, Status

_THIS = ("\n이를", "\n그것을", "\n이것을")  # what was told before

_WELCOMING, _IN_ORDER_TO = ("ceremony-host/", "welcome/", "favour/"), ("하여", "해", "하며", "하는")
_CLOSE, _NEAR = 60, 8  # letters
_AT_GRAVES = ("ceremony-place/", "tribute-place/")  # `묘를 찾아 헌화했다`
_ON_THE_SPOT = ("inspect", "ceremony")

_OPENING = "“\"‘『「《"

_start = attrgetter("start")

__all__ = ["Layers", "find_events"]


def find_events(
    layers: Layers, lexicon: Lexicon, predicates: Predicates, *, every_predicate: bool = False
) -> tuple[EventMention, ...]:
    """Event mentions in text order. A mention that names too few participants is kept with a low weight, so
    that the resolution can tie it to a fuller one; it never becomes an event of its own. `every_predicate` adds mentions of
    the kind `act` for the predicates that tell of no event."""
    starts = [token.start for token in layers.tokens]
    owner = token_owners(layers.tokens, starts, layers.mentions)
    clock = token_owners(layers.tokens, starts, layers.timexes)
    outlets, seats = _outlets(lexicon), _seats(lexicon)
    casting = Casting(layers.document.text, layers.mentions, lexicon, aligned=layers.text)
    titled = [a for a in layers.attributions if a.rule == "headline" and layers.text[a.start] in _OPENING]
    out: list[EventMention] = []
    center, scene, company, addressees = Center(), Scene(), Company(), Addressees()
    items = item_starts(layers.text)
    for number in range(len(layers.sentences)):
        first = len(out)
        if items and number and item_of(items, layers.sentences[number].start) != item_of(items, layers.sentences[number - 1].start):
            center, scene, company, addressees = Center(), Scene(), Company(), Addressees()
        if layers.sentences[number].first == layers.sentences[number].last:  # passed over unread
            center = center.after((), View((), layers.mentions, layers.tokens), outlets)
            continue
        for analysis in _analyses(layers, number, owner, clock, titled):
            triggers = find_triggers(layers.text, layers.tokens, analysis.units, analysis.clauses, owner, predicates)
            reader = _Reader(layers, analysis, casting, predicates, outlets, seats, center, _nominal(triggers, analysis), every_predicate)
            told, center, heard = _tell(reader, triggers, scene, company, addressees)
            if every_predicate:
                told += _acts(reader, told, owner)
            out += told
            if analysis.quote is None:
                addressees, center = heard, center.after(analysis.clauses, analysis.view, outlets, told)
                scene, company = scene.after(told, analysis, layers), company.after(told)
        if len(out) > first:
            out[first:] = find_echoes(number, out[first:], layers, casting)
    return tuple(out)


@lru_cache(maxsize=4)
def _outlets(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.outlets)


@lru_cache(maxsize=4)
def _seats(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(country.capital for country in lexicon.countries.values() if country.capital)


def _nominal(triggers: Sequence[Trigger], analysis: Analysis) -> frozenset[int]:
    """The units of bare event nouns that are no place or occasion."""
    return frozenset([
        t.unit for t in triggers
        if t.use == "bare" and t.cue.bare and not analysis.units[t.unit].case.startswith(("at", "loc"))
    ])  # fmt: skip


def _tell(
    reader: _Reader, triggers: Sequence[Trigger], scene: Scene, company: Company, addressees: Addressees
) -> tuple[list[EventMention], Center, Addressees]:
    """The mentions of one sentence or quotation, the center with the authors it names, and who can now be answered."""
    layers, analysis, casting, center = reader.layers, reader.analysis, reader.casting, reader.center
    told: list[EventMention] = []
    host, staged = "", False  # `회담에서는` is the stage of all that follows in the sentence
    companies = _companies(analysis, layers, casting)
    for senses in _words_of(triggers, analysis, layers):
        best = reader.best(senses, addressees) if not is_listing(senses[0], companies) else None
        if best is None or (best[1].kind == "visit" and is_bidden(best[0], triggers, layers.text)):
            continue
        trigger, mention, roles = best
        addressees = addressees.after(roles, mention)
        mention = _on_the_phone(company.after(told).join(mention, trigger, analysis, layers.text, casting), told)
        mention = join_partner(mention, trigger, told, analysis, layers.text) if told else mention
        mention = scene.dress(mention, trigger, analysis, layers)
        aside = trigger.clause >= 0 and not staged and is_content(analysis.clauses[trigger.clause], analysis)
        if roles.actor and (mention.kind in ("state", "message") or _adopts(mention, roles, layers)):
            center = msgspec.structs.replace(center, authors=roles.actor)
        singles = in_turn(trigger, mention, analysis, casting) or apart(trigger, mention, roles, casting)
        if analysis.timed and len(singles) == 1:
            singles = on_days(mention, analysis, layers) or singles
        for single in singles:
            told.append(msgspec.structs.replace(single, host=host) if host and not aside else single)
        if mention.kind in ("meet", "call") and not (host and staged):
            host = mention.id
            staged = analysis.units[trigger.unit].topic and analysis.units[trigger.unit].case == "at"
    if len(told) > 1:
        told = _without_doubles(told, layers.text)
    told += [
        company_of((u.start, u.end), c.present, c.occasion, analysis, layers, casting, heads=c.heads)
        for c in companies if (u := analysis.units[c.verb])
    ]  # fmt: skip
    return told, center, addressees


def _on_the_phone(mention: EventMention, told: Sequence[EventMention]) -> EventMention:
    """`통화를 하고 의견을 나눴다`: what the same two exchange in the sentence of their call is said on the phone."""
    everyone = {p.id for p in (*mention.actor, *mention.recipient)}
    if mention.kind != "meet" or not everyone or mention.status is not Status.occurred:
        return mention
    calls = [m for m in told if m.kind == "call" and m.full and everyone <= {p.id for p in (*m.actor, *m.recipient)}]
    return msgspec.structs.replace(mention, kind="call") if any(m.date == mention.date for m in calls) else mention


def _without_doubles(told: Sequence[EventMention], text: str) -> list[EventMention]:
    """Without what another act in the sentence says: `대표단을 환영하여 연회를 차렸다` is one dinner, `인사를 전해 줄 것을 부탁했다` one
    greeting, `파병에 항의하는 집회` one rally."""
    return [
        m for m in told
        if not any([
            _only_says(m, n, text)
            or (n.rule.startswith("banquet/") and m.rule.endswith("/verb") and m.rule.startswith(_WELCOMING)
             and 0 < n.start - m.end < _CLOSE and text.startswith(_IN_ORDER_TO, m.end) and set(m.recipient) <= set(n.recipient))
            or (n.kind == "protest" and m.kind in VERBAL and 0 < n.start - m.end < _CLOSE and text[m.end : n.start].strip() == "하는")
            or (m.rule.startswith("wreath/") and n.rule.startswith(_AT_GRAVES) and 0 < n.start - m.end < _CLOSE)
            or (m.rule == "visit/verb" and n.kind in _ON_THE_SPOT and 0 < n.start - m.end < _CLOSE and _looks_in(m, n))
            or (n.rule.startswith("greeting-asked/") and m.kind == "message" and m.status is Status.proposed and m.start < n.start)
            for n in told if n is not m
        ])
    ]  # fmt: skip


def _only_says(m: EventMention, n: EventMention, text: str) -> bool:
    """What is offered is the offer (`쌀을 주겠다고 제의했다`), what is brushed aside is called names in the same breath (`“적반하장”이라고
    일축했다`)."""
    if m.kind == "request" and n.kind in ("aid", "invite"):
        return 0 <= m.start - n.end < _NEAR and "겠다고" in text[n.end - 4 : m.start]
    return m.kind == "accuse" and n.kind == "reject" and 0 < n.start - m.end < _CLOSE // 2 and text.startswith("일축", n.start)


def _looks_in(visit: EventMention, act: EventMention) -> bool:
    """`농장을 찾아 부지를 살펴봤다`, `묘소를 찾아 참배했다`: at home it is what is done there that counts."""
    at_home = visit.place is not None and bool(visit.actor) and not visit.recipient and visit.actor[0].country == visit.place.country
    return at_home and {p.id for p in visit.actor} == {p.id for p in act.actor}


def _adopts(mention: EventMention, roles: Cast, layers: Layers) -> bool:
    """Whether one body adopts a paper, which then speaks for it: `결의안은 인권침해를 규탄하고`."""
    by_body = len(roles.actor) == 1 and layers.mentions[roles.actor[0]].kind is MentionKind.body
    return by_body and mention.full and mention.kind in ("sign", "sanction")


def _acts(reader: _Reader, told: Sequence[EventMention], owner: Sequence[int]) -> list[EventMention]:
    """The predicates that tell of no event."""
    taken = [(m.start, m.end) for m in told if m.rule != "attend/present"]
    analysis = reader.analysis
    found = find_predications(analysis.units, analysis.clauses, reader.layers.tokens, owner, taken, reader.predicates)
    read = [reader.best([trigger], Addressees()) for trigger in found]
    return [made[1] for made in read if made is not None]


def _companies(analysis: Analysis, layers: Layers, casting: Casting) -> list[Present]:
    if analysis.quote is not None and analysis.quote.speaker not in casting.outlet_names:
        return []
    return find_companies(analysis.units, analysis.clauses, layers.mentions, layers.tokens, layers.document.text)


def _is_bare(trigger: Trigger) -> bool:
    return trigger.use == "bare"


class _Reader(msgspec.Struct, frozen=True):
    """Reads the triggers of one sentence."""

    layers: Layers
    analysis: Analysis
    casting: Casting
    predicates: Predicates
    outlets: frozenset[str]
    seats: frozenset[str]
    center: Center
    nominal: frozenset[int]
    every: bool

    def best(self, senses: Sequence[Trigger], addressees: Addressees) -> tuple[Trigger, EventMention, Cast] | None:
        """Of the cues of one word the first that finds all it needs, else the first that finds something."""
        first = None
        found: dict[tuple[object, ...], Slots] = {}
        modified = [c.head for c in self.analysis.clauses if c.kind == "adnominal"]
        carried = senses if len(senses) < 2 else sorted(senses, key=_is_bare)  # a verb that carries the noun tells more
        for trigger in carried:  # what stands around the word is the same for senses that ask for the same
            cue = trigger.cue
            like = (trigger.carrier, trigger.use, cue.kind, cue.frame, "two" in cue.need, cue.light if trigger.unit in modified else ())
            slots = found.get(like)
            if slots is None:
                slots = found[like] = find_slots(trigger, self.analysis.clauses, self.analysis.view)
            read = self._read(trigger, slots, addressees)
            if read is not None and read[1].full:
                return read
            if read is not None and (first is None or read[1].weight > first[1].weight):
                first = read
        return first

    def _read(self, trigger: Trigger, slots: Slots, addressees: Addressees) -> tuple[Trigger, EventMention, Cast] | None:
        layers, analysis = self.layers, self.analysis
        roles = cast(trigger, slots, layers.mentions, self.predicates, self.outlets, self.seats)
        roles = _with_guest(slots, roles, analysis, layers)
        if trigger.cue.id in ADOPTING:
            roles = adopted(trigger, roles, analysis, layers)
        if trigger.cue.kind in GOING and roles.actor:
            roles = companions(trigger, slots, roles, analysis, layers)
        if analysis.quote is None:
            roles = self.center.fill(trigger, slots, roles, analysis.units, analysis.clauses, layers.mentions)
            roles = addressees.fill(trigger, roles, analysis, layers)
        roles = voiced(trigger, roles, analysis, layers)
        carried = addressees.carried(trigger, roles, analysis, layers.mentions)
        roles = aimed(trigger, roles, layers.mentions, layers.sentences[analysis.sentence], carried, layers.attributions)
        trigger = _called_on(trigger, slots, layers)
        mention = mention_of(trigger, slots, roles, analysis, layers, self.casting, self.predicates, self.nominal,
                             every=self.every)  # fmt: skip
        return (trigger, mention, roles) if mention is not None else None


def _called_on(trigger: Trigger, slots: Slots, layers: Layers) -> Trigger:
    """`국무부로 장관을 방문했다`, `장관을 찾아가 호소했다`: whoever calls on a person meets him."""
    if trigger.cue.kind != "visit" or trigger.use != "verb" or trigger.cue.frame != "visit":
        return trigger
    if not any(f.slot == "obj" and layers.mentions[f.mention].kind is MentionKind.person for f in slots.fillers):
        return trigger
    return msgspec.structs.replace(trigger, cue=msgspec.structs.replace(trigger.cue, kind="meet", need=("actor", "recipient")))


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
    layers: Layers, number: int, owner: Sequence[int], clock: Sequence[int], titled: Sequence[Attribution]
) -> list[Analysis]:
    """The sentence without its quotations, then each quotation by itself. What stands in marks behind its speaker in a
    headline (`titled`) is told apart from him too, as the headline's own words: `합참 “북한, 미사일 발사”`."""
    sentence = layers.sentences[number]
    tokens = layers.tokens
    said: list[tuple[int, int, Quote | None]] = [
        (q.start, q.end, q) for q in layers.quotes if q.end > sentence.start and q.start < sentence.end
    ]
    apart = [a for a in titled if sentence.start <= a.start < sentence.end]
    if apart:
        said += [(a.start, a.end, None) for a in apart if not any(low < a.end and a.start < high for low, high, _ in said)]
        said.sort(key=itemgetter(0))
    inner: list[tuple[int, int, Quote | None]] = []
    for start, end, quote in said:
        first = bisect_left(tokens, start, sentence.first, sentence.last, key=_start)
        last = bisect_left(tokens, end, first, sentence.last, key=_start)
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
    clipped = quote is None and is_item(layers.text, layers.sentences[number].start)
    units = find_units(layers.tokens, segments, owner, clock, clipped=clipped)
    clauses = find_clauses(units, lambda unit: acting_head(unit, layers.mentions, layers.tokens))
    return Analysis(
        sentence=number, units=units, clauses=clauses, view=View(units, layers.mentions, layers.tokens, _speaker(quote, layers)),
        stop=segments[-1][1], timed=any([unit.timexes for unit in units]), quote=quote,
    )  # fmt: skip


def _speaker(quote: Quote | None, layers: Layers) -> int:
    """The mention of whoever says the quoted words, -1 if the text names nobody."""
    if quote is None:
        return -1
    said = [a for a in layers.attributions if a.start <= quote.start < a.end and a.sources]
    start = said[-1].sources[-1].start if said else -1
    return next((i for i, m in enumerate(layers.mentions) if m.start == start and m.kind is MentionKind.person), -1)


def _words_of(triggers: Sequence[Trigger], analysis: Analysis, layers: Layers) -> list[list[Trigger]]:
    """The triggers word by word; a cue that wants an object needs it."""
    out: dict[tuple[int, int, int], list[Trigger]] = {}
    for trigger in triggers:
        if not trigger.cue.objects or _has_object(trigger, analysis, layers):
            out.setdefault((trigger.start, trigger.end, trigger.clause), []).append(trigger)
    return list(out.values())


def _has_object(trigger: Trigger, analysis: Analysis, layers: Layers) -> bool:
    """Whether the cue's object stands before it: in its phrase, or in an argument of its clause."""
    units = analysis.units
    if trigger.cue.said:  # in what is said
        spans = [(layers.sentences[analysis.sentence].start, trigger.start)]
        return any(word in layers.text[spans[0][0] : spans[0][1]] for word in trigger.cue.objects)
    spans = [(units[trigger.unit].start, trigger.start)]
    if trigger.clause >= 0:
        clause = analysis.clauses[trigger.clause]
        goes_on = clause.found == "own" and clause.subject not in clause.arguments  # `[부대가 함정을 타고] 옮겨졌다고`
        spans += [(units[k].start, units[k].end) for k in (*clause.arguments, *((clause.subject,) if goes_on else ()))]
        if clause.subject >= 0 and clause.found != "own":  # `특수부대가 함정을 타고 러시아로 옮겨졌다`
            spans.append((units[clause.subject].start, units[clause.subject].end))
        if clause.open_topic >= 0:  # `미사일 발사는 [2발을 쏜] 뒤 처음이다`
            spans.append((units[clause.open_topic].start, units[clause.open_topic].end))
        if clause.kind == "adnominal" and clause.head >= 0:  # `북한과 맺은 의정서`
            spans.append((units[clause.head].start, units[clause.head].end))
    words = "\n".join([layers.text[a:b] for a, b in spans])
    return any([word in words for word in trigger.cue.objects]) or any([w in words for w in _THIS])


