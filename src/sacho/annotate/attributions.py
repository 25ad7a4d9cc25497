"""Whose word each stretch of the text is: outlet, agency, official, in chains from the outermost inward."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sacho.annotate.marks import find_marked, inside
from sacho.annotate.reporting import load_reporting
from sacho.annotate.reports import Report, find_reports
from sacho.annotate.speakers import Focus, Scene, is_outlet, source_of
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
_REMEMBERED = 6


def find_attributions(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    timexes: Sequence[Timex], blocks: Sequence[Block], *, outlet: str | None = None,
) -> tuple[Attribution, ...]:  # fmt: skip
    """Attributions in text order, the wider before the narrower. The outlet itself is never a source.

    Source: codebook, sections 3 (`sources`) and 6. Each attribution carries its whole chain: inside
    `뉴시스에 따르면 미국 국무부는 … 밝혔다` the ministry's words have (뉴시스, 미국 국무부). A sentence without a
    cue carries the agency on (rule `carry`) only inside the agency's own account.
    """
    scene = build_scene(text, tokens, mentions)
    found: list[list[Attribution]] = []
    focus = Focus()
    for sentence in sentences:
        in_body = blocks[sentence.block].kind is BlockKind.body
        focus = _named(scene, sentence, focus, outlet)
        reports = find_reports(scene, sentence, focus)
        found.append(_attributions(scene, sentence, reports, timexes, outlet))
        focus = _spoken(focus, reports, in_body=in_body)
    found = _carried(scene, sentences, found, blocks, mentions)
    return tuple(sorted((a for some in found for a in some), key=lambda a: (a.start, -a.end)))


def build_scene(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Scene:
    """What the readers of voices share."""
    owner = [-1] * len(tokens)
    i, last = 0, len(tokens)
    for number, mention in enumerate(mentions):
        while i < last and tokens[i].start < mention.start:
            i += 1
        k = i
        while k < last and tokens[k].start < mention.end:
            owner[k] = number
            k += 1
    return Scene(
        text=text, tokens=tokens, mentions=mentions, owner=owner, quoted=inside(tokens, find_marked(text)),
        outlets=frozenset(m.entity for m in mentions if m.rule == "outlet" or m.sector in ("JRN", "MED")),
        words=load_reporting(),
    )  # fmt: skip


def _named(scene: Scene, sentence: Sentence, focus: Focus, outlet: str | None) -> Focus:
    """The focus with the outlets and people that this sentence names."""
    outlets, person = list(focus.outlets), focus.person
    seen = -1
    for i in range(sentence.first, sentence.last):
        number = scene.owner[i]
        if number < 0 or number == seen:
            continue
        seen = number
        mention = scene.mentions[number]
        source = source_of(mention)
        if source is None:
            continue
        if mention.kind is MentionKind.person:
            person = person if scene.quoted[i] else source
        elif is_outlet(source, scene) and mention.name != outlet:
            outlets.append((source, mention.country))
    return msgspec.structs.replace(focus, outlets=tuple(outlets[-_REMEMBERED:]), person=person)


def _spoken(focus: Focus, reports: Sequence[Report], *, in_body: bool) -> Focus:
    if not reports or not in_body:
        return focus
    last = max(reports, key=lambda r: (r.rule != "per", r.last))
    issuer = (last.state, last.own[-1]) if last.state else None
    return msgspec.structs.replace(focus, speaker=_chain(last, reports), issuer=issuer)


def _attributions(
    scene: Scene, sentence: Sentence, reports: Sequence[Report], timexes: Sequence[Timex], outlet: str | None
) -> list[Attribution]:
    out = []
    days = [t for t in timexes if t.role is TimexRole.report and sentence.start <= t.start < sentence.end] if reports else []
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
    around = [
        r for r in reports
        if r is not report and (r.rule == "per" and r.start <= report.start or r.last > report.last and r.start <= report.start < r.end)
    ]  # fmt: skip
    around.sort(key=lambda r: (r.rule != "per", -r.last))
    out: list[Source] = []
    for r in (*around, report):
        out += [s for s in (*r.outer, *r.own, *r.cited) if all(s.name != o.name for o in out)]
    return tuple(out)


def _carried(
    scene: Scene, sentences: Sequence[Sentence], found: list[list[Attribution]], blocks: Sequence[Block],
    mentions: Sequence[Mention],
) -> list[list[Attribution]]:  # fmt: skip
    """Fill the sentences without a cue that continue an agency's account."""
    whole = _agency_piece(scene, sentences, found, blocks)
    out = []
    for n, (sentence, own) in enumerate(zip(sentences, found, strict=True)):
        credited = whole or _surrounding(sentences, found, n, scene)
        if blocks[sentence.block].kind is not BlockKind.body or credited is None:
            out.append(own)
        elif whole is not None and own:
            out.append([*(a for a in own), *([] if _covers(own, sentence, whole) else [_carry(sentence, whole)])])
        else:
            out.append(own or [_carry(sentence, credited)])
    if whole is not None:
        out = [[_under(a, whole) for a in some] for some in out]
    return out


def _under(attribution: Attribution, agency: Source) -> Attribution:
    if any(s.name == agency.name for s in attribution.sources):
        return attribution
    return msgspec.structs.replace(attribution, sources=(agency, *attribution.sources))


def _covers(own: Sequence[Attribution], sentence: Sentence, agency: Source) -> bool:
    return any(a.sources[0].name == agency.name and a.end >= sentence.end - 2 for a in own)


def _carry(sentence: Sentence, source: Source) -> Attribution:
    return Attribution(
        start=sentence.start, end=sentence.end, cue_start=source.start, cue_end=source.end, sources=(source,), rule="carry"
    )


def _agency_piece(
    scene: Scene, sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], blocks: Sequence[Block]
) -> Source | None:
    """The DPRK agency credited at the head of a piece written in its style."""
    body = [s for s in sentences if blocks[s.block].kind is BlockKind.body]
    if not body:
        return None
    endings = scene.words.endings
    styled = sum(scene.text[s.start : s.end].rstrip(" .》\"”").endswith(endings) for s in body)
    if styled < 2 or styled < _STYLED * len(body):
        return None
    line = scene.words.dateline.search(scene.text, 0, body[0].start + 80)
    if line is not None:
        agency = line.group("agency")
        known = next((m for m in scene.mentions if line.start() <= m.start < line.end() and m.kind is MentionKind.body), None)
        entity = known.entity if known else f"name:{agency}"
        return Source(entity=entity, name=known.name if known else agency, start=line.start("agency"), end=line.end("agency"))
    first = next((some for s, some in zip(sentences, found, strict=True) if s.block == body[0].block and some), ())
    for attribution in first:
        if attribution.rule == "per" and is_outlet(attribution.sources[0], scene):
            return attribution.sources[0]
    return None


def _surrounding(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Attribution]], n: int, scene: Scene
) -> Source | None:
    """The agency that speaks both before and after sentence `n` in its own paragraph."""
    if found[n] or n == 0 or not found[n - 1] or sentences[n - 1].block != sentences[n].block:
        return None
    agency = found[n - 1][0].sources[0]
    later = [some for s, some in zip(sentences[n + 1 : n + 3], found[n + 1 : n + 3], strict=True) if s.block == sentences[n].block]
    speaks_on = any(a.sources[0].name == agency.name for some in later for a in some)
    return agency if speaks_on and is_outlet(agency, scene) else None
