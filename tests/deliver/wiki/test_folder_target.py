"""Pages in a folder: kept up to date, whole, and never through a link or out of the folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from briefing.deliver.wiki.folder_target import publish
from briefing.deliver.wiki.page_folder import PageFolder
from briefing.deliver.wiki.page_set import LIST
from briefing.deliver.wiki.settings import Publish
from briefing.errors import OutputError
from tests.deliver.wiki.told import brief, counts, order, sample

SETTINGS = Publish(name="f", to="folder", path="pages")
OLD, NEW = sample()


def files(folder: Path) -> dict[str, bytes]:
    root = folder / "pages"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_second_week_changes_what_it_must_and_a_third_time_nothing(tmp_path: Path) -> None:
    made = publish(order(SETTINGS, [OLD], tmp_path)).changes
    assert counts(made) == (len(files(tmp_path)) - 1, 0, 0, 0) and not made.unchanged
    later = publish(order(SETTINGS, [OLD, NEW], tmp_path)).changes
    assert later.created and later.updated and not later.removed and not later.conflicts
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "pages").rglob("*")}
    assert not publish(order(SETTINGS, [OLD, NEW], tmp_path)).changes.anything
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "pages").rglob("*")}


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert counts(publish(order(SETTINGS, [OLD], tmp_path, dry=True)).changes)[0] > 4
    assert not (tmp_path / "pages").exists()
    publish(order(SETTINGS, [OLD], tmp_path))
    before = files(tmp_path)
    assert publish(order(SETTINGS, [OLD, NEW], tmp_path, dry=True)).changes.anything
    assert files(tmp_path) == before


def test_an_edited_page_is_left_and_said_so_and_pages_of_others_stay(tmp_path: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    index, own = tmp_path / "pages/index.md", tmp_path / "pages/people/notes.md"
    index.write_text(index.read_text() + "\nA note.\n")
    own.write_text("Mine.\n")
    found = publish(order(SETTINGS, [OLD, NEW], tmp_path)).changes
    assert found.conflicts == ("index.md",) and index.read_text().endswith("A note.\n") and own.read_text() == "Mine.\n"
    index.unlink()
    assert publish(order(SETTINGS, [OLD, NEW], tmp_path)).changes.created == ("index.md",)


def test_what_is_no_longer_made_goes_unless_somebody_edited_it(tmp_path: Path) -> None:
    publish(order(SETTINGS, [OLD, NEW], tmp_path))
    people = sorted((tmp_path / "pages/people").glob("[!i]*.md"))
    edited = people[0]
    edited.write_text(edited.read_text() + "A note.\n")
    found = publish(order(SETTINGS, [OLD, brief("2024-W46")], tmp_path)).changes
    left = [path.name for path in (tmp_path / "pages/people").glob("[!i]*.md")]
    assert edited.name in left and len(left) == 2 and found.conflicts == (f"people/{edited.name}",)
    assert (tmp_path / "pages/weeks/2024-W45.md").exists()


def test_a_week_whose_markdown_is_gone_keeps_its_page(tmp_path: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    page = (tmp_path / "pages/weeks/2024-W45.md").read_bytes()
    publish(order(SETTINGS, [type(OLD)(OLD.week, OLD.tree), NEW], tmp_path))
    assert (tmp_path / "pages/weeks/2024-W45.md").read_bytes() == page
    assert "weeks/2024-W45.md" in (tmp_path / "pages/index.md").read_text()


def test_weeks_that_the_store_lost_are_not_taken_out_of_the_pages_in_silence(tmp_path: Path) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    before = files(tmp_path)
    with pytest.raises(OutputError, match="2024-W45") as error:
        publish(order(SETTINGS, [NEW], tmp_path))
    assert "--drop-weeks" in error.value.next_step and files(tmp_path) == before
    assert publish(order(SETTINGS, [NEW], tmp_path, drop=True)).changes.updated
    assert not publish(order(SETTINGS, [NEW], tmp_path)).changes.anything, "they are asked after once"
    assert (tmp_path / "pages/weeks/2024-W45.md").exists()


def test_a_run_that_was_killed_after_some_pages_is_made_up_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(order(SETTINGS, [OLD], tmp_path))
    whole, write, written = PageFolder.write, PageFolder.write, []

    def killed(self: PageFolder, place: str, text: str) -> None:
        written.append(place)
        if len(written) == 4:
            raise KeyboardInterrupt
        write(self, place, text)

    monkeypatch.setattr(PageFolder, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(order(SETTINGS, [OLD, NEW], tmp_path))
    monkeypatch.setattr(PageFolder, "write", whole)
    assert not publish(order(SETTINGS, [OLD, brief("2024-W46")], tmp_path)).changes.conflicts, "another brief, the same pages"
    once = files(tmp_path)
    (tmp_path / "other").mkdir()
    publish(order(SETTINGS, [OLD, brief("2024-W46")], tmp_path / "other"))
    assert files(tmp_path / "other") == once, "nothing is left of the run that was killed"


@pytest.mark.parametrize("place", ["people", "index.md", LIST])
def test_nothing_is_written_through_a_link(tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "pages").mkdir()
    target = outside if place == "people" else outside / "file.md"
    os.symlink(target, tmp_path / "pages" / place)
    with pytest.raises(OutputError, match="in the way"):
        publish(order(SETTINGS, [OLD], tmp_path))
    assert not list(outside.iterdir())


@pytest.mark.parametrize("place", ["../x.md", "a/../../x.md", "/x.md"])
def test_no_place_leads_out_of_the_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "pages").mkdir()
    folder = PageFolder(tmp_path / "pages")
    for act in (lambda: folder.write(place, "x"), lambda: folder.read(place), lambda: folder.remove(place)):
        with pytest.raises(OutputError, match="leads out"):
            act()
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize("listed", [["../../x.md"], ["/etc/x.md"], [".git/x.md"], ["x.txt"], [3], "x.md", None])
def test_a_list_of_pages_that_leads_elsewhere_is_not_used(tmp_path: Path, listed: object) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / LIST).write_text(json.dumps({"schema": "briefing.pages/1", "pages": listed}))
    with pytest.raises(OutputError, match="no list of pages"):
        publish(order(SETTINGS, [OLD], tmp_path))
