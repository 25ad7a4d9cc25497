"""Head-final, particle-driven clause analysis: which phrases belong to which predicate, and who its subject is.

Rules and their measured strength on KLUE-DP: an object belongs to the nearest following predicate (96 %), a
nominative to the nearest (88 %) unless that predicate's subject is the noun it modifies, a topic to the last
predicate of the sentence (57 % nearest), so a topic never enters a relative clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sacho.annotate.clause_heads import happens
from sacho.annotate.gapping import gapped
from sacho.annotate.nominatives import acting, agreed_on
from sacho.annotate.phrases import Unit
from sacho.annotate.relatives import find_relative, own_subject
from sacho.lexicon.words import load_words
from sacho.records import Record

_QUOTATIVE = ("다고", "라고", "자고", "냐고", "느냐고", "으라고", "다며", "라며", "다면서", "라면서", "자며", "대", "래")
_CONDITIONAL = ("면", "으면", "다면", "ᆫ다면", "라면", "이라면", "거든", "ᆯ지라도")
_SAID = ("다는", "라는", "자는", "냐는")
_BOUND = ("것이", "거이", "바이", "예정이", "계획이", "방침이", "전망이", "구상이", "작정이", "참이", "셈이", "차례이", "상태이", "중이")


class Clause(Record):
    """A predicate with its phrases; every number is a unit index of the sentence, -1 for none.

    `kind`: final, coordinate, quoted, conditional, nominal, adnominal. `head` is the noun an adnominal clause
    modifies, `subject` its subject and `found` how that was known: own, gap, topic, shared, none. `governor`
    is the clause (by position in the list) that follows and takes this one. `open_topic` is the topic that
    stands open before an adnominal clause.
    """

    predicate: int
    kind: str
    arguments: tuple[int, ...]
    subject: int = -1
    found: str = "none"
    head: int = -1
    governor: int = -1
    open_topic: int = -1


def find_clauses(units: Sequence[Unit], animate: Callable[[Unit], bool]) -> list[Clause]:
    """Clauses of one sentence in text order. `animate` tells whether a phrase's head names somebody who acts."""
    drafts = _whole(_attach(units, animate), units, animate)
    return _share_subjects(_govern(drafts, units), units)


def clause_kind(unit: Unit) -> str:
    if unit.ending_tag == "ETM":
        return "adnominal"
    if unit.ending_tag == "ETN":
        return "nominal"
    if unit.ending_tag == "EC":
        if unit.ending.endswith(_QUOTATIVE):
            return "quoted"
        return "conditional" if unit.ending.endswith(_CONDITIONAL) else "coordinate"
    return "final"


def _attach(units: Sequence[Unit], animate: Callable[[Unit], bool]) -> list[Clause]:
    pending: list[int] = []
    out: list[Clause] = []
    for k, unit in enumerate(units):
        if not unit.is_predicate:
            pending.append(k)
            continue
        kind = clause_kind(unit)
        if kind == "adnominal":
            found = find_relative(units, pending, k, animate)
            clause = Clause(predicate=k, kind=kind, arguments=found.arguments, subject=found.subject, found=found.found,
                            head=found.head, open_topic=found.open_topic)  # fmt: skip
            out.append(clause)
            pending = [p for p in pending if p not in clause.arguments]
        else:
            told = kind == "quoted" or (kind == "coordinate" and _goes_on_quoted(units, k))
            kept = _outer(units, pending, _will_be(units, out, k)) if told else []
            inside = -1 if kept else _goes_on_inside(units, pending, k, kind, out[-1] if out else None)
            kept = pending[: pending.index(_first_topic(units, pending)) + 1] if inside >= 0 else kept
            taken = [p for p in pending if p not in kept]
            if inside < 0 and taken[3:]:
                taken = _shared(out, units, taken, k, animate)
            own = inside if inside >= 0 else _speaker(units, taken, k, own_subject(units, taken), animate)
            out.append(Clause(
                predicate=k, kind=kind, arguments=tuple(taken), subject=own, found="own" if own >= 0 else "none"
            ))  # fmt: skip
            pending = kept
    if pending:
        own = own_subject(units, pending)
        out.append(Clause(predicate=-1, kind="final", arguments=tuple(pending), subject=own,
                          found="own" if own >= 0 else "none"))  # fmt: skip
    return out


def _shared(out: list[Clause], units: Sequence[Unit], taken: list[int], k: int, animate: Callable[[Unit], bool]) -> list[int]:
    """Enters the part that shares the verb `k` with what stands behind it; what is left."""
    before, both = gapped(units, taken, animate)
    if before:
        own = own_subject(units, before)
        arguments = (*before, *both)
        out.append(Clause(predicate=k, kind="coordinate", arguments=arguments, subject=own, found="own" if own >= 0 else "none"))
    return taken[len(before) :]


def _first_topic(units: Sequence[Unit], pending: Sequence[int]) -> int:
    for p in pending:
        if _topical(units[p]) and not units[p].timexes:
            return p
    return -1


def _goes_on_inside(units: Sequence[Unit], pending: Sequence[int], k: int, kind: str, before: Clause | None) -> int:
    """Within what is reported the nominative goes on, and the topic waits for the reporting verb: `통일부는 [북한이 [철수하겠다고]
    통보했다고] 밝혔다`, `의장은 [주석이 [방문하겠다는] 뜻을 전해 왔다고] 했다`. The unit of that nominative, else -1."""
    topic = _first_topic(units, pending)
    if topic < 0 or before is None or before.found != "own" or before.subject < topic or units[before.subject].case != "subj":
        return -1
    if any(units[p].case == "subj" for p in pending):
        return -1
    if not units[before.subject].mentions:  # `[북측이 [이런 일이 없도록 하겠다고] 약속했다고]`
        before = _with_subject(before, acting(before.arguments, before.subject, topic, units), "own")
        if before.subject < 0:
            return -1
    reported = any(u.is_predicate and clause_kind(u) == "quoted" for u in units[k + 1 :])
    told = kind == "quoted" and any(u.is_predicate for u in units[k + 1 :])
    if before.kind in ("quoted", "coordinate"):
        return before.subject if told or (kind == "coordinate" and units[k].stem == "하" and reported) else -1
    meant = before.kind == "adnominal" and units[before.predicate].ending.endswith(_SAID) and before.head in pending
    willing = meant and units[before.predicate].will and units[before.head].mind and units[before.head].case == "obj"
    return before.subject if told and willing else -1


def _whole(drafts: list[Clause], units: Sequence[Unit], animate: Callable[[Unit], bool]) -> list[Clause]:
    """`행사할 것이라고`, `실시할 계획이다` are one predicate: the clause before the bound noun takes its place in the
    chain, and the topic and time that stood open."""
    out: list[Clause] = []
    for clause in drafts:
        last = out[-1] if out else None
        if last is not None and _settled(last, clause, units):  # `25일 갖기로 한 상봉`
            out[-1] = msgspec.structs.replace(last, kind="adnominal", head=clause.head, open_topic=clause.open_topic)
            continue
        bound = clause.predicate >= 0 and units[clause.predicate].stem in _BOUND
        if bound and last is not None and last.kind == "adnominal" and last.head < 0 and last.predicate == clause.predicate - 1:
            own = last.subject >= 0 and last.found in ("own", "topic")
            out.pop()
            arguments = [*clause.arguments, *last.arguments]
            if arguments[3:]:
                arguments = _shared(out, units, sorted(arguments), last.predicate, animate)
            out.append(msgspec.structs.replace(
                last, kind=clause.kind, arguments=tuple(arguments),
                subject=last.subject if own else clause.subject, found="own" if own or clause.subject >= 0 else last.found,
            ))  # fmt: skip
        else:
            out.append(clause)
    return out


def _will_be(units: Sequence[Unit], out: Sequence[Clause], k: int) -> tuple[int, ...]:
    """The phrases of what is to be (`[대가를 치를] 것이라고`), which make one clause with the bound noun."""
    last = out[-1] if out and units[k].stem in _BOUND else None
    return last.arguments if last is not None and last.kind == "adnominal" and last.predicate == k - 1 and last.head < 0 else ()


def _settled(clause: Clause, after: Clause, units: Sequence[Unit]) -> bool:
    """Whether the second clause only says that what the first tells is settled, before a noun: `갖기로 한`, `열기로 돼 있던`."""
    if clause.kind != "nominal" or after.kind != "adnominal" or after.arguments or after.predicate != clause.predicate + 1:
        return False
    held = units[clause.predicate].ending == "기" and units[clause.predicate].stem in load_words().light_verbs
    return held and units[after.predicate].stem in ("하", "되") and not units[after.predicate].ending.endswith(_SAID)


def _outer(units: Sequence[Unit], pending: Sequence[int], taken: Sequence[int]) -> list[int]:
    """Of a reported clause with a nominative of its own, the topic before it and the day beside the topic belong to
    the reporting verb: `외교부는 10일 [두 나라가 합의했다고] 밝혔다`."""
    pending = [*pending, *taken]  # `taken` by its own clause already
    subjects = [i for i, p in enumerate(pending) if units[p].case in ("subj", "also") and not units[p].timexes and i]
    first = next((i for i, p in enumerate(pending) if _topical(units[p])), -1)
    lead = all(units[p].case.endswith("gen") or units[p].case == "at" or (units[p].timexes and units[p].case == "bare")
               for p in pending[: max(first, 0)])  # `외교부의 임수석 대변인은`, `2일 회담에서 단장은`
    if not subjects or first < 0 or not lead or units[pending[first]].timexes or subjects[0] < first:
        return []
    kept = list(pending[: first + 1])
    for i in range(first + 1, subjects[0]):
        unit = units[pending[i]]
        if not ((unit.timexes and not unit.mentions) or (unit.case in ("at", "via") and unit.spoken)):
            break
        kept.append(pending[i])
    return kept


def _goes_on_quoted(units: Sequence[Unit], k: int) -> bool:
    """Whether the next predicate closes what is reported: `단장은 [단체들이 전단을 날려 보내고 있다고] 항의했다`."""
    following = next((u for u in units[k + 1 :] if u.is_predicate), None)
    return following is not None and clause_kind(following) == "quoted"


def _topical(unit: Unit) -> bool:
    """A topic, or somebody who does it as well: `유엔도 [정부가 규범을 어겼다고] 비판했다`."""
    return unit.case == "topic" or (unit.case == "also" and bool(unit.mentions))


def _speaker(
    units: Sequence[Unit], taken: Sequence[int], k: int, own: int, animate: Callable[[Unit], bool]
) -> int:  # fmt: skip
    """The subject of a verb of doing or saying: of somebody and a thing, somebody. `대변인은 재진입이 “불장난”이라고
    비난했다`: the thing belongs to what is said."""
    if own < 0 or units[own].case != "subj" or units[own].mentions or units[k].describes or units[k].copula or happens(units[k]):
        return own
    topics = [p for p in taken if p < own and _topical(units[p]) and animate(units[p])]
    return topics[-1] if topics else own


def _next_of_chain(drafts: Sequence[Clause], units: Sequence[Unit], n: int) -> int:
    """The clause that goes on from a coordinate one. Past a comma, what is said in between is not part of the chain:
    `보도를 내고, [영해를 침범하면 타격하겠다고] 위협했다`."""
    if n + 1 >= len(drafts):
        return -1
    if units[drafts[n].predicate].comma:
        quoted = [m for m in range(n + 1, len(drafts) - 1) if drafts[m].kind == "quoted"]
        if quoted and all(drafts[m].kind != "coordinate" or units[drafts[m].predicate].comma for m in range(n + 1, quoted[0])):
            return quoted[-1] + 1
    m = n + 1  # `규탄하고 [중국이 역할을 해 줄] 것을 당부했다`: what has a subject of its own is not the chain's
    while m + 1 < len(drafts) and drafts[m].kind == "adnominal" and drafts[m].found == "own" and _nominative(drafts[m], units):
        m += 1
    return m


def _nominative(clause: Clause, units: Sequence[Unit]) -> bool:
    return clause.subject >= 0 and units[clause.subject].case == "subj"


def _wished(clause: Clause, before: Clause, units: Sequence[Unit]) -> bool:
    """Whether the clause is somebody's present wish for what the clause before it tells of its own subject."""
    if clause.predicate < 0 or before.predicate < 0 or before.found != "own" or units[before.subject].case != "subj":
        return False
    verb = units[clause.predicate]
    if verb.stem not in load_words().wishing_verbs or verb.past or not verb.ending.endswith(("다", "ᆸ니다", "습니다")):
        return False
    held = before.kind == "adnominal" and before.head in clause.arguments and units[before.predicate].ending in ("ᆯ", "을")
    named = any(units[k].case == "dat" for k in (*before.arguments, *clause.arguments))
    return not named and (held or (before.kind == "nominal" and units[before.predicate].ending == "기"))


def _govern(drafts: list[Clause], units: Sequence[Unit]) -> list[Clause]:
    """Each clause is governed by the next one that is not inside a relative clause of its own."""
    out = []
    for n, clause in enumerate(drafts):
        governor = -1
        if clause.kind in ("coordinate", "nominal"):
            governor = _next_of_chain(drafts, units, n)
        elif clause.kind != "final":
            governor = n + 1 if clause.kind != "adnominal" and n + 1 < len(drafts) else -1
            for m in range(n + 1, len(drafts)):
                if clause.head in drafts[m].arguments if clause.kind == "adnominal" else drafts[m].kind != "adnominal":
                    governor = m
                    break
        out.append(msgspec.structs.replace(clause, governor=governor) if governor >= 0 else clause)
    return out


def _share_subjects(clauses: list[Clause], units: Sequence[Unit]) -> list[Clause]:
    """Fill dropped subjects: the topic in force, else the subject of the clause before it in the chain, else
    of the clause that follows (`평양을 방문해 김정은을 만난 라브로프는`)."""
    topic = last = nearest = -1
    reported = max([n for n, c in enumerate(clauses) if c.kind == "quoted"], default=-1)
    out: list[Clause] = []
    for n, clause in enumerate(clauses):
        topics = [k for k in clause.arguments if _topical(units[k]) and not units[k].timexes]
        topic = topics[0] if topics else topic
        subject, found = clause.subject, clause.found
        held = last if last >= 0 else nearest
        if topic < 0 <= held and subject < 0 and n and units[held].case == "subj" and _about_that(clause, clauses[n - 1], units):
            last = nearest = -1  # `[북한이 책임을 떠넘긴] 데 대해서는 유감스럽게 생각합니다`
        inner = n <= reported and topic >= 0 and last > topic and units[last].case == "subj"
        inner = inner or (clause.kind != "final" and _of_nobody(units, topic, last))
        if inner and (subject < 0 or found == "topic") and _goes_on(clauses, out, n, last):
            subject, found = last, "shared"  # `정보원은 [그들이 보냈으며 더 보낼 것으로] 본다고 했다`
        elif subject < 0 or (found == "topic" and units[subject].content):
            if topic >= 0:
                subject, found = _within_topic(out, units, topic), "topic"
            elif n and _wished(clause, clauses[n - 1], units):
                pass  # `[북한이 대화에 나오기]를 촉구한다`: whoever says so wishes it
            elif last >= 0 or nearest >= 0:  # `[북한이 [모두를 조사할] 위원회를 출범시킨] 데`
                subject, found = (last if last >= 0 else nearest), "shared"
        nearest = clause.subject if clause.found == "own" and units[clause.subject].mentions else nearest
        inner = last >= 0 and agreed_on(clause.kind, clause.found, units[clause.subject])
        if clause.subject >= 0 and clause.kind != "adnominal" and not inner:
            last = subject
        out.append(_with_subject(clause, subject, found))
    for n in range(len(out) - 2, -1, -1):
        nxt = out[n + 1]
        inside = nxt.kind == "quoted" and nxt.found == "own" and not _topical(units[nxt.subject])
        if out[n].subject >= 0 or nxt.subject < 0 or inside:
            continue
        wills = out[n].kind == "quoted" and n == 0 and nxt.found == "own" and units[out[n].predicate].will  # `보내겠다고 인도는 밝혔다`
        if out[n].kind in ("coordinate", "nominal") or wills or _adverbial(out[n], units):
            out[n] = _with_subject(out[n], nxt.subject, "shared")
    return out


def _within_topic(before: Sequence[Clause], units: Sequence[Unit], topic: int) -> int:
    """`[두 사람이 얼굴을 맞댄] 것은 서울에서 만난 뒤로 처음이다`: whoever does what the topic holds."""
    if units[topic].content:
        for clause in before:
            if clause.kind == "adnominal" and clause.head == topic and clause.found == "own" and units[clause.subject].mentions:
                return clause.subject
    return topic


def _about_that(clause: Clause, before: Clause, units: Sequence[Unit]) -> bool:
    """Whether the clause only says what the rest is about: `…한 데 대해`."""
    concerns = clause.predicate >= 0 and units[clause.predicate].stem in ("대하", "관련하", "관하")
    return concerns and before.kind == "adnominal" and before.head in clause.arguments and not units[before.head].mentions


def _of_nobody(units: Sequence[Unit], topic: int, last: int) -> bool:
    """Whether the topic is nobody who could go on for the somebody named behind it: `위기는 [차관보가 방문해 만난] 자리에서`."""
    return 0 <= topic < last and units[last].case == "subj" and bool(units[last].mentions) and not units[topic].mentions


def _goes_on(clauses: Sequence[Clause], before: Sequence[Clause], n: int, last: int) -> bool:
    """Whether the clause before, whose nominative is `last`, is coordinated with this one."""
    return n > 0 and clauses[n - 1].kind == "coordinate" and before[n - 1].subject == last


def _adverbial(clause: Clause, units: Sequence[Unit]) -> bool:
    """`[워싱턴에서 돌아온] 지`, `[회담을 마친] 뒤`: a clause before a bound noun."""
    if clause.kind != "adnominal" or clause.head < 0 or clause.predicate < 0:
        return False
    head = units[clause.head]
    return not head.mentions and head.bound


def _with_subject(clause: Clause, subject: int, found: str) -> Clause:
    if clause.subject == subject and clause.found == found:
        return clause
    return msgspec.structs.replace(clause, subject=subject, found=found)
