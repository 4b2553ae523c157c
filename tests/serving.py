"""Runs an HTTP server on loopback for the length of a block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import HTTPServer
from typing import TypeVar

Server = TypeVar("Server", bound=HTTPServer)


@contextmanager
def running(server: Server, stopped: threading.Event) -> Iterator[Server]:
    """`server`, answering in a thread until the block ends; `stopped` is set then, for handlers that wait."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
