"""Whether two tellings are of one happening: a score with the reasons that make it up.

Each field gives one reason with a fixed weight; the score is their sum. Fellegi and Sunter's scheme (1969), with
weights set by hand on the development half of the multi-report set, so that each can be read and argued with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from sacho.records import Reason
from sacho.resolve.days import VAGUE_DAYS, lasting
from sacho.resolve.gist import alike
from sacho.resolve.parties import institution, person
from sacho.resolve.tellings import Telling

_APART = 0.0  # a pair that scores no more is never in one cluster, whatever links it by score
_RECIPIENT = 0.8  # of the weight that the same agreement has for the actor
SAME = 4.0  # from this score on, two tellings are of one happening
PERHAPS = 2.7  # from this score on, a telling without a day of its own may be put with the one happening that it fits
NEVER = -50.0
_SAME_WORDS = 6.0
_QUOTED_APART = -1.5  # what days at odds weigh where the words are the same
_MONTH = 45  # days: a month with its edges, no season

_MUTUAL = frozenset({"session", "call", "agree", "sign", "drill", "occasion"})
_DEEDS = frozenset({"launch", "inspect", "occasion", "attack", "drill", "deploy", "protest"})
_UNDATED = {"invite": 180, "visit": 14}  # days after which it may still be told without a day
_SELDOM = frozenset({"call", "sign"})  # hardly ever twice in two days by the same people
_RARE = {
    "appoint": 0.8, "retreat": 0.8, "deploy": 0.8, "aid": 0.8, "sanction": 0.5, "sign": 0.8, "invite": 0.8, "convene": 0.5,
    "arrive": 1.0, "depart": 1.0, "visit": 0.8, "call": 0.5, "cooperate": 0.3, "launch": 0.3,
}  # what agreement on a seldom kind is worth more (Fellegi and Sunter: on a rare value)
_EDGES = frozenset({"arrive", "depart"})  # nobody leaves a town twice in three days
_WHOLE = frozenset({"launch", "drill", "deploy", "attack", "sanction", "retreat", "aid"})  # states act as a whole
_HELD = frozenset({"session", "sign", "message", "invite", "appoint"})
_BOTH_NAMED = 4.4  # two sides by name, the second as recipient
_ONE_WRONG = 2.5  # what a day apart weighs less where one of the two is rather told wrongly
_NEXT_DAY = ("date", "1 days apart", -3.0)
_ALIKE = 0.3
_LONG_NAME = 6  # letters
_JOINT = ("공동보도문", "공동발표문", "공동언론발표문")  # one thing in the words of either side
_ANY_PAPER = ("정부간", "양국", "양국간", "양자", "관련")
_PERHAPS_OF = 0.8  # somebody of an unknown state, and a state
_TELLING = 2  # words: fewer say little
_NOTHING = -1.5
_NOTHING_UNDATED = -3.0
_RETOLD = 7  # days after which neither report needs to give a day if the words are alike
_DAYPARTS = frozenset({"dawn", "morning", "noon", "afternoon", "evening", "night"})


class Score(msgspec.Struct, frozen=True, gc=False):
    """The sum of the reasons' weights."""

    value: float
    reasons: tuple[Reason, ...]


_Found = tuple[str, str, float]
_scores: dict[tuple[_Found, ...], Score] = {}


def compare(a: Telling, b: Telling) -> Score:
    """Score two tellings. Symmetric; looks at traits only. Acts of different groups of kinds are never one by score."""
    if a.group != b.group:
        return _sum((("kind", "other act", NEVER),))
    when = _time(a, b)
    if when[2] == NEVER:
        return _sum((when,))
    if a.quotes and b.quotes and not set(a.quotes).isdisjoint(b.quotes):
        return _sum((_kind(a, b), ("quotes", "same words", _SAME_WORDS), *_speakers(a, b), (*when[:2], max(when[2], _QUOTED_APART))))
    who = _people(a, b)
    if who[0][2] == NEVER:
        return _sum((who[0],))
    when = _one_told_wrong(a, b, who, when)
    return _sum((_kind(a, b), *who, when, *_place(a, b), *_reality(a, b), *_details(a, b)))


def _sum(found: tuple[_Found, ...]) -> Score:
    """One score object for equal reasons: a million pairs share a few thousand."""
    score = _scores.get(found)
    if score is None:
        reasons = tuple(Reason(field=field, found=what, weight=weight) for field, what, weight in found)
        score = _scores[found] = Score(value=round(sum(r.weight for r in reasons), 3), reasons=reasons)
    return score


def compatible(a: Telling, b: Telling) -> bool:
    """Whether two tellings may stand in one cluster that others hold together: nothing unthinkable between them. Two that
    give no day cannot contradict each other in it."""
    score = compare(a, b)
    if a.first or b.first or score.reasons[0].field != "date":
        lenient = _ONE_WRONG if _may_be_told_wrong(a, b) and _NEXT_DAY in ((r.field, r.found, r.weight) for r in score.reasons) else 0.0
        return score.value + lenient > _APART
    return _people(a, b)[0][2] != NEVER


def bridged(a: Telling, b: Telling, whole: Telling) -> bool:
    """Whether a third telling's days (`26일부터 28일까지`) hold those of two that only days keep apart, or the day of the one
    and the report of the other that still goes on."""
    if not whole.first or a.again or b.again or not whole.kind == a.kind == b.kind:
        return False
    if not a.first or not b.first:
        dated, bare = (a, b) if a.first else (b, a)
        held = bare.lasting and whole.first <= dated.first and dated.last <= whole.last and whole.first < bare.published <= whole.last
        return held and lasting(whole.first, whole.last) and _people(a, b)[0][2] != NEVER
    if whole.last - whole.first > VAGUE_DAYS or min(a.first, b.first) < whole.first or max(a.last, b.last) > whole.last:
        return False
    return _people(a, b)[0][2] != NEVER


def _kind(a: Telling, b: Telling) -> _Found:
    if a.kind != b.kind:
        return ("kind", "neighbouring", -1.0)
    rare = _RARE.get(a.kind, 0.0)
    return ("kind", "same, and seldom done" if rare else "same", rare)


# ---------------------------------------------------------------- who


def _people(a: Telling, b: Telling) -> list[_Found]:
    whole = a.group in _WHOLE
    if a.group in _MUTUAL and (a.recipient or b.recipient or len(a.actor) > 1 or len(b.actor) > 1):
        return _side("participants", a.parties, b.parties, closed=a.group in ("session", "call", "agree"), whole=whole)
    out = _side("actor", a.actor, b.actor, closed=False, whole=whole)
    if a.recipient and b.recipient:
        field, what, weight = _side("recipient", a.recipient, b.recipient, closed=False, whole=whole)[0]
        if weight != NEVER or a.kind != "depart":  # `평양을 떠나 하노이로`: either end of the way may be told
            out.append((field, what, max(NEVER, weight * _RECIPIENT)))
    return out


def _speakers(a: Telling, b: Telling) -> list[_Found]:
    """The same words, perhaps given to another mouth."""
    ours, theirs = a.actor, b.actor
    return [] if ours == theirs or set(ours) & set(theirs) else [("actor", "other speaker", -2.0)]


def _side(field: str, ours: tuple[str, ...], theirs: tuple[str, ...], *, closed: bool, whole: bool) -> list[_Found]:
    """`closed`: a state that only one of the two names speaks against them (`한미일` and `한미`). `whole`: whoever
    acts for a state, the state acts."""
    if ours == theirs:
        return [_equal(field, ours)]
    a, b = _by_state(ours), _by_state(theirs)
    common = a.keys() & b.keys()
    if not common - {""}:
        return [(field, "no state in common", NEVER)]
    weight, different, kept = 0.0, 0, 0
    for state in common:
        people, others = a[state], b[state]
        if people & others:
            weight += 2.5
            kept += 1
        elif _persons(people) and _persons(others) and not whole:
            different += 1
        else:
            weight += _stand_in(people, others, whole=whole)
    if different:
        return [(field, "different people of one state", NEVER if not kept else -4.0)]
    extra, known = _unmatched(a, b)
    weight += known
    if extra:
        weight -= (2.0 if closed and min(len(a), len(b)) > 1 else 0.5) * extra
    return [(field, f"{kept} named in common, {len(common) - kept} as states, {extra} states in one only", weight)]


def _unmatched(a: Mapping[str, frozenset[str]], b: Mapping[str, frozenset[str]]) -> tuple[int, float]:
    """States that only one side has; somebody whose state is not known may be of the one that only the other side names."""
    for some, others in ((a, b), (b, a)):
        rest = others.keys() - some.keys()
        if some.keys() - others.keys() == {""} and len(rest) == 1 and not any(_persons(others[state]) for state in rest):
            return 0, _PERHAPS_OF
    return len(a.keys() ^ b.keys()), 0.0


def _stand_in(people: frozenset[str], others: frozenset[str], *, whole: bool) -> float:
    """Parties of one state of whom none is in both: how well one may stand for the other."""
    if not people and not others:
        return 1.5
    if not people or not others:
        return 1.5 if whole else 1.0
    if whole:
        return 1.2
    unnamed = any(not person(p) and not institution(p) for p in (*people, *others))
    return 1.0 if unnamed else 0.2  # a delegation and its head; a ministry and one of its state's people


def _one_told_wrong(a: Telling, b: Telling, who: Sequence[_Found], when: _Found) -> _Found:
    """Two sides by name a day apart, where neither report says that they met again: rather one day told wrongly than two
    meetings of which each report knows one."""
    if when != _NEXT_DAY or not (_may_be_told_wrong(a, b) or _one_request(a, b)):
        return when
    both = sum(weight for _, _, weight in who) >= _BOTH_NAMED and not any("different" in what for _, what, _ in who)
    return ("date", "1 day apart, both sides by name", _NEXT_DAY[2] + _ONE_WRONG) if both else when


def _one_request(a: Telling, b: Telling) -> bool:
    """Whether the two ask for the same in so many words."""
    if not a.kind == b.kind == "request" or a.reality != b.reality or a.again or b.again:
        return False
    return min(len(a.gist), len(b.gist)) > _TELLING and alike(a.gist, b.gist) >= _ALIKE


def _may_be_told_wrong(a: Telling, b: Telling) -> bool:
    return a.group in _HELD and a.kind == b.kind and not a.again and not b.again and a.reality == b.reality


def _equal(field: str, parties: tuple[str, ...]) -> _Found:
    states = _by_state(parties)
    named = sum(bool(people) for people in states.values())
    return (field, f"equal: {named} named, {len(states) - named} as states", 2.5 * named + 1.5 * (len(states) - named))


@lru_cache(maxsize=1 << 16)
def _by_state(parties: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for party in parties:
        state, _, who = party.partition("/")
        people = out.setdefault(state, set())
        if who:
            people.add(party)
    return {state: frozenset(people) for state, people in out.items()}


@lru_cache(maxsize=1 << 16)
def _persons(parties: frozenset[str]) -> bool:
    """Whether a person by name is among them."""
    return any(person(p) for p in parties)


# ---------------------------------------------------------------- when


def _time(a: Telling, b: Telling) -> _Found:
    if not a.first or not b.first:
        return _undated(a, b)
    apart = max(a.first - b.last, b.first - a.last)
    if apart > 0:
        return _apart(a, b, apart)
    vague = max(a.last - a.first, b.last - b.first)
    if a.first == b.first and a.last == b.last:
        return ("date", "equal", 1.5 if vague > VAGUE_DAYS else 3.0)
    if a.first == b.first and lasting(a.first, a.last) and lasting(b.first, b.last):
        return ("date", "begun on one day", 3.0)
    if vague > VAGUE_DAYS:
        return ("date", "one holds the other", 1.0 if vague < _MONTH else 0.0)
    return ("date", "overlapping", 2.5)


def _apart(a: Telling, b: Telling, apart: int) -> _Found:
    if a.reality in ("ahead", "cancelled") and b.reality in ("ahead", "cancelled") and apart <= 4:
        return ("date", "plans a few days apart", -1.0)
    if a.group == "visit" and apart <= 3:
        return ("date", f"stays {apart} days apart", -0.5)
    if a.corrects != b.corrects and apart <= 3:
        return ("date", f"{apart} days apart, put right by the one", -0.5)
    if apart > 3 or (a.group == "call" and apart > 1):
        return ("date", "apart", NEVER)
    if apart == 1 and a.group in _SELDOM:
        return ("date", "1 day apart, of what is seldom done twice", -0.5)
    if a.kind == b.kind and a.kind in _EDGES:
        return ("date", f"{apart} days apart, of a journey's end", (0.0, -1.5, -4.0)[apart - 1])
    return ("date", f"{apart} days apart", (-3.0, -4.0, -5.0)[apart - 1])  # talks, letters and launches do come on days running


def _undated(a: Telling, b: Telling) -> _Found:
    dated, bare = (a, b) if a.first else (b, a)
    if not bare.published or not (dated.first or dated.published):
        return ("date", "none", NEVER)
    if not dated.first:
        return _reported(a, b, abs(dated.published - bare.published))
    if bare.kind == dated.kind and bare.lasting and dated.first < bare.published <= dated.last and lasting(dated.first, dated.last):
        return ("date", "told while it lasts", 2.0)
    lag = bare.published - dated.last
    if bare.published >= dated.first:
        lag = max(0, lag)
    put_off = bare.reality == "denied" and dated.reality == "ahead"  # `온다는 통보를 받은 바 없다`
    if (bare.reality in ("ahead", "cancelled") or put_off) and 0 < dated.first - bare.published <= 180:
        return ("date", "ahead of the day", 1.0 if dated.first - bare.published <= 14 else 0.0)
    answer = bare.reality in ("denied", "cancelled")  # comes after the claim
    if lag < -1 or lag > _UNDATED.get(bare.group, 14):
        return ("date", "report far from the day", NEVER)
    if lag > 7:
        return ("date", "answered later" if answer else "told again later", 0.7 if answer else 0.0)
    return ("date", "report right after the day", 1.0 if lag <= 2 else 0.0)


def _reported(a: Telling, b: Telling, apart: int) -> _Found:
    """Neither gives a day: the days of the reports are all there is."""
    if apart <= 3:
        return ("date", "none, reports near each other", 1.0 if apart <= 1 else 0.5)
    if apart <= _UNDATED.get(a.group, 0):
        return ("date", "none, told again later", 0.0)
    if apart <= _RETOLD and a.gist and b.gist and alike(a.gist, b.gist) >= _ALIKE:
        return ("date", "none, told again in like words", 0.5)
    early, late = sorted((a, b), key=lambda t: t.published)
    if early.reality == "ahead" and late.reality in ("real", "cancelled") and apart <= 60:
        return ("date", "none, plan and what came of it", 0.0)
    return ("date", "none", NEVER)


# ---------------------------------------------------------------- where, how


def _place(a: Telling, b: Telling) -> list[_Found]:
    if not a.place or not b.place:
        return []
    wide = not a.within or not b.within
    if a.place == b.place:
        return [("place", "equal", 0.5 if wide else 1.5)]
    if a.place in b.within or b.place in a.within or (a.country == b.country and (a.whole or b.whole)):
        return [("place", "one holds the other", 0.5)]
    if a.country and b.country and a.country != b.country:
        if a.kind == "depart":
            return [("place", "perhaps either end of the way", -0.3)]
        return [("place", "other country", -2.0 if a.group in ("session", "occasion") else -4.0)]
    if not a.country or not b.country or wide:
        return [("place", "not comparable", -0.3)]
    return [("place", "other place", -4.0 if a.group in _DEEDS else -1.0)]


def _reality(a: Telling, b: Telling) -> list[_Found]:
    if a.reality == b.reality:
        return []
    if {a.reality, b.reality} == {"real", "ahead"} and not (a.first and b.first):
        return [("status", "plan and fact", -0.5)]
    if {a.reality, b.reality} == {"cancelled", "denied"}:
        return [("status", "called off and denied", -2.0)]
    return [("status", f"{' and '.join(sorted((a.reality, b.reality)))}", -0.2)]


def _details(a: Telling, b: Telling) -> list[_Found]:
    out: list[_Found] = []
    if a.time and b.time and a.time != b.time and (a.first, a.last) == (b.first, b.last):
        out.append(("time", "differs", -0.7 if _clocks(a.time, b.time) else -0.3))
    if a.instrument and b.instrument and a.group in ("message", "sign", "launch"):
        out += _papers(a.instrument, b.instrument)
    if a.goods and b.goods:
        same = not set(a.goods).isdisjoint(b.goods)
        out.append(("goods", "same", 1.0) if same else ("goods", "differ", -3.0))
    return [*out, *_content(a, b)]


def _papers(a: str, b: str) -> list[_Found]:
    """Papers by their names: one of a long name is told by it; names of one sort (`공동보도문`, `공동발표문`) tell nothing apart."""
    if a in b or b in a:
        return [("instrument", "same", 2.0 if min(len(a), len(b)) >= _LONG_NAME else 1.0)]
    if a.endswith(_JOINT) and b.endswith(_JOINT):
        return [("instrument", "joint papers", 1.0)]
    if a[-2:] == b[-2:] and (a[:-2] in _ANY_PAPER or b[:-2] in _ANY_PAPER):
        return [("instrument", "of one sort", 0.0)]
    return [("instrument", "differs", -1.0)]


def _content(a: Telling, b: Telling) -> list[_Found]:
    if not a.gist or not b.gist:
        return []
    share = alike(a.gist, b.gist)
    if share >= _ALIKE:
        return [("words", "about the same", 1.0)]
    if share > 0.0 or min(len(a.gist), len(b.gist)) < _TELLING:
        return [("words", "something in common", 0.0)]
    return [("words", "nothing in common", _NOTHING if a.first and b.first else _NOTHING_UNDATED)]


def _clocks(a: str, b: str) -> bool:
    return (a in _DAYPARTS) == (b in _DAYPARTS)
