"""The reading room: a page where the records and the words meet."""

from sacho.web.app import create_app
from sacho.web.room import Room
from sacho.web.shelf import Shelf

__all__ = ["Room", "Shelf", "create_app"]
