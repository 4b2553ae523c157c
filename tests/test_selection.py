"""Which articles a brief is about, and what its reader is told of the others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import WeekError
from briefing.model import UNDATED, Article, Document, Published, Span, Title
from briefing.selection import newest, select, week_of, weeks
from briefing.week import Week, of

W46 = Week(2024, 46)  # 11 to 17 November


def between(low: str | None, high: str | None) -> Published:
    return Published(low if low == high else None, low, high, "range", "date_line", "high")


def article(name: str, when: Published = UNDATED) -> Article:
    document = Document(f"news/{name}", "نص", "0" * 64)
    return Article(f"{name}-1", document, "ar", Title("عنوان", None, 0, 1), None, None, when, (Span(0, 2),))


IN = article("in.txt", between("2024-11-12", "2024-11-12"))
RANGE_IN = article("range.txt", between("2024-11-11", "2024-11-17"))
ACROSS = article("across.txt", between("2024-11-15", "2024-11-19"))
OPEN = article("open.txt", between("2024-11-13", None))
BEFORE = article("before.txt", between(None, "2024-11-10"))
LOOSE = article("loose.txt")
LATER = article("later.txt", between("2024-11-18", "2024-11-18"))
ALL = [LATER, LOOSE, BEFORE, OPEN, ACROSS, RANGE_IN, IN]


def names(articles: tuple[Article, ...]) -> list[str]:
    return [a.document.file.removeprefix("news/") for a in articles]


def test_an_article_belongs_when_its_whole_range_lies_in_the_week() -> None:
    chosen = select(ALL, W46, include_undated=False)
    assert (names(chosen.dated), chosen.undated) == (["range.txt", "in.txt"], ())


def test_those_that_may_belong_are_problems_with_the_reason_and_a_way_out() -> None:
    told = {p.where: p for p in select(ALL, W46, include_undated=False).problems}
    assert set(told) == {"news/across.txt («عنوان»)", "news/open.txt («عنوان»)", "news/loose.txt («عنوان»)"}
    across, loose = told["news/across.txt («عنوان»)"], told["news/loose.txt («عنوان»)"]
    assert "left out" in across.message and "between 2024-11-15 and 2024-11-19, which overlaps 2024-W46" in across.message
    assert "undated" in loose.message
    assert '"loose.txt" = "YYYY-MM-DD"' in loose.next_step and "--undated include" in loose.next_step


def test_asked_for_they_stand_apart_and_are_problems_still() -> None:
    chosen = select(ALL, W46, include_undated=True)
    assert set(names(chosen.undated)) == {"across.txt", "open.txt", "loose.txt"}
    assert len(chosen.problems) == 3
    assert all("shown among the undated" in p.message and "--undated" not in p.next_step for p in chosen.problems)


def test_without_a_week_all_are_in() -> None:
    chosen = select(ALL, None, include_undated=False)
    assert (len(chosen.dated), chosen.undated, chosen.problems) == (len(ALL), (), ())


def test_an_empty_week_lists_those_that_are_not() -> None:
    with pytest.raises(WeekError) as error:
        select([IN, LATER, LOOSE], Week(2024, 40), include_undated=False)
    assert error.value.message == "No article was published in 2024-W40"
    assert "2024-W46 (1), 2024-W47 (1)" in error.value.next_step and "1 undated" in error.value.next_step
    assert error.value.exit_code == 4
    assert names(select([IN, LOOSE], Week(2024, 40), include_undated=True).undated) == ["loose.txt"]


def test_the_newest_week_is_that_of_the_newest_dated_article() -> None:
    assert newest(ALL) == Week(2024, 47)
    assert weeks(ALL) == {W46: 2, Week(2024, 47): 1}
    with pytest.raises(WeekError, match="No article has a date"):
        newest([LOOSE, ACROSS])


@given(st.dates(), st.dates())
def test_the_week_of_a_range_is_that_of_both_ends_or_none(one: date, two: date) -> None:
    low, high = sorted((one, two))
    assert week_of(between(low.isoformat(), high.isoformat())) == (of(low) if of(low) == of(high) else None)


@given(st.lists(st.tuples(st.none() | st.dates(), st.none() | st.dates()), min_size=1, max_size=8), st.dates(), st.booleans())
def test_no_article_that_may_belong_goes_missing(ranges: list[tuple[date | None, date | None]], day: date, include: bool) -> None:
    sound = [(a, b) if a is None or b is None or a <= b else (b, a) for a, b in ranges]
    made = [article(f"{n}.txt", between(a and a.isoformat(), b and b.isoformat())) for n, (a, b) in enumerate(sound)]
    week = of(day)
    overlapping = {a.id for a, (low, high) in zip(made, sound, strict=True) if week.overlaps(low, high)}
    try:
        chosen = select(made, week, include)
    except WeekError:
        chosen = None
    if chosen is None:
        assert not any(week_of(a.published) == week for a in made)
        return
    told = {p.where.split("/")[1].split()[0] for p in chosen.problems}
    shown = {a.id for a in (*chosen.dated, *chosen.undated)}
    assert overlapping == shown | {f"{name}-1" for name in told}
