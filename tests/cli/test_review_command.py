"""briefing review from the command line: which brief, what --list says, and what is refused before anything starts."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Run

BUILD = ("build", "news", "--week", "--now", "2024-11-18T06:00Z", "--format", "json", "--engine", "gloss")


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")


def test_list_says_where_each_item_stands_and_starts_nothing(run: Run, tmp_path: Path) -> None:
    assert run(*BUILD).code in (0, 3)
    made = run("review", "--list")
    assert made.code == 3 and "open" in made.lines[0] and made.lines[0].startswith("S1")
    assert "0 of" in made.err
    assert not (tmp_path / "store.db").exists()


def test_list_ends_well_when_all_was_looked_at_and_built_since(run: Run, tmp_path: Path) -> None:
    from briefing.store.database import Database
    from briefing.store.revisions import Change, Revisions

    run(*BUILD)
    brief = json.loads((tmp_path / "out" / "2024-W46" / "brief.json").read_text(encoding="utf-8"))
    section = brief["sections"][0]
    items = [*(i for g in section["statements"] for i in g["items"]), *section["agreements"], *section["events"]]
    parts = [(part, item) for item in items for part in item["parts"]]
    changes = [Change(p["key"], "verdict", "accept", (p["seen"],), {"en": item["en"], "ar": item["ar"]}) for p, item in parts]
    gone = Change("0" * 64, "verdict", "accept", ("a.b",), {"en": "A line of last week", "ar": "سطر"})
    with Database(tmp_path / "store.db") as database:
        Revisions(database).add("2024-W46", [*changes, gone], "Rana", 0)
    said = run("review", "--list")
    assert said.code == 3 and "not in the brief yet" in said.err
    run(*BUILD)
    said = run("review", "--list", "--week", "2024-W46")
    assert said.code == 0 and "no longer matches: A line of last week (accepted, Rana)" in said.lines


def test_a_week_that_was_not_built_is_said_with_what_to_do(run: Run) -> None:
    said = run("review", "--week", "2024-W40")
    assert said.code == 4 and "briefing build --week 2024-W40" in said.err


def test_a_port_that_is_taken_is_said(run: Run) -> None:
    run(*BUILD)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = run("review", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert said.code == 2 and "--port" in said.err


def test_somebody_has_to_be_named(run: Run) -> None:
    run(*BUILD)
    assert run("review", "--as", "  ").code == 2
