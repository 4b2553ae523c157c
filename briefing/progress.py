"""How long work says how far it is: by wrapping what it walks through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


def single(item: object, /) -> int:
    """Every item counts once."""
    return 1


class Track(Protocol):
    """Shows progress: gives back what it is given, one by one."""

    def __call__(self, items: Sequence[T], label: str, weigh: Callable[[T], int] = single, /) -> Iterable[T]:
        """`items`, while the user is told how much is done; `weigh` says how much an item counts."""
        ...


def untracked(items: Sequence[T], label: str, weigh: Callable[[T], int] = single, /) -> Iterable[T]:
    """A Track that shows nothing."""
    return items


def pace(marks: Sequence[tuple[float, int]], total: int) -> str:
    """How fast work went between the first and the last mark, and how long the rest will take: "21 a second, 2 min left".

    A mark is a time in seconds and how much was done by then. "" where that says nothing yet.
    """
    (began, first), (ended, done) = marks[0], marks[-1]
    if ended <= began or done <= first:
        return ""
    rate = (done - first) / (ended - began)
    return f"{_rate(rate)}, {_duration((total - done) / rate)} left"


def _rate(rate: float) -> str:
    if rate >= 1:
        return f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second"
    return f"{rate * 60:.0f} a minute" if rate * 60 >= 1 else f"{rate * 3600:.1f} an hour"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:,.1f} h"
