"""Reports in headlines, where particles and verbs are dropped: `국정원 “북한군 재배치”`, `정부, 접촉설 부인`."""

from __future__ import annotations

from sacho.annotate.reports import Report
from sacho.annotate.speakers import Focus, Scene, sources_at
from sacho.records import AttributionKind, Sentence


def find_headline_report(scene: Scene, sentence: Sentence, focus: Focus) -> Report | None:
    """The one report of a headline: words in marks behind a name, or a verbal noun at the end whose subject stands
    before a comma."""
    return _quoted(scene, sentence, focus) or _verbal(scene, sentence, focus)


def _quoted(scene: Scene, sentence: Sentence, focus: Focus) -> Report | None:
    last = sentence.last - 1
    if not scene.quoted[last]:
        return None
    opening = last
    while opening > sentence.first and scene.quoted[opening - 1]:
        opening -= 1
    name = opening - (opening > sentence.first and scene.tokens[opening - 1].tag == "SP")
    own = sources_at(scene, name, sentence.first, focus) if name > sentence.first else ()
    if not own:
        return None
    start, end = scene.tokens[opening].start, scene.tokens[last].end
    return Report(start=start, end=end, first=name - 1, last=name - 1, own=own, rule="headline")


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
