"""Who may speak to the page: one browser, which was given the token, and only from the page itself.

The server listens on loopback, but every page a browser shows may send requests there, and every user of the machine may. So:
the address has to be the one that was printed (else another name could be made to lead here), the token is exchanged for a cookie
that no script reads and that is sent to one unguessable path (cookies know no ports: another server on this machine would get
it otherwise), and what changes something must come from the page's own origin and carry a value that only the page knows.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "review"
LARGEST = 256 * 1024  # bytes of a form
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# same-origin, not no-referrer: with that a browser calls the origin of a form "null"
HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True)
class Secrets:
    """What only this run and its browser know; the token is in the address that is printed, the others in the browser alone."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    place: str = field(default_factory=lambda: secrets.token_urlsafe(12))


@dataclass(frozen=True, slots=True)
class Request:
    """What of a request decides whether it is let through; header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


ENTER, PASS = "enter", "pass"
_DOOR = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={home}">'
    '<title>Review</title><p><a href="{home}">To the review</a></p></html>'
)


def judged(request: Request, port: int, known: Secrets) -> str:
    """ENTER for the address that was printed, PASS for the page's own requests, else in words why not. Pure."""
    host = request.headers.get("host", "")
    if host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        return "This page answers at the address that was printed, and at no other."
    if request.path == "/" and request.method == "GET" and "token" in parse_qs(request.query):
        given = parse_qs(request.query)["token"][0]
        return ENTER if same(given, known.token) else "The token is not the one that was printed."
    if not request.path.startswith(f"/{known.place}/") or not same(_cookie(request.headers.get("cookie", "")), known.session):
        return "Open the address that `briefing review` printed; it lets one browser in."
    if request.method not in ("GET", "HEAD") and not _from_the_page(request.headers, host):
        return "This came from another page and was refused."
    return PASS


def _from_the_page(headers: Mapping[str, str], host: str) -> bool:
    return headers.get("origin") == f"http://{host}" and headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are one, in a time that says nothing about how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


class Guard:
    """Lets through what `judged` passes, with the headers that keep a page to itself on every answer."""

    def __init__(self, app: ASGIApp, port: int, known: Secrets) -> None:
        self._app, self._port, self._known = app, port, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        from starlette.responses import HTMLResponse, PlainTextResponse

        async def kept_in(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS.items())]
            await send(message)

        if scope["type"] != "http":
            return
        verdict = judged(_request(scope), self._port, self._known)
        if verdict == PASS:
            await self._app(scope, receive, kept_in)
        elif verdict == ENTER:
            home = f"/{self._known.place}/"
            # no redirect: from a link elsewhere that would still count as the other site's, and the cookie not be sent
            answer = HTMLResponse(_DOOR.format(home=home))
            answer.set_cookie(COOKIE, self._known.session, path=home, httponly=True, samesite="strict")
            await answer(scope, receive, kept_in)
        else:
            await PlainTextResponse(verdict + "\n", 403)(scope, receive, kept_in)


def _request(scope: Scope) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        # a header that comes twice is none that a browser sent, and matches nothing
        headers[key] = f"{headers[key]}, {value.decode('latin-1')}" if key in headers else value.decode("latin-1")
    return Request(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), headers)
