"""Looking names up in text: longest first, prefixes read off, articles respected, offsets of the name alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.arabic.lexicon import COUNTRY, PERSON, PLACE, Entry, Lexicon, Match, country_names, load
from briefing.arabic.tokens import tokenise

OURS = Lexicon(
    [
        (Entry("port", PLACE, "الميناء", "Port", {}), ["الميناء"]),
        (Entry("port_new", PLACE, "الميناء الجديد", "New Port", {}), ["الميناء الجديد"]),
        (Entry("nur", PERSON, "نور الهادي", "Nur al-Hadi", {}), ["نور الهادي"]),
        (Entry("hill", PLACE, "تل الورد", "Tell al-Ward", {}), ["تل الورد"]),
        (Entry("land", COUNTRY, "ورديا", "Wardia", {}), ["ورديا"]),
        (Entry("union", "common_body", "اتحاد المزارعين", "farmers' union", {}), ["اتحاد المزارعين"]),
    ]
)


def found(text: str, lexicon: Lexicon = OURS) -> list[Match]:
    return lexicon.find(tokenise(text))


def names(text: str) -> list[str]:
    return [m.entry.en for m in found(text)]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("وصلت إلى الميناء أمس", ["Port"]),
        ("وصلت إلى الميناء الجديد أمس", ["New Port"]),
        ("قال نور الهادي إنه بخير", ["Nur al-Hadi"]),
        ("نور الصباح", []),
        ("بتل الورد", ["Tell al-Ward"]),
        ("وتل الورد", ["Tell al-Ward"]),
        ("وبورديا", ["Wardia"]),
        ("لورديا", ["Wardia"]),
        ("إلى ورديا، ثم تل الورد", ["Wardia", "Tell al-Ward"]),
        ("اتحاد المزارعين", ["farmers' union"]),
        ("ميناء صغير", []),
        ("تلّ الوَرد", ["Tell al-Ward"]),
        ("تـــل الورد", ["Tell al-Ward"]),
        ("", []),
    ],
)
def test_find(text: str, english: list[str]) -> None:
    assert names(text) == english


@pytest.mark.parametrize(
    ("text", "name", "prefix"),
    [
        ("وتل الورد", "تل الورد", "و"),
        ("وَبورديا", "ورديا", "وب"),
        ("بـتل الورد", "تل الورد", "ب"),
        ("فورديا", "ورديا", "ف"),
    ],
)
def test_offsets_are_those_of_the_name_without_its_prefix(text: str, name: str, prefix: str) -> None:
    (match,) = found(text)
    assert text[match.start : match.end].lstrip("ـ") == name
    assert match.prefix == prefix


def test_matches_do_not_overlap_and_stand_in_order() -> None:
    matches = found("تل الورد ونور الهادي والميناء الجديد")
    assert [m.entry.id for m in matches] == ["hill", "nur", "port_new"]
    assert all(a.last <= b.first for a, b in pairwise(matches))


@pytest.mark.parametrize(
    ("text", "kind", "english"),
    [
        ("في الأردن", COUNTRY, "Jordan"),
        ("بالأردن", COUNTRY, "Jordan"),
        ("للعراق", COUNTRY, "Iraq"),
        ("الأردنية", "adjective", "Jordanian"),
        ("عراقيين", "adjective", "Iraqi"),
        ("بغداد", PLACE, "Baghdad"),
        ("وزارة الخارجية", "common_body", "Foreign Ministry"),
        ("المتحدث", "role", "spokesman"),
    ],
)
def test_packaged_lexicon(text: str, kind: str, english: str) -> None:
    (match,) = found(text, load())
    assert (match.kind, match.entry.en) == (kind, english)


def test_country_names_have_all_three_forms() -> None:
    assert country_names()["JO"] == ("الأردن", "Jordan", "Jordanian")
    assert all(ar and en and adjective for ar, en, adjective in country_names().values())


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["و", "ب", "لل", "ال", "تل الورد", "الميناء", "الأردن", "وزارة", "الخارجية", "ـ", "\u064e", "\u200f", " ", ".", "7"]
        ),
        max_size=14,
    ).map("".join)
)
def test_matches_lie_in_the_text(text: str) -> None:
    tokens = tokenise(text)
    last = 0
    for match in load().find(tokens):
        assert 0 <= match.start < match.end <= len(text)
        assert last <= match.first < match.last <= len(tokens)
        assert tokens[match.first].start <= match.start
        assert match.end == tokens[match.last - 1].end
        last = match.last
