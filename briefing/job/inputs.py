"""What a build rests on, as one digest: settings that shape a brief, files it reads, the store's documents, and reviews."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

from briefing import __version__
from briefing import config as configuration
from briefing.config import STORE, Config
from briefing.config_tables import NOT_SETTINGS
from briefing.ingest.files import DATES, MEMORY
from briefing.store.database import Database
from briefing.store.revisions import Revisions
from briefing.store.revisions import digest as reviewed

# settings that shape no brief; whatever is not named here counts
_AROUND = {*NOT_SETTINGS, "out", "feed", "page", "publish", "fetch", "store", "mail"}
_NEWEST = "SELECT max(id) FROM origins WHERE digest IS NOT NULL GROUP BY source"


def digest(config: Config, paths: Sequence[Path], database: Database) -> str:
    """A SHA-256 that changes with the settings that shape a brief, the content of a file it rests on, or a document of the store.

    It changes with what was said in review too, of any week: a later week looks back at earlier ones.
    `paths` are the inputs as `config.inputs` gives them. Raises StoreError, OSError when a file cannot be read.
    """
    held = [[field.name, _plain(getattr(config, field.name))] for field in fields(config) if field.name not in _AROUND]
    files = [[str(path), hashlib.sha256(path.read_bytes()).hexdigest()] for path in _files(config, paths)]
    kept = _kept(database) if STORE in (*paths, *map(Path, config.ledger.earlier)) else []
    said = {week: reviewed(rows) for week, rows in Revisions(database).by_week().items()}
    text = json.dumps([__version__, held, files, kept, said], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A setting as JSON takes it."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _files(config: Config, paths: Sequence[Path]) -> list[Path]:
    """Every file once: the inputs with the dates and translations beside them, then what of the user's own shapes a brief."""
    own = ("templates", "lexicon", "memory", "glossary", "topics")
    given = [config.base / getattr(config.paths, name) for name in own]
    more = [config.base / name for name in ("prompts", DATES, *config.translate.memory, *config.ledger.earlier)]
    beside = [path.parent / name for path in paths if path.is_file() for name in (DATES, MEMORY)]
    found = {path for root in (*paths, *beside, *given, *more) for path in _below(root)}
    return sorted(found)


def _below(root: Path) -> Iterator[Path]:
    if configuration.is_store(root):
        return
    if root.is_file():
        yield root.absolute()
    for folder, _, names in os.walk(root):
        yield from (path.absolute() for name in names if (path := Path(folder, name)).is_file())


def _kept(database: Database) -> list[list[str]]:
    rows = database.rows(f"SELECT source, digest FROM origins WHERE id IN ({_NEWEST}) ORDER BY source")
    return [[str(source), str(held)] for source, held in rows]
