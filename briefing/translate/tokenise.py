"""Sentences to the tokens of a converted model and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from briefing.errors import EngineError
from briefing.translate import checkpoint
from briefing.translate.torch_extra import load

EOS = "</s>"
# What transformers drops with skip_special_tokens.
_SPECIAL = (EOS, "<unk>", "<pad>", "<s>", "<mask>")


class Pieces(Protocol):
    """A subword tokeniser."""

    def split(self, text: str) -> list[str]:
        """The pieces of `text`, without control tokens."""
        ...

    def join(self, pieces: list[str]) -> str:
        """The text of `pieces`."""
        ...


@dataclass(frozen=True, slots=True)
class Tokeniser:
    """Text to what a model reads and back: pieces between the control tokens `start` and `end`.

    `target_prefix` is what every translation starts with.
    """

    source: Pieces
    target: Pieces
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = (EOS,)
    target_prefix: tuple[str, ...] = ()

    def encode(self, text: str) -> list[str]:
        """The tokens the model gets for `text`."""
        return [*self.start, *self.source.split(text), *self.end]

    def decode(self, tokens: list[str]) -> str:
        """The text of generated tokens, control tokens removed."""
        return self.target.join([t for t in tokens if t not in _SPECIAL and t not in self.target_prefix]).strip()


def open_tokeniser(directory: Path, architecture: str) -> Tokeniser:
    """The tokeniser of a converted model. Raises EngineError when its files are missing or damaged.

    Marian has source.spm and target.spm. NLLB and M2M-100 mark the language on both sides and have tokenizer.json, which is
    what transformers uses, or sentencepiece.bpe.model.
    """
    path = directory / "config.json"
    # The converted configuration of Marian models leaves the end mark to us; another converter may have set it.
    end = () if path.is_file() and checkpoint.read_json(path).get("add_source_eos") else (EOS,)
    if architecture == checkpoint.MARIAN:
        return Tokeniser(_Spm(directory / "source.spm"), _Spm(directory / "target.spm"), end=end)
    both = _Fast(directory / "tokenizer.json") if (directory / "tokenizer.json").exists() else None
    pieces = both or _Spm(directory / "sentencepiece.bpe.model")
    source, target = _languages(directory)
    return Tokeniser(pieces, pieces, (source,), end, (target,))


class _Spm:
    def __init__(self, path: Path) -> None:
        self._model = checkpoint.sentencepiece(path)

    def split(self, text: str) -> list[str]:
        return list(self._model.encode(text, out_type=str))

    def join(self, pieces: list[str]) -> str:
        return str(self._model.decode_pieces(pieces)).replace("▁", " ")


class _Fast:
    def __init__(self, path: Path) -> None:
        module = load("tokenizers", f"Reading {path}")
        try:
            self._model: Any = module.Tokenizer.from_file(str(path))
        except Exception as error:  # the Rust side raises a bare Exception
            raise EngineError(f"{path}: is damaged: {error}", "Copy the model's directory again.") from error
        self._model.no_padding()
        self._model.no_truncation()
        self._model.encode_special_tokens = True  # "</s>" in a scraped text is text

    def split(self, text: str) -> list[str]:
        return list(self._model.encode(text, add_special_tokens=False).tokens)

    def join(self, pieces: list[str]) -> str:
        numbers = [self._model.token_to_id(piece) for piece in pieces]
        return str(self._model.decode([number for number in numbers if number is not None]))


def _languages(directory: Path) -> tuple[str, str]:
    file = next(iter(sorted(directory.glob("*_vocabulary.*"))))
    text = file.read_text(encoding="utf-8")
    return checkpoint.languages(json.loads(text) if file.suffix == ".json" else text.split("\n"), file)
