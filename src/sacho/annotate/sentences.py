"""Sentences: the analyser's, mended so that none leaves its block or breaks a quotation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sacho.annotate.lines import BULLETS
from sacho.annotate.marks import inside
from sacho.annotate.reporting import Reporting, load_reporting, pattern
from sacho.records import Block, BlockKind, Sentence, Span, Token

_SILENT = (BlockKind.notice, BlockKind.credit)
_ENDS = ("SF", "EF", "SE")
_STOPS = ("SF", "SE")
_ITEM = tuple(BULLETS)
_CLOSERS = "”\"’')]》」』〉】"


def find_sentences(
    text: str, tokens: Sequence[Token], blocks: Sequence[Block], passed: Sequence[Span] = ()
) -> tuple[Sentence, ...]:
    """Sentences in text order; notices and credits have none. Those `passed` over unread have no tokens.

    A quotation of several sentences stays in one with the verb that reports it (`"없다. 아니다"라고 말했다`).
    The mark of an item (`ㅇ`), a byline at the head (`(서울=연합뉴스) 홍길동 기자 =`) and a bracketed credit at the end
    (`[사진-노동신문 갈무리]`) belong to no sentence.
    """
    words = load_reporting()
    quoted = inside(text, tokens)
    starts = [token.start for token in tokens]
    out: list[Sentence] = []
    at = 0
    for number in sorted(range(len(blocks)), key=lambda n: blocks[n].start):
        block = blocks[number]
        if block.kind in _SILENT:
            continue
        start, end = _trimmed(text, block, words)
        first = bisect_left(starts, start, at)
        at = bisect_left(starts, end, first)
        lines = block.kind is not BlockKind.body
        out += _split(text, tokens, quoted, first, at, number, end, lines=lines)
        for span in passed:
            if block.start <= span.start < block.end:
                k = bisect_left(starts, span.start)
                out.append(Sentence(start=span.start, end=span.end, block=number, first=k, last=k))
    return tuple(sorted(out, key=lambda s: s.start)) if passed else tuple(out)


def _trimmed(text: str, block: Block, words: Reporting) -> tuple[int, int]:
    """The block without byline and trailing credit; whole if nothing else would be left."""
    piece = text[block.start : block.end]
    start, end = 0, len(piece)
    if piece[:1] in _ITEM and piece[1:2] == " ":
        start = 2
    if "=" in piece or "발" in piece or piece.lstrip()[:1] in tuple("([【（"):
        lead = pattern(words.byline).match(piece) or pattern(words.dateline).match(piece)
        start = lead.end() if lead else start
    if piece[-3:].rstrip()[-1:] in tuple("])】〕>）〉"):
        tail = pattern(words.trailing).search(piece, start)
        end = tail.start() if tail else end
    return (block.start + start, block.start + end) if piece[start:end].strip() else (block.start, block.end)


def _split(
    text: str, tokens: Sequence[Token], quoted: bytearray, first: int, last: int, block: int, limit: int, *, lines: bool
) -> list[Sentence]:
    """`lines`: every line is a sentence of its own; else one that is wrapped by hand goes on in the next."""
    out = []
    begin = first
    number = tokens[first].sentence if first < last else 0
    end, closed = -1, False  # of the token before: where it ends, whether a sentence may end with it
    for i, token in enumerate(tokens[first:last], first):
        start = token.start
        if closed or token.sentence != number or (start > end and (start - end > 1 or text[end] == "\n")):
            if i > first and _breaks(text, tokens, quoted, i, lines=lines):
                out.append(_sentence(tokens, begin, i, block, limit))
                begin = i
            number = token.sentence
        end, closed = token.end, token.tag in _STOPS or text[start] in _CLOSERS
    if begin < last:
        out.append(_sentence(tokens, begin, last, block, limit))
    return out


def _sentence(tokens: Sequence[Token], first: int, last: int, block: int, limit: int) -> Sentence:
    end = min(max([t.end for t in tokens[max(first, last - 3) : last]]), limit)
    return Sentence(start=tokens[first].start, end=end, block=block, first=first, last=last)


def _breaks(text: str, tokens: Sequence[Token], quoted: bytearray, i: int, *, lines: bool) -> bool:
    """Whether a sentence starts at token `i`."""
    left, right = tokens[i - 1], tokens[i]
    line = right.start > left.end and "\n" in text[left.end : right.start]
    if left.sentence == right.sentence and not line and left.tag != "SF" and text[left.start] not in _CLOSERS:
        return False
    if lines and left.tag == "SE" and not quoted[i]:
        return True  # `김정은, 푸틴 접견…만찬도 함께`
    if quoted[i] and quoted[i - 1] and not _between_quotations(text, left, right):
        return False
    if (right.tag[0] in "JEX" and right.tag != "XR" and right.tag != "XPN") or right.tag in ("VCP", "SSC", "SF"):
        return False
    if line:
        return lines or left.tag in _ENDS or text[left.start] in _CLOSERS or "\n\n" in text[left.end : right.start]
    closed = i - 1
    while closed >= 0 and text[tokens[closed].start] in _CLOSERS:
        closed -= 1
    ended = closed >= 1 and tokens[closed].tag == "SF" and text[tokens[closed].start] != "…"
    if left.sentence != right.sentence:
        return ended or right.start > left.end  # `방미한다|고` is the analyser's slip
    return ended and tokens[closed - 1].tag in ("EF", "SSC") and not quoted[closed]


def _between_quotations(text: str, left: Token, right: Token) -> bool:
    """`"…했다." "그러나 …"`: one quotation closes, the next opens."""
    return text[left.start] in _CLOSERS and text[right.start] in "“\"《「『" and right.start >= left.end
