"""Reports where particles and verbs are dropped, in headlines above all: `국정원 “북한군 재배치”`, `정부, 접촉설 부인`."""

from __future__ import annotations

from sacho.annotate.quoted import Report
from sacho.annotate.speakers import Focus, Scene, sources_at
from sacho.records import AttributionKind, Sentence, Source

_BREAKS = ("…", "...", "·", "-", "–", "—", "―", "/")


def find_headline_reports(scene: Scene, sentence: Sentence, focus: Focus, *, title: bool) -> list[Report]:
    """The reports of a headline: words in marks behind a name or before one, or a verbal noun at the end whose subject
    stands before a comma. In the body (`title` false) only words in marks that end their line or stand before a break."""
    found = _quoted(scene, sentence, focus, title=title)
    if found or not title:
        return found
    verbal = _verbal(scene, sentence, focus)
    return [verbal] if verbal else []


def _quoted(scene: Scene, sentence: Sentence, focus: Focus, *, title: bool) -> list[Report]:
    out = []
    for opening, last in _stretches(scene, sentence):
        bare = title or scene.tokens[sentence.last - 1].tag not in ("EF", "SF")
        claimed = bare and opening == sentence.first and _claimed(scene, sentence, last, focus)
        if not title and not claimed and not _breaks_off(scene, sentence, last):
            continue
        own, name = _before(scene, sentence, opening, focus), opening - 1
        if not own and opening == sentence.first and bare:
            own, name = _behind(scene, sentence, last, focus), min(last + 2, sentence.last - 1)
        if own:
            start, end = scene.tokens[opening].start, scene.tokens[last].end
            out.append(Report(start=start, end=end, first=max(name, sentence.first), last=name, own=own, rule="headline"))
    return out


def _stretches(scene: Scene, sentence: Sentence) -> list[tuple[int, int]]:
    """First and last token of each stretch in marks."""
    out, i = [], sentence.first
    while i < sentence.last:
        if scene.quoted[i]:
            first = i
            while i + 1 < sentence.last and scene.quoted[i + 1]:
                i += 1
            out.append((first, i))
        i += 1
    return out


def _breaks_off(scene: Scene, sentence: Sentence, last: int) -> bool:
    behind = scene.text[scene.tokens[last].end : sentence.end].lstrip()
    return not behind or behind.startswith(_BREAKS)


def _before(scene: Scene, sentence: Sentence, opening: int, focus: Focus) -> tuple[Source, ...]:
    """`김성 “…”`, `김성, “…”`, `김성은 “…”`: the name right before the marks."""
    if opening - 1 > sentence.first and scene.tokens[opening - 1].tag in ("JX", "JKS"):
        return sources_at(scene, opening - 1, sentence.first, focus)
    name = opening - (opening > sentence.first and scene.tokens[opening - 1].tag == "SP" and scene.tokens[opening - 1].form == ",")
    return sources_at(scene, name, sentence.first, focus) if name > sentence.first else ()


def _behind(scene: Scene, sentence: Sentence, last: int, focus: Focus) -> tuple[Source, ...]:
    """`“…”…김여정 담화`: the name right behind the break, if a paper, a verbal noun of saying or nothing follows it."""
    tokens, stop = scene.tokens, sentence.last
    claimed = _claimed(scene, sentence, last, focus)
    if claimed:
        return claimed
    if last + 2 >= stop or not scene.text[tokens[last].end :].lstrip().startswith(_BREAKS):
        return ()
    end = stop
    if tokens[stop - 1].form in scene.words.papers or tokens[stop - 1].form + "하" in scene.words.verbs:
        end = stop - 1
    plain = all(t.tag[0] in "NXS" and t.tag not in ("SF", "SE", "SP") for t in tokens[last + 2 : end])
    return sources_at(scene, end, last + 2, focus) if plain and end > last + 2 else ()


def _claimed(scene: Scene, sentence: Sentence, last: int, focus: Focus) -> tuple[Source, ...]:
    """`“…” 北 주장에`: the name between the marks and a noun of saying."""
    tokens, stop, k = scene.tokens, sentence.last, last + 1
    while k < stop and tokens[k].tag[0] in "NX" and not scene.quoted[k] and tokens[k].form not in scene.words.claimed:
        k += 1
    ends = k + 1 >= stop or tokens[k + 1].tag in ("JKB", "SP", "SE", "JX")
    return sources_at(scene, k, last + 1, focus) if last + 1 < k < stop and tokens[k].form in scene.words.claimed and ends else ()


def _verbal(scene: Scene, sentence: Sentence, focus: Focus) -> Report | None:
    tokens, last = scene.tokens, sentence.last - 1
    cls = scene.words.verbs.get(tokens[last].form + "하", "") if tokens[last].tag == "NNG" else ""
    comma = next((k for k in range(sentence.first + 1, last) if tokens[k].tag == "SP" and tokens[k].form == ","), -1)
    if cls not in ("deny", "report") or comma < 0 or comma + 1 >= last:
        return None
    own = sources_at(scene, comma, sentence.first, focus)
    if not own:
        return None
    kind = AttributionKind.denied if cls == "deny" else AttributionKind.reported
    start, end = tokens[comma + 1].start, tokens[last].start
    return Report(start=start, end=end, first=last, last=last, own=own, kind=kind, rule="headline")
