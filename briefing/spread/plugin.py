"""What a scheduler gives to every worker, those that come later too: it is prepared, and says whether it fits.

It is made within a function, so it travels whole: a worker without this program can unpack it, and say what it lacks.
"""

from __future__ import annotations

from typing import Any

NAME = "briefing"


def preparation(kit: bytes, mark: str) -> Any:
    """A worker plugin. A worker that fits gets a resource called `mark`, one for each thread, which tasks ask for.

    One that does not says so as an event under the topic `mark`: its address and why. `kit` is a Kit as JSON.
    """
    from distributed import WorkerPlugin

    class Preparation(WorkerPlugin):  # type: ignore[misc]  # dask's packages are not followed
        name = NAME

        async def setup(self, worker: Any) -> None:
            import asyncio

            why = await asyncio.to_thread(self._why_not, worker.state.nthreads)
            if why is None:
                await worker.set_resources(**{mark: worker.state.nthreads})
            else:
                worker.log_event(mark, {"worker": worker.address, "why": why})

        async def teardown(self, worker: Any) -> None:
            if worker.state.total_resources.get(mark):
                await worker.set_resources(**{mark: 0})

        @staticmethod
        def _why_not(threads: int) -> str | None:
            try:
                from briefing.spread.kit import Kit
                from briefing.spread.station import prepare
                from briefing.spread.wire import decode
            except ImportError as error:
                return f"it does not have this program, or not this version of it ({error})"
            try:
                prepare(decode(kit, Kit), threads)
            except Exception as error:
                return getattr(error, "message", None) or f"{type(error).__name__}: {error}"
            return None

    return Preparation()
