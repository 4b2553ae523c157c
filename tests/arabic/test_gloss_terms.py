"""What an English reader is told of a sentence that nothing has translated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.arabic.gloss_terms import terms


def english(text: str) -> list[str]:
    return [piece for _, _, piece in terms(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصلت إلى بغداد", ["arrived", "Baghdad"]),
        ("قتل 12 شخصا على الأقل", ["killed", "at least 12 people"]),
        ("أكثر من ثلاثة آلاف نازح", ["more than 3,000 displaced people"]),
        ("جنديان", ["2 soldiers"]),
        ("جندي واحد", ["1 soldier"]),
        ("عشرات العائلات", ["dozens of families"]),
        ("بنسبة 40%", ["40%"]),
        ("في 12 نوفمبر 2024", ["2024-11-12"]),
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
