"""An English line against the lines it rests on: numbers, dates, names and likelihood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.llm.wording import unfounded

LINES = (
    "Airstrike, Sarmin, 2024-11-12; 12 people killed, 1,200 families displaced; claimed by agency «وكالة ساحل» "
    "Sami al-Hadad (transport minister): the road may open, dozens of workers wait at the U.N. camp"
)


@pytest.mark.parametrize(
    "text",
    [
        "Airstrike in Sarmin on 2024-11-12 killed 12 people, agency «وكالة ساحل» says.",
        "An airstrike in Sarmin killed twelve people.",
        "Twelve people died in Sarmin.",
        "Sarmin’s 1200 displaced families; Sarmin's roads.",
        "Dozens of workers wait at the U.N. camp.",
        "Road to open, Sami al-Hadad says",
        "The minister, al-Hadad, spoke.",
        "“Airstrike” (Sarmin): 12 killed…",
    ],
)
def test_what_the_lines_say_holds(text: str) -> None:
    assert list(unfounded(text, LINES)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Airstrike killed 13 people", "«13»"),
        ("Airstrike killed thirteen people", "the number «thirteen»"),
        ("Thirteen people died", "the number «Thirteen»"),
        ("Airstrike killed twenty-two people", "the number «twenty-two»"),
        ("A two-day airstrike", "the number «two-day»"),
        ("Airstrike killed hundreds", "the number «hundreds»"),
        ("Airstrike on 2024-11-13", "«2024-11-13»"),
        ("Airstrike on 12 November 2024", "«November»"),
        ("Airstrike on Aleppo", "«Aleppo»"),
        ("Russia hit Sarmin", "«Russia»"),
        ("The minister Samir al-Hadad spoke", "«Samir»"),
        ("Airstrike by the PMF", "«PMF»"),
        ("Airstrike by «وكالة أخرى»", "«أخرى»"),
        ("Airstrike, see http://evil.example", "«http://evil.example»"),
        ("Airstrike, write to me@evil.example", "evil.example»"),
        ("Airstrike at 85%", "«85%»"),
        ("Airstrike <b>now</b>", "«<b>now</b>»"),
        ("The road may open", "«may» is a word of likelihood"),
        ("Probably an airstrike", "«Probably» is a word of likelihood"),
        ("An airstrike is likely", "«likely» is a word of likelihood"),
        ("Airstrike\u202e in Sarmin", "does not stand"),
    ],
)
def test_what_the_lines_do_not_say_is_named(text: str, said: str) -> None:
    assert said in "; ".join(unfounded(text, LINES))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_judged_without_an_error_and_lines_bear_themselves_out(text: str, lines: str) -> None:
    for fault in unfounded(text, lines):
        assert "\n" not in fault and "\u202e" not in fault
    faults = list(unfounded(lines, lines))
    assert all("likelihood" in fault for fault in faults), faults
