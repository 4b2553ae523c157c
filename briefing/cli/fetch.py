"""briefing fetch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.config import FILE_NAME, Config
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.ingest.gather import Gathered

GAPS = 3  # exit code: something was fetched, or nothing new, but not everything could be

EXAMPLES = """\b
Examples:
  briefing fetch                  every [[feed]] and [[page]] of briefing.toml
  briefing articles               what the store holds now
  briefing build store --week     a brief from it

\b
Exit codes: 0 everything was asked (nothing new is fine), 2 usage or settings, 3 some feed or page could not be had."""


@click.command(epilog=EXAMPLES)
@config_option
@verbosity_options
@click.pass_obj
def fetch(console: Console, config_path: Path | None) -> int:
    """Fetch the feeds and pages of the settings into the store; what has not changed is not fetched again.

    Asks politely: robots.txt is obeyed and a host is asked one request at a time, with a pause between two.
    """
    config = settings(config_path)
    if not (config.feed or config.page):
        step = 'Add, at the end of the file:\n  [[feed]]\n  url = "https://news.example.org/rss.xml"'
        raise ConfigError(f"{config.file or FILE_NAME}: there is no feed and no page to fetch", step)
    gathered, count = _fetched(config, console)
    problems = [problem for g in gathered for problem in g.problems]
    for p in problems:
        console.notice(f"{p.where}: {p.message}. {p.next_step}")
    console.result(_summary(gathered, count))
    return GAPS if problems else 0


def _fetched(config: Config, console: Console) -> tuple[list[Gathered], int]:
    """What each feed and page gave, and how many documents the store holds afterwards."""
    import asyncio

    from briefing.ingest.fetch import Fetcher
    from briefing.ingest.gather import gather
    from briefing.store.database import Database
    from briefing.store.documents import Documents

    def done(g: Gathered) -> None:
        what = f"{g.new} new" if g.new else "not fetched" if g.problems and not g.named else "nothing new"
        console.result(f"{g.url}: {what}")

    async def run(documents: Documents) -> list[Gathered]:
        return await gather(config, documents, Fetcher(config.fetch), done)

    with Database(config.store_file) as database:
        documents = Documents(database)
        return asyncio.run(run(documents)), documents.count()


def _summary(gathered: Sequence[Gathered], count: int) -> str:
    new = sum(g.new for g in gathered)
    problems = sum(len(g.problems) for g in gathered)
    found = f"{new} new document{'s' if new != 1 else ''}" if new else "Nothing new"
    failed = f", {problems} problem{'s' if problems != 1 else ''}" if problems else ""
    return f"{found}{failed}; the store holds {count}"
