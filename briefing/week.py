"""ISO 8601 weeks."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.errors import UsageError

NEWEST = "newest"
_ISO = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_MEANT = re.compile(r"(?:\d{4}-?)?W\d+|\d{4}-\d+(?:-\d+)?", re.ASCII | re.IGNORECASE)  # a week or a day that there is not


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week: Monday to Sunday, numbered in its own ISO year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday (the last day there is, in the week that 9999 ends in)."""
        return date.fromordinal(min(self.first.toordinal() + 6, date.max.toordinal()))

    @property
    def before(self) -> Week | None:
        """The week before; None before the first there is."""
        return of(self.first - timedelta(days=7)) if self.first > date.min else None

    def holds(self, earliest: date, latest: date) -> bool:
        """Whether the whole range lies in the week."""
        return self.first <= earliest and latest <= self.last

    def overlaps(self, earliest: date | None, latest: date | None) -> bool:
        """Whether some day of the range (open where None) lies in the week."""
        return (earliest is None or earliest <= self.last) and (latest is None or latest >= self.first)


def of(day: date) -> Week:
    """The week `day` lies in."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse(text: str, today: date) -> Week:
    """The week `text` names: 2024-W46, a date in it (2024-11-12), "last" (the last complete week) or "current".

    Raises UsageError when it names none.
    """
    wanted = text.strip()
    if wanted.lower() == "current":
        return of(today)
    try:
        if wanted.lower() == "last":
            return of(today - timedelta(days=7))
        if m := _ISO.fullmatch(wanted):
            return of(date.fromisocalendar(int(m.group(1)), int(m.group(2)), 1))
        return of(date.fromisoformat(wanted))
    except (ValueError, OverflowError) as error:
        step = "Use 2024-W46, a date in the week (2024-11-12), last or current."
        if not _MEANT.fullmatch(wanted):  # it may be a folder, as in `build --week news`
            step += f" Inputs go first: briefing build {shlex.quote(text)} --week"
        raise UsageError(f"{text!r} is not a week", step) from error
