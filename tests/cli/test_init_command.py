"""briefing init: every setting with its default, and nothing that exists is touched."""

from __future__ import annotations

import re
import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from briefing.cli.init import COMMENTS, example
from briefing.config import Config, load
from briefing.config_tables import NOT_SETTINGS
from tests.cli.conftest import ARTICLE, Run


def keys(table: dict[str, object], prefix: str = "") -> set[str]:
    below = [keys(v, f"{prefix}{k}.") for k, v in table.items() if isinstance(v, dict)]
    return {prefix + k for k in table}.union(*below)


def listed(value: Any) -> Any:
    """The value as TOML has it, with lists for tuples."""
    if isinstance(value, dict):
        return {k: listed(v) for k, v in value.items()}
    return [listed(v) for v in value] if isinstance(value, tuple) else value


def test_every_setting_stands_there_with_a_comment_and_its_default() -> None:
    wanted = {k: v for k, v in asdict(Config()).items() if k not in NOT_SETTINGS}
    assert keys(wanted) == set(COMMENTS)
    without_ours = example().replace('\ninputs = ["inputs"]', "")
    table = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", without_ours, flags=re.MULTILINE))
    assert table == listed(wanted)


def test_a_new_project_has_settings_and_folders(run: Run, tmp_path: Path) -> None:
    ran = run("init", "monday")
    assert ran.code == 0
    made = {"briefing.toml", "glossary.toml", "topics.toml", "inputs", "out", "templates", "lexicon"}
    assert {path.name for path in (tmp_path / "monday").iterdir()} == made
    config = load(tmp_path / "monday" / "briefing.toml", tmp_path)
    assert replace(config, base=Path(), file=None) == replace(Config(), inputs=("inputs",))


def test_a_new_project_can_be_built_at_once(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "inputs" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("build", "--week", "--engine", "gloss", "--format", "md").code == 0
    assert (tmp_path / "out/2024-W46/brief.md").is_file()


def test_nothing_that_exists_is_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('title = "Mine"\ninputs = ["wire"]\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    ran = run("init")
    assert ran.code == 0
    assert "exists    briefing.toml (left as it is)" in ran.lines
    assert "exists    out (left as it is)" in ran.lines
    assert (tmp_path / "briefing.toml").read_text("utf-8") == 'title = "Mine"\ninputs = ["wire"]\n'
    assert (tmp_path / "wire").is_dir()


def test_a_place_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("init", "file/below")
    assert (ran.code, "cannot be made" in ran.err) == (6, True)
