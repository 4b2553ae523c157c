"""An engine for tests that any worker can open: its English says how many words and letters a sentence has."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from briefing.config import Config
from briefing.errors import EngineError
from briefing.model import EngineInfo, Translation

NAME = "tests.spread.spelling_engine:create"


class Spelling:
    """Equal sentences, equal English; it marks which process made it only in `pids`."""

    info = EngineInfo("spelling", "spelling-1", "none", "Translation engine: spelling")
    signature = "spelling:1"

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """The words and letters of each."""
        return [Translation(f"It has {len(s.split())} words in {len(s)} letters.", self.signature, "machine") for s in sources]


def create(config: Config, notify: Callable[[str], None]) -> Spelling:
    """The engine; a machine without it is told by its environment."""
    if os.environ.get("BRIEFING_TEST_NO_ENGINE"):
        raise EngineError("there is no model here")
    return Spelling()
