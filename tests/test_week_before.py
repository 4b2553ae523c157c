"""The week before is read from the same inputs, for its field events alone."""

from __future__ import annotations

import pytest

from briefing.extract import rules
from briefing.model import Article
from briefing.progress import untracked
from briefing.week import Week, of
from briefing.week_before import week_before
from tests.extract.extracted import article

W46 = Week(2024, 46)
SHELLED = "قتل ثلاثة مدنيين وأصيب خمسة آخرون في قصف مدفعي على بلدة سرمين أمس، وفق مصدر طبي. ونقل المصابون إلى مستشفيين."
PROTEST = "تظاهر مئات الأشخاص أمس في مدينة تعز احتجاجا على انقطاع الكهرباء. وأغلق المحتجون شارعا رئيسيا قرب السوق."


def found(*articles: Article) -> list[tuple[str, str | None]]:
    """Type and place of the events of the week before 2024-W46."""
    told = week_before(articles, W46, untracked)
    assert told is not None
    return [(one.event.type, one.event.place and one.event.place.en) for one in told.happened]


def test_only_articles_of_the_week_before_are_read() -> None:
    articles = [article(SHELLED, "2024-11-06", "a"), article(PROTEST, "2024-11-13", "b"), article(PROTEST, None, "c")]
    assert found(*articles) == [("SHELLING", "Sarmin")]


def test_copies_are_one_article() -> None:
    told = week_before([article(SHELLED, "2024-11-06", "a"), article(SHELLED, "2024-11-06", "b")], W46, untracked)
    assert told is not None
    assert (told.articles, len(told.happened)) == (1, 1)


def test_a_week_without_articles_says_so() -> None:
    told = week_before([article(PROTEST, "2024-11-13", "b")], W46, untracked)
    assert told is not None
    assert (str(told.week), told.articles, told.happened) == ("2024-W45", 0, ())


def test_no_week_has_no_week_before() -> None:
    assert week_before([article(SHELLED, "2024-11-06", "a")], None, untracked) is None
    assert week_before([], Week(1, 1), untracked) is None


def test_an_article_that_cannot_be_read_is_counted_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = rules.find

    def find(a: Article, cut):  # type: ignore[no-untyped-def]
        if a.id == "bad":
            raise ValueError("boom")
        return real(a, cut)

    monkeypatch.setattr(rules, "find", find)
    told = week_before([article(PROTEST, "2024-11-05", "bad"), article(SHELLED, "2024-11-06", "a")], W46, untracked)
    assert told is not None
    assert (told.articles, told.unread, len(told.happened)) == (1, 1, 1)


def test_weeks_before_run_through_years() -> None:
    assert Week(2025, 1).before == Week(2024, 52)
    assert Week(2021, 1).before == Week(2020, 53)
    assert Week(1, 1).before is None
    assert of(W46.first).before == Week(2024, 45)
