"""What a model's directory is, and whether it is whole: read before anything is converted, loaded or copied.

Every check names the file at fault, because half-downloaded models are the usual kind of trouble: a missing tokeniser, a
pointer file of Git LFS in place of weights, weights cut short, or a model of another kind or direction.
"""

from __future__ import annotations

import json
import os
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import EngineError
from briefing.translate.presets import preset
from briefing.translate.torch_extra import load

WEIGHTS = "model.bin"
SAFETENSORS = "model.safetensors"
PICKLE = "pytorch_model.bin"
MARIAN = "marian"
M2M100 = "m2m_100"
MAX_TOKENS = 512
LANGUAGE_CODES = (("arb_Arab", "eng_Latn"), ("__ar__", "__en__"))
_MARIAN_FILES = ("source.spm", "target.spm")
_M2M_TOKENISERS = ("tokenizer.json", "sentencepiece.bpe.model")
_LFS = b"version https://git-lfs.github.com/spec/"
_ARABIC = {"ar", "ara", "arb", "arabic"}
_ENGLISH = {"en", "eng", "english"}
_AGAIN = "Copy or download the model's directory again, whole (with `git lfs pull` if it is a git clone)."
_OTHER = "Give an Arabic to English model: Helsinki-NLP/opus-mt-ar-en, or an NLLB-200 or M2M-100 model."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model's directory as found: `converted` to CTranslate2 or not; `files` are what to copy besides converted weights."""

    architecture: str
    name: str
    converted: bool
    files: tuple[str, ...]
    max_tokens: int


def examine(directory: Path) -> Checkpoint:
    """What the model in `directory` is. Raises EngineError naming the file that is missing, damaged or of the wrong kind."""
    _check_folder(directory)
    if (directory / WEIGHTS).exists():
        return _converted(directory)
    if any(directory.glob("*_vocabulary.*")) and not any((directory / name).exists() for name in (SAFETENSORS, PICKLE)):
        raise EngineError(f"{directory / WEIGHTS}: is missing", _AGAIN)
    config = read_json(directory / "config.json")
    architecture = _architecture(directory, config)
    weights_file(directory)
    files = _tokeniser(directory, architecture)
    if architecture == MARIAN:
        _whole(directory / "vocab.json")
    _check_direction(directory, architecture, config)
    longest = config.get("max_position_embeddings", MAX_TOKENS)
    return Checkpoint(architecture, _name(directory, config), False, files, min(MAX_TOKENS, int(longest)))


def _check_folder(directory: Path) -> None:
    step = "Give the directory that holds the model's files."
    try:
        empty = not os.listdir(directory)
    except FileNotFoundError as error:
        raise EngineError(f"{directory}: there is no such directory", step) from error
    except NotADirectoryError as error:
        raise EngineError(f"{directory}: is a file, not a model's directory", step) from error
    except OSError as error:
        raise EngineError(f"{directory}: cannot be read: {error.strerror}", f"Check its permissions. {step}") from error
    if empty:
        raise EngineError(f"{directory}: is empty", _AGAIN)


def weights_file(directory: Path) -> Path:
    """The file with the weights of a transformers directory. Raises EngineError when it is missing or cut short."""
    if (directory / SAFETENSORS).exists():
        _check_safetensors(directory / SAFETENSORS)
        return directory / SAFETENSORS
    if (directory / f"{SAFETENSORS}.index.json").exists():
        raise EngineError(f"{directory / SAFETENSORS}.index.json: weights in several files cannot be used", _OTHER)
    if not (directory / PICKLE).exists():
        raise EngineError(f"{directory}: has no {SAFETENSORS} and no {PICKLE}", _AGAIN)
    _whole(directory / PICKLE)
    return directory / PICKLE


def load_check(directory: Path, shown: Path) -> None:
    """Load a converted model once. Raises EngineError, naming it `shown`, when CTranslate2 cannot."""
    ctranslate2 = load("ctranslate2", "The engine ctranslate2")
    try:
        ctranslate2.Translator(str(directory), device="cpu")
    except (RuntimeError, ValueError) as error:
        raise EngineError(f"{shown / WEIGHTS}: is damaged or cut short: {error}", _AGAIN) from error


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises EngineError naming the file."""
    _whole(path)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"{path}: is damaged: {error}", _AGAIN) from error
    if not isinstance(value, dict):
        raise EngineError(f"{path}: is damaged: it holds no JSON object", _AGAIN)
    return value


def languages(vocabulary: Iterable[str], where: Path) -> tuple[str, str]:
    """The codes of Arabic and English in a multilingual model's vocabulary. Raises EngineError naming `where` if it has none."""
    known = set(vocabulary)
    for pair in LANGUAGE_CODES:
        if known.issuperset(pair):
            return pair
    raise EngineError(f"{where}: the model does not know both Arabic and English", _OTHER)


def _converted(directory: Path) -> Checkpoint:
    _whole(directory / WEIGHTS)
    vocabularies = sorted(p.name for p in directory.glob("*_vocabulary.*"))
    if not vocabularies:
        raise EngineError(f"{directory}: has {WEIGHTS} but no shared_vocabulary.json", _AGAIN)
    marian = any((directory / name).exists() for name in _MARIAN_FILES)
    architecture = MARIAN if marian else M2M100
    tokeniser = _tokeniser(directory, architecture)
    if marian:
        _check_pieces(directory)
    extra = [name for name in ("config.json",) if (directory / name).is_file()]
    return Checkpoint(architecture, _name(directory, {}), True, (WEIGHTS, *vocabularies, *extra, *tokeniser), MAX_TOKENS)


def _architecture(directory: Path, config: dict[str, Any]) -> str:
    kind = config.get("model_type")
    if kind not in (MARIAN, M2M100):
        raise EngineError(f"{directory / 'config.json'}: is a model of type {kind!r}, not {MARIAN} or {M2M100}", _OTHER)
    return str(kind)


def _tokeniser(directory: Path, architecture: str) -> tuple[str, ...]:
    names: tuple[str, ...] = _MARIAN_FILES
    if architecture == M2M100:
        names = tuple(name for name in _M2M_TOKENISERS if (directory / name).exists())
        if not names:
            raise EngineError(f"{directory}: has neither tokenizer.json nor sentencepiece.bpe.model", _AGAIN)
    for name in names:
        if name.endswith(".json"):
            read_json(directory / name)
        else:
            sentencepiece(directory / name)
    return names


def sentencepiece(path: Path) -> Any:
    """The loaded SentencePiece model in `path`. Raises EngineError when it is missing or damaged."""
    _whole(path)
    module = load("sentencepiece", "Translation with a model")
    try:
        return module.SentencePieceProcessor(model_file=str(path))
    except (RuntimeError, OSError) as error:
        raise EngineError(f"{path}: is damaged or cut short", _AGAIN) from error


def _whole(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_LFS))
    except OSError as error:
        raise EngineError(f"{path}: is missing or cannot be read: {error.strerror}", _AGAIN) from error
    if start == _LFS:
        raise EngineError(f"{path}: is a Git LFS pointer, not the file itself", _AGAIN)
    if not start:
        raise EngineError(f"{path}: is empty", _AGAIN)


def _check_safetensors(path: Path) -> None:
    """The header says how long the file must be (safetensors format: u64 length, JSON with data_offsets, data)."""
    _whole(path)
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > size - 8:
                raise ValueError(f"it ends inside its header, at byte {size}")
            header = json.loads(file.read(length))
        end = 8 + length + max(v["data_offsets"][1] for k, v in header.items() if k != "__metadata__")
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(f"{path}: is damaged or cut short: {error}", _AGAIN) from error
    if end != size:
        raise EngineError(f"{path}: is cut short or damaged: {size} bytes of {end}", _AGAIN)


def _check_direction(directory: Path, architecture: str, config: dict[str, Any]) -> None:
    if architecture == M2M100:
        return  # these translate in every direction; their languages are checked with the vocabulary
    source, target = _stated_languages(directory, config)
    if (source and source not in _ARABIC) or (target and target not in _ENGLISH):
        raise EngineError(f"{directory}: translates {source} to {target}, not Arabic to English", _OTHER)
    _check_pieces(directory)


def _stated_languages(directory: Path, config: dict[str, Any]) -> tuple[str, str]:
    path = directory / "tokenizer_config.json"
    stated = read_json(path) if path.exists() else {}
    pair = [str(stated.get(key) or "").lower() for key in ("source_lang", "target_lang")]
    if all(pair):
        return pair[0], pair[1]
    for text in (str(config.get("_name_or_path") or ""), directory.name):
        if match := re.search(r"opus-mt-(?:tc-\w+-)?([a-z]{2,3})-([a-z]{2,3})$", text):
            return match[1], match[2]
    return "", ""


def _check_pieces(directory: Path) -> None:
    """Whatever a directory is called, its tokenisers show its direction: Arabic letters belong into source.spm."""
    source, target = (_arabic_share(sentencepiece(directory / name)) for name in _MARIAN_FILES)
    if source <= target and target > 0.05:
        raise EngineError(f"{directory / 'source.spm'}: the Arabic is on the target side; this translates into Arabic", _OTHER)
    if source < 0.05:
        raise EngineError(f"{directory / 'source.spm'}: knows no Arabic", _OTHER)


def _arabic_share(model: Any) -> float:
    size = int(model.get_piece_size())
    arabic = sum(1 for i in range(size) if re.search("[\u0621-\u064a]", model.id_to_piece(i)))
    return arabic / max(size, 1)


def _name(directory: Path, config: dict[str, Any]) -> str:
    """The hub id if the directory gives it away (its name, a hub cache's path, config.json), else the directory's name."""
    for folder in (directory, *directory.parents):
        if match := re.fullmatch(r"(?:models--)?([\w.-]+?)--([\w.-]+)", folder.name):
            return f"{match[1]}/{match[2]}"
        if folder.name != "snapshots" and folder.parent.name != "snapshots":
            break
    stated = str(config.get("_name_or_path") or "")
    if re.fullmatch(rf"[\w.-]+/{re.escape(directory.name)}", stated):
        return stated
    known = preset(directory.name)
    return known.hub if known else directory.name
