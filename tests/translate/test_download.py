"""One file from the hub: gone on with from any byte, and its progress said when it is large."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from briefing.errors import EngineError
from briefing.progress import T, single, untracked
from briefing.translate import hub
from briefing.translate.download import PART, download, here
from briefing.translate.hub import RemoteFile
from tests.translate.hub_server import hub as running

NAME = "someone/model"
CONTENT = os.urandom(3_500_000)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder with one file of a few megabytes."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(CONTENT)
    return folder


def listed(monkeypatch: pytest.MonkeyPatch, address: str) -> RemoteFile:
    monkeypatch.setenv("HF_ENDPOINT", address)
    return hub.listing(NAME, "main", 5).files["model.safetensors"]


@pytest.mark.parametrize("there", [0, 1, 999_999, 1_000_000, 1_000_001, len(CONTENT) - 1, len(CONTENT)])
@pytest.mark.parametrize("damage", ["", "no digests", "no ranges"])
def test_it_goes_on_from_any_byte(
    there: int, damage: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"model.safetensors{PART}").write_bytes(CONTENT[:there])
    with running(repository, NAME, damage) as server:
        file = listed(monkeypatch, server.address)
        assert here(tmp_path, file) == there
        download(file, tmp_path, 5, lambda line: None, untracked)
        sent = sum(count for _, count in server.sent_of("model.safetensors"))
    assert (tmp_path / "model.safetensors").read_bytes() == CONTENT and here(tmp_path, file) == len(CONTENT)
    assert not (tmp_path / f"model.safetensors{PART}").exists()
    if damage == "":
        assert sent == len(CONTENT) - there


def test_a_whole_file_is_not_asked_for(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(CONTENT)
    with running(repository, NAME) as server:
        download(listed(monkeypatch, server.address), tmp_path, 5, lambda line: None, untracked)
        assert server.sent == []


def test_a_whole_file_that_was_damaged_since_is_fetched_again(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(CONTENT[:-1] + b"x" if CONTENT[-1:] != b"x" else CONTENT[:-1] + b"y")
    with running(repository, NAME) as server:
        download(listed(monkeypatch, server.address), tmp_path, 5, lambda line: None, untracked)
    assert (tmp_path / "model.safetensors").read_bytes() == CONTENT


def test_a_server_that_never_stops_sending_fills_no_disk(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(repository, NAME) as server:
        file = listed(monkeypatch, server.address)
        (repository / "model.safetensors").write_bytes(CONTENT * 3)
        with pytest.raises(EngineError, match=r"has \d+ bytes, not 3500000, twice"):
            download(file, tmp_path, 5, lambda line: None, untracked)
    assert list(tmp_path.iterdir()) == [repository]


def test_progress_of_a_large_file_is_said_in_megabytes(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, str]] = []

    def track(items: Sequence[T], label: str, weigh: Callable[[T], int] = single, /) -> Iterable[T]:
        told.append((len(items), label))
        return items

    large = CONTENT * 3
    (repository / "model.safetensors").write_bytes(large)
    (tmp_path / f"model.safetensors{PART}").write_bytes(large[:2_000_000])
    notes: list[str] = []
    with running(repository, NAME) as server:
        download(listed(monkeypatch, server.address), tmp_path, 5, notes.append, track)
    assert told == [(9, "model.safetensors, MB")]
    assert notes == ["Downloading model.safetensors (10.5 MB, of which 2.0 are here)"]
