"""What becomes of pairs that are taken into a memory: nothing of it is lost, and dates decide where they can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.translate.entry import Entry, source_key
from briefing.translate.merging import Fate, merged

OLD, MID, NEW = "20200101T000000Z", "20220101T000000Z", "20240101T000000Z"


def entry(en: str, changed: str = "", ar: str = "نعم") -> Entry:
    return Entry(ar, en, "f.tmx", changed)


@pytest.mark.parametrize(
    ("there", "coming", "fate", "english"),
    [
        (entry("yes", MID), entry("yes", NEW), Fate.SAME, "yes"),
        (entry("yes", MID), entry("aye", NEW), Fate.CHANGED, "aye"),
        (entry("yes", MID), entry("aye", OLD), Fate.OLDER, "yes"),
        (entry("yes", MID), entry("aye", MID), Fate.UNDECIDED, "yes"),
        (entry("yes", MID), entry("aye"), Fate.UNDECIDED, "yes"),
        (entry("yes"), entry("aye", NEW), Fate.UNDECIDED, "yes"),
        (entry("yes"), entry("aye"), Fate.UNDECIDED, "yes"),
    ],
)
def test_dates_decide_between_two(there: Entry, coming: Entry, fate: Fate, english: str) -> None:
    after = merged({"نعم": there}, [coming])
    assert [step.fate for step in after.steps] == [fate]
    assert after.entries["نعم"].en == english


@pytest.mark.parametrize("date", ["", OLD, MID, NEW])
def test_replace_takes_the_new_whatever_the_dates(date: str) -> None:
    assert merged({"نعم": entry("yes", MID)}, [entry("aye", date)], replace=True).entries["نعم"].en == "aye"


def test_typography_makes_no_second_entry() -> None:
    assert merged({"نعم": entry("yes")}, [entry("yes", ar="نَعَم\u200f")]).count(Fate.SAME) == 1


ARABIC, ENGLISH, DATES = st.text("اب\u200f ", max_size=3), st.sampled_from(["x", "y"]), st.sampled_from(["", OLD, NEW])
ENTRIES = st.builds(Entry, ARABIC, ENGLISH, st.just("f"), DATES)


@given(st.lists(ENTRIES), st.lists(ENTRIES), st.booleans())
def test_nothing_is_lost(first: list[Entry], second: list[Entry], replace: bool) -> None:
    before = merged({}, first).entries
    after = merged(before, second, replace)
    assert set(after.entries) == set(before) | {source_key(e.ar) for e in second} - {""}
    assert all(source_key(e.ar) == key for key, e in after.entries.items())
    assert merged(after.entries, second).count(Fate.NEW) == 0
    if not replace:
        assert merged(before, []).entries == before
