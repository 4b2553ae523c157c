"""briefing publish."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.week import NEWEST

if TYPE_CHECKING:
    from briefing.deliver.publishing import Published

CONFLICTS = 3  # exit code: published, but pages that people edited were left as they are

EXAMPLES = """\b
Examples:
  briefing publish --week 2024-W46             to every [[publish]] table of the config
  briefing publish --week last --to wiki       to one of them
  briefing publish --week 2024-W46 --dry-run   only say what would change

\b
Exit codes: 0 published, or nothing to change; 2 usage or configuration; 3 published, but pages
that a person edited were left as they are; 4 no such brief; 6 a target could not be written."""

WEEK_HELP = "As for build; without it, or without a value: the newest that is built."


@click.command(epilog=EXAMPLES)
@click.option("--week", is_flag=False, flag_value=NEWEST, default=NEWEST, metavar="WEEK", help=WEEK_HELP)
@click.option("--to", "names", multiple=True, metavar="NAME", help="A [[publish]] table by its name; may be given again.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--drop-weeks", is_flag=True, help="Go on although the target has weeks that this store does not have.")
@config_option
@verbosity_options
@click.pass_obj
def publish(
    console: Console, week: str, names: tuple[str, ...], dry_run: bool, drop_weeks: bool, config_path: Path | None
) -> int:  # fmt: skip
    """Put the built brief of a week into wikis: its page, lists, and a page for each commitment, person and body."""
    from briefing.deliver.built import built
    from briefing.deliver.publishing import publish as published

    config = settings(config_path)
    brief = built(config, week, datetime.now(config.zone).date())
    found = published(brief, config, names, console.notice, dry=dry_run, drop=drop_weeks)
    for one in found:
        _show(one, dry_run, console)
    errors = [one.error.exit_code for one in found if one.error is not None]
    conflicts = any(one.done.changes.conflicts for one in found if one.done is not None)
    return errors[0] if errors else CONFLICTS if conflicts else 0


def _show(one: Published, dry: bool, console: Console) -> None:
    """A line for each target, and for each page with -v or --dry-run; conflicts always."""
    if one.done is None:
        console.error(f"{one.name}: {one.error}")
        return
    found, would = one.done.changes, "would be " if dry else ""
    every = (("made", found.created), ("updated", found.updated), ("removed", found.removed))
    kinds = [(word, places) for word, places in every if places]
    told = ", ".join(f"{len(places)} {would}{word}" for word, places in kinds) or "nothing to change"
    revision = f" ({one.done.revision[:12]})" if one.done.revision else ""
    console.result(f"{one.name}: {told}, {len(found.unchanged)} unchanged{revision}")
    for word, places in kinds if dry or console.verbose else ():
        for place in places:
            console.result(f"  {would}{word}: {place}")
    for place in found.conflicts:
        step = "move the edits to a page of their own and delete this one"
        console.notice(f"{one.name}: {place} is not as we wrote it, and was left: {step}.")
    for note in one.done.notes:
        console.notice(f"{one.name}: {note}")
