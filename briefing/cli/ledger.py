"""briefing ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.engines import opener
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.errors import ConfigError
from briefing.week import NEWEST

if TYPE_CHECKING:
    from briefing.brief_model import LedgerLine

EXAMPLES = """\b
Examples:
  briefing ledger                    promises as they stand at the end of the newest week
  briefing ledger --week 2024-W46    at the end of that week
  briefing ledger --json news/       for programs (schema briefing.ledger/1)"""

WEEK_HELP = "As for build; without it, or without a value: the newest that has articles."


@click.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option("--week", is_flag=False, flag_value=NEWEST, default=NEWEST, metavar="WEEK", help=WEEK_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema briefing.ledger/1).")
@config_option
@verbosity_options
@click.pass_obj
def ledger(console: Console, inputs: tuple[Path, ...], week: str, as_json: bool, config_path: Path | None) -> int:
    """List every promise that is open, falls due or was kept by the end of a week, with the files that say so.

    English is that of the reviewed translations and of the lexicon; no model is asked.
    """
    from briefing import pipeline
    from briefing.render.json_brief import ledger_tree

    config = settings(config_path)
    if not config.ledger.weeks:
        raise ConfigError(f"{config.file}: ledger.weeks is 0: the ledger is turned off", "Raise it.")
    config = replace(config, ledger=replace(config.ledger, lines=0))
    order = pipeline.Order(configuration.inputs(config, inputs), week, False, datetime.now(config.zone))
    means = pipeline.Means(opener("gloss", order.inputs, config, console))
    brief = pipeline.build(order, config, means, console.notice, console.track)
    if as_json:
        console.result(json.dumps(ledger_tree(brief), ensure_ascii=True, indent=2))
        return 0
    for line in brief.ledger.lines if brief.ledger else ():
        _show(line, console)
    return 0


def _show(line: LedgerLine, console: Console) -> None:
    from briefing.language import english
    from briefing.render.ledger_words import standing

    console.result(f"{line.state:10}{line.en}")
    console.result(f"          {standing(line, english())}")
    files = [f"promised in {r.file}" for r in line.references] + [f"{line.kept_as} in {r.file}" for r in line.kept_by]
    console.result(f"          {', '.join(dict.fromkeys(files))}")
