"""Field events counted by area, this week against the week before; tolls only where one account is clear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from briefing.brief_model import Entry
from briefing.compose.areas import NOWHERE, area
from briefing.compose.copies import Story
from briefing.event_model import Area, AreaCount, EventCounts, Happened, Toll, Uncounted, WeekBefore
from briefing.item_model import Event
from briefing.week import Week

_LEAST = {"exact": False, "at_least": True, "more_than": True}  # qualifier -> whether the number is the least
_UNCLEAR = (-1, False)


def happened(stories: Iterable[Story]) -> tuple[Happened, ...]:
    """The events of the stories with their areas."""
    told = (t for story in stories for t in story.told)
    return tuple(Happened(t.item, area(t.item.place, t.reading.mentions)) for t in told if isinstance(t.item, Event))


def event_counts(entries: Sequence[Entry], articles: int, week: Week | None, before: WeekBefore | None) -> EventCounts | None:
    """The counts of `entries` and of the week before, the areas with most events first; None when there is nothing to count.

    `articles` are those that the entries were found in.
    """
    mine, uncounted = _counted(_happened(entries), week)
    at_hand = before is not None and before.articles > 0
    theirs = _counted(before.happened, before.week)[0] if before is not None else []
    if not mine and not theirs:
        return None
    areas = dict.fromkeys(_first_level(h.area) for h in (*(e[0] for e in mine), *(e[0] for e in theirs)))
    rows = [_row(where, _within(where, mine), _within(where, theirs) if at_hand else None) for where in areas]
    total = _row(NOWHERE, mine, theirs if at_hand else None)
    weeks = str(week) if week else None, str(before.week) if before else None
    read = (before.articles, before.unread) if before else (0, 0)
    return EventCounts(*weeks, articles, *read, tuple(sorted(rows, key=_most_first)), total, uncounted)


def _happened(entries: Iterable[Entry]) -> Iterator[Happened]:
    return (Happened(e.item, e.area or NOWHERE, e.found_by) for e in entries if isinstance(e.item, Event))


# ---------------------------------------------------------------- which events count, and as how many

Told = list[Happened]  # the tellings of one event


def _counted(found: Iterable[Happened], week: Week | None) -> tuple[list[Told], Uncounted]:
    """The events that count, each with all its tellings, and how many tellings do not count."""
    tellings: dict[object, Told] = {}
    left = Uncounted()
    for n, one in enumerate(found):
        if (reason := _reason(one, week)) is not None:
            left = replace(left, **{reason: getattr(left, reason) + 1})
        else:
            tellings.setdefault(_identity(one.event) or n, []).append(one)
    return list(tellings.values()), left


def _reason(one: Happened, week: Week | None) -> str | None:
    """Why an event is not counted (a field of Uncounted), or None."""
    when = one.event.date
    if one.event.status == "denied":
        return "denied"
    if one.found_by and not any(signature.startswith("rules:") for signature in one.found_by):
        return "model_only"  # the week before is read by the rules alone
    if week is None:
        return None
    wide = when.precision in ("month", "year")  # a tally of months is no event of the week
    return "outside" if wide or not week.overlaps(_day(when.earliest), _day(when.latest)) else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _identity(event: Event) -> tuple[str, str, str] | None:
    """Equal for tellings of one event; None where the place or the day is not stated."""
    if event.place is None or event.date.value is None or event.date.precision != "day":
        return None
    return event.type, event.place.en, event.date.value


# ---------------------------------------------------------------- counts of an area


def _first_level(where: Area) -> Area:
    return replace(where, place=None) if where.country else where


def _within(where: Area, told: Iterable[Told]) -> list[Told]:
    return [tellings for tellings in told if _first_level(tellings[0].area) == where]


def _row(where: Area, mine: Sequence[Told], theirs: Sequence[Told] | None) -> AreaCount:
    if theirs is None:
        return AreaCount(where, len(mine), None, _killed(mine), None)
    return AreaCount(where, len(mine), len(theirs), _killed(mine), _killed(theirs))


def _most_first(row: AreaCount) -> tuple[bool, int, int, str, str, str]:
    where = row.area
    names = where.country_en or where.place or "", where.division or "", where.place or ""
    return (where == NOWHERE, -row.events, -(row.before or 0), *names)


def _killed(told: Iterable[Told]) -> Toll:
    toll = Toll()
    for tellings in told:
        figures = {figure for one in tellings if (figure := _figure(one.event)) is not None}
        if len(figures) == 1 and figures != {_UNCLEAR}:
            ((number, least),) = figures
            toll = replace(toll, number=toll.number + number, at_least=toll.at_least or least)
        elif figures:
            toll = replace(toll, unclear=toll.unclear + 1)
    return toll


def _figure(event: Event) -> tuple[int, bool] | None:
    """(people killed, whether that is the least); None for an event that names no such figure, _UNCLEAR for one with several."""
    killed = [c for c in event.counts if c.part_of is None and "killed" in c.what]
    if not killed:
        return None
    number, least = killed[0].number, _LEAST.get(killed[0].qualifier)
    return _UNCLEAR if len(killed) > 1 or number is None or least is None else (number, least)
