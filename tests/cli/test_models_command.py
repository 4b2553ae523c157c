"""briefing models: a model copied by hand is converted, listed and used; trouble is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.translate import tiny_models


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole Marian directory with random weights."""
    return tiny_models.random_marian(tmp_path_factory.mktemp("random") / "opus-mt-ar-en")


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[paths]\nmodels = "models"\n', encoding="utf-8")


def test_an_empty_list_says_how_to_add_one(run: Run) -> None:
    ran = run("models", "list")
    assert (ran.code, ran.out, "briefing models add DIR" in ran.err) == (0, "", True)


def test_a_model_that_is_added_is_listed_and_used(run: Run, directory: Path, news: Path, tmp_path: Path) -> None:
    added = run("models", "add", directory)
    assert added.code == 0
    assert added.lines[0].startswith("* ") and "opus-mt-ar-en" in added.lines[0] and "licence Apache-2.0" in added.lines[0]
    assert run("models", "list").lines == added.lines
    verbose = run("models", "list", "-v").out
    assert str(tmp_path / "models") in verbose and "sha256" in verbose
    assert run("build", news, "--week", "--format", "json").code in (0, 3)
    made = json.loads((tmp_path / "out/2024-W46/brief.json").read_text("utf-8"))
    assert (made["engine"]["name"], made["engine"]["notice"]) == ("ctranslate2", "")


def test_with_several_models_the_config_has_to_choose(run: Run, directory: Path) -> None:
    run("models", "add", directory, "--name", "one")
    run("models", "add", directory, "--name", "two")
    ran = run("models", "list")
    assert [line[0] for line in ran.lines] == [" ", " "]
    assert "translate.model" in ran.err


@pytest.mark.parametrize("bad", ["nowhere", "news", "news/bridge.txt"])
def test_what_is_no_model_is_named(run: Run, news: Path, bad: str) -> None:
    ran = run("models", "add", bad)
    assert (ran.code, bad in ran.err) == (5, True)
