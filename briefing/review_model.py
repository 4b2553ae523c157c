"""The frozen types of a review in a brief: what a person said of an item, and what of it the brief was made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

State = Literal["accepted", "corrected", "stale"]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field that a person corrected, and what the program had read there."""

    field: str
    was: Any


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of an item. `by` is the latest of them, `at` an ISO 8601 time in UTC.

    `state` is "accepted", "corrected", or "stale": the program reads the item otherwise now than when it was looked at, or
    another article tells it too that nobody has looked at. Corrections hold in that state as well.
    """

    state: State
    by: str
    at: str
    corrected: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An item of an article as a review knows it: `key` by its content, `seen` by how the program reads it now."""

    key: str
    seen: str
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class BriefReview:
    """The review a brief was made with: a digest of what stood, keys of rejected items and of those no article tells any more.

    `items` is how many items were rejected: one that several articles tell has a key for each telling.
    """

    revisions: str
    items: int = 0
    rejected: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
