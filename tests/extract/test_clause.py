"""Names that are also words: when they count as names."""

from __future__ import annotations

import pytest

from briefing.extract.clause import parse
from briefing.model import Sentence


def names(text: str) -> list[str]:
    parsed = parse(text, Sentence(1, 0, len(text)))
    matches = (parsed.match_at(i) for i in range(len(parsed.tokens)))
    return [m.entry.en for m in matches if m is not None and m.kind in ("place", "country")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("سقطت قذيفة في الباب", ["al-Bab"]),
        ("سقطت قذيفة قرب مدينة الباب", ["al-Bab"]),
        ("طرق الباب ثلاث مرات", []),
        ("قالت سيول إنها تدرس العرض", ["Seoul"]),
        ("وأعلنت سيول عن مناورات", ["Seoul"]),
        ("جرفت سيول الجسر القديم", []),
        ("عجز مالي كبير", []),
        ("رحبت جمهورية مالي بالقرار", ["Mali"]),
        ("رحبت سلطنة عمان بالقرار", ["Oman"]),
        ("قالت عمان إنها ترحب", ["Amman"]),
        ("وصلت سفينة إلى جزر فرسان", ["Farasan"]),
        ("انتشر فرسان القبيلة", []),
        ("أعلنت باماكو الحداد", ["Bamako"]),
    ],
)
def test_a_name_that_is_a_word_needs_context(text: str, found: list[str]) -> None:
    assert names(text) == found
