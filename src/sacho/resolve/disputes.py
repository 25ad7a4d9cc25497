"""Contested values within one report, given to the events that they are values of.

A dispute (`sacho.resolve.contested`) goes to the event that the words beside it tell of, and only if one of its two values is
the event's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from sacho.records import AnnotatedDocument, AttributionKind, Conflict, ConflictValue, Event, Evidence, Status
from sacho.resolve.contested import BACK, CODAS, FIRST, Dispute, Scope, Value, context, cues_in, disputes_of, names_of, stem, stems
from sacho.resolve.quantities import agree, comparable
from sacho.resolve.within import carried

_TOLD = (Status.occurred, Status.ongoing, Status.alleged, Status.denied, Status.planned)
_UNSAID = 3  # words of a telling that leaves unsaid what it tells of: `40분간 진행됐`
_DENIED = 8  # sentences before a denial in words of its own
_PARTICLES = (
    "은", "는", "이", "가", "을", "를", "의", "에", "서", "로", "도", "와", "과", "며", "고",
    "한편", "실제", "정확", "당시", "구체", "최종",
)  # fmt: skip
_ADNOMINAL = (4, 8)  # final consonants ㄴ and ㄹ
_AT = re.compile(r"(?:[가-힣A-Za-z]+의\s)?(?:한\s|어느\s)?[가-힣A-Za-z]{2,}(?=에서\s)")


def disputed(events: Sequence[Event], annotated: AnnotatedDocument) -> list[Event]:
    """The events, with what the report says to be contested among their `conflicts`."""
    found = cues_in(annotated)
    if not found:
        return list(events)
    scope = Scope(annotated, events)
    out = list(events)
    for cue, number, match in found:
        for dispute in disputes_of(cue, number, match, scope):
            held = _event_of(dispute, scope)
            if held is not None:
                index, conflict = held
                _add(out, index, conflict)
        if cue.sort == "odds" and context("speaking").search(scope.text, max(0, match.start() - 8), match.end()):
            for index, conflict in _denied(number, scope):
                _add(out, index, conflict)
    return out


def _add(out: list[Event], index: int, conflict: Conflict) -> None:
    event = out[index]
    if not any(c.field == conflict.field and c.field != "date" for c in event.conflicts):
        known = {v.evidence.start for c in event.conflicts if c.field == conflict.field for v in c.values}
        if not {v.evidence.start for v in conflict.values} <= known:
            out[index] = msgspec.structs.replace(event, conflicts=(*event.conflicts, conflict))


def _event_of(dispute: Dispute, scope: Scope) -> tuple[int, Conflict] | None:
    """The nearest event told beside the words, or by a paper that they name, that holds one of the two values."""
    named = [i for i, event in enumerate(scope.events) if dispute.before and _named_by(dispute.before, event)]
    best: tuple[int, int, Conflict] | None = None
    rivals = scope.bodies(dispute.sentence) - set(dispute.of_b)
    for index, event in enumerate(scope.events):
        if event.status not in _TOLD:
            continue
        beside = [
            n for n in scope.told_in(event)
            if dispute.sentence - BACK <= n <= dispute.sentence + 1 or (n < dispute.sentence and rivals & set(event.sources))
        ]  # fmt: skip
        beside = beside if index in named or not (named or _is_noun(dispute.before)) else []
        conflict = _conflict(dispute, event, scope) if beside else None
        if conflict is not None:
            far = min(abs(dispute.sentence - n) for n in beside)
            if best is None or far < best[0]:
                best = far, index, conflict
    return (best[1], best[2]) if best is not None else None


def _is_noun(word: str) -> bool:
    """Whether a word before `날짜`, `장소` is itself what the day or the place is of (`열병식 날짜`), and no other part of the
    sentence (`국방부는 날짜를`, `붙잡은 곳`)."""
    return bool(word) and not word.endswith(_PARTICLES) and (ord(word[-1]) - FIRST) % CODAS not in _ADNOMINAL


def _named_by(word: str, event: Event) -> bool:
    """Whether the word before the field's noun names the event: `[도착] 날짜를`."""
    return any(stem(word) in stems(e.quote) for e in event.evidence if e.field == "kind")


def _conflict(dispute: Dispute, event: Event, scope: Scope) -> Conflict | None:
    if dispute.strict and not all(_tells(words, event) for words in dispute.tellings):
        return None
    if dispute.a is dispute.b:
        return _against_its_own(dispute, event, scope)
    field = _holding(dispute, event, scope)
    if not field:
        return None
    values = sorted(((dispute.a, dispute.of_a), (dispute.b, dispute.of_b)), key=lambda v: v[0].start)
    return Conflict(field=field, values=tuple(_value(v, field, of, dispute.cue, scope) for v, of in values))


def _tells(words: str, event: Event) -> bool:
    """Whether the words tell of the event: they name it, or leave it unsaid, and end with it or with its taking place."""
    names = {stem(e.quote) for e in event.evidence if e.field == "kind"}
    last = words.split()[-1] if words.split() else ""
    happens = context("happening").search(last) is not None
    named = bool(names & stems(words)) or (happens and len(words.split()) <= _UNSAID)
    return named and (stem(last) in names or happens)


def _holding(dispute: Dispute, event: Event, scope: Scope) -> str:
    """The field of the event that one of the two values fills, empty if none."""
    keys = {dispute.a.key, dispute.b.key}
    if dispute.a.field == "date":
        return "date" if event.date in keys and not carried(event, "date") else ""
    if dispute.a.field == "place":
        return "place" if event.place is not None and event.place.id in keys and not carried(event, "place") else ""
    if dispute.a.field in ("time", "length", "number"):
        told = bool(dispute.tellings) and all(_tells(words, event) for words in dispute.tellings)
        named = bool(dispute.before) and _named_by(dispute.before, event)
        held = event.time.rstrip("~") in keys or dispute.sentence in scope.told_in(event) or told or named
        field = "number" if dispute.a.field == "number" else "time"
        return field if held else ""
    for field, people in (("actor", event.actor), ("recipient", event.recipient), ("participants", event.participants)):
        if keys & {p.id for p in people}:
            return field
    return ""


def _against_its_own(dispute: Dispute, event: Event, scope: Scope) -> Conflict | None:
    """One value, said by somebody else: against the one that the event has."""
    value = dispute.b
    if value.field == "place":
        named = bool(dispute.before) and _named_by(dispute.before, event)
        proof = next((e for e in event.evidence if e.field == "place" and e.end <= value.start), None) or _locative(event, scope)
        same = proof is None or proof.quote.endswith(value.key.removeprefix("name:"))
        if proof is None or same or not (named or set(dispute.of_b) - set(event.sources)):
            return None
        own = Value("place", proof.quote, proof.start, proof.end)
    else:
        told = set(scope.told_in(event))
        key = event.date if value.field == "date" else event.time.rstrip("~")
        found = [v for v in scope.values if v.field == value.field and v.end <= value.start and scope.sentence_of(v.start) in told]
        held = [v for v in found if v.key == key or value.field in ("length", "number")]
        if value.count is not None:
            held = [v for v in held if v.count is not None and comparable(v.count, value.count) and not agree(v.count, value.count)]
        if not held or (value.field == "date" and len(event.date) != 10):
            return None
        own = held[-1]
        value = msgspec.structs.replace(value, key=_in_month(value, event.date) if value.field == "date" else value.key)
    if own.key == value.key:
        return None
    field = "time" if value.field == "length" else value.field
    return Conflict(field=field, values=(
        _value(own, field, event.sources, dispute.cue, scope), _value(value, field, dispute.of_b, dispute.cue, scope),
    ))  # fmt: skip


def _in_month(value: Value, day: str) -> str:
    """A day without its month is one of the month spoken of."""
    return f"{day[:8]}{value.key[8:]}" if value.short and len(day) == 10 else value.key


def _locative(event: Event, scope: Scope) -> Evidence | None:
    """The words for where it was, though no place is known by them: `동남아시아의 한 도시에서`."""
    for proof in (e for e in event.evidence if e.field == "kind"):
        start = scope.span(scope.sentence_of(proof.start))[0]
        words = list(_AT.finditer(scope.text, start, proof.start))
        if words:
            at = words[-1]
            return msgspec.structs.replace(proof, field="place", start=at.start(), end=at.end(), quote=at[0], rule="locative")
    return None


def _denied(number: int, scope: Scope) -> Iterator[tuple[int, Conflict]]:
    """`혼선이 빚어졌다. 부대변인이 … 사실이 아니라고 부인했다`: what is denied is told by words of its own."""
    for voice in (v for v in scope.voices(number - 1, number + 1) if v.kind is AttributionKind.denied):
        words = stems(scope.text[voice.start : voice.end])
        at = scope.sentence_of(voice.cue_start)
        for index, event in enumerate(scope.events):
            if event.status not in (Status.occurred, Status.ongoing, Status.alleged):
                continue
            shared = [
                e for e in event.evidence
                if e.field == "kind" and 0 < (far := at - scope.sentence_of(e.start)) <= _DENIED
                and (named := stems(e.quote)) and named <= words
                and (len(named) > 1 or far <= 2)
            ]  # fmt: skip
            if shared:
                said = Value("status", "denied", voice.start, voice.cue_end)
                first = ConflictValue(value=event.status.value, sources=event.sources, block=_block(shared[0].start, scope),
                                      evidence=msgspec.structs.replace(shared[0], field="status"))  # fmt: skip
                yield index, Conflict(field="status", values=(first, _value(said, "status", names_of(voice), "denied", scope)))


def _value(value: Value, field: str, sources: tuple[str, ...], rule: str, scope: Scope) -> ConflictValue:
    words = scope.text[value.start : value.end]
    return ConflictValue(
        value=value.name or value.key, sources=sources, block=_block(value.start, scope),
        evidence=Evidence(document=scope.annotated.document.id, field=field, start=value.start, end=value.end, quote=words, rule=rule),
    )  # fmt: skip


def _block(position: int, scope: Scope) -> str:
    sentence = scope.annotated.sentences[scope.sentence_of(position)]
    return scope.annotated.document.blocks[sentence.block].kind.value
