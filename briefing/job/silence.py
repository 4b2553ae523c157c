"""Feeds that have gone silent and weeks with far too few articles: both told by what was usual before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

DAYS = 20
"""The last so many days on which a feed had items say what is usual for it."""
LEAST_DAYS = 5
"""A feed known from fewer days is not judged."""
TIMES = 3
"""A feed is silent when it has had nothing for more than so many times its usual interval …"""
LEAST_SILENCE = 3
"""… and for more than so many days: a daily feed may miss a weekend."""

WEEKS = 8
"""A week is compared with the median of so many weeks before it."""
LEAST_WEEKS = 4
"""With fewer of them known it is not judged."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A feed's last day with items, its usual interval in days (a median), and after how many days it counts as silent."""

    last: date
    usual: float
    limit: float


def silent(days: Iterable[date], today: date) -> Silence | None:
    """Whether a feed that had items on `days` is silent today; None when it is not, or when too little is known.

    Days after today (a clock that was moved back) are passed over.
    """
    known = sorted({day for day in days if day <= today})[-DAYS:]
    if len(known) < LEAST_DAYS:
        return None
    usual = float(median((b - a).days for a, b in pairwise(known)))
    limit = max(TIMES * usual, LEAST_SILENCE)
    return Silence(known[-1], usual, limit) if (today - known[-1]).days > limit else None


def thin(articles: int, before: Sequence[int]) -> float | None:
    """The median of the weeks before when a week with so many articles lies under half of it, else None.

    `before` are the numbers of earlier weeks, oldest first.
    """
    if len(before) < LEAST_WEEKS:
        return None
    usual = float(median(before[-WEEKS:]))
    return usual if articles < usual / 2 else None
