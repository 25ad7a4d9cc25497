"""Quotations: words in marks that somebody said, with the speaker and the chain through which they came."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from sacho.annotate.attributions import build_scene
from sacho.annotate.marks import Marked, find_marked
from sacho.annotate.speakers import Focus, Scene, is_outlet, sources_at
from sacho.annotate.subjects import marks_subject
from sacho.records import (
    Attribution,
    AttributionKind,
    BlockKind,
    Document,
    Gloss,
    Mention,
    Quote,
    Sentence,
    Source,
    Token,
)

_LONG = 15  # letters: a shorter one glued to a verb is emphasis
_PHRASE = 8  # letters: a shorter one without a verb is emphasis, even as `"사실무근"이라고`


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    attributions: Sequence[Attribution], glosses: Sequence[Gloss], *, document: Document,
) -> tuple[Quote, ...]:  # fmt: skip
    """Quotations in text order. `text` is the spelling view of the same length as the document's text.

    Emphasised words (`'공동행동 강화'`), titles in 《》 and headlines are none. An account of talks that names no
    speaker (`담화에서는 "…"고 알렸다`) is in the words of the agency that tells of it; with a person as the topic
    (`김 위원장은 … "…"고 통신은 전했다`) the person speaks, by way of the agency.
    """
    marked = [m for m in find_marked(text) if m.mark in "\"《'「『" and m.end - m.start > 1]
    if not marked:
        return ()
    scene = build_scene(text, tokens, mentions)
    out: list[Quote] = []
    closed = 0
    at = 0
    for mark in marked:
        while at < len(sentences) and sentences[at].end <= mark.start:
            at += 1
        if at == len(sentences) or mark.start < sentences[at].start or mark.start < closed:
            continue
        sentence = sentences[at]
        if document.blocks[sentence.block].kind is BlockKind.headline or not _speech(scene, sentence, mark):
            continue
        speaker, via = _voice(scene, sentence, mark, attributions)
        if not speaker:
            continue
        closed = mark.end
        out.append(_quote(document, text, mark, speaker, via, glosses))
    return tuple(out)


def _quote(
    document: Document, text: str, mark: Marked, speaker: str, via: tuple[str, ...], glosses: Sequence[Gloss]
) -> Quote:
    key = blake2b(f"{document.id} {mark.start} {mark.end}".encode(), digest_size=8).hexdigest()
    return Quote(
        id=f"q{key}", document=document.id, speaker=speaker, start=mark.start, end=mark.end,
        quote=document.text[mark.start : mark.end], normalized=text[mark.start : mark.end], via=via,
        glosses=tuple(g for g in glosses if mark.start <= g.start and g.end <= mark.end),
    )  # fmt: skip


def _bounds(scene: Scene, sentence: Sentence, mark: Marked) -> tuple[int, int]:
    """Token of the opening mark, and the first token behind the closing one."""
    tokens = scene.tokens
    first = next((i for i in range(sentence.first, sentence.last) if tokens[i].start >= mark.start - 1), sentence.last)
    last = next((i for i in range(first, sentence.last) if tokens[i].start > mark.end), sentence.last)
    return first, last


def _speech(scene: Scene, sentence: Sentence, mark: Marked) -> bool:
    """Whether the marks hold speech: a quotation particle behind, or a long predicate joined to a verb."""
    tokens, words = scene.tokens, scene.words
    first, last = _bounds(scene, sentence, mark)
    long = mark.end - mark.start >= _LONG
    says = any(t.tag in ("EF", "EC", "XSV") or t.tag[:2] in ("VV", "VA", "VC") for t in tokens[first:last])
    strong = mark.mark in '"『「'
    if last >= sentence.last:
        return strong and says and long
    j = last + 1 if tokens[last].tag == "VCP" and last + 1 < sentence.last else last
    behind, tag = tokens[j].form, tokens[j].tag
    if tag == "JKQ" or (tag in ("EC", "EF") and (behind in words.after_mark or behind in words.plain)):
        return says and long if mark.mark == "'" else says or mark.end - mark.start >= _PHRASE
    if mark.mark == "'" or not long:
        return False
    joined = tokens[last].start == mark.end + 1
    if joined and (tag in ("XSV", "XSA") or (tag == "VV" and behind in ("하", "되"))):
        return True
    if tag == "ETM" and behind in words.adnominal:
        return True
    return strong and says and mark.end - mark.start >= 2 * _LONG


def _voice(
    scene: Scene, sentence: Sentence, mark: Marked, attributions: Sequence[Attribution]
) -> tuple[str, tuple[str, ...]]:
    """Speaker and chain: of the narrowest attribution around the quotation, moved on to the person who is its
    topic."""
    around = [
        a for a in attributions
        if a.start <= mark.start and mark.end <= a.end + 2 and a.kind is not AttributionKind.unreported
    ]  # fmt: skip
    if not around:
        around = [a for a in attributions if sentence.start <= a.cue_start < sentence.end]
        around = [max(around, key=lambda a: a.end - a.start)] if around else []
    if not around:
        return "", ()
    chain = min(around, key=lambda a: a.end - a.start).sources
    named = [s.name for s in chain]
    person = _topic(scene, sentence, mark, around[0].start) if chain[-1].entity not in scene.people else None
    if person is not None and person.name not in named:
        named.append(person.name)
    return named[-1], tuple(named[:-1])


def _topic(scene: Scene, sentence: Sentence, mark: Marked, start: int) -> Source | None:
    """The phrase inside the content, before the quotation, that names who speaks: its topic, or its subject if no
    other verb stands between (`공보실이 "…"고`)."""
    found = None
    verbs = False
    for k in range(sentence.first, sentence.last):
        token = scene.tokens[k]
        if token.start >= mark.start:
            break
        acts = token.tag in ("XSV", "XSA") or (token.tag in ("VV", "VA") and token.form not in scene.words.bridges)
        verbs = verbs or acts
        if token.start >= start and marks_subject(scene, k):
            sources = sources_at(scene, k, sentence.first, Focus())
            if sources and not is_outlet(sources[0], scene) and not sources[0].entity.startswith("anon:"):
                found = (sources[0], token.tag == "JX")
                verbs = False
    return found[0] if found and (found[1] or not verbs) else None
