"""A small hub on loopback: lists a directory as a repository and serves its files, well or badly."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.serving import running

REVISION = "0123456789abcdef0123456789abcdef01234567"


class Hub(http.server.ThreadingHTTPServer):
    """Serves `directory` as the repository `name`.

    `damage` is "" or: "truncate" (weights end half-way), "swap" (other bytes than listed), "silent" (never answers),
    "nonsense" (no JSON).
    """

    daemon_threads = True

    def __init__(self, directory: Path, name: str, damage: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.directory, self.name, self.damage = directory, name, damage
        self.asked: list[str] = []
        self.stopped = threading.Event()

    @property
    def address(self) -> str:
        """What HF_ENDPOINT is set to."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def hub(directory: Path, name: str, damage: str = "") -> Iterator[Hub]:
    """A running Hub, stopped when the block ends."""
    server = Hub(directory, name, damage)
    with running(server, server.stopped):
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        """The list of files, or one of them."""
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        if self.server.damage == "silent":
            self.server.stopped.wait(30)
        elif path == f"/api/models/{self.server.name}/revision/main":
            self._send(b"<html>" if self.server.damage == "nonsense" else self._listing())
        elif path.startswith(prefix := f"/{self.server.name}/resolve/{REVISION}/"):
            self._file(path.removeprefix(prefix))
        else:
            self.send_error(404)

    def _listing(self) -> bytes:
        files = [{"rfilename": p.name, **self._lfs(p)} for p in self.server.directory.iterdir()]
        return json.dumps({"sha": REVISION, "siblings": [*files, {"rfilename": "../../escape"}]}).encode()

    def _lfs(self, path: Path) -> dict[str, dict[str, str]]:
        return {"lfs": {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}} if path.suffix == ".safetensors" else {}

    def _file(self, name: str) -> None:
        body = (self.server.directory / name).read_bytes()
        if name == "model.safetensors" and self.server.damage == "swap":
            body = body[:-1] + bytes([body[-1] ^ 1])
        self._send(body, len(body) // 2 if name == "model.safetensors" and self.server.damage == "truncate" else None)

    def _send(self, body: bytes, sent: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:sent])

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for failures."""
