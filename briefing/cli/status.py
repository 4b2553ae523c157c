"""briefing status."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.console import Console
from briefing.cli.json_output import write_json
from briefing.cli.options import config_option, settings, verbosity_options

EXAMPLES = """\b
Examples:
  briefing status           the last runs, what went out, and what is wrong
  briefing status --json    for programs (schema briefing.status/1)

\b
Exit code: 0, whatever the state of things is."""


@click.command(epilog=EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema briefing.status/1).")
@config_option
@verbosity_options
@click.pass_obj
def status(console: Console, as_json: bool, config_path: Path | None) -> int:
    """Show the last runs with their stages, and problems that last."""
    from briefing.job.status import page, tree
    from briefing.job.status import status as found

    now = found(settings(config_path).store_file)
    if as_json:
        write_json(tree(now))
        return 0
    for line in page(now):
        console.result(line)
    return 0
