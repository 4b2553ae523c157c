"""Removing models: by name, one at a time, and never anything outside their folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError, UsageError
from briefing.translate import models, removal
from briefing.translate.models import ModelInfo
from tests.translate.test_work_folder import holder

Installed = Callable[..., ModelInfo]


@pytest.fixture
def there(installed: Installed) -> Path:
    """The folder of an added model; "mine" lies beside it."""
    installed("mine")
    return installed().path


@pytest.mark.parametrize("name", ["opus-mt-ar-en", "Helsinki-NLP/opus-mt-ar-en", "Helsinki-NLP--opus-mt-ar-en"])
def test_a_model_is_removed_by_its_name(name: str, there: Path, config: Config) -> None:
    removal.remove(removal.choose(name, config), config)
    assert [path.name for path in config.models_dir.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["", ".", "..", "../outside", "/", "mine/..", "mine/model.bin", "./mine", "none", "*", "MINE"])
def test_other_names_remove_nothing(name: str, there: Path, config: Config, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    with pytest.raises(EngineError, match="there is no model") as caught:
        removal.choose(name, config)
    assert "mine" in caught.value.next_step


def test_an_absolute_path_is_no_name_even_of_a_model(there: Path, config: Config) -> None:
    with pytest.raises(EngineError, match="there is no model"):
        removal.choose(str(there), config)


def test_only_what_lies_among_the_models_is_removed(there: Path, config: Config, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for folder in (outside, config.models_dir, config.models_dir / "..", there / "sub"):
        with pytest.raises(EngineError, match="is not in"):
            removal.remove(folder, config)
    assert outside.is_dir() and there.is_dir()


def test_a_name_of_several_removes_none(there: Path, installed: Installed, config: Config) -> None:
    installed("someone/mine")
    installed("else/mine")
    removal.remove(removal.choose("mine", config), config)  # the whole name of one goes before the end of others
    with pytest.raises(UsageError, match="may be any of 2") as caught:
        removal.choose("mine", config)
    assert "else--mine, someone--mine" in caught.value.next_step
    assert removal.choose("else--mine", config) == config.models_dir / "else--mine"


def test_damaged_models_and_unfinished_pulls_can_be_removed(there: Path, config: Config) -> None:
    (there / models.CARD).write_text("{", encoding="utf-8")
    removal.remove(removal.choose("opus-mt-ar-en", config), config)
    unfinished = config.models_dir / ".pull-someone--else"
    unfinished.mkdir()
    assert removal.choose("someone/else", config) == unfinished
    removal.remove(unfinished, config)
    assert [path.name for path in config.models_dir.iterdir()] == ["mine"]


def test_a_pull_that_is_under_way_is_not_removed(config: Config) -> None:
    folder = config.models_dir / ".pull-someone--else"
    process = holder(folder)
    with pytest.raises(EngineError, match="another process"):
        removal.remove(folder, config)
    process.kill()
    process.communicate()
    assert folder.is_dir()


def test_a_link_goes_and_what_it_leads_to_stays(there: Path, config: Config, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    there.rename(elsewhere)
    there.symlink_to(elsewhere)
    removal.remove(removal.choose("opus-mt-ar-en", config), config)
    assert not os.path.lexists(there) and (elsewhere / "model.bin").is_file()
