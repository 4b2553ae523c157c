"""Whether a store is whole: its structure, what its tables point at, every document against its digest. Changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import InputError
from briefing.store.database import named_errors, reading, version
from briefing.store.documents import unpacked

_MOST = 20  # faults of one kind that are named


@dataclass(frozen=True, slots=True)
class Found:
    """The version of a store's tables, the rows in each, the size of the file in bytes, and what is wrong (empty: nothing)."""

    version: int
    tables: Mapping[str, int]
    size: int
    faults: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.tables.values())


def check(path: Path) -> Found:
    """Reads all of the store or backup at `path` and writes nothing.

    Raises InputError when there is none, StoreError when it cannot be read at all, is not ours or newer than this program.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such store", "`briefing fetch` or `briefing keep` makes one.")
    with named_errors(path), closing(reading(path)) as connection:
        number = version(connection, path)
        faults = tuple(_structure(connection))
        tables = {} if faults else _tables(connection)
        faults += tuple(_documents(connection)) if "documents" in tables else ()
        return Found(number, tables, path.stat().st_size, faults)


def _structure(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield str(line)
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
        yield f"row {rowid} of {table} points at a row of {parent} that is not there"


def _tables(connection: sqlite3.Connection) -> dict[str, int]:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [str(name) for (name,) in connection.execute(sql)]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}


def _documents(connection: sqlite3.Connection) -> Iterator[str]:
    found = 0
    for digest, content in connection.execute("SELECT digest, content FROM documents"):
        if unpacked(content, str(digest)) is None:
            found += 1
            if found <= _MOST:
                yield f"the document {str(digest)[:12]} is not what its digest says"
