"""Lines that are little more than a date."""

from __future__ import annotations

import pytest

from briefing.ingest.date_line import date_line


@pytest.mark.parametrize(
    ("line", "day", "rank"),
    [
        ("نُشر: 08:40-9 مارس 2023 م ـ 17 شعبان 1444 هـ", "2023-03-09", 0),
        ("17 شعبان 1444 هـ - الخميس 9 مارس 2023", "2023-03-09", 1),
        ("الخميس 9 آذار 2023 آخر تحديث: الجمعة 10 آذار 2023", "2023-03-09", 1),
        ("آخر تحديث: الجمعة 10 آذار 2023", "2023-03-10", 2),
        ("2023/03/09 - 16:30", "2023-03-09", 1),
        ("**نُشر في:** 9 مارس 2023، 19:40 بتوقيت الخرطوم", "2023-03-09", 0),
        ("شبكة الميناء ٩ مارس ٢٠٢٣", "2023-03-09", 1),
    ],
)
def test_the_day_of_a_date_line(line: str, day: str, rank: int) -> None:
    found = date_line(line)
    assert found is not None
    assert (found.when.value, found.when.precision, found.rank) == (day, "day", rank)
    assert 0 <= found.start < found.end <= len(line)


def test_a_hijri_day_alone_is_a_range() -> None:
    found = date_line("الخبر 17 شعبان 1444 هـ")
    assert found is not None
    assert found.when.precision == "range"


@pytest.mark.parametrize("line", ["أمس, 16:40 GMT", "قبل 3 ساعات", "منذ 20 دقيقة"])
def test_a_relative_time_is_a_date_line_without_a_day(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.when.value is None


@pytest.mark.parametrize(
    "line",
    [
        "عام 2023 يشهد أسوأ جفاف منذ ثلاثين سنة",
        "وقع الطرفان اتفاق فتح الميناء في 9 مارس 2023 بحضور الوسطاء والتجار",
        "ميناء المدينة يستقبل 12 سفينة",
        "قاعة الاجتماع - نيفا بالعربية, 1920",
        "",
    ],
)
def test_lines_that_only_hold_a_number_or_a_date_are_none(line: str) -> None:
    assert date_line(line) is None
