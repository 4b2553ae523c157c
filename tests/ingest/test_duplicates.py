"""Which articles are one text: copies under other chrome, shortened, added to, from a wire; and what only looks like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import read
from briefing.ingest.articles import harvest
from briefing.ingest.duplicates import groups
from briefing.model import UNDATED, Article, Document, Metadata, Outlet, Published, Span
from tests.extract.extracted import published_on

UTC = ZoneInfo("UTC")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"

LEAD = "أعلنت هيئة الموانئ في طرابلس أن الرصيف الغربي سيعود إلى العمل صباح الأحد بعد إصلاح الرافعتين."
SECOND = "وقال مدير الهيئة منير الشامي إن السفن المنتظرة ستدخل تباعا وفق موعد وصولها إلى المرسى."
THIRD = "وأضاف الشامي أن الهيئة لن ترفع رسوم التفريغ قبل نهاية الموسم الزراعي."
FOURTH = "وكان الرصيف قد أغلق قبل ثلاثة أسابيع إثر عاصفة أسقطت رافعة على مستودع الحبوب."
FIFTH = "وذكر تجار في السوق القريبة أن أسعار الطحين تراجعت قليلا فور انتشار الخبر."
PORT = (LEAD, SECOND, THIRD, FOURTH)
CLOSING = "وفي ختام الاجتماع جدد المشاركون تمسكهم بوحدة البلاد وسيادتها وسلامة أراضيها ورفضهم كل أشكال التدخل."


def article(*said: str, day: str | None = "2024-11-12", ident: str = "a", outlet: str | None = None) -> Article:
    """An article of these sentences, one paragraph each."""
    text = "\n".join(said)
    known = Outlet(outlet, "metadata") if outlet else None
    document = Document(f"{ident}.txt", text, f"sha-{ident}", Metadata())
    return Article(ident, document, "ar", None, known, None, published_on(day), (Span(0, len(text)),))


def together(*articles: Article) -> list[list[str]]:
    """The ids of each group, the used one first."""
    return [[group.used.id, *(copy.id for copy in group.copies)] for group in groups(articles)]


# ---------------------------------------------------------------- one text


def test_the_same_article_under_other_chrome() -> None:
    title = "عودة الرصيف الغربي في مرفأ طرابلس إلى العمل"
    body = "\n\n".join(PORT)
    one = f"الرئيسية\nسياسة\n\n{title}\n\n12 نوفمبر 2024\n\n{body}\n\nالمصدر: رويترز\n\nمقالات مشابهة\n• سعر القمح"
    other = f"صوت المرفأ | اتصل بنا\n\n{title}\n\nنُشر في 13 نوفمبر 2024\n\n{body}\n\nشارك الخبر:\nالتعليقات (2)"
    found = [harvest(Document(f"{n}.txt", text, str(n) * 64), UTC).articles for n, text in enumerate((one, other))]
    first, second = (articles[0] for articles in found)
    assert together(second, first) == [[first.id, second.id]]


def test_a_shortened_copy() -> None:
    assert together(article(LEAD, SECOND, ident="short"), article(*PORT, FIFTH, ident="full")) == [["full", "short"]]


def test_a_copy_with_additions_of_its_own_is_used_when_it_is_the_fuller() -> None:
    assert together(article(*PORT), article(*PORT, FIFTH, ident="b")) == [["b", "a"]]


def test_a_wire_story_in_two_outlets_with_ways_of_their_own() -> None:
    one = article(f"طرابلس (رويترز) - {LEAD}", SECOND, THIRD, FIFTH, ident="one")
    other = article("عاد الأمل إلى عمال المرفأ في عاصمة الشمال.", LEAD, SECOND, THIRD + " (رويترز)", ident="other")
    assert len(together(one, other)) == 1
    unsigned = replace(other, document=replace(other.document, text=other.document.text.replace("(رويترز)", "(أ ف ب)  ")))
    assert len(together(one, unsigned)) == 2  # two agencies wrote two stories


SLIPPED = ("الأرضية", "الأرضضية")


@pytest.mark.parametrize(("word", "expected"), [(SLIPPED[1], 1), (SLIPPED[0], 2)])
def test_a_shared_slip_of_the_pen_gives_a_copy_away(word: str, expected: int) -> None:
    shared = (f"وتضررت الممرات {word} بين المستودعات والسكة الحديدية خلال العاصفة الأخيرة.", SECOND, THIRD)
    one = article(LEAD, *shared, FIFTH, ident="one")
    other = article("تنفس عمال المرفأ الصعداء وهم يرون الرافعة تتحرك من جديد.", *shared, ident="other")
    known = [
        article(f"هبت رياح على المرصد {n} وغمرت المياه الطبقة الأرضية.", ident=f"k{n}") for n in ("الشمالي", "الجنوبي", "البحري")
    ]
    assert len(together(one, other, *known)) == expected + len(known)


def test_a_flash_is_a_copy_of_the_story_it_leads() -> None:
    assert together(article(LEAD, ident="flash"), article(*PORT)) == [["a", "flash"]]


def test_copies_reach_each_other_over_a_third() -> None:
    one, other = article(LEAD, SECOND, ident="head"), article(THIRD, FOURTH, ident="tail")
    assert together(one, other) == [["head"], ["tail"]]
    assert together(one, other, article(*PORT)) == [["a", "head", "tail"]]


# ---------------------------------------------------------------- not one text


def test_a_formula_is_not_a_copy() -> None:
    one = article("بحث الوزراء في عمان ملف المياه المشتركة وتقاسم كلفة السدود.", CLOSING)
    other = article("ناقش قادة الأحزاب في بيروت قانون الانتخاب وتوزيع الدوائر.", CLOSING, ident="b")
    assert together(one, other) == [["a"], ["b"]]


def test_a_formula_at_the_head_of_a_short_text_is_not_a_copy() -> None:
    one = article(CLOSING, "ثم غادر الوفد إلى المطار.", ident="short")
    other = article("ناقش قادة الأحزاب في بيروت قانون الانتخاب وتوزيع الدوائر.", CLOSING, FIFTH, ident="long")
    assert together(one, other) == [["long"], ["short"]]


def test_what_two_agencies_sign_must_be_whole_to_be_one_text() -> None:
    one = article(f"طرابلس (رويترز) - {LEAD}", SECOND, FIFTH, ident="one")
    other = article(f"طرابلس (أ ف ب) - {LEAD}", SECOND, THIRD, FOURTH, ident="other")
    unsigned = article(LEAD, SECOND, THIRD, FOURTH, ident="other")
    whole = article(f"طرابلس (أ ف ب) - {LEAD}", SECOND, FIFTH, THIRD, ident="other")
    assert [len(together(one, it)) for it in (other, unsigned, whole)] == [2, 1, 1]


def test_an_undated_text_with_another_subject_is_no_copy() -> None:
    other = article(LEAD.replace("الرصيف الغربي", "المستودع الغربي"), SECOND, THIRD, FOURTH, ident="b", day=None)
    assert len(together(article(*PORT), other)) == 2
    assert len(together(article(*PORT), article(*PORT, ident="b", day=None))) == 1


def communique(session: str, day: str | None) -> Article:
    return article(
        f"عقدت اللجنة المشتركة دورتها {session} في العاصمة برئاسة وزيري الخارجية في البلدين.",
        "وأشاد الجانبان بما بلغته علاقات التعاون من تقدم في مجالات التجارة والنقل والتعليم.",
        CLOSING, day=day, ident=session,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"), [("2021-11-12", "2022-11-12"), (None, "2022-11-12"), (None, None), ("2022-11-11", "2022-11-12")]
)
def test_communiques_of_two_sessions_share_their_formulas_only(one: str | None, other: str | None) -> None:
    assert len(together(communique("الثامنة", one), communique("التاسعة", other))) == 2


def test_the_same_formulas_a_year_later_are_another_text() -> None:
    assert len(together(article(*PORT), article(*PORT, ident="b", day="2025-11-12"))) == 2


def test_an_undated_copy_joins_the_dated_and_never_two_years() -> None:
    years = [article(*PORT, ident=day, day=day) for day in ("2023-11-12", "2024-11-12")]
    found = together(*years, article(*PORT, ident="undated", day=None))
    assert sorted(map(len, found)) == [1, 2]


def test_two_stories_with_rival_tolls() -> None:
    one = article("قتل 14 شخصا في قصف على سوق المدينة القديمة صباح الثلاثاء بحسب الإسعاف.", SECOND, THIRD)
    other = article("قتل 21 شخصا في قصف على سوق المدينة القديمة صباح الثلاثاء بحسب الأهالي.", SECOND, THIRD, ident="b")
    assert together(one, other) == [["a"], ["b"]]


def test_a_days_report_from_the_same_form() -> None:
    form = "سجلت محطة الرصد اليوم {} حالة جديدة في المحافظات الساحلية. وبلغ عدد المتعافين {} شخصا منذ بدء الحملة الأخيرة."
    assert len(together(article(form.format(12, 300)), article(form.format(19, 322), day="2024-11-13", ident="b"))) == 2


def test_the_seeds_hold_no_copies_and_two_stories_of_one_market() -> None:
    documents, _ = read.read([SEEDS], SEEDS)
    articles = [a for document in documents for a in harvest(document, UTC).articles]
    assert sum("omdurman" in a.document.file for a in articles) == 2
    assert all(not group.copies for group in groups(articles))


def test_texts_without_words() -> None:
    empty = replace(article("."), kept=())
    assert together(empty, replace(empty, id="b")) == [["a"], ["b"]]
    assert together(article("..."), article("...", ident="b")) == [["a"], ["b"]]


# ---------------------------------------------------------------- which text is used


def test_used_is_the_fullest_then_the_earliest_then_the_first_by_name() -> None:
    later, earlier = article(*PORT, ident="a", day="2024-11-13"), article(*PORT, ident="b", day="2024-11-12")
    assert together(later, earlier, article(*PORT, FIFTH, ident="z", day="2024-11-14")) == [["z", "b", "a"]]
    assert together(article(*PORT, ident="d"), article(*PORT, ident="c")) == [["c", "d"]]


def test_a_dated_copy_is_used_before_a_fuller_undated_one() -> None:
    dated, undated = article(LEAD, SECOND, ident="dated"), article(*PORT, ident="undated", day=None)
    (group,) = groups([dated], [undated])
    assert (group.used.id, [c.id for c in group.copies]) == ("dated", ["undated"])


SENTENCES = st.sampled_from([*PORT, FIFTH, CLOSING, "قتل 14 شخصا في قصف على السوق.", "وأضاف:", "", "a 1"])
ARTICLES = st.lists(
    st.tuples(st.lists(SENTENCES, max_size=6), st.sampled_from(["2024-11-12", "2024-11-14", "2024-11-20", None])), max_size=8
)


@settings(max_examples=150)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_every_article_is_in_one_group_whatever_the_order(made: list[tuple[list[str], str | None]], dice: object) -> None:
    articles = [article(*said, day=day, ident=f"a{n}") for n, (said, day) in enumerate(made)]
    shuffled = list(articles)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    found = groups(articles)
    assert groups(shuffled) == found
    members = [a.id for group in found for a in (group.used, *group.copies)]
    assert sorted(members) == sorted(a.id for a in articles)
    for group in found:
        assert all(days_apart(group.used.published, copy.published) <= 3 for copy in group.copies)


def days_apart(one: Published, other: Published) -> int:
    """How many days two spans of dates are apart at least; an open end reaches for ever."""
    first = [date.fromisoformat(when.earliest or "0001-01-01") for when in (one, other)]
    last = [date.fromisoformat(when.latest or "9999-12-31") for when in (one, other)]
    return (max(first) - min(last)).days


@settings(max_examples=50)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_any_text_at_all(texts: list[str]) -> None:
    articles = [article(text, ident=f"a{n}") for n, text in enumerate(texts)]
    assert sum(1 + len(group.copies) for group in groups(articles)) == len(articles)


def test_a_crowd_with_one_formula_is_compared_in_time() -> None:
    crowd = [
        article(f"بحث المجلس البلدي في بلدة {'سهل' * (n % 7 + 1)}{n} شؤون الطرق.", CLOSING, SECOND, ident=f"{n:04}")
        for n in range(600)
    ]
    copies = [article(*PORT, ident=f"copy{n:02}") for n in range(60)]
    found = {group.used.id: len(group.copies) for group in groups([*crowd, *copies])}
    assert found["copy00"] == 59


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("2024-11-10", "2024-11-12"), ("2024-11-15", "2024-11-16"), True),
        (("2024-11-10", "2024-11-12"), ("2024-11-16", "2024-11-16"), False),
        ((None, "2024-11-12"), ("2024-11-16", None), False),
        ((None, "2024-11-12"), (None, None), True),
    ],
)
def test_copies_are_of_dates_that_may_coincide(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], expected: bool
) -> None:
    a, b = (
        replace(article(*PORT, ident=ident), published=Published(None, *bounds, "range", "inferred", "low"))
        for ident, bounds in (("a", one), ("b", other))
    )
    assert len(together(a, b)) == (1 if expected else 2)
    assert len(together(a, replace(b, published=UNDATED))) == 1
