"""One request, as the pages see it: who asks, in which language, with which query; and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import msgspec
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import Response

from sacho.web.accounts import Role, User

if TYPE_CHECKING:
    from sacho.web.room import Room

quoted = lru_cache(maxsize=1 << 13)(quote_plus)  # a page has hundreds of links with much the same values
LANGUAGES = ("ko", "en")
SESSION, THEME = "sacho_session", "sacho_theme"  # cookies


class Refused(Exception):
    """A request that is not fulfilled: one sentence for the reader, and the HTTP status."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows: `view` is the record behind it, rendered by `template` or, as the JSON twin, encoded. `texts` are the
    reports (text by document id) from which the template cuts sentences."""

    template: str
    title: str
    view: object
    status: int = 200
    texts: dict[str, str] = msgspec.field(default_factory=dict)


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """See another address of this page; `cookies` to set (name to value, an empty value removes it)."""

    to: str
    cookies: dict[str, str] = msgspec.field(default_factory=dict)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A write that was carried out: told as JSON to the page's script, by going to `to` without it."""

    to: str
    message: str
    undo: str = ""
    undo_label: str = ""
    tag: str = ""


Answer = Page | Moved | Done | Response


class Visit:
    """A request with what every page needs of it. `form` holds the fields of a POST."""

    def __init__(self, request: Request, room: Room, user: User, form: FormData | None) -> None:
        self.request = request
        self.room = room
        self.user = user
        self.form = form
        self.query: QueryParams = request.query_params
        self.lang = _language(request)
        self.json = request.url.path.endswith(".json")

    @property
    def path(self) -> str:
        return self.request.url.path.removesuffix(".json")

    @property
    def address(self) -> str:
        return self.request.client.host if self.request.client else ""

    def named(self, part: str) -> str:
        """A part of the address: `/reports/{id}`."""
        return str(self.request.path_params[part])

    def say(self, key: str, **values: object) -> str:
        """A label in the reader's language."""
        return self.room.labels.say(self.lang, key, **values)

    def field(self, name: str, most: int = 2000) -> str:
        """A text field of the form, empty if it is absent. Raises `Refused` if it is longer than `most`."""
        value = self.form.get(name, "") if self.form else ""
        if not isinstance(value, str):
            return ""
        if len(value) > most:
            raise Refused(f"{name} has {len(value)} characters; at most {most} are taken.", 422)
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number of the query within bounds; anything else is the default."""
        value = self.query.get(name, "")
        return min(most, max(least, int(value))) if value.isascii() and value.isdigit() and len(value) < 10 else default

    def link(self, path: str | None = None, **changes: object) -> str:
        """This address with parts of its query changed; None or empty takes a part out, a list gives several."""
        pairs = [(k, v) for k, v in self.query.multi_items() if k not in changes and k != "lang"] if path is None else []
        for key, value in changes.items():
            for one in value if isinstance(value, (list, tuple)) else [value]:
                if one not in (None, ""):
                    pairs.append((key, str(one)))
        query = "&".join(f"{quoted(key)}={quoted(value)}" for key, value in pairs)
        return (path or self.path) + (f"?{query}" if query else "")

    def twin(self) -> str:
        """The address of the JSON twin."""
        query = self.request.url.query
        return self.path + ".json" + (f"?{query}" if query else "")

    def must(self, role: Role) -> None:
        if self.user.role < role:
            raise Refused(self.say("error.role", role=self.say(f"role.{role.name}")), 403)


def _language(request: Request) -> str:
    for value in (request.query_params.get("lang"), request.cookies.get("sacho_lang")):
        if value in LANGUAGES:
            return str(value)
    wished = request.headers.get("accept-language", "")
    return "en" if wished and not wished.lower().startswith("ko") and "ko" not in wished.lower() else "ko"


def local_path(address: str) -> str:
    """An address to go back to, if it is one of this page; else the start."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else "/"


def options(values: Mapping[str, object]) -> dict[str, object]:
    """Only the values that are set."""
    return {key: value for key, value in values.items() if value not in (None, "", (), [])}
