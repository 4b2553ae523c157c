"""What lies among the models: whole ones, and every kind of thing that is none, with the next step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import models, pull
from briefing.translate.inventory import Unusable, inventory
from briefing.translate.models import ModelInfo

Installed = Callable[..., ModelInfo]
FOLDER = "Helsinki-NLP--opus-mt-ar-en"


@pytest.fixture
def there(installed: Installed) -> Path:
    """The folder of an added model."""
    return installed().path


def only(config: Config) -> Unusable:
    found, unusable = inventory(config)
    assert found == [] and len(unusable) == 1
    return unusable[0]


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "weights a byte short": (lambda d: shorten(d / "model.bin"), r"model\.bin: is damaged or cut short: \d+ bytes of \d+"),
    "empty weights": (lambda d: (d / "model.bin").write_bytes(b""), r"model\.bin: is empty"),
    "no weights": (lambda d: (d / "model.bin").unlink(), r"model\.bin: is missing"),
    "no vocabulary": (lambda d: (d / "shared_vocabulary.json").unlink(), r"no shared_vocabulary\.json"),
    "half a vocabulary": (lambda d: shorten(d / "shared_vocabulary.json"), r"shared_vocabulary\.json: is damaged or cut short"),
    "no tokeniser": (lambda d: (d / "source.spm").unlink(), r"source\.spm: is missing"),
    "a tokeniser cut short": (lambda d: (d / "target.spm").write_bytes(b"\x0a\x10"), r"target\.spm: is damaged or cut short"),
    "no config": (lambda d: (d / "config.json").unlink(), r"config\.json: is missing"),
    "a card that is no JSON": (lambda d: (d / models.CARD).write_text("{"), r"briefing-model\.json: cannot be read"),
    "a card of other things": (lambda d: (d / models.CARD).write_text("[]"), r"briefing-model\.json: cannot be read"),
    "a card without a name": (lambda d: (d / models.CARD).write_text("{}"), r"briefing-model\.json: cannot be read"),
    "nothing at all": (lambda d: (shutil.rmtree(d), d.mkdir()), r"is empty"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_model_is_named_with_what_to_do(kind: str, there: Path, config: Config) -> None:
    damage, message = DAMAGE[kind]
    damage(there)
    one = only(config)
    assert one.name == "Helsinki-NLP/opus-mt-ar-en" and one.path == there
    with pytest.raises(EngineError, match=message):
        raise EngineError(one.what)
    assert str(there) in one.what
    assert "briefing models pull opus-mt-ar-en" in one.next_step and "models remove" in one.next_step


def test_one_damaged_model_hides_no_other(there: Path, installed: Installed, config: Config) -> None:
    mine = installed("mine")
    shorten(there / "model.bin")
    found, unusable = inventory(config)
    assert found == [mine] and [one.path for one in unusable] == [there]


def test_a_model_of_ones_own_is_added_again_not_pulled(installed: Installed, config: Config) -> None:
    shorten(installed("mine").path / "model.bin")
    assert "briefing models add DIR" in only(config).next_step


def test_an_original_is_not_called_damaged(random_marian: Path, config: Config) -> None:
    original = shutil.copytree(random_marian, config.models_dir / FOLDER)
    one = only(config)
    assert "not converted" in one.what and one.next_step == f"Run: briefing models add {original}"


def test_an_original_under_its_own_name_is_converted_beside_itself(random_marian: Path, config: Config) -> None:
    original = Path(shutil.copytree(random_marian, config.models_dir / FOLDER))
    info = models.add(original, config, lambda line: None)
    assert info.path.name == f"{FOLDER}.int8" and (original / "model.safetensors").is_file()
    assert models.find(config, "Helsinki-NLP/opus-mt-ar-en") == models.present(config) == info


def test_an_unfinished_pull_says_how_far_it_is_and_of_which_revision(config: Config) -> None:
    folder = config.models_dir / f".pull-{FOLDER}"
    folder.mkdir(parents=True)
    note = {"name": "Helsinki-NLP/opus-mt-ar-en", "revision": "main", "bytes": 310_000_000}
    (folder / pull.NOTE).write_text(json.dumps(note), encoding="utf-8")
    (folder / "model.safetensors.part").write_bytes(bytes(2_000_000))
    one = only(config)
    assert "2 of 310 MB" in one.what
    assert "briefing models pull opus-mt-ar-en --revision main" in one.next_step


@pytest.mark.parametrize("note", [None, "{", "[]", '{"name": "x"}'])
def test_an_unfinished_pull_without_a_note(note: str | None, config: Config) -> None:
    folder = config.models_dir / ".pull-someone--else"
    folder.mkdir(parents=True)
    if note is not None:
        (folder / pull.NOTE).write_text(note, encoding="utf-8")
    one = only(config)
    assert one.name == "someone/else" and "briefing models pull someone/else" in one.next_step


def test_no_folder_is_no_model(config: Config) -> None:
    assert inventory(config) == ([], [])


def test_a_file_in_the_folders_place_is_named(config: Config) -> None:
    config.models_dir.write_text("", encoding="utf-8")
    with pytest.raises(EngineError, match="cannot be read: Not a directory"):
        inventory(config)


def test_files_and_hidden_folders_beside_the_models_are_nobodys(there: Path, config: Config) -> None:
    (config.models_dir / "notes.txt").write_text("", encoding="utf-8")
    (config.models_dir / ".hidden").mkdir()
    found, unusable = inventory(config)
    assert [info.path for info in found] == [there] and unusable == []
