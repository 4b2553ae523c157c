"""What was told while the store could not be used: once for one state of things, and anew when the store worked in between."""

from __future__ import annotations

from pathlib import Path

from briefing.store.told import is_new, note


def test_one_state_of_things_is_new_once(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    note(store, None)
    size = (tmp_path / "store.db.told").stat().st_size
    assert is_new(store, "no space: 12 kB left")
    note(store, "no space: 12 kB left")
    assert not is_new(store, "no space: 3 kB left") and is_new(store, "locked")
    assert (tmp_path / "store.db.told").stat().st_size == size  # written over in place
    note(store, None)
    assert is_new(store, "no space: 12 kB left")


def test_where_nothing_can_be_noted_everything_is_new(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    note(tmp_path / "file" / "store.db", "x")
    assert is_new(tmp_path / "file" / "store.db", "x")
