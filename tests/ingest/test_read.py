"""Files and folders -> Documents and Problems."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from briefing.errors import InputError
from briefing.ingest import read as reading
from briefing.model import Document, Metadata, Problem, Span

NEWS = "قال الوزير إن المحادثات مستمرة وإن الهدنة ستبدأ صباح الخميس في ثلاث مدن.\n"


def put(folder: Path, **contents: str | bytes) -> None:
    """Files by name with the last _ for the dot: a_txt is a.txt."""
    for name, content in contents.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read(folder: Path, *names: str) -> tuple[list[Document], list[Problem]]:
    return reading.read([folder / name for name in names] or [folder], folder)


def names(documents: list[Document]) -> list[str]:
    return [document.file for document in documents]


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
    put(tmp_path, a_html=f'<html><head><meta charset="windows-1256"></head><body><p>{NEWS}</p></body></html>'.encode("windows-1256"))
    [document] = read(tmp_path)[0]
    assert document.text == NEWS.strip()
    assert [(b.tag, b.span) for b in document.blocks] == [("p", Span(0, len(document.text)))]


def test_json_object_and_synonyms(tmp_path: Path) -> None:
    entry = {"title": "ع", "url": "https://example.org", "date": "2024-11-12", "source": {"name": "الساحل"}, "author": ["سلمى", "عمر"]}
    put(tmp_path, a_json=json.dumps({**entry, "language": "ar", "body": NEWS}))
    [document] = read(tmp_path)[0]
    assert (document.file, document.text) == ("a.json", NEWS)
    assert document.metadata == Metadata("ع", "https://example.org", "2024-11-12", "metadata", "الساحل", "سلمى, عمر", "ar")


def test_json_list_is_numbered(tmp_path: Path) -> None:
    put(tmp_path, a_json=json.dumps([{"content": NEWS}, {"text": NEWS}]), b_json=json.dumps([{"content": NEWS}]))
    assert names(read(tmp_path)[0]) == ["a.json#1", "a.json#2", "b.json"]


def test_json_html_takes_what_the_page_says_where_the_entry_is_silent(tmp_path: Path) -> None:
    page = f'<html><head><title>ص</title><meta property="article:published_time" content="2024-11-12"></head><p>{NEWS}</p>'
    put(tmp_path, a_jsonl=json.dumps({"html": page, "title": "ع"}) + "\n\n" + json.dumps({"html": page, "published": "2024-11-13"}))
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


# ---------------------------------------------------------------- dates.toml


def test_dates_stated_by_hand(tmp_path: Path) -> None:
    dates = '"a.txt" = "2024-11-12"\nb.txt = 2024-11-13\n"c.jsonl#3" = 2024-11-14T08:00:00Z\n"c.jsonl" = "2024-11-15"\n'
    entry = json.dumps({"content": NEWS, "published": "2020-01-01"})
    put(tmp_path, a_txt=f"Date: 2020-01-01\n\n{NEWS}", b_txt=NEWS, c_jsonl=f"{entry}\n\n{entry}", dates_toml=dates)
    documents, problems = read(tmp_path)
    assert [(d.file, d.metadata.published) for d in documents] == [
        ("a.txt", "2024-11-12"),
        ("b.txt", "2024-11-13"),
        ("c.jsonl#1", "2024-11-15"),
        ("c.jsonl#3", "2024-11-14T08:00:00+00:00"),
    ]
    assert {d.metadata.published_basis for d in documents} == {"stated_by_user"}
    assert problems == []


def test_dates_beside_a_file_named_alone(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS, b_txt=NEWS, dates_toml='"a.txt" = "2024-11-12"\n"b.txt" = "2024-11-13"')
    [document], problems = reading.read_one(tmp_path / "a.txt", tmp_path)
    assert (document.metadata.published, problems) == ("2024-11-12", [])


def test_dates_that_name_nothing(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    put(tmp_path / "sub", b_txt=NEWS)
    put(tmp_path, a_txt=NEWS, c_jsonl=json.dumps({"content": NEWS}))
    put(tmp_path, dates_toml='"x.txt" = "2024-11-12"\n"sub/b.txt" = "2024-11-12"\n"c.jsonl#9" = "2024-11-12"\n"a.txt" = 7')
    here = "Use the name of a file in the same folder, with its ending, or delete the entry."
    assert read(tmp_path)[1] == [
        Problem("dates.toml", '"a.txt" is given 7, which is not a date', 'Write lines like: "article.txt" = "2024-11-12"'),
        Problem(
            "dates.toml",
            'states a date for "c.jsonl#9", but that article was not read',
            "For .jsonl the number is the line, for .json the place in the list.",
        ),
        Problem("dates.toml", 'states a date for "sub/b.txt", but there is no such file', here),
        Problem("dates.toml", 'states a date for "x.txt", but there is no such file', here),
    ]


def test_a_damaged_dates_toml(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS, dates_toml='"a.txt" = \n')
    documents, [problem] = read(tmp_path)
    assert names(documents) == ["a.txt"]
    assert problem.where == "dates.toml"
    assert problem.message.startswith("is not valid TOML: ") and problem.message.endswith("(at line 1, column 11); none of its dates was used")
    assert problem.next_step == "Mend the line named above."


# ---------------------------------------------------------------- bad input

ARABIC_ONLY = "Only Arabic articles are read; check that this is the right file."
SCRIPTED = " If the page is filled in by scripts, open it in a browser and save it from there."
EXPORT = "Save or export the article as text (.txt) or HTML and put that file in its place."
RE_EXPORT = "Re-export the article from its source as UTF-8; the text in this file cannot be trusted."
MEND = "Mend the JSON at that place, or export the file again."
SHAPE = 'An entry is {"title": …, "url": …, "published": …, "outlet": …, "content": …} or has "html" in place of "content".'


@pytest.mark.parametrize(
    ("name", "content", "where", "message", "next_step"),
    [
        ("a.txt", b"", "a.txt", "is empty", "Delete the file or put the article's text in it."),
        ("a.txt", b"%PDF-1.4", "a.txt", "looks like a PDF, not text", EXPORT),
        ("a.txt", b"a\0\0b\x01", "a.txt", "looks like a binary file (zero byte at byte offset 1)", EXPORT),
        ("a.txt", b"Hello world", "a.txt", "holds no Arabic letters", ARABIC_ONLY),
        ("a.txt", b" \n ", "a.txt", "holds no Arabic letters", ARABIC_ONLY),
        ("a.txt", "Hello قال".encode(), "a.txt", "holds hardly any Arabic: 3 letters", ARABIC_ONLY),
        ("a.html", b"<p>loading</p><script>x</script>", "a.html", "holds no Arabic letters", ARABIC_ONLY + SCRIPTED),
        (
            "a.txt",
            NEWS.encode().decode("latin-1").encode(),
            "a.txt",
            "looks like UTF-8 text that was decoded as Windows-1252",
            RE_EXPORT,
        ),
        ("a.json", b'{"content": \n oops}', "a.json", "is not valid JSON: line 2, column 2: Expecting value", MEND),
        ("a.json", b"[" * 100_000, "a.json", "is not valid JSON: it is nested too deeply", MEND),
        ("a.json", b"[]", "a.json", "holds an empty list: no article", SHAPE),
        ("a.json", b"[1, null]", "a.json#1", "is a number, not an object", SHAPE),
        (
            "a.json",
            b'{"title": "x"}',
            "a.json",
            'has no text: "content" (or "text", "body") and "html" are missing, empty or not strings',
            SHAPE,
        ),
        ("a.jsonl", b"\n\n", "a.jsonl", "holds no line with an article", SHAPE),
        ("a.jsonl", b'{\n"content":\n"x"}', "a.jsonl", "is one JSON document, not one object per line", "Rename it to end in .json."),
    ],
)
def test_bad_input(tmp_path: Path, name: str, content: bytes, where: str, message: str, next_step: str) -> None:
    (tmp_path / name).write_bytes(content)
    put(tmp_path, good_txt=NEWS)
    documents, problems = read(tmp_path)
    assert names(documents) == ["good.txt"]
    assert problems[0] == Problem(where, message, next_step)


def test_a_damaged_line_does_not_cost_the_others(tmp_path: Path) -> None:
    good = json.dumps({"content": NEWS})
    spoilt = json.dumps({"content": NEWS.encode().decode("latin-1")})
    put(tmp_path, a_jsonl=f'{good}\n{{"content": \n{spoilt}\n{good}')
    documents, problems = read(tmp_path)
    assert names(documents) == ["a.jsonl#1", "a.jsonl#4"]
    assert problems == [
        Problem("a.jsonl#2", "is not valid JSON: line 2, column 13: Expecting value", MEND),
        Problem("a.jsonl#3", "looks like UTF-8 text that was decoded as Windows-1252", RE_EXPORT),
    ]


def test_undecodable_bytes(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS.encode() + b"\xff\xfe")
    [problem] = read(tmp_path)[1]
    assert problem.where == "a.txt"
    assert f"byte 0xFF at byte offset {len(NEWS.encode())} is not UTF-8" in problem.message
    assert problem.next_step.startswith("Convert the file to UTF-8")


def test_a_file_over_20_mb(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert read(tmp_path)[1] == [Problem("a.txt", "is too large: 21.0 MB, at most 20 MB are read", "Split it into smaller files.")]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    put(tmp_path, a_txt=NEWS)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert read(tmp_path)[1] == [Problem("a.txt", "cannot be read: Permission denied", "Check its permissions.")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folders_that_may_not_be_read_or_searched(tmp_path: Path) -> None:
    for name, mode in (("closed", 0o000), ("listed", 0o400)):
        (tmp_path / name).mkdir()
        put(tmp_path / name, a_txt=NEWS)
        (tmp_path / name).chmod(mode)
    problems = read(tmp_path)[1]
    for name in ("closed", "listed"):
        (tmp_path / name).chmod(0o700)
    assert Problem("closed", "the folder cannot be read: Permission denied", "Check its permissions.") in problems
    assert Problem("listed/a.txt", "cannot be read: Permission denied", "Check its permissions.") in problems


def test_broken_links_and_pipes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert read(tmp_path)[1] == [
        Problem("a.txt", "cannot be read: No such file or directory", "Check its permissions."),
        Problem("b.txt", "is not a regular file", "Copy the article into a file of its own."),
    ]


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(NEWS, encoding="utf-8")
    assert names(read(tmp_path)[0]) == ["\ufffd.txt"]


def test_one_line_of_5_mb(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS.strip() * 40_000)
    [document], problems = read(tmp_path)
    assert (len(document.text), problems) == (len(NEWS.strip()) * 40_000, [])


def test_10000_tiny_files(tmp_path: Path) -> None:
    for n in range(10_000):
        (tmp_path / f"{n}.txt").write_text(NEWS, encoding="utf-8")
    begun = time.monotonic()
    assert len(read(tmp_path)[0]) == 10_000
    assert time.monotonic() - begun < 15
