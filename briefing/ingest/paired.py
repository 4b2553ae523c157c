"""A relative date with the calendar date it means beside it: «الأحد المقبل 9 أغسطس 2015», «العام الحالي 2015م».

Counted back from that date, the relative expression tells when it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from briefing.arabic.dates import DateMention, resolve
from briefing.arabic.plain import plain_word
from briefing.ingest.window import Window, quoted
from briefing.model import Span

_BESIDE = re.compile(r"\s?[,،]?\s?(?:الموافق(?:\s?ل)?|المصادف|بتاريخ)?\s?:?\s?[(«]?")
_YEAR = re.compile(r"\s?\(?(20\d\d)(?!\d|\s?[-–/]\s?\d)")
_NEVER_PAIRED = ("قبل", "منذ")  # «قبل عامين» is about two years
_REACH = {"weekday": 20, "relative_week": 25, "relative_month": 100, "relative_year": 740}  # days of publication that are tried


def paired(text: str, mentions: Mapping[Span, Sequence[DateMention]]) -> tuple[Window, ...]:
    """The windows that such pairs leave, the month that the text calls the current one among them.

    `mentions` are the date expressions of each kept span of `text`, with offsets from the span's start.
    """
    months: dict[tuple[str, int], tuple[DateMention, Span]] = {}
    found: list[Window] = []
    for span, dates in mentions.items():
        for m, following in zip_longest(dates, dates[1:]):
            if quoted(text, span.start + m.start):
                continue
            if m.kind == "named_month" and m.direction == "current" and m.month is not None:
                months[m.calendar, m.month] = m, Span(span.start + m.start, span.start + m.end)
            found += _pair(text[span.start : span.end], span.start, m, following)
    return (*found, *_in_month(found, [months[k] for k in months] if len(months) == 1 else []))


def _pair(text: str, base: int, m: DateMention, following: DateMention | None) -> Iterator[Window]:
    if m.kind not in _REACH or m.loose or (m.kind == "weekday" and m.direction is None):
        return
    if plain_word(text[m.start : m.end]).startswith(_NEVER_PAIRED):
        return
    if m.kind == "relative_year" and m.offset is not None and (year := _YEAR.match(text, m.end)):
        published = int(year[1]) - m.offset
        yield Window(date(published, 1, 1), date(published, 12, 31), (Span(base + m.start, base + year.end(1)),))
    elif following is not None and following.kind == "absolute" and _BESIDE.fullmatch(text[m.end : following.start]):
        yield from _backwards(m, following, base)


def _backwards(m: DateMention, calendar: DateMention, base: int) -> Iterator[Window]:
    """The days on which `m` meant the calendar date."""
    when = resolve(calendar, None)
    if when.earliest is None or when.latest is None:
        return
    low, high = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    if m.weekday is not None and low == high and m.weekday != low.weekday():
        return
    days = [day for day in _days(low, high, _REACH[m.kind]) if _overlaps(m, day, low, high)]
    if days:
        yield Window(days[0], days[-1], (Span(base + m.start, base + calendar.end),))


def _days(low: date, high: date, reach: int) -> Iterator[date]:
    for n in range((high - low).days + 2 * reach + 1):
        yield low + timedelta(n - reach)


def _overlaps(m: DateMention, published: date, low: date, high: date) -> bool:
    when = resolve(m, published)
    if when.earliest is None or when.latest is None:
        return False
    return date.fromisoformat(when.earliest) <= high and low <= date.fromisoformat(when.latest)


def _in_month(windows: Sequence[Window], months: Sequence[tuple[DateMention, Span]]) -> Iterator[Window]:
    """«يوليو الجاري» in a text whose year is known: the days of that month."""
    whole = next((w for w in windows if w.earliest and w.latest and (w.latest - w.earliest).days > 300), None)
    if whole is None or whole.earliest is None or whole.latest is None:
        return
    for m, place in months:
        month = replace(m, days=None, weekday=None)
        days = [d for d in _days(whole.earliest, whole.latest, 0) if _overlaps(month, d, d, d)]
        if days and (days[-1] - days[0]).days <= 32:
            yield Window(days[0], days[-1], (*whole.evidence, place))
