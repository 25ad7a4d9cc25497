"""Every page by its address, with the role it needs; and every write."""

from __future__ import annotations

from collections.abc import Callable

from sacho.web.accounts import Role
from sacho.web.pages.across import attendance, contradictions, gaps, wording
from sacho.web.pages.disagreements import disagree
from sacho.web.pages.door import add_user, enter, leave, login, remove_user, theme, users
from sacho.web.pages.entity import entity
from sacho.web.pages.events import events, export
from sacho.web.pages.happening import happening
from sacho.web.pages.paste import job, paste, save, start, throw_away
from sacho.web.pages.report import report
from sacho.web.pages.review import correct, decide, review, suggest, take_back
from sacho.web.pages.views import remove_view, save_view, views
from sacho.web.visit import Answer, Visit

Handler = Callable[[Visit], Answer]

PAGES: dict[str, tuple[Handler, Role]] = {
    "/events": (events, Role.reader), "/events/export": (export, Role.reader), "/reports/{id}": (report, Role.reader),
    "/happenings/{id}": (happening, Role.reader), "/contradictions": (contradictions, Role.reader), "/wording": (wording, Role.reader),
    "/attendance": (attendance, Role.reader), "/gaps": (gaps, Role.reader), "/entities/{id:path}": (entity, Role.reader),
    "/review": (review, Role.reviewer), "/review/disagreements": (disagree, Role.reviewer), "/review/{id}": (review, Role.reviewer),
    "/suggest": (suggest, Role.reviewer), "/paste": (paste, Role.reviewer), "/paste/{id}": (job, Role.reviewer),
    "/views": (views, Role.reader), "/login": (login, Role.reader), "/users": (users, Role.admin), "/theme": (theme, Role.reader),
}  # fmt: skip
LASTING: frozenset[Handler] = frozenset({events, report, happening, contradictions, wording, attendance, gaps, entity})
"""Pages that are the same for one state of the store, one address and one person; they are kept as they are sent."""
PERSONAL: frozenset[Handler] = frozenset({events})
"""Those of them that show what is a person's own: the saved views."""
WRITES: dict[str, tuple[Handler, Role]] = {
    "/login": (enter, Role.reader), "/logout": (leave, Role.reader), "/users/add": (add_user, Role.admin),
    "/users/remove": (remove_user, Role.admin), "/paste": (start, Role.reviewer), "/paste/{id}/save": (save, Role.reviewer),
    "/paste/{id}/throw-away": (throw_away, Role.reviewer), "/review/judgements": (decide, Role.reviewer),
    "/review/corrections": (correct, Role.reviewer), "/review/undo": (take_back, Role.reviewer), "/views": (save_view, Role.reader),
    "/views/remove": (remove_view, Role.reader),
}  # fmt: skip
