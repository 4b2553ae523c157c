"""TMX from any tool is read, hostile files are refused, and what is written is valid TMX 1.4 with the same content."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefing.errors import ConfigError
from briefing.translate.entry import Entry, source_key
from briefing.translate.memory import Memory
from briefing.translate.tmx import EMPTY, INLINE, LANGUAGES, NO_ARABIC, NO_ENGLISH, OTHER, read_tmx, tmx_bytes
from tests.translate.tmx_files import ENGLISH, SENTENCE, saved, tmx, unit

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
# The elements and attributes of the TMX 1.4b specification that are written here, with what it requires of them.
DTD = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header EMPTY>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED
  o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu (tuv+)> <!ATTLIST tu changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT tuv (seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""


def pairs(path: Path) -> list[tuple[str, str]]:
    """The texts of the entries of a file."""
    return [(entry.ar, entry.en) for entry in read_tmx(path).entries]


def unit_of(*variants: tuple[str, str], inner: str = "", attributes: str = "") -> str:
    """A unit of (attributes, segment) pairs."""
    texts = "".join(f"<tuv {language}><seg>{text}</seg></tuv>" for language, text in variants)
    return f"<tu {attributes}>{inner}{texts}</tu>"


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("arabic", ["ar", "AR", "ar-SY", "ar_SA", "ARA", "arb", "ar-001"])
@pytest.mark.parametrize("english", ["en", "EN-US", "eng", "en_GB"])
@pytest.mark.parametrize("attribute", ["xml:lang", "lang"])
def test_language_codes_of_other_tools(tmp_path: Path, arabic: str, english: str, attribute: str) -> None:
    text = tmx(unit_of((f'{attribute}="{arabic}"', SENTENCE), (f'{attribute}="{english}"', ENGLISH)))
    assert pairs(saved(tmp_path, text)) == [(SENTENCE, ENGLISH)]


@pytest.mark.parametrize("header", ['<header srclang="*all*"/>', '<header srclang="en-US"/>', '<header srclang="ar"/>', ""])
def test_the_source_language_of_the_file_makes_no_difference(tmp_path: Path, header: str) -> None:
    text = tmx(unit_of(('xml:lang="en"', ENGLISH), ('xml:lang="ar"', SENTENCE))).replace("<header/>", header)
    assert pairs(saved(tmp_path, text)) == [(SENTENCE, ENGLISH)]


def test_inline_codes_are_not_text_and_are_counted(tmp_path: Path) -> None:
    segment = 'Talks <bpt i="1">&lt;b&gt;</bpt><hi>resumed</hi><ept i="1">&lt;/b&gt;</ept> <ph>x<sub>again</sub></ph> today'
    read = read_tmx(saved(tmp_path, tmx(unit("استؤنفت المحادثات اليوم", segment))))
    assert read.entries[0].en == "Talks resumed again today"
    assert dict(read.left_out) == {INLINE: 1}


@pytest.mark.slow
def test_a_hundred_thousand_nested_elements_are_only_text(tmp_path: Path) -> None:
    deep = "<hi>" * 100_000 + "yes" + "</hi>" * 100_000
    assert pairs(saved(tmp_path, tmx(unit("نعم", deep)))) == [("نعم", "yes")]


def test_what_is_left_out_is_counted_by_kind(tmp_path: Path) -> None:
    arabic, english, french = ('xml:lang="ar"', "نعم"), ('xml:lang="en"', "yes"), ('xml:lang="fr"', "oui")
    units = (
        unit_of(english, french) + unit_of(arabic) + unit_of(arabic, ('xml:lang="en"', " "))
        + unit_of(arabic, english, french) + unit_of(arabic, english, inner="<note>seen</note>")
    )  # fmt: skip
    read = read_tmx(saved(tmp_path, tmx(units)))
    assert dict(read.left_out) == {NO_ARABIC: 1, NO_ENGLISH: 1, EMPTY: 1, LANGUAGES: 2, OTHER: 1}
    assert [entry.en for entry in read.entries] == ["yes", "yes"]


@pytest.mark.parametrize(
    ("on_unit", "on_english", "expected"),
    [
        ('changedate="20240102T030405Z" changeid="a"', "", ("20240102T030405Z", "a")),
        ('creationdate="20200101T000000Z" creationid="a"', "", ("20200101T000000Z", "a")),
        ('changedate="20240102T030405Z" changeid="a"', 'changedate="20240501T000000Z" changeid="b"', ("20240501T000000Z", "b")),
        ('changedate="20240102T030405Z"', 'creationdate="20240501T000000Z" creationid="b"', ("20240102T030405Z", "b")),
        ('changedate="later than all"', "", ("", "")),
        ('changedate="9"', 'creationdate="20240501T000000Z"', ("20240501T000000Z", "")),
    ],
)
def test_date_and_author_are_those_of_the_last_change(
    tmp_path: Path, on_unit: str, on_english: str, expected: tuple[str, str]
) -> None:
    text = tmx(unit_of(('xml:lang="ar"', "نعم"), (f'xml:lang="en" {on_english}', "yes"), attributes=on_unit))
    entry = read_tmx(saved(tmp_path, text)).entries[0]
    assert (entry.changed, entry.author) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_utf16_and_plain_doctype_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "own.tmx"
    text = tmx(unit(SENTENCE, ENGLISH), '<!DOCTYPE tmx SYSTEM "tmx14.dtd">').replace('<?xml version="1.0"?>', "")
    path.write_bytes(text.encode(encoding))
    assert read_tmx(path).entries == (Entry(SENTENCE, ENGLISH, "own.tmx"),)


def test_a_declared_encoding_is_kept_to(tmp_path: Path) -> None:
    path = tmp_path / "own.tmx"
    text = tmx(unit(SENTENCE, ENGLISH)).replace('version="1.0"', 'version="1.0" encoding="windows-1256"', 1)
    path.write_bytes(text.encode("windows-1256"))
    assert pairs(path) == [(SENTENCE, ENGLISH)]


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
        read_tmx(saved(tmp_path, text))
    assert caught.value.next_step


@given(st.text(alphabet='<>/tuvseg "=ar&;x', max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = saved(tmp_path_factory.mktemp("tmx"), tmx(text))
    try:
        assert all(entry.ar and entry.en for entry in read_tmx(path).entries)
    except ConfigError as error:
        assert str(path) in error.message


# ---------------------------------------------------------------- writing


@given(made=st.lists(st.builds(Entry, TEXT, TEXT, st.just("f"), st.sampled_from(["", "20240102T030405Z"]), TEXT), max_size=4))
def test_what_is_written_is_valid_and_has_the_same_bytes_in_any_order(made: list[Entry]) -> None:
    content = tmx_bytes(made)
    assert etree.DTD(io.StringIO(DTD)).validate(etree.fromstring(content))
    assert tmx_bytes(made[::-1]) == content


@given(made=st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_what_is_written_is_found(tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("tmx") / "own.tmx"
    path.write_bytes(tmx_bytes(Entry(ar, en, "") for ar, en in made))
    memory = Memory.from_files([path])
    visible = [(ar, en) for ar, en in made if source_key(ar) and _kept(en) and _kept(ar)]
    for ar, en in visible:
        match = memory.lookup(ar)
        assert match is not None
        assert match.en in {_kept(e) for a, e in visible if source_key(a) == source_key(ar)}, (ar, en)


def _kept(text: str) -> str:
    legal = [c for c in text if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c >= "\U00010000"]
    return "".join(legal).strip()


def test_date_and_author_come_back(tmp_path: Path) -> None:
    path = tmp_path / "own.tmx"
    entry = Entry("نعم", "yes & <no>", "own.tmx", "20240102T030405Z", 'R. "H" & <co>')
    path.write_bytes(tmx_bytes([entry]))
    assert read_tmx(path).entries == (entry,)
    assert dict(read_tmx(path).left_out) == {}
