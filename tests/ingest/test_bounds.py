"""What a story's own words allow about the day it was published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.bounds import inferred
from briefing.model import Document, Published, Span


def bounds(text: str) -> Published:
    return inferred(Document("a", text, "0"), (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("قال الوزير اليوم الثلاثاء 12 مارس 2024 إن الطريق سيفتح.", "2024-03-12"),
        ("اندلع حريق في السوق أمس الاثنين 11 مارس 2024، بحسب الدفاع المدني.", "2024-03-12"),
    ],
)
def test_a_full_date_said_to_be_todays_fixes_the_day(text: str, day: str) -> None:
    found = bounds(text)
    assert (found.value, found.precision, found.basis, found.confidence) == (day, "day", "inferred", "medium")
    assert found.evidence


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("وأشارت الدول إلى الاتفاق المنصوص عليه في البيان الختامي للقمة في 19 مايو 2021 لعقد لقاء آخر.", "2021-05-19", None),
        ("واتفقت على عقد الاجتماع العاشر في المدينة خلال النصف الثاني من\u00a0عام 2023.", None, "2023-12-31"),
        ("وقع الطرفان الاتفاق الأول في 19 مايو 2021. وسيعقد اللقاء المقبل في 3 أبريل 2023.", "2021-05-19", "2023-04-03"),
        ("ولم يتغير عدد القوارب منذ سبتمبر 2022.", "2022-09-01", None),
        ("ساد هدوء المدينة، الثلاثاء 12 مارس 2024، بعد ليلة من القتال.", "2024-03-12", "2024-03-18"),
    ],
)
def test_other_dates_only_bound_it(text: str, earliest: str | None, latest: str | None) -> None:
    found = bounds(text)
    assert (found.value, found.earliest, found.latest) == (None, earliest, latest)
    assert found.precision == ("range" if earliest and latest else "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "وقالت الشرطة مساء أمس الأربعاء إن الطريق مغلق.",
        "وقال المدير اليوم الثلاثاء إن السفن عادت.",
        "قال الوزير اليوم الأربعاء 12 مارس 2024 إن الطريق سيفتح.",
        "وقال في كلمته: «نلتقي اليوم الثلاثاء 12 مارس 2024 لنبدأ».",
        "وكان من المقرر أن يعقد اللقاء في مارس 2022 ثم ألغي.",
        "ودرست باحثة في ستانفورد عام 2004 تجارب مماثلة.",
        "وأعلنت الشركة خطة للبقاء في البلاد بعد عام 2030.",
        "وقالت إن الدين سينخفض بحلول عام 2030.",
        "يحتفل المعهد بافتتاح فرعه، وذلك يوم الخميس 27 أغسطس 2015، بحضور الطلاب.",
        "قطع العداء مسافة 2000م في السباق الأخير.",
    ],
)
def test_what_fixes_nothing_stays_open(text: str) -> None:
    found = bounds(text)
    assert (found.value, found.earliest, found.latest) == (None, None, None)
    assert found.basis == "none"


def test_two_days_said_to_be_todays_are_a_conflict() -> None:
    text = "قال الوزير اليوم الثلاثاء 12 مارس 2024 إن الطريق سيفتح. وأعلن اليوم الأربعاء 20 مارس 2024 إغلاقه."
    found = bounds(text)
    assert (found.value, found.basis) == (None, "conflict")
    assert [s.within(text) for s in found.evidence] == ["اليوم الثلاثاء 12 مارس 2024", "اليوم الأربعاء 20 مارس 2024"]


def test_bounds_that_cross_are_a_conflict() -> None:
    text = "وقع الطرفان الاتفاق في 19 مايو 2023. وسيعقد اللقاء المقبل في 3 أبريل 2022."
    found = bounds(text)
    assert (found.earliest, found.latest, found.basis) == (None, None, "conflict")
    assert [s.within(text) for s in found.evidence] == ["19 مايو 2023", "3 أبريل 2022"]


def test_a_later_past_contradicts_the_stated_day() -> None:
    assert bounds("قال الوزير اليوم الثلاثاء 12 مارس 2024 إنه راض. ووقع الاتفاق في 19 مايو 2024.").basis == "conflict"


PIECES = [
    "اليوم ",
    "أمس ",
    "الثلاثاء ",
    "12 ",
    "مارس ",
    "2024",
    "، ",
    ". ",
    "سيعقد في ",
    "وقع في ",
    "«",
    "»",
    "منذ ",
    "عام 2022 ",
    "كان ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_bounds_never_cross_and_a_day_is_one_day(pieces: list[str]) -> None:
    found = bounds("".join(pieces))
    assert not (found.earliest and found.latest and found.earliest > found.latest)
    assert (found.value is not None) == (found.precision == "day")
    if found.value:
        assert found.value == found.earliest == found.latest
