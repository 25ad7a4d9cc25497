"""The store: documents, events with their words, judgements, happenings, full text. See docs/store.md."""

from sacho.store.connect import Store, StoreError, create_store, open_store
from sacho.store.facets import Facets, count_facets
from sacho.store.judging import judge, undo
from sacho.store.overview import Overview, overview
from sacho.store.query import count_events, find_document, find_event, list_events, read_documents, read_event
from sacho.store.reading import Reading, reading_of
from sacho.store.search import search
from sacho.store.selection import Selection, SelectionError
from sacho.store.write import Added, add, resolve_all

__all__ = [
    "Added", "Facets", "Overview", "Reading", "Selection", "SelectionError", "Store", "StoreError", "add", "count_events", "count_facets",
    "create_store", "find_document", "find_event", "judge", "list_events",
    "open_store", "overview", "read_documents", "read_event", "reading_of", "resolve_all", "search",
    "undo",
]  # fmt: skip
