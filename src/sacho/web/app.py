"""The application: addresses to pages, each with its JSON twin, behind the guard and the accounts."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sacho.annotate.english import english_of, office_in_english
from sacho.store import SelectionError, StoreError
from sacho.web.accounts import Role, User
from sacho.web.asking import asks, said, shown
from sacho.web.drawing import around, grid, marked, moment
from sacho.web.guard import Guard
from sacho.web.jobs import MOST_FILES
from sacho.web.pages import LASTING, PAGES, PERSONAL, WRITES, Handler
from sacho.web.pages.events import COLUMNS, OFFERED
from sacho.web.pages.review import kinds_of
from sacho.web.room import Room, credits, gloss, name, reading
from sacho.web.showing import article
from sacho.web.values import EDITABLE
from sacho.web.visit import SESSION, THEME, Answer, Done, Moved, Page, Refused, Visit, local_path

MOST_BYTES = 60_000_000
_OPEN = ("/login",)
_FIRST = ("/events", "/review", "/contradictions", "/attendance", "/gaps")


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """A proxy that tells who asks: the header, and the addresses that it may come from. Its users are readers unless an
    account says more."""

    header: str
    proxies: tuple[str, ...]


def create_app(room: Room, *, hosts: Iterable[str] = (), trust: Trust | None = None) -> Starlette:
    """The page of a room. `hosts` are the names that it answers to (empty: any)."""
    routes: list[BaseRoute] = [Mount("/static", _Built(directory=room.static, check_dir=False), name="static")]
    routes.append(Route("/", lambda _: RedirectResponse("/events", status_code=303)))
    for path, (handler, role) in PAGES.items():
        endpoint = _endpoint(room, handler, role, trust)
        routes += [Route(path + ".json", endpoint), Route(path, endpoint)]
    routes += [Route(path, _endpoint(room, handler, role, trust), methods=["POST"]) for path, (handler, role) in WRITES.items()]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, hosts=tuple(hosts), most_bytes=MOST_BYTES),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=3),
        ],
        exception_handlers={404: _missing(room, trust)},
    )


def warm(room: Room) -> None:
    """Work out what everybody looks at first and what takes long, so that no reader waits for it; nothing if the store cannot be read."""
    user = User(name=room.local, role=Role.admin)
    paths = [p for p in _FIRST if p != "/review" or not room.accounts.any()]  # whose queue it is nobody knows yet
    with suppress(StoreError):
        for path in paths:
            scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "path_params": {}}
            visit, handler = Visit(Request(scope), room, user, None), PAGES[path][0]
            _lasting(visit, handler) if handler in LASTING else handler(visit)


class _Built(StaticFiles):
    """Built files; those with a hash in their name never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = "public, max-age=31536000, immutable" if "fonts/" in path else "no-cache"
        return answer


def _endpoint(room: Room, handler: Handler, role: Role, trust: Trust | None) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=MOST_FILES, max_part_size=5_000_000) if request.method == "POST" else None
        return await run_in_threadpool(_serve, room, handler, role, trust, request, form)

    return endpoint


def _serve(room: Room, handler: Handler, role: Role, trust: Trust | None, request: Request, form: FormData | None) -> Response:
    user = _user(room, request, trust)
    path = request.url.path.removesuffix(".json")
    if user is None and path not in _OPEN:
        if request.method == "POST" or request.url.path.endswith(".json"):
            return JSONResponse({"error": room.labels.say("en", "error.login")}, status_code=401)
        return RedirectResponse(f"/login?back={_quoted(request)}", status_code=303)
    visit = Visit(request, room, user or User(name="", role=Role.reader), form)
    try:
        if path not in _OPEN:
            visit.must(role)
        if handler in LASTING and not visit.json:
            return _lasting(visit, handler)
        answer: Answer = handler(visit)
    except Refused as refusal:
        answer = _refused(visit, str(refusal), refusal.status)
    except SelectionError as error:
        answer = _refused(visit, str(error), 422)
    except StoreError as error:
        answer = _refused(visit, str(error), 409 if form is not None else 503)
    return _rendered(visit, answer)


def _lasting(visit: Visit, handler: Handler) -> Response:
    """The page as it was sent before, if nothing has changed since that it shows."""
    room, request = visit.room, visit.request
    own = room.views.of(visit.user.name) if handler in PERSONAL else ()
    who = (visit.user, room.accounts.any(), own, request.cookies.get(THEME, ""))
    key = (request.url.path, request.url.query, visit.lang, request.headers.get("x-sacho-part", ""), who)

    def made() -> bytes:
        answer = handler(visit)
        assert isinstance(answer, Page)
        return _html(visit, answer).encode()

    packed = room.packed(key, made)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        return _with_language(visit, HTMLResponse(packed, headers=headers))
    return _with_language(visit, HTMLResponse(gzip.decompress(packed)))


def _quoted(request: Request) -> str:
    from urllib.parse import quote

    return quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""))


def _user(room: Room, request: Request, trust: Trust | None) -> User | None:
    if trust is not None:
        told = request.headers.get(trust.header, "")
        if told and request.client and request.client.host in trust.proxies:
            return User(name=told[:60], role=room.accounts.role_of(told) or Role.reader)
        return None
    if not room.accounts.any():
        return User(name=room.local, role=Role.admin)
    return room.accounts.user_of(request.cookies.get(SESSION, ""))


def _refused(visit: Visit, sentence: str, status: int) -> Answer:
    if visit.json or (visit.form is not None and "json" in visit.request.headers.get("accept", "")):
        return JSONResponse({"error": sentence}, status_code=status)
    return Page(template="refused.html", title=visit.say("error.title"), view={"sentence": sentence}, status=status)


def _rendered(visit: Visit, answer: Answer) -> Response:
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Moved):
        return _moved(visit, answer)
    if isinstance(answer, Done):
        if "json" not in visit.request.headers.get("accept", ""):
            return RedirectResponse(answer.to, status_code=303)
        return JSONResponse({"message": answer.message, "undo": answer.undo, "undo_label": answer.undo_label, "to": answer.to})
    if visit.json:
        return Response(msgspec.json.encode(answer.view), status_code=answer.status, media_type="application/json")
    return _page(visit, answer)


def _moved(visit: Visit, answer: Moved) -> Response:
    response = RedirectResponse(answer.to, status_code=303)
    for key, value in answer.cookies.items():
        if value:
            response.set_cookie(key, value, httponly=True, samesite="strict", secure=visit.request.url.scheme == "https",
                                max_age=None if key == SESSION else 31536000)  # fmt: skip
        else:
            response.delete_cookie(key)
    return response


def _page(visit: Visit, page: Page) -> Response:
    return _with_language(visit, HTMLResponse(_html(visit, page), status_code=page.status))


def _with_language(visit: Visit, response: Response) -> Response:
    """A language that was asked for stays chosen."""
    if "lang" in visit.query:
        response.set_cookie("sacho_lang", visit.lang, samesite="strict")
    return response


def _html(visit: Visit, page: Page) -> str:
    room, lang = visit.room, visit.lang
    values = {
        "v": page.view, "visit": visit, "title": page.title, "t": visit.say, "lang": lang, "link": visit.link,
        "has": room.labels.has,
        "kind": lambda k: room.kind(lang, k), "country": lambda c: room.country(lang, c), "gloss": lambda g: gloss(lang, g),
        "name": lambda w: name(lang, w), "credits": lambda s: credits(lang, s), "reads": lambda f, x: reading(room, lang, f, x),
        "office": lambda i, o: o if lang == "ko" else office_in_english(i, o), "place": lambda p: p if lang == "ko" else english_of(p),
        "who": lambda i: room.entity(lang, i),
        "theme": visit.request.cookies.get(THEME, ""),
        "part": visit.request.headers.get("x-sacho-part") == "main", "back": local_path(visit.link()), "Role": Role,
        "accounts": room.accounts.any(), "shown": shown, "told": said, "asks": asks, "columns": COLUMNS,
        "offered": OFFERED, "article": article, "reviewer": visit.user.role >= Role.reviewer, "editable": EDITABLE,
        "kinds": lambda: kinds_of(visit), "events_of": lambda told: [(x.event.id, gloss(lang, x.event.gloss)) for x in told],
        "saved": lambda: room.views.of(visit.user.name), "marked": marked, "moment": moment, "grid": grid,
        "around": lambda document, start, end: around(page.texts.get(document, ""), start, end),
    }  # fmt: skip
    return room.templates.get_template(page.template).render(values)


def _missing(room: Room, trust: Trust | None) -> Callable[[Request, Exception], Response]:
    def missing(request: Request, error: Exception) -> Response:
        return _serve(room, _not_found, Role.reader, trust, request, None)

    return missing


def _not_found(visit: Visit) -> Answer:
    raise Refused(visit.say("error.missing"), 404)
