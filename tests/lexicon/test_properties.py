"""Whatever stands in a user's lexicon file: a list of mistakes, or a lexicon that everything can be read with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.arabic.dates import find_dates
from briefing.arabic.lexicon import load
from briefing.arabic.numbers import find_numbers
from briefing.arabic.sentences import sentences
from briefing.arabic.tokens import tokenise
from briefing.errors import ConfigError
from briefing.extract import rules
from briefing.ingest.articles import harvest
from briefing.ingest.outlets import by_name
from briefing.lexicon import tables
from briefing.lexicon.conform import broken_rules, flaws
from briefing.lexicon.flaw import Flaw
from briefing.lexicon.overlay import laid
from briefing.lexicon.schema import FILES
from briefing.lexicon.shapes import Entries, Lists, Pairs, Rows, Section, Weights, Words
from briefing.model import Document

WORDS = [
    "طرخون",
    "قال",
    "وزير",
    "دمشق",
    "ال",
    "و",
    "الحرية",
    "ثلاثة",
    "مارس",
    "قصف",
    "الرادار",
    "بن",
    "سد الوادي",
    "CNN",
    "a.b",
    "ي",
    "",
]
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 2000), st.floats(), st.dates(), st.text(max_size=8), st.sampled_from(WORDS)
)
KEYS = sorted(
    {k.name for sections in FILES.values() for s in sections if isinstance(s, (Rows, Entries)) for k in s.keys} | {"remove"}
)
NAMES = sorted({s.name for sections in FILES.values() for s in sections} | {"remove", "x"})
ANY = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, *WORDS, "1", "3"]), inner, max_size=4),
)
TEXT = "أكد وزير الخارجية السوري أن ثلاثة صواريخ أصابت دمشق في 3 مارس 2024.\nوقال طرخون إن سد الوادي مفتوح.\nالمصدر: رويترز\n"


@pytest.mark.slow
@settings(max_examples=400)
@given(name=st.sampled_from(sorted(FILES)), table=st.dictionaries(st.sampled_from(NAMES), ANY, max_size=3))
def test_any_table_is_laid_over_ours_or_has_flaws(name: str, table: dict[str, Any]) -> None:
    ours, sections = tables.packaged(name), FILES[name]
    found = list(flaws(table, sections, ours))
    assert all(isinstance(flaw, Flaw) and flaw.message and flaw.next_step for flaw in found)
    if not found:
        merged = laid(ours, table, sections)
        assert set(merged) == set(ours)
        assert all(flaw.message for flaw in broken_rules(merged, sections))


# ---------------------------------------------------------------- lexicons of the right form


def toml(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def fitting(draw: st.DrawFn, value: Any) -> object:
    """Some value that the schema allows."""
    if value.item is not None:
        return [fitting(draw, value.item) for _ in range(draw(st.integers(0, 2)))]
    if value.choices:
        return draw(st.sampled_from(value.choices))
    pool: list[object] = [*WORDS, "يطرخن", "Tarkhun", "{body} of Tarkhun", "{adjective} Tarkhun", "SY", "x.y", "a.example", "+ون"]
    pool += [
        True,
        False,
        3,
        0.5,
        date(2024, 1, 2),
        [1, 6],
        {"first_day": date(2024, 1, 2), "last_day": date(2024, 1, 3), "place": "sochi"},
    ]
    return draw(st.sampled_from([v for v in pool if value.fits(v)]))


def part(draw: st.DrawFn, section: Section) -> object:
    """Something of the right form for one section."""
    if isinstance(section, (Rows, Entries)):
        row = {k.name: fitting(draw, k.value) for k in section.keys if k.required or draw(st.booleans())}
        return [row] if isinstance(section, Rows) else {str(fitting(draw, section.word)): row}
    if isinstance(section, Words):
        return fitting(draw, section.value)
    if isinstance(section, Lists):
        return {draw(st.sampled_from(section.names)): fitting(draw, section.value)}
    if isinstance(section, Pairs):
        return {str(fitting(draw, section.word)): fitting(draw, section.value)}
    assert isinstance(section, Weights)
    return {draw(st.sampled_from(section.names)): {"bias": 0.5}}


@st.composite
def lexicons(draw: st.DrawFn) -> Mapping[str, Mapping[str, object]]:
    """Files of the right form: each section of each file now and then."""
    chosen = draw(st.lists(st.sampled_from([(f, s) for f, sections in FILES.items() for s in sections]), min_size=3, max_size=12))
    made: dict[str, dict[str, object]] = {}
    for file, section in chosen:
        made.setdefault(file, {})[section.name] = part(draw, section)
    return made


def everything() -> None:
    """Reads a text with all that knows words."""
    found = harvest(Document("a.txt", TEXT, ""), ZoneInfo("UTC"))
    for article in found.articles:
        rules.find(article, tuple(sentences(TEXT, article.kept)))
    load().find(tokenise(TEXT))
    assert list(find_numbers(TEXT)) and list(find_dates(TEXT))
    by_name("رويترز")


def lay(folder: Path, files: Mapping[str, Mapping[str, object]]) -> None:
    for path in folder.glob("*.toml"):
        path.unlink()
    for name, table in files.items():
        lines = [f"{json.dumps(key, ensure_ascii=False)} = {toml(value)}\n" for key, value in table.items()]
        (folder / f"{name}.toml").write_text("".join(lines), "utf-8")


def reads(folder: Path, files: Mapping[str, Mapping[str, object]]) -> None:
    lay(folder, files)
    try:
        with tables.using(folder):
            everything()
    except ConfigError as error:
        assert error.next_step


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=lexicons())
def test_everything_can_be_read_with_a_lexicon_of_the_right_form(
    tmp_path: Path, files: Mapping[str, Mapping[str, object]]
) -> None:
    reads(tmp_path, files)


@pytest.mark.slow
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(files=lexicons())
def test_many_lexicons_of_the_right_form(tmp_path: Path, files: Mapping[str, Mapping[str, object]]) -> None:
    reads(tmp_path, files)
