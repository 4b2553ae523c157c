"""briefing articles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.config import STORE
from briefing.week import NEWEST

if TYPE_CHECKING:
    from briefing.model import Article, Published

EXAMPLES = """\b
Examples:
  briefing articles                   everything in the store
  briefing articles --week            the newest week that has articles
  briefing articles --week 2024-W46   one week, and what may belong to it

\b
Columns, with a tab between two: date, outlet, headline, address, name (store: and the beginning of the digest)."""


@click.command(epilog=EXAMPLES)
@click.option("--week", is_flag=False, flag_value=NEWEST, metavar="WEEK", help="As for build; undated articles come last.")
@config_option
@verbosity_options
@click.pass_obj
def articles(console: Console, week: str | None, config_path: Path | None) -> int:
    """List the articles in the store by date. What could not be read is said on standard error."""
    from briefing import pipeline

    config = settings(config_path)
    collected = pipeline.collect([STORE], config)
    order = pipeline.Order((STORE,), week, True, datetime.now(config.zone))
    selection = pipeline.choose(collected, order, config, console.notice)
    for article in (*selection.dated, *selection.undated):
        console.result(_line(article))
    for problem in collected.problems:
        console.notice(f"{problem.where}: {problem.message}. {problem.next_step}")
    return 0


def _line(article: Article) -> str:
    outlet = article.outlet.name if article.outlet else "-"
    title = article.title.ar if article.title else "-"
    cells = (_date(article.published), outlet, title, article.url or "-", article.document.file)
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _date(when: Published) -> str:
    if when.value:
        return when.value
    if when.earliest or when.latest:
        return f"{when.earliest or ''}..{when.latest or ''}"
    return "undated"
