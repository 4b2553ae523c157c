"""briefing store: copies, put back, cleared out and checked from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.store.database import Database
from briefing.store.run_lock import alone
from tests.cli.conftest import Run


@pytest.fixture
def kept(run: Run, news: Path, tmp_path: Path) -> Path:
    """A store with one article, where the settings say."""
    (tmp_path / "briefing.toml").write_text('inputs = ["store"]\n[paths]\nstore = "kept.db"\n[store]\nkeep_weeks = 1\n')
    assert run("keep", news).code == 0
    return tmp_path / "kept.db"


def test_a_backup_is_restored_and_checked(run: Run, kept: Path, tmp_path: Path) -> None:
    assert run("store", "backup", "copy.db").lines == ["copy.db"]
    kept.unlink()
    assert run("store", "restore", "copy.db").code == 0
    ran = run("store", "check")
    assert (ran.code, "        1 documents" in ran.lines, ran.lines[-1].startswith(f"whole     {kept}")) == (0, True, True)
    assert len(run("articles").lines) == 1
    refused = run("store", "restore", "copy.db")
    assert (refused.code, "--force" in refused.err) == (2, True)
    forced = run("store", "restore", "--force", "copy.db")
    assert (forced.code, "The store as it was: " in forced.err) == (0, True)
    kept.write_bytes(b"no database, but a letter of some length. " * 40)
    forced = run("store", "restore", "--force", "copy.db")
    assert (forced.code, "ask before you send again" in forced.err) == (0, True)


def test_a_folder_named_with_a_slash_is_made_for_the_backup(run: Run, kept: Path, tmp_path: Path) -> None:
    (line,) = run("store", "backup", "old/copies/").lines
    assert line.startswith("old/copies/store-") and (tmp_path / line).is_file()
    (tmp_path / "taken").write_text("a file")
    refused = run("store", "backup", "taken/")
    assert (refused.code, "no folder can be made there" in refused.err) == (2, True)


def test_without_a_store_nothing_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "kept.db"\n')
    for command in (("backup", "b.db"), ("check",), ("prune",), ("restore", "b.db")):
        assert run("store", *command).code == 4
    assert not (tmp_path / "kept.db").exists()


def test_damage_is_named(run: Run, kept: Path) -> None:
    with Database(kept) as database:
        database.execute("UPDATE documents SET content = zeroblob(9)")
    ran = run("store", "check")
    assert (ran.code, "damaged   the document" in ran.out, "store restore" in ran.err) == (1, True, True)


def test_pruning_follows_the_settings(run: Run, kept: Path, tmp_path: Path) -> None:
    with Database(kept) as database:
        database.execute("UPDATE origins SET fetched = '2020-01-06T00:00:00+00:00'")
    assert run("store", "prune", "--dry-run").lines[0].startswith("Would go: documents: 1,")
    assert len(run("articles").lines) == 1
    ran = run("store", "prune")
    assert (ran.code, ran.lines[0].startswith("Gone: documents: 1,"), "ledger looks 520 weeks back" in ran.err) == (0, True, True)
    assert "the store holds no documents" in run("articles").err
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "kept.db"\n')
    assert (run("store", "prune").code, "keep_weeks" in run("store", "prune").err) == (2, True)


def test_during_a_run_the_store_is_neither_replaced_nor_cleared(run: Run, kept: Path) -> None:
    run("store", "backup", "copy.db")
    with alone(kept):
        assert run("store", "prune").code == 75
        assert run("store", "restore", "--force", "copy.db").code == 75
        assert run("store", "backup", "copy.db").code == 0
