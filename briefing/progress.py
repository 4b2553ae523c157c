"""How long work says how far it is: by wrapping what it walks through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Track(Protocol):
    """Shows progress: gives back what it is given, one by one."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """`items`, while the user is told how many are done."""
        ...


def untracked(items: Sequence[T], label: str, /) -> Iterable[T]:
    """A Track that shows nothing."""
    return items
