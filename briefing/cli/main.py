"""briefing: the command group, common options, and what happens to errors."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from typing import Any, TextIO

import click

from briefing import __version__
from briefing.cli.console import Console
from briefing.cli.options import verbosity_options
from briefing.errors import BriefingError, OutputError

# command -> "module:function"; modules are imported when their command is run or its help is shown
COMMANDS = {
    "build": "briefing.cli.build:build",
    "publish": "briefing.cli.publish:publish",
    "fetch": "briefing.cli.fetch:fetch",
    "keep": "briefing.cli.keep:keep",
    "articles": "briefing.cli.articles:articles",
    "inspect": "briefing.cli.inspect:inspect",
    "weeks": "briefing.cli.weeks:weeks",
    "ledger": "briefing.cli.ledger:ledger",
    "review": "briefing.cli.review:review",
    "send": "briefing.cli.send:send",
    "run": "briefing.cli.run:run",
    "status": "briefing.cli.status:status",
    "store": "briefing.cli.store:store",
    "init": "briefing.cli.init:init",
    "lexicon": "briefing.cli.lexicon:lexicon",
    "memory": "briefing.cli.memory:memory",
    "models": "briefing.cli.models:models",
    "eval": "briefing.cli.eval:evaluate",
    "doctor": "briefing.cli.doctor:doctor",
}
SUMMARIES = {
    "build": "Build a brief from articles.",
    "publish": "Put a built brief into a wiki or a folder of pages.",
    "fetch": "Fetch feeds and pages into the store.",
    "keep": "Keep files in the store.",
    "articles": "List the articles in the store.",
    "inspect": "Show what the program sees in a file.",
    "weeks": "List the weeks that have articles.",
    "ledger": "List promises and what became of them.",
    "review": "Look through a brief on a local page before it goes out.",
    "send": "Mail a brief, to each recipient once.",
    "run": "Fetch, build, send and publish a week, as a scheduled job.",
    "status": "Show what runs did, what went out, and what is wrong.",
    "store": "Copy, put back, clear out and check the store.",
    "init": "Write a commented briefing.toml and the folders.",
    "lexicon": "Check the lexicon, yours included, and look words up.",
    "memory": "Keep, search and exchange reviewed translations.",
    "models": "Fetch, add, verify, list and remove translation models.",
    "eval": "Measure translations against references.",
    "doctor": "Show what is installed and what is missing.",
}


_SIGPIPE = 13  # has no name on Windows


class _ReaderGone(Exception):
    """The program that read our output has ended. Not an OSError, which Click would make exit code 1 of."""


class _Commands(click.Group):
    """Loads a command's module only when it is needed, so that --help stays fast."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderGone from error
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} Commands: {', '.join(COMMANDS)}.", ctx) from error


EPILOG = """\b
Examples:
  briefing build --week                 newest week in seeds/
  briefing build news/ --week 2024-W46  one week of a folder
  briefing inspect page.html            what the program sees in a page

\b
Exit codes: 0 fine, 1 anything without a code of its own, 2 usage or configuration,
3 built with gaps (see Problems), 4 nothing to build from, 5 translation engine or model,
6 output could not be written, 7 deliveries wait, 75 another run is at work."""


@click.command(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
@verbosity_options
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Arabic-English bilingual briefings: who said what, what was agreed, what happened where, each line cited."""


def main(args: list[str] | None = None) -> None:
    """Entry point: runs the command line and turns expected errors into a message and an exit code."""
    _print_anything()
    console = Console()
    try:
        code: Any = cli.main(args=args, prog_name="briefing", standalone_mode=False, obj=console)
        sys.exit(code if isinstance(code, int) else 0)
    except BriefingError as error:
        console.error(str(error))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except _ReaderGone:  # `briefing inspect page.html | head`: what the shell gives to one that SIGPIPE ends
        _silence(sys.stdout)
        sys.exit(128 + _SIGPIPE)
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo(" ".join(("Stopped.", *map(str, stop.args))), err=True)
        sys.exit(130)
    except OSError as error:  # a disk that is full, a file that went away: no fault of the program
        sys.exit(_system_error(error, console))


def _print_anything() -> None:
    """Arabic on a terminal that has none, and file names that are no text, come out as escapes instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    """What is left in the buffer would fail once more, and with a traceback, when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _system_error(error: OSError, console: Console) -> int:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    place = f"{error.filename}: " if error.filename is not None else ""
    step = "Free some disk space and run the same command again." if full else "Mend this and run the same command again."
    console.error(f"{place}{error.strerror or error}\n  {step}")
    try:
        sys.stdout.flush()
    except OSError:
        _silence(sys.stdout)
    return OutputError.exit_code if full else BriefingError.exit_code
