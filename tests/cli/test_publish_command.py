"""briefing publish: what it says, its exit codes, and what it keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli.main import main
from briefing.store.briefs import Briefs
from briefing.store.database import Database
from tests.deliver.wiki.told import HOSTILE, SAMI, entity, statement, tree

TABLES = '[paths]\nstore = "store.db"\n[[publish]]\nname = "desk"\nto = "folder"\npath = "pages"\n'


def put(folder: Path, week: str, en: str = "It was said.") -> None:
    out = folder / "out" / week
    out.mkdir(parents=True, exist_ok=True)
    made = tree(week, names=[entity(SAMI)], statements=[statement(1, SAMI, en=en)])
    (out / "brief.json").write_text(json.dumps(made, ensure_ascii=False))
    (out / "brief.md").write_text('# Monday brief\n\n<a id="s1"></a>A line.\n')


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "briefing.toml").write_text(TABLES)
    put(tmp_path, "2024-W46")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(["publish", *arguments])
    return int(end.value.code or 0)


def test_it_says_what_it_did_and_keeps_the_brief(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--week", "2024-W46") == 0
    assert capsys.readouterr().out == "desk: 5 made, 0 unchanged\n"
    assert run() == 0
    assert capsys.readouterr().out == "desk: nothing to change, 5 unchanged\n"
    with Database(project / "store.db") as database:
        assert [kept.week for kept in Briefs(database).newest()] == ["2024-W46"]


def test_earlier_weeks_are_known_after_out_is_deleted(project: Path) -> None:
    put(project, "2024-W45", en="It was said before.")
    assert run("--week", "2024-W45") == 0
    for file in (project / "out/2024-W45").iterdir():
        file.unlink()
    assert run("--week", "2024-W46") == 0
    person = next((project / "pages/people").glob("sami*.md")).read_text()
    assert "It was said before." in person and "../weeks/2024-W45.md#s1" in person
    assert (project / "pages/weeks/2024-W45.md").exists()


def test_a_dry_run_lists_and_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--dry-run") == 0
    out = capsys.readouterr().out
    assert "desk: 5 would be made" in out and "  would be made: weeks/2024-W46.md" in out
    assert not (project / "pages").exists() and not (project / "store.db").exists()


def test_an_edited_page_is_exit_code_3(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    (project / "pages/index.md").write_text("Mine.\n")
    assert run() == 3
    assert "index.md is not as we wrote it" in capsys.readouterr().err
    assert (project / "pages/index.md").read_text() == "Mine.\n"


def test_one_target_that_fails_does_not_stop_the_others(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "briefing.toml").write_text(TABLES + '[[publish]]\nname = "a"\nto = "git"\nurl = "missing.git"\n')
    assert run("--to", "a", "--to", "desk") == 6
    told = capsys.readouterr()
    assert "desk: 5 made" in told.out and "a: git clone" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--to", "other"), 2, "no [[publish]] table named other"),
        (("--week", "2024-W40"), 4, "briefing build --week 2024-W40"),
        (("--week", "all"), 4, "no such brief"),
        (("--week", "soon"), 2, "is not a week"),
    ],
)
def test_what_is_not_there_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
) -> None:  # fmt: skip
    assert run(*arguments) == code
    assert message in capsys.readouterr().err


def test_a_brief_of_all_articles_and_one_without_markdown_have_no_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(project, "all")
    assert run("--week", "all") == 2
    (project / "out/2024-W46/brief.md").unlink()
    assert run("--week", "2024-W46") == 4
    assert "has no brief.md" in capsys.readouterr().err and not (project / "pages").exists()


def test_without_a_table_it_says_how_to_add_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "briefing.toml").write_text("")
    assert run() == 2
    assert "there is no [[publish]] table" in capsys.readouterr().err


def test_hostile_text_is_text(project: Path) -> None:
    put(project, "2024-W46", en=HOSTILE)
    assert run() == 0
    assert not [page for page in (project / "pages").rglob("*.md") if "<script" in page.read_text()]
