"""Whether the files of an added model are still those that were put there: their sizes and digests, as its card lists them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a model as it was when the model was added; `bytes` is its size."""

    name: str
    bytes: int
    sha256: str


def sha256(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stored(folder: Path, besides: Iterable[str] = ()) -> tuple[StoredFile, ...]:
    """Every file of `folder` with its size and digest, by name, except those named in `besides`. Raises OSError."""
    left_out = set(besides)
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.name not in left_out)
    return tuple(StoredFile(path.name, path.stat().st_size, sha256(path)) for path in paths)


def changed(folder: Path, files: Sequence[StoredFile], digests: bool) -> tuple[str, ...]:
    """What is wrong with the files of `folder`, one line each: missing, of another size or, with `digests`, of other content."""
    return tuple(filter(None, (_wrong(folder / file.name, file, digests) for file in files)))


def _wrong(path: Path, file: StoredFile, digests: bool) -> str:
    try:
        size = path.stat().st_size
        if size != file.bytes:
            return f"{path}: is damaged or cut short: {size} bytes of {file.bytes}"
        if digests and sha256(path) != file.sha256:
            return f"{path}: is not what was put there: its SHA-256 differs"
    except OSError as error:
        return f"{path}: is missing or cannot be read: {error.strerror}"
    return ""
