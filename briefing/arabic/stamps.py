"""Dates as metadata writes them: ISO 8601, RFC 2822, figures, or Arabic words."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from briefing.arabic.fold import fold

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_RFC = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")


def parse_stamp(text: str, zone: ZoneInfo) -> date | None:
    """The day in `zone` that a metadata date names, or None when it names none or could name several.

    A time with an offset is converted to `zone`; one without is taken as local there. "03/04/2021" is None.
    """
    stated = fold(text).strip()
    try:
        moment = _iso(stated) or _rfc(stated)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if isinstance(moment, datetime):
        return _day_in(moment, zone)
    return moment or _words(text)


def _iso(stated: str) -> datetime | date | None:
    match = _ISO.fullmatch(stated)
    if match is None:
        return None
    day, clock, offset = match.groups()
    if clock is None:
        return date.fromisoformat(day)
    known = "+00:00" if (offset or "").upper() in ("Z", "UTC", "GMT") else offset or ""
    return datetime.fromisoformat(f"{day}T{clock}{known}")


def _rfc(stated: str) -> datetime | None:
    return parsedate_to_datetime(stated) if _RFC.match(stated) else None


def _day_in(moment: datetime, zone: ZoneInfo) -> date | None:
    try:
        return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()
    except OverflowError:  # the first or last day of the calendar, moved over its edge
        return None


def _words(text: str) -> date | None:
    """The one full date in a text in figures or Arabic words."""
    from briefing.arabic.dates import find_dates, resolve

    found = {resolve(m, None) for m in find_dates(text) if m.kind == "absolute"}
    days = {w.value for w in found if w.precision == "day" and w.value}
    return date.fromisoformat(days.pop()) if len(days) == 1 and len(found) == 1 else None
