"""Translation memory: exact matches whatever the typography, and which of several memories decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.model import Translation
from briefing.translate.entry import Entry, source_key
from briefing.translate.memory import Memory
from tests.translate.tmx_files import ENGLISH, SENTENCE, saved, tmx, unit

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_exact_match_is_reviewed_and_names_its_file(tmp_path: Path) -> None:
    memory = Memory.from_files([saved(tmp_path, tmx(unit(SENTENCE, ENGLISH)))])
    assert memory.lookup(SENTENCE) == Translation(ENGLISH, "memory:own.tmx", "reviewed")
    assert len(memory) == 1 and memory.problems == ()


@pytest.mark.parametrize(
    "variant",
    [
        "  أعلن\u00a0الوزير\n«هدنة»   جديدة ",
        'أعلن الوزير "هدنة" جديدة',
        "أعلن الوزير “هدنة” جديدة",
        "أَعْلَنَ الوزيرُ «هُدنةً» جديدةً",
        "أعلـــن الوزير «هدنة» جديدة",
        "\u202bأعلن الوزير\u202c \u200f«هدنة» جديدة\u2069",
        "\u0627\u0654علن الوزير «هدنة» جديدة",
        "أعلن الوزير «هدنة» جديدة".replace("ه", "\ufeeb"),
    ],
)
def test_typography_does_not_matter(variant: str) -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "m.tmx")]).lookup(variant) is not None


@pytest.mark.parametrize("other", ["أعلن الوزير «هدنة»", "اعلن الوزير «هدنة» جديدة", "أعلن الوزير «هدنة» جديدة.", ""])
def test_every_other_difference_counts(other: str) -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "m.tmx")]).lookup(other) is None


def test_no_match_on_nothing() -> None:
    assert Memory([Entry(" \u200f", "nothing", "m.tmx")]).lookup("") is None


def test_latest_change_wins_and_the_conflict_is_named(tmp_path: Path) -> None:
    units = unit(SENTENCE, "new", "20241118T080000Z") + unit(SENTENCE, "old", "20231118T080000Z") + unit(SENTENCE, "undated")
    memory = Memory.from_files([saved(tmp_path, tmx(units))])
    match = memory.lookup(SENTENCE)
    assert match is not None and match.en == "new"
    assert len(memory.problems) == 2
    assert memory.problems[0].where == "own.tmx" and "new" in memory.problems[0].message


def test_without_dates_the_last_of_a_file_counts() -> None:
    match = Memory([Entry(SENTENCE, "one", "a.tmx"), Entry(SENTENCE, "two", "a.tmx")]).lookup(SENTENCE)
    assert match is not None and match.en == "two"


def test_the_first_file_that_has_a_sentence_decides_whatever_the_dates(tmp_path: Path) -> None:
    first = saved(tmp_path, tmx(unit(SENTENCE, "one", "20200101T000000Z")), "a.tmx")
    second = saved(tmp_path, tmx(unit(SENTENCE, "two", "20240101T000000Z") + unit("نعم", "yes")), "b.tmx")
    memory = Memory.from_files([first, second])
    assert memory.lookup(SENTENCE) == Translation("one", "memory:a.tmx", "reviewed")
    assert memory.lookup("نعم") == Translation("yes", "memory:b.tmx", "reviewed")
    assert memory.problems == ()  # to lay one memory over another is no mistake
    assert [entry.en for entry in memory] == ["one", "yes"]


def test_agreeing_entries_are_no_problem() -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "a.tmx"), Entry(SENTENCE, ENGLISH, "a.tmx")]).problems == ()


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tmx: cannot be read"):
        Memory.from_files([tmp_path / "none.tmx"])


@given(TEXT)
def test_the_key_is_stable(text: str) -> None:
    assert source_key(source_key(text)) == source_key(text)
