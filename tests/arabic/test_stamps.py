"""Dates as metadata writes them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.dates import parse_stamp


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2015-08-10 19:26:25", "2015-08-10"),
        ("2024-11-12", "2024-11-12"),
        ("2024-11-12T22:30:00Z", "2024-11-13"),
        ("2024-11-12T22:30:00.123+03:00", "2024-11-12"),
        ("2024-11-12T22:30:00-0500", "2024-11-13"),
        ("Tue, 12 Nov 2024 22:00:00 GMT", "2024-11-13"),
        ("Tue, 12 Nov 2024 10:00:00 GMT", "2024-11-12"),
        ("17.02.2021", "2021-02-17"),
        ("17/02/2021", "2021-02-17"),
        ("2021/02/17 10:30", "2021-02-17"),
        ("الثلاثاء 12 نوفمبر 2024", "2024-11-12"),
        ("١٢ تشرين الثاني ٢٠٢٤", "2024-11-12"),
        ("03/04/2021", None),
        ("نوفمبر 2024", None),
        ("", None),
        ("2024-13-45", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("أمس", None),
        ("Tue, 99 Nov 2024 10:00:00 GMT", None),
        ("1 مايو 2020 - 2 مايو 2020", None),
    ],
)
def test_stamps(stamp: str, expected: str | None) -> None:
    day = parse_stamp(stamp, ZoneInfo("Asia/Riyadh"))
    assert (day.isoformat() if day else None) == expected


@given(st.text(max_size=40))
def test_no_stamp_raises(stamp: str) -> None:
    parse_stamp(stamp, ZoneInfo("UTC"))
