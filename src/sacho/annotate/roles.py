"""Who fills which role of a trigger: the phrases around it, read through its frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from sacho.annotate.causees import causees
from sacho.annotate.clauses import Clause
from sacho.annotate.clefts import find_clefted
from sacho.annotate.coordination import conjoined
from sacho.annotate.feasts import combined, greeted, honoured
from sacho.annotate.fillers import Filler
from sacho.annotate.joined import before_titles, linked
from sacho.annotate.phrases import Unit
from sacho.annotate.riders import led_there, riders, setting_out
from sacho.annotate.sittings import chaired, sitting, travelling
from sacho.annotate.taken import find_taken, handed_on, object_gap, went_out
from sacho.annotate.triggers import Trigger
from sacho.annotate.view import ACTING, View, without_bracket
from sacho.lexicon.words import load_words
from sacho.records import Mention, MentionKind, Record, Token

DONE_TO = frozenset(["invite", "sanction", "coerce", "attack", "retreat", "appoint"])
_SAID = ("다고", "라고", "다며", "라며")
_ADDRESSED = frozenset(["request", "accuse", "reject", "threaten", "support", "invite"])
_DEMANDING = ("라고", "라며", "라면서")
_MOVES = frozenset(["visit", "motion", "leave"])
_WIDER = frozenset(["message", "greeting", "banquet"])
_WORDS = load_words()


class Slots(Record):
    """Everything around a trigger, before the frame is applied. `clauses` are those whose phrases were used; `proper` tells
    that a proper name which nothing else knows says where (`양저우를`)."""

    fillers: tuple[Filler, ...]
    units: tuple[int, ...]
    clauses: tuple[int, ...]
    subject_found: str = "none"
    proper: bool = False


def find_slots(trigger: Trigger, clauses: Sequence[Clause], view: View) -> Slots:
    """Phrases that may fill the trigger's roles, nearest evidence first. `view` is of the units of these clauses."""
    units = view.units
    used: list[int] = []
    fillers: list[Filler] = list(_beside(trigger, view))
    fillers += _blamed(trigger, list(_modifiers(trigger, view)))
    found = "none"
    own = _own(trigger, units)
    for n in _carriers(trigger, clauses, units):
        clause = clauses[n]
        used.append(n)
        borrowed = clause.kind == "adnominal" and clause.found in ("topic", "shared") and n != trigger.carrier
        causee = [] if trigger.cue.kind in _ADDRESSED else causees(clause, clauses, view)
        fillers += [Filler(slot="subj", mention=m, unit=k) for m, k in causee]
        clefted = () if causee else find_clefted(clause, view)
        taken, takers = find_taken(clause, trigger, clauses, view)
        fillers += [Filler(slot=slot, mention=m, unit=clause.head) for slot, group in (("obj", taken), ("subj", takers)) for m in group]
        silent = causee or clefted or borrowed or taken or clause.subject in (-1, trigger.unit) or clause.subject in own
        if not silent:
            found = clause.found if found == "none" else found
            fillers += _subject(clause, trigger, clauses, view)
        fillers += [Filler(slot="subj", mention=m, unit=clause.head) for m in clefted]
        if trigger.cue.kind == "convene" and "organ" not in trigger.cue.need:
            fillers = chaired(clause, fillers, view)
        fillers += _arguments(clause, trigger, view)
        fillers += _asked_of(n, trigger, clauses, view)
        if "two" in trigger.cue.need:
            fillers += [Filler(slot="com", mention=m, unit=k) for m, k in combined(n, clauses, view)]
        if trigger.cue.frame in _MOVES:
            fillers += [Filler(slot="subj", mention=m, unit=k) for m, k in led_there(n, clauses, view)]
        elsewhere = [*object_gap(clause, trigger, view, done_to=trigger.cue.kind in DONE_TO), *went_out(n, trigger, clauses, view)]
        if trigger.cue.kind in DONE_TO and trigger.cue.frame != "patient":
            elsewhere += handed_on(n, trigger, clauses, view)
        fillers += [Filler(slot="obj", mention=m, unit=k) for m, k in elsewhere]
        if clause.found == "gap" and "two" in trigger.cue.need and clause.open_topic >= 0 and clause.head != trigger.unit:
            fillers += [Filler(slot="partner", mention=m, unit=clause.open_topic) for m in view.heads(clause.open_topic)]
    if trigger.cue.frame in _MOVES and trigger.carrier >= 0 and clauses[trigger.carrier].predicate < 0:
        fillers = setting_out(fillers, view)
    fillers += _heads_of_groups(fillers, clauses, view)
    if trigger.cue.frame in _WIDER:
        fillers = _further(fillers, trigger, used, clauses, view)
    if trigger.use == "bare" and "two" in trigger.cue.need:
        fillers += sitting(trigger, fillers, clauses, view)
    elif trigger.use == "bare" and trigger.cue.kind == "visit":
        fillers += travelling(trigger, fillers, clauses, view)
    if trigger.use == "bare" and trigger.clause >= 0:
        fillers += _answerer(clauses[trigger.clause], trigger, view)
    around = [k for n in used for k in clauses[n].arguments if k != trigger.unit] + own
    return Slots(fillers=tuple(_unique(fillers)), units=tuple(dict.fromkeys(around)), clauses=tuple(used), subject_found=found,
                 proper="destination" in trigger.cue.need and any([_unknown(k, view) for k in around]))  # fmt: skip


def _further(
    fillers: list[Filler], trigger: Trigger, used: Sequence[int], clauses: Sequence[Clause], view: View
) -> list[Filler]:  # fmt: skip
    """With those of letters, greetings and meals whom other clauses of the sentence name."""
    if trigger.cue.frame == "message":
        return [*_in_headline(trigger, clauses, view), *fillers, *_sent(trigger, clauses, view)]
    if trigger.cue.frame == "greeting":
        return [*(Filler(slot="to", mention=m, unit=k) for m, k in greeted(trigger, clauses, view)), *fillers]
    return fillers + [Filler(slot=slot, mention=m, unit=k) for m, k, slot in honoured(trigger, used, clauses, view)]


def _carriers(trigger: Trigger, clauses: Sequence[Clause], units: Sequence[Unit]) -> list[int]:
    """The clauses whose phrases belong to the word: of the verb that carries it, and of one that modifies it."""
    own = [trigger.carrier] if trigger.carrier >= 0 else []
    if trigger.use == "verb":
        return own
    carried = trigger.cue.frame != "message"  # `방문을 요청하는 친서`
    return own + [
        n for n, c in enumerate(clauses)
        if c.kind == "adnominal" and c.head == trigger.unit and c.predicate >= 0
        and (units[c.predicate].stem in trigger.cue.light or (carried and units[c.predicate].stem in _WORDS.light_verbs))
        and c.predicate < trigger.unit
    ]  # fmt: skip


def _unknown(k: int, view: View) -> bool:
    unit = view.units[k]
    return unit.case in ("obj", "loc", "dir") and not unit.mentions and not unit.timexes and view.tokens[unit.body - 1].tag == "NNP"


def _blamed(trigger: Trigger, fillers: list[Filler]) -> list[Filler]:
    """`북한의 소행이라고`: the genitive names who is blamed."""
    if not _blames(trigger):
        return fillers
    return [msgspec.structs.replace(f, slot="obj") if f.slot == "genitive" else f for f in fillers]


def _blames(trigger: Trigger) -> bool:
    """Whether the words are what is said of somebody: `위반했다고`, `북한의 소행이라고`."""
    return trigger.cue.kind == "accuse" and trigger.form.endswith(_SAID)


def _judged(trigger: Trigger, clause: Clause, units: Sequence[Unit]) -> bool:
    """Whether the clause is what somebody says of its subject (`위반했다고`), or asks of it (`철회하라고 요구했다`): the subject is
    the one blamed or asked."""
    asked = trigger.cue.kind in ("request", "invite") and trigger.use == "light" and trigger.form.endswith(_DEMANDING)
    return (asked or _blames(trigger)) and clause.kind == "quoted" and units[clause.subject].case == "subj"


def _subject(clause: Clause, trigger: Trigger, clauses: Sequence[Clause], view: View) -> list[Filler]:
    """Whoever the clause's subject names or stands for, else whose thing it is."""
    acting = view.heads(clause.subject) or riders(clause.subject, clauses, view)
    if clause.found == "gap" and "two" in trigger.cue.need:
        acting = acting + _paired(clause.subject, view)
    if _judged(trigger, clause, view.units):  # `중국은 [미국이 약속을 어겼다고] 했다`
        judge = clauses[clause.governor].subject if clause.governor >= 0 else -1
        judges = view.heads(judge) if judge >= 0 and judge != clause.subject else []
        blamed = [Filler(slot="obj", mention=m, unit=clause.subject) for m in acting]
        return blamed + [Filler(slot="subj", mention=m, unit=judge) for m in judges]
    if not acting and (trigger.cue.kind == "act" or trigger.start <= view.units[clause.subject].start < trigger.end):  # `[뜻이 없]음을`
        acting = _about_whom(clause, view)
    if not acting and trigger.cue.frame == "working":
        acting = linked(clause.subject, clauses, view)
    slot = "subj" if acting else "owner"
    if len(acting) == 1 and view.mentions[acting[0]].kind is MentionKind.place and _decides(clause, view):
        slot = "seat"
    return [Filler(slot=slot, mention=m, unit=clause.subject) for m in acting or _owners(clause.subject, view)]


def _paired(u: int, view: View) -> list[int]:
    """Who stands beside the noun of a relative clause and acts with it: `악수하는 [위원장과] 대통령`."""
    follows = u + 1 < len(view.units) and view.units[u].case == "com" and view.sort(u) == view.sort(u + 1) == "actor"
    return view.own_heads(u + 1) if follows and not view.units[u + 1].case.endswith("gen") else []


def _decides(clause: Clause, view: View) -> bool:
    """Whether only somebody who acts can do it, so that a capital stands for its state: `베이징은 대사를 불렀다`."""
    unit = view.units[clause.predicate]
    if not unit.is_predicate or unit.describes or unit.copula or unit.stem in _WORDS.happening_verbs or unit.stem.endswith(("되", "지")):
        return False
    return unit.noun >= 0 or any(view.units[k].case in ("obj", "dat") for k in clause.arguments)


def _answerer(clause: Clause, trigger: Trigger, view: View) -> list[Filler]:
    answers = clause.predicate >= 0 and view.units[clause.predicate].stem in _WORDS.answering_verbs
    if not answers or clause.subject < 0 or clause.subject == trigger.unit:
        return []
    return [Filler(slot="answerer", mention=m, unit=clause.subject) for m in view.heads(clause.subject)]



def acting_head(unit: Unit, mentions: Sequence[Mention], tokens: Sequence[Token]) -> bool:
    """Whether the phrase's last content word belongs to a person, body, country or group."""
    if not unit.mentions:  # `평양에서 돌아온 가족과`
        return not unit.is_predicate and tokens[unit.body - 1].form in _WORDS.human_nouns
    last = mentions[unit.mentions[-1]]
    if last.kind not in ACTING:
        return False
    rest = without_bracket([t for t in tokens[unit.first : unit.body] if t.start >= last.end])
    return all(t.form in _WORDS.party_nouns or t.form == "씨" or t.tag in ("XSN", "SSC", "SO") for t in rest)


def _owners(u: int, view: View) -> list[int]:
    """Whose the thing is: `우리 군의 첫 정찰위성이`, `북한 미사일이`."""
    if view.units[u].mentions:
        return [m for m in view.units[u].mentions if view.mentions[m].kind in ACTING][-1:]
    return view.heads(u - 1) if u > 0 and view.units[u - 1].case == "gen" else []


def _heads_of_groups(fillers: Sequence[Filler], clauses: Sequence[Clause], view: View) -> list[Filler]:
    """`[외무상을 단장으로 하는] 대표단이`: the head of a delegation acts with it."""
    out = []
    for filler in [f for f in fillers if view.mentions[f.mention].kind is MentionKind.group]:
        for clause in [c for c in clauses if c.kind == "adnominal" and c.head == filler.unit and c.predicate >= 0]:
            units = [view.units[k] for k in clause.arguments]
            if view.units[clause.predicate].stem in _WORDS.leading_verbs and clause.found == "own":  # `총리가 이끄는 대표단`
                out += [Filler(slot=filler.slot, mention=m, unit=filler.unit) for m in view.heads(clause.subject)]
            if view.units[clause.predicate].stem == "비롯하":  # `총리를 비롯한 대표단`
                out += [
                    Filler(slot=filler.slot, mention=m, unit=filler.unit)
                    for k in clause.arguments if view.units[k].case == "obj" for m in view.heads(k)
                ]  # fmt: skip
            as_head = any(u.case == "dir" and view.tokens[u.body - 1].form in _WORDS.head_nouns for u in units)
            if as_head and view.units[clause.predicate].stem in ("하", "삼"):
                people = [m for k in clause.arguments if view.units[k].case == "obj" for m in view.heads(k)]
                out += [Filler(slot=filler.slot, mention=m, unit=filler.unit) for m in people]
    return out


def _sent(trigger: Trigger, clauses: Sequence[Clause], view: View) -> Iterator[Filler]:
    """`김정은이 주석에게 보내는 인사를 대사가 전했다`: the clause before the noun names author and addressee."""
    for clause in clauses:
        if clause.kind != "adnominal" or clause.head != trigger.unit or clause.predicate < 0:
            continue
        if clause.subject >= 0 and clause.found == "own":
            for m in view.heads(clause.subject):
                yield Filler(slot="possessor", mention=m, unit=clause.subject)
        for k in clause.arguments:
            if view.units[k].case == "dat":
                for m in view.heads(k):
                    yield Filler(slot="dat", mention=m, unit=k)


def _about_whom(clause: Clause, view: View) -> list[int]:
    """`대표단은 시간이 모자란다`: the topic of which the clause with its nominative is told."""
    topics = [k for k in clause.arguments if view.units[k].case == "topic" and k < clause.subject]
    return view.heads(topics[0]) if topics else []


def _asked_of(n: int, trigger: Trigger, clauses: Sequence[Clause], view: View) -> list[Filler]:
    """`왕 부장에게 [한국을 찾아 달라고] 초청했다`: the addressee before what is asked is the verb's own."""
    before = clauses[n - 1] if n else None
    if before is None or trigger.use != "verb" or trigger.cue.kind not in _ADDRESSED or before.governor != n:
        return []
    if before.kind == "final" or any(view.units[k].case in ("dat", "obj") and view.heads(k) for k in clauses[n].arguments):
        return []
    first = next((k for k in before.arguments if view.units[k].case == "dat" and view.heads(k)), -1)
    if first < 0 and clauses[n].subject < 0 and before.found == "own":  # `[북한이 대화에 나오기]를 촉구한다`
        first = before.subject
    return [Filler(slot="dat", mention=m, unit=first) for m in view.heads(first)] if first >= 0 else []


def _own(trigger: Trigger, units: Sequence[Unit]) -> list[int]:
    """The trigger's own phrase and the genitives and times that stand directly before it."""
    if trigger.use == "verb":
        return []
    out = [trigger.unit]
    k = trigger.unit - 1
    while k >= 0 and not units[k].is_predicate and (
        units[k].case.endswith("gen") or (units[k].case == "bare" and units[k].timexes and not units[k].comma)
    ):
        out.append(k)
        k -= 1
    return out


def _beside(trigger: Trigger, view: View) -> Iterator[Filler]:
    """Names directly before the noun in its own phrase, or in a bare phrase before a verb: `김 위원장 접견`."""
    unit = view.units[trigger.unit]
    if trigger.use == "verb":
        k = trigger.unit - 1
        if k >= 0 and not view.units[k].is_predicate and view.units[k].case == "bare" and not view.units[k].comma:
            for m in view.heads(k):
                yield Filler(slot="beside", mention=m, unit=k)
        return
    u = trigger.unit
    moves = trigger.cue.frame in _MOVES
    while moves and u > 0 and unit.is_predicate and view.units[u].first > trigger.first:  # `일본 [땅을 밟았다]`
        u -= 1
    for m in view.units[u].mentions:
        mention = view.mentions[m]
        if mention.end <= trigger.start and not _about(mention, trigger, unit, view.tokens):
            slot = "between" if view.between(u) else "beside"
            yield Filler(slot=slot, mention=m, unit=u)


def _about(mention: Mention, trigger: Trigger, unit: Unit, tokens: Sequence[Token]) -> bool:
    """`시진핑 방한 논의`: whose journey the talk is about, not who talks."""
    if trigger.cue.kind not in ("meet", "agree", "call"):
        return False
    between = tokens[unit.first : trigger.first]
    return any(t.form in _WORDS.journeys and t.start >= mention.end and t.tag == "NNG" for t in between)


def _in_headline(trigger: Trigger, clauses: Sequence[Clause], view: View) -> Iterator[Filler]:
    """`시진핑, 김정은에 축전`: who sends, to whom."""
    clause = clauses[trigger.carrier] if trigger.carrier >= 0 else None
    if clause is None or clause.predicate >= 0 or clause.subject < 0 or not view.units[clause.subject].comma:
        return
    for k in range(clause.subject + 1, trigger.unit):
        if view.tokens[view.units[k].last - 1].form in ("에", "에게") and view.own_heads(k):
            yield from (Filler(slot="subj", mention=m, unit=clause.subject) for m in view.own_heads(clause.subject))
            yield from (Filler(slot="dat", mention=m, unit=k) for m in view.own_heads(k))


def _modifiers(trigger: Trigger, view: View) -> Iterator[Filler]:
    if trigger.use == "verb":
        return
    k = trigger.unit - 1
    told = k > 0 and view.units[k].ending_tag == "ETM" and not view.units[k].describes
    if told and view.units[k - 1].case == "gen":  # `중국의 거듭되는 경고를`
        k -= 1
    while k >= 0 and not view.units[k].is_predicate:
        case = view.units[k].case
        if case.endswith("gen"):
            slot = {"gen": "genitive", "comgen": "partner", "aboutgen": "about"}.get(case, case)
            if view.between(k):
                slot = "between"
            elif case == "gen" and view.in_name_of(k):
                slot = "author"
            for m in view.heads(k):
                yield Filler(slot=slot, mention=m, unit=k)
        elif not (case == "bare" and view.units[k].timexes):
            if case == "com" and view.own_heads(k):
                for m in view.heads(k):
                    yield Filler(slot="com", mention=m, unit=k)
            break
        k -= 1
    if 0 <= k < trigger.unit - 1 and view.units[k].copula and view.between(k + 1) and len(view.heads(k + 1)) == 1:
        yield from before_titles(k, view)


def _arguments(clause: Clause, trigger: Trigger, view: View) -> Iterator[Filler]:
    stage = trigger.use == "light" and view.units[trigger.unit].case in trigger.cue.cases
    joined = {j for k in clause.arguments if k for j in conjoined(view.units, k, view.sort)[:-1]}
    shares = trigger.cue.kind == "inspect"
    for k in clause.arguments:
        if k in joined:
            continue
        if k in (clause.subject, trigger.unit) or (view.units[k].end > trigger.start and trigger.use == "verb"):
            continue
        if k > trigger.unit and stage:  # `축전에서 [러시아의 승리를] 확신한다고`: what it says
            continue
        case = view.units[k].case
        if case in ("subj", "topic", "bare", "comp") and not view.between(k):
            continue
        if case.endswith("gen"):
            if case == "aboutgen":
                for m in view.units[k].mentions:
                    yield Filler(slot="about", mention=m, unit=k)
            if case == "gen" and any(view.units[j].case == "obj" for j in clause.arguments if j > k):
                for m in view.heads(k):
                    yield Filler(slot="possessor", mention=m, unit=k)
            continue
        slot = "between" if view.between(k) else "author" if case == "dir" and view.in_name_of(k) else case
        if case == "com" and shares and view.together(k):
            slot = "together"
        if case == "also" and 0 <= clause.subject < k and view.units[clause.subject].case == "topic":  # `대통령은 총리도 만났다`
            slot = "obj"
        if slot == "loc" and "two" in trigger.cue.need and clause.predicate >= 0:  # `북한에 실무접촉을 제안했다`
            slot = "com" if view.sort(k) == "actor" and view.units[clause.predicate].stem in _WORDS.proposing_verbs else slot
        for m in view.heads(k):
            yield Filler(slot=slot, mention=m, unit=k)
        if case == "about" and not view.own_heads(k):
            for m in view.units[k].mentions:
                yield Filler(slot="about", mention=m, unit=k)
        if case == "obj" and not view.own_heads(k) and not (k and view.units[k - 1].case == "gen" and view.own_heads(k - 1)):
            yield from _possessors(k, view)  # `주석의 [싱가포르] 강연`: the owner stands before


def _possessors(k: int, view: View) -> Iterator[Filler]:
    """Whose the things are: `북한 선박과 홍콩 회사를`."""
    first = k
    while first > 0 and view.units[first - 1].case == "com" and not view.own_heads(first - 1) and not view.units[first - 1].is_predicate:
        first -= 1
    for j in range(first, k + 1):
        for m in view.units[j].mentions:
            yield Filler(slot="possessor", mention=m, unit=j)


def _unique(fillers: Sequence[Filler]) -> Iterator[Filler]:
    seen: set[int] = set()
    for filler in fillers:
        if filler.mention not in seen:
            seen.add(filler.mention)
            yield filler
