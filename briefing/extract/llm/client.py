"""One request to an OpenAI-compatible server: bounded in time and size, asked again when that helps, and never led elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from briefing.config import Extract, Fetch
from briefing.extract.llm.answers import Reply
from briefing.extract.llm.dialect import Dialect
from briefing.extract.llm.failures import NoAnswer
from briefing.extract.llm.quoted import inert
from briefing.extract.llm.secret import VARIABLE, Secret
from briefing.ingest.fetch import retry_after

if TYPE_CHECKING:
    import httpx

LONGEST_WAIT = 60.0  # seconds a server may make us wait; one that asks for more is left alone
MOST_BYTES = 4 * 1024 * 1024  # of an answer; the longest that is of use has a tenth of that
_CONNECT_SECONDS = 10.0
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_ABOUT_THE_REQUEST = (400, 422)
_START = "Start it, or correct extract.url in briefing.toml; `briefing doctor --llm` asks it."
_LATER = "Build again later."


@dataclass(frozen=True, slots=True)
class World:
    """What the outside does: waiting, and the clock (UTC). Tests give their own."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


class Client:
    """Asks the server of the settings. Use it inside `opened`; the way to ask that the server takes is learnt once."""

    def __init__(self, settings: Extract, secret: Secret, world: World | None = None) -> None:
        self._settings = settings
        self._secret = secret
        self._world = world or World()
        self._url = settings.url.rstrip("/")
        self._dialect = Dialect()
        self._http: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Client]:
        """Keeps connections for the length of a block. Raises NoAnswer when not even that can be prepared."""
        import httpx

        # Redirects are not followed: the key would go where nobody sent it. No proxy or .netrc of the environment is used.
        timeout = httpx.Timeout(None, connect=min(_CONNECT_SECONDS, self._settings.timeout))
        try:
            # no certificates to read for a server that shows none
            certificates = httpx.create_ssl_context() if self._url.startswith("https:") else False
        except OSError as error:  # SSL_CERT_FILE names what is none
            step = "Mend the environment variable SSL_CERT_FILE or SSL_CERT_DIR."
            raise NoAnswer(f"cannot be asked: the certificates cannot be read: {error.strerror}", step, final=True) from error
        async with httpx.AsyncClient(timeout=timeout, verify=certificates, trust_env=False, follow_redirects=False) as http:
            self._http = http
            try:
                yield self
            finally:
                self._http = None

    async def ask(self, prompt: str, schema: Mapping[str, Any], limit: int) -> Reply:
        """The model's answer to `prompt`, of at most `limit` tokens, in the form of `schema` where the server can hold it to it.

        Raises NoAnswer.
        """
        body = {"model": self._settings.model, "messages": [{"role": "user", "content": prompt}]}
        dialect = self._dialect
        while True:
            try:
                tree = await self._patiently("POST", "/chat/completions", {**body, **dialect.fields(schema, limit)})
                break
            except NoAnswer as error:
                following = dialect.after(error.message) if error.status in _ABOUT_THE_REQUEST else None
                if following is None:
                    raise
                dialect = following
        self._dialect, reply = dialect, _reply(tree)
        if self._secret.stands_in(reply.content or ""):
            raise NoAnswer("the answer repeats the API key, so it is not looked at", "Ask who runs the server why.")
        return reply

    async def models(self) -> tuple[str, ...]:
        """The names of the models that the server lists. Raises NoAnswer."""
        tree = await self._patiently("GET", "/models", None)
        listed = tree.get("data")
        names = (
            [m["id"] for m in listed if isinstance(m, dict) and isinstance(m.get("id"), str)] if isinstance(listed, list) else []
        )
        return tuple(inert(name) for name in names if not self._secret.stands_in(name))

    async def _patiently(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        for attempt in range(self._settings.retries + 1):
            try:
                return await self._once(method, path, body)
            except NoAnswer as error:
                wait = error.wait if error.wait is not None else 2.0**attempt
                if not error.passing or attempt == self._settings.retries or wait > LONGEST_WAIT:
                    raise
                await self._world.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        import httpx

        assert self._http is not None, "use it inside `opened`"
        content = None if body is None else json.dumps(body).encode()  # ASCII, so a lone surrogate cannot stop it
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": Fetch().user_agent,
            **self._secret.headers(),
        }
        headers |= {"Content-Type": "application/json"} if body is not None else {}
        try:
            async with asyncio.timeout(self._settings.timeout):
                request = self._http.stream(method, self._url + path, content=content, headers=headers)
                async with request as response:
                    return self._judged(response, await _bytes(response))
        except TimeoutError as error:
            step = "Raise extract.timeout, or take a smaller model or fewer extract.tokens."
            raise NoAnswer(f"has not answered in full within {self._settings.timeout} seconds", step) from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            why = self._said(str(error)) or "no connection"
            raise NoAnswer(f"cannot be reached: {why}", _START, passing=True, final=True) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:  # not its text: it may hold a header
            raise NoAnswer(f"broke off: {type(error).__name__}", _LATER, passing=True) from error

    def _judged(self, response: httpx.Response, body: bytes) -> dict[str, Any]:
        """The JSON object of a good answer. Raises NoAnswer for every other, with what the server says of it."""
        status = response.status_code
        if response.is_redirect or 300 <= status < 400:
            raise NoAnswer(f"answers {status} and points elsewhere, where no key is taken", _START, final=True, status=status)
        tree = _object(body)
        if status == 200 and tree is not None:
            return tree
        if status == 200:
            raise NoAnswer("answers with something else than JSON", _START, status=status)
        said = self._said(_message(tree))
        message = f"answers {status}" + (f": {said}" if said else "")
        if status in (401, 403):
            raise NoAnswer(message, f"Put the right API key into the environment variable {VARIABLE}.", final=True, status=status)
        if status == 404:
            raise NoAnswer(message, "Correct extract.url or extract.model in briefing.toml.", final=True, status=status)
        wait = retry_after(response.headers.get("retry-after", ""), self._world.clock())
        asked = f", and asks to wait {wait:.0f} seconds" if wait else ""
        step = _LATER if status in _PASSING else "See what the server's own log says of it."
        raise NoAnswer(message + asked, step, passing=status in _PASSING, wait=wait, status=status)

    def _said(self, text: str) -> str:
        """What a server says, for people: short, inert, and not at all when it repeats the key."""
        return "(its message repeats the API key and is not shown)" if self._secret.stands_in(text) else inert(text, 200)


async def _bytes(response: httpx.Response) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise NoAnswer("answers in a packing that was not asked for", _START)
    pieces = bytearray()
    async for piece in response.aiter_raw():
        pieces += piece
        if len(pieces) > MOST_BYTES:
            raise NoAnswer(f"answers with more than {MOST_BYTES // 1024 // 1024} MB", "Take another server or model.")
    return bytes(pieces)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _message(tree: Mapping[str, Any] | None) -> str:
    """What an error says, in the fields of OpenAI, llama.cpp, Ollama and vLLM (error, error.message) or of FastAPI (detail)."""
    found: Any = tree or {}
    for name in ("error", "detail", "message"):
        if isinstance(found, dict) and name in found:
            found = found[name]
    found = found.get("message", "") if isinstance(found, dict) else found
    return found if isinstance(found, str) else json.dumps(found)[:2000] if found else ""


def _reply(tree: Mapping[str, Any]) -> Reply:
    """The first choice of a chat completion. A refusal comes without content, or in a field of its own."""
    choices = tree.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    content, finish = message.get("content"), choice.get("finish_reason")
    refused = bool(message.get("refusal"))
    return Reply(
        content if isinstance(content, str) and not refused else None,
        "refusal" if refused else finish if isinstance(finish, str) else "",
    )
