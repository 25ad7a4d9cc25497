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
_PHRASE = 8  # letters: a shorter one without a verb is emphasis, unless somebody is said to say it
_NEARLY = 0.9
_PART = 12  # letters of a phrase that is part of what somebody is said to say
_AGAIN = 0.5  # share of a headline's words which the body has too
_FLOORS = ("label", "floor", "floor-back", "answer", "headline")  # rules by which somebody has the floor


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Sequence[Token], mentions: Sequence[Mention],
    attributions: Sequence[Attribution], glosses: Sequence[Gloss], *, document: Document, scene: Scene | None = None,
) -> tuple[Quote, ...]:  # fmt: skip
    """Quotations in text order. `text` is the spelling view of the same length as the document's text; `scene` is that of
    `find_attributions`, made anew if it is not given.

    Emphasised words (`'공동행동 강화'`), titles in 《》 and headlines are none. An account of talks that names no
    speaker (`담화에서는 "…"고 알렸다`) is in the words of the agency that tells of it; with a person as the topic
    (`김 위원장은 … "…"고 통신은 전했다`) the person speaks, by way of the agency.
    """
    marked = [m for m in find_marked(text) if m.mark in "\"《'「『" and m.end - m.start > 1]
    if not marked:
        return ()
    scene = scene or build_scene(text, tokens, mentions)
    out: list[Quote] = []
    head = _head_end(text, document)
    closed = 0
    at = 0
    for mark in marked:
        while at < len(sentences) and sentences[at].end <= mark.start:
            at += 1
        if at == len(sentences) or mark.start < sentences[at].start:
            continue
        sentence = sentences[at]
        around = _around(sentence, mark, attributions, nested=mark.start < closed)
        title = document.blocks[sentence.block].kind is BlockKind.headline
        if title and around is None:
            continue
        if around is not None and around.rule == "headline" and _heard_again(text, mark, around, attributions, head):
            continue
        if not _speech(scene, sentence, mark, around) or (around is None and mark.start < closed):
            continue
        speaker, via = _voice(scene, sentence, mark, attributions, around)
        if not speaker or speaker.endswith(tuple(scene.words.reporters)):
            continue
        closed = max(closed, mark.end)
        out.append(_quote(document, text, mark, speaker, via, glosses))
    return tuple(out)


def _around(
    sentence: Sentence, mark: Marked, attributions: Sequence[Attribution], *, nested: bool
) -> Attribution | None:
    """The narrowest attribution around the words; of words within other words one that is narrower than these."""
    found = [
        a for a in attributions
        if a.start <= mark.start and (mark.end <= a.end + 2 or (mark.end > sentence.end and a.end >= sentence.end - 2))
        and a.kind is not AttributionKind.unreported and (not nested or a.rule == "inner")
    ]  # fmt: skip
    return min(found, key=lambda a: a.end - a.start, default=None)


def _head_end(text: str, document: Document) -> int:
    """Letter where the report proper begins: its first block that ends with a full sentence."""
    return next(
        (b.start for b in document.blocks if b.kind is BlockKind.body and text[b.start : b.end].rstrip().endswith((".", ".”", '."'))),
        len(text),
    )


def _heard_again(
    text: str, mark: Marked, around: Attribution, attributions: Sequence[Attribution], head: int
) -> bool:
    """Whether the rest of the text has the words of a headline again, or their speaker's. A line amid the report
    (`15:59 트럼프 "…"`) is only then a repetition if nearly all its words are."""
    words = [w[:2] for w in text[mark.start : mark.end].split() if len(w) > 1]
    rest = f"{text[: mark.start]} {text[mark.end :]}"
    share = sum(w in rest for w in words) / max(1, len(words))
    if mark.start >= head:
        return share > _NEARLY
    name = around.sources[-1].name
    return share > _AGAIN or any(a.start >= head and a.sources[-1].name == name for a in attributions)


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


def _speech(scene: Scene, sentence: Sentence, mark: Marked, around: Attribution | None) -> bool:
    """Whether the marks hold speech: somebody has the floor, a quotation particle stands behind, or a long predicate is
    joined to a verb."""
    tokens, words = scene.tokens, scene.words
    first, last = _bounds(scene, sentence, mark)
    length = mark.end - mark.start
    long = length >= _LONG
    says = any([t.tag in ("EF", "EC", "XSV") or t.tag[:2] in ("VV", "VA", "VC") for t in tokens[first:last]])
    strong = mark.mark in '"『「'
    if around is not None and around.rule in _FLOORS:
        words_in = _words(scene, mark)
        ends = mark.outer_end >= sentence.end or scene.text[mark.outer_end : mark.outer_end + 1] in "…,·"
        return strong and mark.start - around.start <= 2 and (around.rule != "headline" or says or words_in > 1 or ends)
    if last >= sentence.last:
        return strong and says and long
    j = last + 1 if tokens[last].tag == "VCP" and last + 1 < sentence.last else last
    behind, tag = tokens[j].form, tokens[j].tag
    if tag == "JKQ" or (tag in ("EC", "EF") and (behind in words.after_mark or behind in words.plain)):
        told = around is not None and not _names(scene, around)
        if mark.mark == "'":
            return says and (long or (told and length >= _PHRASE))
        return says or told or length >= _PHRASE
    adnominal = tag == "ETM" and behind in words.adnominal
    whole = strong and any([t.tag == "EF" for t in tokens[first:last]])  # `"대화는 없다"는 말을 반복했다`
    if adnominal and says and (whole or length >= _PHRASE) and around is not None and around.rule in ("held", "noun"):
        return True
    if mark.mark == "'" or not (long or length >= _PART):
        return False
    joined = long and tokens[last].start == mark.end + 1
    if joined and (tag in ("XSV", "XSA") or (tag == "VV" and behind in ("하", "되"))):
        return True
    if adnominal and long:
        return True
    return strong and says and length >= (_PART if around is not None else 2 * _LONG)


def _words(scene: Scene, mark: Marked) -> int:
    return len(scene.text[mark.start : mark.end].split())


def _names(scene: Scene, attribution: Attribution) -> bool:
    """Whether the verb only gives a name: `"…"라고 부른다`."""
    cue = scene.text[attribution.cue_start : attribution.cue_end]
    return cue.startswith(tuple(scene.words.naming)) or cue.startswith(("불리", "불렀", "부른", "불러", "일컬"))


def _voice(
    scene: Scene, sentence: Sentence, mark: Marked, attributions: Sequence[Attribution], around: Attribution | None
) -> tuple[str, tuple[str, ...]]:
    """Speaker and chain: of the narrowest attribution around the quotation, moved on to the person who is its
    topic if that is an outlet's."""
    alone = mark.start - sentence.start <= 1 and sentence.end - mark.end <= 2
    told = any([t.tag == "JKQ" and t.start == mark.end + 1 for t in scene.tokens[sentence.first : sentence.last]])
    if around is None and not alone and not told:
        beside = [a for a in attributions if sentence.start <= a.cue_start < sentence.end]
        around = max(beside, key=lambda a: a.end - a.start, default=None)
    if around is None:
        return "", ()
    chain = around.sources
    named = [s.name for s in chain]
    outlet = is_outlet(chain[-1], scene) and around.rule not in _FLOORS
    start = min((a.start for a in attributions if a.start <= mark.start and mark.end <= a.end + 2), default=around.start)
    person = _topic(scene, sentence, mark, start) if outlet else None
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
