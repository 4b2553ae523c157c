"""What a stage is given and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.config import Config
from briefing.model import Problem
from briefing.progress import Track
from briefing.store.database import Database

if TYPE_CHECKING:
    from briefing.extract.extractor import Extractor
    from briefing.spread.hands import Hands
    from briefing.translate.engine import Engine


@dataclass(frozen=True, slots=True)
class Tools:
    """What a stage acts with: a line for the user, progress, what opens the engine for inputs over a crew, extractor, crew."""

    say: Callable[[str], None]
    track: Track
    engine: Callable[[Sequence[Path], Hands], Callable[[], Engine]]
    extractor: Callable[[], Extractor]
    crew: Callable[[], AbstractContextManager[Hands]]


@dataclass(frozen=True, slots=True)
class Task:
    """One stage of one week: `moment` is the time the run takes for now, `cut_off` the information cut-off of its build."""

    config: Config
    week: str
    moment: datetime
    cut_off: datetime
    database: Database
    tools: Tools


@dataclass(frozen=True, slots=True)
class Outcome:
    """A stage that came to its end. `said` is one line, `counts` are its numbers by name, `brief` the digest it was about.

    `problems` are what was left undone; with state "waiting" some of it is tried again.
    """

    said: str
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    brief: str | None = None
    state: Literal["done", "waiting"] = "done"


Act = Callable[[Task], Outcome]


def counted(n: int, thing: str, things: str = "") -> str:
    """ "1 article", "1,200 articles", "2 deliveries" (`things` where the plural takes more than an s)."""
    return f"{n:,} {thing if n == 1 else things or thing + 's'}"
