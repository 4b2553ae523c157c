"""The glossary beside the settings, seen from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.config import Config
from briefing.model import EngineInfo, Translation
from briefing.render.schema import schema
from briefing.translate.engine import Engine
from tests.cli.conftest import Run

ENGINE = ("--engine", f"{__name__}:create")
ARTICLE = "Published: 2024-11-14\n\nقال وزير النقل سامي الحداد إن الطريق إلى تل العقبان في إدلب سيفتح يوم الخميس.\n"
GLOSSARY = '[[name]]\nar = "تل العقبان"\nen = "Tell Uqban"\nvariants = ["Eagles Hill"]\n'
ENGLISH = "Transport Minister Sami al-Haddad said that the road to Eagles Hill in Edlib will be opened on Thursday."


class Fixed:
    """An engine that says one thing."""

    info = EngineInfo("fixed", "", "", "Translation engine: fixed")
    signature = "fixed:1"

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """The same English for everything."""
        return [Translation(ENGLISH, self.signature, "machine") for _ in sources]


def create(config: Config, notify: Callable[[str], None]) -> Engine:
    """The factory that the tests name as "package.module:function"."""
    return Fixed()


@pytest.fixture(autouse=True)
def _project(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', "utf-8")
    (tmp_path / "glossary.toml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARTICLE, "utf-8")


def test_a_brief_has_the_forms_and_says_what_was_replaced(run: Run, tmp_path: Path) -> None:
    for _ in range(2):  # the second time from the store
        assert run("build", "news", "--week", "--format", "md,json", "--now", "2024-11-18T06:00Z", *ENGINE).code == 0
        brief = json.loads((tmp_path / "out" / "2024-W46" / "brief.json").read_text("utf-8"))
        Draft202012Validator(schema("briefing.brief/1")).validate(brief)
        (cited,) = brief["sources"][0]["cited"]
        assert "Tell Uqban in Idlib" in cited["translation"]["en"]
        assert [(r["before"], r["after"], r["why"]) for r in cited["translation"]["replaced"]] == [
            ("Eagles Hill", "Tell Uqban", "variant"),
            ("Edlib", "Idlib", "variant"),
        ]
        assert all(ARTICLE.count(cited["ar"][r["start"] : r["end"]]) for r in cited["translation"]["replaced"])
        text = (tmp_path / "out" / "2024-W46" / "brief.md").read_text("utf-8")
        assert "Tell Uqban" in text and "Eagles Hill" not in text and "Edlib" not in text


def test_inspect_shows_it_on_request(run: Run) -> None:
    quiet, told = run("inspect", *ENGINE, "news/a.txt").out, run("inspect", "-v", *ENGINE, "news/a.txt").out
    assert "put in" not in quiet
    assert re.search(r"sentence 1, put in: Tell Uqban for Eagles Hill \(variant\)", told)
    printed = json.loads(run("inspect", "--json", *ENGINE, "news/a.txt").out)
    Draft202012Validator(schema("briefing.inspect/1")).validate(printed)
    assert [r["after"] for r in printed["articles"][0]["sentences"][0]["replaced"]] == ["Tell Uqban", "Idlib"]


def test_a_mistake_ends_the_command_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text('[[name]]\nar = "تل"\n', "utf-8")
    ran = run("build", "news", "--week", *ENGINE)
    assert ran.code == 2 and "glossary.toml: line 1: name تل: lacks en" in ran.err


def test_a_glossary_that_is_named_must_be_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nglossary = "terms.toml"\n', "utf-8")
    ran = run("build", "news", "--week", *ENGINE)
    assert ran.code == 2 and "paths.glossary" in ran.err and "terms.toml does not exist" in ran.err


def test_the_example_of_a_new_project_can_be_taken_into_use(run: Run, tmp_path: Path) -> None:
    assert run("init", "monday").code == 0
    file = tmp_path / "monday" / "glossary.toml"
    file.write_text(re.sub(r"^#(?=\[\[|\w+ = )", "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    ran = run("doctor", "-v", "--config", str(tmp_path / "monday" / "briefing.toml"))
    assert "2 names and terms" in ran.out + ran.err
