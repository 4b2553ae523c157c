"""What an English reader is told of a sentence that nothing has translated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.lexicon.tables import table
from briefing.translate.gloss_terms import terms


def english(text: str) -> list[str]:
    return [piece for _, _, piece in terms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلت إلى بغداد", ["Baghdad"]),
        ("قتل 12 شخصا على الأقل", ["killed", "at least 12 people"]),
        ("أكثر من ثلاثة آلاف نازح", ["more than 3,000 displaced people"]),
        ("جنديان", ["2 soldiers"]),
        ("جندي واحد", ["1 soldier"]),
        ("عشرات العائلات", ["dozens of families"]),
        ("بنسبة 40%", ["40%"]),
        ("في 12 نوفمبر 2024", ["2024-11-12"]),
        ("عبر القارب عن طريق البحر", []),  # «عن طريق», by way of, is no road
        ("بالإضافة إلى ذلك عاد المدنيون", ["civilians"]),
        ("زار العميد فهد الحربي جدة", ["visited", "Brigadier General", "Fahd al-Harbi", "Jeddah"]),
        ("قال سامر خالد إنه سيعود", ["Samer Khaled"]),
        ("قال الناطق باسم مصنع الورق", ["spokesman"]),
        ("قال المتحدث باسم وزارة الخارجية", ["spokesman for Foreign Ministry"]),
        ("ووقف إطلاق النار قائم", ["ceasefire"]),
        ("قتل عدد من المدنيين", ["killed", "civilians"]),
        ("كلام لا نعرفه", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert english(text) == expected


def test_a_relative_day_is_not_given_a_date() -> None:
    assert not any("20" in piece for piece in english("وصل الوفد أمس إلى بغداد"))


def test_ordinals_are_no_numbers_of_things() -> None:
    assert not any(piece.startswith(("2", "3")) for piece in english("للمرة الثانية في اليوم الثالث"))


def test_what_the_gloss_says_for_itself_is_found() -> None:
    own = table("gloss")
    said = {ar: english(ar) for ar in own["phrases"]}
    assert {ar: en for ar, en in said.items() if en != [own["phrases"][ar]]} == {}
    assert [ar for ar in own["silent"] if english(ar)] == []


def test_no_english_has_an_open_slot() -> None:
    assert [row["en"] for row in table("roles")["role"] if any("{" in piece for piece in english(row["ar"]))] == []


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "بغداد",
                "وزارة الخارجية",
                "12",
                "شخصا",
                "أمس",
                "3 نوفمبر 2024",
                "عشرات",
                "جنديين",
                "،",
                ".",
                "«",
                "ـ",
                "\u200f",
                "الأردن",
                "إلى",
                "%",
                "٤١",
                "\n",
            ]
        ),
        max_size=14,
    ).map(" ".join)
    | st.text(max_size=60)
)
def test_pieces_stand_in_order_and_do_not_overlap(text: str) -> None:
    last = 0
    for start, end, piece in terms(text):
        assert last <= start < end <= len(text)
        assert piece.strip()
        last = end
