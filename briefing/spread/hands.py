"""What a command works with: the crew, and what puts the work of a translation engine into its hands."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.spread.crew import Crew
from briefing.translate.engine import Over


@dataclass(frozen=True, slots=True)
class Hands:
    """`over` makes of an engine one that the crew works for; None where the engine works in this process."""

    crew: Crew
    over: Over | None = None
