"""One run at a time on a store: a lock on a file beside it, which goes with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import BusyError, StoreError
from briefing.store.documents import now

_MOST = 200  # bytes of the file that are read: it holds a number and a time


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Holds the lock of `store` until the block ends; the system lets it go when the process dies, however it dies.

    Raises BusyError, which names the holder and since when, when another process has it, StoreError when it cannot be made.
    """
    path = lock_file(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        step = "Check space and permissions of the folder of the store (paths.store in briefing.toml)."
        raise StoreError(f"{path}: the lock cannot be made: {error.strerror}", step) from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)  # the file stays: were it deleted, two processes could hold locks on two files of one name


def holder(store: Path) -> str | None:
    """Who holds the lock of `store` at this moment: "process 4711, since 2024-11-18T06:00:00+00:00"; None when nobody does."""
    try:
        handle = os.open(lock_file(store), os.O_RDWR)
    except OSError:
        return None
    try:
        # a shared lock: two that only ask do not meet each other
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _written(handle)
    finally:
        os.close(handle)
    return None


def lock_file(store: Path) -> Path:
    """The file beside the store that is locked."""
    return store.with_name(f"{store.name}.lock")


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"{path}: another run is at work on this store ({_written(handle)})"
        raise BusyError(message, "Wait until it has ended, then run the same command again.") from error
    except OSError as error:
        step = "Put the store on a disk of this machine: paths.store in briefing.toml."
        raise StoreError(f"{path}: cannot be locked: {error.strerror}", step) from error
    # what a dead holder left there goes first; on a full disk the lock holds all the same
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}, since {now()}\n".encode(), 0)
    except OSError:
        return


def _written(handle: int) -> str:
    text = os.pread(handle, _MOST, 0).decode("utf-8", "replace").strip()
    return text if text.startswith("process ") else "a process that began just now"
