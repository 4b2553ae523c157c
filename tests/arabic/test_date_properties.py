"""Dates: what holds for any text and any day of publication."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.dates import DateMention, find_dates, resolve, resolve_between
from briefing.model import NO_DATE, When

DAYS = st.dates(date(1950, 1, 1), date(2070, 1, 1))
WORDS = [
    "أمس",
    "اليوم",
    "يوم",
    "الجمعة",
    "-",
    "السبت",
    "الماضي",
    "المقبل",
    "الجاري",
    "من",
    "الشهر",
    "28",
    "7-8",
    "يوليو",
    "تموز/يوليو",
    "(آذار)",
    "مارس",
    "2013",
    "عام",
    "قبل",
    "ثلاثة",
    "أيام",
    "شوال",
    "1436هـ",
    "26/10/1436",
    "03/04/2021",
    "31",
    "فبراير",
    "بداية",
    "النصف الثاني",
    "الربع الأول",
    "99999",
    "سنة",
    "الأسبوع",
    "هذا",
    "منذ",
    "أول",
]
NEWSY = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
ARABIC = st.text(
    st.sampled_from("امسيولجمعةسبتالثاءربخيغدًهـ 0123456789٠١٢٣./:-–()«»،\n\u0651\u0640\u00a0\ufefb\u200f"), max_size=50
)


def only(text: str) -> DateMention:
    (mention,) = find_dates(text)
    return mention


def bounds_hold(when: When) -> None:
    if when == NO_DATE:
        return
    assert when.earliest is not None and when.latest is not None
    assert when.earliest <= when.latest
    if when.value is not None:
        assert when.earliest[: len(when.value)] <= when.value <= when.latest[: len(when.value)]
    assert (when.precision == "day") == (when.earliest == when.latest)
    assert {"day": 10, "month": 7, "year": 4}.get(when.precision, 10) == len(when.value or "0123456789")


@given(st.one_of(NEWSY, ARABIC, st.text(max_size=40)), st.one_of(st.none(), st.dates()))
def test_any_text_gives_sound_spans_and_bounds(text: str, reference: date | None) -> None:
    end = 0
    for mention in find_dates(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        when = resolve(mention, reference)
        bounds_hold(when)
        assert resolve(mention, reference) == when


@given(
    st.sampled_from(
        [
            "الأحد",
            "يوم الخميس",
            "الأربعاء الماضي",
            "الجمعة المقبل",
            "ليل الجمعة - السبت",
            "أمس",
            "هذا الأسبوع",
            "الأسبوع الماضي",
            "قبل أسبوعين",
        ]
    ),
    DAYS,
)
def test_a_week_later_means_a_week_later(text: str, reference: date) -> None:
    now, then = resolve(only(text), reference), resolve(only(text), reference + timedelta(7))
    for before, after in ((now.earliest, then.earliest), (now.latest, then.latest)):
        assert before is not None and after is not None
        assert date.fromisoformat(after) - date.fromisoformat(before) == timedelta(7)


@given(
    st.sampled_from(
        [
            "الأحد",
            "أمس",
            "الشهر الماضي",
            "يونيو الماضي",
            "5 يونيو الماضي",
            "5 مايو المقبل",
            "العام المقبل",
            "في مارس",
            "الأسبوع الماضي",
        ]
    ),
    DAYS,
    st.integers(0, 40),
)
def test_between_two_days_holds_every_reading(text: str, first: date, more: int) -> None:
    mention, last = only(text), first + timedelta(more)
    whole = resolve_between(mention, first, last)
    assert whole.earliest is not None and whole.latest is not None
    for n in range(more + 1):
        one = resolve(mention, first + timedelta(n))
        assert one.earliest is not None and one.latest is not None
        assert whole.earliest <= one.earliest and one.latest <= whole.latest


@given(DAYS)
def test_scripts_of_figures_agree(day: date) -> None:
    arabic, persian = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    text = f"{day:%Y-%m-%d}"
    assert find_dates(text) == find_dates(text.translate(arabic)) == find_dates(text.translate(persian))
    assert resolve(only(text), None).value == text
