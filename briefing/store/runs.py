"""What scheduled runs have done: one row for each run, one for each stage it began, so that the next can go on there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from briefing.store.database import Database
from briefing.store.documents import now

Stage = Literal["fetch", "build", "send", "publish"]
State = Literal["running", "done", "waiting", "failed", "interrupted"]
"""`waiting`: done but for deliveries that are tried again; `interrupted`: its process died."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A stage that was begun. Times are ISO 8601 in UTC; `detail` holds counts, what was said and problems.

    `inputs` is a digest of what a build rests on, `cut_off` its information cut-off, `brief` the digest of the brief.json that
    the stage was about.
    """

    stage: Stage
    state: State
    started: str = ""
    ended: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    inputs: str | None = None
    cut_off: str | None = None
    brief: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a week with the stages it began; `code` is its exit code, None while it runs or when it died."""

    id: int
    week: str
    state: State
    started: str
    ended: str | None
    code: int | None
    stages: tuple[Attempt, ...]


class Runs:
    """The runs of a store. Every method raises StoreError when the store does not work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, week: str) -> int:
        """Notes a new run and returns its number. Only who holds the lock may: what still counts as running died."""
        with self._database.writing():
            for table in ("runs", "stages"):
                self._database.execute(f"UPDATE {table} SET state = 'interrupted' WHERE state = 'running'")
            self._database.execute("INSERT INTO runs (week, state, started) VALUES (?, 'running', ?)", week, now())
            return self._last()

    def end(self, run: int, state: State, code: int) -> None:
        """Notes how a run ended."""
        sql = "UPDATE runs SET state = ?, ended = ?, code = ? WHERE id = ?"
        with self._database.writing():
            self._database.execute(sql, state, now(), code, run)

    def start(self, run: int, stage: Stage, inputs: str | None = None, cut_off: str | None = None) -> int:
        """Notes that a stage begins and returns the number of this attempt."""
        sql = "INSERT INTO stages (run, stage, state, started, detail, inputs, cut_off) VALUES (?, ?, 'running', ?, '{}', ?, ?)"
        with self._database.writing():
            self._database.execute(sql, run, stage, now(), inputs, cut_off)
            return self._last()

    def finish(self, attempt: int, state: State, detail: Mapping[str, Any], brief: str | None) -> None:
        """Notes how an attempt ended."""
        sql = "UPDATE stages SET state = ?, ended = ?, detail = ?, brief = ? WHERE id = ?"
        with self._database.writing():
            self._database.execute(sql, state, now(), json.dumps(detail, ensure_ascii=True), brief, attempt)

    def past(self, week: str) -> tuple[Attempt, ...]:
        """Every stage that was begun for a week, oldest first, whichever run began it."""
        return self._stages("WHERE r.week = ?", week)

    def recent(self, most: int) -> tuple[Run, ...]:
        """The last runs, newest first."""
        rows = self._database.rows("SELECT id, week, state, started, ended, code FROM runs ORDER BY id DESC LIMIT ?", most)
        return tuple(_run(row, self._stages("WHERE r.id = ?", row[0])) for row in rows)

    def articles(self, week: str) -> int | None:
        """How many articles a week had when it was last built, None when it was not."""
        return next((n for found, n in self._built() if found == week), None)

    def articles_before(self, week: str, most: int = 8) -> tuple[int, ...]:
        """How many articles the last `most` weeks before `week` had, of those that were built; oldest first."""
        return tuple(n for found, n in self._built() if found < week)[-most:]

    def _built(self) -> list[tuple[str, int]]:
        """The weeks that were built with their articles, the oldest week first."""
        joined = "FROM stages s JOIN runs r ON r.id = s.run"
        newest = f"SELECT max(s.id) {joined} WHERE stage = 'build' AND s.state = 'done' GROUP BY week"
        sql = f"SELECT r.week, s.detail ->> '$.counts.articles' {joined} WHERE s.id IN ({newest}) ORDER BY r.week"
        return [(str(week), int(str(n))) for week, n in self._database.rows(sql) if n is not None]

    def _stages(self, where: str, value: object) -> tuple[Attempt, ...]:
        columns = "s.stage, s.state, s.started, s.ended, s.detail, s.inputs, s.cut_off, s.brief"
        sql = f"SELECT {columns} FROM stages s JOIN runs r ON r.id = s.run {where} ORDER BY s.id"
        return tuple(_attempt(row) for row in self._database.rows(sql, value))

    def _last(self) -> int:
        return int(str(self._database.rows("SELECT last_insert_rowid()")[0][0]))


def _attempt(row: tuple[Any, ...]) -> Attempt:
    stage, state, started, ended, detail, *rest = row
    return Attempt(stage, state, started, ended, json.loads(detail), *rest)


def _run(row: tuple[Any, ...], stages: tuple[Attempt, ...]) -> Run:
    number, week, state, started, ended, code = row
    return Run(number, week, state, started, ended, code, stages)
