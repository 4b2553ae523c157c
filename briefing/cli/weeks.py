"""briefing weeks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options

if TYPE_CHECKING:
    from briefing.model import Article
    from briefing.week import Week

EXAMPLES = """\b
Examples:
  briefing weeks             the inputs of the config, or seeds/
  briefing weeks -v news/    and which articles they are"""


@click.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@config_option
@verbosity_options
@click.pass_obj
def weeks(console: Console, inputs: tuple[Path, ...], config_path: Path | None) -> int:
    """List the ISO weeks that have articles, the articles that no single week can be given to, and files with problems.

    With -v each article too.
    """
    from briefing.pipeline import collect
    from briefing.selection import week_of
    from briefing.selection import weeks as counted

    config = settings(config_path)
    collected = collect(configuration.inputs(config, inputs), config)
    of: dict[Week | None, list[Article]] = {week: [] for week in [*counted(collected.articles), None]}
    for article in collected.articles:
        of[week_of(article.published)].append(article)
    for week, articles in of.items():
        _show(week, articles, console)
    for problem in collected.problems:
        console.result(f"problem   {problem.where}: {problem.message}")
    return 0


def _show(week: Week | None, articles: Sequence[Article], console: Console) -> None:
    from briefing.compose.sources import date_line

    count = f"{len(articles)} article{'s' if len(articles) != 1 else ''}"
    if week is not None:
        console.result(f"{week}  {week.first} to {week.last}  {count}")
    elif articles:
        console.result(f"undated   {count} that no single week can be given to")
    for article in articles if console.verbose else ():
        title = article.title.ar if article.title else "(no headline)"
        console.result(f"          {article.document.file}: {title}: {date_line(article.published)}")
