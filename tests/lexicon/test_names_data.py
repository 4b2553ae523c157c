"""The lexicon's people, bodies, roles, terms and outlets: every row complete, every written form leading to one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from briefing.arabic.fold import key
from briefing.arabic.lexicon import load, table
from briefing.arabic.tokens import bare, tokenise

Row = dict[str, Any]
Pattern = tuple[str, ...]

SECTIONS: dict[str, dict[str, tuple[set[str], set[str]]]] = {
    "people": {"person": ({"id", "en", "ar", "forms", "country"}, set())},
    "organisations": {
        "organisation": ({"id", "en", "ar", "forms", "kind"}, {"country", "members"}),
        "body": ({"en", "ar", "forms"}, {"with_country"}),
    },
    "roles": {"role": ({"en", "ar", "forms", "kind"}, {"with_country", "takes_body", "with_body"})},
    "terms": {"term": ({"en", "ar", "forms"}, set())},
    "outlets": {"outlet": ({"id", "name_en", "name_ar", "domains", "marks", "kind", "owner"}, {"country"})},
}
AT_LEAST = {"person": 350, "organisation": 350, "body": 100, "role": 200, "term": 500, "outlet": 90}
KINDS = {
    "organisation": {
        "state_body", "military", "police", "party", "armed_group", "agency", "media", "un", "ngo", "court",
        "intergovernmental", "company", "state_group",
    },
    "role": {"person_role", "source_role", "title", "group"},
    "outlet": {"agency", "newspaper", "tv", "portal"},
}  # fmt: skip
ROWS = [(name, section, row) for name, parts in SECTIONS.items() for section in parts for row in table(name).get(section, ())]
PLACEHOLDERS = re.compile(r"\{(\w*)\}")

# A surname that several people here bear, but that the press writes alone for one of them only.
BEST_KNOWN_BEARER = {
    "الأسد": "Bashar al-Assad",
    "خامنئي": "Ali Khamenei",
    "السنوار": "Yahya Sinwar",
    "البشير": "Omar al-Bashir",
    "القذافي": "Muammar Gaddafi",
}
# Folded words of everyday news that a short form must never swallow: verbs of saying, prepositions, common nouns.
EVERYDAY = ["أفاد", "أمام", "وإلى", "ترأس", "بيّنت", "ولايتي", "معا", "المنفى", "كلامي", "محلب", "رئيسي", "روحاني", "مشعل", "وأم"]


def pattern(form: str) -> Pattern:
    """A form as the loader compares it: folded words without their articles."""
    return tuple(bare(key(word)) for word in form.split())


def has_article(form: str) -> bool:
    """Whether the first word of a form bears the article."""
    first = key(form.split()[0])
    return bare(first) != first


def label(row: Row) -> str:
    """What a row is called in a message."""
    return f"{row.get('en') or row.get('name_en')} / {row.get('ar') or row.get('name_ar')}"


def forms(row: Row) -> list[str]:
    """Everything a row is found by, its canonical Arabic first."""
    return [row["ar"], *row["forms"]]


def strings(value: object) -> Iterator[str]:
    """Every string in a row, lists included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def clashes(rows: list[Row]) -> list[str]:
    """Forms that two rows claim."""
    owner: dict[Pattern, str] = {}
    found = []
    for row in rows:
        for form in forms(row):
            other = owner.setdefault(pattern(form), label(row))
            if other != label(row):
                found.append(f"{form}: {other} and {label(row)}")
    return found


def section(name: str) -> list[Row]:
    """The rows of one section, whatever its file."""
    return [row for _, part, row in ROWS if part == name]


@pytest.mark.parametrize("name", SECTIONS)
def test_file_parses_and_holds_only_known_sections(name: str) -> None:
    assert set(table(name)) == set(SECTIONS[name])


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_section_is_as_large_as_promised(name: str, least: int) -> None:
    assert len(section(name)) >= least


def test_rows_have_the_required_fields_and_no_others() -> None:
    wrong = []
    for name, part, row in ROWS:
        required, optional = SECTIONS[name][part]
        if not required <= set(row) <= required | optional:
            wrong.append(f"{name}: {label(row)}: {sorted(set(row) ^ required)}")
    assert wrong == []


def test_strings_are_neither_empty_nor_padded() -> None:
    texts = [(label(row), text) for _, _, row in ROWS for value in row.values() for text in strings(value)]
    assert [t for t in texts if not t[1] or t[1] != t[1].strip()] == []


def test_country_codes_have_two_capital_letters() -> None:
    codes = [(label(row), c) for _, _, row in ROWS for c in [row.get("country", "XX"), *row.get("members", ())]]
    assert [c for c in codes if not re.fullmatch("[A-Z]{2}", c[1])] == []


def test_kinds_are_known() -> None:
    assert [label(row) for _, part, row in ROWS if part in KINDS and row["kind"] not in KINDS[part]] == []


def test_groups_of_states_name_their_members_and_nobody_else_does() -> None:
    rows = section("organisation")
    assert [label(r) for r in rows if (r["kind"] == "state_group") != (len(r.get("members", ())) > 1)] == []


@pytest.mark.parametrize("name", ["people", "organisations", "outlets"])
def test_ids_are_unique(name: str) -> None:
    ids = [row["id"] for file, _, row in ROWS if file == name and "id" in row]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


@pytest.mark.parametrize("name", ["people", "organisations", "roles", "terms"])
def test_no_form_is_shared_by_two_entries_of_a_file(name: str) -> None:
    assert clashes([row for file, _, row in ROWS if file == name]) == []


def test_terms_do_not_repeat_people_bodies_or_roles() -> None:
    taken = {pattern(f) for part in ("person", "organisation", "body", "role") for row in section(part) for f in forms(row)}
    assert [f for row in section("term") for f in forms(row) if pattern(f) in taken] == []


def test_no_form_is_listed_that_the_loader_folds_into_another() -> None:
    redundant = []
    for _, part, row in ROWS:
        if part == "outlet":
            continue
        # a form without the article stands for the one with it, but only for common nouns, not for names
        common = part in ("body", "role", "term")
        seen: set[tuple[Pattern, bool]] = set()
        for form in forms(row):
            same = (pattern(form), has_article(form))
            if same in seen or (common and (same[0], False) in seen):
                redundant.append(f"{label(row)}: {form}")
            seen.add(same)
    assert redundant == []


def test_forms_are_words_and_nothing_else() -> None:
    """The loader splits forms at spaces and texts at punctuation too: a form with a hyphen or a dot would never be found."""
    rows = [row for _, part, row in ROWS if part != "outlet"]
    assert [f for row in rows for f in forms(row) if [t.text for t in tokenise(f)] != f.split()] == []


def test_a_surname_alone_belongs_to_one_person() -> None:
    last = [(pattern(row["ar"])[-1], row["en"]) for row in section("person")]
    shared = []
    for row in section("person"):
        for form in row["forms"]:
            others = {en for word, en in last if (word,) == pattern(form) and en != row["en"]}
            if others and BEST_KNOWN_BEARER.get(form) != row["en"]:
                shared.append(f"{form}: {row['en']} and {sorted(others)}")
    assert shared == []


@pytest.mark.parametrize("word", EVERYDAY)
def test_an_everyday_word_is_not_a_name(word: str) -> None:
    found = load().find(tokenise(word))
    assert [m.entry.en for m in found if m.kind in ("person", "body")] == []


def test_english_has_no_arabic_letters_and_arabic_some() -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    assert [label(r) for _, _, r in ROWS if arabic.search(r.get("en") or r["name_en"])] == []
    assert [label(r) for _, _, r in ROWS if not arabic.search(r.get("ar") or r["name_ar"])] == []


def test_templates_have_the_placeholder_they_are_filled_by() -> None:
    wrong = []
    for _, part, row in ROWS:
        if part in ("body", "role"):
            country = PLACEHOLDERS.findall(row.get("with_country", "{country}"))
            body = PLACEHOLDERS.findall(row.get("with_body", "{body}"))
            right = country in (["adjective"], ["country"]) and body == ["body"]
            if not right or PLACEHOLDERS.findall(row["en"]) != ["body"] * row.get("takes_body", False):
                wrong.append(label(row))
    assert wrong == []


def test_terms_come_longest_first() -> None:
    lengths = [len(row["ar"].split()) for row in section("term")]
    assert lengths == sorted(lengths, reverse=True)


def test_outlet_names_marks_and_domains_belong_to_one_outlet() -> None:
    owner: dict[str, str] = {}
    shared = []
    for row in section("outlet"):
        marks = (row["name_en"], row["name_ar"], *(m.split(":")[-1] for m in row["marks"]))
        names = {" ".join(key(w) for w in m.split()).lower() for m in marks}
        for name in (*names, *row["domains"]):
            if owner.setdefault(name, row["id"]) != row["id"]:
                shared.append(f"{name}: {owner[name]} and {row['id']}")
    assert shared == []


def test_outlet_domains_are_bare_host_names() -> None:
    domains = [d for row in section("outlet") for d in row["domains"]]
    assert [d for d in domains if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", d)] == []


def test_outlet_owner_lines_say_where_they_are_known_from() -> None:
    assert [row["id"] for row in section("outlet") if not re.fullmatch(r"[^\n]+ \([^()]+\)", row["owner"])] == []


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("لافرنتيف", "Alexander Lavrentyev"),
        ("ولافرينتييف", "Alexander Lavrentyev"),
        ("علي أصغر حاج", "Ali Asghar Khaji"),
        ("للأسد", "Bashar al-Assad"),
        ("لجنة مناقشة الدستور", "Syrian Constitutional Committee"),
        ("الدول الضامنة", "guarantor states of the Astana format (Russia, Türkiye and Iran)"),
        ("وكالة أنباء دوغان التركية", "Dogan News Agency"),
        ("تنظيم الدولة الإسلامية", "Islamic State (IS)"),
        ("منطقة وقف التصعيد", "de-escalation area"),
        ("معاون وزير الخارجية", "deputy foreign minister"),
        ("بالناطق الرسمي باسم", "spokesman for {body}"),
        ("شهود عيان", "eyewitnesses"),
        ("القوات المسلحة", "Armed Forces"),
    ],
)
def test_names_of_the_news_are_found_whole(text: str, english: str) -> None:
    (match,) = load().find(tokenise(text))
    assert (match.entry.en, match.end) == (english, len(text))
