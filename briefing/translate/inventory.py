"""What lies in the folder of models: those that can be used, those that are damaged, and downloads that are not finished."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import checkpoint, integrity, models, pull, work_folder
from briefing.translate.models import CARD, MEGABYTE, ModelInfo
from briefing.translate.presets import preset
from briefing.translate.pull import Note


@dataclass(frozen=True, slots=True)
class Unusable:
    """A folder among the models that no engine can use: `what` is wrong, and what to do about it."""

    name: str
    path: Path
    what: str
    next_step: str


def inventory(config: Config) -> tuple[list[ModelInfo], list[Unusable]]:
    """The models and what else lies beside them, by folder. Sizes are compared, digests are not: `verify` does that.

    Raises EngineError when the folder of models cannot be read.
    """
    seen = [_seen(path) for path in folders(config)]
    return [one for one in seen if isinstance(one, ModelInfo)], [one for one in seen if isinstance(one, Unusable)]


def folders(config: Config) -> list[Path]:
    """Every folder of a model, whole or not, and every unfinished download, by name. Raises EngineError."""
    try:
        names = sorted(os.listdir(config.models_dir))
    except FileNotFoundError:
        return []
    except OSError as error:
        step = "Check its permissions, or set paths.models in briefing.toml to another folder."
        raise EngineError(f"{config.models_dir}: cannot be read: {error.strerror}", step) from error
    paths = [config.models_dir / name for name in names if not name.startswith(".") or name.startswith(work_folder.PULL)]
    return [path for path in paths if path.is_dir()]


def called(path: Path) -> str:
    """The name of what lies in a folder of `folders`: that of its card or note, else the folder's own."""
    if path.name.startswith(work_folder.PULL):
        note = pull.noted(path)
        return note.name if note else path.name.removeprefix(work_folder.PULL).replace("--", "/", 1)
    try:
        if (path / CARD).is_file():
            return models.describe(path).name
    except (EngineError, OSError):
        pass
    return path.name.replace("--", "/", 1)


def _seen(path: Path) -> ModelInfo | Unusable:
    if path.name.startswith(work_folder.PULL):
        return _unfinished(path, pull.noted(path))
    try:
        return _whole(path)
    except EngineError as error:
        return Unusable(called(path), path, error.message, _mend(called(path)))


def _whole(path: Path) -> ModelInfo | Unusable:
    kind = checkpoint.examine(path)
    if not kind.converted:
        return Unusable(kind.name, path, f"{path}: is a model, but not converted", f"Run: briefing models add {path}")
    info = models.describe(path)
    if wrong := integrity.changed(path, info.files, digests=False):
        raise EngineError(wrong[0])
    return info


def _unfinished(path: Path, note: Note | None) -> Unusable:
    name = called(path)
    if note is None:
        return Unusable(name, path, f"{path}: a download that was stopped", f"Run: briefing models pull {name}")
    known = preset(name)
    pinned = "" if known and known.revision == note.revision else f" --revision {note.revision}"
    what = f"{path}: {note.here / MEGABYTE:,.0f} of {note.bytes / MEGABYTE:,.0f} MB are downloaded"
    step = f"To go on: briefing models pull {known.name if known else name}{pinned}"
    return Unusable(name, path, what, f"{step}. To give it up: briefing models remove {name}")


def _mend(name: str) -> str:
    known = preset(name)
    fetch = f"briefing models pull {known.name}" if known else "briefing models add DIR with the original model"
    return f"Run: {fetch}; or, to be rid of it: briefing models remove {name}"
