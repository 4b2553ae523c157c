"""What the operator should know after a run: feeds gone silent, a thin week, a run that failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from briefing.arabic.dates import parse_stamp
from briefing.config import Config
from briefing.job.account import StageAccount
from briefing.job.silence import silent, thin
from briefing.store.alarms import Alarms, Trouble
from briefing.store.database import Database
from briefing.store.runs import Runs

_FIGURES = re.compile(r"\d+")


def look(config: Config, week: str, today: date, stages: Sequence[StageAccount], database: Database) -> tuple[Trouble, ...]:
    """What there is to know now; the store remembers it, and what was mailed, until it is over. Raises StoreError."""
    failed = [_failure(week, stage) for stage in stages if stage.state == "failed"]
    found = (*failed, *_silent(config, today, database), *_thin(week, database))
    Alarms(database).update((f"run {week}", f"articles {week}", "feeds"), found)
    return found


def feed_days(database: Database, feed: str, zone: ZoneInfo) -> list[date]:
    """The days a feed had items on: as it dates them itself, or when they were fetched if that is sooner or it says nothing."""
    rows = database.rows("SELECT fetched, published FROM origins WHERE kind = 'item' AND feed = ?", feed)
    days = []
    for fetched, published in rows:
        seen = date.fromisoformat(str(fetched)[:10])
        said = parse_stamp(str(published), zone) if published else None
        days.append(min(seen, said) if said else seen)
    return days


def _silent(config: Config, today: date, database: Database) -> Iterator[Trouble]:
    for feed in config.feed:
        if (found := silent(feed_days(database, feed.url, config.zone), today)) is not None:
            message = f"{feed.url}: nothing new since {found.last}; usually something comes every {found.usual:g} day(s)"
            step = "Open it in a browser; if it has moved, change the address."
            yield Trouble(f"feeds: {feed.url} is silent", "feeds", message, step)


def _thin(week: str, database: Database) -> Iterator[Trouble]:
    runs = Runs(database)
    own = runs.articles(week)
    before = runs.articles_before(week)
    if own is not None and (usual := thin(own, before)) is not None:
        message = f"{week}: {own} articles, under half of what is usual ({usual:g}, the median of the last {len(before)} weeks)"
        yield Trouble(f"articles {week}: thin", f"articles {week}", message, "Look at the feeds: briefing fetch -v.")


def _failure(week: str, stage: StageAccount) -> Trouble:
    problem = stage.problems[0]
    # another error at the same stage is another state of things; other figures in the same error are not
    key = f"run {week}: {stage.stage}: {_FIGURES.sub('#', problem.message)}"
    step = f"{problem.next_step} Then: briefing run --week {week}".strip()
    return Trouble(key, f"run {week}", f"{week}: {stage.stage} failed: {problem.message}", step)
