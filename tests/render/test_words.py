"""Dates, counts and labels in English."""

from __future__ import annotations

import pytest

from briefing.item_model import Count
from briefing.language import english
from briefing.model import NO_DATE, Near, When, WordDifference
from briefing.render import words


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-11-11", "2024-11-17", "11–17 November 2024"),
        ("2024-10-28", "2024-11-03", "28 October – 3 November 2024"),
        ("2024-12-30", "2025-01-05", "30 December 2024 – 5 January 2025"),
        ("2024-11-11", "2024-11-11", "11 November 2024"),
    ],
)
def test_periods(first: str, last: str, said: str) -> None:
    assert words.period_text(first, last, english()) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NO_DATE, ""),
        (When("2024-11-12", "2024-11-12", "2024-11-12", "day", "stated"), "12 November 2024 (stated)"),
        (When("2021-07", "2021-07-01", "2021-07-31", "month", "relative"), "July 2021 (worked out)"),
        (When("2015", "2015-01-01", "2015-12-31", "year", "stated"), "2015 (stated)"),
        (When(None, "2021-07-07", "2021-07-08", "range", "stated"), "7–8 July 2021 (stated)"),
        (When(None, "2021-07-07", None, "unknown", "none"), "from 7 July 2021"),
        (When(None, None, "2021-07-07", "unknown", "none"), "until 7 July 2021"),
    ],
)
def test_dates_of_items(when: When, said: str) -> None:
    assert words.when_text(when, english()) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(12, "at_least", "killed", 0, 1, ""), "at least 12 killed"),
        (Count(1500, "exact", "families", 0, 1, ""), "1,500 families"),
        (Count(None, "dozens", "people wounded", 0, 1, ""), "dozens of people wounded"),
        (Count(None, "several", "people wounded", 0, 1, ""), "several people wounded"),
        (Count(3, "exact", "children", 0, 1, "", 0), "3 children (part of the total)"),
    ],
)
def test_counts(count: Count, said: str) -> None:
    assert words.count_text(count) == said


def test_a_moment_says_its_offset() -> None:
    assert words.moment_text("2024-11-18T06:00:00+03:00", english()) == "18 November 2024, 06:00 (UTC+03:00)"
    assert words.moment_text("2024-11-18T06:00:00+00:00", english()) == "18 November 2024, 06:00 (UTC)"


def test_citation_links_use_no_double_bracket() -> None:
    # Gollum and Obsidian read two brackets as a link to a page of that name.
    assert "[[" not in words.cites([3, 3, 4])
    assert words.cites([3, 3, 4]).count("](#c") == 2


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("found_by_rules_only", "found by rules only"),
        ("translation_empty", "the model gave no English"),
        ("translation_repeats_itself", "the English repeats itself"),
        ("translation_too_short", "the English is far shorter than the Arabic: compare the two"),
    ],
)
def test_flags(flag: str, said: str) -> None:
    assert "".join(words.flag_text(flag, english())) == said


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([("الأربعاء،", "الثلاثاء،")], "differs: «الأربعاء» here, «الثلاثاء» there"),
        ([("", "لم"), ("قال", "")], "differs: «لم» only there; «قال» only here"),
        ([("نعم.", "نعم")], "differs: «نعم.» here, «نعم» there"),
        ([("،", "")], "differs: «،» only here"),
    ],
)
def test_what_differs_from_a_near_sentence(found: list[tuple[str, str]], text: str) -> None:
    differences = tuple(WordDifference(*one) for one in found)
    assert words.differences_text(Near("", "", "m", 0.9, differences, False)) == text
    assert words.differences_text(Near("", "", "m", 0.9, differences, True)) == text.replace("differs", "the numbers differ", 1)
