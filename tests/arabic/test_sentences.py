"""Sentences by offsets."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.sentences import sentences
from briefing.model import Span


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عاد الوفد. وقال إنه راض؟ نعم!", ["عاد الوفد.", "وقال إنه راض؟", "نعم!"]),
        ("قال د. سامر ود. هدى إن أ.د. ليلى عادت.", ["قال د. سامر ود. هدى إن أ.د. ليلى عادت."]),
        ("ارتفع السعر 2.5 في المئة. ثم هبط.", ["ارتفع السعر 2.5 في المئة.", "ثم هبط."]),
        ("وقال: «عدنا. ولن نرحل». وصفق الحضور.", ["وقال: «عدنا. ولن نرحل».", "وصفق الحضور."]),
        (
            'وقال: «سمعنا من "الميناء. الكبير" ذلك. وانتظرنا». ثم سكت.',
            ['وقال: «سمعنا من "الميناء. الكبير" ذلك. وانتظرنا».', "ثم سكت."],
        ),
        ("انتهى اللقاء.وقال الوزير إنه راض.", ["انتهى اللقاء.", "وقال الوزير إنه راض."]),
        ("اللقاء... كان طويلا. ثم انتهى.", ["اللقاء... كان طويلا.", "ثم انتهى."]),
        ("عاد الوفد… إلى بلده.", ["عاد الوفد… إلى بلده."]),
        ("عنوان بلا نقطة\nعاد الوفد.", ["عنوان بلا نقطة", "عاد الوفد."]),
        ("عاد الوفد.\u00a0وقال إنه راض.", ["عاد الوفد.", "وقال إنه راض."]),
        ("ﻋﺎﺩ ﺍﻟﻮﻓﺪ.ﻭﻗﺎﻝ ﺇﻧﻪ ﺭﺍﺽ.", ["ﻋﺎﺩ ﺍﻟﻮﻓﺪ.", "ﻭﻗﺎﻝ ﺇﻧﻪ ﺭﺍﺽ."]),
        ("في عام 1436 هـ. عاد.", ["في عام 1436 هـ. عاد."]),
        ("زوروا example.com اليوم.", ["زوروا example.com اليوم."]),
        ("«عدنا. ولن نرحل", ["«عدنا.", "ولن نرحل"]),
        ("عاد (من السفر. وحده) أمس. ثم نام.", ["عاد (من السفر. وحده) أمس.", "ثم نام."]),
        (".. ", [".."]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_numbers_run_over_all_spans_and_excluded_text_is_in_none() -> None:
    text = "عاد الوفد. إقرأ المزيد ثم نام."
    found = sentences(text, [Span(0, 10), Span(23, 30)])
    assert [(s.n, text[s.start : s.end]) for s in found] == [(1, "عاد الوفد."), (2, "ثم نام.")]


@given(st.text(alphabet='ابد .؟!…«»"()\n\r\u00a0\u200f12', max_size=200), st.integers(0, 30))
def test_sentences_hold_every_solid_character_once_in_order(text: str, cut: int) -> None:
    spans = [Span(0, min(cut, len(text))), Span(min(cut, len(text)), len(text))]
    found = sentences(text, spans)
    held = [i for s in found for i in range(s.start, s.end)]
    assert held == sorted(set(held))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(held)
    assert [s.n for s in found] == list(range(1, len(found) + 1))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["«ا.»", "د. ", '"', "«", ".", "… ", ".»", "ا.\n", "(ا. "])
def test_time_is_linear(unit: str) -> None:
    def seconds(n: int) -> float:
        return min(timeit.repeat(lambda: split(unit * n), number=1, repeat=2))

    # eight times the text: a quadratic part would cost sixty-four times as much
    assert seconds(160_000) < 32 * max(seconds(20_000), 0.01)
