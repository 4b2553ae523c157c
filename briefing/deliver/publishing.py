"""A brief into the wikis of the settings: kept first, so that later weeks know it, then to each target in turn."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.config import Config
from briefing.deliver.built import ALL, Built
from briefing.deliver.wiki.model import WeekBrief
from briefing.deliver.wiki.order import Done, Order
from briefing.deliver.wiki.settings import Publish
from briefing.deliver.wiki.targets import target
from briefing.errors import BriefingError, ConfigError, InputError, UsageError
from briefing.render.json_brief import SCHEMA
from briefing.resources import template_dirs
from briefing.store.briefs import Briefs, KeptBrief
from briefing.store.database import Database

Notify = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a brief at the target called `name`: what was done there, or why nothing could be."""

    name: str
    done: Done | None = None
    error: BriefingError | None = None


def publish(
    built: Built, config: Config, names: Sequence[str] = (), notify: Notify = lambda line: None,
    *, dry: bool = False, drop: bool = False,
) -> tuple[Published, ...]:  # fmt: skip
    """Publishes to the targets of these names (none: to all of the settings), one after the other.

    One target that fails does not stop the others: its error is in what is returned. With `dry` nothing is changed, neither at a
    target nor in the store; `drop` is --drop-weeks. Raises ConfigError when there is no target of such a name, UsageError for a
    brief without a week, InputError when its brief.md is missing, StoreError.
    """
    tables = chosen(config, names)
    if built.week == ALL:
        raise UsageError("A brief without a week has no page", "Build and publish one week: briefing build --week 2024-W46")
    if "md" not in built.files and any(table.to != "mediawiki" for table in tables):
        step = f"Build it with Markdown: briefing build --week {built.week} --format md,html,pdf,json"
        raise InputError(f"{config.base / config.out / built.week}: has no brief.md", step)
    briefs = tuple(_briefs(built, config, keep=not dry))
    return tuple(_published(table, _order(table, built, briefs, config, notify, (dry, drop))) for table in tables)


def chosen(config: Config, names: Sequence[str]) -> tuple[Publish, ...]:
    """The [[publish]] tables of these names, all of them for none. Raises ConfigError."""
    known = {table.name: table for table in config.publish}
    if not known:
        step = "Add a [[publish]] table to briefing.toml; `briefing init` and docs/publishing.md show how."
        raise ConfigError(f"{config.file or 'briefing.toml'}: there is no [[publish]] table", step)
    if unknown := [name for name in names if name not in known]:
        raise ConfigError(f"--to: there is no [[publish]] table named {', '.join(unknown)}", f"Choose from {', '.join(known)}.")
    tables = tuple(known[name] for name in dict.fromkeys(names)) if names else tuple(known.values())
    for table in tables:
        target(table.to)
    return tables


def _published(table: Publish, order: Order) -> Published:
    try:
        return Published(table.name, target(table.to)(order))
    except BriefingError as error:
        return Published(table.name, error=error)


def _order(
    table: Publish, built: Built, briefs: tuple[WeekBrief, ...], config: Config, notify: Notify, how: tuple[bool, bool]
) -> Order:  # fmt: skip
    cache = config.store_file.parent / "wikis"
    templates = tuple(template_dirs(config))
    summary = f"{config.title}: {built.week} ({built.digest[:12]})"
    return Order(table, config.title, briefs, config.base, templates, cache, summary, notify, time.sleep, *how)


# ---------------------------------------------------------------- the briefs


def _briefs(built: Built, config: Config, *, keep: bool) -> Iterator[WeekBrief]:
    """The brief and those of other weeks that went out before; each with its brief.md while that lies beside it."""
    own = built.files.get("md")
    yield WeekBrief(built.week, built.tree, own.read_text(encoding="utf-8") if own else None)
    for kept in _kept(built, config, keep=keep):
        tree = json.loads(kept.content)
        if kept.week not in (built.week, ALL) and tree.get("schema") == SCHEMA:
            yield WeekBrief(kept.week, tree, _markdown(kept, config.base / config.out / kept.week))


def _kept(built: Built, config: Config, *, keep: bool) -> tuple[KeptBrief, ...]:
    if not keep and not config.store_file.exists():
        return ()
    with Database(config.store_file) as database:
        briefs = Briefs(database)
        if keep:
            briefs.keep(built.week, built.content)
        return briefs.newest()


def _markdown(kept: KeptBrief, folder: Path) -> str | None:
    """The brief.md of an earlier week, None where it is gone or is not that of the brief that went out."""
    try:
        if (folder / "brief.json").read_bytes() != kept.content:
            return None
        return (folder / "brief.md").read_text(encoding="utf-8")
    except OSError:
        return None
