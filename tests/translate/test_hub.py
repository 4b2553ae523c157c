"""One bounded download from a hub that runs here."""

from __future__ import annotations

import shutil
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import hub
from briefing.translate.engine import NoModel
from tests.translate.hub_server import REVISION
from tests.translate.hub_server import hub as running

NAME = "Helsinki-NLP/opus-mt-ar-en"


@pytest.fixture
def quick(config: Config) -> Config:
    return replace(config, translate=replace(config.translate, hub_timeout=1))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_model_is_downloaded_and_converted(
    random_marian: Path, config: Config, notes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(random_marian, NAME) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address + "/")
        info = hub.fetch(NAME, config, notes.append)
    assert info.name == NAME and info.revision == REVISION and info.licence == "Apache-2.0"
    assert info.path == config.models_dir / "Helsinki-NLP--opus-mt-ar-en"
    assert [path.name for path in config.models_dir.iterdir()] == [info.path.name]
    assert any(note.startswith("Downloading model.safetensors (") for note in notes)
    assert not any("escape" in path for path in server.asked)


@pytest.mark.parametrize(
    ("damage", "message"),
    [("truncate", r"model\.safetensors: the download (ended after|failed)"), ("swap", "not what the hub describes")],
)
def test_a_bad_download_leaves_nothing(
    damage: str, message: str, random_marian: Path, quick: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(random_marian, NAME, damage) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        with pytest.raises(EngineError, match=message):
            hub.fetch(NAME, quick, lambda line: None)
    assert list(quick.models_dir.iterdir()) == []


def test_a_silent_hub_costs_no_more_than_the_timeout(random_marian: Path, quick: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, NAME, "silent") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        start = time.monotonic()
        with pytest.raises(NoModel, match="cannot be reached"):
            hub.fetch(NAME, quick, lambda line: None)
        assert time.monotonic() - start < 2.5


def test_a_closed_port_is_noticed_at_once(quick: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed_port()}")
    start = time.monotonic()
    with pytest.raises(NoModel, match=r"cannot be reached: .*refused") as caught:
        hub.fetch(NAME, quick, lambda line: None)
    assert time.monotonic() - start < 1 and "models add DIR" in caught.value.next_step


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [("someone/else", "", "has no model someone/else"), (NAME, "nonsense", "does not answer as a hub")],
)
def test_answers_that_are_no_model(
    name: str, damage: str, message: str, random_marian: Path, quick: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(random_marian, NAME, damage) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        with pytest.raises(NoModel, match=message):
            hub.fetch(name, quick, lambda line: None)


def test_offline_asks_nobody(random_marian: Path, quick: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, NAME) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(NoModel, match="HF_HUB_OFFLINE"):
            hub.fetch(NAME, quick, lambda line: None)
        assert server.asked == []


@pytest.mark.parametrize("endpoint", ["file:///etc", "ftp://127.0.0.1"])
def test_an_endpoint_is_a_web_address(endpoint: str, quick: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with pytest.raises(NoModel, match="no web address"):
        hub.fetch(NAME, quick, lambda line: None)


def test_a_path_is_no_hub_name(quick: Config) -> None:
    with pytest.raises(NoModel, match=r"\./models/mine"):
        hub.fetch("./models/mine", quick, lambda line: None)


def test_a_pickle_is_not_downloaded_without_torch(
    random_marian: Path, quick: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickled = Path(shutil.copytree(random_marian, tmp_path / "pickled"))
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    monkeypatch.setattr(hub, "torch_installed", lambda: False)
    with running(pickled, NAME) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        with pytest.raises(EngineError, match="torch, which is not installed") as caught:
            hub.fetch(NAME, quick, lambda line: None)
        assert len(server.asked) == 1
    assert "pip install 'monday-brief[torch]'" in caught.value.next_step
