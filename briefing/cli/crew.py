"""Who does the middle of the walk: this process, the cores of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.config import Config

if TYPE_CHECKING:
    from briefing.spread.crew import Crew


@contextmanager
def crew_of(config: Config) -> Iterator[Crew]:
    """The crew of the settings, which ends with the block. Processes are started when there is enough to do."""
    from briefing.spread.crew import ALONE
    from briefing.spread.kit import kit
    from briefing.spread.processes import Processes, cores

    places = config.build.cores or cores()
    crew = Processes(places, kit(config)) if places > 1 else ALONE
    try:
        yield crew
    finally:
        crew.close()
