"""A small web site on loopback: pages by path, some of them badly behaved, and a note of what was asked of it."""

from __future__ import annotations

import gzip
import http.server
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from briefing.ingest.addresses import resolve
from briefing.ingest.fetch import World
from tests.serving import running

WORDS = "قال رئيس البلدية إن الحديقة الجديدة ستفتح للزوار صباح السبت بعد عام من العمل فيها. "
ADDRESS = "127.0.0.2"
"""Where the site listens. Tests of what a redirect may lead to permit this one address besides the public ones."""


@dataclass(frozen=True)
class Reply:
    """What a path answers. `pause` is waited before each byte of the body; `cut` announces more than is sent."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    cut: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]


Given = Reply | list[Reply] | Callable[[Asked], Reply]


class Site(http.server.ThreadingHTTPServer):
    """Serves `replies`; a list is used up one by one (its last stays), a function decides, anything else is a 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.replies: dict[str, Given] = {}
        self.asked: list[Asked] = []
        self.stopped = threading.Event()

    def server_bind(self) -> None:
        """Binds without the look-up of the host's name that HTTPServer makes."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def url(self, path: str, host: str = ADDRESS) -> str:
        """The address of a path, under any name for the site."""
        return f"http://{host}:{self.server_address[1]}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [a.path for a in self.asked if a.path != "/robots.txt"]

    def reply(self, asked: Asked) -> Reply:
        """The next answer for a request."""
        given = self.replies.get(asked.path, Reply(status=404))
        if isinstance(given, list):
            return given.pop(0) if len(given) > 1 else given[0]
        return given(asked) if callable(given) else given


@contextmanager
def site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A running Site, stopped when the block ends; with `tls` it speaks https."""
    server = Site()
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with running(server, server.stopped):
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        """Answers as the path's reply says; a client that hangs up is none of our business."""
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.server.asked.append(asked)
        reply = self.server.reply(asked)
        with suppress(OSError):
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body) + 10 * reply.cut), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self._body(reply)

    def _body(self, reply: Reply) -> None:
        if not reply.pause:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            if self.server.stopped.wait(reply.pause):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for failures."""


@dataclass
class Still:
    """A World without waiting: sleeps are noted, the clock stands, and every name is `addresses` unless it is one itself."""

    addresses: list[str] = field(default_factory=lambda: [ADDRESS])
    slept: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def world(self, permit: Callable[..., bool]) -> World:
        """The World to give to a Fetcher."""
        return World(self._resolve, permit, self._sleep, lambda: datetime(2024, 11, 18, 6, tzinfo=UTC))

    async def _resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        literal = host.replace(".", "").isdigit() or ":" in host
        return await resolve(host, port) if literal else self.addresses

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(seconds)


def page(title: str, published: str = "", charset: str = "utf-8", paragraphs: int = 3) -> Reply:
    """An article's page, of our own words; `title` makes it different from others."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = "".join(f"<p>{WORDS}{title} {n}</p>" for n in range(paragraphs))
    text = (
        f'<html lang="ar"><head><meta charset="{charset}">{meta}<title>{title}</title></head><body><h1>{title}</h1>{body}</body>'
    )
    return Reply(text.encode(charset), headers={"Content-Type": "text/html"})


def rss(*items: str, head: str = "") -> Reply:
    """An RSS feed of the items given as XML."""
    start = f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    text = f"{start}<channel><title>أخبار</title>{''.join(items)}</channel></rss>"
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


def item(link: str, title: str, published: str = "Tue, 12 Nov 2024 09:00:00 +0300", content: str = "") -> str:
    """One item of an RSS feed; `content` is HTML."""
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{published}</pubDate>{whole}</item>"


def packed(reply: Reply) -> Reply:
    """The same answer, gzipped."""
    return Reply(gzip.compress(reply.body), headers={**reply.headers, "Content-Encoding": "gzip"})
