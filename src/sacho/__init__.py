"""Sacho turns Korean-language news on diplomacy and security into event records that can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacho.api import Coded, Events, code
    from sacho.coding import Coding, code_document
    from sacho.records import AnnotatedDocument, Document, Event, Quote

__version__ = "0.1.0"

__all__ = ["AnnotatedDocument", "Coded", "Coding", "Document", "Event", "Events", "Quote", "code", "code_document"]

_HOME = {"Coded": "api", "Events": "api", "code": "api", "Coding": "coding", "code_document": "coding"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `sacho --help` must not wait for the analyser."""
    if name not in __all__:
        raise AttributeError(f"module 'sacho' has no attribute {name!r}; public names: {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(f"sacho.{_HOME.get(name, 'records')}"), name)
