"""Derived values by the digest of all they rest on: slow answers are kept, and a store that fails costs only time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from briefing.errors import StoreError
from briefing.model import Problem
from briefing.store.database import Database
from briefing.store.documents import now

T = TypeVar("T")


def key(*parts: str) -> str:
    """The key of a value that rests on these texts and on nothing else: a SHA-256, in hexadecimal.

    Where one part ends and the next begins counts too.
    """
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Cache:
    """Texts by kind and key. It never raises: when the store fails it holds nothing from then on, and `problems` says why."""

    def __init__(self, database: Database | None, problems: tuple[Problem, ...] = ()) -> None:
        self._database = database
        self.problems = problems

    def found(self, kind: str, keys: Collection[str]) -> dict[str, str]:
        """The values that are there, by key, in one query."""
        sql = "SELECT key, value FROM cache WHERE kind = ? AND key IN (SELECT value FROM json_each(?))"
        rows = self._tried(lambda database: database.rows(sql, kind, json.dumps(list(keys))))
        return {str(k): str(value) for k, value in rows or ()}

    def keep(self, kind: str, values: Mapping[str, str]) -> None:
        """Keeps the values in one transaction. Of two processes with the same key the later one wins: both hold the same."""

        def write(database: Database) -> None:
            made = now()
            with database.writing():
                rows = ((kind, k, value, made) for k, value in values.items())
                database.execute_each("INSERT OR REPLACE INTO cache VALUES (?, ?, ?, ?)", rows)

        self._tried(write)

    def _tried(self, act: Callable[[Database], T]) -> T | None:
        if self._database is None:
            return None
        try:
            return act(self._database)
        except StoreError as error:
            self._database = None
            self.problems += (_problem(error),)
            return None


@contextmanager
def open_cache(path: Path) -> Iterator[Cache]:
    """The cache in the store at `path`; where that cannot be opened, one that holds nothing and says so."""
    try:
        database = Database(path)
    except StoreError as error:
        yield Cache(None, (_problem(error),))
        return
    with database:
        yield Cache(database)


def _problem(error: StoreError) -> Problem:
    where, _, what = error.message.partition(": ")
    return Problem(where, f"answers are not kept for the next run: {what}", error.next_step)
