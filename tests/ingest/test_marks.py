"""What a line of page chrome says of itself."""

from __future__ import annotations

import pytest

from briefing.ingest.lines import lines
from briefing.ingest.marks import mark
from briefing.model import Block, Document, Span


def reason(text: str, **block: object) -> str | None:
    shape = {"tag": "p", "context": "article", "link_share": 0.0, "voted_body": True, **block}
    blocks = (Block(Span(0, len(text)), **shape),) if block else ()  # type: ignore[arg-type]
    found = mark(lines(Document("a", text, "0", blocks=blocks))[0])
    return found.reason if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("قاعة السوق القديم - صوت الميناء, 1920, 09.03.2023", "photo credit or caption"),
        ("صيادون عند الرصيف (رويترز)", "photo credit or caption"),
        ("![السوق قبل المطر](https://a.example/b.jpg)", "photo credit or caption"),
        ("المصدر: وكالات", "source line"),
        ("(المصدر: صوت الميناء)", None),
        ("كلمات دلالية: سوق ميناء", "tag line"),
        ("إقرأ أيضاً:", "related list"),
        ("إقرأ المزيد كيف عاد الصيادون إلى البحر؟", "related link inside text"),
        ("التعليقات (12)", "comment box"),
        ("فيسبوك X واتساب طباعة", "share button"),
        ("الرئيسية | سياسة | رياضة | صور", "navigation"),
        ("الرئيسية/أخبار الساحل", "navigation"),
        ("صوت الميناء أونلاين/ خاص", "byline"),
        ("صوت الميناء – متابعات", "byline"),
        ("الرياض - واس", "byline"),
        ("وكالات", "source line"),
        ("المكلا: «الميناء»", "byline"),
        ("ح.م / ع.س", "byline"),
        ("نُشر: 08:40-9 مارس 2023 م ـ 17 شعبان 1444 هـ", "date line"),
        ("2023/03/09 - 16:30", "date line"),
        ("0 147", "counter"),
        ("Заголовок страницы", "no Arabic"),
        ("انتهى", "end mark"),
        ("// انتهى //", "end mark"),
        ("17:15 ت م", "date line"),
        ("هل أعجبك الخبر؟", "poll or rating"),
        ("المقالات المنشورة تعبر عن آراء كتابها.", "disclaimer"),
        ("تمت إضافتك إلى النشرة بنجاح!", "newsletter prompt"),
        ("[سوق](https://a.example) | [ميناء](https://b.example)", "related link inside text"),
    ],
)
def test_chrome_names_itself(line: str, expected: str | None) -> None:
    assert reason(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "إعداد دستور جديد للبلاد يدخل مرحلته الأخيرة",
        "غزة: عودة الصيادين إلى البحر",
        "ليبيا.. هدنة في الجنوب بعد ثلاثة أيام من القتال",
        "صيادو الساحل يطالبون منظمة التجارة (المنظمة) بدعم",
        "وقال المتحدث باسم الميناء إن السفن ستعود يوم 9 مارس 2023 إلى الرصيف بعد إصلاحه.",
        "عاجل: السفن تعود إلى الميناء بعد إصلاحه",
    ],
)
def test_headlines_and_prose_are_not_marked(line: str) -> None:
    assert reason(line) is None


def test_markup_says_what_phrases_do_not() -> None:
    assert reason("سعر القمح هذا الصباح", context="aside") == "navigation"
    assert reason("دخان فوق السوق", tag="figcaption") == "photo credit or caption"
    assert reason("السفن تعود إلى الميناء", link_share=0.9) == "related link inside text"
    assert reason("السفن تعود إلى الميناء", tag="h1", link_share=0.9) is None
