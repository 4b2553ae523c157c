"""Dates of items: from their own words, a narrow range of publication, or the meeting they happened at."""

from __future__ import annotations

import pytest

from briefing.extract.clause import parse
from briefing.extract.dating import Dating
from briefing.model import UNDATED, Published, Sentence, When


def dated(text: str, published: Published = UNDATED) -> When:
    return Dating(published).of(parse(text, Sentence(1, 0, len(text))), 0, len(text))


def between(earliest: str, latest: str) -> Published:
    return Published(None, earliest, latest, "range", "gazetteer", "medium")


def test_a_narrow_range_of_publication_dates_yesterday() -> None:
    when = dated("أغلقت الشرطة الطريق أمس.", between("2021-07-01", "2021-07-07"))
    assert (when.value, when.earliest, when.latest) == (None, "2021-06-30", "2021-07-06")
    assert dated("أغلقت الشرطة الطريق أمس.", between("2021-07-01", "2021-09-07")).earliest is None


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("قال الوفد في ختام الجولة الـ20 من محادثات أستانا إنه راض.", "2023-06-21", "2023-06-22"),
        ("اتفقت الوفود خلال الجولة الـ20 من محادثات أستانا على لقاء.", "2023-06-20", "2023-06-21"),
    ],
)
def test_what_happened_at_a_known_meeting_has_its_days(text: str, earliest: str, latest: str) -> None:
    when = dated(text)
    assert (when.value, when.earliest, when.latest, when.basis) == (None, earliest, latest, "gazetteer")


def test_nothing_is_dated_after_its_publication() -> None:
    day = Published("2023-06-21", "2023-06-21", "2023-06-21", "day", "metadata", "high")
    when = dated("قال الوفد في ختام الجولة الـ20 من محادثات أستانا إنه راض.", day)
    assert (when.value, when.precision) == ("2023-06-21", "day")
    before = Published("2023-06-01", "2023-06-01", "2023-06-01", "day", "metadata", "high")
    assert dated("قال الوفد في ختام الجولة الـ20 من محادثات أستانا إنه راض.", before).earliest is None


@pytest.mark.parametrize(
    "text",
    [
        "قال الوفد إن الجولة الـ20 من محادثات أستانا مهمة.",
        "اتفقت الوفود على عقد الجولة الـ20 من محادثات أستانا.",
        "قال الوفد في ختام محادثات أستانا إنه راض.",
        "قال الوفد في ختام الجولة الـ77 من محادثات أستانا إنه راض.",
    ],
)
def test_a_meeting_merely_spoken_of_dates_nothing(text: str) -> None:
    assert dated(text).earliest is None


def test_a_stated_date_goes_before_the_meeting() -> None:
    text = "قال الوفد في ختام الجولة الـ20 من محادثات أستانا في 22 يونيو 2023 إنه راض."
    assert dated(text).value == "2023-06-22"
