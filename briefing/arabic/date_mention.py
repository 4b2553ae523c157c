"""What a text says about a date, before anything is known about the day it was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "absolute",  # the year is stated
    "named_month",  # a month, perhaps a day, without year
    "relative_day",  # «أمس»: offset in days
    "relative_days",  # «اليومين الماضيين»: from the day of publication over offset days
    "weekday",  # «الأربعاء الماضي»
    "relative_week",  # «الأسبوع الماضي»: offset in weeks
    "relative_month",  # «28 من الشهر الماضي»: offset in months
    "relative_year",  # «العام الماضي»: offset in years
]
Direction = Literal["past", "before_past", "current", "next", "since"]
Calendar = Literal["gregorian", "hijri"]
END_OF_MONTH = 99  # as the last of `days`: whatever the month's last day is


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression; offsets are code points of the raw text, end exclusive.

    `weekday` (0 = Monday) is stated beside a day or is the day itself; `last_weekday` ends a pair («ليل الجمعة - السبت»).
    `offset` counts in the unit of `kind`; an absolute date that also says «اليوم» or «أمس» has it too, in days. `days` are the
    first and last day of the month meant, `months` those of the year. `swapped`: day and month in figures could be either way
    round. `loose`: "about", so the neighbourhood of the offset is meant. `part` is the time of day in English, or None.
    """

    start: int
    end: int
    kind: Kind
    weekday: int | None = None
    last_weekday: int | None = None
    offset: int | None = None
    direction: Direction | None = None
    calendar: Calendar = "gregorian"
    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    days: tuple[int, int] | None = None
    months: tuple[int, int] | None = None
    swapped: bool = False
    loose: bool = False
    part: str | None = None

    @property
    def reference_weekday(self) -> int | None:
        """The weekday of the day of publication that this expression gives away: «أمس الأربعاء» is said on a Thursday (3)."""
        if self.weekday is None or self.offset is None or self.kind not in ("relative_day", "absolute"):
            return None
        return (self.weekday - self.offset) % 7
