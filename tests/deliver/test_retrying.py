"""When an attempt is made again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliver.retrying import due, next_attempt

NOW = datetime(2024, 11, 18, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 5), (2, 15), (3, 60), (4, 240), (5, 720), (6, 720), (99, 720)])
def test_the_pauses_grow_to_half_a_day(attempts: int, minutes: int) -> None:
    assert next_attempt(attempts, NOW) == NOW + timedelta(minutes=minutes)


@given(st.integers(1, 50), st.timedeltas(timedelta(days=-900), timedelta(days=900)))
def test_a_pause_ends_and_no_clock_makes_it_longer_than_the_longest(attempts: int, moved: timedelta) -> None:
    when = next_attempt(attempts, NOW).isoformat()
    if not due(when, NOW + moved):
        assert due(when, NOW + moved + timedelta(hours=12))
    assert due(None, NOW + moved)
