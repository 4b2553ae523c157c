"""Options that several commands have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.config import Config
from briefing.errors import UsageError

F = TypeVar("F", bound=Callable[..., Any])


def config_option(function: F) -> F:
    """--config, for commands that read settings; the function gets it as `config_path`."""
    kind = click.Path(dir_okay=False, path_type=Path)
    text = "Settings (default: ./briefing.toml when there is one)."
    return click.option("--config", "config_path", type=kind, help=text)(function)


def settings(config_path: Path | None) -> Config:
    """The settings; from now on words are looked up in the user's glossary, and in our lexicon with the user's own over it.

    Raises ConfigError.
    """
    from briefing.lexicon import glossary, tables

    config = configuration.load(config_path, Path.cwd())
    tables.use(configuration.own(config, "lexicon"), configuration.own(config, "topics"))
    glossary.use(configuration.own(config, "glossary"))
    return config


def moment(text: str | None, config: Config) -> datetime:
    """`--now`, in the config's time zone; the clock without it. Raises UsageError."""
    if text is None:
        return datetime.now(config.zone)
    try:
        # Python 3.11 reads no lower-case z and no space before an offset
        given = datetime.fromisoformat(re.sub(r"\s*[zZ]$", "+00:00", text.strip()))
        return given.astimezone(config.zone) if given.tzinfo else given.replace(tzinfo=config.zone)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--now {text!r} is not an ISO 8601 time", "For example 2024-11-18T06:00:00+00:00.") from error


def verbosity_options(function: F) -> F:
    """-v and --quiet: they may stand before the command's name or after it, and change the Console in `ctx.obj`."""
    verbose = click.option("-v", "--verbose", count=True, expose_value=False, callback=_verbose, help="Say more.")
    text = "Say nothing but results and errors."
    quiet = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_quiet, help=text)
    return verbose(quiet(function))


def _verbose(context: click.Context, _parameter: click.Parameter, value: int) -> None:
    console = context.obj or Console()
    context.obj = replace(console, verbose=console.verbose + value)


def _quiet(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    console = context.obj or Console()
    context.obj = replace(console, quiet=console.quiet or value)
