"""Which line is the headline, among kickers, standfirsts, menus and bylines."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.ingest.articles import harvest
from briefing.ingest.headlines import same_title
from briefing.model import Document, Metadata, Span

HEADLINE = "عمال الميناء يعيدون فتح الرصيف الشمالي بعد اتفاق على الأجور"
BODY = (
    "أعاد عمال الميناء، صباح اليوم، فتح الرصيف الشمالي بعد اتفاق مع الإدارة على أجور الليل وساعات الراحة.\n\n"
    "وقال المتحدث باسم النقابة إن السفن المنتظرة ستدخل تباعا، وإن العمل سيستمر في العطلة."
)


def headline(above: str) -> str | None:
    found = harvest(Document("a.txt", above + BODY, "0" * 64), ZoneInfo("UTC")).articles[0].title
    return found.ar if found else None


@pytest.mark.parametrize(
    "above",
    [
        f"{HEADLINE}\n\n",
        f"أخبار محلية\n\n{HEADLINE}\n\nصوت الميناء أونلاين/ خاص\n\n",
        f"{HEADLINE}\nلجنة الأهالي: الخطوة المقبلة توسيع المخازن\nالميناء: «الساحل»\nنُشر: 08:40-9 مارس 2023 م ـ 17 شعبان\n",
        f"{HEADLINE}\nالثلاثاء 12 مارس 2024 - 10:30\nفيسبوك X واتساب طباعة\n",
        f"سوق السمك يغلق أبوابه في العاصمة.. ووزير الصيد يعد بالدعم\n\n{HEADLINE}\n\n",
        f"{HEADLINE}\n\nلجنة من التجار تتحدث عن توسيع المخازن القديمة\n\n",
        f"  • سعر القمح يتراجع هذا الأسبوع\n\n    سعر القمح يتراجع هذا الأسبوع\n\n{HEADLINE}\n\n",
        f"وكالة الساحل للأنباء\n{HEADLINE}\n",
        f"# {HEADLINE}\n\n![الرصيف](https://a.example/b.jpg)\n\n*الرصيف قبل الاتفاق – أرشيف الساحل*\n\n",
        f"تم حفظ اختياراتك في هذا المتصفح بنجاح ويمكنك تغييرها لاحقا.\n\n{HEADLINE}\n\n",
    ],
)
def test_the_headline_is_found(above: str) -> None:
    assert headline(above) == HEADLINE


def test_the_title_from_a_header_block_wins_where_it_stands_on_the_page() -> None:
    text = f"Title: موسم طويل\n\nموسم طويل\n{HEADLINE}\n\n{BODY}"
    document = Document("a.txt", text, "0" * 64, Metadata(title="موسم طويل"), Span(0, 17))
    found = harvest(document, ZoneInfo("UTC")).articles[0].title
    assert found is not None
    assert (found.ar, found.start) == ("موسم طويل", text.index("موسم طويل\n" + HEADLINE))


def test_without_a_headline_there_is_none() -> None:
    assert headline("") is None


def test_the_outlets_name_behind_a_title_does_not_hide_it() -> None:
    assert same_title("عمال الميناء يعودون", "عمال الميناء يعودون - بوابه الساحل")
    assert not same_title("عمال", "عمال - بوابه الساحل")
    assert not same_title("عمال الميناء", "عمال الميناء يعودون")
