"""What the stage "build" adds to a build: the formats that others start from, and an end to what a killed one left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefing.config import Config
from briefing.deliver.wiki.settings import Publish
from briefing.job.building import clear, formats, on_disk


def test_what_is_sent_and_published_is_always_built() -> None:
    config = Config(formats=("pdf",))
    assert formats(config) == ("pdf", "json")
    assert formats(replace(config, publish=(Publish(),))) == ("pdf", "json", "md")
    assert formats(Config()) == Config().formats


def test_only_what_a_killed_build_left_is_taken_away(tmp_path: Path) -> None:
    for name in (".brief.json.x1y2.tmp", ".other.x.tmp", "brief.json", ".hidden", "brief.tmp"):
        (tmp_path / name).write_bytes(b"x")
    clear(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".other.x.tmp", "brief.json", ".hidden", "brief.tmp"}
    clear(tmp_path / "none")


def test_a_brief_is_known_by_its_content(tmp_path: Path) -> None:
    assert on_disk(tmp_path) is None
    (tmp_path / "brief.json").write_bytes(b"")
    assert on_disk(tmp_path) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
