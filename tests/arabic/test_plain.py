"""Plain text and the way back to raw offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.plain import plain


@pytest.mark.parametrize(
    ("raw", "letters"),
    [
        ("أَمْسِ", "امس"),
        ("خمــسة", "خمسه"),
        ("ﺛﻼﺛﺔ", "ثلاثه"),
        ("١٢\u00a0يوليو", "12 يوليو"),
        ("\u202bغدا\u202c", "غدا"),
        ("سطر\nآخر", "سطر\nاخر"),
    ],
)
def test_only_the_letters_remain(raw: str, letters: str) -> None:
    assert plain(raw).text == letters


def test_span_goes_back_to_the_raw_characters() -> None:
    source = plain("قال أَمْسِ ﺛﻼﺛﺔ")
    assert source.raw[slice(*source.span(4, 7))] == "أَمْسِ"
    assert source.raw[slice(*source.span(8, 13))] == "ﺛﻼﺛﺔ"


@given(st.text(st.sampled_from("ابةى \u064b\u0640\ufefb\u200f\ufdfa1٢\n") | st.characters(), max_size=30))
def test_origins_rise_and_stay_inside(raw: str) -> None:
    source = plain(raw)
    assert len(source.origin) == len(source.text)
    assert list(source.origin) == sorted(source.origin)
    assert all(0 <= at < len(raw) for at in source.origin)
    for at in range(len(source.text)):
        start, end = source.span(at, at + 1)
        assert start == source.origin[at] < end <= len(raw)
