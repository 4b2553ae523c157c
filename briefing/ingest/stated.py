"""dates.toml: publication dates that the user states by hand for the files beside it."""

from __future__ import annotations

import datetime
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.config_tables import read_toml
from briefing.errors import ConfigError
from briefing.ingest.files import DATES, shown
from briefing.model import Document, Problem

STORED = "store:"  # begins the name of a document of the store
BASIS = "stated_by_user"
_WHICH_FILE = "Use the name of a file in the same folder, with its ending, or delete the entry."
_WHICH_ENTRY = "For .jsonl the number is the line, for .json the place in the list."
_EXAMPLE = 'Write lines like: "article.txt" = "2024-11-12"'


class StatedDates:
    """The dates stated in the dates.toml of each folder; remembers which of them were used."""

    def __init__(self, base: Path, stored: bool = False) -> None:
        """`stored`: the documents are those of the store. Entries for the other kind of document are not looked at."""
        self._base = base
        self._stored = stored
        self._tables: dict[Path, dict[str, str]] = {}
        self._seen: dict[Path, set[str]] = {}
        self._problems: list[Problem] = []

    def apply(self, path: Path, documents: Iterable[Document]) -> list[Document]:
        """The documents of the file `path`, with the dates stated for them (by "name.jsonl#3", else by "name.jsonl")."""
        table = self._table(path.parent)
        name = _normal(path.name)
        seen = self._seen[path.parent]
        seen.add(name)
        dated = []
        for document in documents:
            key = name + document.file.removeprefix(shown(path, self._base))
            seen.add(key)
            stated = table.get(key, table.get(name))
            dated.append(_dated(document, stated) if stated else document)
        return dated

    def problems(self, folders: Iterable[Path]) -> list[Problem]:
        """What is wrong with the dates.toml files of `folders` and of the files seen: damage, and entries that name no file."""
        for folder in folders:
            self._table(folder)
        unknown = (problem for folder in self._tables for problem in self._unknown(folder))
        return [*self._problems, *unknown]

    def _table(self, folder: Path) -> dict[str, str]:
        if folder not in self._tables:
            self._tables[folder] = {}
            self._seen[folder] = set()
            if os.path.isfile(folder / DATES):
                self._tables[folder] = self._load(folder / DATES)
        return self._tables[folder]

    def _load(self, path: Path) -> dict[str, str]:
        try:
            raw = dict(_flat(read_toml(path, "Check the file's permissions.")))
        except ConfigError as error:
            message = error.message.removeprefix(f"{path}: ")
            self._problems.append(Problem(shown(path, self._base), f"{message}; none of its dates was used", error.next_step))
            return {}
        wrong = {key: value for key, value in raw.items() if _date(value) is None}
        where = shown(path, self._base)
        for key, value in wrong.items():
            self._problems.append(Problem(where, f'"{key}" is given {value!r}, which is not a date', _EXAMPLE))
        return {_normal(key): stated for key, value in raw.items() if (stated := _date(value))}

    def _unknown(self, folder: Path) -> Iterator[Problem]:
        where = shown(folder / DATES, self._base)
        for key in sorted(self._tables[folder].keys() - self._seen[folder]):
            if key.startswith(STORED) != self._stored:
                continue
            file, mark, _ = (key, "", "") if _beside(folder, key) else key.rpartition("#")
            if not _beside(folder, file):
                yield Problem(where, f'states a date for "{key}", but there is no such file', _WHICH_FILE)
            elif mark and file in self._seen[folder]:
                yield Problem(where, f'states a date for "{key}", but that article was not read', _WHICH_ENTRY)


def _dated(document: Document, stated: str) -> Document:
    return replace(document, metadata=replace(document.metadata, published=stated, published_basis=BASIS))


def _beside(folder: Path, name: str) -> bool:
    forms = (name, unicodedata.normalize("NFD", name))
    return bool(name) and "/" not in name and any(os.path.lexists(folder / form) for form in forms)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Keys and values; a.txt without quotes is a table in TOML, and means the file a.txt all the same."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _date(value: Any) -> str | None:
    if isinstance(value, datetime.date):  # datetime.datetime is one too
        return value.isoformat()
    return value.strip() or None if isinstance(value, str) else None


def _normal(name: str) -> str:
    """File names are compared in NFC: some systems take «أ» apart."""
    return unicodedata.normalize("NFC", name)
