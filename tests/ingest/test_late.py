"""A line that tells of what came after the article's date is not the article's."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.ingest.articles import Harvest, harvest
from briefing.model import Document

HEAD = "مجلس المدينة يقر خطة جديدة لترميم السوق القديم\n\nالأربعاء 13 نوفمبر 2024\n\n"
BODY = [
    "أقر مجلس المدينة، في جلسة علنية، خطة لترميم السوق القديم تمتد ثلاث سنوات.",
    "وقال رئيس المجلس إن الأعمال ستبدأ بعد الانتهاء من نقل الباعة إلى ساحة مؤقتة.",
    "وأضاف أن كلفة المرحلة الأولى تبلغ مليوني دينار تدفع على أربعة أقساط.",
    "ورحب تجار السوق بالخطة وطالبوا بتعويض عن أشهر التوقف.",
    "وختم المجلس جلسته بالمصادقة على محضر الجلسة السابقة.",
]
LATER = "شهدت المدينة في 5 مارس 2026 انهيار جزء من سور السوق بعد أمطار غزيرة."


def read(*paragraphs: str) -> Harvest:
    return harvest(Document("a.txt", HEAD + "\n\n".join(paragraphs) + "\n", "0" * 64), ZoneInfo("UTC"))


def late(found: Harvest) -> list[str]:
    return [found.document.text[e.start : e.end] for e in found.excluded if e.reason == "later than the article"]


def test_a_paragraph_of_a_later_year_below_the_story_is_left_out() -> None:
    found = read(*BODY, LATER)
    assert late(found) == [LATER]
    assert found.articles[0].published.value == "2024-11-13"


@pytest.mark.parametrize(
    "planned",
    [
        "وقال المجلس إن الأعمال ستنتهي في 5 مارس 2026 بحسب الجدول المعلن.",
        "ومن المقرر أن يعقد المجلس جلسته المقبلة في 20 نوفمبر 2024.",
        "وتمتد الخطة حتى عام 2027 وتشمل ثلاث مراحل.",
    ],
)
def test_what_is_planned_stays(planned: str) -> None:
    assert late(read(*BODY, planned)) == []


def test_what_happened_before_stays() -> None:
    assert late(read(*BODY, "وكان السوق قد شهد في 5 مارس 2019 حريقا كبيرا أتى على عشرين محلا.")) == []
