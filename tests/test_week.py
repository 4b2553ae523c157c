"""ISO weeks: names, bounds, and what belongs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import week
from briefing.errors import UsageError
from briefing.week import Week

TODAY = date(2024, 11, 20)  # a Wednesday
DAYS = st.dates()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-W46", "2024-W46"),
        (" 2024w46 ", "2024-W46"),
        ("2020-W53", "2020-W53"),
        ("2024-11-11", "2024-W46"),
        ("2024-11-17", "2024-W46"),
        ("2024-12-30", "2025-W01"),  # the ISO year is not that of the calendar
        ("2021-01-03", "2020-W53"),
        ("current", "2024-W47"),
        ("LAST", "2024-W46"),
    ],
)
def test_names_of_a_week(text: str, wanted: str) -> None:
    assert str(week.parse(text, TODAY)) == wanted


@pytest.mark.parametrize("text", ["", "seeds", "2024", "2024-W54", "2023-W53", "2024-W00", "2024-02-30", "0000-W01", "9999-W53"])
def test_what_is_no_week_is_said_and_where_inputs_go_when_it_may_be_one(text: str) -> None:
    with pytest.raises(UsageError) as error:
        week.parse(text, TODAY)
    like_one = "-" in text
    assert (error.value.exit_code, "Inputs go first" in error.value.next_step) == (2, not like_one)


@given(st.text())
def test_any_text_is_a_week_or_an_error(text: str) -> None:
    try:
        found = week.parse(text, TODAY)
    except UsageError:
        return
    assert found.first <= found.last


@given(DAYS)
def test_every_day_lies_in_its_week_which_starts_on_monday(day: date) -> None:
    found = week.of(day)
    assert found.first.weekday() == 0
    assert found.first <= day <= found.last
    assert found.holds(day, day) and found.overlaps(day, None) and found.overlaps(None, day)
    assert week.parse(str(found), TODAY) == found


@given(DAYS, DAYS, st.dates(min_value=date(1, 1, 8), max_value=date(9999, 12, 1)))
def test_a_range_is_held_when_both_ends_are(one: date, two: date, day: date) -> None:
    low, high = sorted((one, two))
    here = week.of(day)
    days_in = low <= here.last and high >= here.first
    assert here.overlaps(low, high) == days_in
    assert here.holds(low, high) == (week.of(low) == here == week.of(high))


def test_last_before_time_began_is_an_error_and_not_an_overflow() -> None:
    with pytest.raises(UsageError):
        week.parse("last", date.min)


def test_weeks_sort_by_time() -> None:
    assert Week(2020, 53) < Week(2021, 1) < Week(2021, 10)
    assert Week(2024, 46).last - Week(2024, 46).first == timedelta(days=6)
