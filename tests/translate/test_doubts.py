"""What is called wrong on the face of it, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.translate.doubts import EMPTY, LOOPS, SHORT, doubts, loops, too_short

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "mt"
LONG = "وصل الوزير إلى العاصمة صباح الأحد، وبحث مع نظيره إعادة فتح المعبر، ثم غادر إلى جنيف"
ENGLISH = "The minister arrived in the capital on Sunday morning, discussed reopening the crossing, then left for Geneva"


@pytest.mark.parametrize(
    ("source", "english", "found"),
    [
        (LONG, ENGLISH, ()),
        (LONG, "The minister arrived in the capital on Sunday", (SHORT,)),
        (LONG, "", (EMPTY,)),
        (LONG, " ... — \n", (EMPTY,)),
        (LONG, "The minister the minister the minister", (LOOPS, SHORT)),
        ("قال", "He said", ()),
        ("قال الوزير إن الوفد غادر", "Said", ()),  # too short a source to judge by length
        ("، .", "", ()),
        ("٤١", "41", ()),
    ],
)
def test_doubts(source: str, english: str, found: tuple[str, ...]) -> None:
    assert doubts(source, english) == found


@pytest.mark.parametrize(
    "text",
    [
        "no no no no",
        "He said, he said, he said that",
        "and rarely blah, blah, blah, blah",
        "a p-p-p-p-p",
        "The envoy arrived in Aden. The envoy arrived in Aden. The envoy arrived in Aden.",
        "hahahahahahahahaha",
        f"{ENGLISH}. {ENGLISH}. {ENGLISH}.",
    ],
)
def test_a_loop(text: str) -> None:
    assert loops(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no, no, no",
        "He said that he said it",
        "0 0 0 0 0 0",
        "2024 11 2024 11 2024 11",
        "10000000000",
        "The ministers of Syria, the ministers of Iraq and the ministers of Jordan met",
        "............",
    ],
)
def test_no_loop(text: str) -> None:
    assert not loops(text)


def test_a_chant_may_repeat_itself() -> None:
    assert doubts("هتف المحتجون: ارحل ارحل ارحل ارحل", "The protesters chanted: leave leave leave leave") == ()
    assert doubts("هتف المحتجون: ارحل", "The protesters chanted: leave leave leave leave") == (LOOPS,)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_judged(source: str, english: str) -> None:
    found = doubts(source, english)
    assert len(found) == len(set(found)) and set(found) <= {EMPTY, LOOPS, SHORT}
    assert EMPTY not in found or found == (EMPTY,)


@given(st.lists(st.sampled_from(["a", "bb", "ccc", "7"]), max_size=12), st.integers(1, 6))
def test_words_three_times_over_are_a_loop_however_long(words: list[str], more: int) -> None:
    text = " ".join((["start", *words] * 3)[: 3 * (len(words) + 1)])
    if words:
        assert loops(f"before {text} {'after ' * (more % 2)}")


@pytest.mark.parametrize("name", ["flores_dev", "un_opusmt"])
def test_human_translations_are_seldom_doubted_and_halves_mostly(name: str) -> None:
    file = CORPUS / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"the corpus {file} is not here")
    pairs = [(row["ar"], row["ref"]) for row in map(json.loads, file.read_text("utf-8").splitlines())]
    judged = [doubts(ar, en) for ar, en in pairs]
    assert sum(LOOPS in found or EMPTY in found for found in judged) == 0
    assert sum(SHORT in found for found in judged) <= 0.02 * len(pairs)
    halves = [(ar, " ".join(en.split()[: len(en.split()) // 2])) for ar, en in pairs]
    assert sum(too_short(ar, en) for ar, en in halves) >= 0.7 * len(pairs)
