"""Login, users, and the choice of light or dark."""

from __future__ import annotations

from sacho.records import Record
from sacho.web.accounts import AccountError, AuditLine, Role, User
from sacho.web.visit import SESSION, THEME, Answer, Moved, Page, Refused, Visit, local_path


class LoginView(Record):
    back: str
    wrong: str = ""


class UsersView(Record):
    users: tuple[User, ...]
    log: tuple[AuditLine, ...]
    roles: tuple[str, ...]


def login(visit: Visit) -> Answer:
    return Page(template="login.html", title=visit.say("login.title"), view=LoginView(back=local_path(visit.query.get("back", "/"))))


def enter(visit: Visit) -> Answer:
    """Begin a session. A wrong password and an unknown name get the same answer after the same time."""
    name, back = visit.field("name", 60), local_path(visit.field("back"))
    try:
        token = visit.room.accounts.enter(name, visit.field("password", 200), visit.address)
    except AccountError:
        visit.room.accounts.record(name, visit.address, "login.limited")
        return _again(visit, back, visit.say("login.limited"), 429)
    if token is None:
        visit.room.accounts.record(name, visit.address, "login.failed")
        return _again(visit, back, visit.say("login.wrong"), 401)
    visit.room.accounts.record(name, visit.address, "login")
    return Moved(to=back, cookies={SESSION: token})


def leave(visit: Visit) -> Answer:
    visit.room.accounts.leave(visit.request.cookies.get(SESSION, ""))
    visit.room.accounts.record(visit.user.name, visit.address, "logout")
    return Moved(to="/login", cookies={SESSION: ""})


def users(visit: Visit) -> Answer:
    accounts = visit.room.accounts
    return Page(template="users.html", title=visit.say("nav.users"),
                view=UsersView(users=accounts.users(), log=accounts.log(), roles=tuple(r.name for r in Role)))  # fmt: skip


def add_user(visit: Visit) -> Answer:
    """Add a user. The first one must be an admin, or nobody could look after the others."""
    accounts, role = visit.room.accounts, visit.field("role")
    if role not in Role.__members__:
        raise Refused(visit.say("error.form"), 422)
    if not accounts.any() and role != Role.admin.name:
        raise Refused(visit.say("users.first"), 422)
    try:
        accounts.add(visit.field("name", 60), visit.field("password", 200), Role[role])
    except AccountError as error:
        raise Refused(str(error), 422) from None
    accounts.record(visit.user.name, visit.address, "user.add", f"{visit.field('name')} {role}")
    return Moved(to="/users")


def remove_user(visit: Visit) -> Answer:
    try:
        visit.room.accounts.remove(visit.field("name", 60))
    except AccountError as error:
        raise Refused(str(error), 422) from None
    visit.room.accounts.record(visit.user.name, visit.address, "user.remove", visit.field("name"))
    return Moved(to="/users")


def theme(visit: Visit) -> Answer:
    wished = visit.query.get("to", "")
    return Moved(to=local_path(visit.query.get("back", "/")), cookies={THEME: wished if wished in ("light", "dark") else ""})


def _again(visit: Visit, back: str, sentence: str, status: int) -> Page:
    return Page(template="login.html", title=visit.say("login.title"), view=LoginView(back=back, wrong=sentence), status=status)
