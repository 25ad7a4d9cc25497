"""Records of the readers of reports: a quotation that waits for its verb, and a report."""

from __future__ import annotations

from sacho.records import AttributionKind, Record, Source


class Pending(Record):
    """A quotation waiting for its verb. `last` is the token of its marker, `opening` and `end` are letters;
    `direct` has marks around it, `speaking` needs no reporting verb, `noun` modifies one (`…다는 입장`),
    `estimate` is `…것으로`."""

    last: int
    end: int
    opening: int
    direct: bool = False
    speaking: bool = False
    noun: bool = False
    estimate: bool = False


class Report(Record):
    """`text[start:end]` is what `outer`, `own` and `cited` say, outermost first. `first`..`last` are the tokens of
    the cue; `state` as in `Subject`."""

    start: int
    end: int
    first: int
    last: int
    own: tuple[Source, ...]
    outer: tuple[Source, ...] = ()
    cited: tuple[Source, ...] = ()
    kind: AttributionKind = AttributionKind.reported
    rule: str = ""
    state: str = ""
