"""Small models, made once a session, and a configuration whose models lie in a temporary folder."""

from __future__ import annotations

import json
import shutil
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import Config, Paths
from briefing.translate import models
from briefing.translate.models import ModelInfo
from tests.translate import tiny_models


@pytest.fixture(scope="session")
def random_marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole Marian directory with random weights. Read only: copy it before damaging it."""
    return tiny_models.random_marian(tmp_path_factory.mktemp("random") / "opus-mt-ar-en")


@pytest.fixture(scope="session")
def converted_marian(random_marian: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `random_marian` as `models.add` makes it. Read only."""
    place = replace(Config(base=tmp_path_factory.mktemp("converted")), paths=Paths(models="models"))
    return models.add(random_marian, place, lambda line: None).path


@pytest.fixture
def installed(converted_marian: Path, config: Config) -> Callable[..., ModelInfo]:
    """`installed()` or `installed("mine")` puts a converted model among those of `config`, as adding it would."""

    def put(name: str = "") -> ModelInfo:
        card = json.loads((converted_marian / models.CARD).read_text("utf-8"))
        folder = config.models_dir / models.folder_name(name or card["name"])
        shutil.copytree(converted_marian, folder)
        if name:
            card |= {"name": name}
            (folder / models.CARD).write_text(json.dumps(card), encoding="utf-8")
        return models.describe(folder)

    return put


@pytest.fixture(scope="session")
def trained_marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian model that knows tiny_models.PAIRS by heart."""
    pytest.importorskip("torch", reason="training the small model needs torch")
    return tiny_models.train_marian(tmp_path_factory.mktemp("trained") / "tiny-opus-mt-ar-en")


@pytest.fixture(scope="session")
def trained_nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An NLLB-shaped model that knows tiny_models.PAIRS by heart."""
    pytest.importorskip("torch", reason="training the small model needs torch")
    return tiny_models.train_nllb(tmp_path_factory.mktemp("trained") / "tiny-nllb")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """The defaults, with models in a folder of this test's own."""
    return replace(Config(base=tmp_path), paths=Paths(models="models"))


@pytest.fixture
def notes() -> list[str]:
    """Collects what is told to the user: pass `notes.append` as `notify`."""
    return []


Terms = Callable[[str], Sequence[tuple[int, int, str]]]


def known_words(text: str) -> list[tuple[int, int, str]]:
    """The terms of a lexicon of three words."""
    words = {"الوزير": "minister", "جنيف": "Geneva", "وزير": "Minister"}
    found = []
    place = 0
    for word in text.split(" "):
        if word in words:
            found.append((place, place + len(word), words[word]))
        place += len(word) + 1
    return found


@pytest.fixture
def small_lexicon(monkeypatch: pytest.MonkeyPatch) -> Terms:
    """Puts `known_words` where the gloss looks for its lexicon."""
    module = types.ModuleType("briefing.translate.gloss_terms")
    module.terms = known_words  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "briefing.translate.gloss_terms", module)
    return known_words
