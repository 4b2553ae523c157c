"""briefing doctor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.options import config_option, verbosity_options

if TYPE_CHECKING:
    from briefing.doctor import Check

# Without these a brief is still built: the gloss stands in for a model, the rules for a language model; PDFs only take longer.
OPTIONAL = {"torch", "library HarfBuzz subset", "models", "models folder", "model hub", "language model"}

EXAMPLES = """\b
Examples:
  briefing doctor          one line for each thing
  briefing doctor -v       with versions and paths
  briefing doctor --hub    and whether the model hub answers
  briefing doctor --llm    and whether the language model's server answers and has the model

\b
Exit codes: 0 everything that is needed is there (a model is not needed, it is only better), 1 something is missing."""


@click.command(epilog=EXAMPLES)
@click.option("--hub", is_flag=True, help="Ask the network whether models could be downloaded.")
@click.option("--llm", is_flag=True, help="Ask the language model's server (extract.url) for its models.")
@config_option
@verbosity_options
@click.pass_obj
def doctor(console: Console, hub: bool, llm: bool, config_path: Path | None) -> int:
    """Show what is installed, where settings, models and output lie, and what to do about what is missing.

    Changes nothing, and leaves the network alone without --hub or --llm.
    """
    from briefing.doctor import examine, hub_address

    checks = examine(configuration.load(config_path, Path.cwd()), hub_address() if hub else None, llm)
    for check in checks:
        _show(check, console)
    missing = [check.name for check in checks if not check.ok and check.name not in OPTIONAL]
    console.notice(f"Needed and missing: {', '.join(missing)}" if missing else "Everything that is needed is there.")
    return 1 if missing else 0


def _show(check: Check, console: Console) -> None:
    state = "ok" if check.ok else "optional" if check.name in OPTIONAL else "missing"
    if console.quiet and check.ok:
        return
    console.result(f"{state:<9} {check.name}" + (f": {check.detail}" if console.verbose or not check.ok else ""))
    if check.next_step:
        console.result(f"{'':<9} {check.next_step}")
