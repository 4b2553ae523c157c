"""Counts by area: events not articles, rival tolls never added, nothing compared where nothing is at hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief_model import Entry
from briefing.compose.areas import area
from briefing.compose.event_counts import event_counts
from briefing.event_model import Area, AreaCount, EventCounts, Happened, Toll, Uncounted, WeekBefore
from briefing.item_model import Count, Event, Name
from briefing.model import NO_DATE, When
from briefing.week import Week

W45, W46 = Week(2024, 45), Week(2024, 46)
TAIZ, OMDURMAN, MARIB = Name("تعز", "Taiz"), Name("أم درمان", "Omdurman"), Name("مأرب", "Marib")
TUESDAY = When("2024-11-12", "2024-11-12", "2024-11-12", "day", "stated")
SUNDAY_BEFORE = When("2024-11-10", "2024-11-10", "2024-11-10", "day", "relative")
NOVEMBER = When("2024-11", "2024-11-01", "2024-11-30", "month", "stated")


def killed(number: int | None, qualifier: str = "exact", what: str = "people killed", part_of: int | None = None) -> Count:
    """A count of people killed."""
    return Count(number, qualifier, what, 0, 1, "x", part_of)


def event(place: Name | None, *counts: Count, when: When = NO_DATE, status: str = "reported", kind: str = "SHELLING") -> Event:
    """An event with these facts."""
    return Event("e", kind, None, None, place, counts, when, None, status, "", "", ())


def entries(*events: Event, found_by: tuple[str, ...] = ()) -> list[Entry]:
    """The events as they stand in a brief."""
    return [Entry(f"E{n}", one, (), found_by, area(one.place)) for n, one in enumerate(events, 1)]


def told(*events: Event, articles: int = 1) -> WeekBefore:
    """A week before with these events."""
    return WeekBefore(W45, articles, 0, tuple(Happened(one, area(one.place)) for one in events))


def counted(*events: Event, before: WeekBefore | None = None, week: Week | None = W46) -> EventCounts:
    """The counts of these events, of which there are some."""
    found = event_counts(entries(*events), 3, week, before or told(articles=0))
    assert found is not None
    return found


def row(counts: EventCounts, division: str | None) -> AreaCount:
    """The row of a division."""
    (found,) = (one for one in counts.areas if one.area.division == division)
    return found


def test_an_event_told_by_two_articles_counts_once_and_rival_tolls_are_not_added() -> None:
    counts = counted(event(OMDURMAN, killed(21), when=TUESDAY), event(OMDURMAN, killed(14), when=TUESDAY))
    assert (row(counts, "Khartoum").events, row(counts, "Khartoum").killed) == (1, Toll(0, False, 1))


def test_equal_tolls_of_one_event_are_one_figure() -> None:
    counts = counted(event(OMDURMAN, killed(21), when=TUESDAY), event(OMDURMAN, killed(21), when=TUESDAY))
    assert counts.total.killed == Toll(21)


def test_two_events_are_two_where_the_day_is_not_stated() -> None:
    assert counted(event(TAIZ, killed(2)), event(TAIZ, killed(3))).total == AreaCount(Area(), 2, None, Toll(5), None)


@pytest.mark.parametrize(
    ("counts", "toll"),
    [
        ((killed(6), killed(1, what="soldiers killed")), Toll(0, False, 1)),
        ((killed(None, "dozens"),), Toll(0, False, 1)),
        ((killed(30, "about"),), Toll(0, False, 1)),
        ((killed(12, "at_least"),), Toll(12, True)),
        ((killed(17), killed(11, part_of=0), killed(6, part_of=0)), Toll(17)),
        ((killed(4, what="others wounded"),), Toll()),
    ],
)
def test_only_one_clear_figure_is_a_toll(counts: tuple[Count, ...], toll: Toll) -> None:
    assert counted(event(TAIZ, *counts)).total.killed == toll


def test_what_is_outside_the_week_denied_or_found_by_a_model_alone_is_not_counted() -> None:
    mine = entries(event(TAIZ, when=SUNDAY_BEFORE), event(TAIZ, status="denied"), event(TAIZ, when=TUESDAY))
    by_model = entries(event(MARIB), found_by=("llm:x",))
    by_both = entries(event(MARIB), found_by=("llm:x", "rules:0.1:abc"))
    counts = event_counts([*mine, *by_model, *by_both], 3, W46, told())
    assert counts is not None
    assert counts.uncounted == Uncounted(outside=1, denied=1, model_only=1)
    assert [(one.area.division, one.events) for one in counts.areas] == [("Marib", 1), ("Taiz", 1)]


def test_a_tally_of_months_is_no_event_of_the_week() -> None:
    counts = counted(event(TAIZ, killed(3000), when=NOVEMBER), event(MARIB))
    assert (counts.uncounted.outside, counts.total.events, counts.total.killed) == (1, 1, Toll())


def test_the_week_before_is_compared_by_its_own_days() -> None:
    counts = counted(event(TAIZ), before=told(event(TAIZ, when=SUNDAY_BEFORE), event(TAIZ, when=TUESDAY), event(MARIB)))
    assert (row(counts, "Taiz").before, row(counts, "Marib").before, counts.total.before) == (1, 1, 2)
    assert (counts.week_before, counts.articles_before) == ("2024-W45", 1)


def test_no_article_of_the_week_before_is_not_zero_events() -> None:
    counts = counted(event(TAIZ), before=told(articles=0))
    assert counts.total.before is None and counts.total.killed_before is None
    assert {one.before for one in counts.areas} == {None}


def test_articles_without_events_are_zero_events() -> None:
    assert counted(event(TAIZ), before=told(articles=2)).total.before == 0


def test_a_brief_of_no_week_counts_every_day_and_compares_nothing() -> None:
    counts = event_counts(entries(event(TAIZ, when=SUNDAY_BEFORE), event(TAIZ, when=TUESDAY)), 3, None, None)
    assert counts is not None
    assert (counts.week, counts.week_before, counts.total.events, counts.total.before) == (None, None, 2, None)


def test_nothing_to_count_is_no_table() -> None:
    assert event_counts([], 3, W46, told()) is None
    assert event_counts([], 3, W46, None) is None


def test_most_events_stand_first_and_those_without_a_place_last() -> None:
    events = [event(None), event(None), event(None), event(MARIB), event(TAIZ), event(TAIZ), event(OMDURMAN)]
    assert [one.area.division for one in counted(*events).areas] == ["Taiz", "Khartoum", "Marib", None]


DRAWN = st.builds(
    lambda place, number, qualifier, when: event(place, *([killed(number, qualifier)] if number is not None else []), when=when),
    st.sampled_from([None, TAIZ, OMDURMAN, MARIB, Name("س", "<b>|\u202e")]),
    st.none() | st.integers(0, 40),
    st.sampled_from(["exact", "at_least", "about", "dozens"]),
    st.sampled_from([NO_DATE, TUESDAY, SUNDAY_BEFORE, NOVEMBER]),
)


@given(st.lists(DRAWN, min_size=1), st.lists(DRAWN), st.randoms())
def test_the_areas_add_up_and_the_order_of_articles_does_not_matter(mine: list[Event], theirs: list[Event], random) -> None:  # type: ignore[no-untyped-def]
    before = told(*theirs)
    counts = event_counts(entries(*mine), 1, W46, before)
    if counts is None:
        assert all(e.date in (SUNDAY_BEFORE, NOVEMBER) for e in mine)
        return
    assert counts.total.events == sum(one.events for one in counts.areas) <= len(mine)
    assert counts.total.before == sum(one.before or 0 for one in counts.areas) <= len(theirs)
    assert counts.total.killed.number == sum(one.killed.number for one in counts.areas)
    assert counts.total.killed.number <= sum(c.number or 0 for e in mine for c in e.counts)
    random.shuffle(mine)
    assert event_counts(entries(*mine), 1, W46, before) == counts


@given(st.lists(DRAWN, min_size=1))
def test_telling_everything_twice_adds_no_event_whose_place_and_day_are_stated(mine: list[Event]) -> None:
    stated = [replace(e, date=TUESDAY) for e in mine if e.place is not None]
    once, twice = (event_counts(entries(*found), 1, W46, None) for found in (stated, stated * 2))
    assert once == twice
