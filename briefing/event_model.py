"""The frozen types of field events in a brief: where they lie, and their counts against the week before."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.item_model import Event, Statement
from briefing.week import Week


@dataclass(frozen=True, slots=True)
class Area:
    """Where an event lies, as far as the lexicon knows: `country` is its id in countries.toml, `division` is of the first level.

    `place` is the place's own name, given only where its country is not known. All None: the place is not stated.
    """

    country: str | None = None
    country_en: str | None = None
    division: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and where it lies; `found_by` are the signatures of the extractors that found it."""

    event: Event
    area: Area
    found_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekBefore:
    """The week before: how many of its articles were read (copies not counted), how many could not be, events and statements."""

    week: Week
    articles: int
    unread: int
    happened: tuple[Happened, ...]
    said: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """People killed in several events: `number` adds up the events with one clear figure, `at_least` when one of them is a least.

    `unclear` counts the events whose figures differ, are several or are no numbers: nothing of them is in `number`.
    """

    number: int = 0
    at_least: bool = False
    unclear: int = 0


@dataclass(frozen=True, slots=True)
class AreaCount:
    """The events in one area, this week and the week before; the latter None where no article of it is at hand."""

    area: Area
    events: int
    before: int | None
    killed: Toll
    killed_before: Toll | None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Events that stand in the brief and in no count: `outside` are dated outside the week, or only to a month or year."""

    outside: int = 0
    denied: int = 0
    model_only: int = 0


@dataclass(frozen=True, slots=True)
class EventCounts:
    """Events by area against the week before, those without a place last; `total` counts them all.

    Weeks are ISO weeks, None where the brief is of no week. `articles` and `articles_before` are those that were read, copies
    not counted; `unread_before` could not be read.
    """

    week: str | None
    week_before: str | None
    articles: int
    articles_before: int
    unread_before: int
    areas: tuple[AreaCount, ...]
    total: AreaCount
    uncounted: Uncounted
