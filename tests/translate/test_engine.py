"""The registry, how `auto` falls back, and memory before every engine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError, UsageError
from briefing.model import EngineInfo, Translation
from briefing.translate import models
from briefing.translate.engine import Engine, names, open_engine, with_memory
from briefing.translate.memory import Entry, Memory
from tests.translate.hub_server import hub as running

REVIEWED = Memory([Entry("عاد النازحون", "The displaced returned", "own.tmx")])
SENTENCES = ["عاد النازحون", "سافر الوزير إلى جنيف", "لا شيء"]


class Shouting:
    """An engine from somewhere else."""

    info = EngineInfo("shouting", "", "", "Translation engine: shouting")
    signature = "shouting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        self.asked += sources
        return [Translation(source.upper(), self.signature, "machine") for source in sources]


def create(config: Config, notify: Callable[[str], None]) -> Engine:
    """The factory that the tests name as "package.module:function"."""
    notify("made")
    return Shouting()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a hub where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    monkeypatch.setenv("HF_ENDPOINT", address)
    return address


def test_the_registry_lists_its_engines() -> None:
    assert names() == ["auto", "ctranslate2", "transformers", "gloss"]


@pytest.mark.parametrize("name", ["nonsense", "no.such.module:create", "briefing.translate.gloss:no_such", ":", "a:b:c", ""])
def test_an_unknown_engine_lists_the_known_ones(name: str, config: Config) -> None:
    with pytest.raises(UsageError) as caught:
        open_engine(name, config, Memory(), lambda line: None)
    assert "auto, ctranslate2, transformers, gloss" in caught.value.next_step


def test_an_engine_of_ones_own(config: Config, notes: list[str]) -> None:
    engine = open_engine(f"{__name__}:create", config, REVIEWED, notes.append)
    assert [t.label for t in engine.translate(SENTENCES)] == ["reviewed", "machine", "machine"]
    assert engine.info.name == "shouting" and notes == ["made"]


def test_memory_comes_first_and_spares_the_engine() -> None:
    inner = Shouting()
    engine = with_memory(inner, REVIEWED)
    made = engine.translate(["نعم", *SENTENCES, "نعم", SENTENCES[0]])
    assert [t.en for t in made] == ["نعم", "The displaced returned", *SENTENCES[1:], "نعم", "The displaced returned"]
    assert inner.asked == ["نعم", *SENTENCES[1:]]
    assert engine.signature == "shouting"


def test_what_needs_no_engine_reaches_none_but_may_be_reviewed() -> None:
    inner = Shouting()
    made = with_memory(inner, Memory([Entry("UNDP", "the UN's programme", "own.tmx")])).translate(["", "AP, 2024", "٤١", "UNDP"])
    assert made == [
        Translation("", "copied", "none"),
        Translation("AP, 2024", "copied", "terms"),
        Translation("41", "copied", "terms"),
        Translation("the UN's programme", "memory:own.tmx", "reviewed"),
    ]
    assert inner.asked == []


def test_gloss_on_request(config: Config, small_lexicon: object) -> None:
    engine = open_engine("gloss", config, REVIEWED, lambda line: None)
    assert engine.translate(SENTENCES) == [
        Translation("The displaced returned", "memory:own.tmx", "reviewed"),
        Translation("minister · Geneva", "gloss", "terms"),
        Translation("", "gloss", "none"),
    ]
    assert engine.info.line.startswith("Translation engine: gloss (chosen;")


def test_auto_without_a_hub_glosses_quickly_and_says_so(
    nowhere: str, config: Config, notes: list[str], small_lexicon: object
) -> None:
    start = time.monotonic()
    engine = open_engine("auto", config, REVIEWED, notes.append)
    assert time.monotonic() - start < 3
    assert [t.label for t in engine.translate(SENTENCES)] == ["reviewed", "terms", "none"]
    assert engine.info.line == "Translation engine: gloss (no model found; English is reviewed memory and terms only)"
    assert nowhere in engine.info.notice and "briefing models add DIR" in engine.info.notice
    assert notes == [engine.info.notice]


def test_auto_takes_the_model_that_is_there(nowhere: str, random_marian: Path, config: Config, small_lexicon: object) -> None:
    models.add(random_marian, config, lambda line: None)
    engine = open_engine("auto", config, Memory(), lambda line: None)
    assert engine.info.line == "Translation engine: ctranslate2 (Helsinki-NLP/opus-mt-ar-en, int8, Apache-2.0)"
    assert engine.info.notice == ""
    assert engine.signature.startswith("ctranslate2:opus-mt-ar-en@") and engine.signature.endswith(":int8:beam4")


def test_auto_takes_the_only_model_whatever_its_name(nowhere: str, random_marian: Path, config: Config) -> None:
    models.add(random_marian, config, lambda line: None, name="mine")
    assert open_engine("auto", config, Memory(), lambda line: None).info.model == "mine"


def test_auto_does_not_choose_between_two(nowhere: str, random_marian: Path, config: Config, small_lexicon: object) -> None:
    for name in ("one", "two"):
        models.add(random_marian, config, lambda line: None, name=name)
    info = open_engine("auto", config, Memory(), lambda line: None).info
    assert info.name == "gloss" and "one, two" in info.notice and "translate.model" in info.notice
    chosen = replace(config, translate=replace(config.translate, model="two"))
    assert open_engine("auto", chosen, Memory(), lambda line: None).info.model == "two"


def test_auto_converts_a_directory_that_the_configuration_names(nowhere: str, random_marian: Path, config: Config) -> None:
    chosen = replace(config, translate=replace(config.translate, model=str(random_marian)))
    for _ in range(2):
        info = open_engine("auto", chosen, Memory(), lambda line: None).info
        assert info.model == "Helsinki-NLP/opus-mt-ar-en"


def test_auto_with_a_damaged_model_says_which(nowhere: str, random_marian: Path, config: Config, small_lexicon: object) -> None:
    info = models.add(random_marian, config, lambda line: None)
    (info.path / "source.spm").unlink()
    shown = open_engine("auto", config, Memory(), lambda line: None).info
    assert "the model cannot be used" in shown.line and "source.spm" in shown.notice


def test_auto_downloads_the_default(random_marian: Path, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, config.translate.model) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        assert open_engine("auto", config, Memory(), lambda line: None).info.name == "ctranslate2"
        count = len(server.asked)
        assert open_engine("auto", config, Memory(), lambda line: None).info.name == "ctranslate2"
        assert len(server.asked) == count


def test_ctranslate2_without_a_model_is_an_error_that_downloads_nothing(nowhere: str, config: Config) -> None:
    with pytest.raises(EngineError, match="There is no model Helsinki-NLP/opus-mt-ar-en") as caught:
        open_engine("ctranslate2", config, Memory(), lambda line: None)
    assert caught.value.exit_code == 5 and "briefing models add DIR" in caught.value.next_step


def test_transformers_without_torch_names_the_command(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(EngineError, match="needs torch") as caught:
        open_engine("transformers", config, Memory(), lambda line: None)
    assert "pip install 'monday-brief[torch]'" in caught.value.next_step


def test_beam_and_weights_are_in_the_signature(random_marian: Path, config: Config) -> None:
    models.add(random_marian, config, lambda line: None)
    signatures = {
        open_engine("ctranslate2", replace(config, translate=replace(config.translate, beam=beam)), Memory(), print).signature
        for beam in (1, 4)
    }
    assert len(signatures) == 2


def test_choosing_an_engine_imports_nothing_heavy() -> None:
    code = (
        "import sys, briefing.translate.engine, briefing.translate.memory, briefing.translate.models;"
        "print([m for m in ('numpy', 'torch', 'transformers', 'ctranslate2', 'sentencepiece', 'defusedxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
