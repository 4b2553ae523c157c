"""What forms say: dates, numbers, names; and what makes no sense is told in words and written nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import UsageError
from briefing.review.cards import Card, cards
from briefing.review.forms import ACTS, changes, when
from tests.review.conftest import built


@pytest.fixture
def shown(news: Path) -> dict[str, Card]:
    return {card.id: card for card in cards(built(news))}


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest", "precision"),
    [
        ("2024-11-12", "2024-11-12", "2024-11-12", "2024-11-12", "day"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2023", "2023", "2023-01-01", "2023-12-31", "year"),
        ("2024-11-12..2024-11-14", None, "2024-11-12", "2024-11-14", "range"),
        ("2024-10 to 2024-11-05", None, "2024-10-01", "2024-11-05", "range"),
        ("", None, None, None, "unknown"),
    ],
)
def test_dates_as_they_may_be_written(text: str, value: object, earliest: object, latest: object, precision: str) -> None:
    assert when(text) == {"value": value, "earliest": earliest, "latest": latest, "precision": precision, "basis": "reviewed"}


NO_DATES = ["yesterday", "2024-13", "2023-02-29", "12.11.2024", "2024-11-14..2024-11-12", "٢٠٢٤", "0000", "1..2..3"]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        when(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_any_day_and_any_range_of_days_is_read(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert when(one.isoformat())["value"] == one.isoformat()
    assert (when(f"{first}..{last}")["earliest"], when(f"{first}..{last}")["latest"]) == (str(first), str(last))


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_is_said_to_be_none(text: str) -> None:
    try:
        read = when(text)
    except UsageError:
        return
    assert (read["earliest"] or "") <= (read["latest"] or "")


def _values(act: str, form: dict[str, str], card: Card, names: dict[str, str] | None = None) -> Any:
    made, _ = changes(act, form, card, names or {})
    return made[0].value


def test_a_count_is_known_by_what_was_read(shown: dict[str, Card]) -> None:
    form = {"number-0": "1,250", "qualifier-0": "more_than", "number-1": "7", "qualifier-1": "exact"}
    assert [(c["number"], c["qualifier"]) for c in shown["E1"].item["counts"]] == [(3, "exact"), (7, "exact")]
    what = shown["E1"].item["counts"][0]["what"]
    assert _values("count", form, shown["E1"]) == [{"what": what, "was": [3, "exact"], "number": 1250, "qualifier": "more_than"}]


@pytest.mark.parametrize(
    ("number", "qualifier"),
    [
        ("", "exact"),
        ("3", "dozens"),
        ("-3", "exact"),
        ("٣", "exact"),
        ("9" * 40, "exact"),
        ("3", "nearly"),
        ("3.5", "about"),
        ("3", "exact"),
    ],
)
def test_numbers_that_make_no_sense_or_change_nothing_are_said(number: str, qualifier: str, shown: dict[str, Card]) -> None:
    form = {"number-0": number, "qualifier-0": qualifier, "number-1": "7", "qualifier-1": "exact"}
    with pytest.raises(UsageError):
        changes("count", form, shown["E1"], {})


def test_a_name_of_the_brief_brings_its_arabic_and_another_needs_both(shown: dict[str, Card]) -> None:
    own = shown["S1"].item["speaker"]["ar"]
    known = {"Layla al-Mansour": "ليلى المنصور"}
    form = {"speaker_en": "Layla al-Mansour", "speaker_ar": own, "speaker_role": ""}
    assert _values("speaker", form, shown["S1"], known) == {"en": "Layla al-Mansour", "ar": "ليلى المنصور", "role_en": None}
    with pytest.raises(UsageError, match="no name"):
        changes("speaker", {"speaker_en": "Somebody Else"}, shown["S1"], known)
    with pytest.raises(UsageError, match="Only a statement"):
        changes("speaker", form, shown["E1"], known)


def test_english_is_of_the_words_cited_or_of_the_sentence_where_the_line_is_facts(shown: dict[str, Card]) -> None:
    said = _values("english", {"english": " the station\nopens "}, shown["S1"])
    assert said == {"of": "item", "ar": shown["S1"].item["ar"], "en": "the station opens"}
    assert _values("english", {"english": "Three died."}, shown["E1"])["of"] == "sentence"
    for wrong in ({}, {"english": " \n "}, {"english": "\u200f"}):
        with pytest.raises(UsageError, match="empty"):
            changes("english", wrong, shown["S1"], {})


def test_a_rejection_needs_a_reason_and_an_act_has_to_be_one(shown: dict[str, Card]) -> None:
    with pytest.raises(UsageError, match="reason"):
        changes("reject", {"reason": "  "}, shown["S1"], {})
    with pytest.raises(UsageError, match="no such act"):
        changes("delete", {}, shown["S1"], {})
    assert changes("reject", {"reason": "of\nlast year"}, shown["S1"], {})[1] == "of last year"


NAMES = ("reason", "english", "speaker_en", "speaker_ar", "speaker_role", "date", "number-0", "qualifier-0")
FORMS = st.dictionaries(st.sampled_from(NAMES), st.text())


@given(st.sampled_from(sorted(ACTS)), FORMS)
def test_any_form_is_a_change_or_a_plain_error(act: str, form: dict[str, str]) -> None:
    for card in _SHOWN:
        try:
            made, _ = changes(act, form, card, {})
        except UsageError:
            continue
        assert {change.key for change in made} == set(card.keys)


_CITED = {"number": 1, "start": 0, "end": 9, "quote": "قال الوزير"}
_ITEM: dict[str, Any] = {
    "id": "S1", "en": "A: said", "ar": "قال الوزير", "citations": [_CITED], "parts": [{"key": "0" * 64, "seen": "a.b"}],
    "review": None, "speaker": {"ar": "ا", "en": "A", "role_en": None}, "flags": [],
}  # fmt: skip
_TOLD = {"number": 1, "ar": "قال الوزير", "start": 0, "translation": {"en": "", "label": "none", "flags": []}}
_GROUP = {"statements": [{"items": [_ITEM]}], "agreements": [], "events": []}
_SHOWN = cards({"sections": [_GROUP], "sources": [{"cited": [_TOLD]}]})
