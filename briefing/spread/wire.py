"""What travels between processes: JSON of the frozen types, read strictly; nothing else is ever read from another process."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from briefing.errors import SpreadError

T = TypeVar("T")


def encode(value: object) -> bytes:
    """A frozen type, or what is made of such types, as JSON; equal values give equal bytes.

    Raises SpreadError for what has no such form (a lone surrogate in a text).
    """
    try:
        return msgspec.json.encode(value)
    except (TypeError, ValueError) as error:
        raise SpreadError(f"this cannot be given to another process: {error}", "Please report this as a bug.") from error


def decode(data: bytes, kind: type[T]) -> T:
    """The value of the type `kind` in `data`. Raises SpreadError for anything that is not one: no value is ever guessed."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError) as error:
        step = "Run the same version of the program everywhere; if it is, please report this as a bug."
        raise SpreadError(f"what another process gave is no {kind.__name__}: {error}", step) from error
