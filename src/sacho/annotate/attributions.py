"""Whose word each stretch of the text is: outlet, agency, official, in chains from the outermost inward."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from sacho.annotate.floor import Floor, Speech, find_labels, find_statement
from sacho.annotate.headlines import find_headline_reports
from sacho.annotate.inner import find_inner_reports
from sacho.annotate.marks import inside
from sacho.annotate.quoted import Report
from sacho.annotate.reporting import load_reporting, pattern
from sacho.annotate.reports import find_reports
from sacho.annotate.speakers import Focus, Scene, is_outlet, source_of
from sacho.annotate.subjects import find_author
from sacho.records import (
    Attribution,
    Block,
    BlockKind,
    Mention,
    MentionKind,
    Sentence,
    Source,
    Timex,
    TimexRole,
    Token,
)

_STYLED = 0.5  # share of sentences in agency style that makes a piece the agency's own
_REMEMBERED = 6  # outlets
_POINTERS = ("이 ", "한 ", "그 ", "전 ", "현 ", "양 ", "동 ")
_HEAD = 80  # letters of the first sentence in which a dateline may stand


def find_attributions(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    timexes: Sequence[Timex], blocks: Sequence[Block], *, outlet: str | None = None, scene: Scene | None = None,
) -> tuple[Attribution, ...]:  # fmt: skip
    """Attributions in text order, the wider before the narrower. The outlet itself is never a source; `scene` is made
    from the rest (`build_scene`) if it is not given.

    Source: codebook, sections 3 (`sources`) and 6. Each attribution carries its whole chain: inside
    `뉴시스에 따르면 미국 국무부는 … 밝혔다` the ministry's words have (뉴시스, 미국 국무부). A sentence without a
    cue carries the agency on (rule `carry`) only inside the agency's own account.
    """
    scene = scene or build_scene(text, tokens, mentions)
    outlet = outlet.partition("(")[0].strip() if outlet else None
    found: list[list[Attribution]] = []
    focus = Focus()
    labels = find_labels(scene, blocks)
    speech = Speech(scene)
    for sentence in sentences:
        in_body = blocks[sentence.block].kind is BlockKind.body
        focus = _named(scene, sentence, focus, outlet)
        reports = find_reports(scene, sentence, focus)
        inner = find_inner_reports(scene, sentence)
        if not reports:
            reports = find_headline_reports(scene, sentence, focus, title=not in_body)
        before, focus = focus, _spoken(scene, sentence, focus, reports, in_body=in_body)
        labelled = bool(labels) and any([f.start < sentence.end and sentence.start < f.end for f in labels])
        if in_body and not labelled and speech.hear(sentence, focus if reports else before, reported=bool(reports)):
            reports = []
        own = _attributions(scene, sentence, reports, timexes, outlet)
        found.append([*own, *_inside(own, _attributions(scene, sentence, inner, timexes, outlet))])
    statement = find_statement(scene, sentences, blocks)
    floors = [*labels, *speech.floors, *([statement] if statement else [])]
    found = _carried(scene, sentences, _on_floors(sentences, found, floors, outlet), blocks, statement, outlet)
    return tuple(sorted((a for some in found for a in some), key=lambda a: (a.start, -a.end)))


def build_scene(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Scene:
    """What the readers of voices share."""
    owner = [-1] * len(tokens)
    starts = [token.start for token in tokens]
    first = 0
    for number, mention in enumerate(mentions):
        first = bisect_left(starts, mention.start, first)
        if not _pointed(mention, text):
            last = bisect_left(starts, mention.end, first)
            owner[first:last] = [number] * (last - first)
    return Scene(
        text=text, tokens=tokens, mentions=mentions, owner=owner, quoted=inside(text, tokens),
        outlets=frozenset(m.entity for m in mentions if m.rule == "outlet" or m.sector in ("JRN", "MED")),
        people=frozenset(m.entity for m in mentions if m.kind is MentionKind.person), words=load_reporting(),
    )  # fmt: skip


def _pointed(mention: Mention, text: str) -> bool:
    """`이 당국자`, `한 연구원`: not one with the surname 이 or 한, if no other name in the text makes him so."""
    words = text[mention.start : mention.end]
    return mention.rule == "surname-office" and words[:2] in _POINTERS and mention.name.replace(" ", "") == words.replace(" ", "")


def _named(scene: Scene, sentence: Sentence, focus: Focus, outlet: str | None) -> Focus:
    """The focus with the outlets and people that this sentence names."""
    outlets, person = list(focus.outlets), focus.person
    owner, before = scene.owner, -1
    for i in [i for i in range(sentence.first, sentence.last) if owner[i] >= 0]:
        if owner[i] == before:
            continue
        before = owner[i]
        mention = scene.mentions[before]
        source = source_of(mention, scene.text)
        if source is None:
            continue
        if mention.kind in (MentionKind.person, MentionKind.role):
            person = person if scene.quoted[i] else source
        elif is_outlet(source, scene) and mention.name != outlet:
            outlets.append((source, mention.country))
    if person is focus.person and len(outlets) == len(focus.outlets):
        return focus
    return msgspec.structs.replace(focus, outlets=tuple(outlets[-_REMEMBERED:]), person=person)


def _spoken(scene: Scene, sentence: Sentence, focus: Focus, reports: Sequence[Report], *, in_body: bool) -> Focus:
    if not in_body:
        return focus
    author = find_author(scene, sentence, focus) or focus.author
    if not reports:
        return focus if author is focus.author else msgspec.structs.replace(focus, author=author)
    last = max(reports, key=lambda r: (r.rule != "per", r.last))
    issuer = (last.state, last.own[-1]) if last.state else None
    voices = (*focus.voices, *(s for r in reports for s in r.own))[-_REMEMBERED:]
    return msgspec.structs.replace(
        focus, speaker=_chain(last, reports), issuer=issuer, voices=voices, author=issuer[1] if issuer else author
    )


def _inside(around: Sequence[Attribution], inner: Sequence[Attribution]) -> list[Attribution]:
    """What is told inside a quotation comes through its speaker."""
    out = []
    for a in inner:
        holding = [o for o in around if o.start <= a.start and a.end <= o.end]
        narrowest = min(holding, key=lambda o: o.end - o.start, default=None)
        out.append(msgspec.structs.replace(_under(a, narrowest.sources if narrowest else ()), rule="inner"))
    return out


def _on_floors(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], floors: Sequence[Floor], outlet: str | None
) -> list[list[Attribution]]:
    """What is said on somebody's floor is said through him; the floor itself is an attribution of the sentence in
    which it begins, a statement one in each of its sentences."""
    if not floors:
        return [list(own) for own in found]
    out = []
    for sentence, own in zip(sentences, found, strict=True):
        kept = list(own)
        for floor in floors:
            sources = tuple(s for s in floor.sources if s.name != outlet)
            start, end = max(floor.start, sentence.start), min(floor.end, sentence.end)
            if start >= end or not sources:
                continue
            kept = [
                _under(a, sources) if start <= a.start and a.end <= end else a
                for a in kept if not (a.rule == "predict" and start <= a.start and a.end <= end)  # his own view
            ]  # fmt: skip
            kept.append(Attribution(
                start=start, end=end, cue_start=floor.cue_start, cue_end=floor.cue_end, sources=sources, rule=floor.rule,
            ))  # fmt: skip
        out.append(kept)
    return out


def _attributions(
    scene: Scene, sentence: Sentence, reports: Sequence[Report], timexes: Sequence[Timex], outlet: str | None
) -> list[Attribution]:
    if not reports:
        return []
    out = []
    days = [t for t in timexes if t.role is TimexRole.report and sentence.start <= t.start < sentence.end]
    for report in reports:
        chain = tuple(s for s in _chain(report, reports) if s.name != outlet)
        if not chain:
            continue
        cue_start, cue_end = scene.tokens[report.first].start, scene.tokens[report.last].end
        nearest = min(days, key=lambda t: abs(t.start - cue_start), default=None)
        out.append(Attribution(
            start=report.start, end=report.end, cue_start=cue_start, cue_end=cue_end, sources=chain,
            kind=report.kind, reported=nearest.value if nearest else "", rule=report.rule,
        ))  # fmt: skip
    return out


def _chain(report: Report, reports: Sequence[Report]) -> tuple[Source, ...]:
    """The report's sources behind those of the reports that it stands in, each once."""
    around = [r for r in reports if r is not report and _frames(r, report)]
    around.sort(key=lambda r: (r.rule != "per", -r.last))
    out: list[Source] = []
    for r in (*around, report):
        for source in (*r.outer, *r.own, *r.cited):
            out += [source] if all(source.name != o.name for o in out) else []
    return tuple(out)


def _frames(outer: Report, inner: Report) -> bool:
    if outer.rule == "per":
        return outer.start <= inner.start
    return outer.last > inner.last and outer.start <= inner.start < outer.end


def _carried(
    scene: Scene, sentences: Sequence[Sentence], found: list[list[Attribution]], blocks: Sequence[Block],
    statement: Floor | None, outlet: str | None,
) -> list[list[Attribution]]:  # fmt: skip
    """Fill the sentences without a cue that continue an agency's account. In a piece that is the agency's own, it
    also stands at the head of every chain."""
    whole = _agency_piece(scene, sentences, found, blocks, printed=statement is not None)
    whole = None if whole is not None and whole.name == outlet else whole
    out = []
    for n, (sentence, own) in enumerate(zip(sentences, found, strict=True)):
        agency = whole or _surrounding(sentences, found, n, scene)
        if agency is None or blocks[sentence.block].kind is not BlockKind.body:
            out.append(own)
            continue
        covered = any(a.sources[0].name == agency.name and a.end >= sentence.end - 2 for a in own)
        carry = Attribution(
            start=sentence.start, end=sentence.end, cue_start=agency.start, cue_end=agency.end, sources=(agency,),
            rule="carry",
        )  # fmt: skip
        out.append([_under(a, (agency,)) for a in own] + ([] if covered else [carry]))
    return out


def _under(attribution: Attribution, outer: Sequence[Source]) -> Attribution:
    names = {s.name for s in attribution.sources}
    return msgspec.structs.replace(attribution, sources=(*(s for s in outer if s.name not in names), *attribution.sources))


def _agency_piece(
    scene: Scene, sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], blocks: Sequence[Block],
    *, printed: bool,
) -> Source | None:  # fmt: skip
    """The agency whose piece it is: by dateline (`【평양 7월 1일발 조선중앙통신】`); or the DPRK agency credited at the head or foot
    of a piece written in its style, or of a statement printed in full, by a line of its own (`【조선중앙통신】`) or by `…에 의하면`."""
    body = [n for n, s in enumerate(sentences) if blocks[s.block].kind is BlockKind.body]
    ends = [scene.text[sentences[n].start : sentences[n].end].rstrip(" .》\"”") for n in body]
    styled = sum(end.endswith(scene.words.style) for end in ends)
    if not body:
        return None
    lead = next((n for n, end in zip(body, ends, strict=True) if end.endswith("다")), body[0])  # past menus and stamps
    line = pattern(scene.words.dateline).search(scene.text, 0, sentences[lead].start + _HEAD)
    agency = _credited(scene, line) if line is not None else None
    if (agency is None or agency.entity.startswith("name:")) and not printed and (styled < 2 or styled < _STYLED * len(body)):
        return None
    line = pattern(scene.words.credit).search(scene.text) if line is None else None
    if agency is not None or line is not None:
        return agency or (_credited(scene, line) if line is not None else None)
    head = sentences[body[0]].block
    credits = (a for n in body if sentences[n].block == head for a in found[n])
    return next((a.sources[0] for a in credits if a.rule == "per" and is_outlet(a.sources[0], scene)), None)


def _credited(scene: Scene, line: re.Match[str]) -> Source:
    """The agency of a dateline or credit; `name:` before one that no list has."""
    start, end = line.span("agency")
    known = next((m for m in scene.mentions if start <= m.start < end and m.kind is MentionKind.body), None)
    name = known.name if known is not None else line.group("agency")
    return Source(entity=known.entity if known is not None else f"name:{name}", name=name, start=start, end=end)


def _surrounding(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], n: int, scene: Scene
) -> Source | None:
    """The agency that speaks both before and after sentence `n` in its own paragraph."""
    block = sentences[n].block
    if found[n] or n == 0 or not found[n - 1] or sentences[n - 1].block != block:
        return None
    agency = found[n - 1][0].sources[0]
    later = (a for k in range(n + 1, min(n + 3, len(found))) if sentences[k].block == block for a in found[k])
    speaks_on = any(a.sources[0].name == agency.name for a in later)
    return agency if speaks_on and is_outlet(agency, scene) else None
