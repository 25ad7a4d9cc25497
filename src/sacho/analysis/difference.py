"""Two texts side by side: what stayed, what was dropped, what is new. For two communiqués and for two versions of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from sacho.analysis.wording import Formula, Use, load_formulas, uses
from sacho.annotate.spelling import load_spellings, spelling_view
from sacho.records import Record, Report, Span

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]['\"”’》)]*(?=\s|$)|(?=\n)|$)")
_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"[^0-9A-Za-z가-힣一-鿿]+")
_ALIKE = 0.35  # share of common letter pairs from which two sentences are versions of one


class Row(Record):
    """Two sentences of one place, or one of them alone. `relation` is `same`, `changed`, `dropped` or `new`; `dropped` are
    spans of the older text, `new` spans of the newer one, both in words."""

    relation: str
    old: str = ""
    new: str = ""
    old_span: Span | None = None
    new_span: Span | None = None
    dropped: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    dropped_words: tuple[str, ...] = ()
    added_words: tuple[str, ...] = ()


class Difference(Record):
    """`formulas_dropped` and `formulas_new` are watched formulas that only the older or only the newer text uses;
    `formulas_kept` those of both. `likeness` is the share of words that both have, 0 to 1."""

    old: str
    new: str
    likeness: float
    rows: tuple[Row, ...]
    formulas_dropped: tuple[Use, ...] = ()
    formulas_new: tuple[Use, ...] = ()
    formulas_kept: tuple[str, ...] = ()


def difference(old: Report, new: Report, formulas: Sequence[Formula] = ()) -> Difference:
    """What two reports (statements, communiqués) have and have not in common, sentence by sentence in the order of the
    newer one. Blanks, punctuation and the two spellings make no difference."""
    rows = text_difference(old.text, new.text)
    watched = tuple(formulas) or load_formulas()
    before, after = uses([old], watched), uses([new], watched)
    had, has = {u.formula for u in before}, {u.formula for u in after}
    return Difference(
        old=old.document, new=new.document, likeness=_likeness(old.text, new.text), rows=rows,
        formulas_dropped=_once(u for u in before if u.formula not in has),
        formulas_new=_once(u for u in after if u.formula not in had), formulas_kept=tuple(sorted(had & has)),
    )  # fmt: skip


def text_difference(old: str, new: str) -> tuple[Row, ...]:
    """The rows of two texts. Sentences are paired in order (Needleman and Wunsch 1970) by the letters they share."""
    ours, theirs = _sentences(old), _sentences(new)
    out = []
    for i, k in _paired([_letters(old, s) for s in ours], [_letters(new, s) for s in theirs]):
        if i is None and k is not None:
            out.append(_alone("new", new, theirs[k]))
        elif k is None and i is not None:
            out.append(_alone("dropped", old, ours[i]))
        elif i is not None and k is not None:
            out.append(_row(old, ours[i], new, theirs[k]))
    return tuple(out)


def _once(found: Iterable[Use]) -> tuple[Use, ...]:
    seen: dict[str, Use] = {}
    for use in found:
        seen.setdefault(use.formula, use)
    return tuple(seen.values())


def _sentences(text: str) -> list[Span]:
    out = []
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        if end > start:
            out.append(Span(start=start, end=end))
    return out


def _rok(text: str) -> str:
    return spelling_view(text, load_spellings(), dprk=True).text


def _letters(text: str, span: Span) -> str:
    return _MARKS.sub("", _rok(text[span.start : span.end]))


def _pairs_of(letters: str) -> set[str]:
    return {letters[i : i + 2] for i in range(len(letters) - 1)} or {letters}


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int | None, int | None]]:
    bags, others = [_pairs_of(x) for x in ours], [_pairs_of(x) for x in theirs]
    best = [[0.0] * (len(others) + 1) for _ in range(len(bags) + 1)]
    score = [[len(a & b) / max(1, min(len(a), len(b))) for b in others] for a in bags]
    for i in range(len(bags) - 1, -1, -1):
        for k in range(len(others) - 1, -1, -1):
            best[i][k] = max(best[i + 1][k], best[i][k + 1])
            if score[i][k] >= _ALIKE:
                best[i][k] = max(best[i][k], best[i + 1][k + 1] + score[i][k])
    out: list[tuple[int | None, int | None]] = []
    i = k = 0
    while i < len(bags) or k < len(others):
        both = i < len(bags) and k < len(others)
        if both and score[i][k] >= _ALIKE and best[i][k] == best[i + 1][k + 1] + score[i][k]:
            out.append((i, k))
            i, k = i + 1, k + 1
        elif k == len(others) or (both and best[i][k] == best[i + 1][k]):
            out.append((i, None))
            i += 1
        else:
            out.append((None, k))
            k += 1
    return out


def _alone(relation: str, text: str, span: Span) -> Row:
    words = text[span.start : span.end]
    if relation == "new":
        return Row(relation=relation, new=words, new_span=span, added=(span,), added_words=(words,))
    return Row(relation=relation, old=words, old_span=span, dropped=(span,), dropped_words=(words,))


def _row(old: str, a: Span, new: str, b: Span) -> Row:
    ours, theirs = _words(old, a), _words(new, b)
    plain, other = [_letters(old, s) for s in ours], [_letters(new, s) for s in theirs]
    dropped: list[Span] = []
    added: list[Span] = []
    for tag, i1, i2, k1, k2 in SequenceMatcher(None, plain, other, autojunk=False).get_opcodes():
        if tag != "equal" and "".join(plain[i1:i2]) != "".join(other[k1:k2]):  # else only blanks differ
            dropped += [Span(start=ours[i1].start, end=ours[i2 - 1].end)] if i2 > i1 else []
            added += [Span(start=theirs[k1].start, end=theirs[k2 - 1].end)] if k2 > k1 else []
    return Row(
        relation="changed" if dropped or added else "same", old=old[a.start : a.end], new=new[b.start : b.end], old_span=a,
        new_span=b, dropped=tuple(dropped), added=tuple(added), dropped_words=tuple(old[s.start : s.end] for s in dropped),
        added_words=tuple(new[s.start : s.end] for s in added),
    )  # fmt: skip


def _words(text: str, span: Span) -> list[Span]:
    return [Span(start=m.start(), end=m.end()) for m in _WORD.finditer(text, span.start, span.end)]


def _likeness(old: str, new: str) -> float:
    ours, theirs = (set(map(lambda w: _MARKS.sub("", w), _rok(t).split())) for t in (old, new))
    return round(len(ours & theirs) / max(1, len(ours | theirs)), 3)
