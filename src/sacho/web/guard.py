"""What every answer and every request must keep to: security headers, own host, own origin for writes, a limit on size."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin", "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}  # fmt: skip
_READS = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware. `hosts` are the names that the page answers to (a browser lured by another name is refused);
    empty: any, for use behind a proxy that checks them. `most_bytes` is the largest request body."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), most_bytes: int) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            await PlainTextResponse(refusal[1] + "\n", status_code=refusal[0])(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts:
            return 421, "This page does not answer to that name; open it by the address that sacho serve printed."
        if method in _READS:
            return None
        if not own_origin(headers.get("origin"), headers.get("sec-fetch-site"), host):
            return 403, "Refused: the request came from another site."
        length = headers.get("content-length")
        if length is None or not length.isdigit():
            return 411, "Refused: the request does not say how long it is."
        if int(length) > self._most:
            return 413, f"Refused: at most {self._most // 1_000_000} MB can be sent at once; send fewer files."
        return None


def own_origin(origin: str | None, fetch_site: str | None, host: str) -> bool:
    """Whether a write comes from the page itself. Browsers send `Origin` with every POST; a client that sends
    neither header is no browser, and carries no cookies of one."""
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        return False
    if origin is None:
        return True
    return origin != "null" and urlsplit(origin).netloc == host


def loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "") if host else ""
