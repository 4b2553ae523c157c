"""Lexicon files on the disk, the packaged ones and those of a user's folder, and the lines that their entries stand on."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from briefing.config_tables import read_toml
from briefing.errors import ConfigError
from briefing.lexicon.flaw import At, hint
from briefing.lexicon.schema import FILES, section
from briefing.lexicon.shapes import Rows, Table

TOPICS = "topics"
OURS = "briefing/lexicon"  # how packaged files are called in messages


@dataclass(frozen=True, slots=True)
class Source:
    """A lexicon file: its name without .toml, how messages call it, its text and the table in it."""

    name: str
    label: str
    text: str
    table: Table

    def line(self, at: At) -> int | None:
        """The line (from 1) that a place in the file stands on, None where it cannot be told."""
        lines, start = self.text.split("\n"), _start(self.text, at.section)
        if at.row is not None:
            found = _row_lines(self.text, self.name, at.section)
            return found[at.row] if at.row < len(found) else None
        if start is None or not at.name:
            return start
        word = re.compile(rf"^\s*{re.escape(at.name)}\s*=|{re.escape(_quoted(at.name))}|'{re.escape(at.name)}'")
        return next((n for n, line in enumerate(lines[start - 1 :], start) if word.search(line)), start)


@lru_cache(maxsize=256)
def _start(text: str, name: str) -> int | None:
    head = re.compile(rf"\s*(?:\[\[?\s*{re.escape(name)}\s*(?:\]|\.)|{re.escape(name)}\s*=)")
    return next((n for n, line in enumerate(text.split("\n"), 1) if head.match(line)), None)


@lru_cache(maxsize=256)
def _row_lines(text: str, file: str, name: str) -> tuple[int, ...]:
    """The lines of `[[name]]`, or in a list of inline tables those of the key that entries are known by."""
    lines = list(enumerate(text.split("\n"), 1))
    head = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    if heads := [n for n, line in lines if head.match(line)]:
        return tuple(heads)
    shape, start = section(file, name), _start(text, name)
    known_by = (shape.by or shape.like) if isinstance(shape, Rows) else ""
    key = re.compile(rf"(?<![\w.-]){known_by}\s*=\s*[\"']")
    return tuple(n for n, line in lines if start is not None and n >= start for _ in key.finditer(line))


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


@cache
def packaged(name: str) -> Source:
    """One of our files, read once."""
    text = resources.files("briefing.lexicon").joinpath(f"{name}.toml").read_text("utf-8")
    return Source(name, f"{OURS}/{name}.toml", text, tomllib.loads(text))


def examples() -> dict[str, str]:
    """An example of each file that users change most: its name without .toml, and its text."""
    folder = resources.files("briefing.lexicon").joinpath("examples")
    texts = {path.name.removesuffix(".toml"): path.read_text("utf-8") for path in folder.iterdir()}
    return {name: texts[name] for name in FILES if name in texts}


def own_files(folder: Path) -> tuple[Path, ...]:
    """The files of a user's folder, by name; anything but .toml is passed over. Raises ConfigError when it cannot be read."""
    try:
        return tuple(sorted(p for p in folder.iterdir() if p.suffix == ".toml" and not p.name.startswith(".")))
    except OSError as error:
        step = "Check that it is a folder, and its permissions."
        raise ConfigError(f"{folder}: cannot be read: {error.strerror}", step) from error


def owned(folder: Path | None, topics: Path | None) -> dict[Path, str]:
    """A user's lexicon files and the names of those of ours they lie over: those of a folder, and a topics.toml of any name.

    A folder that does not exist has none. Raises ConfigError when it cannot be read, or when there are two lists of topics.
    """
    files = {path: path.stem for path in own_files(folder)} if folder is not None and folder.exists() else {}
    if topics is not None:
        if (other := next((path for path, name in files.items() if name == TOPICS), None)) is not None:
            raise ConfigError(f"{topics}: there are topics in {other} too", "Put them into one of the two files.")
        files[topics] = TOPICS
    return files


def own(path: Path, name: str) -> Source:
    """A user's file over ours called `name`. Raises ConfigError when there is none, when it cannot be read or is not TOML."""
    if name not in FILES:
        step = hint(path.name, [f"{name}.toml" for name in FILES], "A lexicon folder may hold")
        raise ConfigError(f"{path}: is no lexicon file", step)
    table: dict[str, Any] = read_toml(path)
    return Source(name, str(path), path.read_bytes().decode("utf-8-sig"), table)


def entries(source: Source) -> Iterator[tuple[At, Mapping[str, Any]]]:
    """Every entry with keys of its own, and where it stands."""
    for shape in FILES[source.name]:
        held = source.table.get(shape.name, ())
        if isinstance(shape, Rows):
            yield from ((At(shape.name, n, str(row.get(shape.by or shape.like, ""))), row) for n, row in enumerate(held))
        elif isinstance(held, dict):
            yield from ((At(shape.name, name=word), row) for word, row in held.items() if isinstance(row, dict))
