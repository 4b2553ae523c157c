"""The tasks of the walk's middle, by name: pure functions from JSON to JSON, which any process can do."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import cast

Task = Callable[[bytes, Sequence[bytes]], list[bytes]]
HARVEST, SEARCH, TRANSLATE, LOCK, CHECK = "harvest", "search", "translate", "lock", "check"
# A name never comes from an article: what a process runs is one of these.
TASKS = {
    HARVEST: "briefing.spread.harvesting:work",
    SEARCH: "briefing.spread.searching:work",
    TRANSLATE: "briefing.spread.translating:work",
    LOCK: "briefing.spread.lines:lock",
    CHECK: "briefing.spread.lines:check",
}


def run(task: str, head: bytes, units: Sequence[bytes]) -> list[bytes]:
    """One answer for each unit, in order; `head` is what they share. Raises SpreadError for what is not of the task's types."""
    module, _, function = TASKS[task].partition(":")
    return cast(Task, getattr(importlib.import_module(module), function))(head, units)


def run_joined(task: str, head: bytes, units: bytes) -> bytes:
    """The same with the units, and the answers, one on each line: many small arguments cost a scheduler's client time."""
    return b"\n".join(run(task, head, units.split(b"\n")))
