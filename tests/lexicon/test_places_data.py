"""countries.toml and places.toml: complete, consistent, and free of names that the loader would read twice."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from briefing.arabic.fold import key
from briefing.arabic.tokens import bare

KINDS = {
    "division", "city", "town", "village", "area", "district", "camp", "crossing", "airport", "sea", "mountain", "river",
    "road", "base",
}  # fmt: skip
COUNTRY_FIELDS = {
    "id": str, "en": str, "ar": str, "forms": list, "adjective_en": str, "adjective_ar": str, "adjective_extra": list,
    "capital": str, "capital_en": str, "capital_as_government": bool,
}  # fmt: skip
PLACE_FIELDS = {"id": str, "en": str, "ar": str, "forms": list, "kind": str}
PLACE_OPTIONS = {"division": str, "country": str, "adjective_ar": str, "ambiguous": bool}
DIVISIONS = {"SY": 14, "IQ": 19, "YE": 22, "LY": 22, "PS": 16, "LB": 9, "SD": 18}
AT_LEAST = {"SY": 750, "IQ": 400, "YE": 500, "LY": 230, "PS": 550, "LB": 450, "SD": 320, "IL": 40, "TR": 30, "SA": 50, "UA": 40}


def _rows(name: str) -> list[dict[str, Any]]:
    text = resources.files("briefing.lexicon").joinpath(f"{name}.toml").read_text("utf-8")
    loaded: list[dict[str, Any]] = tomllib.loads(text)["country" if name == "countries" else "place"]
    return loaded


COUNTRIES, PLACES = _rows("countries"), _rows("places")


def _forms(row: dict[str, Any]) -> list[str]:
    return [row["ar"], *row["forms"]]


def _looked_up_by(form: str) -> str:
    """What the loader compares: the first word with its article, the others without."""
    first, *rest = form.split()
    return " ".join([key(first), *(bare(key(word)) for word in rest)])


def _texts(row: dict[str, Any]) -> list[str]:
    lists = [text for value in row.values() if isinstance(value, list) for text in value]
    return lists + [value for value in row.values() if isinstance(value, str)]


def _twice(values: list[str]) -> list[str]:
    return sorted(value for value, n in Counter(values).items() if n > 1)


def _country(code: str) -> list[dict[str, Any]]:
    return [row for row in PLACES if row.get("country") == code]


@pytest.mark.parametrize(("rows", "fields"), [(COUNTRIES, COUNTRY_FIELDS), (PLACES, PLACE_FIELDS)], ids=["countries", "places"])
def test_required_fields_are_there_and_of_their_type(rows: list[dict[str, Any]], fields: dict[str, type]) -> None:
    wrong = [(row.get("id"), name) for row in rows for name, kind in fields.items() if type(row.get(name)) is not kind]
    assert wrong == []


def test_there_are_no_unknown_fields() -> None:
    assert {name for row in COUNTRIES for name in row} <= {*COUNTRY_FIELDS, "ambiguous", "capital_ambiguous"}
    assert {name for row in PLACES for name in row} <= {*PLACE_FIELDS, *PLACE_OPTIONS}


def test_optional_fields_are_of_their_type() -> None:
    options = [(row, name, kind) for row in PLACES for name, kind in PLACE_OPTIONS.items() if name in row]
    assert [(row["id"], name) for row, name, kind in options if type(row[name]) is not kind] == []


@pytest.mark.parametrize("rows", [COUNTRIES, PLACES], ids=["countries", "places"])
def test_no_text_is_empty_or_padded(rows: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in rows for text in _texts(row) if not text or text != " ".join(text.split())] == []


@pytest.mark.parametrize("rows", [COUNTRIES, PLACES], ids=["countries", "places"])
def test_scripts_are_not_mixed_up(rows: list[dict[str, Any]]) -> None:
    arabic = re.compile(r"[\u0621-\u064a\u064b-\u0652]")
    assert [row["id"] for row in rows if arabic.search(row["en"])] == []
    assert [form for row in rows for form in _forms(row) if not arabic.match(form)] == []


@pytest.mark.parametrize("rows", [COUNTRIES, PLACES], ids=["countries", "places"])
def test_ids_are_unique(rows: list[dict[str, Any]]) -> None:
    assert _twice([row["id"] for row in rows]) == []


def test_place_ids_begin_with_their_country() -> None:
    assert [row["id"] for row in PLACES if row["id"].split(".")[0] != row.get("country", "x").lower()] == []


def test_every_country_of_a_place_is_listed() -> None:
    assert {row["country"] for row in PLACES if "country" in row} <= {row["id"] for row in COUNTRIES}


def test_no_two_countries_share_a_name_or_an_adjective() -> None:
    assert _twice([_looked_up_by(form) for row in COUNTRIES for form in _forms(row)]) == []
    assert _twice([key(form) for row in COUNTRIES for form in (row["adjective_ar"], *row["adjective_extra"])]) == []
    assert _twice([row["en"] for row in COUNTRIES]) == []


def test_no_two_places_of_a_division_share_a_name() -> None:
    """Those of no country count as one more country; which one a text means, its other places tell (extract/events.py)."""
    owners: dict[tuple[str, str], list[str | None]] = {}
    for row in PLACES:
        for name in {_looked_up_by(form) for form in _forms(row)}:
            owners.setdefault((row.get("country", ""), name), []).append(row.get("division"))
    shared = {name: divisions for name, divisions in owners.items() if len(divisions) > 1}
    assert {name: d for name, d in shared.items() if None in d or len(set(d)) < len(d)} == {}
    english = [(row.get("country", ""), row["en"]) for row in PLACES]
    assert sorted(name for name, n in Counter(english).items() if n > 1) == []


def test_no_place_is_named_like_a_country() -> None:
    countries = {_looked_up_by(form) for row in COUNTRIES for form in _forms(row)}
    assert [row["id"] for row in PLACES for form in _forms(row) if _looked_up_by(form) in countries] == []


def test_kinds_are_known() -> None:
    assert {row["kind"] for row in PLACES} <= KINDS


def test_every_division_is_an_entry_of_its_country() -> None:
    known = {(row["country"], row["en"]) for row in PLACES if row["kind"] == "division"}
    assert [row["id"] for row in PLACES if "division" in row and (row.get("country"), row["division"]) not in known] == []


def test_a_division_is_in_itself() -> None:
    assert [row["id"] for row in PLACES if row["kind"] == "division" and row.get("division") != row["en"]] == []


@pytest.mark.parametrize(("code", "number"), DIVISIONS.items())
def test_all_divisions_of_the_countries_covered_in_depth(code: str, number: int) -> None:
    assert sum(row["kind"] == "division" for row in _country(code)) == number


@pytest.mark.parametrize(("code", "number"), AT_LEAST.items())
def test_countries_in_the_news_are_covered(code: str, number: int) -> None:
    assert len(_country(code)) >= number


SEATS = {
    "SY": "Douma, Idlib, Hasakah, Suwayda, Quneitra",
    "IQ": "Ramadi, Mosul, Tikrit, Baqubah, Hillah, Diwaniyah, Kut, Amarah, Nasiriyah, Samawah",
    "YE": "al-Hazm, Ataq, Mukalla, al-Ghaydah, Hadibo, Zinjibar, al-Hawta, al-Jabin",
    "LY": "al-Aziziyah, Zuwara, Gharyan, Ajdabiya, Tobruk, Brak al-Shati, Ubari, al-Bayda, Hun, Khoms",
    "PS": "Ramallah, Jabalia",
    "LB": "Baabda, Tripoli, Halba, Zahle, Baalbek, Sidon, Jounieh",
    "SD": "El Obeid, Kadugli, al-Fula, El Fasher, Nyala, Geneina, Zalingei, El Daein, Wad Madani, Singa, Rabak, Damazin, "
    "Port Sudan, Damer, Dongola",
}


@pytest.mark.parametrize(("code", "names"), SEATS.items())
def test_seats_of_divisions_that_have_another_name(code: str, names: str) -> None:
    known = {row["en"] for row in _country(code)}
    assert [name for name in names.split(", ") if name not in known] == []


def test_every_division_has_places() -> None:
    filled = Counter((row["country"], row["division"]) for row in PLACES if row.get("country") in DIVISIONS and "division" in row)
    few = {place: n for place, n in filled.items() if n < 3}
    assert few == {}


def test_members_of_the_united_nations_and_four_more() -> None:
    ids = {row["id"] for row in COUNTRIES}
    assert len(ids) == 193 + len({"PS", "VA", "XK", "TW"})
    assert ids >= {"PS", "VA", "XK", "TW", "SY", "SS", "TL", "ME"}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("سورية", "SY"), ("الولايات المتحدة الأمريكية", "US"), ("أميركا", "US"), ("بريطانيا", "GB"), ("روسيا الاتحادية", "RU"),
        ("تركيا", "TR"), ("إيران", "IR"), ("الكونغو الديمقراطية", "CD"), ("هنغاريا", "HU"),
    ],
)  # fmt: skip
def test_variant_names_of_countries(form: str, expected: str) -> None:
    assert [row["id"] for row in COUNTRIES if key(form) in map(key, _forms(row))] == [expected]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("تلمنس", "sy.talmenes"), ("عين العرب", "sy.kobani"), ("باب الهوى", "sy.bab-al-hawa-crossing"), ("اورفا", "tr.sanliurfa"),
        ("كوبيانسك", "ua.kupiansk"), ("القديح", "sa.qudaih"), ("نور سلطان", "kz.nur-sultan"), ("خانيونس", "ps.khan-younis"),
        ("مضيق هرمز", "x.strait-of-hormuz"), ("معيتيقة", "ly.mitiga-airport"), ("الفاشر", "sd.el-fasher"),
    ],
)  # fmt: skip
def test_variant_names_of_places(form: str, expected: str) -> None:
    assert [row["id"] for row in PLACES if key(form) in map(key, _forms(row))] == [expected]


@pytest.mark.parametrize("place", ["sy.al-bab", "sy.hama", "jo.salt", "ye.al-mahrah", "ye.hajjah", "lb.tyre", "tr.bursa"])
def test_names_that_are_words_are_marked_ambiguous(place: str) -> None:
    assert [row.get("ambiguous", False) for row in PLACES if row["id"] == place] == [True]


@pytest.mark.parametrize("place", ["sy.aleppo", "ye.sanaa", "iq.baghdad", "ua.kyiv", "ps.gaza", "sa.riyadh"])
def test_plain_names_are_not(place: str) -> None:
    assert [row.get("ambiguous", False) for row in PLACES if row["id"] == place] == [False]


def test_no_name_folds_to_a_function_word() -> None:
    words = {"في", "من", "على", "عن", "إلى", "أن", "إن", "فإن", "وإن", "عنه", "منه", "عند", "عبر", "بعد", "قبل", "كان", "قال"}
    folded = {key(word) for word in words}
    assert [form for row in [*COUNTRIES, *PLACES] for form in _forms(row) if key(form) in folded] == []
