"""An OpenAI-compatible server on loopback that answers as a script says: well, badly, slowly or with malice."""

from __future__ import annotations

import http.server
import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.serving import running

SECTIONS = ("statements", "agreements", "events", "highlights")


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """What the model is asked."""
        return str(self.body["messages"][0]["content"]) if self.body else ""

    @property
    def section(self) -> str:
        """Which prompt it is: the answer for nothing found stands in it, or the schema does."""
        return next(name for name in SECTIONS if f'"properties":{{"{name}"' in self.prompt)

    @property
    def sentences(self) -> dict[int, str]:
        """The numbered sentences that are shown."""
        return {int(n): text for n, text in re.findall(r"^\[(\d+)\] (.*)$", self.prompt, re.MULTILINE)}

    @property
    def repairs(self) -> bool:
        """Whether an answer before was not good enough."""
        return "could not be used" in self.prompt

    @property
    def format(self) -> str:
        """The response_format that is asked for."""
        return str(self.body.get("response_format", {}).get("type", "none"))


@dataclass(frozen=True)
class Says:
    """What the server answers. `content` becomes the model's words (a dict or list as JSON); `body` replaces the whole answer.

    `pause` seconds go by first; with `drip` the body comes a byte every so many seconds.
    """

    content: Any = None
    finish: str = "stop"
    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    pause: float = 0.0
    drip: float = 0.0

    def bytes(self) -> bytes:
        """The body of the answer."""
        if self.body is not None:
            return self.body
        text = self.content if isinstance(self.content, str) or self.content is None else json.dumps(self.content)
        message = {"role": "assistant", "content": text, **self.message}
        return json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": self.finish}]}).encode()


Script = Callable[[Asked], Says]


def nothing(asked: Asked) -> Says:
    """The answer of a model that finds nothing."""
    return Says({asked.section: []})


def error(status: int, message: str, **headers: str) -> Says:
    """An error as OpenAI words it."""
    return Says(status=status, body=json.dumps({"error": {"message": message}}).encode(), headers=headers)


class ModelServer(http.server.ThreadingHTTPServer):
    """Answers chat completions by `script`, and lists `models`."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, script: Script = nothing) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.models = ["tiny-model:latest", "other"]
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def server_bind(self) -> None:
        """Binds without the look-up of the host's name that HTTPServer makes."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    @property
    def url(self) -> str:
        """What extract.url is set to."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def sections(self) -> list[str]:
        """The sections asked for, in alphabetic order: requests come in any."""
        return sorted(asked.section for asked in self.asked)


@contextmanager
def model(script: Script = nothing) -> Iterator[ModelServer]:
    """A running ModelServer, stopped when the block ends."""
    server = ModelServer(script)
    with running(server, server.stopped):
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ModelServer
    disable_nagle_algorithm = True  # head and body go out in two writes, and the second would wait 40 ms

    def do_GET(self) -> None:
        """The list of models, or what the script says of it when it is no list."""
        self.server.asked.append(Asked("GET", self.path, self._headers(), {}))
        listed = {"object": "list", "data": [{"id": name} for name in self.server.models]}
        self._send(Says(body=json.dumps(listed).encode()) if self.path == "/v1/models" else error(404, "no such page"))

    def do_POST(self) -> None:
        """A chat completion."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked = Asked("POST", self.path, self._headers(), body)
        with self.server.lock:
            self.server.asked.append(asked)
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.at_once, self.server.most_at_once)
        try:
            self._send(self.server.script(asked) if self.path == "/v1/chat/completions" else error(404, "no such page"))
        finally:
            with self.server.lock:
                self.server.at_once -= 1

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _send(self, says: Says) -> None:
        if says.pause and self.server.stopped.wait(says.pause):
            return
        body = says.bytes()
        with suppress(OSError):  # a client that hangs up is none of our business
            self.send_response(says.status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **says.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            for n in range(0, len(body), 1 if says.drip else len(body) or 1):
                self.wfile.write(body[n : n + 1] if says.drip else body)
                if says.drip and self.server.stopped.wait(says.drip):
                    return

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for failures."""
