"""Files and folders -> Documents and Problems."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.ingest import read as reading
from briefing.model import Document, Metadata, Problem, Span
from tests.ingest.folders import NEWS, names, put, read

# ---------------------------------------------------------------- which files


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    put(tmp_path, c_txt=NEWS, a_TXT=NEWS, note_docx=b"PK\x03\x04", README_md="x", readme_txt="x")
    put(tmp_path, dates_toml="", memory_tmx="<tmx/>", briefing_toml="")
    put(tmp_path / "b", x_md=NEWS)
    put(tmp_path / ".git", y_txt=NEWS)
    (tmp_path / ".hidden.txt").write_text(NEWS)
    documents, problems = read(tmp_path)
    assert names(documents) == ["a.TXT", "b/x.md", "c.txt"]
    assert problems == []


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS)
    assert names(read(tmp_path, ".", "a.txt", "./a.txt")[0]) == ["a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS)
    (tmp_path / "again").symlink_to(tmp_path)
    assert names(read(tmp_path)[0]) == ["a.txt"]


def test_names_are_relative_to_the_base_or_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "base").mkdir()
    put(tmp_path / "in", a_txt=NEWS)
    monkeypatch.chdir(tmp_path)
    assert names(reading.read([Path("in")], Path())[0]) == ["in/a.txt"]
    assert names(reading.read([Path("in")], tmp_path / "in")[0]) == ["a.txt"]
    assert names(reading.read([Path("in/../in/a.txt")], tmp_path / "base")[0]) == ["in/../in/a.txt"]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    put(tmp_path, article_txt=NEWS)
    with pytest.raises(InputError) as caught:
        read(tmp_path, "artcle.txt")
    assert caught.value.message == f"{tmp_path}/artcle.txt: there is no such file or folder"
    assert caught.value.next_step == f"Did you mean {tmp_path}/article.txt?"
    with pytest.raises(InputError, match="Check the spelling"):
        read(tmp_path, "no/such/place")


def test_an_unknown_ending_named_by_the_user(tmp_path: Path) -> None:
    put(tmp_path, a_docx=b"PK", dates_toml="", memory_tmx="")
    (tmp_path / "bare").write_text(NEWS)
    accepted = "Files may end in .txt, .md, .html, .htm, .json, .jsonl."
    assert read(tmp_path, "a.docx", "bare", "dates.toml", "memory.tmx") == (
        [],
        [
            Problem("a.docx", "has the ending .docx, which is not read", accepted),
            Problem("bare", "has a name without an ending, which is not read", accepted),
        ],
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert read(tmp_path, "in")[1] == [
        Problem("in", "the folder holds no article files", "Files may end in .txt, .md, .html, .htm, .json, .jsonl.")
    ]


def test_memories(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    put(tmp_path, a_txt=NEWS, memory_tmx="", other_tmx="")
    put(tmp_path / "b", memory_tmx="")
    assert reading.memories([tmp_path / "b", tmp_path, tmp_path / "a.txt"]) == [
        tmp_path / "b" / "memory.tmx",
        tmp_path / "memory.tmx",
    ]
    assert reading.memories([tmp_path / "memory.tmx"]) == [tmp_path / "memory.tmx"]
    with pytest.raises(InputError):
        reading.memories([tmp_path / "c"])


def test_read_one(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS, b_txt=NEWS)
    assert names(reading.read_one(tmp_path / "a.txt", tmp_path)[0]) == ["a.txt"]
    with pytest.raises(InputError, match="is a folder"):
        reading.read_one(tmp_path, tmp_path)


# ---------------------------------------------------------------- what is in them


def test_text_is_kept_letter_for_letter(tmp_path: Path) -> None:
    text = "\u202bقال\u202c <b>الوزير</b>\u00a0إنّ المحادثـــات ﻻ تتوقف &amp; مستمرة\r\nحتى الغد\r"
    put(tmp_path, a_txt=codecs.BOM_UTF8 + text.encode())
    [document] = read(tmp_path)[0]
    assert document == Document("a.txt", text, hashlib.sha256(text.encode()).hexdigest())


def test_header_is_metadata_and_stays_in_the_text(tmp_path: Path) -> None:
    header = "Title: الهدنة\nPublished: 2024-11-12\nOutlet: الساحل"
    put(tmp_path, a_txt=f"{header}\n\n{NEWS}")
    [document] = read(tmp_path)[0]
    assert document.header == Span(0, len(header))
    assert document.text == f"{header}\n\n{NEWS}"
    assert document.metadata == Metadata("الهدنة", None, "2024-11-12", "stated_by_user", "الساحل")


def test_html_file(tmp_path: Path) -> None:
    put(
        tmp_path,
        a_html=f'<html><head><meta charset="windows-1256"></head><body><p>{NEWS}</p></body></html>'.encode("windows-1256"),
    )
    [document] = read(tmp_path)[0]
    assert document.text == NEWS.strip()
    assert [(b.tag, b.span) for b in document.blocks] == [("p", Span(0, len(document.text)))]


def test_json_object_and_synonyms(tmp_path: Path) -> None:
    entry = {
        "title": "ع",
        "url": "https://example.org",
        "date": "2024-11-12",
        "source": {"name": "الساحل"},
        "author": ["سلمى", "عمر"],
    }
    put(tmp_path, a_json=json.dumps({**entry, "language": "ar", "body": NEWS}))
    [document] = read(tmp_path)[0]
    assert (document.file, document.text) == ("a.json", NEWS)
    assert document.metadata == Metadata("ع", "https://example.org", "2024-11-12", "metadata", "الساحل", "سلمى, عمر", "ar")


def test_json_list_is_numbered(tmp_path: Path) -> None:
    put(tmp_path, a_json=json.dumps([{"content": NEWS}, {"text": NEWS}]), b_json=json.dumps([{"content": NEWS}]))
    assert names(read(tmp_path)[0]) == ["a.json#1", "a.json#2", "b.json"]


def test_json_html_takes_what_the_page_says_where_the_entry_is_silent(tmp_path: Path) -> None:
    page = f'<html><head><title>ص</title><meta property="article:published_time" content="2024-11-12"></head><p>{NEWS}</p>'
    put(
        tmp_path,
        a_jsonl=json.dumps({"html": page, "title": "ع"}) + "\n\n" + json.dumps({"html": page, "published": "2024-11-13"}),
    )
    first, second = read(tmp_path)[0]
    assert (first.file, first.text, second.file) == ("a.jsonl#1", NEWS.strip(), "a.jsonl#3")
    assert first.metadata == Metadata("ع", None, "2024-11-12", "html_meta")
    assert second.metadata == Metadata("ص", None, "2024-11-13", "metadata")


def test_lone_surrogates_of_json_escapes_are_replaced(tmp_path: Path) -> None:
    put(tmp_path, a_json='{"title": "\\udc00", "content": "\\ud800' + NEWS.strip() + '\\ud83d\\ude00"}')
    [document] = read(tmp_path)[0]
    assert document.text == "\ufffd" + NEWS.strip() + "\U0001f600"
    assert document.metadata.title == "\ufffd"
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


def test_unicode_line_separators_do_not_split_jsonl(tmp_path: Path) -> None:
    content = NEWS.strip() + "\u2028\x85" + NEWS.strip()
    put(tmp_path, a_jsonl=json.dumps({"content": content}, ensure_ascii=False) + "\r\n")
    assert [d.text for d in read(tmp_path)[0]] == [content]
