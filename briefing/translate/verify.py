"""Does a model that is there work? Its files as recorded, a few sentences translated, its answers beside those of transformers.

A converted model holds no original weights, so transformers can be asked only where the original is at hand. Three things are
compared then: what the original converts to now with the model that is stored, byte for byte; greedy answers of a float32
conversion with transformers', which have to be the same; and those of the stored model, which int8 may make differ.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from briefing.config import Config
from briefing.errors import EngineError
from briefing.translate import checkpoint, integrity, models, work_folder
from briefing.translate.checkpoint import Checkpoint
from briefing.translate.checks import leftover, numbers
from briefing.translate.ctranslate2_engine import CTranslate2Engine
from briefing.translate.doubts import EMPTY, LOOPS, SHORT, doubts
from briefing.translate.inventory import inventory
from briefing.translate.models import QUANTISATION, ModelInfo
from briefing.translate.presets import preset
from briefing.translate.torch_extra import load

_WORDS = {EMPTY: "no English came back", LOOPS: "the English repeats itself", SHORT: "the English is far too short"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its English, and what is wrong with that (mostly nothing)."""

    ar: str
    en: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stored model beside its original: `same_file` when the original converts to it; how many of `lines` are the same."""

    same_file: bool
    float32: int
    stored: int
    lines: int

    @property
    def fine(self) -> bool:
        """Whether the stored model is the original's, and the conversion says what transformers says."""
        return self.same_file and self.float32 == self.lines


def sentences() -> tuple[str, ...]:
    """The sentences that are translated, from verify.toml beside this module."""
    text = resources.files("briefing.translate").joinpath("verify.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["sentences"])


def choose(name: str | None, config: Config) -> ModelInfo:
    """The model called `name` (a preset, a hub name, its last part, a path), or the one that is used.

    Raises EngineError when there is none, or when it is so damaged that it cannot be described.
    """
    used = models.present(config) if name is None else None
    wanted = name or config.translate.model
    known = preset(wanted)
    full = known.hub if known else wanted
    if found := used or models.find(config, full):
        return found
    for one in inventory(config)[1]:
        if full in (one.name, one.path.name, one.name.rsplit("/", 1)[-1]):
            raise EngineError(one.what, one.next_step)
    raise EngineError(f"{config.models_dir}: there is no model {wanted}", "See: briefing models list")


def check_files(model: ModelInfo) -> int:
    """How many files are there as they were when the model was added; 0 when its card lists none.

    Raises EngineError naming the first that is missing or another, and how many more there are.
    """
    checkpoint.examine(model.path)
    wrong = integrity.changed(model.path, model.files, digests=True)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise EngineError(f"{wrong[0]}{more}", "Run `briefing models pull` or `briefing models add DIR` for it again.")
    return len(model.files)


def translated(model: ModelInfo, config: Config) -> list[Line]:
    """The built-in sentences in English, with what is wrong on the face of it. Raises EngineError when the model fails."""
    engine = CTranslate2Engine(model, config.translate)
    made = zip(sentences(), engine.translate(sentences()), strict=True)
    return [Line(ar, one.en, _faults(ar, one.en)) for ar, one in made]


def compare(model: ModelInfo, original: Path, config: Config, notify: Callable[[str], None]) -> Comparison:
    """`model` beside the transformers directory that it was converted from.

    Raises EngineError when torch is missing or the original is damaged, converted or of another kind, or nothing can be written.
    """
    load("torch", "Comparing with transformers")
    original = original.expanduser().resolve()
    kind = checkpoint.examine(original)
    if kind.converted:
        raise EngineError(f"{original}: is a converted model", "Give the original, with model.safetensors or pytorch_model.bin.")
    _check_space(original, config)
    try:
        with work_folder.held(config.models_dir / f"{work_folder.NEW}verify") as scratch:
            try:
                return _compared(model, original, kind, scratch, config, notify)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise EngineError(f"{config.models_dir}: cannot be written: {error.strerror}", models.space_step(error)) from error


def _compared(
    model: ModelInfo, original: Path, kind: Checkpoint, scratch: Path, config: Config, notify: Callable[[str], None]
) -> Comparison:
    from briefing.translate.transformers_engine import TransformersEngine

    notify(f"Converting {original} to {QUANTISATION} and to float32, to compare")
    same = integrity.sha256(_converted(original, kind, scratch / QUANTISATION, QUANTISATION) / checkpoint.WEIGHTS) == model.sha256
    exact = replace(model, path=_converted(original, kind, scratch / "float32", "float32"), max_tokens=kind.max_tokens)
    engines: list[CTranslate2Engine | TransformersEngine]
    greedy = replace(config.translate, beam=1, device="cpu")
    notify("Translating with both")
    engines = [CTranslate2Engine(exact, greedy), CTranslate2Engine(model, greedy), TransformersEngine(original, greedy)]
    texts = [text for text in sentences() if all(engine.fits(text) for engine in engines)]
    ours, stored, theirs = (engine.raw(texts) for engine in engines)
    return Comparison(same, _equal(ours, theirs), _equal(stored, theirs), len(texts))


def _converted(original: Path, kind: Checkpoint, folder: Path, quantisation: str) -> Path:
    from briefing.translate import convert

    models.empty(folder) if folder.is_dir() else folder.mkdir()
    convert.convert(original, kind.architecture, folder, quantisation)
    for name in kind.files:
        shutil.copyfile(original / name, folder / name)
    return folder


def _equal(some: Sequence[str], others: Sequence[str]) -> int:
    return sum(one == other for one, other in zip(some, others, strict=True))


def _faults(source: str, english: str) -> tuple[str, ...]:
    plain = tuple(_WORDS[doubt] for doubt in doubts(source, english))
    return plain or tuple(found.message for found in (*leftover.check(source, english), *numbers.check(source, english)))


def _check_space(original: Path, config: Config) -> None:
    """float32 may be twice what lies in the original, when that is float16."""
    models.check_space(config.models_dir, 3 * checkpoint.weights_file(original).stat().st_size)
