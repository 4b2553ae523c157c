"""The engine `transformers`: the reference, slow and exact, with torch; MarianMTModel and NLLB/M2M-100 through generate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from briefing.config import Config, Translate
from briefing.errors import EngineError
from briefing.model import EngineInfo, Translation
from briefing.translate import checkpoint
from briefing.translate.checkpoint import Checkpoint
from briefing.translate.engine import NoModel
from briefing.translate.fingerprint import fingerprint
from briefing.translate.licence import licence as licence_of
from briefing.translate.licence import warning
from briefing.translate.models import folder_name
from briefing.translate.retry import NO_REPEAT, other_beam
from briefing.translate.segments import translate_all
from briefing.translate.torch_extra import load


def create(config: Config, notify: Callable[[str], None]) -> TransformersEngine:
    """The engine with the transformers directory that `translate.model` names (a path, or a folder of the models).

    Raises NoModel when there is none, EngineError when it is damaged or torch is missing.
    """
    load("torch", "The engine transformers")
    load("transformers", "The engine transformers")
    wanted = config.translate.model
    for directory in (config.base / Path(wanted).expanduser(), config.models_dir / folder_name(wanted)):
        if (directory / "config.json").is_file() and not (directory / checkpoint.WEIGHTS).exists():
            notify(f"Loading {directory} with transformers")
            engine = TransformersEngine(directory.resolve(), config.translate)
            if said := warning(engine.info.model, engine.info.licence):
                notify(said)
            return engine
    raise NoModel(
        f"There is no transformers directory for {wanted}",
        "Set translate.model in briefing.toml to the path of one (config.json, weights and tokeniser), unconverted.",
    )


class TransformersEngine:
    """Translates with a transformers directory; the model is loaded once, here."""

    def __init__(self, directory: Path, settings: Translate) -> None:
        """Load the model. Raises EngineError when it is damaged or of another kind."""
        kind = checkpoint.examine(directory)
        self._settings = settings
        self._limit = kind.max_tokens
        self._tokeniser, self._model = _load(directory, kind)
        self._device = _device(settings.device)
        self._model.to(self._device)
        self._forced = self._languages()
        licence = licence_of(kind.name)
        with checkpoint.weights_file(directory).open("rb") as file:
            digest = fingerprint(directory, hashlib.file_digest(file, "sha256").hexdigest(), str(self._limit))
        cuda = ":cuda" if self._device.startswith("cuda") else ""
        self.signature = f"transformers:{kind.name.rsplit('/', 1)[-1]}@{digest}:float32{cuda}:beam{settings.beam}"
        line = f"Translation engine: transformers ({kind.name}, {licence})"
        self.info = EngineInfo("transformers", kind.name, licence, line)

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English for each source, in order; nothing is truncated."""
        return translate_all(sources, self._fits, self._run, self.signature, self._again)

    def _languages(self) -> dict[str, int]:
        known = self._tokeniser.get_vocab()
        for source, target in checkpoint.LANGUAGE_CODES:
            if source in known and target in known:
                self._tokeniser.src_lang = source.strip("_")
                return {"forced_bos_token_id": known[target]}
        return {}

    def fits(self, text: str) -> bool:
        """Whether the model takes `text` whole."""
        return self._fits(text)

    def raw(self, texts: list[str]) -> list[str]:
        """What the model itself says to each of `texts`, all of which have to fit; nothing is asked for again."""
        return self._run(texts)

    def _fits(self, text: str) -> bool:
        return len(text) <= 16 * self._limit and len(self._tokeniser(text)["input_ids"]) <= self._limit

    def _run(self, texts: list[str]) -> list[str]:
        return self._translated(texts, num_beams=self._settings.beam)

    def _again(self, texts: list[str]) -> list[str]:
        return self._translated(texts, num_beams=other_beam(self._settings.beam), no_repeat_ngram_size=NO_REPEAT)

    def _translated(self, texts: list[str], **settings: int) -> list[str]:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        english: dict[int, str] = {}
        while order:
            # The longest comes first and fixes how many fit into a batch of `batch_tokens`.
            longest = len(self._tokeniser(texts[order[0]])["input_ids"])
            size = max(1, self._settings.batch_tokens // longest)
            batch, order = order[:size], order[size:]
            english.update(zip(batch, self._generate([texts[i] for i in batch], settings), strict=True))
        return [english[i] for i in range(len(texts))]

    def _generate(self, texts: list[str], settings: dict[str, int]) -> list[str]:
        torch = load("torch", "The engine transformers")
        inputs = self._tokeniser(texts, return_tensors="pt", padding=True).to(self._device)
        with torch.inference_mode():
            output = self._model.generate(
                **inputs, **self._forced, **settings, do_sample=False, max_new_tokens=self._limit
            )
        return [str(text) for text in self._tokeniser.batch_decode(output, skip_special_tokens=True)]


def _load(directory: Path, kind: Checkpoint) -> tuple[Any, Any]:
    transformers = load("transformers", "The engine transformers")
    name = "MarianMTModel" if kind.architecture == checkpoint.MARIAN else "M2M100ForConditionalGeneration"
    try:
        tokeniser = transformers.AutoTokenizer.from_pretrained(str(directory), local_files_only=True)
        model = getattr(transformers, name).from_pretrained(str(directory), local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EngineError(f"{directory}: transformers cannot load it: {error}", "Copy the model's directory again.") from error
    return tokeniser, model.float().eval()


def _device(wanted: str) -> str:
    torch = load("torch", "The engine transformers")
    if wanted != "auto":
        return wanted
    return "cuda" if torch.cuda.is_available() else "cpu"
