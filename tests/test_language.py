"""The tables of words: the same keys and names in every language, plural forms, and a user's own words over ours."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError
from briefing.extract.llm.drafting import EARLIER_PARTY
from briefing.extract.llm.merging import DIFFERS, MODEL_ONLY, MODEL_SPEAKER, RULES_ONLY
from briefing.language import LANGS, TITLE, Language, WordsError, contrary, english, language, names_in
from briefing.render.schema import schema
from briefing.resources import packaged
from briefing.translate.doubts import EMPTY, LOOPS, SHORT

TEMPLATES = packaged("templates")
BOTH = {code: language(code, (TEMPLATES,)) for code in LANGS}
KEYS = sorted(BOTH["en"].words)
# What may be Latin in an Arabic line: names of commands, files and standards, and marks of Markdown and HTML.
LATIN = re.compile(r"`[^`]*`|\{\w+\}|<[^>]*>|\(#[a-z-]+\)|ISO|sha256")
# Sections whose words are looked up by a name of the contract.
BY_NAME = (
    "status", "event_type", "ledger_state", "difference_kind", "difference_part", "reason", "label", "basis", "published_basis",
    "confidence", "flag", "check", "corrected",
)  # fmt: skip


def own(folder: Path, text: str, code: str = "en") -> Language:
    (folder / f"words.{code}.toml").write_text(text, encoding="utf-8")
    return language(code, (folder, TEMPLATES))


@pytest.mark.parametrize("code", LANGS)
def test_both_languages_have_the_same_words(code: str) -> None:
    assert sorted(BOTH[code].words) == KEYS
    for key in KEYS:
        assert names_in(BOTH[code].words[key]) == names_in(BOTH["en"].words[key]), key
        kinds = [isinstance(one.words[key], dict) for one in BOTH.values()]
        assert len(set(kinds)) == 1, f"{key} counts in one language only"


@pytest.mark.parametrize("code", LANGS)
def test_what_counts_has_every_form(code: str) -> None:
    counting = {key: words for key, words in BOTH[code].words.items() if isinstance(words, dict)}
    assert counting
    for key, words in counting.items():
        assert tuple(words) == BOTH[code].categories(), key


@pytest.mark.parametrize(
    ("code", "numbers", "category"),
    [
        ("en", (1,), "one"),
        ("en", (0, 2, 11, 21, 100, 101), "other"),
        ("ar", (0,), "zero"),
        ("ar", (1,), "one"),
        ("ar", (2,), "two"),
        ("ar", (3, 10, 103, 110, 1003), "few"),
        ("ar", (11, 26, 99, 111, 1099), "many"),
        ("ar", (100, 101, 102, 200, 1000), "other"),
    ],
)
def test_plural_categories_are_those_of_cldr(code: str, numbers: tuple[int, ...], category: str) -> None:
    assert {BOTH[code].category(n) for n in numbers} == {category}


def test_arabic_counts_as_arabic_does() -> None:
    told = [BOTH["ar"].text("header.events", n=n) for n in (1, 2, 3, 11, 100)]
    assert [line.split(" ", 1)[1] for line in told] == [
        "حدث ميداني", "حدثان ميدانيان", "أحداث ميدانية", "حدثًا ميدانيًا", "حدث ميداني",
    ]  # fmt: skip


@given(st.sampled_from(LANGS), st.sampled_from(KEYS), st.integers(0, 10**6))
def test_words_are_filled_for_every_number(code: str, key: str, n: int) -> None:
    words = BOTH[code].words[key]
    if isinstance(words, tuple):
        return
    values = dict.fromkeys(names_in(words), "x") | {"n": n}
    text = BOTH[code].text(key, **values)
    assert text.strip() and not re.search(r"[{}]", text)
    numbers = re.findall(r"\d[\d,]*", BOTH[code].pattern(key, n).replace("{n}", f"{n:,}"))
    assert all(number in text for number in numbers)


def test_arabic_words_are_arabic() -> None:
    for key, words in BOTH["ar"].words.items():
        for text in [words] if isinstance(words, str) else words.values() if isinstance(words, dict) else words:
            left = LATIN.sub(" ", text)
            assert not re.search("[A-Za-z]", left), f"{key}: {left}"
            has_words = any(part.strip(string.whitespace + string.punctuation + "؛،") for part in LATIN.split(text))
            assert not has_words or re.search("[ء-ي]", left), key


@pytest.mark.parametrize("code", LANGS)
def test_every_name_of_the_contract_has_words(code: str) -> None:
    parts = schema("briefing.brief/1")["$defs"]
    wanted: list[tuple[str, Any]] = [
        ("event_type", parts["event"]["properties"]["type"]["enum"]),
        ("status", parts["event"]["properties"]["status"]["enum"]),
        ("status", parts["agreement"]["properties"]["status"]["enum"]),
        ("label", parts["translation"]["properties"]["label"]["enum"]),
        ("ledger_state", parts["ledger_line"]["properties"]["state"]["enum"]),
        ("difference_kind", parts["difference"]["properties"]["kind"]["enum"]),
        ("statements", parts["statement"]["properties"]["quote_type"]["enum"]),
        ("statements", [one for one in parts["speaker"]["properties"]["resolution"]["enum"] if one != "explicit"]),
        ("corrected", parts["review"]["properties"]["corrected"]["items"]["properties"]["field"]["enum"]),
        ("flag", [RULES_ONLY, MODEL_ONLY, MODEL_SPEAKER, DIFFERS, EARLIER_PARTY, EMPTY, LOOPS, SHORT]),
    ]
    missing = [f"{section}.{name}" for section, names in wanted for name in names if f"{section}.{name}" not in BOTH[code]]
    assert missing == []


def test_no_words_are_left_over() -> None:
    root = Path(__file__).resolve().parent.parent
    files = [*TEMPLATES.glob("*.j2"), *(root / "briefing").rglob("*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    put_together = (
        *("ledger.wording_", "ledger.added", "ledger.became", "ledger.gone", "chart.title_", "dates.from", "dates.until"),
        *("events.by", "events.according", "events.outside", "events.denied", "events.model_only"),
        *("published.after", "published.until"),
    )
    looked_up = tuple(f"{section}." for section in (*BY_NAME, "statements"))
    unused = [key for key in KEYS if not re.search(f"[\"']{key}[\"']", source)]
    assert [key for key in unused if not key.startswith((*put_together, *looked_up))] == []


def test_the_default_title_is_that_of_the_words() -> None:
    assert english().text("title.brief") == TITLE


def test_own_words_go_over_ours_one_by_one(tmp_path: Path) -> None:
    words = own(tmp_path, '[headings]\nsources = "Where from"\n[own]\nmotto = "Every Monday"\n')
    assert (words.text("headings.sources"), words.text("headings.names")) == ("Where from", "Names")
    assert words.text("own.motto") == "Every Monday"
    assert english().text("headings.sources") == "Sources", "brief.json keeps our own words"


def test_a_text_may_stand_for_plural_forms(tmp_path: Path) -> None:
    words = own(tmp_path, '[header]\nused = "**{n}** المواد"\n', "ar")
    assert [words.text("header.used", n=n) for n in (1, 5)] == ["**1** المواد", "**5** المواد"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[headings]\nsource = "x"', "headings.source: no such words"),
        ('[title]\nweek = "Week {year}"', r"title.week: nothing is given for year.*\{week\}"),
        ('[title]\nweek = "Week {"', "title.week: cannot be filled in"),
        ('[title]\nweek = "Week {week.__class__}"', "nothing is given for week.__class__"),
        ("[title]\nweek = 3", "title.week: is neither text"),
        ('[dates]\nmonths = ["January"]', "dates.months: must be a list of 12"),
        ('[header]\nused = { one = "{n}" }', "header.used: needs the forms one, other"),
        ('[title]\nweek = ["a"]', "title.week: must be one text"),
        ('[header]\nused = ["a"]', "header.used: must be plural forms"),
        ("[title", "cannot be read"),
    ],
)
def test_own_words_that_cannot_be_used_are_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        own(tmp_path, text)
    assert re.search(said, str(error.value).replace("\n", " ")) and "words.en.toml" in str(error.value)


def test_missing_words_are_an_error_with_the_nearest_key() -> None:
    with pytest.raises(WordsError, match=r"words\.en\.toml has no words called headings\.source\b"):
        english().text("headings.source")
    with pytest.raises(WordsError, match=r"header\.used has plural forms"):
        english().text("header.used")
    with pytest.raises(WordsError, match=r"nothing is given for \{week\}"):
        english().text("title.week")


@pytest.mark.parametrize(
    ("lang", "layout", "fits"),
    [("en", "en", True), ("en", "bilingual", True), ("ar", "bilingual", True), ("ar", "en", False), ("fr", "en", False)],
)
def test_language_and_layout_must_go_together(lang: str, layout: str, fits: bool) -> None:
    assert (contrary(lang, layout) is None) == fits


def test_the_schema_names_the_languages() -> None:
    assert json.dumps(schema("briefing.brief/1")["properties"]["lang"]["enum"]) == json.dumps(list(LANGS))
