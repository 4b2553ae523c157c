"""A date expression and the day of publication -> the days it can mean. Pure: no clock, the reference comes in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from briefing.arabic.date_mention import END_OF_MONTH, DateMention
from briefing.model import NO_DATE, When

_Range = tuple[date, date]


def resolve(mention: DateMention, reference: date | None) -> When:
    """The date that `mention` means in a text published on `reference`.

    An absolute date needs no reference (basis "absolute"); anything else is unknown without one (basis "relative" with it).
    Rules: a bare weekday is the last such day up to the reference, «الماضي» before it, «المقبل» after it. Weeks are taken as
    wide as weeks beginning on Saturday, Sunday or Monday make them; «هذا الأسبوع» also takes in the six days before. A month
    without year: «الماضي» is the last one before, «المقبل» the first after, «الجاري» the nearest; a bare one is the nearest,
    a coming whole month counting as twice as far, and never after the reference with «منذ». The beginning of a month is days
    1-10, its middle 11-20, its end the rest; of a year, four months each. A Hijri date is a range of a day on both sides of
    the value, unless a stated weekday picks one of the three. A day that the calendar does not have is unknown.
    """
    try:
        if mention.kind == "absolute":
            return _absolute(mention)
        return NO_DATE if reference is None else _RULES[mention.kind](mention, reference)
    except (ValueError, OverflowError):
        return NO_DATE


def resolve_between(mention: DateMention, earliest: date, latest: date) -> When:
    """As `resolve`, for a day of publication known only to lie between two days: the range of everything it can mean."""
    first, last = resolve(mention, earliest), resolve(mention, latest)
    if first == last or first.earliest is None or last.latest is None:
        return first if first == last else NO_DATE
    return _when(date.fromisoformat(first.earliest), date.fromisoformat(last.latest), first.basis)


def _when(low: date, high: date, basis: str) -> When:
    """A range, or a day where both ends meet."""
    value = low.isoformat() if low == high else None
    return When(value, low.isoformat(), high.isoformat(), "day" if low == high else "range", basis)


def _month_range(year: int, month: int) -> _Range:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _whole_month(year: int, month: int, basis: str) -> When:
    low, high = _month_range(year, month)
    return When(f"{year:04}-{month:02}", low.isoformat(), high.isoformat(), "month", basis)


def _whole_year(year: int, basis: str) -> When:
    return When(f"{year:04}", date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat(), "year", basis)


def _days_of_month(mention: DateMention, year: int, month: int) -> _Range:
    """The days meant in a month of the mention's calendar; a part of the month ends with it. ValueError for no such day."""
    if mention.calendar == "hijri":
        return _hijri_days(mention, year, month)
    low, high = _month_range(year, month)
    if mention.days is None:
        return low, high
    first, last = mention.days
    return date(year, month, first), high if last == END_OF_MONTH else date(year, month, last)


def _in_month(mention: DateMention, year: int, month: int, basis: str) -> When:
    if mention.calendar == "gregorian" and mention.days is None:
        return _whole_month(year, month, basis)
    low, high = _days_of_month(mention, year, month)
    if mention.calendar == "gregorian":
        return _when(low, high, basis)
    return _hijri_when(mention, low, high, basis)


def _absolute(mention: DateMention) -> When:
    year = mention.year or 0
    if mention.calendar == "hijri" and mention.month is None:
        return _when(_hijri_days(mention, year, 1)[0], _hijri_days(mention, mention.last_year or year, 12)[1], "absolute")
    if mention.month is None:
        return _year(mention, year, "absolute")
    if mention.swapped and mention.days:
        return _either_way(mention, year, mention.month, mention.days[0])
    return _in_month(mention, year, mention.month, "absolute")


def _either_way(mention: DateMention, year: int, month: int, day: int) -> When:
    """«03/04/2021»: a stated weekday decides, else both stay possible."""
    options = sorted((date(year, month, day), date(year, day, month)))
    fitting = [d for d in options if mention.weekday is None or d.weekday() == mention.weekday] or options
    return _when(fitting[0], fitting[-1], "absolute")


def _year(mention: DateMention, year: int, basis: str) -> When:
    if mention.last_year is not None:
        return _when(date(year, 1, 1), date(mention.last_year, 12, 31), basis)
    if mention.months is None:
        return _whole_year(year, basis)
    first, last = mention.months
    return _when(date(year, first, 1), _month_range(year, last)[1], basis)


# ---------------------------------------------------------------- relative to the reference


def _relative_day(mention: DateMention, reference: date) -> When:
    offset = mention.offset or 0
    day = reference + timedelta(offset)
    if mention.loose:  # «قبل أسبوعين» is not said of one day
        return _when(day - timedelta(3), day + timedelta(3), "relative")
    return _when(day, day, "relative")


def _relative_days(mention: DateMention, reference: date) -> When:
    other = reference + timedelta(mention.offset or 0)
    return _when(min(reference, other), max(reference, other), "relative")


def _weekday(mention: DateMention, reference: date) -> When:
    last = mention.last_weekday if mention.last_weekday is not None else mention.weekday
    assert last is not None and mention.weekday is not None
    back = (reference.weekday() - last) % 7
    shift = {"past": -(back or 7), "before_past": -(back or 7) - 7, "next": 7 - back}.get(mention.direction or "", -back)
    high = reference + timedelta(shift)
    return _when(high - timedelta((last - mention.weekday) % 7), high, "relative")


def _relative_week(mention: DateMention, reference: date) -> When:
    """Weeks begin on Saturday, Sunday or Monday, depending on the country."""
    offset = mention.offset or 0
    starts = [reference - timedelta((reference.weekday() - first) % 7) for first in (5, 6, 0)]
    low, high = min(starts) + timedelta(7 * offset), max(starts) + timedelta(7 * offset + 6)
    return _when(min(low, reference - timedelta(6)) if offset == 0 else low, high, "relative")


def _relative_month(mention: DateMention, reference: date) -> When:
    year, month = divmod(reference.year * 12 + reference.month - 1 + (mention.offset or 0), 12)
    if mention.loose:  # «قبل شهرين»: a fortnight on either side of that month's day
        low, high = _month_range(year, month + 1)
        day = low.replace(day=min(reference.day, high.day))
        return _when(day - timedelta(15), day + timedelta(15), "relative")
    return _in_month(mention, year, month + 1, "relative")


def _relative_year(mention: DateMention, reference: date) -> When:
    year = reference.year + (mention.offset or 0)
    if mention.offset is None and mention.months and date(year, mention.months[0], 1) > reference:
        year -= 1  # a bare «الربع الرابع» that has not begun is last year's
    if mention.month is not None:
        return _in_month(mention, year, mention.month, "relative")
    return _year(mention, year, "relative")


def _named_month(mention: DateMention, reference: date) -> When:
    assert mention.month is not None
    year = _hijri(reference)[0] if mention.calendar == "hijri" else reference.year
    options = [(y, span) for y in range(year - 2, year + 3) if (span := _try_days(mention, y, mention.month))]
    chosen = _choose(mention, options, reference)
    return NO_DATE if chosen is None else _in_month(mention, chosen, mention.month, "relative")


def _try_days(mention: DateMention, year: int, month: int) -> _Range | None:
    try:
        return _days_of_month(mention, year, month)
    except (ValueError, OverflowError):  # 29 February exists in some years only
        return None


def _choose(mention: DateMention, options: list[tuple[int, _Range]], reference: date) -> int | None:
    """The year that is meant, of those in which the day exists."""
    past = [year for year, (_, high) in options if high < reference]
    following = [year for year, (low, _) in options if low > reference]
    if mention.direction in ("past", "before_past"):
        return past[-1] if past and mention.direction == "past" else past[-2] if len(past) > 1 else None
    if mention.direction == "next":
        return following[0] if following else None
    if mention.direction == "since":
        options = [o for o in options if o[1][0] <= reference]
    fitting = [o for o in options if mention.weekday is None or _has_weekday(o[1], mention)] or options
    return min(fitting, key=lambda o: (_distance(o[1], reference, mention), o[0]))[0] if fitting else None


def _has_weekday(span: _Range, mention: DateMention) -> bool:
    slack = 1 if mention.calendar == "hijri" else 0
    days = [span[0] + timedelta(n) for n in range(-slack, slack + 1)]
    return any(day.weekday() == mention.weekday for day in days)


def _distance(span: _Range, reference: date, mention: DateMention) -> int:
    """Days to a span; news tells of the past, so a bare month («في يناير») that is to come counts as twice as far."""
    low, high = span
    ahead = (low - reference).days * (1 if mention.days or mention.direction else 2)
    return max(ahead, (reference - high).days, 0)


# ---------------------------------------------------------------- Hijri


def _hijri(day: date) -> tuple[int, int, int]:
    from hijridate import Gregorian

    year, month, of_month = Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    return year, month, of_month


def _hijri_days(mention: DateMention, year: int, month: int) -> _Range:
    """Gregorian first and last day by the Umm al-Qura calendar (years 1343 to 1500; ValueError or OverflowError outside)."""
    from hijridate import Hijri

    length = Hijri(year, month, 1).month_length()
    first, last = mention.days or (1, length)
    low = Hijri(year, month, first).to_gregorian()
    high = Hijri(year, month, length if last == END_OF_MONTH else last).to_gregorian()
    return date(low.year, low.month, low.day), date(high.year, high.month, high.day)


def _hijri_when(mention: DateMention, low: date, high: date, basis: str) -> When:
    """A month begins by sighting, so a day more on either side; a stated weekday settles a single day."""
    one = timedelta(1)
    if low != high:
        return _when(low - one, high + one, basis)
    for day in (low, low - one, low + one):
        if day.weekday() == mention.weekday:
            return _when(day, day, basis)
    return When(low.isoformat(), (low - one).isoformat(), (low + one).isoformat(), "range", basis)


_RULES = {
    "relative_day": _relative_day,
    "relative_days": _relative_days,
    "weekday": _weekday,
    "relative_week": _relative_week,
    "relative_month": _relative_month,
    "relative_year": _relative_year,
    "named_month": _named_month,
}
