"""What is sent about an article: how much of it fits, the prompts filled in, and the signature of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.config import FILE_NAME, Config
from briefing.errors import ConfigError
from briefing.extract.llm.numbered import Piece, estimate
from briefing.extract.llm.prompts import REPAIR, Prompt, load
from briefing.extract.llm.schemas import SECTIONS, schema
from briefing.resources import prompt_dirs
from briefing.store.cache import key

FORM = "1"  # of the questions; a new one makes every kept answer void
_ERRORS = 400  # tokens for telling what was wrong with an answer
_BRACKETS = 300  # tokens of an answer that are no words of the article
_LEAST = 200  # tokens of an article that must fit, or a model is of no use


@dataclass(frozen=True, slots=True)
class Requests:
    """Puts questions to one model: `room` is how many tokens of an article go into one."""

    model: str
    tokens: int
    prompts: Mapping[str, Prompt]
    room: int

    def text(self, section: str, piece: Piece) -> str:
        """The prompt of a section about a piece of an article."""
        return _filled(self.prompts[section], section, piece.block, piece.first, piece.last)

    def limit(self, prompt: str) -> int:
        """The tokens an answer to it may have: what is left of the budget, with room to tell what was wrong with it."""
        return self.tokens - estimate(prompt) - _ERRORS

    def key(self, name: str, prompt: str) -> str:
        """What the answer rests on, for the cache: everything that is sent but the server's address."""
        return key(FORM, self.model, json.dumps(schema(name)), str(self.limit(prompt)), prompt)

    @property
    def signature(self) -> str:
        """Model and digest of prompts, schemas and settings, wherever the server is."""
        texts = {name: prompt.text for name, prompt in self.prompts.items()}
        whole = [FORM, self.model, self.tokens, texts, {name: schema(name) for name in texts}, REPAIR]
        return f"llm:{self.model}:{hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:12]}"


def requests(config: Config) -> Requests:
    """How the model of the settings is asked. Raises ConfigError for settings or prompts that do not do."""
    settings, file = config.extract, config.file or FILE_NAME
    if not settings.model:
        step = "Name the model as its server calls it, or set extract.engine to rules; `briefing doctor --llm` lists the models."
        raise ConfigError(f"{file}: extract.model is not set", step)
    prompts = load(prompt_dirs(config))
    longest = max(_overheads(prompts))
    room = (settings.tokens - longest - _ERRORS - _BRACKETS) // 2
    if room < _LEAST:
        step = f"Set it to {longest + _ERRORS + _BRACKETS + 2 * _LEAST} at least, or shorten the prompts."
        raise ConfigError(f"{file}: extract.tokens is {settings.tokens}: too few for the prompts and an article", step)
    return Requests(settings.model, settings.tokens, prompts, room)


def _overheads(prompts: Mapping[str, Prompt]) -> Iterator[int]:
    for section in SECTIONS:
        yield estimate(_filled(prompts[section], section, Piece((), 100, 100).block, 100, 100))


def _filled(prompt: Prompt, section: str, block: str, first: int, last: int) -> str:
    shape = json.dumps(schema(section), separators=(",", ":"))
    return prompt.filled({"data": block, "schema": shape, "first": first, "last": last})
