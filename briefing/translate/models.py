"""Models on disk: adding one, listing them, finding one.

A model is a folder of `config.models_dir`, converted to CTranslate2, with the tokeniser's files beside the weights and a
`briefing-model.json` that says what it is. Everything is written in a hidden folder first (`work_folder`), which is then renamed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from briefing.config import Config, Translate
from briefing.errors import EngineError
from briefing.translate import checkpoint, integrity, work_folder
from briefing.translate.checkpoint import Checkpoint
from briefing.translate.integrity import StoredFile
from briefing.translate.licence import UNKNOWN, licence
from briefing.translate.tokenise import open_tokeniser

CARD = "briefing-model.json"
QUANTISATION = "int8"
MEGABYTE = 1_000_000
BESIDE = f".{QUANTISATION}"  # ends the folder's name when the original lies under its own


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A converted model. `languages` is "ar-en"; `max_tokens` the longest input; `sha256` that of model.bin.

    `files` are its files as they were when it was added; none for a model that was put there by hand.
    """

    name: str
    path: Path
    architecture: str
    languages: str
    licence: str
    quantisation: str
    revision: str
    sha256: str
    max_tokens: int
    files: tuple[StoredFile, ...] = ()


def folder_name(name: str) -> str:
    """The folder of a model id: "Helsinki-NLP/opus-mt-ar-en" -> "Helsinki-NLP--opus-mt-ar-en"."""
    return re.sub(r"[^\w.-]", "_", name.replace("/", "--")).lstrip(".") or "model"


def add(
    directory: Path | str, config: Config, notify: Callable[[str], None], name: str = "", revision: str = "", licensed: str = ""
) -> ModelInfo:
    """Check a model's directory, convert it to int8 (or copy it, if it is converted) and put it with the others.

    `directory` is a transformers directory or a CTranslate2 one; `name`, `revision` and the licence are those of the hub,
    otherwise the name is found in the directory. A model of the same name is replaced. Raises EngineError naming the file that
    is missing, damaged or of the wrong kind, and what to do; Busy when the same model is being added by another process.
    """
    work_folder.clear(config.models_dir)
    source = Path(directory).expanduser().resolve()
    kind = checkpoint.examine(source)
    card = _own_card(source, kind)
    name = name or (card.name if card else kind.name)
    final = config.models_dir / folder_name(name)
    if final.resolve() == source:
        if kind.converted:
            return describe(source)
        final = final.with_name(final.name + BESIDE)
    notify(f"{'Copying' if kind.converted else f'Converting to {QUANTISATION}:'} {name}")
    with _new_folder(final) as new:
        _fill(new, source, kind)
        checkpoint.load_check(new, source)
        made = card or _card(new, kind, name, revision, licensed)
        _write_card(new, replace(made, name=name, files=integrity.stored(new)))
    return describe(final)


def list_models(config: Config) -> list[ModelInfo]:
    """The models in `config.models_dir` by name; folders that hold none are passed over."""
    return [describe(path) for path in _folders(config)]


def find(config: Config, name: str) -> ModelInfo | None:
    """The converted model that `name` stands for, or None.

    `name` is a hub id, its last part, a folder of the models directory, or the path of a CTranslate2 directory.
    """
    path = config.base / Path(name).expanduser()
    if (path / checkpoint.WEIGHTS).is_file():
        checkpoint.examine(path.resolve())
        return describe(path.resolve())
    known = {path.name.removesuffix(BESIDE): path for path in _folders(config)}
    last = name.rsplit("/", 1)[-1]
    for key in (folder_name(name), last, *(k for k in known if k.endswith(f"--{last}"))):
        if key in known:
            return describe(known[key])
    return None


def present(config: Config) -> ModelInfo | None:
    """The model to use: the one the configuration names, or the only one there when it names none of its own.

    Raises EngineError when several are there and the configuration does not choose.
    """
    found = find(config, config.translate.model)
    if found or config.translate.model != Translate().model:
        return found
    others = list_models(config)
    if len(others) > 1:
        listed = ", ".join(model.name for model in others)
        raise EngineError(f"Several models are there and none is chosen: {listed}", "Set translate.model in briefing.toml.")
    return others[0] if others else None


def describe(path: Path) -> ModelInfo:
    """What the converted model in `path` is, from its card, or from its files when it has none. Raises EngineError."""
    try:
        card = json.loads((path / CARD).read_text(encoding="utf-8"))
        texts = {f.name: str(card[f.name]) for f in fields(ModelInfo) if f.name not in ("path", "max_tokens", "files")}
        files = tuple(StoredFile(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in card.get("files", ()))
        return ModelInfo(path=path, max_tokens=int(card["max_tokens"]), files=files, **texts)
    except FileNotFoundError:
        return _card(path, checkpoint.examine(path), "", "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        step = "Run `briefing models pull` or `briefing models add DIR` again."
        raise EngineError(f"{path / CARD}: cannot be read: {error!r}", step) from error


def _folders(config: Config) -> list[Path]:
    folder = config.models_dir
    found = sorted(p for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    return [path for path in found if (path / checkpoint.WEIGHTS).is_file()]


@contextlib.contextmanager
def _new_folder(final: Path) -> Iterator[Path]:
    """A hidden folder beside `final` that takes its place when the block ends well and vanishes when it does not."""
    old, hidden = (final.with_name(start + final.name) for start in (work_folder.OLD, work_folder.NEW))
    try:
        with work_folder.held(hidden) as new:
            try:
                empty(new)
                yield new
                new.chmod(0o755)  # a model may serve several users
                shutil.rmtree(old, ignore_errors=True)
                if final.exists():
                    final.rename(old)
                new.rename(final)
            finally:
                shutil.rmtree(old, ignore_errors=True)
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise EngineError(f"{final}: cannot be written: {error.strerror}", space_step(error)) from error


def empty(folder: Path) -> None:
    """Remove everything in `folder`, which a killed process may have left. Raises OSError."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def space_step(error: OSError) -> str:
    """What to do when something could not be written among the models."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space there, or set paths.models in briefing.toml to a folder on another disk."
    return "Check the folder's permissions, or set paths.models in briefing.toml to another folder."


def check_space(folder: Path, needed: int) -> None:
    """Raises EngineError when the disk that `folder` is on, or will be, has less than `needed` bytes free."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        numbers = f"{needed / MEGABYTE:,.0f} MB are needed and {free / MEGABYTE:,.0f} MB are free"
        raise EngineError(f"{folder}: {numbers}", space_step(OSError(errno.ENOSPC, "")))


def _fill(new: Path, source: Path, kind: Checkpoint) -> None:
    if kind.converted:
        open_tokeniser(source, kind.architecture)
    else:
        from briefing.translate import convert  # numpy, which listing models does without

        convert.convert(source, kind.architecture, new, QUANTISATION)
    for name in kind.files:
        shutil.copyfile(source / name, new / name)


def _own_card(source: Path, kind: Checkpoint) -> ModelInfo | None:
    """The card of a model that this program converted elsewhere; its digests show whether the copy is whole."""
    if not kind.converted or not (source / CARD).is_file():
        return None
    card = describe(source)
    files = card.files or (StoredFile(checkpoint.WEIGHTS, (source / checkpoint.WEIGHTS).stat().st_size, card.sha256),)
    if wrong := integrity.changed(source, files, digests=True):
        raise EngineError(wrong[0], f"{CARD} describes another file. Copy the model's directory again.")
    return card


def _write_card(folder: Path, info: ModelInfo) -> None:
    card = {k: v for k, v in asdict(info).items() if k != "path"}
    (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _card(path: Path, kind: Checkpoint, name: str, revision: str, licensed: str = "") -> ModelInfo:
    name = name or kind.name
    quantisation = "as converted" if kind.converted else QUANTISATION
    digest = integrity.sha256(path / checkpoint.WEIGHTS)
    known = licence(name, licensed)
    # A name of one's own hides whose model it is; the directory it came from may still say it.
    terms = licence(kind.name) if known == UNKNOWN else known
    return ModelInfo(name, path, kind.architecture, "ar-en", terms, quantisation, revision, digest, kind.max_tokens)
