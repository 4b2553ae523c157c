"""A model from the hub to the folder of models: space looked at, files fetched, checked and converted.

The files lie in `.pull-NAME` beside the models until the model is there, with a note of what they are, so that a pull that was
stopped, even by kill -9 or a power cut, goes on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefing.config import Config
from briefing.errors import EngineError
from briefing.progress import Track
from briefing.translate import download, hub, integrity, models, work_folder
from briefing.translate.checkpoint import PICKLE, SAFETENSORS
from briefing.translate.hub import Listing, RemoteFile
from briefing.translate.licence import licence, warning
from briefing.translate.models import ModelInfo
from briefing.translate.presets import preset
from briefing.translate.torch_extra import INSTALL_TORCH, torch_installed

NOTE = "pull.json"
_SMALL = (
    "config.json", "generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json",
    "tokenizer.json", "source.spm", "target.spm", "sentencepiece.bpe.model",
)  # fmt: skip
_ROOM = 50 * models.MEGABYTE  # beside the weights, and so that the disk is not left with nothing


@dataclass(frozen=True, slots=True)
class Note:
    """What lies in a `.pull-` folder: the model, its revision, how many bytes it will be, and how many are there."""

    name: str
    revision: str
    bytes: int
    here: int = 0


def pull(name: str, config: Config, notify: Callable[[str], None], track: Track, revision: str = "") -> ModelInfo:
    """The model `name` (a preset or a hub name) at `revision` ("": the preset's, else the newest), fetched and converted.

    One that is there already is given back, without a question to the hub unless another revision is asked for. Raises
    NoModel when the hub cannot be asked or has no such model, Busy when another process pulls it, EngineError for anything
    else, with the file at fault.
    """
    known = preset(name)
    name, asked = (known.hub if known else name), revision or (known.revision if known else "")
    there = _there(name, config, notify)
    if there and revision in ("", there.revision):
        return _told(there, notify)
    work_folder.clear(config.models_dir)
    listing = hub.listing(name, asked or hub.NEWEST, config.translate.hub_timeout)
    if there and there.revision == listing.revision:
        return _told(there, notify)
    wanted = _wanted(listing)
    notify(_about(listing, wanted, pinned=bool(asked)))
    try:
        with work_folder.held(_folder(name, config)) as folder:
            return _made(folder, listing, wanted, config, notify, track)
    except OSError as error:
        message = f"{config.models_dir}: cannot be written: {error.strerror}"
        raise EngineError(message, models.space_step(error)) from error


def noted(folder: Path) -> Note | None:
    """What the `.pull-` folder is for and how much of it is there, or None when its note cannot be read."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        here = sum(path.stat().st_size for path in folder.iterdir() if path.name != NOTE and path.is_file())
        return Note(str(note["name"]), str(note["revision"]), int(note["bytes"]), here)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _there(name: str, config: Config, notify: Callable[[str], None]) -> ModelInfo | None:
    path = config.models_dir / models.folder_name(name)
    if not (path / models.CARD).is_file():
        return None
    try:
        info = models.describe(path)
    except EngineError as error:
        notify(f"{error.message}. It is fetched anew.")
        return None
    if wrong := integrity.changed(path, info.files, digests=True):
        notify(f"{wrong[0]}. It is fetched anew.")
        return None
    return info


def _told(there: ModelInfo, notify: Callable[[str], None]) -> ModelInfo:
    notify(f"{there.name} is there already, revision {there.revision or 'unknown'}; nothing is downloaded")
    return there


def _wanted(listing: Listing) -> list[RemoteFile]:
    """The files to download, weights last. A pickle that no torch can read is not downloaded first and refused then."""
    weights = next((file for file in (SAFETENSORS, PICKLE) if file in listing.files), None)
    if weights is None:
        step = "Pull a model that has one of these, or add a converted one: briefing models add DIR."
        raise EngineError(f"{listing.name}: the hub has neither {SAFETENSORS} nor {PICKLE}", step)
    if weights == PICKLE and not torch_installed():
        raise EngineError(
            f"{listing.name}: there is only {PICKLE} on the hub, and reading that needs torch, which is not installed",
            f"Run: {INSTALL_TORCH} and then the same command again; or `briefing models add DIR` with a converted model.",
        )
    return [listing.files[file] for file in (*_SMALL, weights) if file in listing.files]


def _about(listing: Listing, wanted: list[RemoteFile], pinned: bool) -> str:
    terms = licence(listing.name, listing.licence)
    size = sum(max(file.bytes, 0) for file in wanted) / models.MEGABYTE
    parts = [f"{listing.name}, revision {listing.revision}{'' if pinned else ' (the newest)'}, {size:,.0f} MB, licence {terms}."]
    return " ".join([*parts, *filter(None, [warning(listing.name, terms)])])


def _folder(name: str, config: Config) -> Path:
    return config.models_dir / f"{work_folder.PULL}{models.folder_name(name)}"


def _made(
    folder: Path, listing: Listing, wanted: list[RemoteFile], config: Config, notify: Callable[[str], None], track: Track
) -> ModelInfo:
    try:
        _prepare(folder, listing, wanted)
        _check_space(folder, wanted, config)
        for file in wanted:
            download.download(file, folder, config.translate.hub_timeout, notify, track)
        made = models.add(folder, config, notify, listing.name, listing.revision, listing.licence)
        shutil.rmtree(folder, ignore_errors=True)
        return made
    finally:
        note = noted(folder)
        if note is None or not note.here:  # nothing there that could be gone on with
            shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, listing: Listing, wanted: list[RemoteFile]) -> None:
    """Empty the folder unless what lies there belongs to this revision, and note what it is for."""
    before = noted(folder)
    if before is None or (before.name, before.revision) != (listing.name, listing.revision):
        models.empty(folder)
    note = {"name": listing.name, "revision": listing.revision, "bytes": sum(max(file.bytes, 0) for file in wanted)}
    (folder / NOTE).write_text(json.dumps(note), encoding="utf-8")


def _check_space(folder: Path, wanted: list[RemoteFile], config: Config) -> None:
    """What is still to come, and the converted model: int8 is a quarter of float32, half of float16."""
    still = sum(max(file.bytes - download.here(folder, file), 0) for file in wanted)
    models.check_space(config.models_dir, still + max(wanted[-1].bytes, 0) // 2 + _ROOM)
