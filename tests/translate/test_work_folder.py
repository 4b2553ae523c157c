"""The folders that models are made in: locked while somebody is at work, cleared away when nobody is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import models, work_folder
from briefing.translate.work_folder import Busy

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from briefing.translate import work_folder
with work_folder.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds `folder` until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder)], cwd=ROOT, text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_a_held_folder_is_busy_for_others_and_free_when_its_process_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "models" / ".pull-one"
    process = holder(folder)
    with pytest.raises(Busy, match="another process") as caught, work_folder.held(folder):
        pass
    assert caught.value.next_step
    process.kill()
    process.communicate()
    with work_folder.held(folder) as mine:
        assert mine == folder


def test_what_killed_processes_left_is_cleared_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    for name in (".new-one", ".download-abc123", ".removed-one", ".pull-one", "one"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x", encoding="utf-8")
    process = holder(tmp_path / ".new-two")
    work_folder.clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new-two", ".pull-one", "one"]
    process.kill()
    process.communicate()
    work_folder.clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".pull-one", "one"]


def test_a_model_whose_replacement_was_killed_between_the_renames_is_put_back(tmp_path: Path) -> None:
    for name in (".old-one", ".new-one"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "which").write_text(name, encoding="utf-8")
    work_folder.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert (tmp_path / "one" / "which").read_text("utf-8") == ".old-one"


def test_a_replaced_model_that_was_not_removed_goes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / ".old-one").mkdir()
    work_folder.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    models_dir = tmp_path / "models"
    models_dir.mkdir()
    (models_dir / ".new-one").symlink_to(tmp_path / "mine")
    work_folder.clear(models_dir)
    assert (tmp_path / "mine").is_dir()


def test_clearing_makes_no_folder(tmp_path: Path) -> None:
    work_folder.clear(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_two_adds_of_one_model_at_once(random_marian: Path, config: Config) -> None:
    process = holder(config.models_dir / ".new-Helsinki-NLP--opus-mt-ar-en")
    with pytest.raises(EngineError, match="another process is at work"):
        models.add(random_marian, config, lambda line: None)
    process.kill()
    process.communicate()
    (config.models_dir / ".new-Helsinki-NLP--opus-mt-ar-en" / "left over").mkdir()
    info = models.add(random_marian, config, lambda line: None)
    assert [path.name for path in config.models_dir.iterdir()] == [info.path.name]
    assert not (info.path / "left over").exists()
