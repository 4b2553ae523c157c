"""What the operator was told of while the store could not be used: one line of fixed length in a file beside it.

It is made while there is room, and written over in place, so that a full disk does not keep it from being noted.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

_LENGTH = 64  # a SHA-256 in hexadecimal
_NOTHING = " " * _LENGTH
_FIGURES = re.compile(r"\d+")


def is_new(store: Path, message: str) -> bool:
    """Whether something else, or nothing, was told last; figures in a message make no difference."""
    try:
        return _file(store).read_text("utf-8") != _key(message)
    except (OSError, UnicodeDecodeError):
        return True


def note(store: Path, message: str | None) -> None:
    """Notes that this was told; None: the store can be used, so whatever comes next is new. Where that fails nothing is noted."""
    line = (_NOTHING if message is None else _key(message)).encode()
    try:
        handle = os.open(_file(store), os.O_WRONLY | os.O_CREAT, 0o666)
    except OSError:
        return
    try:
        os.pwrite(handle, line, 0)
    except OSError:
        return
    finally:
        os.close(handle)


def _key(message: str) -> str:
    return hashlib.sha256(_FIGURES.sub("#", message).encode()).hexdigest()


def _file(store: Path) -> Path:
    return store.with_name(f"{store.name}.told")
