"""What a running reading room holds: its reports, its users, its words, and how a page becomes HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import jinja2
import msgspec

from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import load_predicates
from sacho.records import EventGloss, Participant, Place
from sacho.web.accounts import Accounts
from sacho.web.jobs import Jobs
from sacho.web.labels import Labels, load_labels
from sacho.web.shelf import Shelf
from sacho.web.showing import article, plain


class Room:
    """`inbox` is the folder that pasted reports are saved to; without one they are kept while the room runs."""

    def __init__(self, shelf: Shelf, accounts: Accounts, *, inbox: Path | None = None) -> None:
        self.shelf = shelf
        self.accounts = accounts
        self.jobs = Jobs()
        self.inbox = inbox
        self.labels: Labels = load_labels()

    @cached_property
    def templates(self) -> jinja2.Environment:
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("sacho.web", "templates"), autoescape=True, finalize=plain, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )  # fmt: skip
        made.filters["article"] = article
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

    def outlet(self, lang: str, name: str) -> str:
        return name or self.labels.say(lang, "word.unknown")


def gloss(lang: str, value: EventGloss) -> str:
    return value.ko if lang == "ko" else value.en


def name(lang: str, who: Participant | Place) -> str:
    return who.name if lang == "ko" else who.name_en or who.name


def entity_name(names: Mapping[str, tuple[str, str]], lang: str, identity: str) -> str:
    """The name of an entity as the reports on the shelf give it."""
    found = names.get(identity)
    return (found[0] if lang == "ko" else found[1]) if found else identity.removeprefix("name:")
