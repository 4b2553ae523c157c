"""Serves the page on loopback until it is stopped."""

from __future__ import annotations

import atexit
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from briefing.errors import UsageError
from briefing.review.app import application
from briefing.review.desk import Desk
from briefing.review.guard import Secrets

LOOPBACK = "127.0.0.1"  # never another address: whoever reaches the page may write into the store


def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C or SIGTERM; `ready` gets the address with its token when it can be opened. `port` 0: a free one.

    Raises UsageError when the port cannot be had.
    """
    import uvicorn

    known = Secrets()
    with _bound(port) as listening:
        number = int(listening.getsockname()[1])
        config = uvicorn.Config(
            application(desk, number, known), http="h11", ws="none", lifespan="off", loop="asyncio", log_config=None,
            access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = uvicorn.Server(config)
        listening.listen()
        ready(f"http://{LOOPBACK}:{number}/?token={known.token}")
        with suppress(KeyboardInterrupt):  # Ctrl-C is how a review ends
            server.run(sockets=[listening])


def in_browser(address: str) -> bool:
    """Opens the address in the user's browser; False when none could be started.

    The browser is given the name of a file that leads there and that only the user may read: every user of the machine may see
    what a program was started with, and would see the token.
    """
    handle, name = tempfile.mkstemp(prefix="briefing-review-", suffix=".html")
    atexit.register(Path(name).unlink, missing_ok=True)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(
            f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}"><title>Review</title>'
        )
    return webbrowser.open(Path(name).as_uri())


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((LOOPBACK, port))
    except OSError as error:
        found.close()
        step = "Choose another with --port, or leave it out."
        raise UsageError(f"Port {port} cannot be used: {error.strerror}", step) from error
    return found
