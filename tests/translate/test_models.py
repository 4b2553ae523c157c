"""Model directories: whole ones are added, every kind of damage is named."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import models
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from briefing.translate.licence import licence as licence_of
from tests.translate import tiny_models

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 300000000\n"


@pytest.fixture
def directory(random_marian: Path, tmp_path: Path) -> Path:
    """A whole directory that a test may damage."""
    return Path(shutil.copytree(random_marian, tmp_path / "opus-mt-ar-en"))


def change(path: Path, **values: object) -> None:
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**content, **values}), encoding="utf-8")


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def swap_sides(d: Path) -> None:
    (d / "source.spm").rename(d / "x")
    (d / "target.spm").rename(d / "source.spm")
    (d / "x").rename(d / "target.spm")


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no config": (lambda d: (d / "config.json").unlink(), r"config\.json: is missing"),
    "half a config": (lambda d: halve(d / "config.json"), r"config\.json: is damaged"),
    "no weights": (lambda d: (d / "model.safetensors").unlink(), r"has no model\.safetensors"),
    "half the weights": (lambda d: halve(d / "model.safetensors"), r"model\.safetensors: is cut short"),
    "a few bytes": (lambda d: (d / "model.safetensors").write_bytes(b"\x00\x01\x02"), r"model\.safetensors: is damaged"),
    "half a header": (lambda d: (d / "model.safetensors").write_bytes(b"\xff" * 100), r"model\.safetensors: is damaged.*header"),
    "LFS weights": (lambda d: (d / "model.safetensors").write_bytes(LFS), r"model\.safetensors: is a Git LFS pointer"),
    "empty weights": (lambda d: (d / "model.safetensors").write_bytes(b""), r"model\.safetensors: is empty"),
    "no source.spm": (lambda d: (d / "source.spm").unlink(), r"source\.spm: is missing"),
    "half a target.spm": (lambda d: halve(d / "target.spm"), r"target\.spm: is damaged"),
    "LFS source.spm": (lambda d: (d / "source.spm").write_bytes(LFS), r"source\.spm: is a Git LFS pointer"),
    "no vocabulary": (lambda d: (d / "vocab.json").unlink(), r"vocab\.json: is missing"),
    "half a vocabulary": (lambda d: halve(d / "vocab.json"), r"vocab\.json: is damaged"),
    "a longer vocabulary": (lambda d: change(d / "vocab.json", extra=99999), "has number 99999"),
    "a number twice": (lambda d: change(d / "vocab.json", extra=5), "the same number"),
    "BERT": (lambda d: change(d / "config.json", model_type="bert"), r"config\.json: is a model of type 'bert'"),
    "more layers than weights": (lambda d: change(d / "config.json", encoder_layers=2), r"has no tensor encoder\.layers\.1"),
    "an unknown activation": (lambda d: change(d / "config.json", activation_function="tanh3"), "cannot be converted"),
    "English to Arabic": (swap_sides, "translates into Arabic"),
    "stated en-ar": (lambda d: change(d / "tokenizer_config.json", source_lang="en", target_lang="ar"), "translates en to ar"),
    "named fr-en": (lambda d: change(d / "config.json", _name_or_path="Helsinki-NLP/opus-mt-fr-en"), "translates fr to en"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named_and_leaves_nothing(kind: str, directory: Path, config: Config) -> None:
    damage, message = DAMAGE[kind]
    damage(directory)
    with pytest.raises(EngineError, match=message) as caught:
        models.add(directory, config, lambda line: None)
    assert str(directory) in caught.value.message and caught.value.next_step
    assert not config.models_dir.exists() or list(config.models_dir.iterdir()) == []


@contextlib.contextmanager
def powerless() -> Iterator[None]:
    """Without root's leave to read everything."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.mark.parametrize("locked", ["config.json", "model.safetensors", "source.spm", "vocab.json", "."])
def test_what_cannot_be_read_is_named(locked: str, directory: Path, config: Config) -> None:
    with tempfile.TemporaryDirectory() as open_to_all:  # a test's own folder is closed to others as a whole
        Path(open_to_all).chmod(0o755)
        copy = Path(shutil.copytree(directory, Path(open_to_all) / "opus-mt-ar-en"))
        for path in copy.iterdir():
            path.chmod(0o644)
        (copy / locked).chmod(0)
        with powerless(), pytest.raises(EngineError, match=r"cannot be read: Permission denied") as caught:
            models.checkpoint.examine(copy)
        (copy / locked).chmod(0o755)
    assert str(copy / locked) in caught.value.message and caught.value.next_step


def test_an_empty_directory(config: Config, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError, match="empty: is empty"):
        models.add(tmp_path / "empty", config, lambda line: None)


def test_a_file_is_no_directory(directory: Path, config: Config) -> None:
    with pytest.raises(EngineError, match=r"config\.json: is a file, not a model's directory"):
        models.add(directory / "config.json", config, lambda line: None)


def test_a_pickle_without_torch_says_what_to_install(
    directory: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    (directory / "model.safetensors").rename(directory / "pytorch_model.bin")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(EngineError, match=r"pytorch_model\.bin needs torch") as caught:
        models.add(directory, config, lambda line: None)
    assert caught.value.next_step == "Run: pip install 'monday-brief[torch]'"
    assert list(config.models_dir.iterdir()) == []


@pytest.mark.parametrize("name", ["../../outside", "/outside", "..", "a/../../b", "a\\b", ".hidden", "x\0y", "new\nline"])
def test_a_name_with_separators_stays_among_the_models(name: str, directory: Path, config: Config, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    info = models.add(directory, config, lambda line: None, name)
    assert info.path.parent == config.models_dir and not info.path.name.startswith(".")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "models"])
    assert models.find(config, name) == info


def test_no_such_directory(config: Config, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="there is no such directory"):
        models.add(tmp_path / "none", config, lambda line: None)


def test_a_whole_model_is_added_listed_and_found(directory: Path, config: Config, notes: list[str]) -> None:
    info = models.add(directory, config, notes.append)
    assert (info.name, info.architecture, info.languages) == ("Helsinki-NLP/opus-mt-ar-en", "marian", "ar-en")
    assert (info.licence, info.quantisation, info.max_tokens) == ("Apache-2.0", "int8", 64)
    assert notes == ["Converting to int8: Helsinki-NLP/opus-mt-ar-en"]
    assert info.path.stat().st_mode & 0o055 == 0o055
    assert models.list_models(config) == [info]
    for name in ("Helsinki-NLP/opus-mt-ar-en", "opus-mt-ar-en", str(info.path)):
        assert models.find(config, name) == info
    assert models.find(config, "Helsinki-NLP/opus-mt-fr-en") is None


def test_adding_again_replaces(directory: Path, config: Config) -> None:
    first = models.add(directory, config, lambda line: None)
    (first.path / "left over").write_text("x", encoding="utf-8")
    assert models.add(directory, config, lambda line: None) == first
    assert not (first.path / "left over").exists()
    assert len(list(config.models_dir.iterdir())) == 1


def test_a_failed_replacement_leaves_the_old_model(directory: Path, config: Config) -> None:
    first = models.add(directory, config, lambda line: None)
    change(directory / "config.json", encoder_layers=2)
    with pytest.raises(EngineError):
        models.add(directory, config, lambda line: None)
    assert models.list_models(config) == [first]


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("opus-mt-ar-en", "Helsinki-NLP/opus-mt-ar-en"),
        ("Helsinki-NLP--opus-mt-ar-en", "Helsinki-NLP/opus-mt-ar-en"),
        ("models--someone--my-mt/snapshots/0123", "someone/my-mt"),
        ("my model", "my model"),
    ],
)
def test_the_name_comes_from_the_directory(folder: str, name: str, directory: Path, config: Config, tmp_path: Path) -> None:
    place = tmp_path / "other" / folder
    place.parent.mkdir(parents=True)
    directory.rename(place)
    assert models.add(place, config, lambda line: None).name == name


def test_a_converted_directory_is_copied(directory: Path, config: Config, tmp_path: Path) -> None:
    first = models.add(directory, config, lambda line: None)
    copy = Path(shutil.copytree(first.path, tmp_path / "from-a-stick"))
    other = replace(config, base=tmp_path / "other-machine")
    info = models.add(copy, other, lambda line: None)
    assert info == replace(first, path=other.models_dir / "Helsinki-NLP--opus-mt-ar-en")


def test_a_converted_directory_without_a_card_is_described(directory: Path, config: Config, tmp_path: Path) -> None:
    first = models.add(directory, config, lambda line: None)
    copy = Path(shutil.copytree(first.path, tmp_path / "mine"))
    (copy / models.CARD).unlink()
    info = models.find(config, str(copy))
    assert info is not None and (info.name, info.sha256, info.quantisation) == ("mine", first.sha256, "as converted")


CONVERTED_DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "half the weights": (lambda d: halve(d / "model.bin"), r"model\.bin: is (damaged|not what)"),
    "no vocabulary": (lambda d: (d / "shared_vocabulary.json").unlink(), r"no shared_vocabulary\.json"),
    "half a vocabulary": (lambda d: halve(d / "shared_vocabulary.json"), "damaged"),
    "no target.spm": (lambda d: (d / "target.spm").unlink(), r"target\.spm: is missing"),
    "no weights": (lambda d: (d / "model.bin").unlink(), r"model\.bin: is missing"),
}


@pytest.mark.parametrize("card", [True, False])
@pytest.mark.parametrize("kind", CONVERTED_DAMAGE)
def test_damage_of_a_converted_directory_is_named(kind: str, card: bool, directory: Path, config: Config, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(models.add(directory, config, lambda line: None).path, tmp_path / "copy"))
    if not card:
        (copy / models.CARD).unlink()
    damage, message = CONVERTED_DAMAGE[kind]
    damage(copy)
    other = replace(config, base=tmp_path / "other")
    with pytest.raises(EngineError, match=message) as caught:
        models.add(copy, other, lambda line: None)
    assert str(copy) in caught.value.message


@pytest.mark.parametrize("file", ["model.bin", "source.spm", "shared_vocabulary.json"])
def test_a_changed_byte_of_a_copy_is_noticed(file: str, directory: Path, config: Config, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(models.add(directory, config, lambda line: None).path, tmp_path / "copy"))
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).write_bytes(content)
    with pytest.raises(EngineError, match=file.replace(".", r"\.")) as caught:
        models.add(copy, replace(config, base=tmp_path / "other"), lambda line: None)
    assert caught.value.next_step


def test_a_card_of_an_earlier_version_lists_no_files_and_is_read(directory: Path, config: Config) -> None:
    info = models.add(directory, config, lambda line: None)
    card = json.loads((info.path / models.CARD).read_text("utf-8"))
    del card["files"]
    (info.path / models.CARD).write_text(json.dumps(card), encoding="utf-8")
    assert models.list_models(config) == [replace(info, files=())]


def test_an_installed_model_cut_short_is_named_when_opened(directory: Path, config: Config) -> None:
    info = models.add(directory, config, lambda line: None)
    halve(info.path / "model.bin")
    with pytest.raises(EngineError, match=r"model\.bin: cannot be loaded"):
        CTranslate2Engine(info, config.translate)


def test_a_damaged_card_is_named(directory: Path, config: Config) -> None:
    info = models.add(directory, config, lambda line: None)
    (info.path / models.CARD).write_text("{}", encoding="utf-8")
    with pytest.raises(EngineError, match=r"briefing-model\.json: cannot be read"):
        models.list_models(config)


def test_a_models_folder_that_cannot_be_made_is_named(directory: Path, config: Config) -> None:
    config.models_dir.write_text("a file in the way", encoding="utf-8")
    with pytest.raises(EngineError, match=r"cannot be written") as caught:
        models.add(directory, config, lambda line: None)
    assert "paths.models" in caught.value.next_step


def test_random_weights_give_some_line_for_every_sentence(directory: Path, config: Config) -> None:
    """Nothing is known about the words, but every sentence must come back, in order, also one far over the limit."""
    engine = CTranslate2Engine(models.add(directory, config, lambda line: None), replace(config.translate, beam=1))
    sources = [tiny_models.PAIRS[0][0], "", " ".join(ar for ar, _ in tiny_models.PAIRS * 3), "AP"]
    made = engine.translate(sources)
    assert [t.label for t in made] == ["machine", "none", "machine", "terms"]


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("Helsinki-NLP/opus-mt-ar-en", "Apache-2.0"),
        ("facebook/nllb-200-distilled-600M", "CC-BY-NC-4.0, for non-commercial use only"),
        ("facebook/m2m100_418M", "MIT"),
        ("mine", "licence not known"),
    ],
)
def test_licences(name: str, licence: str) -> None:
    assert licence_of(name) == licence
