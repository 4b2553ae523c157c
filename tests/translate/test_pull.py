"""Pulling a model from a hub that runs here: whole, stopped half-way in every manner, damaged, refused."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefing.config import Config
from briefing.errors import EngineError
from briefing.progress import untracked
from briefing.translate import models, pull, work_folder
from briefing.translate.engine import NoModel
from briefing.translate.inventory import inventory
from briefing.translate.models import ModelInfo
from briefing.translate.presets import presets
from tests.translate.hub_server import REVISION, Hub
from tests.translate.hub_server import hub as running

ROOT = Path(__file__).resolve().parents[2]
NAME = "Helsinki-NLP/opus-mt-ar-en"
PINNED = presets()[0].revision
OTHER = "someone/opus-mt-ar-en"
WEIGHTS = "model.safetensors"

Served = Callable[..., AbstractContextManager[Hub]]


@pytest.fixture
def quick(config: Config) -> Config:
    return replace(config, translate=replace(config.translate, hub_timeout=1))


@pytest.fixture
def served(random_marian: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """`with served("truncate") as hub:` runs one that HF_ENDPOINT names."""
    from contextlib import contextmanager

    @contextmanager
    def serve(damage: str = "", directory: Path = random_marian, name: str = NAME, licence: str = "") -> Iterator[Hub]:
        with running(directory, name, damage, licence) as server:
            monkeypatch.setenv("HF_ENDPOINT", server.address)
            yield server

    return serve


def pulled(config: Config, notes: list[str] | None = None, name: str = NAME, revision: str = "") -> ModelInfo:
    return pull.pull(name, config, (notes if notes is not None else []).append, untracked, revision)


def lying(config: Config) -> list[str]:
    """What lies in the folder of models."""
    return sorted(path.name for path in config.models_dir.iterdir()) if config.models_dir.exists() else []


def part(config: Config, name: str = NAME) -> Path:
    return config.models_dir / f".pull-{models.folder_name(name)}" / f"{WEIGHTS}.part"


def fail(config: Config, served: Served, damage: str, message: str) -> EngineError:
    with served(damage), pytest.raises(EngineError, match=message) as caught:
        pulled(config)
    return caught.value


# ---------------------------------------------------------------- whole


@pytest.mark.parametrize("name", [NAME, "opus-mt-ar-en", "OPUS-MT-AR-EN"])
def test_a_preset_is_fetched_at_its_revision_and_converted(
    name: str, served: Served, config: Config, notes: list[str]
) -> None:
    with served() as server:
        info = pulled(config, notes, name)
    assert (info.name, info.revision, info.licence) == (NAME, PINNED, "Apache-2.0")
    assert lying(config) == ["Helsinki-NLP--opus-mt-ar-en"]
    assert server.asked[0].endswith(f"/revision/{PINNED}")
    assert not any("escape" in path for path in server.asked)
    assert notes[0].startswith(f"{NAME}, revision {PINNED}, ") and "licence Apache-2.0" in notes[0]
    assert any(note.startswith(f"Downloading {WEIGHTS} (") for note in notes)


def test_without_a_pin_the_newest_is_taken_recorded_and_said(
    served: Served, random_marian: Path, config: Config, notes: list[str]
) -> None:
    with served(name=OTHER, licence="cc-by-4.0"):
        info = pulled(config, notes, OTHER)
    assert (info.revision, info.licence) == (REVISION, "CC-BY-4.0")
    assert f"revision {REVISION} (the newest)" in notes[0]


def test_what_is_there_is_not_fetched_again(served: Served, config: Config, notes: list[str]) -> None:
    with served() as server:
        first = pulled(config)
        asked = len(server.asked)
        assert pulled(config, notes) == first
        assert pulled(config, notes, revision=PINNED) == first
        assert len(server.asked) == asked
    assert notes == [f"{NAME} is there already, revision {PINNED}; nothing is downloaded"] * 2


def test_another_revision_replaces_and_the_same_one_by_another_name_does_not(
    served: Served, config: Config, notes: list[str]
) -> None:
    with served() as server:
        pulled(config)
        assert pulled(config, notes, revision="main").revision == REVISION
        asked = len(server.asked)
        assert pulled(config, notes, revision="main").revision == REVISION
    assert len(server.asked) == asked + 1 and "there already" in notes[-1]
    assert lying(config) == ["Helsinki-NLP--opus-mt-ar-en"]


@pytest.mark.parametrize("damaged", ["model.bin", "target.spm", models.CARD])
def test_a_model_that_was_damaged_since_is_fetched_anew(
    damaged: str, served: Served, config: Config, notes: list[str]
) -> None:
    with served():
        first = pulled(config)
        file = first.path / damaged
        file.write_bytes(file.read_bytes()[:-9])
        assert pulled(config, notes) == first
    assert damaged in notes[0] and "fetched anew" in notes[0]


def test_a_hub_without_digests_is_checked_by_what_its_answers_state(served: Served, config: Config) -> None:
    with served("no digests"):
        assert pulled(config).revision == PINNED


# ---------------------------------------------------------------- stopped half-way


def test_a_download_that_broke_off_goes_on(served: Served, random_marian: Path, quick: Config, notes: list[str]) -> None:
    size = (random_marian / WEIGHTS).stat().st_size
    error = fail(quick, served, "truncate", rf"{WEIGHTS}: the download (ended after|failed)")
    assert "goes on where it stopped" in error.next_step
    assert part(quick).stat().st_size == size // 2
    (unfinished,) = inventory(quick)[1]
    assert unfinished.name == NAME and "are downloaded" in unfinished.what
    assert "briefing models pull opus-mt-ar-en" in unfinished.next_step
    with served() as server:
        info = pulled(quick, notes)
    assert server.sent_of(WEIGHTS) == [(size // 2, size - size // 2)]
    assert server.sent_of("vocab.json") == []
    assert "are here" in next(note for note in notes if WEIGHTS in note)
    assert lying(quick) == [info.path.name]


def test_a_hub_without_ranges_sends_it_whole(served: Served, random_marian: Path, quick: Config) -> None:
    fail(quick, served, "truncate", "the download")
    with served("no ranges") as server:
        pulled(quick)
    assert server.sent_of(WEIGHTS) == [(0, (random_marian / WEIGHTS).stat().st_size)]


@pytest.mark.slow
def test_a_stalled_hub_is_given_up_after_the_timeout(served: Served, quick: Config) -> None:
    start = time.monotonic()
    fail(quick, served, "stall", "the download failed: timed out")
    assert time.monotonic() - start < 4 and part(quick).stat().st_size > 0


def test_what_came_of_another_revision_is_not_gone_on_with(served: Served, random_marian: Path, quick: Config) -> None:
    fail(quick, served, "truncate", "the download")
    with served() as server:
        assert pulled(quick, revision="main").revision == REVISION
    assert server.sent_of(WEIGHTS) == [(0, (random_marian / WEIGHTS).stat().st_size)]


def test_a_part_that_is_too_long_or_other_bytes_is_fetched_from_its_start(
    served: Served, random_marian: Path, quick: Config
) -> None:
    size = (random_marian / WEIGHTS).stat().st_size
    for content in (b"x" * (size + 5), b"x" * size, b"x" * (size // 2)):
        fail(quick, served, "truncate", "the download")
        part(quick).write_bytes(content)
        with served() as server:
            info = pulled(quick)
        assert server.sent_of(WEIGHTS)[-1] == (0, size)
        shutil.rmtree(info.path)


def command(config: Config, server: Hub) -> subprocess.Popen[str]:
    """`briefing models pull` in a process of its own."""
    config.base.joinpath("briefing.toml").write_text('[paths]\nmodels = "models"\n', encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_ENDPOINT": server.address}
    call = [sys.executable, "-m", "briefing", "models", "pull"]
    return subprocess.Popen(
        call, cwd=config.base, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until and process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize(("stop", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_a_process_that_was_stopped_is_gone_on_with(
    stop: int, code: int, served: Served, random_marian: Path, config: Config
) -> None:
    size = (random_marian / WEIGHTS).stat().st_size
    with served("stall") as server:
        process = command(config, server)
        wait_for(lambda: (part(config).exists() and part(config).stat().st_size > 0) or bool(server.sent_of(WEIGHTS)), process)
        time.sleep(0.3)  # for what was sent to be read
        process.send_signal(stop)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert lying(config) == [".pull-Helsinki-NLP--opus-mt-ar-en"]
    with served() as server:
        done = command(config, server)
        out, errors = done.communicate(timeout=60)
    assert done.returncode == 0, errors
    assert out.startswith(f"* {NAME}: marian") and lying(config) == ["Helsinki-NLP--opus-mt-ar-en"]
    assert server.sent_of("source.spm") == []
    ((start, count),) = server.sent_of(WEIGHTS)
    assert start > 0 and start + count == size


def test_two_at_once(served: Served, config: Config) -> None:
    """The second says that somebody else is at it and downloads nothing; when the first is killed it goes on."""
    with served("stall") as server:
        first = command(config, server)
        wait_for(lambda: bool(server.sent_of(WEIGHTS)), first)
        with pytest.raises(work_folder.Busy, match="another process"):
            pulled(config)
        assert len(server.sent_of(WEIGHTS)) == 1
        first.kill()
        first.communicate(timeout=30)
    with served():
        assert pulled(config).revision == PINNED


def test_threads_of_one_process_exclude_each_other_too(served: Served, config: Config) -> None:
    ended: list[object] = []

    def one() -> None:
        try:
            ended.append(pulled(config))
        except work_folder.Busy as error:
            ended.append(error)

    with served():
        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert any(isinstance(end, ModelInfo) for end in ended) and len(ended) == 4
    assert lying(config) == ["Helsinki-NLP--opus-mt-ar-en"]


# ---------------------------------------------------------------- damaged and refused


def test_a_file_that_is_not_the_hubs_is_fetched_again_once(served: Served, quick: Config, notes: list[str]) -> None:
    with served("swap once") as server:
        assert pulled(quick, notes).name == NAME
    assert len(server.sent_of(WEIGHTS)) == 2
    assert any(f"{WEIGHTS}: what arrived is not what the hub describes" in note for note in notes)


@pytest.mark.parametrize(("damage", "file"), [("swap", WEIGHTS), ("swap small", "vocab.json")])
def test_then_it_is_named(damage: str, file: str, served: Served, quick: Config) -> None:
    error = fail(quick, served, damage, rf"{file}: what arrived is not what the hub describes \((sha256|git digest)\), twice")
    assert error.next_step
    assert not any(path.name.startswith(file) for path in part(quick).parent.iterdir())


def test_a_listed_file_that_is_not_there_is_named_and_leaves_nothing(served: Served, quick: Config) -> None:
    fail(quick, served, "gone", "the hub answers 404")
    assert lying(quick) == []


def test_no_space_is_said_before_anything_is_fetched(
    served: Served, random_marian: Path, quick: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=30_000_000))
    with served() as server, pytest.raises(EngineError, match=r"5\d MB are needed and 30 MB are free") as caught:
        pulled(quick)
    assert server.sent == [] and "paths.models" in caught.value.next_step
    assert lying(quick) == []


def test_a_disk_that_fills_up_keeps_what_there_is(
    served: Served, quick: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(models, "add", full)
    with served(), pytest.raises(EngineError, match="No space left") as caught:
        pulled(quick)
    assert "Free some space" in caught.value.next_step and part(quick).with_suffix("").exists()


def test_a_pickle_is_not_downloaded_without_torch(
    served: Served, random_marian: Path, quick: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pickled = Path(shutil.copytree(random_marian, tmp_path / "pickled"))
    (pickled / WEIGHTS).rename(pickled / "pytorch_model.bin")
    monkeypatch.setattr(pull, "torch_installed", lambda: False)
    with served(directory=pickled) as server, pytest.raises(EngineError, match="torch, which is not installed") as caught:
        pulled(quick)
    assert len(server.asked) == 1 and "pip install 'monday-brief[torch]'" in caught.value.next_step


def test_a_repository_without_weights_is_named(served: Served, random_marian: Path, quick: Config, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(random_marian, tmp_path / "bare"))
    (bare / WEIGHTS).unlink()
    with served(directory=bare), pytest.raises(EngineError, match=r"neither model\.safetensors nor pytorch_model\.bin"):
        pulled(quick)


def test_a_model_of_another_kind_is_named_and_can_be_removed(
    served: Served, random_marian: Path, quick: Config, tmp_path: Path
) -> None:
    bert = Path(shutil.copytree(random_marian, tmp_path / "bert"))
    (bert / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    with served(directory=bert), pytest.raises(EngineError, match="is a model of type 'bert'"):
        pulled(quick)
    assert [one.name for one in inventory(quick)[1]] == [NAME]


@pytest.mark.parametrize("name", ["no-such-preset", "../../etc", "/etc", "a/b/c"])
def test_a_name_that_is_none_asks_nobody(name: str, served: Served, quick: Config) -> None:
    with served() as server, pytest.raises(NoModel, match="no hub name"):
        pulled(quick, name=name)
    assert server.asked == [] and lying(quick) == []


def test_the_licence_is_said_when_it_forbids_commercial_use(
    served: Served, quick: Config, notes: list[str]
) -> None:
    with served(name="facebook/nllb-200-distilled-600M"):
        info = pulled(quick, notes, "nllb-200-distilled-600M")
    assert info.licence == "CC-BY-NC-4.0, for non-commercial use only"
    assert "Do not use what it translates commercially" in notes[0]
