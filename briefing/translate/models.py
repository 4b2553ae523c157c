"""Models on disk: adding one, listing them, finding one.

A model is a folder of `config.models_dir`, converted to CTranslate2, with the tokeniser's files beside the weights and a
`briefing-model.json` that says what it is. Everything is written under a hidden name first and then renamed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from briefing.config import Config, Translate
from briefing.errors import EngineError
from briefing.translate import checkpoint
from briefing.translate.checkpoint import Checkpoint
from briefing.translate.tokenise import open_tokeniser

CARD = "briefing-model.json"
QUANTISATION = "int8"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A converted model. `languages` is "ar-en"; `max_tokens` the longest input; `sha256` that of model.bin."""

    name: str
    path: Path
    architecture: str
    languages: str
    licence: str
    quantisation: str
    revision: str
    sha256: str
    max_tokens: int


def folder_name(name: str) -> str:
    """The folder of a model id: "Helsinki-NLP/opus-mt-ar-en" -> "Helsinki-NLP--opus-mt-ar-en"."""
    return re.sub(r"[^\w.-]", "_", name.replace("/", "--")).lstrip(".") or "model"


def add(directory: Path | str, config: Config, notify: Callable[[str], None], name: str = "", revision: str = "") -> ModelInfo:
    """Check a model's directory, convert it to int8 (or copy it, if it is converted) and put it with the others.

    `directory` is a transformers directory or a CTranslate2 one; `name` and `revision` are those of the hub, otherwise the
    name is found in the directory. A model of the same name is replaced. Raises EngineError naming the file that is
    missing, damaged or of the wrong kind, and what to do.
    """
    source = Path(directory).expanduser().resolve()
    kind = checkpoint.examine(source)
    card = _own_card(source, kind)
    name = name or (card.name if card else kind.name)
    final = config.models_dir / folder_name(name)
    if final.resolve() == source:
        return describe(source)
    notify(f"{'Copying' if kind.converted else f'Converting to {QUANTISATION}:'} {name}")
    with _new_folder(final) as new:
        _fill(new, source, kind)
        checkpoint.load_check(new, source)
        _write_card(new, replace(card, name=name) if card else _card(new, kind, name, revision))
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
    known = {path.name: path for path in _folders(config)}
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
        return ModelInfo(path=path, **{f.name: card[f.name] for f in fields(ModelInfo) if f.name != "path"})
    except FileNotFoundError:
        return _card(path, checkpoint.examine(path), "", "")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"{path / CARD}: cannot be read: {error!r}", "Run `briefing models add DIR` again.") from error


def _folders(config: Config) -> list[Path]:
    folder = config.models_dir
    found = sorted(p for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else []
    return [path for path in found if (path / checkpoint.WEIGHTS).is_file()]


@contextlib.contextmanager
def _new_folder(final: Path) -> Iterator[Path]:
    """A hidden folder beside `final` that takes its place when the block ends well and vanishes when it does not."""
    old = final.with_name(f".old-{final.name}")
    new: Path | None = None
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=final.parent))
        yield new
        new.chmod(0o755)  # mkdtemp makes it private, but a model may serve several users
        shutil.rmtree(old, ignore_errors=True)
        if final.exists():
            final.rename(old)
        new.rename(final)
    except OSError as error:
        raise EngineError(f"{final}: cannot be written: {error.strerror}", _space(error)) from error
    finally:
        shutil.rmtree(old, ignore_errors=True)
        if new is not None:
            shutil.rmtree(new, ignore_errors=True)


def _space(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space there, or set paths.models in briefing.toml to a folder on another disk."
    return "Check the folder's permissions, or set paths.models in briefing.toml to another folder."


def _fill(new: Path, source: Path, kind: Checkpoint) -> None:
    if kind.converted:
        open_tokeniser(source, kind.architecture)
    else:
        from briefing.translate import convert  # numpy, which listing models does without

        convert.convert(source, kind.architecture, new, QUANTISATION)
    for name in kind.files:
        shutil.copyfile(source / name, new / name)


def _own_card(source: Path, kind: Checkpoint) -> ModelInfo | None:
    """The card of a model that this program converted elsewhere; its digest shows whether the copy is whole."""
    if not kind.converted or not (source / CARD).is_file():
        return None
    card = describe(source)
    if _sha256(source / checkpoint.WEIGHTS) != card.sha256:
        raise EngineError(f"{source / checkpoint.WEIGHTS}: is not what {CARD} describes: damaged or cut short", "Copy it again.")
    return card


def _write_card(folder: Path, info: ModelInfo) -> None:
    card = {k: v for k, v in asdict(info).items() if k != "path"}
    (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _card(path: Path, kind: Checkpoint, name: str, revision: str) -> ModelInfo:
    name = name or kind.name
    quantisation = "as converted" if kind.converted else QUANTISATION
    digest = _sha256(path / checkpoint.WEIGHTS)
    licence = checkpoint.licence(name)
    return ModelInfo(name, path, kind.architecture, "ar-en", licence, quantisation, revision, digest, kind.max_tokens)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
