"""One URL -> its bytes: polite, bounded in time and size, and never led inside the network by a redirect or a name."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.config import Fetch
from briefing.ingest import addresses, robots
from briefing.ingest.addresses import Permit, Resolve, Target, locate, parsed
from briefing.ingest.failures import FetchFailed
from briefing.ingest.robots import Robots

if TYPE_CHECKING:
    import ssl

    import httpx

MOST_HOPS = 5
LONGEST_WAIT = 60.0
"""Seconds that a server may make us wait, by Retry-After or Crawl-delay; one that asks for more is tried again another time."""

_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_MEGABYTE = 1024 * 1024
_AGAIN = "Run the same command again later."
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class World:
    """What the outside does: name look-up, the rule for addresses, waiting, and the clock (UTC). Tests give their own."""

    resolve: Resolve = addresses.resolve
    permit: Permit = addresses.public
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional: the ETag and Last-Modified that `url` (after redirects) answered with last time."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: status 200 with a body, or 304 (as before) without. `url` is the address after redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Fetcher:
    """Asks for URLs: one request at a time to a host, with a pause, and only where its robots.txt allows it."""

    def __init__(self, settings: Fetch, world: World | None = None) -> None:
        self._settings = settings
        self._world = world or World(permit=addresses.anything if settings.allow_private else addresses.public)
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, asyncio.Task[Robots]] = {}

    async def get(self, url: str, before: Validators | None = None) -> Answer:
        """The answer to a GET, redirects followed; a failure that may pass is met with waiting and asking again.

        Raises FetchFailed.
        """
        return await self._patiently(parsed(url), before, True)

    async def _patiently(self, url: httpx.URL, before: Validators | None, obey: bool) -> Answer:
        for attempt in range(self._settings.retries + 1):
            try:
                return await self._followed(url, before, obey)
            except FetchFailed as error:
                wait = error.wait if error.wait is not None else 2.0**attempt
                if not error.passing or attempt == self._settings.retries or wait > LONGEST_WAIT:
                    raise
                await self._world.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _followed(self, url: httpx.URL, before: Validators | None, obey: bool) -> Answer:
        """One try, redirects followed by hand: every hop is checked as the first was."""
        for _ in range(MOST_HOPS + 1):
            delay = (await self._permission(url)) if obey else 0.0
            answer = await self._hop(url, before, delay)
            if answer.status not in _REDIRECTS:
                return answer
            url = _joined(url, answer.headers["location"])
        raise FetchFailed(f"is redirected more than {MOST_HOPS} times", "Open it in a browser and use the address it ends at.")

    # ---------------------------------------------------------------- politeness

    async def _permission(self, url: httpx.URL) -> float:
        """The pause that the host's robots.txt asks for. Raises FetchFailed when it forbids the URL or cannot be read."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._read_robots(origin))
        rules = await asyncio.shield(self._robots[origin])
        if not rules.allows(url.raw_path.decode("ascii")):
            raise FetchFailed(f"{origin}/robots.txt does not allow it", "Take it out of the settings, or ask the site.")
        return min(rules.delay, LONGEST_WAIT)

    async def _read_robots(self, origin: str) -> Robots:
        """RFC 9309, section 2.3.1: no robots.txt (4xx) allows everything, one that cannot be reached nothing."""
        try:
            answer = await self._patiently(parsed(f"{origin}/robots.txt"), None, False)
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Robots()
            # already tried often enough for all that ask for it
            raise FetchFailed(f"{origin}/robots.txt cannot be read: {error.message}", error.next_step or _AGAIN) from error
        return robots.parse(answer.body[: robots.MOST_BYTES].decode("utf-8", "replace"), self._settings.user_agent)

    async def _hop(self, url: httpx.URL, before: Validators | None, delay: float) -> Answer:
        host = self._hosts.setdefault(url.host, _Host())
        async with host.lock:  # one request at a time, whoever asks
            await self._world.sleep(max(0.0, host.free_at + max(delay, self._settings.delay) - time.monotonic()))
            try:
                async with asyncio.timeout(self._settings.timeout):
                    target = await locate(url, self._world.resolve, self._world.permit)
                    return await self._connected(target, before)
            except TimeoutError as error:
                message = f"has not answered in full within {self._settings.timeout} seconds"
                raise FetchFailed(message, _AGAIN, passing=True) from error
            finally:
                host.free_at = time.monotonic()

    # ---------------------------------------------------------------- one request

    async def _connected(self, target: Target, before: Validators | None) -> Answer:
        """The answer of the first of the checked addresses that takes the connection."""
        import httpx

        refused: Exception | None = None
        for address in target.addresses:
            try:
                return await self._exchange(target.url, address, before)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refused = error
            except httpx.TimeoutException as error:
                raise FetchFailed(f"was silent for {self._settings.read_timeout} seconds", _AGAIN, passing=True) from error
            except httpx.TransportError as error:
                raise FetchFailed(f"broke off: {error or type(error).__name__}", _AGAIN, passing=True) from error
        why = str(refused) or f"no connection within {self._settings.connect_timeout} seconds"
        raise FetchFailed(f"cannot be reached: {why}", _AGAIN, passing=True)

    async def _exchange(self, url: httpx.URL, address: str, before: Validators | None) -> Answer:
        import httpx

        timeout = httpx.Timeout(self._settings.read_timeout, connect=self._settings.connect_timeout)
        # the certificate is checked for the host's name, not for the address that is connected to
        extensions = {"timeout": timeout.as_dict(), "sni_hostname": url.raw_host.decode("ascii")}
        request = httpx.Request("GET", url.copy_with(host=address), headers=self._headers(url, before), extensions=extensions)
        # A transport of its own for each request: no connection is shared by two hosts on one address, no cookie is kept, and
        # no proxy of the environment is used, which would look the name up anew.
        async with httpx.AsyncHTTPTransport(verify=self._certificates, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                return await self._judged(url, response)
            finally:
                await response.aclose()

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        import httpx

        return httpx.create_ssl_context()

    def _headers(self, url: httpx.URL, before: Validators | None) -> dict[str, str]:
        headers = {
            "Host": url.netloc.decode("ascii"), "User-Agent": self._settings.user_agent, "Accept": _ACCEPT,
            "Accept-Language": "ar, en;q=0.5", "Accept-Encoding": "gzip",
        }  # fmt: skip
        if before is not None and before.url == str(url):
            headers |= {"If-None-Match": before.etag} if before.etag else {}
            headers |= {"If-Modified-Since": before.last_modified} if before.last_modified else {}
        return headers

    async def _judged(self, url: httpx.URL, response: httpx.Response) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        status = response.status_code
        if status == 200:
            return Answer(str(url), status, headers, await self._body(response))
        if status == 304 or (status in _REDIRECTS and headers.get("location")):
            return Answer(str(url), status, headers)
        wait = retry_after(headers.get("retry-after", ""), self._world.clock())
        asked = f" and asks to wait {wait:.0f} seconds" if wait else ""
        step = _AGAIN if status in _PASSING else "Open it in a browser; if it has moved, change the address."
        raise FetchFailed(f"the server answers {status}{asked}", step, passing=status in _PASSING, wait=wait, status=status)

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self._settings.megabytes * _MEGABYTE
        pieces = bytearray()
        async for piece in response.aiter_raw():
            pieces += piece
            if len(pieces) > limit:
                raise _too_large(self._settings.megabytes)
        unpacked = _unpacked(bytes(pieces), response.headers.get("content-encoding", ""), limit)
        if len(unpacked) > limit:
            raise _too_large(self._settings.megabytes)
        return unpacked


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises FetchFailed when that may not be asked."""
    import httpx

    try:
        return parsed(str(url.join(location)))
    except (httpx.InvalidURL, ValueError, FetchFailed) as error:
        raise FetchFailed(f"is redirected to what may not be fetched: {error}", "Open it in a browser.") from error


class _Host:
    """Whose turn it is at a host, and when its last answer ended (seconds, monotonic)."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = float("-inf")


def _too_large(megabytes: int) -> FetchFailed:
    step = "If it is an article all the same, raise megabytes under [fetch] in briefing.toml."
    return FetchFailed(f"is larger than {megabytes} MB", step)


def _unpacked(data: bytes, encoding: str, limit: int) -> bytes:
    """The body without its Content-Encoding, at most a byte more than `limit`. Raises FetchFailed."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return data
    if name not in ("gzip", "x-gzip"):  # nothing else was asked for
        raise FetchFailed(f"is packed as {name[:40]!r}, which was not asked for", "Tell the site's operator.")
    unpacked = b""
    try:
        while data and len(unpacked) <= limit:  # one member after the other
            unpacker = zlib.decompressobj(wbits=31)
            unpacked += unpacker.decompress(data, limit + 1 - len(unpacked))
            if not unpacker.eof and not unpacker.unconsumed_tail:
                raise FetchFailed("broke off: its gzip data is cut short", _AGAIN, passing=True)
            data = unpacker.unused_data
    except zlib.error as error:
        raise FetchFailed(f"is damaged: {error}", _AGAIN, passing=True) from error
    return unpacked


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds of a Retry-After header, which gives seconds or a time (RFC 9110, section 10.2.3), or None."""
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
