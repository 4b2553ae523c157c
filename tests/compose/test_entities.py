"""One entity for the spellings of one person, and two for two people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.fold import key
from briefing.compose.entities import Person, entities, one_person, unified
from briefing.item_model import Citation, Mention, Name, Reading, Speaker, Statement
from briefing.model import NO_DATE
from tests.extract.extracted import article


def person(name: str, role: str | None) -> Person:
    return Person(tuple(key(word) for word in name.split()), role)


def said(ar: str, en: str, role: str | None) -> Statement:
    speaker = Speaker(ar, en, ar, role, "explicit")
    return Statement("a-S1", speaker, Name(ar, en), None, NO_DATE, "indirect", ar, f"{en}: said", (Citation(0, 1, "x", 1),))


def reading(ident: str, *mentions: Mention, statements: tuple[Statement, ...] = ()) -> Reading:
    return Reading(article("نص قصير.", ident=ident), (), {}, statements, (), (), mentions)


MINISTER = "health minister"


@pytest.mark.parametrize(
    ("one", "role", "other", "other_role", "expected"),
    [
        ("علي أصغر حاج", "senior assistant", "علي أصغر خاجي", "senior assistant", True),  # two given names and the office
        ("علي أصغر حاج", "senior assistant", "علي أصغر خاجي", "football coach", False),
        ("سامر العلواني", MINISTER, "سامر العلوانى", MINISTER, True),  # one letter, folded away
        ("سامر العلواني", MINISTER, "سامر العلوني", MINISTER, True),
        ("سامر العلواني", MINISTER, "سمير العلواني", "army spokesman", False),
        ("وليد الحمد", MINISTER, "خالد الحمد", MINISTER, False),  # likeness of surnames alone
        ("وليد الحمد", MINISTER, "وليد الحمد", None, True),
        ("وليد الحمد", MINISTER, "وليد الحمد", "army spokesman", False),  # namesakes
        ("وليد", MINISTER, "وليد الحمد", MINISTER, False),
        ("وليد الحمد", None, "وليد الحمود", None, False),  # nothing but likeness
    ],
)
def test_who_is_one_person(one: str, role: str | None, other: str, other_role: str | None, expected: bool) -> None:
    a, b = person(one, role), person(other, other_role)
    assert one_person(a, b) is one_person(b, a) is expected


def test_spellings_of_the_lexicon_are_one_entity_the_fullest_name_standing_for_it() -> None:
    first = Mention("person", "lavrentyev", "لافرنتييف", "Alexander Lavrentyev", "envoy")
    second = Mention("person", "lavrentyev", "ألكسندر لافرينتيف", "Alexander Lavrentyev")
    (found,) = entities([reading("a", first, first), reading("b", second)])
    assert (found.ar, found.role_en, found.articles) == ("ألكسندر لافرينتيف", "envoy", 2)
    assert found.spellings == ("لافرنتييف", "ألكسندر لافرينتيف")


def test_a_variant_gets_the_usual_name_and_keeps_what_is_written() -> None:
    one = Mention("person", None, "سامر العلواني", "Samir al-Alwani", MINISTER)
    other = Mention("person", None, "سامر العلوني", "Samir al-Aluni", MINISTER)
    spoken = said("سامر العلوني", "Samir al-Aluni", MINISTER)
    readings = [reading("a", one, one), reading("b", other, statements=(spoken,))]
    _, changed = unified(readings, entities(readings))
    (statement,) = changed.statements
    assert (statement.speaker.en, statement.speaker.as_written) == ("Samir al-Alwani", "سامر العلوني")
    assert statement.addressee == Name("سامر العلواني", "Samir al-Alwani")
    assert statement.en == "Samir al-Alwani: said"


def test_two_men_of_one_name_stay_two() -> None:
    one = Mention("person", None, "وليد الحمد", "Walid al-Hamad", MINISTER)
    other = Mention("person", None, "وليد الحمد", "Walid al-Hamad", "army spokesman")
    assert len(entities([reading("a", one), reading("b", other)])) == 2


words = st.sampled_from(["علي", "سامر", "وليد", "أصغر", "الحمد", "العلواني", "حاج"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
roles = st.sampled_from([None, MINISTER, "spokesman"])
mentions = st.builds(lambda ar, role: Mention("person", None, ar, ar, role), names, roles)


@given(st.lists(mentions, max_size=12))
def test_every_spelling_is_in_one_entity_and_nothing_is_invented(given_mentions: list[Mention]) -> None:
    found = entities([reading(str(n), m) for n, m in enumerate(given_mentions)])
    assert {s for e in found for s in e.spellings} == {m.ar for m in given_mentions}
    assert all(e.ar in e.spellings and e.articles >= 1 for e in found)
    assert sum(e.articles for e in found) == len(given_mentions)
