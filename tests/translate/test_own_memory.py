"""The user's own memory is whole at every moment, and what a file says beyond its pairs is never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import Config, Paths, Translate
from briefing.errors import ConfigError, OutputError
from briefing.translate.entry import Entry
from briefing.translate.memory import Memory
from briefing.translate.merging import Merged, merged
from briefing.translate.own_memory import memory_files, own_file, update, write_whole
from tests.translate.tmx_files import saved, tmx, unit

ROOT = Path(__file__).resolve().parents[2]


def adding(ar: str, en: str):  # type: ignore[no-untyped-def]
    """A change that takes one pair in."""
    return lambda own: merged(own, [Entry(ar, en, "test")])


def test_the_order_in_which_memories_are_asked(tmp_path: Path) -> None:
    own, team, beside = (saved(tmp_path, tmx(""), name) for name in ("memory.tmx", "team.tmx", "beside.tmx"))
    config = Config(base=tmp_path, translate=Translate(memory=("team.tmx", "memory.tmx")))
    assert memory_files(config, [tmp_path / "." / "team.tmx", beside]) == [own, team, beside]


def test_a_memory_of_ones_own_may_be_missing_unless_it_is_named(tmp_path: Path) -> None:
    assert memory_files(Config(base=tmp_path), []) == []
    assert memory_files(Config(base=tmp_path, paths=Paths(memory="")), []) == []
    with pytest.raises(ConfigError, match=r"paths\.memory: .*mine\.tmx does not exist"):
        memory_files(Config(base=tmp_path, paths=Paths(memory="mine.tmx")), [])
    with pytest.raises(ConfigError, match="is empty"):
        own_file(replace(Config(base=tmp_path), paths=Paths(memory="")))


def test_a_memory_is_made_and_added_to(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "memory.tmx"
    update(path, adding("نعم", "yes"))
    update(path, adding("لا", "no"))
    assert [entry.en for entry in Memory.from_files([path])] == ["no", "yes"]
    assert [p.name for p in path.parent.iterdir()] == ["memory.tmx"]


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    update(path, adding("نعم", "yes"))
    os.utime(path, (1, 1))
    update(path, adding("نَعَم", "yes"))
    assert path.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("units", "what"),
    [
        ("<tu><note>seen</note>" + unit("نعم", "yes")[4:], "1 units with notes or properties"),
        (unit("نعم", "<hi>yes</hi>"), "inline codes"),
        (unit("نعم", "yes") + unit("نعم", "aye"), "1 sentences with several translations"),
        (unit("نعم", ""), "1 units with an empty side"),
        ('<tu><tuv xml:lang="fr"><seg>oui</seg></tuv></tu>', "1 units without Arabic"),
    ],
)
def test_a_file_that_says_more_is_left_alone(tmp_path: Path, units: str, what: str) -> None:
    path = saved(tmp_path, tmx(units), "memory.tmx")
    before = path.read_bytes()
    with pytest.raises(ConfigError, match=what) as caught:
        update(path, adding("لا", "no"))
    assert "briefing memory import memory-before.tmx" in caught.value.next_step
    assert path.read_bytes() == before


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "memory.tmx"
    update(path, adding("نعم", "yes"))
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"memory\.tmx: cannot be written: No space left"):
        update(path, adding("لا", "no"))
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_a_link_and_its_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    target, link = tmp_path / "team" / "shared.tmx", tmp_path / "memory.tmx"
    update(target, adding("نعم", "yes"))
    target.chmod(0o640)
    link.symlink_to(target)
    update(link, adding("لا", "no"))
    assert link.is_symlink() and len(Memory.from_files([target])) == 2 and target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["no/own.tmx", "folder"])
def test_what_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=name):
        write_whole(tmp_path / name, b"")


ADD = """
import sys
from pathlib import Path
from briefing.translate.entry import Entry
from briefing.translate.merging import merged
from briefing.translate.own_memory import update
for n in range(8):
    update(Path(sys.argv[1]), lambda own: merged(own, [Entry(f"{sys.argv[2]} {n} ب", "x", "")]))
"""


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen([sys.executable, "-c", ADD, str(path), name], env=environment) for name in ("ا", "ت", "ج")]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert len(Memory.from_files([path])) == 24


def test_the_change_sees_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    update(path, adding("نعم", "yes"))
    seen: list[str] = []

    def look(own: Mapping[str, Entry]) -> Merged:
        seen.extend(own)
        return merged(own, [])

    update(path, look)
    assert seen == ["نعم"]
