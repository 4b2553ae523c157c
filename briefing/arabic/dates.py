"""Dates in Arabic news text: find every expression, and resolve it against an explicit day of publication.

Finding is table-driven (lexicon/dates.toml) and leaves the meaning open; resolving is pure and uses no clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from briefing.arabic import date_patterns, date_relative
from briefing.arabic.date_mention import DateMention
from briefing.arabic.date_resolution import resolve, resolve_between
from briefing.arabic.plain import Plain, plain
from briefing.arabic.stamps import parse_stamp
from briefing.lexicon.tables import derived, remembered

__all__ = ["DateMention", "find_dates", "parse_stamp", "resolve", "resolve_between"]

_Reader = Callable[[re.Match[str], Plain], DateMention | None]
_BETWEEN = re.compile(r" ?[,،]? ?(?:الموافق(?: ل)?|المصادف|بتاريخ)? ?:? ?[(«]?")


@remembered(64)  # several checks of a line ask for the same
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Every date expression in `text`, left to right, none overlapping; offsets are code points of the raw text.

    The longest reading of a place wins. A day and the date that follows it («اليوم الثلاثاء 12 نوفمبر») are one mention.
    """
    source = plain(text)
    chosen: list[DateMention] = []
    for mention in sorted(_candidates(source), key=lambda m: (m.start, -m.end)):
        if chosen and mention.start < chosen[-1].end:
            continue
        joined = _join(chosen[-1], mention, source.text) if chosen else None
        if joined is None:
            chosen.append(mention)
        else:
            chosen[-1] = joined
    return tuple(_in_raw(mention, source) for mention in chosen)


def _candidates(source: Plain) -> Iterator[DateMention]:
    for pattern, read in _readers():
        for match in pattern.finditer(source.text):
            mention = read(match, source)
            if mention is not None:
                yield mention


@derived
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    dated, relative = date_patterns, date_relative
    return (
        (dated.numeric_pattern(), dated.numeric),
        (dated.gregorian_pattern(), dated.gregorian),
        (dated.hijri_pattern(), dated.hijri),
        (dated.year_pattern(), dated.year),
        (dated.relative_year_pattern(), dated.relative_year),
        (relative.day_pattern(), relative.day),
        (relative.night_pattern(), relative.night),
        (relative.weekday_pattern(), relative.weekday),
        (relative.week_pattern(), relative.week),
        (relative.month_pattern(), relative.month),
        (relative.ago_pattern(), relative.ago),
        (relative.last_days_pattern(), relative.last_days),
    )


def _join(day: DateMention, date: DateMention, text: str) -> DateMention | None:
    """«أمس الثلاثاء» and «12 نوفمبر» beside it say the same day: one mention that keeps the weekday and the offset."""
    dated = date.kind in ("absolute", "named_month", "relative_month") and date.days is not None and date.days[0] == date.days[1]
    says_day = day.kind in ("relative_day", "weekday") and day.last_weekday is None and day.direction is None and not day.loose
    between = text[day.end : date.start]
    if not (dated and says_day and _BETWEEN.fullmatch(between)) or (day.weekday is None and re.search("[,،]", between)):
        return None
    end = date.end + 1 if re.search("[(«]", between) and text[date.end : date.end + 1] in (")", "»") else date.end
    offset = day.offset if date.kind == "absolute" else date.offset
    if date.kind == "named_month" and day.kind == "relative_day":
        return replace(day, end=end)
    return replace(date, start=day.start, end=end, weekday=day.weekday, offset=offset, part=day.part)


def _in_raw(mention: DateMention, source: Plain) -> DateMention:
    start, end = source.span(mention.start, mention.end)
    return replace(mention, start=start, end=end)
