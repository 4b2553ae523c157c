"""A doubtful answer is asked for once more, and what does not get better is flagged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Translation
from briefing.translate.clauses import FEWEST_WORDS, clauses
from briefing.translate.doubts import EMPTY, LOOPS, SHORT
from briefing.translate.retry import answered, other_beam
from briefing.translate.segments import translate_all

ONE = "وصل الوزير إلى العاصمة صباح الأحد"
TWO = "وبحث مع نظيره إعادة فتح المعبر الحدودي"
BOTH = f"{ONE}، {TWO}"
ENGLISH = {
    f"{ONE}،": "The minister arrived in the capital on Sunday morning,",
    TWO: "and discussed with his counterpart the reopening of the border crossing",
}
WHOLE = " ".join(ENGLISH.values())
LOOP = "The minister, the minister, the minister, the minister, the minister, the minister, the minister"


class Script:
    """A model that answers by script; what it does not know it leaves as it is."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.asked: list[list[str]] = []

    def __call__(self, texts: list[str]) -> list[str]:
        self.asked.append(texts)
        return [self.answers.get(text, f"translation of {text}") for text in texts]


def made(
    first: dict[str, str], second: dict[str, str], sources: list[str], longest: int = 1000
) -> tuple[list[Translation], Script]:
    again = Script(second)
    return translate_all(sources, lambda text: len(text) <= longest, Script(first), "s", again), again


@pytest.mark.parametrize(
    ("bad", "second", "english", "asked"),
    [
        ("", {BOTH: WHOLE}, WHOLE, [[BOTH]]),
        (LOOP, {BOTH: WHOLE}, WHOLE, [[BOTH]]),
        ("The minister arrived on Sunday", ENGLISH, WHOLE, [[f"{ONE}،", TWO]]),
    ],
)
def test_the_second_attempt_is_taken_when_it_is_better(
    bad: str, second: dict[str, str], english: str, asked: list[list[str]]
) -> None:
    (one,), again = made({BOTH: bad}, second, [BOTH])
    assert one == Translation(english, "s:again", "machine")
    assert again.asked == asked


@pytest.mark.parametrize(
    ("bad", "second", "flags"),
    [
        ("", {BOTH: ""}, (EMPTY,)),
        (LOOP, {BOTH: LOOP}, (LOOPS,)),
        ("The minister arrived", {f"{ONE}،": "He came", TWO: "and spoke"}, (SHORT,)),
        ("The minister arrived", {f"{ONE}،": "", TWO: ""}, (SHORT,)),
    ],
)
def test_what_does_not_get_better_stays_the_first_answer_and_is_flagged(
    bad: str, second: dict[str, str], flags: tuple[str, ...]
) -> None:
    (one,), again = made({BOTH: bad}, second, [BOTH])
    assert one == Translation(bad, "s", "machine", flags)
    assert len(again.asked) == 1


def test_fewer_doubts_are_better_and_the_rest_is_flagged() -> None:
    (one,), _ = made({BOTH: ""}, {BOTH: LOOP[:60]}, [BOTH])
    assert one.flags == (EMPTY,)  # two doubts for one
    (one,), _ = made({BOTH: "The minister, the minister, the minister"}, {f"{ONE}،": "He", TWO: "came"}, [BOTH])
    assert one == Translation("He came", "s:again", "machine", (SHORT,))


def test_good_answers_are_not_asked_for_again() -> None:
    (one,), again = made({BOTH: WHOLE}, {}, [BOTH])
    assert one == Translation(WHOLE, "s", "machine") and again.asked == []


def test_all_that_is_doubtful_is_asked_for_in_one_call() -> None:
    made_all, again = made({ONE: "", TWO: "", BOTH: WHOLE}, {ONE: "first", TWO: "second"}, [ONE, BOTH, TWO, ONE])
    assert [t.en for t in made_all] == ["first", WHOLE, "second", "first"]
    assert again.asked == [[ONE, TWO]]


def test_of_a_split_sentence_only_the_doubtful_piece_is_asked_for_again() -> None:
    (one,), again = made({f"{ONE}،": "", TWO: "and discussed it"}, ENGLISH, [BOTH], longest=40)
    assert one == Translation(f"{ENGLISH[f'{ONE}،']} and discussed it", "s:again", "machine")
    assert again.asked == [[f"{ONE}،"]]


def test_an_engine_without_a_second_way_only_flags() -> None:
    (one,) = translate_all([BOTH], lambda text: True, Script({BOTH: ""}), "s")
    assert one == Translation("", "s", "machine", (EMPTY,))


@given(
    st.lists(st.text("اب ،.", min_size=1, max_size=60), max_size=5),
    st.sampled_from([str.upper, lambda t: "", lambda t: "x " * 9]),
)
def test_every_text_gets_an_answer_and_a_second_look_never_makes_it_worse(texts: list[str], model: Callable[[str], str]) -> None:
    def run(wanted: list[str]) -> list[str]:
        return [model(text) for text in wanted]

    plain = answered(texts, run, None)
    looked = answered(texts, run, run)
    assert set(plain) == set(looked) == set(texts)
    assert all(len(looked[text].doubts) <= len(plain[text].doubts) for text in texts)


@pytest.mark.parametrize(("beam", "other"), [(1, 4), (2, 1), (4, 1)])
def test_the_second_attempt_has_another_beam(beam: int, other: int) -> None:
    assert other_beam(beam) == other


# ---------------------------------------------------------------- clauses


def test_clauses_end_at_marks_and_names_in_a_list_stay_together() -> None:
    text = f"{BOTH}؛ وحضر اللقاء السفير سامي، ورامي، وهاني. ثم غادر الوفد إلى جنيف مساء"
    assert clauses(text) == [f"{ONE}،", f"{TWO}؛", "وحضر اللقاء السفير سامي، ورامي، وهاني.", "ثم غادر الوفد إلى جنيف مساء"]


def test_what_has_no_mark_is_one_clause() -> None:
    assert clauses(ONE) == [ONE] and clauses("بلغت 3.5 عند 1:30") == ["بلغت 3.5 عند 1:30"]


@given(st.text("ابت ،؛.:؟\n", max_size=200))
def test_clauses_lose_nothing_and_are_seldom_tiny(text: str) -> None:
    found = clauses(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(part == part.strip() != "" for part in found)
    assert len(found) == 1 or all(len(part.split()) >= FEWEST_WORDS for part in found) or not text.strip()
