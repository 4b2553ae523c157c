"""The user's own memory: where it is, and how it is changed without ever losing what is in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.config import Config, Paths
from briefing.errors import ConfigError, OutputError
from briefing.translate.entry import Entry
from briefing.translate.memory import resolved
from briefing.translate.merging import Merged
from briefing.translate.tmx import read_tmx, tmx_bytes

_SPACE = "Check the folder and the free space."


def own_file(config: Config) -> Path:
    """The file that holds the user's own memory, whether it is there or not. Raises ConfigError when the settings name none."""
    if not config.paths.memory:
        raise ConfigError(f"{config.file}: paths.memory is empty", f'Name a file, for example memory = "{Paths().memory}".')
    return config.base / config.paths.memory


def memory_files(config: Config, beside: Sequence[Path]) -> list[Path]:
    """The memories that a build asks, the one that is asked first first, each once.

    They are the user's own (paths.memory), those under translate.memory as listed, and those found `beside` the inputs. Raises
    ConfigError when the settings name a memory of the user's that is not there.
    """
    files = [*_own(config), *(config.base / file for file in config.translate.memory), *beside]
    found: dict[str, Path] = {}
    for file in files:
        found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _own(config: Config) -> list[Path]:
    if not config.paths.memory:
        return []
    file = own_file(config)
    if file.exists():
        return [file]
    if config.paths.memory != Paths().memory:
        step = "Make it with `briefing memory import` or `briefing memory add`, or take the line out of the settings."
        raise ConfigError(f"{config.file}: paths.memory: {file} does not exist", step)
    return []


def update(path: Path, change: Callable[[Mapping[str, Entry]], Merged]) -> Merged:
    """`change` done to the memory in `path`, which is made when it is not there; one process at a time.

    The file is whole at every moment: it is written beside and put in its place, and only when something has changed. A file
    that says more than its pairs is left alone. Raises ConfigError for that and for one that cannot be read, OutputError when
    it cannot be written.
    """
    with _alone(Path(os.path.realpath(path)).parent):
        before = _read_whole(path) if path.exists() else {}
        after = change(before)
        if after.entries != before or not path.exists():
            write_whole(path, tmx_bytes(after.entries.values()))
    return after


def _read_whole(path: Path) -> Mapping[str, Entry]:
    """The entries of a file that holds nothing else. Raises ConfigError when writing it anew would lose something."""
    read = read_tmx(path)
    entries, rivals = resolved(read.entries)
    lost = [f"{count} {what}" for what, count in read.left_out.items()]
    lost += [f"{len(rivals)} sentences with several translations"] if rivals else []
    if lost:
        step = f"Give it another name and take it in: briefing memory import {path.stem}-before{path.suffix}"
        raise ConfigError(f"{path}: is not changed, for it has more than a memory of ours would keep: {', '.join(lost)}", step)
    return entries


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` into `path` as a whole or not at all. Raises OutputError when it cannot be written."""
    real = Path(os.path.realpath(path))  # the file stays where a link points to
    if real.exists() and not real.is_file():
        raise OutputError(f"{path}: is no regular file", "Choose another name.")
    temporary = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # a power cut must not leave a new name on an empty file
        if real.exists():
            shutil.copymode(real, temporary)
        temporary.replace(real)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise OutputError(f"{path}: cannot be written: {error.strerror}", _SPACE) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits until no other process changes a memory in `folder`. A file system that has no locks is used without."""
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be used: {error.strerror}", _SPACE) from error
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
