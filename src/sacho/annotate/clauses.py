"""Head-final, particle-driven clause analysis: which phrases belong to which predicate, and who its subject is.

Rules and their measured strength on KLUE-DP: an object belongs to the nearest following predicate (96 %), a
nominative to the nearest (88 %) unless that predicate's subject is the noun it modifies, a topic to the last
predicate of the sentence (57 % nearest), so a topic never enters a relative clause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from sacho.annotate.clause_heads import happens, head_of
from sacho.annotate.gapping import gapped
from sacho.annotate.phrases import Unit
from sacho.lexicon.words import load_words
from sacho.records import Record

_QUOTATIVE = ("다고", "라고", "자고", "냐고", "느냐고", "으라고", "다며", "라며", "다면서", "라면서", "자며", "대", "래")
_CONDITIONAL = ("면", "으면", "다면", "ᆫ다면", "라면", "이라면", "거든", "ᆯ지라도")
_SAID = ("다는", "라는", "자는", "냐는")
_BARE_DAY = 3  # letters of `27일`, `이튿날`; `지난 7일`, `이달 중순` have more
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
            clause = _relative(units, pending, k, animate)
            out.append(clause)
            pending = [p for p in pending if p not in clause.arguments]
        else:
            kept = _outer(units, pending) if kind == "quoted" else []
            inside = -1 if kept else _goes_on_inside(units, pending, k, kind, out[-1] if out else None)
            kept = pending[: pending.index(_first_topic(units, pending)) + 1] if inside >= 0 else kept
            taken = [p for p in pending if p not in kept]
            if inside < 0 and taken[3:]:
                taken = _shared(out, units, taken, k, animate)
            own = inside if inside >= 0 else _speaker(units, taken, k, _own_subject(units, taken), animate)
            out.append(Clause(
                predicate=k, kind=kind, arguments=tuple(taken), subject=own, found="own" if own >= 0 else "none"
            ))  # fmt: skip
            pending = kept
    if pending:
        own = _own_subject(units, pending)
        out.append(Clause(predicate=-1, kind="final", arguments=tuple(pending), subject=own,
                          found="own" if own >= 0 else "none"))  # fmt: skip
    return out


def _shared(out: list[Clause], units: Sequence[Unit], taken: list[int], k: int, animate: Callable[[Unit], bool]) -> list[int]:
    """Enters the part that shares the verb `k` with what stands behind it; what is left."""
    before, both = gapped(units, taken, animate)
    if before:
        own = _own_subject(units, before)
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
    if not units[before.subject].mentions or any(units[p].case == "subj" for p in pending):
        return -1
    reported = any(u.is_predicate and clause_kind(u) == "quoted" for u in units[k + 1 :])
    told = kind == "quoted" and any(u.is_predicate for u in units[k + 1 :])
    if before.kind == "quoted" or (before.kind == "coordinate" and before.subject not in before.arguments):
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


def _outer(units: Sequence[Unit], pending: Sequence[int]) -> list[int]:
    """Of a reported clause with a nominative of its own, the topic before it and the day beside the topic belong to
    the reporting verb: `외교부는 10일 [두 나라가 합의했다고] 밝혔다`."""
    subjects = [i for i, p in enumerate(pending) if units[p].case in ("subj", "also") and not units[p].timexes and i]
    first = next((i for i, p in enumerate(pending) if _topical(units[p])), -1)
    lead = all(units[p].case.endswith("gen") for p in pending[: max(first, 0)])  # `외교부의 임수석 대변인은`
    if not subjects or first < 0 or not lead or units[pending[first]].timexes or subjects[0] < first:
        return []
    kept = list(pending[: first + 1])
    for i in range(first + 1, subjects[0]):
        unit = units[pending[i]]
        if not ((unit.timexes and not unit.mentions) or (unit.case in ("at", "via") and unit.spoken)):
            break
        kept.append(pending[i])
    return kept


def _topical(unit: Unit) -> bool:
    """A topic, or somebody who does it as well: `유엔도 [정부가 규범을 어겼다고] 비판했다`."""
    return unit.case == "topic" or (unit.case == "also" and bool(unit.mentions))


def _relative(
    units: Sequence[Unit], pending: Sequence[int], k: int, animate: Callable[[Unit], bool]
) -> Clause:
    """A clause before a noun. Its subject: its own nominative, else the noun itself if that can act, else the
    topic that stands open (`장관은 [회담을 마친] 뒤`)."""
    head = head_of(units, k, animate)
    passive = happens(units[k]) or units[k].stem in load_words().passive_verbs
    timely = head >= 0 and bool(units[head].timexes) and not units[head].mentions  # `총회가 열리는 다음 주`
    holds = head >= 0 and (timely or units[head].bound or units[head].content)  # `의사들이 피살되는 사건`
    thing = units[k].stem in load_words().thing_verbs  # `북한이 [두 도시를 잇는] 열차를 세웠다`
    thing = thing or _done_by(units, pending, k, head)
    acts = head >= 0 and (thing or animate(units[head]) or (passive and not holds))
    if units[k].describes:
        taken = [p for p in pending[-1:] if units[p].case in ("subj", "than") and not acts and not animate(units[p])]
    elif units[k].stem == "지나" and units[k].ending == "ᆫ":  # `북한이 지난 11.21. 위성을`: says when
        return Clause(predicate=k, kind="adnominal", arguments=(), head=head)
    else:
        taken = _take_relative(units, pending, k, acts, passive=acts and not animate(units[head]))
    subject, found = _own_subject(units, taken), "own"
    topics = [p for p in pending if units[p].topic and units[p].case == "topic" and not units[p].timexes]
    if subject >= 0 and len(taken) > 1 and _outer_day(units, pending, taken[0], said=units[k].ending.endswith(_SAID)):
        taken = taken[1:]
    if subject < 0 and acts:
        subject, found = head, "gap"
    elif subject < 0:
        subject, found = (topics[-1], "topic") if topics else (-1, "none")
    return Clause(
        predicate=k, kind="adnominal", arguments=tuple(taken), head=head, subject=subject, found=found,
        open_topic=topics[-1] if topics else -1,
    )  # fmt: skip


def _done_by(units: Sequence[Unit], pending: Sequence[int], k: int, head: int) -> bool:
    """Whether the clause, with an object of its own, tells what the noun itself does, so that the nominative before it is not its
    subject: `장관이 [역사를 외면한] 결정에 항의했다`."""
    if head < 0 or not units[head].deed or len(pending) < 2 or pending[-1] != k - 1 or units[k - 1].case != "obj":
        return False
    return any(units[p].case == "subj" and units[p].mentions for p in pending)


def _outer_day(units: Sequence[Unit], pending: Sequence[int], k: int, *, said: bool) -> bool:
    """A day right behind the topic or the subject of the sentence, before a subject of the clause's own, is the sentence's:
    `대통령실은 2일 [당국자가 접촉했다는] 보도에 대해`, `단장이 7일 [북한이 풀어준] 선교사와 함께`; not so `지난 7일 [북한이 쏜]`."""
    if not units[k].timexes or units[k].mentions or k - 1 not in pending or not units[k - 1].mentions:
        return False
    if units[k - 1].case == "topic":
        return said or (units[k].case == "bare" and units[k].end - units[k].start <= _BARE_DAY)
    return units[k - 1].case == "subj" and units[k].case == "bare" and units[k].end - units[k].start <= _BARE_DAY


def _take_relative(
    units: Sequence[Unit], pending: Sequence[int], predicate: int, gap: bool, *, passive: bool
) -> list[int]:
    """Phrases of a relative clause, from the right: stops at a topic; with an animate head, the nominative
    stays outside (`김정은이 19일 [평양을 방문중인] 라브로프를 접견해`), and a time beside it too."""
    taken: list[int] = []
    seen: set[str] = set()
    for k in reversed(pending):
        unit = units[k]
        if unit.topic or unit.case == "topic":
            break
        if unit.case == "subj":
            if (passive and unit.mentions) or units[predicate].copula:
                break
            wants = units[predicate].stem in load_words().object_verbs and not seen & {"obj", "com"}
            if gap and not wants and (seen & {"obj", "loc", "at", "dat", "dir", "from", "com"}):
                _without_times(taken, units)
                break
            if "subj" in seen:
                break
        if unit.case == "obj" and "obj" in seen:
            break
        seen.add(unit.case)
        taken.insert(0, k)
    if units[predicate].stem in load_words().seeming_verbs:  # `25일 [화성-17형으로 추정되는] 미사일을 쐈다`
        _without_times(taken, units)
    return taken


def _without_times(taken: list[int], units: Sequence[Unit]) -> None:
    while taken and units[taken[0]].timexes and not units[taken[0]].mentions:
        taken.pop(0)


def _speaker(
    units: Sequence[Unit], taken: Sequence[int], k: int, own: int, animate: Callable[[Unit], bool]
) -> int:  # fmt: skip
    """The subject of a verb of doing or saying: of somebody and a thing, somebody. `대변인은 재진입이 “불장난”이라고
    비난했다`: the thing belongs to what is said."""
    if own < 0 or units[own].case != "subj" or units[own].mentions or units[k].describes or units[k].copula or happens(units[k]):
        return own
    topics = [p for p in taken if p < own and _topical(units[p]) and animate(units[p])]
    return topics[-1] if topics else own


def _own_subject(units: Sequence[Unit], arguments: Sequence[int]) -> int:
    nominatives = [k for k in reversed(arguments) if units[k].case == "subj"]
    for k in nominatives:
        if units[k].mentions or units[k].end - units[k].start > 2 or len(nominatives) == 1:
            return k  # `최룡해 상임위원장이 나가 영접했다`: no noun 나
    for k in reversed(arguments):
        little = units[k].case == "also" and units[k].end - units[k].start < 3  # `한몫해야 한다는 데도`
        if units[k].case in ("topic", "also") and not units[k].timexes and not little:
            if units[k].case == "also":  # `한국은 [훈련도 벌이기로, 일본도 초청하기로] 했다`: whoever the talk is of
                return next((j for j in arguments if j < k and units[j].case == "topic" and units[j].mentions), k)
            return k
    for k in arguments:
        if units[k].case == "bare" and units[k].comma and units[k].mentions:
            return -1 if _lists(units, k, arguments) else k
        if units[k].mentions or not (units[k].timexes or units[k].end - units[k].start == 1):  # `▲3월 7일 = 북한, 어선 억류`
            break
    return -1


def _lists(units: Sequence[Unit], k: int, arguments: Sequence[int]) -> bool:
    """Whether the phrase opens a list of those with whom something is done: `[통일부 장관], 국정원장과 만났다`; not so in a headline."""
    after = arguments[-1] + 1
    told = after < len(units) and units[after].is_predicate and units[after].ending_tag in ("EF", "EC", "ETM")
    return told and k + 1 in arguments and units[k + 1].case == "com" and bool(units[k + 1].mentions)


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
        inner = n <= reported and topic >= 0 and last > topic and units[last].case == "subj"
        if inner and (subject < 0 or found == "topic") and _goes_on(clauses, out, n, last):
            subject, found = last, "shared"  # `정보원은 [그들이 보냈으며 더 보낼 것으로] 본다고 했다`
        elif subject < 0:
            if topic >= 0:
                subject, found = topic, "topic"
            elif n and _wished(clause, clauses[n - 1], units):
                pass  # `[북한이 대화에 나오기]를 촉구한다`: whoever says so wishes it
            elif last >= 0 or nearest >= 0:  # `[북한이 [모두를 조사할] 위원회를 출범시킨] 데`
                subject, found = (last if last >= 0 else nearest), "shared"
        nearest = clause.subject if clause.found == "own" and units[clause.subject].mentions else nearest
        if clause.subject >= 0 and clause.kind != "adnominal":
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
