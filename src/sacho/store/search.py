"""Finding reports by their words, in either spelling, and marking the words as they are written.

What is typed never reaches the engine: it is cut into words of letters and digits, each word becomes the forms under which the index
may know it (ROK spelling, the other side's word for it, the entity it names, its morphemes), and only these, quoted, are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Connection, RowMapping, func, select

from sacho.annotate.spelling import spelling_view
from sacho.records import Record, Span
from sacho.store.connect import Store
from sacho.store.fulltext_query import Alternative, Numbers, Term, by_fit, is_there, numbers_of
from sacho.store.tables import document, event, morphemes
from sacho.store.words import Morphemes, Vocabulary, content, load_vocabulary, plain, unpacked

_TYPED = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MOST_TERMS = 32
_CONTEXT = 60  # letters on either side of the first mark
_KEPT = 64  # searches whose matches are kept
_LOOKED_AT = 2000  # of the newest reports, at first
_RANKED = 2000  # up to this many reports are put in order of fit, more by day


class Hit(Record):
    """A report with the words that were found: `marks` are spans of its text, `snippet` a stretch around the first."""

    number: int
    document: str
    title: str
    outlet: str | None
    published: str
    events: int
    snippet: str
    snippet_start: int
    marks: tuple[Span, ...]


class Found(Record):
    """A page of hits; `total` counts all. `ranked` tells whether they stand in order of fit or of day (newest first)."""

    terms: tuple[Term, ...]
    total: int
    ranked: bool
    hits: tuple[Hit, ...]


def search(store: Store, query: str, *, exact: bool = False, limit: int = 20, offset: int = 0) -> Found:
    """Reports that hold every word of the query: `역사` finds 력사적인, `노동당` 조선로동당, `러시아 외무장관` 로씨야 외무상.

    Words in `"…"` must follow each other, `-word` must be absent; `exact` finds words only as they were
    typed. All other signs mean nothing.
    """
    with store.read() as connection:
        terms = parse(store, connection, query, exact=exact)
        numbers = matching(store, connection, query, exact=exact)
        ranked = 0 < len(numbers) <= _RANKED and store.is_sqlite
        page = _page(connection, terms, numbers, exact=exact, ranked=ranked, offset=offset, limit=limit)
        hits = _hits(connection, page, terms, exact=exact)
    return Found(terms=terms, total=len(numbers), ranked=ranked, hits=hits)


def matching(store: Store, connection: Connection, query: str, *, exact: bool = False) -> Numbers:
    """Numbers of the reports that a query finds, ascending; of no words: none."""
    key = (query, exact, store.change(connection))
    with store.caching:
        kept = store.cached.setdefault("matching", {})
        assert isinstance(kept, dict)
        known: Numbers | None = kept.get(key)
    if known is not None:
        return known
    found = numbers_of(connection, parse(store, connection, query, exact=exact), exact=exact)
    with store.caching:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = found
    return found


def parse(store: Store, connection: Connection, query: str, *, exact: bool = False) -> tuple[Term, ...]:
    """The words and phrases of a query with what may stand for each."""
    vocabulary = load_vocabulary()
    out: list[Term] = []
    for match in list(_TYPED.finditer(query))[:_MOST_TERMS]:
        typed = match["phrase"] if match["phrase"] is not None else match["word"]
        alternatives = tuple(dict.fromkeys(_alternatives(connection, typed, vocabulary, exact=exact)))
        if alternatives:
            out.append(Term(typed=typed, alternatives=alternatives, wanted=not match["minus"]))
    return tuple(out)


def marks_of(found: Morphemes, terms: Iterable[Term], words: str, *, exact: bool = False) -> tuple[Span, ...]:
    """Where the words of the terms stand in a report, as spans of its text, none inside another."""
    forms = [plain(words[s:e]) for s, e in zip(found.starts, found.ends, strict=True)] if exact else list(found.forms)
    single = {a[0] for t in terms if t.wanted for a in t.alternatives if len(a) == 1}
    spans = {(s, e) for s, e, f in zip(found.starts, found.ends, forms, strict=True) if f in single}
    spans |= {(s, e) for s, e, f in found.parts if (plain(words[s:e]) if exact else f) in single}
    for phrase in (a for t in terms if t.wanted for a in t.alternatives if len(a) > 1):
        for i in range(len(forms) - len(phrase) + 1):
            if tuple(forms[i : i + len(phrase)]) == phrase:
                spans.add((found.starts[i], found.ends[i + len(phrase) - 1]))
    out: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1].end:
            out.append(Span(start=start, end=end))
    return tuple(out)


# ---------------------------------------------------------------- what was typed


def _alternatives(connection: Connection, typed: str, vocabulary: Vocabulary, *, exact: bool) -> list[Alternative]:
    words = [w for w in (plain(piece) for piece in re.split(r"[^\w]+", typed)) if w]
    if not words:
        return []
    if exact:
        whole = "".join(words)
        return [(whole,)] if len(words) == 1 and is_there(connection, whole, exact=True) else [_analysed(typed, exact=True) or tuple(words)]
    out: list[Alternative] = []
    for form in _forms(typed, vocabulary):
        pieces = [p for p in (plain(piece) for piece in re.split(r"[^\w]+", form)) if p]
        whole = "".join(pieces)
        out += [(mark,) for mark in vocabulary.entities.get(whole, ())]
        if len(pieces) == 1 and is_there(connection, whole, exact=False):
            out.append((whole,))
        elif len(pieces) > 1 or form == typed:
            out += [a for a in (_analysed(form, exact=False),) if a]
    return out or [tuple(words)]


def _forms(typed: str, vocabulary: Vocabulary) -> list[str]:
    """What was typed, in ROK spelling, and the other side's word for it."""
    forms = [typed, *(spelling_view(typed, vocabulary.spellings, dprk=dprk).text for dprk in (False, True))]
    forms += [other for form in list(forms) for other in vocabulary.synonyms.get(form, ())]
    return list(dict.fromkeys(forms))


def _analysed(words: str, *, exact: bool) -> Alternative:
    """The content morphemes of a phrase, from the analyser (loaded when it is first needed)."""
    from sacho.annotate.resources import load_resources

    aligned = spelling_view(words, load_vocabulary().spellings).aligned
    tokens = load_resources().analyser(aligned, [])
    return tuple(plain(words[s:e]) if exact else form for s, e, form in content(tokens, aligned))


# ---------------------------------------------------------------- what is shown


def _page(
    connection: Connection, terms: Sequence[Term], numbers: Numbers, *, exact: bool, ranked: bool, offset: int, limit: int
) -> list[int]:
    """Numbers of the reports of a page."""
    if ranked:
        return by_fit(connection, terms, exact=exact)[offset : offset + limit]
    query = select(document.c.number).order_by(document.c.published.desc(), document.c.number.desc())
    if len(numbers) <= _RANKED:
        page = query.where(document.c.number.in_(numbers.tolist())).offset(offset).limit(limit)
        return list(connection.execute(page).scalars())
    wanted = np.zeros(int(numbers.max()) + 1, np.bool_)
    wanted[numbers] = True
    for some in (_LOOKED_AT, _LOOKED_AT * 10, None):  # a word that many reports hold is in some of the newest
        newest = np.asarray(connection.execute(query.limit(some)).scalars().all(), np.int64)
        found = newest[newest < len(wanted)]
        found = found[wanted[found]]
        if len(found) >= offset + limit:
            break
    return [int(n) for n in found[offset : offset + limit]]


def _hits(connection: Connection, numbers: Sequence[int], terms: Sequence[Term], *, exact: bool) -> tuple[Hit, ...]:
    query = select(document, morphemes.c.tokenizer, morphemes.c.record).join(morphemes, morphemes.c.document == document.c.number)
    rows = {row["number"]: row for row in connection.execute(query.where(document.c.number.in_(numbers))).mappings()}
    told = select(event.c.document, func.count()).where(event.c.document.in_(numbers), event.c.standing == "current")
    events = {number: count for number, count in connection.execute(told.group_by(event.c.document))}
    return tuple(_hit(rows[n], events.get(n, 0), terms, exact=exact) for n in numbers)


def _hit(row: RowMapping, events: int, terms: Sequence[Term], *, exact: bool) -> Hit:
    marks = marks_of(unpacked(row["tokenizer"], row["record"]), terms, row["text"], exact=exact)
    first = marks[0].start if marks else 0
    start, end = max(0, first - _CONTEXT), min(len(row["text"]), first + 2 * _CONTEXT)
    return Hit(
        number=row["number"], document=row["id"], title=row["title"], outlet=row["outlet"], published=row["published"], events=events,
        snippet=row["text"][start:end], snippet_start=start, marks=marks,
    )  # fmt: skip
