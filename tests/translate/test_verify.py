"""Verifying a model: its files, a few sentences, and a comparison with the original."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.arabic.fold import BIDI_CONTROLS
from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import models, verify
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from briefing.translate.models import ModelInfo
from tests.translate.tiny_models import PAIRS


@pytest.fixture
def info(installed: Callable[..., ModelInfo]) -> ModelInfo:
    """An added model with random weights."""
    return installed()


def test_the_sentences_are_different_kinds_of_arabic() -> None:
    lines = verify.sentences()
    assert len(lines) >= 8 and len(set(lines)) == len(lines)
    assert any("٧" in line for line in lines) and any("4" in line for line in lines)
    assert any("لم" in line for line in lines) and any("؟" in line for line in lines) and any("«" in line for line in lines)
    assert not any(set(line) & set(BIDI_CONTROLS) for line in lines)


def test_a_right_translation_of_them_is_not_marked() -> None:
    english = [
        "A delegation of eye doctors arrived in the city on Sunday morning.",
        "The minister of agriculture said that the wheat harvest had reached 41 thousand tons this year.",
        "The municipality has not announced when the new market will open.",
        "Seventeen teams took part in the universities' championship, which began on March 3.",
        "Date prices rose by 12% compared with last year.",
        "The director added: \u201cWe will start work on the bridge after the rainy season ends.\u201d",
        "Will the water of the dam be enough to irrigate the fields until the end of summer?",
        "The two universities signed an agreement to exchange students, to take effect in the autumn; each will pay for "
        "housing for two years.",
    ]
    pairs = zip(verify.sentences(), english, strict=True)
    assert [verify._faults(ar, en) for ar, en in pairs] == [()] * len(english)


def test_whole_files_are_counted(info: ModelInfo) -> None:
    assert verify.check_files(info) == len(list(info.path.iterdir())) - 1  # all but the card


@pytest.mark.parametrize("file", ["model.bin", "source.spm", "target.spm", "config.json", "shared_vocabulary.json"])
def test_a_changed_byte_of_any_file_is_noticed(file: str, info: ModelInfo) -> None:
    content = bytearray((info.path / file).read_bytes())
    content[len(content) // 2] ^= 1
    (info.path / file).write_bytes(content)
    with pytest.raises(EngineError, match=file.replace(".", r"\.")) as caught:
        verify.check_files(info)
    assert str(info.path) in caught.value.message and caught.value.next_step


def test_several_wrong_files_are_counted(info: ModelInfo) -> None:
    files = tuple(replace(file, sha256="0" * 64) for file in info.files)
    with pytest.raises(EngineError, match=rf"SHA-256 differs \(and {len(files) - 1} more\)"):
        verify.check_files(replace(info, files=files))


def test_a_model_put_there_by_hand_has_nothing_to_compare_with(info: ModelInfo) -> None:
    (info.path / models.CARD).unlink()
    assert verify.check_files(models.describe(info.path)) == 0


def test_weights_that_do_not_load_are_named(info: ModelInfo, config: Config) -> None:
    (info.path / "model.bin").write_bytes(b"\x06\x00\x00\x00nonsense")
    with pytest.raises(EngineError, match=r"model\.bin: cannot be loaded"):
        verify.translated(info, config)


def test_every_sentence_comes_back_with_what_is_wrong_with_it(info: ModelInfo, config: Config) -> None:
    """Random weights know nothing, so no number of the sources can be in what they say."""
    lines = verify.translated(info, replace(config, translate=replace(config.translate, beam=1)))
    assert [line.ar for line in lines] == list(verify.sentences())
    assert all(line.faults for line in lines if re.search(r"\d", line.ar))


@pytest.mark.parametrize(
    ("en", "faults"),
    [
        ("The wheat harvest reached 41 thousand tons this year, said the minister of agriculture.", ()),
        ("The wheat harvest reached 14 thousand tons this year, said the minister of agriculture.", ("14",)),
        ("", ("no English came back",)),
        ("the the the the the the the the the the the the the", ("repeats itself",)),
        ("Wheat.", ("far too short",)),
        ("قال وزير الزراعة إن محصول القمح بلغ 41 ألف طن هذا العام.", ("not English",)),
    ],
)
def test_what_counts_as_wrong(en: str, faults: tuple[str, ...]) -> None:
    found = verify._faults("قال وزير الزراعة إن محصول القمح بلغ 41 ألف طن هذا العام.", en)
    assert len(found) >= len(faults) and bool(found) == bool(faults)
    assert all(any(fault in one for one in found) for fault in faults)


@pytest.mark.parametrize("name", [None, "opus-mt-ar-en", "Helsinki-NLP/opus-mt-ar-en", "OPUS-MT-AR-EN"])
def test_the_model_that_is_used_or_named_is_chosen(name: str | None, info: ModelInfo, config: Config) -> None:
    assert verify.choose(name, config) == info


def test_a_name_that_is_not_there(info: ModelInfo, config: Config) -> None:
    with pytest.raises(EngineError, match="there is no model nllb-200-distilled-600M"):
        verify.choose("nllb-200-distilled-600M", config)


def test_a_model_too_damaged_to_be_a_model_is_named_when_chosen(info: ModelInfo, config: Config) -> None:
    (info.path / "model.bin").unlink()
    for name in (None, "opus-mt-ar-en"):
        with pytest.raises(EngineError, match=r"model\.bin: is missing"):
            verify.choose(name, config)


def test_without_torch_the_comparison_says_what_to_install(
    info: ModelInfo, random_marian: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    with pytest.raises(EngineError, match="needs torch") as caught:
        verify.compare(info, random_marian, config, lambda line: None)
    assert "pip install 'monday-brief[torch]'" in caught.value.next_step


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("model", ["trained_marian", "trained_nllb"])
def test_a_converted_model_is_compared_with_its_original(
    model: str, request: pytest.FixtureRequest, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original: Path = request.getfixturevalue(model)
    monkeypatch.setattr(verify, "sentences", lambda: tuple(ar for ar, _ in PAIRS))
    info = models.add(original, config, lambda line: None)
    assert [line.en for line in verify.translated(info, config)] == [en for _, en in PAIRS]
    compared = verify.compare(info, original, config, lambda line: None)
    assert compared == verify.Comparison(True, len(PAIRS), len(PAIRS), len(PAIRS)) and compared.fine
    assert [path.name for path in config.models_dir.iterdir()] == [info.path.name]

    other = Path(shutil.copytree(original, tmp_path / "other"))
    _change_weights(other / "model.safetensors")
    compared = verify.compare(info, other, config, lambda line: None)
    assert (compared.same_file, compared.fine) == (False, False)

    with pytest.raises(EngineError, match="is a converted model"):
        verify.compare(info, info.path, config, lambda line: None)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_answers_that_transformers_does_not_give_are_counted(
    trained_marian: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "sentences", lambda: tuple(ar for ar, _ in PAIRS))
    info = models.add(trained_marian, config, lambda line: None)
    raw = CTranslate2Engine.raw
    monkeypatch.setattr(CTranslate2Engine, "raw", lambda self, texts: ["wrong", *raw(self, texts)[1:]])
    compared = verify.compare(info, trained_marian, config, lambda line: None)
    assert (compared.same_file, compared.float32, compared.stored) == (True, len(PAIRS) - 1, len(PAIRS) - 1)
    assert not compared.fine


def _change_weights(file: Path) -> None:
    from safetensors.torch import load_file, save_file

    tensors = load_file(file)
    tensors["final_logits_bias" if "final_logits_bias" in tensors else "model.shared.weight"] += 0.5
    save_file(tensors, file, {"format": "pt"})
