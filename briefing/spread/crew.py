"""Crews: what does the tasks of the walk's middle. This module has the one that needs nothing: this very process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from briefing.spread import tasks

TRIES = 3  # that one unit alone may end the process it is worked on in
_UNITS = 32
_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Part:
    """What a crew is asked for at once: the name of a task (tasks.TASKS), what all units share, and the units, each as JSON."""

    task: str
    head: bytes
    units: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """In the place of an answer: the unit ended the process that worked on it, each of TRIES times; `why` is for people."""

    why: str = f"reading it ended the process {TRIES} times"


Answer = bytes | Lost


class Crew(Protocol):
    """Does tasks, wherever it does them."""

    @property
    def places(self) -> int:
        """How many parts are worked on at the same time."""
        ...

    def map(self, parts: Iterable[Part]) -> Iterator[tuple[Answer, ...]]:
        """The answers to the units of each part, in the order of the parts, as they come.

        Only as many parts are taken as are worked on at once, so that memory does not grow with their number. A unit that
        ends its process is Lost; a task that fails in any other way raises what it raised.
        """
        ...

    def close(self) -> None:
        """Ends what was started for it; what is in flight is given up."""
        ...


class Alone:
    """Works in this process, one part after the other."""

    places = 1

    def map(self, parts: Iterable[Part]) -> Iterator[tuple[Answer, ...]]:
        """As of Crew; a unit that ends the process ends the program."""
        for part in parts:
            yield tuple(tasks.run(part.task, part.head, part.units))

    def close(self) -> None:
        """Nothing was started."""


ALONE = Alone()


def share(count: int, places: int, most: int) -> int:
    """How many of `count` units go into a part: at most `most`, and no more than leave something for each place."""
    return max(1, min(most, -(-count // places)))


def divided(units: Iterable[bytes], most: int = _UNITS) -> Iterator[tuple[bytes, ...]]:
    """`units` in groups of at most `most`, of about half a megabyte or of one unit."""
    group, size = list[bytes](), 0
    for unit in units:
        if group and (len(group) == most or size + len(unit) > _BYTES):
            yield tuple(group)
            group, size = [], 0
        group.append(unit)
        size += len(unit)
    if group:
        yield tuple(group)
