"""briefing keep."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options

GAPS = 3

EXAMPLES = """\b
Examples:
  briefing keep news/             files of a folder into the store
  briefing articles               what the store holds now
  briefing build store --week     a brief from it"""


@click.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT...")
@config_option
@verbosity_options
@click.pass_obj
def keep(console: Console, inputs: tuple[Path, ...], config_path: Path | None) -> int:
    """Keep INPUT files or folders in the store, beside what was fetched. Keeping a file twice changes nothing."""
    from briefing.ingest import keeping
    from briefing.store.database import Database
    from briefing.store.documents import Documents, now

    config = settings(config_path)
    with Database(config.store_file) as database:
        store = Documents(database)
        kept = keeping.keep(inputs, config.base, store, now())
        count = store.count()
    for p in kept.problems:
        console.notice(f"{p.where}: {p.message}. {p.next_step}")
    console.result(f"{kept.new} new, {kept.known} known; the store holds {count}")
    return GAPS if kept.problems else 0
