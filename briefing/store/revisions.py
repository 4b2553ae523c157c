"""What people said of items in review: rows that are only ever added; the newest of an item and field stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import StoreError
from briefing.model import Problem
from briefing.store.database import Database
from briefing.store.documents import now

FIELDS = ("verdict", "english", "speaker", "date", "count")
ALL = "all"  # stands for the week of a brief that has none
ACCEPT, REJECT = "accept", "reject"  # values of the field "verdict"

Standing = Mapping[str, Mapping[str, "Revision"]]
Recorded = Mapping[str, tuple["Revision", ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to be said of an item: `key` by its content, `field` one of FIELDS, `value` JSON, `seen` as the item was read."""

    key: str
    field: str
    value: Any
    seen: tuple[str, ...]
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A row. `made` is an ISO 8601 time in UTC, `action` is shared by the rows of one act, `undoes` is the act taken back."""

    id: int
    action: int
    week: str
    key: str
    field: str
    value: Any
    seen: tuple[str, ...]
    who: str
    made: str
    note: str
    shown: Mapping[str, str]
    undoes: int | None = None


class Changed(Exception):
    """Someone else wrote about the item after the page that this came from was shown; nothing was written."""


class Revisions:
    """The revisions of a store. Every method raises StoreError when the store does not work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, week: str) -> tuple[Revision, ...]:
        """Every row for the brief of `week` ("2024-W46" or "all"), oldest first."""
        return tuple(_revision(row) for row in self._database.rows(f"{_SELECT} WHERE week = ? ORDER BY id", week))

    def by_week(self) -> Recorded:
        """Every row, oldest first, by the week of its brief."""
        found: dict[str, tuple[Revision, ...]] = {}
        for row in map(_revision, self._database.rows(f"{_SELECT} ORDER BY id")):
            found[row.week] = (*found.get(row.week, ()), row)
        return found

    def add(self, week: str, changes: Sequence[Change], who: str, expected: int, note: str = "") -> None:
        """Writes `changes` as one act. Raises Changed when a row later than `expected` stands at one of their items."""
        with self._database.writing():
            self._expect(week, [change.key for change in changes], expected)
            action = self._next()
            for change in changes:
                shown = json.dumps(dict(change.shown), ensure_ascii=True)
                row = (action, week, change.key, change.field, json.dumps(change.value), " ".join(change.seen), who, now(), note)
                self._database.execute(_INSERT, *row, shown, None)

    def undo(self, week: str, keys: Collection[str], who: str, expected: int) -> Revision | None:
        """Takes back the newest act on an item; the first row of it, or None when there is none. Raises Changed as `add` does."""
        with self._database.writing():
            self._expect(week, keys, expected)
            rows = self.of(week)
            mine = [row for row in _alive(rows) if row.key in keys]
            if not mine:
                return None
            taken = max(mine, key=lambda row: row.id).action
            undone, action = [row for row in rows if row.action == taken], self._next()
            for row in undone:
                values = (action, week, row.key, row.field, "null", "", who, now(), "", json.dumps(dict(row.shown)), taken)
                self._database.execute(_INSERT, *values)
        return undone[0]

    def _expect(self, week: str, keys: Collection[str], expected: int) -> None:
        if newest(self.of(week), keys) > expected:
            raise Changed

    def _next(self) -> int:
        return int(str(self._database.rows("SELECT coalesce(max(id), 0) + 1 FROM revisions")[0][0]))


_COLUMNS = "action, week, key, field, value, seen, who, made, note, shown, undoes"
_SELECT = f"SELECT id, {_COLUMNS} FROM revisions"
_INSERT = f"INSERT INTO revisions ({_COLUMNS}) VALUES ({', '.join('?' * 11)})"


def _revision(row: tuple[Any, ...]) -> Revision:
    ident, action, week, key, name, value, seen, *said, shown, undoes = row
    who, made, note = said
    read = (json.loads(value), tuple(seen.split()), who, made, note, json.loads(shown))
    return Revision(ident, action, week, key, name, *read, undoes)


def newest(rows: Iterable[Revision], keys: Collection[str]) -> int:
    """The id of the newest row about these items, 0 when nothing was said of them."""
    return max((row.id for row in rows if row.key in keys), default=0)


def standing(rows: Iterable[Revision]) -> Standing:
    """What stands: for each item by key, and each field of it, the newest row that was not taken back."""
    found: dict[str, dict[str, Revision]] = {}
    for row in _alive(rows):
        found.setdefault(row.key, {})[row.field] = row
    return found


def _alive(rows: Iterable[Revision]) -> list[Revision]:
    """The rows that say something and were not taken back, oldest first."""
    ordered = sorted(rows, key=lambda row: row.id)
    gone = {row.undoes for row in ordered}
    return [row for row in ordered if row.undoes is None and row.action not in gone]


def digest(rows: Iterable[Revision]) -> str:
    """A SHA-256 of what stands and of who said it when: equal for equal reviews."""
    told = [[r.key, r.field, r.value, r.seen, r.who, r.made] for fields in standing(rows).values() for r in fields.values()]
    return hashlib.sha256(json.dumps(sorted(told, key=json.dumps)).encode()).hexdigest()


def recorded(store: Path) -> tuple[Recorded, tuple[Problem, ...]]:
    """The rows by week; no store is none. A store that fails is a Problem: a brief must not pass for reviewed."""
    if not store.exists():
        return {}, ()
    try:
        with Database(store) as database:
            return Revisions(database).by_week(), ()
    except StoreError as error:
        _, _, what = error.message.partition(": ")
        # the name alone: a brief is read elsewhere, where nobody needs to know the folders of this machine
        return {}, (Problem(store.name, f"what was reviewed is not in this brief: {what}", error.next_step),)
