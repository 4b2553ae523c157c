"""The gloss: terms in source order, each once, and never called a translation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Translation
from briefing.translate.gloss import Gloss
from tests.translate.conftest import known_words


def test_terms_stand_in_source_order() -> None:
    assert Gloss(known_words).translate(["سافر الوزير إلى جنيف"]) == [Translation("minister · Geneva", "gloss", "terms")]


def test_nothing_known_is_said_by_an_empty_line() -> None:
    assert Gloss(known_words).translate(["لا شيء معروف"]) == [Translation("", "gloss", "none")]


def test_a_term_stands_once_whatever_its_case() -> None:
    (made,) = Gloss(known_words).translate(["جنيف الوزير جنيف وزير"])
    assert made.en == "Geneva · minister"


def test_latin_needs_no_gloss() -> None:
    assert Gloss(known_words).translate(["Reuters", ""]) == [
        Translation("Reuters", "copied", "terms"),
        Translation("", "copied", "none"),
    ]


def test_it_says_what_it_is_and_what_to_do() -> None:
    info = Gloss(known_words, "no model found").info
    assert info.line == "Translation engine: gloss (no model found; English is reviewed memory and terms only)"
    assert "no translation" in info.notice and "briefing models add DIR" in info.notice


@given(st.lists(st.sampled_from(["الوزير", "جنيف", "وزير", "كلمة"]), max_size=12))
def test_no_term_twice(words: list[str]) -> None:
    (made,) = Gloss(known_words).translate([" ".join(words)])
    terms = made.en.casefold().split(" · ")
    assert len(terms) == len(set(terms))
    assert (made.label == "none") == (made.en == "")
