"""The account of a run: one page for people, JSON for machines, neither with a secret in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from briefing.model import Problem
from briefing.store.runs import Stage

SCHEMA = "briefing.run/1"
LISTED = 15  # problems of a stage on the page for people; the rest are counted
Ended = Literal["done", "waiting", "failed", "not done"]
_SHOWN = {"not done": "skipped"}  # beside it stands why, such as "done" and the time
_SECRET = re.compile(r"^BRIEFING_.*(KEY|PASSWORD|TOKEN|SECRET)$")
_USER = re.compile(r"(?<=://)[^\s/@]+@")


@dataclass(frozen=True, slots=True)
class StageAccount:
    """What became of a stage: its state, what was said in one line, its counts, and what was left undone.

    "not done" is one that was not due: done before, not in the settings, or after one that failed. Times are ISO 8601 in UTC,
    None for a stage that was not begun.
    """

    stage: Stage
    state: Ended
    said: str
    started: str | None = None
    ended: str | None = None
    counts: Mapping[str, int] | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A run from its start to its end. `code` is the exit code, `finished` says that nothing was left to do for the week.

    `warnings` are what the operator should know of, `notes` what was done about them and what to do next.
    """

    week: str
    state: Literal["done", "waiting", "failed"]
    code: int
    started: str
    ended: str
    finished: bool
    stages: tuple[StageAccount, ...]
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def page(account: Account) -> list[str]:
    """The lines of the page for people: a line for each stage, then problems, warnings and notes."""
    lines = [f"Run of {account.week}: {_state(account)}"]
    lines += [f"  {stage.stage:<9}{_SHOWN.get(stage.state, stage.state):<10}{stage.said}" for stage in account.stages]
    for stage in account.stages:
        lines += _listed(f"Problems of {stage.stage}:", stage.problems)
    lines += _listed("Warnings:", account.warnings)
    return [safe(line) for line in (*lines, *account.notes)]


def tree(account: Account) -> dict[str, Any]:
    """The object for machines (schema briefing.run/1)."""
    plain = asdict(account)
    cleaned: dict[str, Any] = clean({"schema": SCHEMA, **plain})
    return cleaned


def safe(text: str, environment: Mapping[str, str] | None = None) -> str:
    """`text` without the secrets of the environment, and without user names and passwords in addresses."""
    values = os.environ if environment is None else environment
    for secret in sorted((v for name, v in values.items() if _SECRET.match(name) and v.strip()), key=len, reverse=True):
        text = text.replace(secret, "…")
    return _USER.sub("…@", text)


def sentence(message: str) -> str:
    """`message` with a mark at its end, so that the next step can follow it."""
    return message if message.endswith((".", "!", "?", ":", "…")) else f"{message}."


def clean(value: Any) -> Any:
    """The same lists and objects with every text in them as `safe` gives it."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Mapping):
        return {key: clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value


def _state(account: Account) -> str:
    if account.finished:
        return "finished before, nothing was left to do"
    gaps = " with gaps" if account.state == "done" and account.code else ""
    return f"{account.state}{gaps} ({account.started} to {account.ended})"


def _listed(head: str, problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return []
    lines = [f"  {p.where}: {sentence(p.message)} {p.next_step}".rstrip() for p in problems[:LISTED]]
    more = [f"  and {len(problems) - LISTED} more"] if len(problems) > LISTED else []
    return [head, *lines, *more]
