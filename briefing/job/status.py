"""How things stand: the last runs, who has which brief, what is wrong, and who holds the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing.job.account import clean, safe, sentence
from briefing.job.outcome import counted
from briefing.store.alarms import Alarms, Trouble
from briefing.store.database import Database
from briefing.store.deliveries import DEFERRED, REFUSED, SENT, UNKNOWN, Deliveries, Delivery
from briefing.store.run_lock import holder
from briefing.store.runs import Run, Runs

SCHEMA = "briefing.status/1"
RUNS = 8  # runs that are shown
_STEPS = {
    DEFERRED: "Tried again by the next `briefing send` or `briefing run` of that week.",
    REFUSED: "Not tried again by itself: mend the cause, then `briefing send --again --to ADDRESS`.",
    UNKNOWN: "May have arrived: ask; if not, `briefing send --again --to ADDRESS`.",
}
DELIVERIES = 50  # deliveries that are shown: those that changed last


@dataclass(frozen=True, slots=True)
class Status:
    """`running` says who holds the store, None when nobody does; `runs` are the last, newest first; `troubles` what is wrong.

    `deliveries` are those that changed last, newest first; `next_attempt` is when the first that waits may be tried again
    (ISO 8601 in UTC), None when none waits. What was published stands at the stages of the runs.
    """

    running: str | None
    runs: tuple[Run, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    next_attempt: str | None = None


def status(store: Path) -> Status:
    """How things stand in the store; with no store, nothing has happened yet. Raises StoreError."""
    if not store.exists():
        return Status(holder(store))
    with Database(store) as database:
        runs, troubles = Runs(database).recent(RUNS), Alarms(database).known()
        deliveries = Deliveries(database).newest(DELIVERIES)
    waiting = [row.next_attempt for row in deliveries if row.state == DEFERRED and row.next_attempt]
    return Status(holder(store), runs, troubles, deliveries, min(waiting, default=None))


def page(now: Status) -> list[str]:
    """The lines of the page for people."""
    lines = [f"A run is at work: {now.running}"] if now.running else []
    lines += ["Runs, the last first:"] if now.runs else ["There was no run yet: briefing run"]
    for one in now.runs:
        lines.append(f"  {one.week}  {_state(one, now):<16}{one.started} to {one.ended or '…'}")
        lines += [f"    {stage.stage:<9}{stage.state:<12}{stage.detail.get('said', '')}".rstrip() for stage in one.stages]
    lines += ["Deliveries, the last first:"] if now.deliveries else []
    lines += [f"  {row.week}  {row.state:<10}{row.recipient}{_said(row)}" for row in now.deliveries]
    lines += [f"Next attempt: after {now.next_attempt}, by the next run of that week."] if now.next_attempt else []
    troubles = [
        *(f"  {sentence(trouble.message)} {trouble.next_step}".rstrip() for trouble in now.troubles),
        *_open(now.deliveries),
    ]
    lines += ["Problems:", *troubles] if troubles else ["No problems are known."]
    return [safe(line) for line in lines]


def tree(now: Status) -> dict[str, Any]:
    """The object for machines (schema briefing.status/1)."""
    cleaned: dict[str, Any] = clean({"schema": SCHEMA, **asdict(now)})
    return cleaned


def _said(row: Delivery) -> str:
    """When it was sent, or what the server said."""
    if row.state == SENT:
        return f" ({row.sent})"
    return f": {row.reply}" if row.reply else ""


def _open(deliveries: Sequence[Delivery]) -> list[str]:
    """A line for each week and state that some delivery is still in, of the briefs that somebody does not have."""
    found = Counter((row.week, row.state) for row in deliveries if row.state in _STEPS)
    return [
        f"  {week}: {counted(many, 'delivery', 'deliveries')} {state}. {_STEPS[state]}" for (week, state), many in found.items()
    ]


def _state(one: Run, now: Status) -> str:
    if one.state == "running" and now.running is None:
        return "interrupted"
    return "done with gaps" if one.state == "done" and one.code else one.state
