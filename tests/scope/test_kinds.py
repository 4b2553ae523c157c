"""Kinds of articles: each mark alone, and that doubt means news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Document, Metadata, Span
from briefing.scope.kinds import NEWS, kind_of
from briefing.scope.settings import KINDS, LEFT_OUT
from tests.scope.articles import COLUMN, CONCERT, HOROSCOPE, MATCH, article
from tests.scope.articles import NEWS as REPORT


@pytest.mark.parametrize(
    ("text", "kind"), [(REPORT, NEWS), (MATCH, "sport"), (CONCERT, "culture"), (COLUMN, "opinion"), (HOROSCOPE, "horoscope")]
)
def test_words_alone_tell_the_kind(text: str, kind: str) -> None:
    assert kind_of(article(text)).name == kind


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        ({"url": "https://wadi.example/sports/12-a-bridge"}, "sport"),
        ({"url": "https://sport.wadi.example/12"}, "sport"),
        ({"url": "https://wadi.example/%D8%AB%D9%82%D8%A7%D9%81%D8%A9/12"}, "culture"),
        ({"url": "https://www.al-jazirah.com/2015/1/rj7.htm"}, "opinion"),
        ({"section": "الرأي"}, "opinion"),
        ({"section": "Home > Opinion"}, "opinion"),
        ({"section": "Sponsored"}, "advert"),
        ({"title": "مواقيت الصلاة في المدينة اليوم"}, "listing"),
        ({"title": "حظك اليوم مع الأبراج"}, "horoscope"),
    ],
)  # fmt: skip
def test_what_the_page_says_tells_the_kind(known: dict[str, str], kind: str) -> None:
    assert kind_of(article(REPORT, **known)).name == kind


@pytest.mark.parametrize(
    "known",
    [
        {"url": "https://wadi.example/politics/sports-minister-resigns"},  # a headline in the address is no section
        {"url": "https://wadi.example/news/opinion-polls-open"},
        {"url": "https://opinion-wadi.example/12"},
        {"section": "سياسة"},
        {"section": "رياضة, ثقافة"},
        {"url": "http://[broken"},
        {"author": "سامي حداد"},
    ],
)
def test_in_doubt_it_is_news(known: dict[str, str]) -> None:
    assert kind_of(article(REPORT, **known)).name == NEWS


def test_hard_news_in_a_stadium_is_news() -> None:
    text = MATCH + " وأدى انفجار قرب الملعب إلى مقتل حارس وإصابة اثنين، وفق وزارة الداخلية."
    for known in ({}, {"url": "https://wadi.example/sports/12"}):
        assert kind_of(article(text, **known)).name == NEWS


def test_a_rubric_above_the_headline_counts_and_a_menu_does_not() -> None:
    title = "جسر الجبل يعود إلى الخدمة بعد أسبوع"
    body = REPORT + "\n\n" + REPORT.replace("الجبل", "الساحل")
    for head, kind in (("الرأي\n", "opinion"), ("الرئيسية\nأخبار\nرياضة\nالرأي\nتقنية\n", NEWS)):
        text = f"{head}{title}\n{body}"
        at = text.index(title)
        page = article(body)
        start = text.index(body)
        known = Document("page.txt", text, "0" * 64, Metadata())
        made = type(page)("a", known, "ar", type(page.title)(title, None, at, at + len(title)), None, None, page.published,
                          (Span(start, len(text)),))  # fmt: skip
        assert kind_of(made).name == kind, kind_of(made)


def test_a_disclaimer_below_the_text_makes_it_opinion() -> None:
    body = REPORT
    text = body + "\nالمقالات المنشورة تعبر عن آراء كتابها"
    page = article(body)
    made = type(page)("a", Document("p.txt", text, "0" * 64), "ar", None, None, None, page.published, (Span(0, len(body)),))
    assert kind_of(made).name == "opinion"


def test_reports_outweigh_a_name_and_a_question() -> None:
    asked = " وأكد الناطق أن العمل مستمر. وأوضح أن الكلفة لم تحسب بعد. هل يكفي ذلك؟ ومتى ينتهي؟ "
    assert kind_of(article(REPORT + asked + "تفاصيل أخرى عن الطريق. " * 20, author="سامي حداد")).name == NEWS


def test_every_kind_but_news_can_be_left_out() -> None:
    assert NEWS not in KINDS
    assert set(LEFT_OUT) <= set(KINDS)


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=60))
def test_no_text_section_or_address_breaks_it(text: str, section: str, url: str) -> None:
    made = article(REPORT)
    document = Document("a.txt", text, "0" * 64, Metadata(title=text[:40], url=url, author=section, section=section))
    found = kind_of(type(made)("a", document, "ar", None, None, url, made.published, (Span(0, len(text)),)))
    assert found.name in (NEWS, *KINDS)
    assert found == kind_of(type(made)("a", document, "ar", None, None, url, made.published, (Span(0, len(text)),)))
