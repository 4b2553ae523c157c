"""--extract: an extractor of one's own serves build and inspect, and a name that is none is said before any work."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.brief_model import Brief
from briefing.extract.extractor import Cut, Found
from briefing.extract.rules import Drafts
from briefing.model import ExtractorInfo
from briefing.progress import Track
from tests.cli.conftest import Run


class Nothing:
    """An extractor that finds nothing and says so."""

    infos = (ExtractorInfo("nothing", "", "nothing:1", "Nothing was looked for."),)

    def find(self, articles: Sequence[Cut], track: Track) -> Iterator[Found]:
        """No items."""
        return (Found(Drafts((), (), ())) for _ in track(articles, "Passing over"))

    def summarise(self, brief: Brief) -> Brief:
        """The brief with another title."""
        return replace(brief, title="Nothing")


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an extractor that is no part of the program."""
    module = types.ModuleType("own_extractor")
    module.create = lambda config, notify: Nothing()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "own_extractor", module)
    return "own_extractor:create"


def test_inspect_uses_the_extractor_that_is_named(run: Run, news: Path, own: str) -> None:
    assert "statement:" in run("inspect", news / "bridge.txt").out
    assert "statement:" not in run("inspect", news / "bridge.txt", "--extract", own).out


def test_build_uses_the_one_that_is_named_else_that_of_the_settings(run: Run, news: Path, own: str, tmp_path: Path) -> None:
    build = ("build", news, "--engine", "gloss", "--format", "md")
    (tmp_path / "briefing.toml").write_text(f'[extract]\nengine = "{own}"', encoding="utf-8")
    for more in ((), ("--extract", own)):
        made = Path(run(*build, *more).lines[0]).read_text("utf-8")
        assert made.startswith("# Nothing") and "Nothing was looked for" in made and "found by rules" not in made
    assert "found by rules" in Path(run(*build, "--extract", "rules").lines[0]).read_text("utf-8")


@pytest.mark.parametrize("command", ["build", "inspect"])
def test_a_name_that_is_none_is_an_error(run: Run, news: Path, command: str) -> None:
    ran = run(command, news / "bridge.txt", "--extract", "guess")
    assert (ran.code, "Known extractors: rules" in ran.err) == (2, True)
