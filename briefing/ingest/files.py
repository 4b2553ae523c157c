"""Which files are meant: the walk through the inputs, in a stable order, and the names shown to people."""

from __future__ import annotations

import difflib
import os  # os.path answers False where Path.is_dir() raises: a folder that may not be searched
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import InputError
from briefing.ingest.decode import sound
from briefing.model import Problem

ENDINGS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")
MEMORY = "memory.tmx"
DATES = "dates.toml"
_ACCEPTED = f"Files may end in {', '.join(ENDINGS)}."


@dataclass(frozen=True, slots=True)
class Found:
    """The article files in reading order, the folders looked through, and what could not be listed."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    problems: tuple[Problem, ...]


def find(paths: Sequence[Path], base: Path) -> Found:
    """Every article file named by `paths` or lying in a folder of them (recursive, sorted by name), each once.

    In folders, hidden files, README*, dates.toml, memory.tmx and files with unknown endings are passed over; a file
    with an unknown ending that was named itself is a Problem, and so is a folder with no article file in it.
    Raises InputError when a path does not exist.
    """
    files: dict[str, Path] = {}
    folders: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        _require(path)
        if os.path.isdir(path):
            below, inside = _walk(path, base, problems)
            folders.extend(inside)
        else:
            below = _named(path, base, problems)
        for file in below:
            files.setdefault(os.path.realpath(file), file)
    return Found(tuple(files.values()), tuple(folders), tuple(problems))


def memories(paths: Sequence[Path]) -> list[Path]:
    """Every memory.tmx named in `paths` or lying in a folder of them, each once, in reading order.

    Raises InputError when a path does not exist.
    """
    found: dict[str, Path] = {}
    for path in paths:
        _require(path)
        here = (entry for entry, _ in _entries(path, [])) if os.path.isdir(path) else iter([path])
        found.update((os.path.realpath(file), file) for file in here if file.name == MEMORY)
    return list(found.values())


def shown(path: Path, base: Path) -> str:
    """The name of a file as people see it: relative to `base` when inside it, else as given; always with slashes."""
    absolute, root = os.path.abspath(path), os.path.abspath(base)
    inside = os.path.commonpath((absolute, root)) == root
    name = Path(absolute).relative_to(root).as_posix() if inside else path.as_posix()
    return sound(name)


def _require(path: Path) -> None:
    if os.path.lexists(path):
        return
    neighbours = [entry.name for entry in _listing(path.parent, [])]
    close = difflib.get_close_matches(path.name, neighbours, 1)
    hint = f"Did you mean {path.parent / close[0]}?" if close else "Check the spelling and the folder you are in."
    raise InputError(f"{path}: there is no such file or folder", hint)


def _named(path: Path, base: Path, problems: list[Problem]) -> list[Path]:
    if path.suffix.lower() in ENDINGS:
        return [path]
    if path.name not in (MEMORY, DATES):  # both are read with the files beside them: `briefing build seeds/*` is fine
        kind = f"the ending {path.suffix}" if path.suffix else "a name without an ending"
        problems.append(Problem(shown(path, base), f"has {kind}, which is not read", _ACCEPTED))
    return []


def _walk(folder: Path, base: Path, problems: list[Problem]) -> tuple[list[Path], list[Path]]:
    """The article files under a folder, and the folders among which they lie."""
    failures: list[OSError] = []
    files, folders = [], [folder]
    for path, is_folder in _entries(folder, failures):
        if is_folder:
            folders.append(path)
        elif path.suffix.lower() in ENDINGS and not path.name.lower().startswith("readme"):
            files.append(path)
    for error in failures:
        where = shown(Path(os.fsdecode(error.filename)), base)
        problems.append(Problem(where, f"the folder cannot be read: {error.strerror}", "Check its permissions."))
    if not files and not failures:
        problems.append(Problem(shown(folder, base), "the folder holds no article files", _ACCEPTED))
    return files, folders


def _entries(folder: Path, failures: list[OSError]) -> Iterator[tuple[Path, bool]]:
    """Everything below a folder that is not hidden, sorted by name, with whether it is a folder; loops are cut."""
    seen = {os.path.realpath(folder)}
    waiting = _listing(folder, failures)
    while waiting:
        path = waiting.pop()
        if not os.path.isdir(path):
            yield path, False
            continue
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path, True
            waiting.extend(_listing(path, failures))


def _listing(folder: Path, failures: list[OSError]) -> list[Path]:
    """The entries of a folder, last name first."""
    try:
        names = sorted(os.listdir(folder), reverse=True)
    except OSError as error:
        failures.append(error)
        return []
    return [folder / name for name in names if not name.startswith(".")]
