"""What a hub says of a model, from one that runs here: one request, bounded, and every answer that is none is named."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from briefing.translate import hub
from briefing.translate.engine import NoModel
from tests.translate.hub_server import REVISION, git_digest
from tests.translate.hub_server import hub as running

NAME = "Helsinki-NLP/opus-mt-ar-en"


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("revision", ["main", REVISION])
def test_a_listing_has_sizes_digests_and_the_commit(
    revision: str, random_marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(random_marian, NAME, licence="apache-2.0") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address + "/")
        found = hub.listing(NAME, revision, 1)
    assert (found.name, found.revision, found.licence) == (NAME, REVISION, "apache-2.0")
    weights, vocabulary = found.files["model.safetensors"], found.files["vocab.json"]
    content = (random_marian / "vocab.json").read_bytes()
    assert (vocabulary.bytes, vocabulary.sha256, vocabulary.git) == (len(content), "", git_digest(content))
    assert (weights.bytes, len(weights.sha256), weights.git) == ((random_marian / "model.safetensors").stat().st_size, 64, "")
    assert weights.url == f"{server.address}/{NAME}/resolve/{REVISION}/model.safetensors"


def test_a_hub_that_states_no_digests(random_marian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, NAME, "no digests") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        file = hub.listing(NAME, "main", 1).files["vocab.json"]
    assert (file.bytes, file.sha256, file.git) == (-1, "", "")


@pytest.mark.slow
def test_a_silent_hub_costs_no_more_than_the_timeout(random_marian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, NAME, "silent") as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        start = time.monotonic()
        with pytest.raises(NoModel, match="cannot be reached"):
            hub.listing(NAME, "main", 1)
        assert time.monotonic() - start < 2.5


def test_a_closed_port_is_noticed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed_port()}")
    start = time.monotonic()
    with pytest.raises(NoModel, match=r"cannot be reached: .*refused") as caught:
        hub.listing(NAME, "main", 1)
    assert time.monotonic() - start < 1 and "models add DIR" in caught.value.next_step


@pytest.mark.parametrize(
    ("name", "revision", "damage", "message", "step"),
    [
        ("someone/else", "main", "", r"has no model someone/else \(status 404\)", "models add DIR"),
        (NAME, "v9", "", "has no model Helsinki-NLP/opus-mt-ar-en at revision v9", f"models pull {NAME} --revision main"),
        (NAME, "../../x", "", "has no model", "--revision main"),
        (NAME, "main", "nonsense", "does not answer as a hub", "models add DIR"),
    ],
)
def test_answers_that_are_no_model(
    name: str, revision: str, damage: str, message: str, step: str, random_marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(random_marian, NAME, damage) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        with pytest.raises(NoModel, match=message) as caught:
            hub.listing(name, revision, 1)
    assert step in caught.value.next_step


def test_offline_asks_nobody(random_marian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(random_marian, NAME) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(NoModel, match="HF_HUB_OFFLINE"):
            hub.listing(NAME, "main", 1)
        assert server.asked == []


@pytest.mark.parametrize("endpoint", ["file:///etc", "ftp://127.0.0.1"])
def test_an_endpoint_is_a_web_address(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    with pytest.raises(NoModel, match="no web address"):
        hub.listing(NAME, "main", 1)


@pytest.mark.parametrize("name", ["./models/mine", "opus", "a/b/c", "../..", "a/b?x=1", ""])
def test_a_path_is_no_hub_name(name: str) -> None:
    with pytest.raises(NoModel, match="no hub name"):
        hub.listing(name, "main", 1)
