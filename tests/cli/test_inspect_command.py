"""briefing inspect: one object or several, --lines, nothing written, nothing asked of the network."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefing.ingest.files import ENDINGS
from briefing.render.schema import schema
from tests.cli.conftest import ARTICLE, Run
from tests.test_imports import observe

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = sorted(p for p in (ROOT / "seeds").iterdir() if p.suffix in ENDINGS and p.name != "README.md")
SCHEMA = Draft202012Validator(schema("briefing.inspect/1"))


def test_one_file_prints_one_object(run: Run, news: Path) -> None:
    ran = run("inspect", "--json", news / "bridge.txt")
    found = json.loads(ran.out)
    assert (ran.code, ran.err, found["schema"], found["file"]) == (0, "", "briefing.inspect/1", "news/bridge.txt")
    assert found["text"] == ARTICLE
    assert found["text_sha256"] == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert [s["en"] for a in found["articles"] for s in a["sentences"]] == [None, None, None]  # no engine was named


def test_several_files_print_an_object_with_files(run: Run, news: Path) -> None:
    (news / "empty.txt").touch()
    ran = run("inspect", "--json", news / "bridge.txt", news / "empty.txt")
    found = json.loads(ran.out)
    SCHEMA.validate(found)
    assert (ran.code, list(found), found["schema"]) == (0, ["schema", "files"], "briefing.inspect/1")
    assert [f["file"] for f in found["files"]] == ["news/bridge.txt", "news/empty.txt"]


def test_an_entry_of_a_jsonl_file_is_an_object_of_its_own(run: Run, news: Path) -> None:
    body = ARTICLE.split("\n\n")[1]
    (news / "wire.jsonl").write_text("".join(json.dumps({"content": f"{body} {n}", "title": "x"}) + "\n" for n in (1, 2)))
    found = json.loads(run("inspect", "--json", news / "wire.jsonl").out)
    assert [f["file"] for f in found["files"]] == ["news/wire.jsonl#1", "news/wire.jsonl#2"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.name)
def test_every_sample_fits_the_published_schema(run: Run, seed: Path) -> None:
    SCHEMA.validate(json.loads(run("inspect", "--json", seed).out))


def test_the_samples_with_a_translation_fit_it_too(run: Run) -> None:
    found = json.loads(run("inspect", "--json", "--engine", "gloss", *SEEDS).out)
    SCHEMA.validate(found)
    sentences = [s for f in found["files"] for a in f["articles"] for s in a["sentences"]]
    assert any(s["engine"] and s["engine"].startswith("memory:") for s in sentences)


def test_offsets_are_of_the_file_as_it_is(run: Run, news: Path) -> None:
    text = "قال الوزير:\r\n«سنفتح\u00a0الطـــريق\ufedf» \U0001f600 غدا.\r\nوأضاف أن العمل مستمر.\r\n" * 3
    (news / "crlf.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = json.loads(run("inspect", "--json", news / "crlf.txt").out)
    assert found["text"] == text


def test_people_see_items_dates_and_what_was_left_out(run: Run, news: Path) -> None:
    ran = run("inspect", news / "bridge.txt")
    assert "published: 2024-11-12 (stated by the user; confidence high)" in ran.out
    assert "header block" in ran.out
    assert re.search(r"^ +statement: Sami al-H", ran.out, re.MULTILINE)


# ---------------------------------------------------------------- --lines


def lines(run: Run, path: Path, *more: str) -> list[dict[str, Any]]:
    ran = run("inspect", "--lines", path, *more)
    assert ran.code == 0
    assert ran.out.isascii()
    found = [json.loads(line) for line in ran.out.splitlines()]
    for each in found:
        SCHEMA.validate(each)
    return found


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"\n\n", ["", ""]),
        (b"a", ["a"]),
        (b"a\r\n\r\nb\r\r\n", ["a", "", "b\r"]),
        ("أ\u2028ب\x0bج\x0cد\x85ه\rو\n".encode(), ["أ\u2028ب\x0bج\x0cد\x85ه\rو"]),
        (b"\xef\xbb\xbfx\n \t\n", ["x", " \t"]),
        (b"a\0b\nc\n", ["a\0b", "c"]),
        ("ا\nب".encode("utf-16"), ["ا", "ب"]),
        ("طط طق\nظ".encode("windows-1256"), ["طط طق", "ظ"]),
        (b"???????????????????????????????\n", ["?" * 31]),
    ],
)
def test_each_input_line_is_one_object(run: Run, news: Path, data: bytes, texts: list[str]) -> None:
    (news / "lines").write_bytes(data)
    found = lines(run, news / "lines")
    assert [f["text"] for f in found] == texts
    assert [f["line"] for f in found] == list(range(1, len(texts) + 1))


def test_offsets_start_again_in_each_line_and_nothing_is_cleaned(run: Run, news: Path) -> None:
    (news / "two.txt").write_text("اقرأ أيضا\n" + "قال الوزير إن الطريق مفتوح.\n" * 2, encoding="utf-8")
    first, second, third = lines(run, news / "two.txt")
    assert (first["excluded"], len(first["articles"])) == ([], 1)
    assert second["articles"][0]["kept"] == [{"start": 0, "end": len(second["text"])}]
    assert second["articles"][0]["statements"]
    strip = re.compile(r'"line": \d+')
    assert strip.sub("", json.dumps(second)) == strip.sub("", json.dumps(third))
    assert second["articles"][0]["title"] is None and second["articles"][0]["published"]["value"] is None


def test_lines_that_are_no_text_are_an_error_that_names_the_file(run: Run, news: Path) -> None:
    (news / "bad").write_bytes(b"\x89PNG\xff\x00")
    ran = run("inspect", "--lines", news / "bad")
    assert (ran.code, "bad: looks like a PNG image" in ran.err, ran.out) == (4, True, "")


# Text with a zero or 0x06 byte may be taken for UTF-16, which has them everywhere; that is decode's business.
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\x06\ufeff"), max_size=30), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=LINES)
def test_any_lines_come_back_one_for_one(run: Run, news: Path, texts: list[str]) -> None:
    kept = [text.replace("\n", " ").removesuffix("\r") for text in texts]
    (news / "any").write_bytes("".join(text + "\r\n" for text in kept).encode())
    assert [f["text"] for f in lines(run, news / "any")] == kept


# ---------------------------------------------------------------- nothing is written, nothing asked

INSPECT = """
import contextlib, io
from briefing.cli.main import main
with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")):
    try:
        main(["inspect", "--json", {path!r}])
    except SystemExit as end:
        outcome = end.code
"""


@pytest.mark.slow
def test_inspect_writes_nothing_and_asks_no_network(tmp_path: Path, news: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    seen = observe(INSPECT.format(path=str(news / "bridge.txt")), home)
    assert (seen["outcome"], seen["acts"], seen["threads"]) == (0, [], 1)
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_json_is_utf_8_whatever_the_locale(news: Path) -> None:
    command = [sys.executable, "-c", "from briefing.cli.main import main; main()", "inspect", "--json", str(news / "bridge.txt")]
    done = subprocess.run(command, env={"LANG": "C", "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["text"] == ARTICLE
