"""The crew of a Dask cluster: parts to workers, answers in order, whatever becomes of workers and scheduler meanwhile."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from briefing.errors import SpreadError
from briefing.spread import tasks
from briefing.spread.connection import Connection, Patience, connected
from briefing.spread.crew import TRIES, Answer, Lost, Part
from briefing.spread.kit import Kit, Model

if TYPE_CHECKING:
    from briefing.translate.engine import Notify

_AHEAD = 3  # parts for each place: one that is worked on, and some that are there when it has done
_ENDED = ("finished", "error", "cancelled")  # a future is cancelled when the scheduler goes away
_SLOW = 10  # times the slowest part so far
ENDED = "reading it ended every worker that it was given to"
KEPT = "What came until then is kept: run the same command again, and only the rest is done."


@dataclass(slots=True)
class _Flight:
    """A part that was given out, and since when. A second worker may have it too: the first answer counts.

    `ended` is how often it was left with nobody to work on it, because the workers that it was given to had ended.
    """

    part: Part
    futures: list[Any]
    since: float = field(default_factory=time.monotonic)
    ended: int = 0


class Cluster:
    """Works on the workers of a Dask cluster."""

    def __init__(self, address: str, kit: Kit, notify: Notify, patience: Patience | None = None) -> None:
        """Connects and prepares the workers. `notify` is told of workers that are refused, and of what went wrong.

        Raises ExtraError without the extra `[cluster]`, SpreadError when there is no scheduler or no worker fits.
        """
        self._address = address
        self._kit = kit
        self._notify = notify
        self._patience = patience or Patience()
        self._slowest = 0.0
        self._connection = Connection(connected(address, self._patience), kit)
        self._ready()

    @property
    def places(self) -> int:
        """The threads of all workers that fit, at least one."""
        return max(1, sum(self._connection.fit().values()))

    def equip(self, model: Model) -> None:
        """Has every worker open an engine. Raises SpreadError when none can; those that cannot are named and refused."""
        self._kit = replace(self._kit, model=model)
        self._connection = Connection(self._connection.client, self._kit)
        self._ready()

    def map(self, parts: Iterable[Part]) -> Iterator[tuple[Answer, ...]]:
        """As of Crew. Raises SpreadError when scheduler or workers stay away."""
        waiting, flying, room = iter(parts), deque[_Flight](), _AHEAD * self.places
        try:
            while True:
                while len(flying) < room and (part := next(waiting, None)) is not None:
                    flying.append(_Flight(part, [self._submit(part)]))
                if not flying:
                    return
                yield self._answers(flying)
                flying.popleft()
        finally:
            for flight in flying:
                self._forget(flight)

    def close(self) -> None:
        """Gives up what is in flight and goes; a cluster made here ends."""
        client = self._connection.client
        cluster = client.cluster
        with suppress(Exception):
            client.close(timeout=2)
        if cluster is not None:
            with suppress(Exception):
                cluster.close(timeout=5)

    # ---------------------------------------------------------------- one part

    def _submit(self, part: Part, workers: list[str] | None = None) -> Any:
        mark = self._connection.mark
        return self._connection.client.submit(
            tasks.run_joined, part.task, part.head, b"\n".join(part.units), pure=False, resources={mark: 1}, workers=workers
        )

    def _answers(self, flying: deque[_Flight]) -> tuple[Answer, ...]:
        """The answers to the first of those in flight; the others are there to be given out again with it."""
        looked = time.monotonic()
        while True:
            try:
                status, came = self._came(flying[0])
                if status not in _ENDED:
                    looked = self._look(flying[0], looked)
                    if flying[0].ended >= TRIES:
                        return self._one_by_one(flying)
                    continue
            except (OSError, CancelledError):
                status, came = "cancelled", None
            if status == "finished":
                self._slowest = max(self._slowest, time.monotonic() - flying[0].since)
                self._forget(flying[0])
                return tuple(came.split(b"\n"))
            if status == "error":
                return self._failed(flying, came)
            self._again(flying)

    def _failed(self, flying: deque[_Flight], error: Exception) -> tuple[Answer, ...]:
        from distributed import KilledWorker

        if not isinstance(error, KilledWorker):
            raise error
        return self._one_by_one(flying)

    def _came(self, flight: _Flight) -> tuple[str, Any]:
        """The status of a part, as Dask says it, and what it has led to.

        A worker holds its answer until it is fetched. When it ends before, the part is pending again: a scheduler has it
        done once more, or leaves it with nobody, which is seen by those who look and not by those who wait for the answer.
        """
        from distributed import KilledWorker

        future = self._done(flight)
        status: str = future.status if future is not None else "pending"
        try:
            if status == "finished":
                return status, future.result(timeout=self._patience.fetch)
            return status, future.exception() if status == "error" else None
        except TimeoutError:
            return "pending", None
        except KilledWorker as error:
            return "error", error

    def _done(self, flight: _Flight) -> Any:
        """One of its futures that has come to an end; None when none has after a while."""
        from distributed import wait

        with suppress(TimeoutError), self._connection.client.as_current():
            wait(flight.futures, timeout=self._patience.look, return_when="FIRST_COMPLETED")
        return next((f for f in flight.futures if f.status in _ENDED), None)

    def _forget(self, flight: _Flight) -> None:
        for future in flight.futures:
            if not future.done():
                with suppress(Exception):
                    future.cancel()

    # ---------------------------------------------------------------- what takes long, kills or goes away

    def _look(self, flight: _Flight, since: float) -> float:
        """Looks what holds a part up: nobody who could work, or one who is slow. Returns since when somebody could."""
        fit = self._connection.fit()
        self._refusals()
        if not fit:
            if time.monotonic() - since > self._patience.back:
                raise SpreadError("no worker of the cluster is left that could work", f"Start workers. {KEPT}")
            return since
        at_work = self._connection.working_on(future.key for future in flight.futures)
        age = time.monotonic() - flight.since
        if not at_work and not any(future.done() for future in flight.futures):
            # A scheduler leaves it with nobody: it gives out what waits when a worker comes, before that one was found to fit.
            self._forget(flight)
            flight.futures, flight.ended = [self._submit(flight.part)], flight.ended + 1
        elif len(flight.futures) == 1 and age > max(self._patience.slow, _SLOW * self._slowest):
            flight.futures += [self._submit(flight.part, others)] if (others := sorted(fit.keys() - at_work)) else []
        return time.monotonic()

    def _one_by_one(self, flying: deque[_Flight]) -> tuple[Answer, ...]:
        """The first of those in flight ended its workers: its units alone, so that none else is to blame, or suffers."""
        flight = flying[0]
        if len(flight.part.units) == 1 and len(flying) == 1:
            self._forget(flight)
            return (Lost(ENDED),)
        for each in flying:
            self._forget(each)
        singles = (replace(flight.part, units=(unit,)) for unit in flight.part.units)
        answers = tuple(self._answers(deque([_Flight(one, [self._submit(one)])]))[0] for one in singles)
        for each in list(flying)[1:]:
            if not any(future.status == "finished" for future in each.futures):
                each.futures, each.since = [self._submit(each.part)], time.monotonic()
        return answers

    def _again(self, flying: deque[_Flight]) -> None:
        """The scheduler went away: when it is back, what was in flight is given out again."""
        self._notify(f"{self._address}: the scheduler went away; waiting for it.")
        until = time.monotonic() + self._patience.back
        while True:
            with suppress(Exception):
                self._connection.client.close(timeout=1)
            try:
                self._connection = Connection(connected(self._address, self._patience), self._kit)
                break
            except SpreadError as error:
                if time.monotonic() > until:
                    raise SpreadError(error.message, f"{error.next_step} {KEPT}") from error
        self._ready()
        for flight in flying:
            flight.futures, flight.since = [self._submit(flight.part)], time.monotonic()

    def _ready(self) -> None:
        """Waits until one worker fits. Raises SpreadError when none does, and says why.

        Where one is refused, others may be about to come: as long is waited for them as to connect.
        """
        until, refused = time.monotonic() + self._patience.back, list[str]()
        while not self._connection.fit() and time.monotonic() < until:
            if news := self._refusals():
                refused += news
                until = time.monotonic() + self._patience.connect
            time.sleep(0.2)
        if self._connection.fit():
            self._refusals()
            return
        why = "; ".join(refused) or f"it has none after {self._patience.back:.0f} seconds"
        step = "Give the workers this version of the program and the model, and start them again (docs/scale.md)."
        raise SpreadError(f"{self._address}: no worker of the cluster can be used: {why}", step)

    def _refusals(self) -> list[str]:
        lines = self._connection.refused()
        for line in lines:
            self._notify(f"A worker is not used: {line}")
        return lines
