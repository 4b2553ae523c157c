"""What is in the store -> Documents, read as files are."""

from __future__ import annotations

from briefing.config import FILE_NAME, Config
from briefing.ingest import pages
from briefing.ingest.decode import UnreadableDocument
from briefing.ingest.read import read_bytes
from briefing.ingest.stated import STORED, StatedDates
from briefing.model import Document, Problem
from briefing.store.database import Database
from briefing.store.documents import Documents, Kept

PREFIX = STORED
_FETCH = f"List feeds in {FILE_NAME} and run `briefing fetch`."


def documents(config: Config) -> tuple[list[Document], list[Problem]]:
    """The documents of the store, named "store:" and the first 12 figures of their digest, and what could not be read.

    A dates.toml beside briefing.toml may state the date of one by that name. Raises StoreError.
    """
    if not config.store_file.exists():
        return [], [Problem("store", f"there is no store yet ({config.store_file})", _FETCH)]
    stated = StatedDates(config.base, stored=True)
    found: list[Document] = []
    problems: list[Problem] = []
    with Database(config.store_file) as database:
        for kept in Documents(database).current():
            name = PREFIX + kept.digest[:12]
            try:
                found += stated.apply(config.base / name, [_document(name, kept)])
            except UnreadableDocument as error:
                problems.append(Problem(f"{name} ({kept.origin.source})", error.message, error.next_step))
    problems += stated.problems(())
    if not found and not problems:
        problems.append(Problem("store", "the store holds no documents", _FETCH))
    return found, problems


def _document(name: str, kept: Kept) -> Document:
    if kept.content is None:
        raise UnreadableDocument("is damaged in the store", "Restore a backup of the store; the other documents can be read.")
    return read_bytes(name, kept.content, kept.kind, pages.metadata(kept))
