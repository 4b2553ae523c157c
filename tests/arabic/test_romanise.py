"""Readable Latin forms of names no lexicon has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.romanise import romanise


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("محمد", "Mohammed"),
        ("أحمد", "Ahmed"),
        ("حسن خليل", "Hassan Khalil"),
        ("طارق", "Tariq"),
        ("هدى الكيلاني", "Huda al-Kilani"),
        ("عبد الكريم", "Abdulkarim"),
        ("نور الدين", "Nur al-Din"),
        ("حاتم بن يوسف", "Hatem bin Youssef"),
        ("رامي", "Rami"),
        ("سليمة", "Salima"),
        ("Omar", "Omar"),
        ("", ""),
        ("«»", ""),
    ],
)
def test_romanise(name: str, latin: str) -> None:
    assert romanise(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [("سالم", "Salem"), ("قاسم", "Qasim"), ("ياسر", "Yasir"), ("عدنان", "Adnan"), ("وائل", "Wael"), ("معاذ", "Muadh")],
)
def test_common_given_names(name: str, latin: str) -> None:
    assert romanise(name) == latin


@pytest.mark.parametrize("name", ["علي ؤ", "ء علي", "علي ئء ؤ"])
def test_a_word_without_sound_leaves_no_space(name: str) -> None:
    assert romanise(name) == "Ali"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("ناهض", "Nahid"), ("غالبة", "Ghaliba"), ("فائق", "Faeq"), ("فائقة", "Faiqa"), ("نعاس", "Nuas"), ("وعيد", "Waid"),
        ("بلعيد", "Balaid"), ("قحطان", "Qahtan"), ("السرحاني", "al-Sarhani"), ("البدري", "al-Badri"), ("غيث", "Ghayth"),
        ("مرشد", "Murshid"), ("مبروك", "Mabruk"), ("المحسني", "al-Muhsini"), ("أكرم", "Akram"), ("إدريس", "Idris"),
        ("إلياس", "Ilyas"), ("إيهاب", "Ihab"), ("ألماس", "Almas"), ("العلوي", "al-Alawi"),
    ],
)  # fmt: skip
def test_the_shape_of_a_name_tells_its_vowels(name: str, latin: str) -> None:
    assert romanise(name) == latin


def test_marks_and_tatweel_change_nothing() -> None:
    assert romanise("رَامـي") == romanise("رامي")


@given(st.lists(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظغفقكلمنهويىةأإآ\u064e\u0651ـ"), max_size=8), max_size=4).map(" ".join))
def test_every_arabic_letter_has_a_latin_form(name: str) -> None:
    latin = romanise(name)
    assert not any("\u0621" <= c <= "\u064a" for c in latin)
    assert len(latin.split()) <= len(name.split())
    assert latin == romanise(name)
