"""Saved views: keep an address of the page under a name, go back to it, forget it."""

from __future__ import annotations

from sacho.records import Record
from sacho.web.views import SavedView
from sacho.web.visit import Answer, Moved, Page, Refused, Visit, local_path


class ViewsView(Record):
    views: tuple[SavedView, ...]


def views(visit: Visit) -> Answer:
    return Page(template="views.html", title=visit.say("nav.views"), view=ViewsView(views=visit.room.views.of(visit.user.name)))


def save_view(visit: Visit) -> Answer:
    name, address = visit.field("name", 80).strip(), visit.field("address", 4000)
    if not name or not name.isprintable() or local_path(address) != address:
        raise Refused(visit.say("views.unnamed"), 422)
    try:
        visit.room.views.save(visit.user.name, name, address)
    except ValueError as error:
        raise Refused(str(error), 422) from None
    return Moved(to=address)


def remove_view(visit: Visit) -> Answer:
    number = visit.field("number", 12)
    if number.isascii() and number.isdigit():
        visit.room.views.remove(visit.user.name, int(number))
    return Moved(to="/views")
