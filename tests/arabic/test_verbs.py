"""Conjugation of reporting verbs by rule."""

from __future__ import annotations

import pytest

from briefing.arabic.fold import key
from briefing.arabic.lexicon import table
from briefing.arabic.verbs import past_forms, present_forms, reading, reporting_forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("أعلن", ["أعلن", "أعلنت", "أعلنوا", "أعلنتا", "أعلنا", "أعلنن", "أعلننا"]),
        ("قال", ["قال", "قالت", "قالوا", "قالتا", "قالا", "قالن", "قلنا"]),
        ("نفى", ["نفى", "نفت", "نفوا", "نفتا", "نفيا", "نفين", "نفينا"]),
        ("دعا", ["دعا", "دعت", "دعوا", "دعتا", "دعوا", "دعون", "دعونا"]),
        ("أشار", ["أشار", "أشارت", "أشاروا", "أشارتا", "أشارا", "أشارن", "أشرنا"]),
    ],
)
def test_past_tense(base: str, forms: list[str]) -> None:
    assert [form for form, *_ in past_forms(base)] == forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("يقول", ["يقول", "تقول", "يقولون", "يقولان", "تقولان"]),
        ("ينفي", ["ينفي", "تنفي", "ينفون", "ينفيان", "تنفيان"]),
        ("يدعو", ["يدعو", "تدعو", "يدعون", "يدعوان", "تدعوان"]),
        ("يرى", ["يرى", "ترى", "يرون", "يريان", "تريان"]),
    ],
)
def test_present_tense(base: str, forms: list[str]) -> None:
    assert [form for form, *_ in present_forms(base)] == forms


@pytest.mark.parametrize(
    ("form", "english", "gender", "number", "past"),
    [
        ("قال", "said", "m", "s", True),
        ("قالت", "said", "f", "s", True),
        ("أكدوا", "affirmed", "m", "p", True),
        ("طالبا", "demanded", "m", "d", True),
        ("شددتا", "stressed", "f", "d", True),
        ("يؤكد", "affirmed", "m", "s", False),
        ("تحذر", "warned", "f", "s", False),
        ("ينفون", "denied", "m", "p", False),
    ],
)
def test_reading_a_form(form: str, english: str, gender: str, number: str, past: bool) -> None:
    assert (english, gender, number, past) in [(f.verb.en, f.gender, f.number, f.past) for f in reading(key(form))]


@pytest.mark.parametrize("word", ["سوق", "المدينة", "وقال", "مشيرا", "", "قائل", "إعلان"])
def test_not_a_finite_reporting_verb(word: str) -> None:
    assert reading(key(word)) == ()


def test_we_is_a_person_of_its_own() -> None:
    assert {f.person for f in reading(key("قلنا"))} == {1}
    assert {f.person for f in reading(key("قال"))} == {3}


def test_every_verb_of_the_lexicon_is_read_in_both_tenses() -> None:
    for row in table("verbs")["verb"]:
        assert any(f.verb.en == row["en"] and f.past for f in reading(key(row["past"]))), row
        assert any(f.verb.en == row["en"] and not f.past for f in reading(key(row["present"]))), row
        assert "only" not in row or row["takes"], "a verb that needs its own preposition must have one"


def test_forms_are_folded() -> None:
    assert all(form == key(form) for form in reporting_forms())
