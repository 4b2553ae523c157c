"""Files into the store, beside what was fetched: pages and texts as they are, entries of JSON files one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    paths_of = {files.shown(path, base): path for path in files.find(paths, base).files}
    documents, problems = read.read(paths, base)
    counts = {True: 0, False: 0}
    for document in documents:
        content, kind = _content(document, paths_of)
        meta = document.metadata
        origin = Origin(document.file, "file", when, url=meta.url, title=meta.title, published=meta.published, outlet=meta.outlet)
        counts[store.add(content, kind, origin)] += 1
    return Keeping(counts[True], counts[False], tuple(problems))


def _content(document: Document, paths_of: Mapping[str, Path]) -> tuple[bytes, Kind]:
    """The bytes of a page or text file; of an entry of a JSON file, which is called `file#n`, its text."""
    path = paths_of.get(document.file)
    whole = _WHOLE.get(path.suffix.lower()) if path else None
    return (path.read_bytes(), whole) if path and whole else (document.text.encode("utf-8", "replace"), "text")
