"""Taking a model, or an unfinished download, away from the folder of models; nothing outside that folder is ever touched."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.config import Config
from briefing.errors import EngineError, UsageError
from briefing.translate import work_folder
from briefing.translate.inventory import called, folders
from briefing.translate.presets import preset


def choose(name: str, config: Config) -> Path:
    """The folder that `name` stands for: a model's name, its last part, or the name of its folder.

    Raises EngineError when there is none, UsageError when there are several.
    """
    known = preset(name)
    full = known.hub if known else name
    named = {path: called(path) for path in folders(config)}
    exact = [path for path, its in named.items() if name == path.name] or [path for path, its in named.items() if full == its]
    found = exact or [path for path, its in named.items() if name == its.rsplit("/", 1)[-1]]
    if not found:
        there = ", ".join(dict.fromkeys(named.values())) or "none"
        raise EngineError(f"{config.models_dir}: there is no model {name}", f"There: {there}. See: briefing models list -v")
    if len(found) > 1:
        raise UsageError(f"{name} may be any of {len(found)}", f"Name one: {', '.join(path.name for path in found)}.")
    return found[0]


def remove(folder: Path, config: Config) -> None:
    """Delete `folder`, one that `choose` gave; a link goes, what it leads to stays.

    Raises EngineError when it cannot be deleted, or is no folder of the models; Busy while another process downloads there.
    """
    if folder.parent != config.models_dir or not folder.name.strip("."):
        raise EngineError(f"{folder}: is not in {config.models_dir}", "Name a model that `briefing models list` shows.")
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            _remove(folder)
    except OSError as error:
        step = "Check the folder's permissions; what is left of it is not used as a model."
        raise EngineError(f"{folder}: cannot be removed: {error.strerror}", step) from error


def _remove(folder: Path) -> None:
    with work_folder.held(folder):
        # Renamed first: a model that is half deleted must not look like one, whenever this is stopped.
        gone = folder.with_name(f"{work_folder.REMOVED}{folder.name.lstrip('.')}")
        if gone.exists():
            shutil.rmtree(gone)
        shutil.rmtree(folder.rename(gone))
