"""briefing build."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.main import config_option
from briefing.config import Config
from briefing.errors import InputError, UsageError
from briefing.week import NEWEST, parse

GAPS = 3  # exit code: built, but something was left out or is doubtful

EXAMPLES = """\b
Examples:
  briefing build --week                        newest week that has articles
  briefing build news/ --week last             the last complete week
  briefing build a.html b.txt --format md,pdf  everything in one brief
  briefing build news/ --week 2024-W46 --undated include"""


@click.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option("--week", is_flag=False, flag_value=NEWEST, metavar="WEEK", help="2024-W46, a date in it, last, current; bare: the newest with articles.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write (default: out).")
@click.option("--engine", metavar="NAME", help="auto, ctranslate2, transformers, gloss, or package.module:function (default: auto).")
@click.option("--format", "formats", metavar="LIST", help="Any of md,html,pdf,json (default: all).")
@click.option("--undated", type=click.Choice(["include", "exclude"]), help="Show undated articles in a group of their own.")
@click.option("--now", metavar="TIME", help="Information cut-off as ISO 8601 (default: the clock).")
@config_option
@click.pass_obj
def build(
    console: Console, inputs: tuple[Path, ...], week: str | None, out: Path | None, engine: str | None, formats: str | None,
    undated: str | None, now: str | None, config_path: Path | None,
) -> int:  # fmt: skip
    """Build a brief from INPUT files or folders (default: those of the config, else seeds/).

    Writes OUT/WEEK/brief.md, .html, .pdf and .json. Without --week, everything goes into one brief (OUT/all).
    """
    from briefing.ingest.read import memories
    from briefing.pipeline import Order
    from briefing.pipeline import build as walk
    from briefing.render.context import make_context
    from briefing.render.registry import check_formats
    from briefing.render.write import write
    from briefing.translate.engine import open_engine
    from briefing.translate.memory import Memory

    config = configuration.load(config_path, Path.cwd())
    chosen = check_formats(f.strip() for f in formats.split(",")) if formats is not None else config.formats
    order = Order(_inputs(inputs, config), week, (undated or config.undated) == "include", _time(now, config))
    if week is not None and week != NEWEST:
        parse(week, order.now.date())  # a wrong week is said before any work is done
    memory = Memory.from_files([*(config.base / m for m in config.translate.memory), *memories(order.inputs)])
    translator = open_engine(engine or config.translate.engine, config, memory, console.notice)
    brief = walk(order, config, translator, console.notice, console.track)
    folder = (out or config.base / config.out) / (brief.week or "all")
    paths = write(brief, chosen, folder, make_context(config))
    _summary(console, brief.articles_used, len(brief.problems), paths, brief.engine.line)
    return GAPS if brief.problems else 0


def _inputs(inputs: tuple[Path, ...], config: Config) -> tuple[Path, ...]:
    """What to read: the arguments, else the config's folders. Raises InputError when a default folder is missing."""
    if inputs:
        return inputs
    defaults = tuple(config.base / p for p in config.inputs)
    missing = [p for p in defaults if not p.exists()]
    if missing:
        raise InputError(f"{missing[0]}: no such folder", "Name your inputs (briefing build FOLDER --week), or run `briefing init` to start a project here.")
    return defaults


def _time(text: str | None, config: Config) -> datetime:
    """`--now`, in the config's time zone when it names none; the clock without it. Raises UsageError."""
    if text is None:
        return datetime.now(config.zone)
    try:
        # Python 3.11 reads no lower-case z and no space before an offset
        moment = datetime.fromisoformat(re.sub(r"\s*[zZ]$", "+00:00", text.strip()))
    except ValueError as error:
        raise UsageError(f"--now {text!r} is not an ISO 8601 time", "For example 2024-11-18T06:00:00+00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=config.zone)


def _summary(console: Console, used: int, problems: int, paths: list[Path], engine_line: str) -> None:
    for path in paths:
        click.echo(path)
    console.notice(f"{used} article{'s' if used != 1 else ''} used, {problems} problem{'s' if problems != 1 else ''} (listed in the brief)")
    click.echo(engine_line)
