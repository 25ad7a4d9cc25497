"""What a running reading room holds: its reports, its users, its words, and how a page becomes HTML."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TypeVar
from urllib.parse import unquote_plus

import jinja2
import msgspec
from sqlalchemy import Connection

from sacho.annotate.english import place_in_english, source_in_english, value_in_english
from sacho.annotate.resources import load_resources
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.naming import row_of
from sacho.lexicon.predicates import load_predicates
from sacho.records import EventGloss, Participant, Place
from sacho.store import Store, overview
from sacho.web.accounts import Accounts
from sacho.web.asking import name_in
from sacho.web.jobs import Jobs
from sacho.web.kept import Kept
from sacho.web.labels import Labels, load_labels
from sacho.web.queues import Queues
from sacho.web.showing import article, plain
from sacho.web.views import Views

_MOST_VIEWS, _MOST_PAGES = 150, 1500  # that are kept; a packed page has some ten thousand bytes
_LEVEL = 3  # of gzip
_T = TypeVar("_T")


class Room:
    """A store and who may read and judge it. `clock` gives seconds since 1970, `local` is the name of the person at this
    machine while there are no users."""

    def __init__(self, store: Store, accounts: Accounts, *, clock: Callable[[], float] = time.time, local: str = "local") -> None:
        self.store = store
        self.accounts = accounts
        self.clock = clock
        self.local = local
        self.jobs = Jobs()
        self.queues = Queues()
        self.views = Views(accounts, clock)
        self._views = Kept(_MOST_VIEWS)
        self._pages = Kept(_MOST_PAGES)
        self.labels: Labels = load_labels()

    def kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What a page worked out for this state of the store; made if it is not there."""
        return self._views.get(self._change(), key, make)

    def kept_in(self, connection: Connection, key: Hashable, make: Callable[[], _T]) -> _T:
        """The same for the state that a read transaction sees, from which `make` reads."""
        return self._views.get(self.store.change(connection), key, make)

    def packed(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """A page as it is sent, packed (gzip), for this state of the store; made if it is not there."""
        return self._pages.get(self._change(), key, lambda: gzip.compress(make(), _LEVEL, mtime=0))

    def _change(self) -> int:
        with self.store.read() as connection:
            return self.store.change(connection)

    def now(self) -> str:
        """The time as judgements and runs are stamped: ISO, UTC, to the microsecond."""
        return datetime.fromtimestamp(self.clock(), tz=UTC).isoformat(timespec="microseconds")

    def load(self) -> None:
        """Load what the first reader would wait for; the analyser, which only a search for new words and a paste need, on the side."""
        load_lexicon()
        load_predicates()
        overview(self.store, limit=1)
        Thread(target=load_resources, daemon=True).start()

    @cached_property
    def templates(self) -> jinja2.Environment:
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("sacho.web", "templates"), autoescape=True, finalize=plain, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )  # fmt: skip
        made.filters["article"] = article
        made.filters["urldecode"] = unquote_plus
        made.filters["json"] = lambda value: msgspec.json.encode(value).decode()
        return made

    @cached_property
    def static(self) -> Path:
        return Path(str(files("sacho.web") / "static"))

    def kind(self, lang: str, kind: str) -> str:
        known = load_predicates().kinds.get(kind)
        return known.ko if known and lang == "ko" else kind

    def country(self, lang: str, code: str) -> str:
        known = load_lexicon().countries.get(code)
        return (known.name if lang == "ko" else known.en) if known else code

    def entity(self, lang: str, identity: str) -> str:
        """The name of a person, body or place: of the store, else of the lexicon, else its id."""
        found = name_in(self.store.cached.get("cube"), lang, identity)
        if found:
            return found
        row = row_of(identity)
        return (row.name if lang == "ko" else row.en) if row is not None else identity.removeprefix("name:")

    def outlet(self, lang: str, name: str) -> str:
        return name or self.labels.say(lang, "word.unknown")


def gloss(lang: str, value: EventGloss) -> str:
    return value.ko if lang == "ko" else value.en


def name(lang: str, who: Participant | Place) -> str:
    if lang == "ko":
        return who.name
    return place_in_english(who) if isinstance(who, Place) else who.name_en or who.name


def credits(lang: str, sources: Sequence[str]) -> str:
    """A chain of sources, outlet first."""
    return " → ".join(sources if lang == "ko" else map(source_in_english, sources))


def reading(room: Room, lang: str, field: str, told: str) -> str:
    """A value on which reports differ, in the reader's language."""
    if field in ("kind", "status"):
        return room.kind(lang, told) if field == "kind" else room.labels.say(lang, f"status.{told}")
    return told if lang == "ko" else value_in_english(field, told)
