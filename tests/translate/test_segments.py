"""What never reaches a model, and splitting without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Translation
from briefing.translate.segments import copied, prepared, split_long, translate_all

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ARABIC = st.text("ابتثجحخدذرزسش ،؛.:\n", max_size=300)


@pytest.mark.parametrize(
    ("source", "english", "label"),
    [
        ("", "", "none"),
        (" \n\u00a0", "", "none"),
        ("Reuters", "Reuters", "terms"),
        ("  CNN, 2024 ", "CNN, 2024", "terms"),
        ("12.5%", "12.5%", "terms"),
        ("٤١", "41", "terms"),
        ("—", "—", "terms"),
    ],
)
def test_no_model_needed(source: str, english: str, label: str) -> None:
    assert copied(source) == Translation(english, "copied", label)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["قال", "CNN قالت", "٤١ شخصا", "\ufefb", "پ"])
def test_arabic_letters_need_a_model(source: str) -> None:
    assert copied(source) is None


def test_prepared_leaves_out_what_is_not_language() -> None:
    assert prepared("\u202bقـــال\u202c\u00a0 الوزير\n") == "قال الوزير"


def test_split_prefers_the_clause_mark_nearest_the_middle() -> None:
    text = "واحد اثنان، ثلاثة أربعة خمسة ستة، سبعة ثمانية تسعة"
    assert split_long(text, lambda t: len(t) <= 40) == ["واحد اثنان، ثلاثة أربعة خمسة ستة، ", "سبعة ثمانية تسعة"]


def test_numbers_are_not_cut_at_their_points() -> None:
    pieces = split_long("بلغت النسبة 3.5 في المئة عند 1:30", lambda t: len(t) <= 16)
    assert len(pieces) > 2
    assert any("3.5" in piece for piece in pieces) and any("1:30" in piece for piece in pieces)


def test_one_endless_word_is_cut_too() -> None:
    assert split_long("س" * 10, lambda t: len(t) <= 3) == ["سس", "سسس", "سس", "سسس"]


@given(st.one_of(ANY, ARABIC), st.integers(1, 40))
def test_splitting_loses_nothing_and_every_piece_fits(text: str, limit: int) -> None:
    pieces = split_long(text, lambda t: len(t) <= limit)
    assert "".join(pieces) == text
    assert all(len(piece) <= limit for piece in pieces)


@given(st.lists(st.one_of(ANY, ARABIC), max_size=6))
def test_every_character_reaches_the_model_once(sources: list[str]) -> None:
    def run(texts: list[str]) -> list[str]:
        assert all(texts) and len(set(texts)) == len(texts)
        return texts

    made = translate_all(sources, lambda t: len(t) <= 25, run, "echo")
    assert len(made) == len(sources)
    for source, translation in zip(sources, made, strict=True):
        if copied(source) is None:
            assert translation.label == "machine" and translation.engine == "echo"
            assert "".join(translation.en.split()) == "".join(prepared(source).split())


def test_equal_sentences_are_translated_once_and_order_is_kept() -> None:
    asked: list[list[str]] = []

    def run(texts: list[str]) -> list[str]:
        asked.append(texts)
        return [text[::-1] for text in texts]

    made = translate_all(["اب", "x", "جد", "اب"], lambda t: True, run, "s")
    assert [t.en for t in made] == ["با", "x", "دج", "با"]
    assert asked == [["اب", "جد"]]


def test_the_model_is_not_called_for_nothing() -> None:
    def run(texts: list[str]) -> list[str]:
        raise AssertionError(texts)

    assert [t.en for t in translate_all(["", "AP"], lambda t: True, run, "s")] == ["", "AP"]
