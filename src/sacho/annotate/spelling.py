"""DPRK spelling read as ROK spelling: a view with an alignment map. Gated by a lexicon, never a blind rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sacho.annotate.dprk_wording import dprk_spans, holds
from sacho.annotate.glosses import find_glosses
from sacho.annotate.hanja_words import hanja_readings
from sacho.annotate.spelling_table import Form, SpellingTable, load_spellings
from sacho.records import Record, Rewrite, Span, SpellingView

__all__ = ["SpellingTable", "load_spellings", "reading", "spelling_view"]

_HANGUL = re.compile("[가-힣]+")
_MARKER_KINDS = {"spelling", "ending", "compound", "dueum-initial"}
_ADJECTIVE = re.compile("[가-힣]{2,}적")  # 쌍무적, 전략적: a noun begins after it
_COPULA = {"여": "어", "였": "었"}
_MARK = re.compile("[여였]")


class Change(Record):
    """`text[start:end]` reads `rok`; `aligned` is the reading of the same length, empty if there is none."""

    start: int
    end: int
    rok: str
    aligned: str
    rule: str


def spelling_view(text: str, table: SpellingTable, *, dprk: bool | None = None) -> SpellingView:
    """The text in ROK spelling, with the editors' glosses.

    `view.text` holds every rewrite, `view.aligned` those that keep the length, so that its offsets are those of
    the text. Forms that are also ROK words are rewritten only inside DPRK wording; `dprk` says whether the whole text
    is (None: told from the text, quotation by quotation). Names of Korean persons are never rewritten.
    """
    found = _found(text, table)
    markers = [start for start, form in found if form.scope == "free" and form.kind in _MARKER_KINDS]
    spans = dprk_spans(text, markers, dprk=dprk)
    changes = list(_chosen(text, found, spans, table))
    if spans:
        changes = _merged(changes, _verb_endings(text, spans, table))
    changes = _merged(changes, _hanja(text, table))
    return _view(text, changes, table)


def reading(view: SpellingView, start: int, end: int) -> str:
    """`text[start:end]` in ROK spelling: the words of the view that stand for it. A rewrite that the span cuts in
    two is taken whole (`쌍무적련계` cut after `쌍무적` reads `쌍무적 연계`)."""
    return view.text[_in_view(view, start, left=True) : _in_view(view, end, left=False)]


def _in_view(view: SpellingView, at: int, *, left: bool) -> int:
    """Where an offset of the text lies in the view; inside a rewrite, its left or right edge."""
    shift = 0
    for change in view.rewrites:
        if change.start < at < change.end:
            return change.view_start if left else change.view_end
        if at < change.end or at == change.start:
            break
        shift = change.view_end - change.end
    return at + shift


def _found(text: str, table: SpellingTable) -> list[tuple[int, Form]]:
    """Forms whose surroundings allow them, whatever the wording around; the longest first at each place."""
    hits = table.automaton.find_matches_as_indexes(text, overlapping=True)
    if not hits:
        return []
    hits.sort(key=lambda hit: (hit[1], -hit[2]))
    out: list[tuple[int, Form]] = []
    taken = 0
    for index, start, end in hits:
        form = table.forms[index]
        if start >= taken and _stands(text, start, end, taken, form, table):
            out.append((start, form))
            taken = end if form.scope != "dprk" else taken
    return out


def _stands(text: str, start: int, end: int, taken: int, form: Form, table: SpellingTable) -> bool:
    if form.after and not text.startswith(form.after, end):
        return False
    if form.never and text.startswith(form.never, end):
        return False
    if form.closed and not _is_closed(text, start, table):
        return False
    if form.inside:
        return True
    if start > 0 and text[start - 1].isalnum() and not _begins_inside(text, start, taken, form, table):
        return False
    if form.dprk[0] == "년" and _is_counted(text, start, table):
        return False
    like_a_name = len(form.dprk) == 2 and form.dprk[0] in table.words.surnames and form.kind != "place"
    return not (like_a_name and _is_name(text, end, table))


def _begins_inside(text: str, start: int, taken: int, form: Form, table: SpellingTable) -> bool:
    """Does a noun end where the form begins? 병진+로선 does, 협+력사+업 does not."""
    if not form.compound:
        return False
    run = start
    while run > taken and "가" <= text[run - 1] <= "힣":
        run -= 1
    before = text[run:start]
    if not before:
        return start == taken and start > 0
    if len(before) == 1:
        return before in table.words.prefixes and len(form.dprk) >= 3 and form.kind in {"place", "compound", "spelling"}
    return _ADJECTIVE.fullmatch(before) is not None or _is_nouns(before, table)


def _is_nouns(words: str, table: SpellingTable) -> bool:
    """Is it one noun of the list, or several?"""
    if len(words) > 16:
        return False
    reached = {0}
    for end in range(2, len(words) + 1):
        if any(start in reached and words[start:end] in table.nouns for start in range(max(0, end - 7), end - 1)):
            reached.add(end)
    return len(words) in reached


def _is_closed(text: str, start: int, table: SpellingTable) -> bool:
    """Does a closed syllable stand before, and no noun that ends in 이 of itself?"""
    if start == 0 or not "가" <= text[start - 1] <= "힣":
        return False
    closed = (ord(text[start - 1]) - 0xAC00) % 28 != 0
    return closed and not text.endswith(table.words.never_before_copula, max(0, start - 3), start)


def _is_counted(text: str, start: int, table: SpellingTable) -> bool:
    """수 년간, 1950 년대: a count of years, which both usages write alike."""
    before = text[max(0, start - 6) : start].rstrip()
    word = before.split()[-1] if before.split() else ""
    return word[-1:].isdigit() or word in table.words.numerals


def _is_name(text: str, end: int, table: SpellingTable) -> bool:
    """Does a form that begins like a surname go on like a person's name? 리용호, 림시현; 리성 동지."""
    match = _HANGUL.match(text, end)
    if match is None:
        following = text[end + 1 : end + 8] if text[end : end + 1] == " " else ""
        return following.startswith(table.words.titles)
    rest = match[0]
    if rest.startswith(table.words.tails):
        return len(rest) == 1 and text[match.end() + 1 : match.end() + 8].startswith(table.words.titles)
    return not any(rest[:length] in table.nouns for length in range(2, min(7, len(rest)) + 1))


def _chosen(text: str, found: Sequence[tuple[int, Form]], spans: Sequence[Span], table: SpellingTable) -> Iterator[Change]:
    """The forms that the wording allows, left to right, none over another."""
    at = 0
    for start, form in found:
        end = start + len(form.dprk)
        if start < at or (form.scope == "dprk" and not holds(spans, start)):
            continue
        at = end
        if form.scope == "keep":
            continue
        joined = _ADJECTIVE.fullmatch(text, _run_start(text, start), start) is not None
        rok = f" {form.rok}" if joined and form.kind != "ending" else form.rok
        yield Change(start=start, end=end, rok=rok, aligned=form.aligned, rule=form.kind)


def _run_start(text: str, start: int) -> int:
    while start > 0 and "가" <= text[start - 1] <= "힣":
        start -= 1
    return start


def _verb_endings(text: str, spans: Sequence[Span], table: SpellingTable) -> Iterator[Change]:
    """여/였 after the listed stems inside DPRK wording: 바치였다, 참석하시였다."""
    longest = table.longest_stem
    for span in spans:
        done = span.start
        for mark in _MARK.finditer(text, span.start, span.end):
            i = mark.start()
            match = table.stems.search(text, max(done, i - longest), min(span.end, i + longest + 3)) if i >= done else None
            if match is None or match.start() > i:
                continue
            at, done = match.start(match.lastgroup or 0), match.end()
            yield Change(start=at, end=at + 1, rok=_COPULA[text[at]], aligned=_COPULA[text[at]], rule="ending")


def _hanja(text: str, table: SpellingTable) -> Iterator[Change]:
    for start, end, read in hanja_readings(text, frozenset((*table.words.surname_of_person, *table.words.surnames))):
        yield Change(start=start, end=end, rok=read, aligned=read, rule="hanja")


def _merged(changes: Sequence[Change], more: Iterator[Change]) -> list[Change]:
    """Both lists in order; where two overlap, the first list's stays."""
    taken = {at for change in changes for at in range(change.start, change.end)}
    added: dict[int, Change] = {c.start: c for c in more if taken.isdisjoint(range(c.start, c.end))}
    if not added:
        return list(changes)
    return sorted([*changes, *added.values()], key=lambda change: change.start)


def _view(text: str, changes: Sequence[Change], table: SpellingTable) -> SpellingView:
    if not changes:
        return SpellingView(text=text, aligned=text, glosses=find_glosses(text, table))
    out: list[str] = []
    aligned: list[str] = []
    rewrites: list[Rewrite] = []
    at = shift = 0
    for change in changes:
        out += (text[at : change.start], change.rok)
        aligned += (text[at : change.start], change.aligned or text[change.start : change.end])
        begin = change.start + shift
        rewrites.append(
            Rewrite(
                start=change.start,
                end=change.end,
                view_start=begin,
                view_end=begin + len(change.rok),
                rule=change.rule,
            )
        )
        shift += len(change.rok) - (change.end - change.start)
        at = change.end
    out.append(text[at:])
    aligned.append(text[at:])
    return SpellingView(
        text="".join(out),
        aligned="".join(aligned),
        rewrites=tuple(rewrites),
        glosses=find_glosses(text, table),
    )
