"""What another process needs before its first task: which program, the user's words as texts, and the engine to open."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from briefing import __version__
from briefing import config as configuration
from briefing.config import Config, Translate
from briefing.ledger.code import digest
from briefing.lexicon import glossary, sources, tables
from briefing.spread.searching import signature

CODE = ("arabic", "extract", "ingest", "ledger", "lexicon", "spread", "translate")  # folders that tasks are made of


@dataclass(frozen=True, slots=True)
class Model:
    """An engine to open: its name in the registry, the signature it must have, the settings, and two folders."""

    engine: str
    signature: str
    settings: Translate
    models: str
    base: str


@dataclass(frozen=True, slots=True)
class Kit:
    """`code` is a digest of modules, `rules` the signature of rules and words; the user's files of words are name and text."""

    version: str
    code: str
    rules: str
    lexicon: tuple[tuple[str, str], ...] = ()
    topics: str | None = None
    glossary: str | None = None
    model: Model | None = None


def kit(config: Config, model: Model | None = None) -> Kit:
    """The kit for the words in use here, which are those of `config`. Raises ConfigError when they cannot be read."""
    lexicon = configuration.own(config, "lexicon")
    files = sources.own_files(lexicon) if lexicon is not None and lexicon.exists() else ()
    topics, terms = (configuration.own(config, "topics"), configuration.own(config, "glossary"))
    texts = tuple((path.name, _text(path)) for path in files)
    own_topics, own_terms = (_text(path) if path is not None else None for path in (topics, terms))
    return Kit(__version__, digest(CODE), signature(), texts, own_topics, own_terms, model)


def put_to_use(given: Kit) -> None:
    """From now on this process looks words up as the one that made the kit does. Raises ConfigError."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as name:
        folder = Path(name)
        words, topics, terms = folder / "lexicon", folder / "topics.toml", folder / "glossary.toml"
        words.mkdir()
        named = {words / Path(file).name: text for file, text in given.lexicon}
        named |= {path: text for path, text in ((topics, given.topics), (terms, given.glossary)) if text is not None}
        for path, text in named.items():
            path.write_text(text, encoding="utf-8", newline="")
        tables.use(words, topics if given.topics is not None else None)
        glossary.use(terms if given.glossary is not None else None)


def differences(given: Kit) -> str | None:
    """Why this process cannot stand in for the one that made the kit; None when it can. Its words must be in use here."""
    if given.version != __version__:
        return f"it runs version {__version__} of the program, and {given.version} is wanted"
    if given.code != digest(CODE):
        return f"it runs other code under the same version {__version__}"
    return None if given.rules == signature() else f"its rules or words are {signature()}, and {given.rules} is wanted"


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
