"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.config import Config

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
