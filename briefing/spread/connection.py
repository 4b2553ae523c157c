"""The connection to a Dask scheduler: made, prepared and asked who may work. TLS and timeouts are Dask's own settings."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.errors import ExtraError, SpreadError
from briefing.spread.crew import TRIES
from briefing.spread.kit import Kit
from briefing.spread.plugin import NAME, preparation
from briefing.spread.wire import encode

if TYPE_CHECKING:
    from distributed import Client

INSTALL = "pip install 'monday-brief[cluster]'"
LOCAL = "local:"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect; to wait for workers, or for a scheduler that went away; between two looks at what takes long;
    to fetch an answer from the worker that has it.

    A part that takes `slow` seconds, and ten times as long as any before, is given to a second worker.
    """

    connect: float = 10
    back: float = 120
    look: float = 2
    fetch: float = 10
    slow: float = 60


class Connection:
    """To one scheduler, with every worker prepared by one kit. `mark` names the resource of those that fit."""

    def __init__(self, client: Client, kit: Kit) -> None:
        """Prepares the workers that are there. Raises SpreadError when that cannot be done."""
        self.client = client
        self.mark = f"briefing-{uuid.uuid4().hex[:12]}"
        self._told: set[str] = set()
        try:
            client.register_plugin(preparation(encode(kit), self.mark), name=NAME)
        except Exception as error:
            step = "Run one version of Python and of dask on the scheduler, the workers and here."
            raise SpreadError(f"the workers of the cluster cannot be prepared: {error}", step) from error

    def fit(self) -> dict[str, int]:
        """The workers that may be given tasks, by address, and how many each works on at a time."""
        workers: Mapping[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return {at: int(w["nthreads"]) for at, w in workers.items() if w.get("resources", {}).get(self.mark)}

    def refused(self) -> list[str]:
        """A line for each worker that does not fit and was not told of yet."""
        events = [event for _, event in self.client.get_events(self.mark)]
        lines = dict.fromkeys(f"{event['worker']}: {event['why']}" for event in events)
        new = [line for line in lines if line not in self._told]
        self._told.update(new)
        return new

    def working_on(self, keys: Iterable[str]) -> set[str]:
        """The workers that any of these tasks was given to."""
        wanted = set(keys)
        return {at for at, held in self.client.processing().items() if wanted & set(held)}


def connected(address: str, patience: Patience) -> Client:
    """A client of the scheduler there, or of one made here for "local:N".

    Raises ExtraError without the extra, SpreadError when no scheduler answers, naming the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ExtraError(f"--cluster {address} needs dask, which cannot be loaded: {error}", f"Run: {INSTALL}") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said by this program
    try:
        target = _local(int(address.removeprefix(LOCAL))) if address.startswith(LOCAL) else address
        return Client(target, timeout=patience.connect, set_as_default=False, name="briefing")
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        step = "Start one there (dask scheduler), or check the address, the network and, for tls://, Dask's own TLS settings."
        raise SpreadError(f"{address}: no scheduler answers: {error}", step) from error


def _local(workers: int) -> Any:
    import dask
    from distributed import LocalCluster

    with dask.config.set({"distributed.scheduler.allowed-failures": TRIES - 1}):
        return LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
        )
