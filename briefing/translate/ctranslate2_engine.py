"""The engine `ctranslate2`: converted Marian and NLLB/M2M-100 models, on all cores or a GPU."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from briefing.config import Config, Translate
from briefing.errors import EngineError
from briefing.model import EngineInfo, Translation
from briefing.translate import checkpoint, models
from briefing.translate.batches import Batch, Promise, batches, in_turn, room
from briefing.translate.engine import NoModel
from briefing.translate.fingerprint import fingerprint
from briefing.translate.licence import warning
from briefing.translate.models import ModelInfo
from briefing.translate.retry import NO_REPEAT, other_beam
from briefing.translate.segments import translate_all
from briefing.translate.tokenise import open_tokeniser
from briefing.translate.torch_extra import load

_AHEAD = 2  # batches for each translator: one that it works on, and one that is ready when it has done
_LEFT_OVER = "Run `briefing models verify`, and `briefing models pull` or `briefing models add DIR` again."


def create(config: Config, notify: Callable[[str], None], fetch: bool = False) -> CTranslate2Engine:
    """The engine with the model that is there; with `fetch`, one bounded attempt to get it when none is.

    Raises NoModel when there is none, EngineError when it is damaged.
    """
    model = _model(config, notify, fetch)
    engine = CTranslate2Engine(model, config.translate)
    if said := warning(model.name, model.licence):
        notify(said)
    return engine


def _model(config: Config, notify: Callable[[str], None], fetch: bool) -> ModelInfo:
    found = models.present(config)
    if found:
        return found
    wanted = config.translate.model
    by_hand = (config.base / wanted, config.models_dir / models.folder_name(wanted))
    for directory in by_hand:
        if (directory / "config.json").is_file():
            return models.add(directory, config, notify)
    if fetch:
        from briefing.progress import untracked
        from briefing.translate.pull import pull

        return pull(wanted, config, notify, untracked)
    raise NoModel(
        f"There is no model {wanted} in {config.models_dir}",
        "Run `briefing models pull`, or `briefing models add DIR` with a model copied to this machine.",
    )


class CTranslate2Engine:
    """Translates with a converted model; the model is loaded once, here."""

    def __init__(self, model: ModelInfo, settings: Translate) -> None:
        """Load `model`. Raises EngineError when it cannot be loaded."""
        self._model = model
        self._settings = settings
        self._tokeniser = open_tokeniser(model.path, model.architecture)
        self._translator = _translator(model, settings.device, settings.threads)
        short = model.name.rsplit("/", 1)[-1]
        digest = fingerprint(model.path, model.sha256, str(model.max_tokens), str(self._translator.compute_type))
        cuda = ":cuda" if self._translator.device == "cuda" else ""  # a GPU rounds in another way
        self.signature = f"ctranslate2:{short}@{digest}:{model.quantisation}{cuda}:beam{settings.beam}"
        line = f"Translation engine: ctranslate2 ({model.name}, {model.quantisation}, {model.licence})"
        self.info = EngineInfo("ctranslate2", model.name, model.licence, line)

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English for each source, in order; nothing is truncated. Raises EngineError when the model fails."""
        return translate_all(sources, self._fits, self._run, self.signature, self._again)

    def fits(self, text: str) -> bool:
        """Whether the model takes `text` whole."""
        return self._fits(text)

    def raw(self, texts: list[str]) -> list[str]:
        """What the model itself says to each of `texts`, all of which have to fit; nothing is asked for again."""
        return self._run(texts)

    def _fits(self, text: str) -> bool:
        limit = self._model.max_tokens
        # SentencePiece pieces have at most 16 characters, so a very long text needs no counting.
        return len(text) <= 16 * limit and len(self._tokeniser.encode(text)) <= limit

    def _run(self, texts: list[str]) -> list[str]:
        return self._translated(texts, beam_size=self._settings.beam)

    def _again(self, texts: list[str]) -> list[str]:
        return self._translated(texts, beam_size=other_beam(self._settings.beam), no_repeat_ngram_size=NO_REPEAT)

    def _translated(self, texts: list[str], **settings: int) -> list[str]:
        sources = [self._tokeniser.encode(text) for text in texts]
        english = [""] * len(texts)

        def submit(batch: Batch) -> Sequence[Promise]:
            return self._submit([sources[i] for i in batch], settings)

        try:
            lengths, workers = [len(source) for source in sources], self._translator.num_translators
            most = room(lengths, self._settings.batch_tokens, settings["beam_size"], workers)
            for batch, results in in_turn(batches(lengths, most), submit, _AHEAD * workers):
                for i, result in zip(batch, results, strict=True):
                    english[i] = self._tokeniser.decode(result.hypotheses[0])
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"{self._model.path}: the model failed: {error}", _LEFT_OVER) from error
        return english

    def _submit(self, sources: list[list[str]], settings: dict[str, int]) -> Sequence[Promise]:
        prefix = list(self._tokeniser.target_prefix)
        promises: Sequence[Promise] = self._translator.translate_batch(
            sources,
            target_prefix=[prefix] * len(sources) if prefix else None,
            max_batch_size=0,  # it is one batch already
            max_input_length=0,
            max_decoding_length=self._model.max_tokens - 1,  # the position table also holds the start token
            asynchronous=True,
            **settings,
        )
        return promises


def _translator(model: ModelInfo, device: str, most: int = 0) -> Any:
    ctranslate2 = load("ctranslate2", "The engine ctranslate2")
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    # Measured: one thread for each of many translators is 2.6 times as fast as many threads for one.
    threads = 1 if device == "cuda" else most or _cores()
    try:
        return ctranslate2.Translator(str(model.path), device=device, inter_threads=threads, intra_threads=1)
    except (RuntimeError, ValueError) as error:
        where = model.path / checkpoint.WEIGHTS
        raise EngineError(f"{where}: cannot be loaded on {device}: {error}", _LEFT_OVER) from error


def _cores() -> int:
    # Within a container or a batch system, fewer cores may be ours than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
