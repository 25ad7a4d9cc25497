"""The reading room: a page where the records and the words meet."""

from sacho.web.app import create_app
from sacho.web.room import Room

__all__ = ["Room", "create_app"]
