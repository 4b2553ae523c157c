"""A digest of the modules that read an article: what they find may change with any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

FOLDERS = ("arabic", "extract", "ledger", "lexicon")


@lru_cache(maxsize=4)
def digest(folders: tuple[str, ...] = FOLDERS) -> str:
    """SHA-256, in hexadecimal, of the names and texts of all modules in `folders` of the package."""
    state = hashlib.sha256()
    for folder in folders:
        for file in sorted(_modules(resources.files("briefing").joinpath(folder)), key=str):
            state.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return state.hexdigest()


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _modules(entry)
        elif entry.name.endswith(".py"):
            yield entry
