"""Files into the store, beside what was fetched: pages and texts as they are, entries of JSON files one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.ingest import files, read
from briefing.model import Document, Problem
from briefing.store.documents import Documents, Kind, Origin

_WHOLE: dict[str, Kind] = {".html": "html", ".htm": "html", ".txt": "text", ".md": "text"}


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many documents were new, how many were there already, and what could not be read."""

    new: int
    known: int
    problems: tuple[Problem, ...]


def keep(paths: Sequence[Path], base: Path, store: Documents, when: str) -> Keeping:
    """Keeps the documents in `paths`, noting the file and the time `when` (ISO 8601) each came from.

    The same content again changes nothing but that note. Raises InputError when a path does not exist, StoreError.
    """
    found = files.find(paths, base)
    problems = list(found.problems)
    counts = {True: 0, False: 0}
    for path in found.files:
        documents, wrong = read.read([path], base)
        problems += wrong
        for content, kind, origin in _contents(path, documents, when):
            counts[store.add(content, kind, origin)] += 1
    return Keeping(counts[True], counts[False], tuple(problems))


def _contents(path: Path, documents: Sequence[Document], when: str) -> Iterator[tuple[bytes, Kind, Origin]]:
    whole = _WHOLE.get(path.suffix.lower())
    for document in documents:
        meta = document.metadata
        origin = Origin(document.file, "file", when, url=meta.url, title=meta.title, published=meta.published, outlet=meta.outlet)
        content = path.read_bytes() if whole else document.text.encode("utf-8", "replace")
        yield content, whole or "text", origin
