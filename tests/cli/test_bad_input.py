"""Whatever is put in: a clear message that says what to do, or a Problem in the brief; never a traceback, never silence."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ARTICLE, Ran, Run

GLOSS = ("--week", "--engine", "gloss", "--format", "json")
WORDS = "قال الوزير في المدينة إن العمل في الطريق الساحلي سيبدأ يوم الخميس بعد موافقة المجلس على الخطة"
LATIN_1 = "Le ministre a déclaré que la route sera rouverte à Noël, après des années de travaux. "
BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("bad.txt", b"", "is empty"),
    "only a byte order mark": ("bad.txt", b"\xef\xbb\xbf", "is empty"),
    "only white space": ("bad.txt", b" \r\n\t\n", "no Arabic letters"),
    "binary": ("bad.txt", bytes(range(256)) * 40, "binary"),
    "a PDF": ("bad.txt", b"%PDF-1.7\n\x00\x01", "a PDF"),
    "an image called a page": ("bad.html", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
    "no Arabic": ("bad.md", b"The minister said that the road would open.\n" * 9, "no Arabic letters"),
    "French": ("bad.txt", (LATIN_1 * 9).encode("latin-1"), ""),
    "another encoding": ("bad.txt", (ARTICLE * 3).encode("cp864", "ignore"), ""),
    "decoded wrongly before": ("bad.txt", WORDS.encode().decode("cp1252", "ignore").encode(), "Windows-1252"),
    "question marks": ("bad.txt", b"??? ?????? ??? ????? ?? ??????? " * 9, "question marks"),
    "cut UTF-16": ("bad.txt", b"\xff\xfe" + WORDS.encode("utf-16-le")[:-1], "damaged at byte offset"),
    "zeros in text": ("bad.txt", (WORDS + "\0" + WORDS).encode(), "zero byte at byte offset"),
    "damaged JSON": ("bad.json", b'{"content": "', "line 1, column"),
    "JSON without text": ("bad.json", b'{"title": "x"}', "has no text"),
    "JSON too deep": ("bad.json", b"[" * 100_000, "nested too deeply"),
    "JSON that is a number": ("bad.json", b"17", "not an object"),
    "an empty list": ("bad.json", b"[]", "empty list"),
    "a page without text": ("bad.html", b"<html><script>1</script></html>", "no Arabic letters"),
}


def problems(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "out/2024-W46/brief.json").read_text("utf-8"))["problems"]
    return found


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_beside_a_good_one_is_a_problem(run: Run, news: Path, tmp_path: Path, case: str) -> None:
    name, data, message = BAD[case]
    (news / name).write_bytes(data)
    assert run("build", news, *GLOSS).code == 3
    (problem,) = problems(tmp_path)
    assert problem["where"].startswith(f"news/{name}")
    assert message in problem["message"]
    assert problem["next_step"]


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_alone_is_an_error_that_names_it(run: Run, tmp_path: Path, case: str) -> None:
    name, data, message = BAD[case]
    (tmp_path / name).write_bytes(data)
    ran = run("build", name, *GLOSS)
    assert ran.code == 4
    assert ran.err.startswith("Error: There is no article in the inputs")
    assert name in ran.err and message in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case", BAD)
def test_inspect_of_a_bad_file_prints_json_with_the_problem(run: Run, tmp_path: Path, case: str) -> None:
    name, data, message = BAD[case]
    (tmp_path / name).write_bytes(data)
    ran = run("inspect", "--json", name)
    found = json.loads(ran.out)
    assert (ran.code, found["articles"]) == (0, [])
    assert message in found["problems"][0]["message"]


def test_a_lone_surrogate_in_json_is_replaced(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "bad.json").write_text(json.dumps({"content": f"{WORDS}\ud800.", "published": "2024-11-13"}), encoding="utf-8")
    assert run("build", news, "--week", "--engine", "gloss").code == 0
    assert "\ufffd" in (tmp_path / "out/2024-W46/brief.json").read_text("utf-8")


# ---------------------------------------------------------------- size


def many(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(count):
        text = f"Published: 2024-11-{11 + n % 7}\n\n{WORDS} رقم {n}.\n"
        (folder / f"{n:05}.txt").write_text(text if n % 100 else "", encoding="utf-8")
    return folder


def count_all(run: Run, tmp_path: Path, count: int) -> None:
    ran = run("build", many(tmp_path, count), *GLOSS)
    assert (ran.code, len(problems(tmp_path))) == (3, count // 100)
    assert f"{count // 100} not read), {count // 100} problems" in ran.err
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert made["articles_used"] + len(made["also"]) == count - count // 100


@pytest.mark.slow
def test_five_hundred_tiny_files(run: Run, tmp_path: Path) -> None:
    count_all(run, tmp_path, 500)


@pytest.mark.slow
def test_ten_thousand_tiny_files(run: Run, tmp_path: Path) -> None:
    count_all(run, tmp_path, 10_000)


def one_line(run: Run, news: Path, tmp_path: Path, size: int, stop: str) -> None:
    line = (WORDS + stop) * (size // len((WORDS + stop).encode()) + 1)
    (news / "long.txt").write_text("Published: 2024-11-12\n\n" + line, encoding="utf-8")
    assert run("build", news, *GLOSS).code == 0
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert made["articles_used"] + len(made["also"]) == 2  # the long one alone may be more than the page budget
    assert len(made["sources"]) == made["articles_used"]


STOPS = pytest.mark.parametrize("stop", [". ", " "], ids=["sentences", "no full stop at all"])


@pytest.mark.slow
@STOPS
def test_one_line_of_a_hundred_kilobytes(run: Run, news: Path, tmp_path: Path, stop: str) -> None:
    one_line(run, news, tmp_path, 100_000, stop)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@STOPS
def test_one_line_of_five_megabytes(run: Run, news: Path, tmp_path: Path, stop: str) -> None:
    one_line(run, news, tmp_path, 5_000_000, stop)


# ---------------------------------------------------------------- files that cannot be read, places that cannot be written


def refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Root may read everything, so the refusal is made here."""
    real = Path.read_bytes

    def read(self: Path) -> bytes:
        if self.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", read)


def unreadable(ran: Ran, tmp_path: Path) -> None:
    assert ran.code == 3
    (problem,) = problems(tmp_path)
    assert problem["where"] == "news/locked.txt"
    assert "cannot be read: Permission denied" in problem["message"]
    assert "permissions" in problem["next_step"]


def test_an_unreadable_file_is_a_problem(run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (news / "locked.txt").write_text(ARTICLE, encoding="utf-8")
    refuse(monkeypatch, "locked.txt")
    unreadable(run("build", news, *GLOSS), tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "locked.txt").write_text(ARTICLE, encoding="utf-8")
    (news / "locked.txt").chmod(0)
    unreadable(run("build", news, *GLOSS), tmp_path)


@pytest.mark.parametrize("command", [["build"], ["weeks"], ["inspect"], ["inspect", "--lines"]])
def test_an_input_that_does_not_exist_suggests_a_neighbour(run: Run, news: Path, command: list[str]) -> None:
    ran = run(*command, news / "bridg.txt")
    assert ran.code == 4
    assert "bridg.txt" in ran.err
    assert ran.out == ""


def test_a_file_where_the_output_folder_should_be_is_said_before_any_work(run: Run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    ran = run("build", news, *GLOSS)
    assert (ran.code, "is a file where a folder is needed" in ran.err, "--out" in ran.err) == (6, True, True)
    assert "Reading" not in ran.err


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for one page."""
    place = tmp_path / "tiny"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system can be mounted here; the test with a failing fsync stands in")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_no_disk_space(run: Run, news: Path, tiny_disk: Path) -> None:
    ran = run("build", news, *GLOSS, "--out", tiny_disk)
    assert (ran.code, "No space left on device" in ran.err, "Free some disk space" in ran.err) == (6, True, True)
    assert not any(path.is_file() for path in tiny_disk.rglob("*"))


def test_no_disk_space_when_the_file_is_flushed(run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fallback where nothing can be mounted: fsync reports what a full disk would."""
    run("build", news, *GLOSS)
    before = (tmp_path / "out/2024-W46/brief.json").read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    ran = run("build", news, *GLOSS, "--now", "2030-01-01")
    assert (ran.code, "No space left on device" in ran.err, "Free some disk space" in ran.err) == (6, True, True)
    assert [p.name for p in (tmp_path / "out/2024-W46").iterdir()] == ["brief.json"]
    assert (tmp_path / "out/2024-W46/brief.json").read_bytes() == before  # the old brief is whole


# ---------------------------------------------------------------- configuration, engines


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('tilte = "x"', "unknown key tilte"),
        ("title = ", "is not valid TOML"),
        ("title = 3", "title must be a string"),
        ("[translate]\nbeem = 3", "translate.beem"),
        ('timezone = "Mars/Base"', "timezone 'Mars/Base' is not known"),
        ('translate = "gloss"', "must be a table"),
    ],
)
@pytest.mark.parametrize("command", ["build", "weeks", "doctor", "models list"])
def test_a_broken_config_names_file_and_key(run: Run, tmp_path: Path, command: str, toml: str, said: str) -> None:
    (tmp_path / "briefing.toml").write_text(toml, encoding="utf-8")
    ran = run(*command.split())
    assert ran.code == 2
    assert "briefing.toml: " in ran.err and said in ran.err


def test_a_config_that_does_not_exist_is_said(run: Run, news: Path) -> None:
    ran = run("build", news, "--config", "nowhere.toml")
    assert (ran.code, "nowhere.toml: cannot be read" in ran.err, "briefing init" in ran.err) == (2, True, True)


def test_a_broken_dates_file_is_a_problem(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "dates.toml").write_text("{", encoding="utf-8")
    assert run("build", news, *GLOSS).code == 3
    (problem,) = problems(tmp_path)
    assert problem["where"] == "news/dates.toml"
    assert "none of its dates was used" in problem["message"]


def test_a_stated_date_that_is_none_is_a_problem(run: Run, news: Path, tmp_path: Path) -> None:
    (news / "dates.toml").write_text('"bridge.txt" = "soon"', encoding="utf-8")
    ran = run("build", news, *GLOSS)
    assert (ran.code, "news/bridge.txt: the date stated for it, 'soon', could not be read" in ran.err) == (4, True)
    (news / "second.txt").write_text(ARTICLE.replace("الجسر", "النفق"), encoding="utf-8")
    assert run("build", news, *GLOSS).code == 3
    assert "'soon'" in problems(tmp_path)[0]["message"]


def test_a_broken_memory_names_the_file(run: Run, news: Path) -> None:
    (news / "memory.tmx").write_text("<tmx", encoding="utf-8")
    ran = run("build", news, *GLOSS)
    assert (ran.code, "memory.tmx" in ran.err) == (2, True)


def test_a_missing_model_says_how_to_add_one(run: Run, news: Path, tmp_path: Path) -> None:
    ran = run("build", news, "--engine", "ctranslate2")
    assert (ran.code, "briefing models add DIR" in ran.err) == (5, True)
    assert not (tmp_path / "out").exists()


def test_an_unknown_engine_lists_the_known_ones(run: Run, news: Path) -> None:
    ran = run("build", news, "--engine", "google")
    assert (ran.code, "auto, ctranslate2, transformers, gloss" in ran.err) == (2, True)


def test_without_a_model_auto_says_so_and_builds(run: Run, news: Path, tmp_path: Path) -> None:
    ran = run("build", news, "--week", "--format", "json")
    assert ran.code == 0
    assert "No translation model was used" in ran.err
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert "briefing models add DIR" in made["engine"]["notice"]


# ---------------------------------------------------------------- text that does things

HOSTILE = (
    "قال وزير النقل سامي الحداد إن \u202eالجسر\u202c <script>alert(1)</script> سيفتح <img src=x onerror=alert(2)> "
    "يوم الخميس [هنا](javascript:alert(3)) و{{ 7 * 7 }} \u2066مساء\u2069 \x1b[31m \x07 &lt;b&gt; <!-- -->."
)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_bidi_controls_and_html_are_inert_in_every_output(run: Run, news: Path, tmp_path: Path) -> None:
    from lxml import html as pages
    from pypdf import PdfReader

    text = f"Published: 2024-11-12\nTitle: <b>عنوان</b> \u202eمقلوب للخبر\n\n{HOSTILE}\n"
    (news / "bridge.txt").write_text(text, encoding="utf-8")
    assert run("build", news, "--week", "--engine", "gloss").code in (0, 3)
    folder = tmp_path / "out/2024-W46"
    page = pages.fromstring((folder / "brief.html").read_bytes())
    assert page.xpath("//script | //img | //b[contains(., 'عنوان')] | //@onerror | //@href[contains(., 'script:')]") == []
    assert "<script>alert(1)" in page.text_content()  # shown, not run
    markdown = (folder / "brief.md").read_text("utf-8")
    assert "<script" not in markdown and "<img" not in markdown and "(javascript:" not in markdown
    reader = PdfReader(folder / "brief.pdf")
    printed = "".join(p.extract_text() for p in reader.pages)
    for shown in (page.text_content(), markdown, printed):
        assert not set(shown) & {*BIDI, "\x1b", "\x07"}
    for shown in (page.text_content(), unescape(re.sub(r"</?bdi[^>]*>|\\", "", markdown))):
        assert "{{ 7 * 7 }}" in shown  # a template in the text is text
    links = [a.get_object().get("/A", {}).get("/URI", "") for p in reader.pages for a in p.get("/Annots") or []]
    assert not any("script" in str(link) for link in links)


def test_json_keeps_the_text_letter_for_letter(run: Run, news: Path) -> None:
    (news / "bridge.txt").write_text(HOSTILE, encoding="utf-8")
    found = json.loads(run("inspect", "--json", news / "bridge.txt").out)
    assert found["text"] == HOSTILE


def test_inspect_for_people_sends_no_control_character_to_the_terminal(run: Run, news: Path) -> None:
    (news / "bridge.txt").write_text(f"{HOSTILE}\n", encoding="utf-8")
    ran = run("inspect", "-v", news / "bridge.txt")
    assert not set(ran.out) & {*BIDI, "\x1b", "\x07"}
