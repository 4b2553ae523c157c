"""A small hub on loopback: lists a directory as a repository and serves its files, well or badly."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from briefing.translate.presets import presets
from tests.serving import running

REVISION = "0123456789abcdef0123456789abcdef01234567"
# What each name of a revision stands for: the newest is a commit of its own, and the presets' commits are there.
REVISIONS = {"main": REVISION, REVISION: REVISION} | {preset.revision: preset.revision for preset in presets()}
WEIGHTS = ("model.safetensors", "pytorch_model.bin")


class Hub(http.server.ThreadingHTTPServer):
    """Serves `directory` as the repository `name`, with ranges, sizes and digests as the real one has them.

    `damage` is "" or: "truncate" (weights end half-way), "stall" (they stop half-way until `stopped` is set), "swap" (other
    bytes than listed), "swap once" (so the first time), "swap small" (so with vocab.json), "no ranges", "no digests" (the
    listing gives names only), "silent" (never answers), "nonsense" (no JSON), "gone" (listed, and no file is there).
    """

    daemon_threads = True

    def __init__(self, directory: Path, name: str, damage: str = "", licence: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.directory, self.name, self.damage, self.licence = directory, name, damage, licence
        self.asked: list[str] = []
        self.sent: list[tuple[str, int, int]] = []  # file, first byte, how many bytes
        self.stopped = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed goes away in the middle of an answer; anything else is shown."""
        if not isinstance(sys.exc_info()[1], (BrokenPipeError, ConnectionResetError)):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """What HF_ENDPOINT is set to."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def sent_of(self, name: str) -> list[tuple[int, int]]:
        """The first byte and the number of bytes of each answer that carried (part of) the file `name`."""
        return [(start, count) for file, start, count in self.sent if file == name]


@contextmanager
def hub(directory: Path, name: str, damage: str = "", licence: str = "") -> Iterator[Hub]:
    """A running Hub, stopped when the block ends."""
    server = Hub(directory, name, damage, licence)
    with running(server, server.stopped):
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        """The list of files, or one of them."""
        path = unquote(urlsplit(self.path).path)
        self.server.asked.append(path)
        listing = re.fullmatch(f"/api/models/{re.escape(self.server.name)}/revision/(.+)", path)
        file = re.fullmatch(f"/{re.escape(self.server.name)}/resolve/([0-9a-f]{{40}})/(.+)", path)
        if self.server.damage == "silent":
            self.server.stopped.wait(30)
        elif listing and listing[1] in REVISIONS:
            self._send(b"<html>" if self.server.damage == "nonsense" else self._listing(REVISIONS[listing[1]]))
        elif file and file[1] in REVISIONS and self.server.damage != "gone":
            self._file(file[2])
        else:
            self.send_error(404)

    def _listing(self, revision: str) -> bytes:
        files = [{"rfilename": p.name, **self._described(p)} for p in sorted(self.server.directory.iterdir())]
        card = {"cardData": {"license": self.server.licence}} if self.server.licence else {}
        return json.dumps({"sha": revision, **card, "siblings": [*files, {"rfilename": "../../escape"}]}).encode()

    def _described(self, path: Path) -> dict[str, Any]:
        if self.server.damage == "no digests":
            return {}
        content = path.read_bytes()
        if path.name in WEIGHTS:
            sha256 = hashlib.sha256(content).hexdigest()
            return {"size": len(content), "blobId": "0" * 40, "lfs": {"sha256": sha256, "size": len(content)}}
        return {"size": len(content), "blobId": git_digest(content)}

    def _file(self, name: str) -> None:
        body = (self.server.directory / name).read_bytes()
        tag = git_digest(body)
        damage = self.server.damage
        swapped = (damage in ("swap", "swap once") and name in WEIGHTS) or (damage == "swap small" and name == "vocab.json")
        if swapped and not (damage == "swap once" and self.server.sent_of(name)):
            body = body[:-1] + bytes([body[-1] ^ 1])
        start = self._start() if damage != "no ranges" else 0
        if start >= len(body) > 0:
            self.send_error(416)
            return
        rest = body[start:]
        half = damage in ("truncate", "stall") and name in WEIGHTS and not start
        sent = rest[: len(rest) // 2] if half else rest
        self.server.sent.append((name, start, len(sent)))
        self._send(sent, len(rest), start, tag, len(body))
        if half and damage == "stall":
            self.wfile.flush()
            self.server.stopped.wait(60)

    def _start(self) -> int:
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        return int(match[1]) if match else 0

    def _send(self, body: bytes, stated: int | None = None, start: int = 0, tag: str = "", total: int = 0) -> None:
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) if stated is None else stated))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        if tag:
            self.send_header("ETag", f'"{tag}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for failures."""


def git_digest(content: bytes) -> str:
    """What git calls a file with this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
