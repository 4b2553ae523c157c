"""Where a place lies: country and division from the lexicon, namesakes told apart by what the article names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.arabic.lexicon import entries
from briefing.compose.areas import NOWHERE, area, country_of, reading_order
from briefing.event_model import Area
from briefing.item_model import Event, Mention, Name
from briefing.model import When


@pytest.mark.parametrize(
    ("ar", "en", "found"),
    [
        ("أم درمان", "Omdurman", Area("SD", "Sudan", "Khartoum")),
        ("تعز", "Taiz", Area("YE", "Yemen", "Taiz")),
        ("اليمن", "Yemen", Area("YE", "Yemen")),
        ("البحر الأحمر", "Red Sea", Area(place="Red Sea")),
        ("عين وردة", "Ain Warda", Area(place="Ain Warda")),
    ],
)
def test_areas(ar: str, en: str, found: Area) -> None:
    assert area(Name(ar, en)) == found


def test_no_place_is_nowhere() -> None:
    assert area(None) == NOWHERE


@pytest.mark.parametrize(("named", "country"), [("LB", "Lebanon"), ("LY", "Libya")])
def test_namesakes_are_told_apart_by_the_country_an_article_names(named: str, country: str) -> None:
    assert area(Name("طرابلس", "Tripoli"), [Mention("place", named, "", country)]).country_en == country


def test_every_place_of_the_lexicon_has_an_area() -> None:
    for entry, _ in entries():
        if entry.kind in ("place", "country"):
            found = area(Name(entry.ar, entry.en))
            assert bool(found.country) != bool(found.place)
            assert bool(found.country) == bool(found.country_en)
            assert entry.kind != "country" or country_of(entry.id) == entry.id


def test_an_id_that_no_lexicon_has_is_in_no_country() -> None:
    assert (country_of("sy.homs"), country_of("nowhere"), country_of(None)) == ("SY", None, None)


def event(kind: str, place: Name | None, day: date | None) -> Event:
    """An event of which nothing but type, place and day is known."""
    value = day.isoformat() if day else None
    when = When(value, value, value, "day" if day else "unknown", "stated" if day else "none")
    return Event("e", kind, None, None, place, (), when, None, "reported", "", "", ())


PLACES = [None, Name("تعز", "Taiz"), Name("اليمن", "Yemen"), Name("أم درمان", "Omdurman"), Name("البحر الأحمر", "Red Sea")]
DAYS = [None, date(2024, 11, 11), date(2024, 11, 12)]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(DAYS))))
def test_what_is_not_stated_stands_last(drawn: list[tuple[Name | None, date | None]]) -> None:
    events = sorted((event("CLASH", *one) for one in drawn), key=lambda e: reading_order(e, area(e.place)))
    placed = [e.place is not None for e in events]
    assert placed == sorted(placed, reverse=True)
    for place in PLACES:
        days = [e.date.value for e in events if e.place == place]
        assert days == sorted(days, key=lambda day: day or (DAYS[2] + timedelta(1)).isoformat())  # type: ignore[operator]


def test_a_place_that_no_lexicon_has_lies_nowhere_that_is_known() -> None:
    assert area(Name("حي الروضة", "neighbourhood «حي الروضة»")) == NOWHERE
