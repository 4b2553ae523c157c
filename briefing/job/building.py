"""The stage "build": the brief of the week into the folder of products."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import config as configuration
from briefing.compose.listing import FAILED, UNREAD
from briefing.config import Config
from briefing.job.outcome import Outcome, Task, counted
from briefing.selection import UNDATED

if TYPE_CHECKING:
    from briefing.brief_model import Brief, Section


def build(task: Task) -> Outcome:
    """Builds the brief of the week from the inputs of the settings, as `briefing build --week` does, brief.json always with it.

    Raises what a build raises: InputError, WeekError, EngineError, OutputError, UsageError, StoreError.
    """
    from briefing import pipeline
    from briefing.render.context import make_context
    from briefing.render.write import write

    config = task.config
    folder = folder_of(task)
    clear(folder)
    order = pipeline.Order(configuration.inputs(config, ()), task.week, config.undated == "include", task.cut_off)
    with task.tools.crew() as hands:
        means = pipeline.Means(task.tools.engine(order.inputs, hands), task.tools.extractor(), hands.crew)
        brief = pipeline.build(order, config, means, task.tools.say, task.tools.track)
    write(brief, formats(config), folder, make_context(config))
    return _outcome(brief, on_disk(folder))


def formats(config: Config) -> tuple[str, ...]:
    """Those of the settings, with what sending and publishing start from."""
    return tuple(dict.fromkeys((*config.formats, "json", *(("md",) if config.publish else ()))))


def folder_of(task: Task) -> Path:
    """The folder of products of the week."""
    return task.config.base / task.config.out / task.week


def on_disk(folder: Path) -> str | None:
    """The SHA-256 of the brief.json in a folder, None when there is none."""
    try:
        return hashlib.sha256((folder / "brief.json").read_bytes()).hexdigest()
    except OSError:
        return None


def clear(folder: Path) -> None:
    """Takes away what a build that was killed left half-written: the hidden files that it fills before they get their names."""
    with contextlib.suppress(OSError):
        for path in folder.glob(".brief.*.tmp"):
            path.unlink(missing_ok=True)


def _outcome(brief: Brief, digest: str | None) -> Outcome:
    articles = brief.articles_used + len(brief.also) + brief.articles_duplicate + _by_choice(brief)
    items = sum(_items(section) for section in brief.sections)
    counts = {
        "articles": articles, "told": brief.articles_used, "by_title": len(brief.also), "left_out": brief.articles_left_out,
        "items": items, "gaps": len(brief.problems),
    }  # fmt: skip
    said = (
        f"{counted(items, 'item')}; {counted(articles, 'article')} of the week, {brief.articles_used:,} told; {brief.engine.line}"
    )
    return Outcome(said, counts, brief.problems, digest)


def _by_choice(brief: Brief) -> int:
    """Articles of the week that the scope left out; what may be of another week, or gave no article, does not count."""
    return sum(left.articles for left in brief.left_out_by if left.reason not in (UNDATED, UNREAD, FAILED))


def _items(section: Section) -> int:
    return sum(len(group.entries) for group in section.statements) + len(section.agreements) + len(section.events)
