"""Each kind of bad input: its message, its place and its next step."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from briefing.model import Problem
from tests.ingest.folders import NEWS, names, put, read

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
        (
            "a.jsonl",
            b'{\n"content":\n"x"}',
            "a.jsonl",
            "is one JSON document, not one object per line",
            "Rename it to end in .json.",
        ),
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
    assert read(tmp_path)[1] == [
        Problem("a.txt", "is too large: 21.0 MB, at most 20 MB are read", "Split it into smaller files.")
    ]


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


@pytest.mark.slow
def test_one_line_of_5_mb(tmp_path: Path) -> None:
    put(tmp_path, a_txt=NEWS.strip() * 40_000)
    [document], problems = read(tmp_path)
    assert (len(document.text), problems) == (len(NEWS.strip()) * 40_000, [])


@pytest.mark.slow
def test_10000_tiny_files(tmp_path: Path) -> None:
    for n in range(10_000):
        (tmp_path / f"{n}.txt").write_text(NEWS, encoding="utf-8")
    begun = time.monotonic()
    assert len(read(tmp_path)[0]) == 10_000
    assert time.monotonic() - begun < 15
