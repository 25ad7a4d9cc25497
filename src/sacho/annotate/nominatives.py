"""Nominatives of inner clauses: whose act is agreed on, who acts beside a thing, what a thing is said to be."""

from __future__ import annotations

from collections.abc import Sequence

from sacho.annotate.phrases import Unit

_SAID = ("다는", "라는", "자는", "냐는")


def agreed_on(kind: str, found: str, subject: Unit) -> bool:
    """Whether a clause of this kind and subject only tells what is agreed on: in `남북은 회담을 갖고 [북한이 핵을 신고하기]로 의견을
    모았다` whose act it is does not agree alone."""
    return kind == "nominal" and found == "own" and subject.case == "subj"


def acting(arguments: Sequence[int], subject: int, topic: int, units: Sequence[Unit]) -> int:
    """The nominative of somebody who acts in a clause whose own subject is a thing (`[북측이 [이런 일이 없도록 하겠다고] 약속했다고]`),
    a unit index, -1 if there is none."""
    return next((a for a in arguments if topic < a < subject and units[a].case == "subj" and units[a].mentions), -1)


def said_of(units: Sequence[Unit], pending: Sequence[int], k: int, predicate: int) -> bool:
    """Whether the nominative `k` is a thing of which something is said within what the topic does: `양측은 [거래가 위반이라는] 데 …`;
    not so in `훈련이라는 간판`."""
    if units[k].mentions or not units[predicate].ending.endswith(_SAID):
        return False
    topics = [units[p] for p in pending if p < k and (units[p].case == "topic" or (units[p].case == "also" and units[p].mentions))]
    return any([not topic.timexes for topic in topics])
