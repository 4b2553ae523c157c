"""One process at a time sends: a lock that the system takes back when its holder ends, however it ends."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import StoreError


@contextmanager
def one_sender(store: Path) -> Iterator[None]:
    """No other process sends from this store in the block. Raises StoreError when one is at it, or none can lock."""
    path = store.resolve().with_name(store.name + ".sending")
    handle = _opened(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            message = f"{path}: another process is sending"
            raise StoreError(message, "Run the same command again when it is done.") from error
        step = "Without a lock a brief could go out twice: keep the store on a disk of this machine (paths.store)."
        raise StoreError(f"{path}: cannot be locked: {error.strerror}", step) from error
    try:
        yield
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise StoreError(f"{path}: cannot be made: {error.strerror}", "Check space and permissions.") from error
