"""Finding reports by their words, in either spelling, and marking the words as they are written.

What is typed never reaches the engine: it is cut into words of letters and digits, each word becomes the forms under which the index
may know it (ROK spelling, the other side's word for it, the entity it names, its morphemes), and only these, quoted, are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, text

from sacho.annotate.spelling import spelling_view
from sacho.records import Record, Span
from sacho.store.connect import Store
from sacho.store.tables import document, event, morphemes
from sacho.store.words import Morphemes, Vocabulary, content, load_vocabulary, plain, unpacked

_TYPED = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_MOST_TERMS = 32
_CONTEXT = 60  # letters on either side of the first mark
_KEPT = 64  # searches whose matches are kept
_RANKED = 2000  # up to this many reports are put in order of fit, more by day

Alternative = tuple[str, ...]  # words that stand one after the other


class Term(Record):
    """One word or phrase that was typed, and what may stand for it in a report; `wanted` false: must not stand there."""

    typed: str
    alternatives: tuple[Alternative, ...]
    wanted: bool = True


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
        ordered = _ordered(store, connection, terms, numbers, exact=exact, ranked=ranked)
        page = ordered[offset : offset + limit]
        hits = tuple(_hit(connection, number, terms, exact=exact) for number in page)
    return Found(terms=terms, total=len(numbers), ranked=ranked, hits=hits)


def matching(store: Store, connection: Connection, query: str, *, exact: bool = False) -> tuple[int, ...]:
    """Numbers of the reports that a query finds, ascending; of no words: none."""
    kept = store.cached.setdefault("matching", {})
    assert isinstance(kept, dict)
    key = (query, exact, store.change(connection))
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = _matching(connection, parse(store, connection, query, exact=exact), exact=exact)
    found: tuple[int, ...] = kept[key]
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
        return [(whole,)] if len(words) == 1 and _holds(connection, whole, exact=True) else [_analysed(typed, exact=True) or tuple(words)]
    out: list[Alternative] = []
    for form in _forms(typed, vocabulary):
        pieces = [p for p in (plain(piece) for piece in re.split(r"[^\w]+", form)) if p]
        whole = "".join(pieces)
        out += [(mark,) for mark in vocabulary.entities.get(whole, ())]
        if len(pieces) == 1 and _holds(connection, whole, exact=False):
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


# ---------------------------------------------------------------- what is asked


def _holds(connection: Connection, word: str, *, exact: bool) -> bool:
    """Whether the index knows a word."""
    return bool(_numbers(connection, [Term(typed=word, alternatives=((word,),))], exact=exact, limit=1))


def _matching(connection: Connection, terms: Sequence[Term], *, exact: bool) -> tuple[int, ...]:
    if not any(t.wanted for t in terms):
        return ()
    return tuple(_numbers(connection, terms, exact=exact))


def _numbers(connection: Connection, terms: Sequence[Term], *, exact: bool, limit: int = -1) -> list[int]:
    if connection.dialect.name == "sqlite":
        query = text("SELECT rowid FROM search WHERE search MATCH :asked ORDER BY rowid LIMIT :most")
        return list(connection.execute(query, {"asked": _fts5(terms, exact=exact), "most": limit}).scalars())
    where, values = _tsquery(terms, exact=exact)
    query = text(f"SELECT document FROM search WHERE {where} ORDER BY document" + (" LIMIT 1" if limit > 0 else ""))
    return list(connection.execute(query, values).scalars())


def _fts5(terms: Sequence[Term], *, exact: bool) -> str:
    column = "wording" if exact else "reading"
    either = {True: f"{{{column} {column}_parts}}", False: f"{{{column}}}"}

    def one(term: Term) -> str:
        return "(" + " OR ".join(f'{either[len(a) == 1]} : "{" ".join(_safe(a))}"' for a in term.alternatives) + ")"

    asked = " AND ".join(one(t) for t in terms if t.wanted)
    without = " OR ".join(one(t) for t in terms if not t.wanted)
    return f"({asked}) NOT ({without})" if without else asked


def _tsquery(terms: Sequence[Term], *, exact: bool) -> tuple[str, dict[str, str]]:
    """A condition with its bound values; only the names of columns and parameters stand in it."""
    column = "wording" if exact else "reading"
    values: dict[str, str] = {}
    parts: list[str] = []
    for term in terms:
        either = []
        for a in term.alternatives:
            name = f"q{len(values)}"
            values[name] = " <-> ".join(f"'{word}'" for word in _safe(a))
            either += [f"{c} @@ CAST(:{name} AS tsquery)" for c in ((column, f"{column}_parts") if len(a) == 1 else (column,))]
        parts.append(("" if term.wanted else "NOT ") + "(" + " OR ".join(either) + ")")
    return " AND ".join(parts), values


def _safe(words: Alternative) -> list[str]:
    return [plain(word) for word in words]


def _ordered(
    store: Store, connection: Connection, terms: Sequence[Term], numbers: Sequence[int], *, exact: bool, ranked: bool
) -> Sequence[int]:
    if ranked:
        query = text("SELECT rowid FROM search WHERE search MATCH :asked ORDER BY bm25(search), rowid DESC")
        return list(connection.execute(query, {"asked": _fts5(terms, exact=exact)}).scalars())
    if not numbers:
        return []
    wanted = set(numbers)
    newest = connection.execute(select(document.c.number).order_by(document.c.published.desc(), document.c.number.desc())).scalars()
    return [n for n in newest if n in wanted]


def _hit(connection: Connection, number: int, terms: Sequence[Term], *, exact: bool) -> Hit:
    row = connection.execute(select(document).where(document.c.number == number)).mappings().one()
    kept = connection.execute(select(morphemes.c.tokenizer, morphemes.c.record).where(morphemes.c.document == number)).one()
    marks = marks_of(unpacked(*kept), terms, row["text"], exact=exact)
    first = marks[0].start if marks else 0
    start, end = max(0, first - _CONTEXT), min(len(row["text"]), first + 2 * _CONTEXT)
    told = connection.execute(select(event.c.number).where(event.c.document == number, event.c.standing == "current")).scalars().all()
    return Hit(
        number=number, document=row["id"], title=row["title"], outlet=row["outlet"], published=row["published"], events=len(told),
        snippet=row["text"][start:end], snippet_start=start, marks=marks,
    )  # fmt: skip
