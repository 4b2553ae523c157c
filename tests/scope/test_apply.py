"""What the scope keeps and leaves out, with its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import ConfigError, WeekError
from briefing.ingest.duplicates import Group
from briefing.model import Article
from briefing.scope.apply import reason, scoped
from briefing.scope.countries import countries_of
from briefing.scope.settings import Scope
from briefing.scope.wanted import Wanted, wanted
from briefing.selection import Selection
from tests.scope.articles import COLUMN, MATCH, NEWS, article

SYRIA = "أعلن محافظ حلب أن الجسر فُتح من جديد بعد أسبوع من الأمطار. وقال إن الفرق أزالت الصخور وأصلحت الطريق."
TOKYO = "أعلن عمدة طوكيو أن المترو يعود إلى العمل مساء الأحد. وقال إن اليابان شهدت أمطارا لم تعرفها منذ سنوات."
TALKS = "التقى وزير الخارجية المصري المبعوث الأممي في القاهرة. وقال إن المفاوضات مستمرة وإن الاتفاق قريب من نهايته."


def made(**scope: object) -> Wanted:
    return wanted(Config(scope=Scope(**scope)))  # type: ignore[arg-type]


def chosen(*articles: Article, groups: tuple[Group, ...] = ()) -> Selection:
    return Selection(None, articles, (), (), groups=groups)


def test_each_article_is_left_out_for_a_reason_that_is_said() -> None:
    given = [article(t) for t in (NEWS, MATCH, COLUMN, SYRIA, TOKYO)]
    kept = scoped(chosen(*given), made(countries=("SY",)))
    assert kept.dated == (given[3],)
    assert [one.reason for one in kept.left] == ["scope", "sport", "opinion", "scope"]
    assert kept.left[3].why == "about JP"
    assert kept.left[0].why == "about no country"


@pytest.mark.parametrize("name", ["SY", "sy", "Syria", "سوريا", "سورية", "الجمهورية العربية السورية"])
def test_a_country_may_be_written_in_any_way(name: str) -> None:
    assert made(countries=(name,)).countries == {"SY"}


@pytest.mark.parametrize("name", ["diplomacy", "Diplomacy and negotiations", "الدبلوماسية والمفاوضات"])
def test_a_topic_may_be_written_in_any_way(name: str) -> None:
    want = made(topics=(name,))
    assert want.topics == {"diplomacy"}
    assert reason(article(TALKS), want) is None
    assert reason(article(MATCH), made(topics=(name,), leave_out=())) == ("scope", "topic: Sport")


def test_countries_are_those_of_the_lead_and_those_named_often() -> None:
    assert countries_of(article(TALKS)) == {"EG"}
    late = NEWS + " " + "تفاصيل أخرى عن العمل في الطريق. " * 3
    assert countries_of(article(late + "وشكر العراق.")) == frozenset()
    assert countries_of(article(late + "وشكر العراق. وبقيت شركة عراقية هناك.")) == {"IQ"}
    assert countries_of(article(NEWS, title="وفد من العراق يزور الإقليم")) == {"IQ"}


def test_who_names_someone_watched_is_in_the_scope() -> None:
    text = NEWS + " وحضر الافتتاح سيرغي لافروف مع وفد كبير."
    for name in ("Sergey Lavrov", "سيرغي لافروف", "لافروف"):
        assert reason(article(text), made(countries=("JP",), watch=(name,))) is None
    assert reason(article(NEWS), made(countries=("JP",), watch=("لافروف",))) is not None
    unknown = made(countries=("JP",), watch=("سامي الحداد",))
    assert reason(article(NEWS + " وحضر سامي الحداد."), unknown) is None
    assert reason(article(MATCH + " وحضر سامي الحداد."), unknown) is not None  # the kind counts all the same


def test_copies_stay_together_and_in_doubt_in_the_brief() -> None:
    one, other = article(NEWS, url="https://wadi.example/opinion/1"), article(NEWS, url="https://coast.example/news/1")
    group = Group(one, (other,))
    assert scoped(chosen(one, other, groups=(group,)), made()).left == ()
    both = tuple(article(NEWS, url=f"https://{host}.example/opinion/1") for host in ("wadi", "coast"))
    kept = scoped(chosen(*both, article(SYRIA), groups=(Group(both[0], both[1:]),)), made())
    assert (len(kept.dated), len(kept.left), kept.groups) == (1, 2, ())


def test_nothing_left_is_an_error_that_says_what_went() -> None:
    with pytest.raises(WeekError, match="1 outside the countries and topics, 1 sport") as error:
        scoped(chosen(article(MATCH), article(TOKYO)), made(countries=("SY",)))
    assert "leave_out" in error.value.next_step


def test_nothing_is_asked_for_and_nothing_goes() -> None:
    given = chosen(article(NEWS), article(MATCH), article(COLUMN))
    assert scoped(given, made(leave_out=())) == given


@pytest.mark.parametrize(
    ("scope", "message", "step"),
    [
        ({"countries": ("Syriaa",)}, "scope.countries: no country is called 'Syriaa'", "Did you mean syria?"),
        ({"topics": ("weather",)}, "scope.topics: no topic is called 'weather'", "diplomacy"),
        ({"watch": ("Nobody Known",)}, "scope.watch: no person or body in the lexicon is called 'Nobody Known'", "people.toml"),
    ],
)
def test_a_name_that_nothing_knows_is_said_with_the_file(scope: dict[str, tuple[str, ...]], message: str, step: str) -> None:
    with pytest.raises(ConfigError) as error:
        wanted(Config(scope=Scope(**scope), file=Path("briefing.toml")))  # type: ignore[arg-type]
    assert error.value.message.startswith(f"briefing.toml: {message}")
    assert step in error.value.next_step
