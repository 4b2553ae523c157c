"""The crew of one machine: processes on its cores, started when there is enough to do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain

from briefing.errors import SpreadError
from briefing.spread import tasks
from briefing.spread.crew import ALONE, TRIES, Answer, Lost, Part
from briefing.spread.kit import Kit, put_to_use
from briefing.spread.wire import decode, encode

# Measured with two cores: starting them takes as long as they gain with so many articles.
FEWEST = 400
_WORTH = (tasks.HARVEST, tasks.SEARCH)  # that processes are started for; the others are quick
_AHEAD = 2  # parts for each process: one it works on, and one that is ready when it has done

Flying = deque[tuple[Part, "Future[list[bytes]]"]]


class Processes:
    """Works in `places` processes of this machine; what is less than FEWEST units, in this one."""

    def __init__(self, places: int, kit: Kit, fewest: int = FEWEST) -> None:
        """Starts nothing yet."""
        self.places = places
        self._kit = encode(kit)
        self._fewest = fewest
        self._pool: ProcessPoolExecutor | None = None

    def map(self, parts: Iterable[Part]) -> Iterator[tuple[Answer, ...]]:
        """As of Crew. Raises SpreadError when no process can be started."""
        waiting, first, units = iter(parts), list[Part](), 0
        while self._pool is None and units < self._fewest and (part := next(waiting, None)) is not None:
            first.append(part)
            units += len(part.units) if part.task in _WORTH else 0
        if self._pool is None and units < self._fewest:
            return ALONE.map(first)
        return self._spread(chain(first, waiting))

    def close(self) -> None:
        """Ends the processes at once."""
        if self._pool is not None:
            children = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for child in children:
                child.terminate()
            self._pool = None

    def _spread(self, parts: Iterator[Part]) -> Iterator[tuple[Answer, ...]]:
        flying: Flying = deque()
        while True:
            while len(flying) < _AHEAD * self.places and (part := next(parts, None)) is not None:
                flying.append((part, self._submit(part)))
            if not flying:
                return
            part, future = flying.popleft()
            try:
                yield tuple(future.result())
            except BrokenProcessPool:
                yield from self._one_by_one([(part, future), *flying])
                flying.clear()

    def _submit(self, part: Part) -> Future[list[bytes]]:
        try:
            return self._ready().submit(tasks.run, part.task, part.head, part.units)
        except BrokenProcessPool as error:
            # told by the part that it broke on, and worked on again with all that was in flight
            broken: Future[list[bytes]] = Future()
            broken.set_exception(error)
            return broken

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _started(self.places, self._kit)
        return self._pool

    def _one_by_one(self, flying: Iterable[tuple[Part, Future[list[bytes]]]]) -> Iterator[tuple[Answer, ...]]:
        """The answers to what was in flight when a process ended: of what is not done yet, each part has all processes alone."""
        self.close()
        for part, future in flying:
            done = future.done() and not future.cancelled() and future.exception() is None
            yield tuple(future.result()) if done else self._tried(part)

    def _tried(self, part: Part) -> tuple[Answer, ...]:
        """A part alone; when that ends a process too, each of its units alone."""
        answers = self._alone(part)
        if answers is not None:
            return tuple(answers)
        return tuple(self._unit(Part(part.task, part.head, (unit,))) for unit in part.units)

    def _unit(self, part: Part) -> Answer:
        for _ in range(TRIES):
            if (answers := self._alone(part)) is not None:
                return answers[0]
        return Lost()

    def _alone(self, part: Part) -> list[bytes] | None:
        """The answers; None when a process ended over it."""
        try:
            return self._ready().submit(tasks.run, part.task, part.head, part.units).result()
        except BrokenProcessPool:
            self.close()
            return None


def cores() -> int:
    """The cores that are ours: fewer than the machine has within a container or a batch system."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _started(places: int, kit: bytes) -> ProcessPoolExecutor:
    # "spawn": a fork would take along threads' locks (of engines, of the store) in whatever state they are.
    pool = ProcessPoolExecutor(places, multiprocessing.get_context("spawn"), _begin, (kit,))
    try:
        pool.submit(int).result()
    except BrokenProcessPool as error:
        step = "Set build.cores = 1 in briefing.toml to work without them; free memory if there is little."
        raise SpreadError("processes on this machine's cores end as they start", step) from error
    return pool


def _begin(kit: bytes) -> None:
    """The first thing in a process of the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the first one decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    put_to_use(decode(kit, Kit))


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
