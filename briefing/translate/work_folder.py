"""Hidden folders that models are made in: each locked by the process at work there, and cleared away when one was killed.

Beside the models lie `.new-NAME` (being converted), `.old-NAME` (being replaced), `.removed-NAME` (being deleted) and
`.pull-NAME` (being downloaded, kept until it is whole). The lock is on the folder itself, so a killed process leaves none behind.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from briefing.errors import EngineError

NEW, OLD, REMOVED, PULL = ".new-", ".old-", ".removed-", ".pull-"
_TEMPORARY = (NEW, REMOVED, ".download-")  # the last is what an earlier version left
_TRIES, _PAUSE = 4, 0.05  # seconds; somebody who only clears away holds a lock for moments


class Busy(EngineError):
    """Another process is at work on the same model."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[Path]:
    """`folder`, made when it is missing and locked for this process until the block ends. What lies in it stays.

    Raises Busy when another process holds it, OSError when it cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder, make=True)
    if lock is None:
        raise Busy(f"{folder}: another process is at work on this model", "Wait until it has ended, then run the same command.")
    try:
        yield folder
    finally:
        os.close(lock)


def clear(models_dir: Path) -> None:
    """Remove what killed processes have left in `models_dir`, and put back a model that was about to be replaced.

    Downloads that can go on are kept. What cannot be removed stays: it is in nobody's way.
    """
    with contextlib.suppress(OSError):
        for path in sorted(models_dir.glob(f"{OLD}*")):
            _put_back(path)
        for path in sorted(path for start in _TEMPORARY for path in models_dir.glob(f"{start}*")):
            if path.is_dir() and not path.is_symlink():
                _remove(path)


def _put_back(old: Path) -> None:
    name = old.name.removeprefix(OLD)
    new, final = old.with_name(NEW + name), old.with_name(name)
    lock = _locked(new, make=False) if new.exists() else None
    if new.exists() and lock is None:
        return  # its owner is between the two renames
    with contextlib.suppress(OSError):
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(final)
    if lock is not None:
        os.close(lock)


def _remove(folder: Path) -> None:
    lock = _locked(folder, make=False)
    if lock is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path, make: bool) -> int | None:
    """An open, locked handle of `folder`, or None when another process holds it (or, without `make`, when it is gone)."""
    for _ in range(_TRIES):
        if make:
            folder.mkdir(exist_ok=True)
        lock = None
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            if _lock(lock) and _same(lock, folder):
                return lock
        except FileNotFoundError:
            if not make:
                return None
        if lock is not None:
            os.close(lock)
        time.sleep(_PAUSE)
    return None


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network disks lock no folders at all; working without a lock is better there than not at all.
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _same(handle: int, folder: Path) -> bool:
    """Whether the folder was not removed, or replaced, while the lock was waited for."""
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False
