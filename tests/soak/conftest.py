"""The model of the soak, and how long and how large it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.translate import tiny_models


@pytest.fixture(scope="session")
def trained_marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian model that knows tiny_models.PAIRS by heart."""
    pytest.importorskip("torch", reason="training the small model needs torch")
    return tiny_models.train_marian(tmp_path_factory.mktemp("trained") / "tiny-opus-mt-ar-en")


@pytest.fixture(scope="session")
def articles() -> int:
    """How many articles a build has: SOAK_ARTICLES, else 1,000."""
    return int(os.environ.get("SOAK_ARTICLES", "1000"))


@pytest.fixture(scope="session")
def minutes() -> float:
    """How long each soak goes on beginning another round: SOAK_MINUTES, else one round only."""
    return float(os.environ.get("SOAK_MINUTES", "0"))
