"""The stage "fetch": every feed and page of the settings into the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.errors import InputError
from briefing.job.outcome import Outcome, Task, counted

if TYPE_CHECKING:
    from briefing.ingest.gather import Gathered


def fetch(task: Task) -> Outcome:
    """What the feeds and pages gave; one that failed is a problem.

    Raises InputError when not one of them could be had: a brief of what is left would go out as if it were the week's.
    StoreError.
    """
    import asyncio

    from briefing.ingest.fetch import Fetcher
    from briefing.ingest.gather import gather
    from briefing.store.documents import Documents

    def done(gathered: Gathered) -> None:
        task.tools.say(f"{gathered.url}: {_what(gathered)}")

    found = asyncio.run(gather(task.config, Documents(task.database), Fetcher(task.config.fetch), done))
    failed = [g for g in found if _failed(g)]
    if found and len(failed) == len(found):
        first = failed[0].problems[0]
        message = f"none of the {counted(len(found), 'feed')} and pages could be fetched: {first.where}: {first.message}"
        step = f"{first.next_step} `briefing build` makes a brief without fetching.".strip()
        raise InputError(message, step)
    return _outcome(found, len(failed))


def _outcome(found: Sequence[Gathered], failed: int) -> Outcome:
    problems = tuple(problem for gathered in found for problem in gathered.problems)
    new = sum(gathered.new for gathered in found)
    named = sum(gathered.named for gathered in found)
    said = f"{counted(new, 'new article')} from {counted(len(found), 'feed')} and pages, {failed} failed"
    return Outcome(said, {"asked": len(found), "named": named, "new": new, "failed": failed}, problems)


def _failed(gathered: Gathered) -> bool:
    return bool(gathered.problems) and not gathered.named


def _what(gathered: Gathered) -> str:
    return f"{gathered.new} new" if gathered.new else "not fetched" if _failed(gathered) else "nothing new"
