"""Copies of a store: made while others work on it, checked, and put back in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.errors import InputError, StoreError, UsageError
from briefing.store.carrying import carry_over
from briefing.store.checking import Found, check
from briefing.store.database import Database, named_errors

_BESIDE = ("", "-wal", "-shm")  # what makes up a store on disk
_STAMP = "%Y%m%dT%H%M%SZ"


def back_up(store: Path, target: Path, when: datetime, folder: bool = False) -> tuple[Path, Found]:
    """Copies `store` to the file `target`, or into it as store-TIME.db when it is a folder; the path and what the copy holds.

    With `folder` it is one, and is made where it is not there.

    The copy is of one moment, whoever writes meanwhile. It is checked and on disk before it takes its name; an earlier
    backup of that name is replaced. Raises InputError without a store, UsageError when `target` is another program's
    file or the store itself, StoreError.
    """
    _there(store)
    path = target / f"store-{when.strftime(_STAMP)}.db" if folder or target.is_dir() else target
    if folder:
        _made(target)
    if path.exists():
        _replaceable(path, store)
    with _staged(path) as temporary:
        with Database(store) as database:
            database.copy_to(temporary)
        found = check(temporary)
        if found.faults:
            raise StoreError(f"{store}: is damaged: {found.faults[0]}", "Restore an older backup: briefing store restore FILE")
    return path, found


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: no folder can be made there: {error.strerror}", "Name another one.") from error


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was put back: `aside` is where the old one is kept (None: it held nothing), `found` what there is now.

    `carried` counts the deliveries that only the old one knew; None when it was damaged and could not be asked.
    """

    aside: Path | None
    found: Found
    carried: int | None


def restore(backup: Path, store: Path, force: bool, when: datetime) -> Restored:
    """Puts the backup in the place of `store`, with the deliveries that the store knows of beyond it.

    A store that works is overwritten in one transaction, so others may have it open; one that is damaged is moved aside. Raises
    InputError without a backup, StoreError when it is damaged, not ours or newer than this program, UsageError when the
    store holds something and `force` is not set.
    """
    if not backup.is_file():
        raise InputError(f"{backup}: there is no such file", "Name a file that `briefing store backup` wrote.")
    if store.exists() and store.samefile(backup):
        raise UsageError(f"{backup}: is the store itself", "Name a backup of it.")
    found = check(backup)
    if found.faults:
        raise StoreError(f"{backup}: is damaged and was not restored: {found.faults[0]}", "Take another backup.")
    damaged = _damaged(store) if store.exists() else None
    aside = _set_aside(store, damaged, force, when) if store.exists() else None
    carried = _put_back(backup, store, store.exists())
    return Restored(aside, check(store), None if damaged else carried)


def _put_back(backup: Path, store: Path, carry: bool) -> int:
    """Puts the backup, brought up to date and with what went out since, into the store; how many deliveries were carried."""
    with _temporary(store) as ready:
        with Database(ready) as database:
            database.copy_from(backup)
        with Database(ready) as database:  # opened anew: an older backup is brought up to date
            carried = carry_over(store, database) if carry else 0
        with Database(store) as database:
            database.copy_from(ready)
    return carried


def _set_aside(store: Path, damaged: str | None, force: bool, when: datetime) -> Path | None:
    """The old store beside it: a copy, or the files themselves when it is damaged; None when it holds nothing."""
    if damaged is None and not check(store).rows:
        return None
    if not force:
        what = f"is damaged ({damaged})" if damaged else "holds something"
        raise UsageError(f"{store}: {what}", "Say --force to put the backup in its place; the old one is kept beside it.")
    aside = _free(store.with_name(f"{store.name}.before-{when.strftime(_STAMP)}"))
    if damaged is None:
        with _staged(aside) as temporary, Database(store) as database:
            database.copy_to(temporary)
        return aside
    with named_errors(store):
        for end in _BESIDE:  # its log goes with it, for whoever wants to save something
            if (part := store.with_name(store.name + end)).exists():
                os.replace(part, aside.with_name(aside.name + end))
    return aside


def _damaged(store: Path) -> str | None:
    """What is wrong with a store that cannot be copied, None when nothing is. One that is only locked or not ours raises."""
    try:
        with Database(store):
            faults = check(store).faults
        return faults[0] if faults else None
    except StoreError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and "is damaged" in error.message:
            return error.message.partition(": ")[2]
        raise


def _there(store: Path) -> None:
    if not store.is_file():
        raise InputError(f"{store}: there is no store yet", "`briefing fetch` or `briefing keep` makes one.")


def _replaceable(path: Path, store: Path) -> None:
    if path.samefile(store):
        raise UsageError(f"{path}: is the store itself", "Name another file, or a folder.")
    try:
        check(path)
    except StoreError as error:
        if path.stat().st_size:
            step = "Name a file that does not exist, an earlier backup, or a folder."
            raise UsageError(f"{path}: exists and is no backup of a store", step) from error


def _free(path: Path) -> Path:
    """`path`, or with a number after it when that is taken."""
    names = (path, *(path.with_name(f"{path.name}.{n}") for n in range(2, 10_000)))
    return next(name for name in names if not name.exists())


@contextmanager
def _staged(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; after the block what is there takes the name, after an error it is gone."""
    with _temporary(path) as temporary:
        yield temporary
        with named_errors(path):
            _flush(temporary)
            os.replace(temporary, path)
            _flush(path.parent)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """A name beside `path` for the length of the block."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with named_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
    finally:
        for end in _BESIDE:
            temporary.with_name(temporary.name + end).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
