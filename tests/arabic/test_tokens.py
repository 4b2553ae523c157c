"""Words, numbers and punctuation with offsets; prefixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.tokens import bare, stems, tokenise


def texts(text: str) -> list[str]:
    return [t.text for t in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قُتل 12شخصا.", ["قُتل", "12", "شخصا", "."]),
        ('و"الميناء"، 2.5 أو 10:30', ["و", '"', "الميناء", '"', "،", "2.5", "أو", "10:30"]),
        ("مدرســـة ﺍﻟﻤﻴﻨﺎﺀ", ["مدرســـة", "ﺍﻟﻤﻴﻨﺎﺀ"]),
        ("الميناء\u200fالجديد", ["الميناء\u200fالجديد"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    assert [(t.start, t.end) for t in tokenise("عاد الوفد أمس", 4, 9)] == [(4, 9)]


def test_words_are_told_from_figures_and_marks() -> None:
    assert [t.is_word for t in tokenise("عاد 12 .")] == [True, False, False]


@given(st.text(alphabet="ابةﻻ\u064e\u0640\u200f 12.,«»_-a", max_size=80))
def test_tokens_hold_every_letter_and_figure_once(text: str) -> None:
    found = tokenise(text)
    held = [i for t in found for i in range(t.start, t.end)]
    assert held == sorted(set(held))
    assert {i for i, c in enumerate(text) if c.isalnum()} <= set(held)
    assert all(t.text == text[t.start : t.end] for t in found)


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("وقال", ("و", "قال")),
        ("للوزير", ("ل", "الوزير")),
        ("وبالمدينه", ("وب", "المدينه")),
        ("فلبنان", ("ف", "لبنان")),
        ("كالمرفا", ("ك", "المرفا")),
    ],
)
def test_prefixes_come_off(word: str, reading: tuple[str, str]) -> None:
    assert reading in stems(word)
    assert stems(word)[0] == ("", word)


def test_the_article_comes_off() -> None:
    assert (bare("العراق"), bare("عراق"), bare("الا")) == ("عراق", "عراق", "الا")
