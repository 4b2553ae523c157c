"""A crew before which the store is asked: what was searched once is kept as it comes, so a run that was stopped goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from briefing.spread.crew import Answer, Crew, Part
from briefing.spread.searching import sound
from briefing.spread.tasks import SEARCH
from briefing.store.cache import Cache, key, open_cache
from briefing.translate.engine import Notify

KIND = "found"  # of the rows in the cache
FORM = "1"  # raise it when the JSON of an answer changes in another way than with the code that reads


@dataclass(frozen=True, slots=True)
class _Plan:
    """A part: the keys of its units in the store (none where it is not kept), and the answers that are there already."""

    part: Part
    keys: tuple[str, ...]
    known: dict[str, bytes]

    def missing(self) -> Part:
        units = (unit for k, unit in zip(self.keys, self.part.units, strict=True) if k not in self.known)
        return replace(self.part, units=tuple(units)) if self.keys else self.part

    def merged(self, came: tuple[Answer, ...]) -> tuple[Answer, ...]:
        if not self.keys:
            return came
        new = iter(came)
        return tuple(self.known[k] if k in self.known else next(new) for k in self.keys)


class Keeping:
    """Another crew's answers to SEARCH, kept; the store is opened in this process alone. The other tasks pass through."""

    def __init__(self, crew: Crew, store: Path, notify: Notify) -> None:
        """`store` is the path of the store; one that fails is said once through `notify`, and then nothing is kept."""
        self._crew = crew
        self._store: Path | None = store
        self._notify = notify

    @property
    def places(self) -> int:
        """Those of the other crew."""
        return self._crew.places

    def map(self, parts: Iterable[Part]) -> Iterator[tuple[Answer, ...]]:
        """As of Crew; the first part says whether the store is asked at all."""
        waiting = iter(parts)
        if (first := next(waiting, None)) is None:
            return
        parts = chain((first,), waiting)
        if self._store is None or first.task != SEARCH:
            yield from self._crew.map(parts)
            return
        with open_cache(self._store) as cache:
            yield from self._merged(parts, cache)
            for problem in cache.problems:
                self._store = None
                self._notify(f"{problem.where}: {problem.message}. {problem.next_step}")

    def close(self) -> None:
        """Ends the other crew."""
        self._crew.close()

    def _merged(self, parts: Iterable[Part], cache: Cache) -> Iterator[tuple[Answer, ...]]:
        plans: deque[_Plan] = deque()
        for came in self._crew.map(_asked(parts, cache, plans)):
            while not plans[0].missing().units:
                yield plans.popleft().merged(())
            plan = plans.popleft()
            _keep(plan, came, cache)
            yield plan.merged(came)
        while plans:
            yield plans.popleft().merged(())


def _asked(parts: Iterable[Part], cache: Cache, plans: deque[_Plan]) -> Iterator[Part]:
    """What the other crew has to do: the parts without what is known, each with its plan at the end of `plans`."""
    for part in parts:
        plan = _plan(part, cache)
        plans.append(plan)
        if (missing := plan.missing()).units:
            yield missing


def _plan(part: Part, cache: Cache) -> _Plan:
    if part.task != SEARCH:
        return _Plan(part, (), {})
    keys = tuple(key(FORM, part.head.decode(), unit.decode()) for unit in part.units)
    found = {k: value.encode() for k, value in cache.found(KIND, keys).items()}
    return _Plan(part, keys, {k: answer for k, answer in found.items() if sound(answer)})


def _keep(plan: _Plan, came: tuple[Answer, ...], cache: Cache) -> None:
    asked = [k for k in plan.keys if k not in plan.known]
    cache.keep(KIND, {k: one.decode() for k, one in zip(asked, came, strict=False) if isinstance(one, bytes)})
