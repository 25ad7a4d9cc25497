"""What a report leaves to the reader: the parties and the day of what was done in the course of a meeting."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from sacho.records import EventMention, Participant, Status
from sacho.resolve.parties import key_of, person
from sacho.resolve.values import days_agree
from sacho.resolve.within import POINTING_WEIGHT, cluster

_HOSTS = ("meet", "call")
_HOSTED = ("agree", "message", "support", "request", "sign", "ceremony", "accuse", "invite")
_OCCASIONS = ("meet", "call", "inspect", "attend", "ceremony", "visit", "convene", "launch", "test", "drill", "sign", "protest")
_SHARED = ("meet", "ceremony", "sign", "agree")
_RITES = ("credentials",)
_POSES = ("ceremony-hold", "photograph")  # what those there do, not why they are there
_REACH = 3  # sentences
_MISTAKEN = ("attend", "ceremony", "meet", "arrive", "visit")
_TALK, _RITE = ("meet", "call"), ("ceremony", "attend")
_KINDS_OF = {
    **dict.fromkeys(("회담", "면담", "접견", "회동", "통화", "만남", "상봉", "담화", "대화", "협상", "회견", "협의", "접촉"), _TALK),
    **dict.fromkeys(("만찬", "오찬", "연회", "환영식", "행사", "의식", "장의식", "추도식", "기념식", "대회", "열병식"), _RITE),
    **dict.fromkeys(("주석단", "비행장", "공항", "역"), _RITE),
    **dict.fromkeys(("서명식", "조인식"), ("sign",)), **dict.fromkeys(("수여식", "제정식"), ("appoint",)),
    "회의": ("meet", "convene"), "위원회": ("convene", "meet"), "공연": ("attend", "ceremony"), "음악회": ("attend", "ceremony"),
    "관람": ("attend",), "상임위": ("convene", "meet"), "수행": ("visit", "depart", "arrive", "inspect"),
}  # fmt: skip
_FURTHER = 12  # sentences to an occasion that the list names
_LED = ("inspect", "visit", "attend", "depart", "arrive")  # what somebody does with a suite
_LISTED = 0.8  # … of a session told by who was there
_BOTH = ("양측", "쌍방", "양쪽")
_OF_BODIES = ("adopt-resolution", "sanction-resolution")  # done by a body, not by the parties of a talk
_WITH_ONE_MIND = re.compile("모(?:$|[으아았])|같이|공감|일치|접근")  # `돕기로 뜻을 모았다`, not `돕기로 했다`
_STATE_RITES = ("parade/light", "funeral/light")
_UNSAID = 0.6  # weight of a mention whose parties are taken over


def complete(
    mentions: Sequence[EventMention], families: dict[str, str], states: Collection[str]
) -> tuple[EventMention, ...]:
    """Give a mention what its meeting says: parties if it names too few, day if it has none."""
    mentions = _accompanied(mentions)
    mentions = _of_the_state(_held(mentions))
    meetings = cluster([m for m in mentions if m.kind in _HOSTS], families)
    home = {m.id: group.mentions for group in meetings for m in group.mentions}
    out: list[EventMention] = []
    for mention in mentions:
        group = home.get(mention.host, ()) if mention.host else ()
        if (not group or _by_both(mention)) and mention.kind in _HOSTED and mention.status is Status.occurred:
            group = _before(mention, mentions, home) or group or _going_on(mention, out)
        if mention.kind in _HOSTS or not group or (not mention.full and mention.rule.endswith("/bare")):
            out.append(mention)
        elif mention.kind == "message" and not mention.recipient:
            out.append(_delivered(mention, group))
        else:
            out.append(_completed(mention, group, dated=bool(mention.host) or mention.kind == "agree"))
    return tuple(out)


def _accompanied(mentions: Sequence[EventMention]) -> list[EventMention]:
    """Hand each list of those present to its occasion: of the kind that its noun tells, what happened before what is
    planned, one with a day before one far back, the nearest."""
    out = [m for m in mentions if m.rule != "attend/present"]
    named, told, home = 0, -9, ""
    for company in (m for m in mentions if m.rule == "attend/present"):
        named += len(company.participants)
        near = [i for i, m in enumerate(out) if _could_host(m, company)]
        same = [k for k, m in enumerate(out) if m.id == home]  # the other side, in the next sentence
        if same and not company.instrument and _goes_on(company, told, [out[i] for i in near]):
            near = same
        only = _KINDS_OF.get(company.instrument, ())
        told_of = [i for i in near if out[i].full or (out[i].kind,) == only or any(m.full and m.kind == out[i].kind for m in out)]
        near = told_of or near  # `회의에는 …이 참석했다` of a cabinet's session
        if not near:
            continue
        i = min(near, key=lambda i: _remoteness(out[i], company))
        told, home = company.sentence, out[i].id
        if company.actor and (headed := _headed(out, out[i], company.actor)) != out:
            out = headed
            continue
        listed = {p.id for p in company.participants}
        host = _led(_without(out[i], company, listed), company, out)
        if host.kind == "ceremony" and host.sentence == company.sentence and _told_by_guests(host, out):
            guests = tuple([msgspec.structs.replace(p, role="", rank=None) for p in company.participants])
            proofs = tuple([msgspec.structs.replace(e, field="actor") for e in company.evidence])
            out[i] = msgspec.structs.replace(host, actor=guests, full=True, weight=_LISTED, evidence=(*host.evidence, *proofs))
            continue
        taken = {p.id for p in (*host.actor, *host.recipient, *host.participants)} | _heads_of(company, host, out)
        first = named - len(company.participants)  # lists stand in the order of the text
        joined = [msgspec.structs.replace(p, rank=first + (p.rank or 0)) for p in company.participants if p.id not in taken]
        out[i] = msgspec.structs.replace(
            host, participants=(*host.participants, *joined), evidence=(*host.evidence, *company.evidence),
            weight=_LISTED if _session(host, company) else host.weight,
        )  # fmt: skip
        out = [m for k, m in enumerate(out) if k == i or not _same_list(m, company, listed)]
    return out


def _heads_of(company: EventMention, host: EventMention, mentions: Sequence[EventMention]) -> set[str]:
    """Of those listed the ones who hold such talks with each other elsewhere in the report: `남측에서 조 장관과 차관이, 북측에서 리
    위원장과 부위원장이 나섰다`."""
    listed = {p.id: p.country for p in company.participants}
    if host.kind != "meet" or len(set(listed.values())) < 2:
        return set()
    for m in mentions:
        telling = m.kind == "meet" and m.full and m.sentence != company.sentence
        both = [p.id for p in (*m.actor, *m.recipient) if p.id in listed] if telling else []
        if len({listed[k] for k in both}) > 1:
            return set(both)
    return set()


def _goes_on(company: EventMention, told: int, near: Sequence[EventMention]) -> bool:
    """Whether a list without an occasion of its own goes on with the one before (`회담에는 A가 배석했고 일본 측에서는 B가 나왔다`)."""
    return company.sentence == told or (company.sentence - told == 1 and not any(m.sentence == company.sentence for m in near))


def _without(host: EventMention, company: EventMention, listed: Collection[str]) -> EventMention:
    """The occasion without those who are only listed: in the sentence of the list (`회담에는 A와 B가 함께했다`), or beside others of
    their side who hold it."""
    if host.sentence == company.sentence:
        stay = {p.id for p in (*host.actor, *host.recipient)} - set(listed)
        if host.kind != "ceremony":
            stay |= {p.id for p in host.recipient}
    else:
        stay = {p.id for p in (*host.actor, *host.recipient) if p.id not in listed or not _beside(p, host, listed)}
    if all(p.id in stay for p in (*host.actor, *host.recipient)):
        return host
    actor = tuple([p for p in host.actor if p.id in stay])
    weight = host.weight if actor else min(host.weight, POINTING_WEIGHT)
    recipient = tuple([p for p in host.recipient if p.id in stay])
    return msgspec.structs.replace(host, actor=actor, recipient=recipient, full=host.full and bool(actor), weight=weight)


def _beside(person: Participant, host: EventMention, listed: Collection[str]) -> bool:
    """Whether somebody else of that state, not listed, is a party; of a ceremony the state itself."""
    others = [p for p in (*host.actor, *host.recipient) if p.id not in listed and p.country == person.country]
    return any([p.id != p.country or host.kind == "ceremony" for p in others])


def _led(host: EventMention, company: EventMention, mentions: Sequence[EventMention]) -> EventMention:
    """What only the suite was read as doing is done by whom it accompanies: `대통령을 수행해 방한했다`, `공장을 돌아봤으며 비서가
    동행했다`."""
    if host.actor or host.kind not in _LED or host.sentence != company.sentence or host.rule.endswith(("/bare", "/pointing")):
        return host
    lead = company.recipient
    if not lead:
        told = [m for m in mentions if m.kind in _LED and m.full and len(m.actor) == 1 and 0 < company.sentence - m.sentence <= 2]
        lead = told[-1].actor if told else ()
    return msgspec.structs.replace(host, actor=lead, full=True, weight=_LISTED) if lead else host


def _headed(mentions: Sequence[EventMention], host: EventMention, heads: Sequence[Participant]) -> list[EventMention]:
    """The mentions with the heads of both sides in the place of what they stand for in these talks (`양측은 실무접촉을 했다. 우리
    측에서는 A가, 북측에서는 B가 수석대표로 나왔다`)."""
    states = {p.country for p in heads}
    people = {p.country for p in (*host.actor, *host.recipient) if person(key_of(p))}
    each = len(states) == len(heads) and {p.country for p in host.actor} == states
    if states & people or not (each or (len(heads) == len(host.actor) and not people)):
        return list(mentions)
    out = []
    for m in mentions:
        same = m.kind == host.kind and {p.id for p in m.actor} == {p.id for p in host.actor} and m.date in ("", host.date)
        out.append(msgspec.structs.replace(m, actor=tuple(heads)) if same else m)
    return out


def _could_host(mention: EventMention, company: EventMention) -> bool:
    if _same_list(mention, company, {p.id for p in company.participants}):
        return False
    occasion = mention.kind in _OCCASIONS or mention.rule.startswith(_RITES)
    fitting = mention.kind in _KINDS_OF.get(company.instrument, ())
    reach = _FURTHER if fitting and mention.full and mention.start < company.start else _REACH + 1
    if not occasion or abs(company.sentence - mention.sentence) > reach:
        return False
    own = mention.kind in _SHARED and mention.rule.endswith(("/light", "/verb")) and (fitting or not company.instrument)
    if mention.sentence == company.sentence:
        return (mention.full or fitting or own) and not _within_list(mention, company)
    if mention.start > company.start or (mention.kind == "sign" and not fitting) or mention.rule.startswith(_POSES):
        return False
    return mention.full or (own and company.sentence - mention.sentence == 1)


def _told_by_guests(host: EventMention, mentions: Sequence[EventMention]) -> bool:
    """`기념식에는 남측 장관과 북측 참사가 참석했다`: an occasion of which nothing else is told is theirs."""
    if host.full or host.actor or host.recipient or host.rule.startswith(("banquet/", "meal/")):
        return False
    return not any(m.full and m.kind in _RITE and abs(host.sentence - m.sentence) <= _REACH + 1 for m in mentions)


def _session(host: EventMention, company: EventMention) -> bool:
    """`국가안전보장회의에는 A와 B가 참석했다`: a list of those there tells that the session was held."""
    return host.kind == "convene" and host.sentence == company.sentence and bool(host.actor) and 0 < host.weight <= POINTING_WEIGHT


def _within_list(mention: EventMention, company: EventMention) -> bool:
    """`클리퍼드 하트 6자회담 특사와 로버트 킹 특사가`: the word of an office."""
    return company.evidence[0].start <= mention.start < company.start and mention.rule.endswith(("/bare", "/pointing"))


def _remoteness(mention: EventMention, company: EventMention) -> tuple[bool, bool, bool, bool, bool, int, bool, int]:
    kinds = _KINDS_OF.get(company.instrument, ())
    unreal = mention.status not in (Status.occurred, Status.ongoing)
    vague = bool(mention.date) and len(mention.date) < 10
    if not kinds and mention.sentence == company.sentence:
        unreal = vague = False  # `대통령을 수행해 떠날 예정이다`
    named = mention.sentence == company.sentence or any(e.field == "kind" and company.instrument in e.quote for e in mention.evidence)
    partial = not mention.full and mention.sentence != company.sentence
    return (
        bool(kinds) and mention.kind not in kinds, not named, unreal, vague, partial or mention.start > company.start,
        abs(company.sentence - mention.sentence), not mention.full, abs(company.start - mention.start),
    )  # fmt: skip


def _same_list(mention: EventMention, company: EventMention, listed: Collection[str]) -> bool:
    """What the words of the list itself were read as (`주석단에 올랐다`, `공항에 나왔다`)."""
    if mention.sentence != company.sentence or mention.kind not in _MISTAKEN or not mention.actor:
        return False
    if company.recipient and mention.start >= company.end:
        return False  # `대통령을 수행해 워싱턴을 방문했다`
    states = mention.start < company.end and company.start < mention.end  # `일본 측에서는 외무상이 들어왔다`
    whom = [p for p in mention.recipient if not (states and p.id == p.country)]
    there = [p for p in (*mention.actor, *whom) if not (states and p.id.startswith("group:"))]
    return abs(mention.end - company.end) < 12 and all(p.id in listed for p in there)


def _held(mentions: Sequence[EventMention]) -> list[EventMention]:
    """`첫 회담은 2000년 9월 제주에서 열렸다`: a talk or a meal with a day or place of its own whose parties go
    unsaid is between those of the talk told before it, or else told next."""
    out = list(mentions)
    for i, mention in enumerate(out):
        meal = mention.kind == "ceremony" and (mention.date or mention.place is not None)
        own = mention.rule.endswith("/light") or meal
        if mention.full or mention.kind not in _SHARED or not own or mention.weight < POINTING_WEIGHT:
            continue
        if _one_side(mention) or mention.rule.startswith(_OF_BODIES):
            continue
        talks = [m for m in out if m.full and m.kind in _HOSTS and m.weight > POINTING_WEIGHT and m.id != mention.id]
        before = [m for m in talks if m.start < mention.start and not _only_named(m, mention)]
        if mention.kind == "agree" and (not before or _going_on(mention, out[:i])):
            continue  # the next point of those who agreed right before
        lead = before[-1] if before else (talks[0] if talks else None)
        if lead is None or not _fits(mention, lead) or _elsewhere(mention, lead, before) or (meal and not before):
            continue
        out[i] = msgspec.structs.replace(
            mention, actor=lead.actor, recipient=lead.recipient, full=True, weight=_UNSAID,
            evidence=(*mention.evidence, *(e for e in lead.evidence if e.field in ("actor", "recipient"))),
        )
    return out


def _of_the_state(mentions: Sequence[EventMention]) -> list[EventMention]:
    """`장례는 17일 평양에서 치러진다`, `열병식은 14일 저녁에 열린다`: a parade or funeral of nobody in particular is that of the state
    where it is held, or of the one that held such before, as far as the report names it."""
    out = list(mentions)
    for i, mention in enumerate(out):
        if mention.full or mention.actor or mention.recipient or not mention.rule.startswith(_STATE_RITES) or not mention.date:
            continue
        others = [m for m in out if m.full and m.rule == mention.rule]
        where = mention.place.country if mention.place is not None else ""
        named = (p for m in out for p in (*m.actor, *m.recipient) if where and p.id == p.country == where)
        host = (next(named, None),) if where else others[-1].actor if others else ()
        if host and host[0] is not None:
            out[i] = msgspec.structs.replace(mention, actor=(host[0],), full=True, weight=_UNSAID)
    return out


def _only_named(talk: EventMention, mention: EventMention) -> bool:
    """`회담에서는 [9월의 정상회담에서 이룬] 합의를 토대로 의견일치를 보았다`: another talk than the one in which it is said."""
    return bool(mention.host) and talk.sentence == mention.sentence and talk.id != mention.host and talk.rule.endswith("/bare")


def _fits(mention: EventMention, lead: EventMention) -> bool:
    """Whoever is named takes part in the talk before; a meal names at most one side."""
    theirs = {p.id for p in (*lead.actor, *lead.recipient)} | {p.country for p in (*lead.actor, *lead.recipient)}
    return all(p.id in theirs for p in (*mention.actor, *mention.recipient))


def _elsewhere(mention: EventMention, lead: EventMention, before: Sequence[EventMention]) -> bool:
    """Too far back to be taken up; a meal goes with the talk of its day."""
    if mention.kind == "ceremony" and not (mention.date and lead.date and days_agree(mention.date, lead.date)):
        return mention.sentence - lead.sentence > 1
    return bool(before) and mention.sentence - lead.sentence > 2 * _REACH


def _before(
    mention: EventMention, mentions: Sequence[EventMention], home: dict[str, tuple[EventMention, ...]]
) -> tuple[EventMention, ...]:
    if mention.rule.startswith("agree-to") and not _by_both(mention) and not _WITH_ONE_MIND.search(mention.evidence[0].quote):
        return ()
    parties = {p.country or p.id for p in (*mention.actor, *mention.recipient)}
    near = [
        m for m in mentions
        if m.id in home and m.start < mention.start and mention.sentence - m.sentence <= _REACH
        and m.status is Status.occurred
        and (not parties or _by_both(mention) or parties & {p.country or p.id for n in home[m.id] for p in (*n.actor, *n.recipient)})
    ]  # fmt: skip
    if not near:
        return ()
    return home[max(near, key=lambda m: (m.date[:10], m.start)).id]


def _going_on(mention: EventMention, told: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """`출국금지를 풀기로 합의했다. 협정을 되살리는 문제도 협의하기로 했다`: the next point of those who agreed in the sentence before."""
    if mention.kind != "agree" or mention.actor or mention.recipient or mention.rule.endswith(("/bare", "/pointing")):
        return ()
    last = next((m for m in reversed(told) if m.kind == "agree" and m.full and m.status is Status.occurred), None)
    if last is None or mention.sentence - last.sentence != 1 or len({p.country or p.id for p in (*last.actor, *last.recipient)}) < 2:
        return ()
    return (last,)


def _delivered(mention: EventMention, group: Sequence[EventMention]) -> EventMention:
    """A message handed over in a meeting: the author's countryman there carries it, the others receive it."""
    people = {p.id: p for m in group for p in (*m.actor, *m.recipient)}
    authors = {p.id for p in mention.actor}
    states = {p.country for p in mention.actor}
    carrier = [p for p in people.values() if p.country in states and p.id not in authors]
    carrier = [p for p in carrier if p.id != p.country] or carrier
    recipient = tuple(p for p in people.values() if p.country not in states)
    if not recipient or not authors:
        return mention
    date = mention.date or next((m.date for m in group if m.date), "")
    proofs = tuple(e for e in group[0].evidence if e.field in ("actor", "recipient", "date"))
    return msgspec.structs.replace(
        mention, recipient=recipient, date=date, full=True, weight=0.9, evidence=(*mention.evidence, *proofs),
        participants=(*mention.participants, *(msgspec.structs.replace(p, role="carrier") for p in carrier)),
    )  # fmt: skip


def _completed(mention: EventMention, group: Sequence[EventMention], *, dated: bool) -> EventMention:
    """`dated`: it is told in the same breath, so that the day is the meeting's."""
    same = (m.date for m in group if m.date and (mention.status is not Status.occurred or m.status is not Status.planned))
    date = mention.date or (next(same, "") if dated else "")  # `다음 달 정상회담 합의`: not the day of what is to come
    lead = group[0]
    hosted = {p.id for m in group for p in (*m.actor, *m.recipient)}
    named = {p.id for p in (*mention.actor, *mention.recipient)}
    shares = not named or bool(named & hosted) or bool(mention.host) or _by_both(mention)
    if not shares:
        return mention
    proofs = tuple(e for e in lead.evidence if e.field == "date") if date and not mention.date else ()
    home = next((m for m in group if m.place is not None), None)
    if mention.place is None and home is not None and mention.host:
        mention = msgspec.structs.replace(mention, place=home.place)
        proofs = (*proofs, *(e for e in home.evidence if e.field == "place"))
    if _by_both(mention):
        sides = max(((*m.actor, *m.recipient) for m in group), key=lambda side: sum(p.id != p.country for p in side))
        mention = msgspec.structs.replace(mention, actor=sides) if len({p.country or p.id for p in sides}) > 1 else mention
    if mention.full or not mention.symmetric or (_one_side(mention) and not _told_with(mention, group)):
        return msgspec.structs.replace(mention, date=date, evidence=(*mention.evidence, *proofs))
    return msgspec.structs.replace(
        mention, actor=(*lead.actor, *lead.recipient), recipient=(), date=date, full=True, weight=0.9,
        evidence=(*mention.evidence, *proofs, *(e for e in lead.evidence if e.field in ("actor", "recipient"))),
    )  # fmt: skip


def _by_both(mention: EventMention) -> bool:
    """`쌍방은 … 합의하였다`: what both sides of a talk agree on, those who held it agree on."""
    return mention.kind == "agree" and len(mention.actor) > 1 and all(p.as_written.startswith(_BOTH) for p in mention.actor)


def _one_side(mention: EventMention) -> bool:
    """`위원장은 서울을 방문하기로 했다`: what one of them is to do, not what both agree on."""
    return mention.rule.startswith("agree-to") and bool(mention.actor)


def _told_with(mention: EventMention, group: Sequence[EventMention]) -> bool:
    """`장관은 상대와 통화하고 … 대응하기로 했다`: it closes the sentence of the talk, of which its subject is one party."""
    host = next((m for m in group if m.id == mention.host and m.rule.endswith(("/verb", "/light"))), None)
    return host is not None and {p.id for p in mention.actor} <= {p.id for p in (*host.actor, *host.recipient)}
