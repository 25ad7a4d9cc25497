"""The Python interface: code a text, look at its events, hand them to a data frame or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, overload

from sacho.coding import Coding
from sacho.coding import code as _code
from sacho.export import Exported, write
from sacho.export.arrow import to_arrow
from sacho.export.citation import bibtex, footnote
from sacho.export.highlight import marked
from sacho.export.page import in_place
from sacho.export.target import written
from sacho.records import AnnotatedDocument, Document, Event, Quote

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_SHOWN = 50  # events of a notebook's table


class Events(Sequence[Event]):
    """Events in their order, with the reports they came from as far as those are at hand. It never changes; `where` and slices
    make another.

    >>> events = code("라브로프 러시아 외무장관이 19일 평양에 도착했다.", published="2023-10-20").events
    >>> [(e.kind, e.date, e.actor[0].name_en, e.place.name) for e in events]
    [('arrive', '2023-10-19', 'Sergey Lavrov', '평양')]
    >>> events.to_arrow().num_rows
    1
    """

    def __init__(self, events: Iterable[Event], *, documents: Mapping[str, Document] | None = None) -> None:
        self._events = tuple(events)
        self._documents: Mapping[str, Document] = dict(documents or {})

    @property
    def documents(self) -> Mapping[str, Document]:
        """The reports, by id."""
        return self._documents

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Events: ...
    def __getitem__(self, index: int | slice) -> Event | Events:
        if isinstance(index, slice):
            return Events(self._events[index], documents=self._documents)
        return self._events[index]

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Events) and self._events == other._events

    def __hash__(self) -> int:
        return hash(self._events)

    def __repr__(self) -> str:
        return f"<{len(self)} event{'' if len(self) == 1 else 's'}>"

    def where(self, wanted: Callable[[Event], bool]) -> Events:
        """The events for which `wanted` is true."""
        return Events(filter(wanted, self._events), documents=self._documents)

    def of_kind(self, *kinds: str) -> Events:
        """The events of these kinds (codebook, section 2)."""
        return self.where(lambda e: e.kind in kinds)

    def with_party(self, *ids: str) -> Events:
        """The events in which every one of these takes part: ids of people, bodies or countries (`kim-jong-un`), or country codes of
        participants (`PRK`)."""
        return self.where(lambda e: all(_takes_part(e, name) for name in ids))

    def to_arrow(self) -> pa.Table:
        """A pyarrow table, one row an event, nested as the record is."""
        return to_arrow(self._events)

    def to_polars(self) -> pl.DataFrame:
        """A polars data frame with the columns of `to_arrow`. Raises `ImportError` that names the extra if polars is missing."""
        try:
            import polars
        except ImportError:
            raise ImportError("polars is not installed; install sacho[frames]") from None
        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """A pandas data frame with the columns of `to_arrow`. Raises `ImportError` that names the extra if pandas is missing."""
        try:
            import pandas  # noqa: F401 - pyarrow asks for it
        except ImportError:
            raise ImportError("pandas is not installed; install sacho[frames]") from None
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def save(self, path: str | Path, form: str, *, lang: str = "ko", exact: bool = False, title: str = "") -> Exported:
        """Write the events in a format of `sacho.export.FORMATS`; the file takes its name when it is whole. Raises `ValueError` for an
        unknown format, `OSError` if it cannot be written."""
        with written(Path(path)) as stream:
            return write(form, self._events, stream, documents=self._documents, lang=lang, exact=exact, title=title)

    def cite(self, event: Event, *, style: str = "footnote", lang: str = "ko") -> str:
        """A footnote, or with `style="bibtex"` a BibTeX entry."""
        document = self._documents.get(event.evidence[0].document) if event.evidence else None
        return (bibtex if style == "bibtex" else footnote)(event, document, lang=lang)

    def _repr_html_(self) -> str:
        rows = "".join(self._row(e) for e in self._events[:_SHOWN])
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        head = "".join(f"<th>{name}</th>" for name in ("date", "kind", "status", "event", "words"))
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"

    def _row(self, event: Event) -> str:
        words = "<br>".join(marked(in_place(event.id, e, self._documents)) for e in event.evidence if e.field == "kind")
        cells = (event.date, event.kind, event.status.value, event.gloss.ko)
        return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}<td>{words}</td></tr>"


class Coded:
    """A text that was coded: its events, its quotes, and every layer that was read."""

    def __init__(self, coding: Coding) -> None:
        self._coding = coding
        self._events = Events(coding.events, documents={coding.annotated.document.id: coding.annotated.document})

    @property
    def events(self) -> Events:
        return self._events

    @property
    def annotated(self) -> AnnotatedDocument:
        """Sentences, times, mentions, attributions, claims: what the stages read."""
        return self._coding.annotated

    @property
    def document(self) -> Document:
        return self._coding.annotated.document

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return self._coding.annotated.quotes

    @property
    def published(self) -> str:
        """The day of publication, given or inferred; empty if neither."""
        return self._coding.annotated.publication.value

    def __repr__(self) -> str:
        return f"<report of {self.published or 'an unknown day'}: {self._events!r}>"

    def _repr_html_(self) -> str:
        from sacho.export.highlight import paragraphs

        proofs = [(event.id, e) for event in self._events for e in event.evidence]
        report = "".join(f"<p>{marked(p.pieces)}</p>" for p in paragraphs(self.document, proofs))
        return report + self._events._repr_html_()


def code(text: str, *, published: str | None = None, outlet: str | None = None) -> Coded:
    """Code a text. `published` is the ISO day of the report; without it, it is inferred from the text. The first call loads the
    analyser (about five seconds). Raises `ValueError` for a text that is empty or too long.

    >>> code("날씨가 좋다.").events
    <0 events>
    """
    return Coded(_code(text, published=published, outlet=outlet))


def _takes_part(event: Event, name: str) -> bool:
    return any(name in (p.id, p.country) for p in (*event.actor, *event.recipient, *event.participants))
