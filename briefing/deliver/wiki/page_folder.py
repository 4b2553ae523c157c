"""A folder of pages, read and written without ever following a symbolic link, each file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from briefing.errors import OutputError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_ABSENT = (errno.ENOENT,)
_BLOCKED = (errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EMLINK)


class PageFolder:
    """Files below `root`, by places such as "people/x.md". The root itself may be a link: the user named it.

    Every method raises OutputError naming the place: for a link or a folder in its way, no space, no permission.
    """

    def __init__(self, root: Path) -> None:
        """`root` has to be there."""
        self._root = root

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Waits until no other run works in this folder."""
        with self._named("."):
            handle = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def read(self, place: str) -> str | None:
        """The text at a place, None when there is nothing. What is no UTF-8 reads as no page of ours."""
        with self._named(place):
            try:
                with self._folder(place, make=False) as (folder, name):
                    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            except OSError as error:
                if error.errno in _ABSENT:
                    return None
                raise
            with os.fdopen(handle, "rb") as file:
                return file.read().decode("utf-8", "replace")

    def write(self, place: str, text: str) -> None:
        """Puts `text` at a place; until it is all on disk the old text stands there."""
        with self._named(place), self._folder(place, make=True) as (folder, name):
            beside = f".briefing-{name[:100]}.tmp"
            with contextlib.suppress(FileNotFoundError):  # what a run that was killed left
                os.unlink(beside, dir_fd=folder)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(text.encode("utf-8", "replace"))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(beside, dir_fd=folder)
                raise

    def remove(self, place: str) -> None:
        """Removes the file at a place."""
        with self._named(place), self._folder(place, make=False) as (folder, name):
            os.unlink(name, dir_fd=folder)

    @contextmanager
    def _folder(self, place: str, *, make: bool) -> Iterator[tuple[int, str]]:
        """The folder of a place as a handle, reached step by step from the root, and the file's name."""
        *folders, name = PurePosixPath(place).parts
        if place.startswith("/") or ".." in (*folders, name):
            raise OSError(errno.EPERM, "leads out of the folder")
        handle = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for step in folders:
                if make:
                    with contextlib.suppress(FileExistsError):
                        os.mkdir(step, dir_fd=handle)
                deeper = os.open(step, _FOLDER, dir_fd=handle)
                os.close(handle)
                handle = deeper
            yield handle, name
        finally:
            os.close(handle)

    @contextmanager
    def _named(self, place: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _BLOCKED:
                step = "Nothing is written through links. Move it away, or publish to another folder."
                raise OutputError(f"{self._root / place}: a link, file or folder stands in the way of this page", step) from error
            step = "Mend this and run the same command again."
            raise OutputError(f"{self._root / place}: {error.strerror or error}", step) from error
