"""What was reviewed for nearly the same sentence: found, never used, and shown with every word that differs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import EngineInfo, Translation, WordDifference
from briefing.translate.engine import with_memory
from briefing.translate.entry import Entry, source_key
from briefing.translate.memory import Memory
from briefing.translate.near import NEAR, compared

RELEASED = "أفرجت السلطات في المدينة الساحلية عن 14 محتجزا مساء الثلاثاء"
ENGLISH = "The authorities in the coastal city released 14 detainees on Tuesday evening"
MEMORY = Memory([Entry(RELEASED, ENGLISH, "own.tmx")])


def near(source: str, memory: Memory = MEMORY) -> Any:
    """What `memory` offers for a sentence; a Near in all tests but one."""
    return memory.near([source])[0]


@pytest.mark.parametrize(
    ("source", "here", "there"),
    [
        (RELEASED.replace("14", "41"), "41", "14"),
        (RELEASED.replace("14", "١٥"), "١٥", "14"),
        (RELEASED.replace("14", "أربعين"), "أربعين", "14"),
    ],
)
def test_a_number_that_differs_is_shown_as_one(source: str, here: str, there: str) -> None:
    found = near(source)
    assert found is not None and found.numbers_differ
    assert found.differences == (WordDifference(here, there),)


def test_numbers_in_words_differ_too() -> None:
    memory = Memory([Entry("قتل ثلاثة جنود وأصيب آخرون في هجوم على الحاجز الشمالي", "x", "m")])
    assert near("قتل ثمانية جنود وأصيب آخرون في هجوم على الحاجز الشمالي", memory).numbers_differ


def test_numbers_that_change_places_differ() -> None:
    memory = Memory([Entry("أسفر الهجوم على الحاجز عن مقتل 3 جنود وإصابة 8 مدنيين", "x", "m")])
    found = near("أسفر الهجوم على الحاجز عن مقتل 8 جنود وإصابة 3 مدنيين", memory)
    assert found.numbers_differ and [d.here for d in found.differences] == ["8", "3"]


def test_equal_numbers_in_other_digits_do_not_differ_but_are_shown() -> None:
    found = near(RELEASED.replace("14", "١٤"))
    assert not found.numbers_differ and found.differences == (WordDifference("١٤", "14"),)


@pytest.mark.parametrize(
    ("source", "difference"),
    [
        (RELEASED.replace("الثلاثاء", "الأربعاء"), WordDifference("الأربعاء", "الثلاثاء")),
        ("لم " + RELEASED, WordDifference("لم", "")),
        (RELEASED.replace(" مساء", ""), WordDifference("", "مساء")),
    ],
)
def test_every_word_that_differs_is_shown(source: str, difference: WordDifference) -> None:
    found = near(source)
    assert found.differences == (difference,) and found.en == ENGLISH and NEAR <= found.score < 1


@pytest.mark.parametrize("source", ["", "14", RELEASED, f"  {RELEASED}\u200f", "وصل وفد من المدينة إلى الميناء", "أفرجت"])
def test_the_same_sentence_and_others_have_no_near_one(source: str) -> None:
    assert near(source) is None


def test_the_nearest_is_given_and_of_equals_the_first() -> None:
    entries = [Entry(RELEASED.replace("14", n), n, "m") for n in ("17", "18")]
    further = Entry(RELEASED.replace("14", "الكثير"), "further", "m")
    assert near(RELEASED, Memory([further, *entries])).en == "17"


class Engine:
    """An engine that says the length of what it gets."""

    info = EngineInfo("length", "", "", "")
    signature = "length"

    def translate(self, sources: list[str]) -> list[Translation]:
        return [Translation(str(len(s)), "length", "machine", ("doubt",)) for s in sources]


def test_a_near_match_is_offered_beside_the_answer_and_never_used() -> None:
    source = RELEASED.replace("14", "41")
    exact, made, other = with_memory(Engine(), MEMORY).translate([RELEASED, source, "نعم"])
    assert exact == Translation(ENGLISH, "memory:own.tmx", "reviewed")
    assert (made.en, made.engine, made.label, made.flags) == (str(len(source)), "length", "machine", ("doubt",))
    assert made.near is not None and made.near.en == ENGLISH
    assert other.near is None


SOME = ("قال", "الوزير", "إن", "14", "41", "لن", "يعود", "إلى", "المدينة", "غدا", "«نعم»", "ثلاثة", "جنود")
WORDS = st.lists(st.sampled_from(SOME), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_differences_make_one_sentence_of_the_other(one: list[str], other: list[str]) -> None:
    here, there = source_key(" ".join(one)), source_key(" ".join(other))
    found = compared(here, Entry(there, "x", "m"), 0.95)
    assert (found.differences == ()) == (here == there)
    assert sorted(_left(here, [d.here for d in found.differences])) == sorted(_left(there, [d.there for d in found.differences]))


def _left(text: str, taken: list[str]) -> list[str]:
    """The words of a text without those of the differences."""
    words = text.split()
    for word in " ".join(taken).split():
        words.remove(word)
    return words


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_near_ones_or_none(one: str, other: str) -> None:
    found = near(one, Memory([Entry(other, "x", "m")]))
    assert found is None or (source_key(one) != source_key(other) and found.differences)


@pytest.mark.slow
def test_three_thousand_sentences_against_ten_thousand_entries_are_no_matter_of_minutes() -> None:
    words = [f"{a}{b}{c}" for a in "بتثجحخد" for b in "اوي" for c in "رزسشصضطظعغفقكلمن"]

    def sentence(n: int) -> str:
        return " ".join(words[(n * k * k + n // 7 + k) % len(words)] for k in range(1, 22))

    memory = Memory([Entry(f"{sentence(n)} {n}", "x", "m") for n in range(10_000)])
    start = time.process_time()
    found = memory.near([f"{sentence(n)} {n}0" for n in range(3_000)])
    assert time.process_time() - start < 8  # about 2 s; comparing all with all takes more than 10
    assert sum(one is not None for one in found) > 2_900
