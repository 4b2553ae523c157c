"""Translation memory: exact matches whatever the typography, untrusted XML, round trips."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError, OutputError
from briefing.model import Translation
from briefing.translate.memory import Entry, Memory, read_tmx, source_key, write_tmx

SENTENCE = "أعلن الوزير «هدنة» جديدة"
ENGLISH = 'The minister announced a new "truce"'
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def tmx(units: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<tmx version="1.4"><header/><body>{units}</body></tmx>'


def unit(ar: str, en: str, date: str = "") -> str:
    changed = f' changedate="{date}"' if date else ""
    return f'<tu{changed}><tuv xml:lang="ar-SY"><seg>{ar}</seg></tuv><tuv xml:lang="EN_gb"><seg>{en}</seg></tuv></tu>'


def saved(tmp_path: Path, text: str, name: str = "own.tmx") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_exact_match_is_reviewed_and_names_its_file(tmp_path: Path) -> None:
    memory = Memory.from_files([saved(tmp_path, tmx(unit(SENTENCE, ENGLISH)))])
    assert memory.lookup(SENTENCE) == Translation(ENGLISH, "memory:own.tmx", "reviewed")
    assert len(memory) == 1 and memory.problems == ()


@pytest.mark.parametrize(
    "variant",
    [
        "  أعلن\u00a0الوزير\n«هدنة»   جديدة ",
        'أعلن الوزير "هدنة" جديدة',
        "أعلن الوزير “هدنة” جديدة",
        "أَعْلَنَ الوزيرُ «هُدنةً» جديدةً",
        "أعلـــن الوزير «هدنة» جديدة",
        "\u202bأعلن الوزير\u202c \u200f«هدنة» جديدة\u2069",
        "\u0627\u0654علن الوزير «هدنة» جديدة",
        "أعلن الوزير «هدنة» جديدة".replace("ه", "\ufeeb"),
    ],
)
def test_typography_does_not_matter(variant: str) -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "m.tmx")]).lookup(variant) is not None


@pytest.mark.parametrize("other", ["أعلن الوزير «هدنة»", "اعلن الوزير «هدنة» جديدة", "أعلن الوزير «هدنة» جديدة.", ""])
def test_every_other_difference_counts(other: str) -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "m.tmx")]).lookup(other) is None


def test_no_match_on_nothing() -> None:
    assert Memory([Entry(" \u200f", "nothing", "m.tmx")]).lookup("") is None


def test_latest_change_wins_and_the_conflict_is_named(tmp_path: Path) -> None:
    units = unit(SENTENCE, "new", "20241118T080000Z") + unit(SENTENCE, "old", "20231118T080000Z") + unit(SENTENCE, "undated")
    memory = Memory.from_files([saved(tmp_path, tmx(units))])
    match = memory.lookup(SENTENCE)
    assert match is not None and match.en == "new"
    assert len(memory.problems) == 2
    assert memory.problems[0].where == "own.tmx" and "new" in memory.problems[0].message


def test_without_dates_the_last_file_wins(tmp_path: Path) -> None:
    first = saved(tmp_path, tmx(unit(SENTENCE, "one")), "a.tmx")
    second = saved(tmp_path, tmx(unit(SENTENCE, "two")), "b.tmx")
    match = Memory.from_files([first, second]).lookup(SENTENCE)
    assert match == Translation("two", "memory:b.tmx", "reviewed")


def test_agreeing_entries_are_no_problem() -> None:
    assert Memory([Entry(SENTENCE, ENGLISH, "a.tmx"), Entry(SENTENCE, ENGLISH, "b.tmx")]).problems == ()


def test_inline_codes_are_not_text(tmp_path: Path) -> None:
    segment = 'Talks <bpt i="1">&lt;b&gt;</bpt><hi>resumed</hi><ept i="1">&lt;/b&gt;</ept> <ph>x</ph>today'
    memory = Memory.from_files([saved(tmp_path, tmx(unit("استؤنفت المحادثات اليوم", segment)))])
    match = memory.lookup("استؤنفت المحادثات اليوم")
    assert match is not None and match.en == "Talks resumed today"


def test_units_without_both_languages_are_passed_over(tmp_path: Path) -> None:
    other = '<tu><tuv xml:lang="fr"><seg>Bonjour</seg></tuv><tuv xml:lang="en"><seg>Hello</seg></tuv></tu>'
    assert read_tmx(saved(tmp_path, tmx(other + unit(SENTENCE, "")))) == []


def test_utf16_and_plain_doctype_are_read(tmp_path: Path) -> None:
    path = tmp_path / "own.tmx"
    text = tmx(unit(SENTENCE, ENGLISH), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">').replace('<?xml version="1.0"?>', "")
    path.write_bytes(text.encode("utf-16"))
    assert read_tmx(path) == [Entry(SENTENCE, ENGLISH, "own.tmx")]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (tmx(unit("ا", "&b;"), BOMB), "entities"),
        (tmx(unit("ا", "&a;"), OUTSIDE), "entities"),
        ("", "not well-formed"),
        ("not XML", "not well-formed"),
        (tmx("")[:-8], "not well-formed"),
        ("<html></html>", "not a TMX file"),
        ('<?xml version="1.0" encoding="x-none"?><tmx/>', "decoded|not well-formed"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=rf"own\.tmx: .*({reason})") as caught:
        Memory.from_files([saved(tmp_path, text)])
    assert caught.value.next_step


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.tmx: cannot be read"):
        Memory.from_files([tmp_path / "none.tmx"])


def test_unwritable_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no/own\.tmx: cannot be written"):
        write_tmx([], tmp_path / "no" / "own.tmx")


@given(pairs=st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_what_is_written_is_found(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("tmx") / "own.tmx"
    write_tmx(pairs, path)
    memory = Memory.from_files([path])
    visible = [(ar, en) for ar, en in pairs if source_key(ar) and _kept(en) and _kept(ar)]
    for ar, en in visible:
        match = memory.lookup(ar)
        assert match is not None
        assert match.en in {_kept(e) for a, e in visible if source_key(a) == source_key(ar)}, (ar, en)


def _kept(text: str) -> str:
    legal = [c for c in text if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c >= "\U00010000"]
    return "".join(legal).strip()


@given(TEXT)
def test_the_key_is_stable(text: str) -> None:
    assert source_key(source_key(text)) == source_key(text)
