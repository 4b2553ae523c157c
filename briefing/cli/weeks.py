"""briefing weeks."""

from __future__ import annotations

from pathlib import Path

import click

from briefing import config as configuration
from briefing.cli.build import _inputs
from briefing.cli.console import Console
from briefing.cli.main import config_option


@click.command(epilog="\b\nExample:\n  briefing weeks news/")
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@config_option
@click.pass_obj
def weeks(console: Console, inputs: tuple[Path, ...], config_path: Path | None) -> int:
    """List the ISO weeks that have articles, and how many articles no week can be given to."""
    from briefing.pipeline import collect
    from briefing.selection import weeks as counted

    config = configuration.load(config_path, Path.cwd())
    collected = collect(_inputs(inputs, config), config)
    found = counted(collected.articles)
    for week, n in found.items():
        click.echo(f"{week}  {week.first} to {week.last}  {n} article{'s' if n != 1 else ''}")
    if open_ := len(collected.articles) - sum(found.values()):
        click.echo(f"undated   {open_} article{'s' if open_ != 1 else ''} that no single week can be given to")
    for problem in collected.problems:
        console.notice(f"{problem.where}: {problem.message}")
    return 0
