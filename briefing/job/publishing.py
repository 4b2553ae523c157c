"""The stage "publish": the brief into every wiki and folder of the settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.errors import OutputError
from briefing.job.outcome import Outcome, Task, counted
from briefing.model import Problem

if TYPE_CHECKING:
    from briefing.deliver.publishing import Published


def publish(task: Task) -> Outcome:
    """Publishes the brief that is in the folder of products; where nothing has changed nothing is written.

    Raises OutputError when a target failed, after all were tried, and what publishing raises: InputError, ConfigError,
    StoreError.
    """
    from briefing.deliver.built import built
    from briefing.deliver.publishing import publish as publish_to

    brief = built(task.config, task.week, task.moment.date())
    found = publish_to(brief, task.config, (), task.tools.say)
    failed = [one for one in found if one.error is not None]
    for one in found:
        task.tools.say(f"publish {one.name}: {'failed' if one.error else _said([one])}")
    if failed:
        errors = [one.error for one in failed if one.error is not None]
        step = errors[0].next_step
        raise OutputError("; ".join(f"{one.name}: {one.error.message}" for one in failed if one.error is not None), step)
    counts = {"targets": len(found), "pages": _pages(found), "conflicts": len(list(_conflicts(found)))}
    return Outcome(_said(found), counts, tuple(_conflicts(found)), brief.digest)


def _said(found: Sequence[Published]) -> str:
    revisions = [one.done.revision[:12] for one in found if one.done is not None and one.done.revision]
    where = f" ({', '.join(revisions)})" if revisions else ""
    return f"{counted(_pages(found), 'page')} changed at {counted(len(found), 'target')}{where}"


def _pages(found: Sequence[Published]) -> int:
    changes = [one.done.changes for one in found if one.done is not None]
    return sum(len(c.created) + len(c.updated) + len(c.removed) for c in changes)


def _conflicts(found: Sequence[Published]) -> Iterator[Problem]:
    for one in found:
        for place in one.done.changes.conflicts if one.done is not None else ():
            step = "Move the edits to a page of their own and delete this one."
            yield Problem(f"{one.name}: {place}", "is not as we wrote it, and was left", step)
