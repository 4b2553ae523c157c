"""One spelling for the many ways Arabic letters are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.fold import fold, key


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("إدارة", "اداره"),
        ("أُصيب", "اصيب"),
        ("مدرســــة", "مدرسه"),
        ("على", "علي"),
        ("ﺍﻟﻤﻴﻨﺎﺀ", "الميناء"),
        ("ﻻ", "لا"),
        ("\u200fالميناء\u200e", "الميناء"),
        ("١٢٣", "123"),
        ("۴۵", "45"),
        ("کتابی", "كتابي"),
    ],
)
def test_variants_have_one_key(written: str, same: str) -> None:
    assert key(written) == same


@given(st.text(alphabet="أإآاىيةهﻻﷲ١۴\u00a0\u0640\u064e\u200f ab", max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="أإآاىيةهﻻﷲ١۴\u0640\u064e\u200fab", max_size=30))
def test_a_key_is_its_own_key(word: str) -> None:
    assert key(key(word)) == key(word)


def test_special_spaces_become_spaces() -> None:
    assert fold("ا\u00a0ب\u202fج") == "ا ب ج"
