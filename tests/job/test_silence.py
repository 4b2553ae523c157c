"""Feeds gone silent and thin weeks: the rules as they are stated in docs/scheduling.md."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.job.silence import LEAST_SILENCE, TIMES, Silence, silent, thin

TODAY = date(2024, 11, 18)


def every(days: int, last: int, count: int = 10) -> list[date]:
    """`count` days with items, so many days apart, the last of them `last` days ago."""
    return [TODAY - timedelta(last + days * n) for n in range(count)]


@pytest.mark.parametrize(
    ("days", "last", "is_silent"),
    [(1, 0, False), (1, 3, False), (1, 4, True), (7, 21, False), (7, 22, True), (2, 6, False), (2, 7, True)],
)
def test_three_times_the_usual_interval_is_silence(days: int, last: int, is_silent: bool) -> None:
    assert (silent(every(days, last), TODAY) is not None) == is_silent


def test_what_is_said_of_it() -> None:
    assert silent(every(2, 9), TODAY) == Silence(date(2024, 11, 9), 2.0, 6.0)


def test_a_feed_hardly_known_is_not_judged() -> None:
    assert silent(every(1, 100, 4), TODAY) is None
    assert silent([], TODAY) is None
    assert silent(every(1, 100, 3) * 5, TODAY) is None  # many items of few days


def test_only_the_last_days_count() -> None:
    rare_once = [TODAY - timedelta(200 + 30 * n) for n in range(12)]
    assert silent([*rare_once, *every(1, 10, 21)], TODAY) is not None


def test_a_clock_moved_back_makes_no_silence() -> None:
    assert silent(every(1, 0), TODAY - timedelta(5)) is None
    assert silent(every(1, 0, 30), TODAY - timedelta(365)) is None


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 1, 1)), max_size=40), st.dates(date(2020, 1, 1), date(2026, 1, 1)))
def test_a_silent_feed_has_been_silent_longer_than_it_ever_had_to_be(days: list[date], today: date) -> None:
    found = silent(days, today)
    if found is not None:
        assert (today - found.last).days > found.limit >= max(LEAST_SILENCE, TIMES * found.usual)
        assert found.last == max(day for day in days if day <= today)


@pytest.mark.parametrize(
    ("articles", "before", "usual"),
    [
        (4, [10, 10, 10, 10], 10),
        (5, [10, 10, 10, 10], None),
        (0, [10, 10, 10], None),  # too few weeks to know
        (4, [90, 90, 90, 10, 10, 10, 10, 6, 6, 6, 6], None),  # the median of the last eight is 8, not of all
        (0, [0, 0, 0, 0], None),
    ],
)
def test_under_half_of_the_median_is_thin(articles: int, before: list[int], usual: float | None) -> None:
    assert thin(articles, before) == usual
