"""How things stand: the last runs, what is wrong, and who holds the store, as one object for the page and for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing.job.account import clean, safe
from briefing.store.alarms import Alarms, Trouble
from briefing.store.database import Database
from briefing.store.run_lock import holder
from briefing.store.runs import Run, Runs

SCHEMA = "briefing.status/1"
RUNS = 8  # runs that are shown


@dataclass(frozen=True, slots=True)
class Status:
    """`running` says who holds the store, None when nobody does; `runs` are the last, newest first; `troubles` what is wrong."""

    running: str | None
    runs: tuple[Run, ...]
    troubles: tuple[Trouble, ...]


def status(store: Path) -> Status:
    """How things stand in the store; with no store, nothing has happened yet. Raises StoreError."""
    if not store.exists():
        return Status(holder(store), (), ())
    with Database(store) as database:
        return Status(holder(store), Runs(database).recent(RUNS), Alarms(database).known())


def page(now: Status) -> list[str]:
    """The lines of the page for people."""
    lines = [f"A run is at work: {now.running}"] if now.running else []
    lines += ["Runs, the last first:"] if now.runs else ["There was no run yet: briefing run"]
    for one in now.runs:
        lines.append(f"  {one.week}  {_state(one, now):<12}{one.started} to {one.ended or '…'}")
        lines += [f"    {stage.stage:<9}{stage.state:<12}{stage.detail.get('said', '')}".rstrip() for stage in one.stages]
    troubles = [f"  {trouble.message} {trouble.next_step}" for trouble in now.troubles]
    lines += ["Problems:", *troubles] if troubles else ["No problems are known."]
    return [safe(line) for line in lines]


def tree(now: Status) -> dict[str, Any]:
    """The object for machines (schema briefing.status/1)."""
    cleaned: dict[str, Any] = clean({"schema": SCHEMA, **asdict(now)})
    return cleaned


def _state(one: Run, now: Status) -> str:
    return "interrupted" if one.state == "running" and now.running is None else one.state
