"""What a target is asked to do, and what it says it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from briefing.deliver.wiki.changes import Changes
from briefing.deliver.wiki.model import WeekBrief
from briefing.deliver.wiki.settings import Publish


@dataclass(frozen=True, slots=True)
class Order:
    """Pages of `briefs` for one target. `base` is where its relative paths start, `cache` a folder of ours for clones.

    `summary` is the message of a commit or an edit. With `dry` nothing is changed anywhere but in `cache`. Without `drop`, a
    target that has weeks which `briefs` lack is left as it is. `notify` gets lines for people, `wait` seconds to sleep.
    """

    settings: Publish
    title: str
    briefs: tuple[WeekBrief, ...]
    base: Path
    templates: tuple[Path, ...]
    cache: Path
    summary: str
    notify: Callable[[str], None]
    wait: Callable[[float], None]
    dry: bool = False
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the pages of one target; `revision` is git's commit, "" elsewhere; `notes` are for people."""

    changes: Changes
    revision: str = ""
    notes: tuple[str, ...] = field(default=())
