"""Folders of input files for the tests of reading."""

from __future__ import annotations

from pathlib import Path

from briefing.ingest import read as reading
from briefing.model import Document, Problem

NEWS = "قال الوزير إن المحادثات مستمرة وإن الهدنة ستبدأ صباح الخميس في ثلاث مدن.\n"


def put(folder: Path, **contents: str | bytes) -> None:
    """Files by name with the last _ for the dot: a_txt is a.txt."""
    for name, content in contents.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read(folder: Path, *names: str) -> tuple[list[Document], list[Problem]]:
    """What the program reads of the named files, or of the whole folder."""
    return reading.read([folder / name for name in names] or [folder], folder)


def names(documents: list[Document]) -> list[str]:
    """The shown names, in order."""
    return [document.file for document in documents]
