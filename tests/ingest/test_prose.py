"""Paragraphs against menu entries, tickers and links."""

from __future__ import annotations

import pytest

from briefing.ingest.lines import lines
from briefing.ingest.marks import mark
from briefing.ingest.prose import glued_headlines, is_prose, prose_lines
from briefing.model import Document

LEAD = "أعاد عمال الميناء فتح الرصيف الشمالي بعد اتفاق مع الإدارة على أجور الليل."
TICKER = "أمطار على الساحل الغربي هذا المساءسوق السمك يغلق أبوابه“حكايات البحر”.. معرض صور في المدينةمدير المرفأ: السفن تعود غداً"


def flags(text: str) -> list[bool]:
    found = lines(Document("a", text, "0"))
    return prose_lines(found, [mark(line) for line in found])


@pytest.mark.parametrize("end", ["", "هل يكفي الوقود للشتاء؟"])
def test_a_ticker_of_glued_headlines_is_no_paragraph(end: str) -> None:
    line = lines(Document("a", TICKER + end, "0"))[0]
    assert glued_headlines(line)
    assert not is_prose(line)


def test_a_paragraph_with_missing_spaces_after_full_stops_is_no_ticker() -> None:
    line = lines(Document("a", f"{LEAD}{LEAD}{LEAD} وقال المدير: «انتهينا» وأضاف: «نعم».", "0"))[0]
    assert not glued_headlines(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LEAD}\nوأضاف:\n{LEAD}", [True, True, True]),
        (f"{LEAD}\nلماذا الآن؟\n{LEAD}", [True, True, True]),
        (f"{LEAD}\nخلفية النزاع\n{LEAD}", [True, False, True]),
        (f"كيف يعود الصيادون إلى البحر بعد كل هذه الشهور؟\n{LEAD}", [False, True]),
        (f"{LEAD}\nاقرأ أيضا\nكيف يعود الصيادون إلى البحر بعد كل هذه الشهور؟\n{LEAD}", [True, False, False, True]),
        (f"{LEAD}\nكيف يعود الصيادون إلى البحر بعد كل هذه الشهور؟\nأمس, 16:40 GMT\n{LEAD}", [True, False, False, True]),
        (f"{LEAD}\nمقالات مشابهة\n• «مرفأ بلا ضوء».. كيف يعيش الصيادون ليلهم الطويل هذا الشتاء؟", [True, False, False]),
        ("الإدارة توافق على مطالب عمال الميناء في «الرصيف الشمالي»", [False]),
        ("وقال المدير «لن يعود أحد إلى العمل قبل توقيع الاتفاق»", [True]),
    ],
)
def test_lines_are_judged_with_their_neighbours(text: str, expected: list[bool]) -> None:
    assert flags(text) == expected
