"""Relative dates with the calendar date that they mean beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.bounds import inferred
from briefing.model import Document, Published, Span


def dated(text: str) -> Published:
    return inferred(Document("a", text, "0"), (Span(0, len(text)),))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("ويفتح المعرض أبوابه الأحد المقبل 10 مارس 2024 للزوار.", "2024-03-03", "2024-03-09"),
        ("وأغلق الميناء الخميس الماضي الموافق 7 مارس 2024 لساعات.", "2024-03-08", "2024-03-14"),
        ("وبلغ العدد في النصف الأول من العام الحالي 2024م نحو ألفين.", "2024-01-01", "2024-12-31"),
        ("وبلغ العدد في العام الماضي 2023 نحو ألفين.", "2024-01-01", "2024-12-31"),
        ("وتراجع الإنتاج في العام الحالي 2024م، وأغلق الفرع في 3 من مارس الجاري.", "2024-03-01", "2024-03-31"),
    ],
)
def test_a_pair_tells_when_it_was_written(text: str, earliest: str, latest: str) -> None:
    found = dated(text)
    assert (found.value, found.earliest, found.latest, found.precision) == (None, earliest, latest, "range")
    assert found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "ويفتح المعرض أبوابه الأحد المقبل.",
        "ويفتح المعرض أبوابه الأربعاء المقبل 10 مارس 2024 للزوار.",
        "وأغلق الفرع في 3 من مارس الجاري.",
        "وقال: «نفتح أبوابنا الأحد المقبل 10 مارس 2024».",
        "والعام الحالي 2023-2024 هو عام الدراسة.",
        "واحتفلت الشركة بذلك منذ عامين (2013).",
    ],
)
def test_what_is_no_pair_leaves_it_open(text: str) -> None:
    found = dated(text)
    assert (found.value, found.earliest, found.latest) == (None, None, None)


def test_a_decree_s_today_is_not_the_story_s() -> None:
    assert dated("ونسافر اعتبارا من هذا اليوم الثلاثاء 12 مارس 2024 في إجازة.").value is None


@given(
    st.sampled_from(["الأحد المقبل", "الخميس الماضي", "العام الحالي", "العام الماضي", "الشهر المقبل", "الأسبوع الماضي"]),
    st.sampled_from(["10 مارس 2024", "2024م", "7 مارس 2024", "مارس 2024", "(2024)", "31 فبراير 2024"]),
    st.text(alphabet="والاعامش 2034.،«»", max_size=20),
)
def test_a_pair_never_gives_a_day_and_never_crosses(relative: str, calendar: str, rest: str) -> None:
    found = dated(f"وذلك {relative} {calendar} {rest}")
    assert found.value is None
    assert not (found.earliest and found.latest and found.earliest > found.latest)
