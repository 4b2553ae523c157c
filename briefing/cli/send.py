"""briefing send."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.week import NEWEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Config
    from briefing.deliver.addresses import Address
    from briefing.deliver.built import Built
    from briefing.deliver.sending import Sent

INCOMPLETE = 3  # exit code: somebody does not have the brief, or may not have it

EXAMPLES = """\b
Examples:
  briefing send --week                            the newest brief, to those of mail.to
  briefing send --week 2024-W46 --to desk         to a list of [mail.lists]
  briefing send --week --to a@example.org --again once more, to one of them
  briefing send --week --dry-run                  write the message, send nothing

\b
Name and password: BRIEFING_SMTP_USER, BRIEFING_SMTP_PASSWORD.
Exit codes: 0 everybody has it, 2 usage or settings, 3 somebody does not have it (yet), 4 no such brief."""
WEEK_HELP = "2024-W46, a date in it, last (complete week), current, all; without a value: the newest that is built."


@click.command(epilog=EXAMPLES)
@click.option("--week", is_flag=False, flag_value=NEWEST, required=True, metavar="WEEK", help=WEEK_HELP)
@click.option("--to", multiple=True, metavar="ADDRESS|LIST", help="Who gets it, in place of mail.to. May be given several times.")
@click.option("--again", is_flag=True, help="Also to those who have this build, or may have it.")
@click.option("--dry-run", is_flag=True, help="Write the message as brief.eml beside the brief and connect to nothing.")
@click.option("--require-review", is_flag=True, help="Send only when a person has reviewed every item.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where --dry-run writes.")
@config_option
@verbosity_options
@click.pass_obj
def send(
    console: Console, week: str, to: tuple[str, ...], again: bool, dry_run: bool, require_review: bool, out: Path | None,
    config_path: Path | None,
) -> int:  # fmt: skip
    """Mail the brief of WEEK with its PDF. Nobody is sent the same build twice, unless --again.

    Those who were sent another build of the week get a correction that says what changed.
    """
    from briefing.deliver.built import built
    from briefing.deliver.recipients import recipients
    from briefing.deliver.sending import send as send_to
    from briefing.errors import UsageError
    from briefing.review.required import require_reviewed

    if out is not None and not dry_run:
        raise UsageError("--out is for --dry-run alone", "Add --dry-run, or leave --out away.")
    config = settings(config_path)
    moment = datetime.now(config.zone)
    brief, addresses = built(config, week, moment.date()), recipients(config.mail, to)
    if require_review:
        require_reviewed(brief, config.store_file)
    if dry_run:
        return _write(console, brief, config, addresses, (moment, again, out))
    sent = send_to(brief, config, addresses, moment, again=again)
    _report(console, sent, brief.week, config)
    return 0 if sent.complete else INCOMPLETE


def _write(
    console: Console, brief: Built, config: Config, addresses: Sequence[Address], order: tuple[datetime, bool, Path | None]
) -> int:  # fmt: skip
    from briefing.deliver.sending import drafts
    from briefing.render.write import write_files

    moment, again, out = order
    found = drafts(brief, config, addresses, moment, again=again)
    first = out or brief.files["json"].with_name("brief.eml")
    names = [first.name, *(f"{first.stem}-{n}{first.suffix}" for n in range(2, len(found) + 1))]
    contents = {name: content for name, (_, content) in zip(names, found, strict=False)}
    for path, (parcel, _) in zip(write_files(first.parent, contents), found, strict=True):
        console.result(str(path))
        kind = "a correction for " if parcel.replaces else "for "
        console.notice(f"  {kind}{', '.join(one.spec for one in parcel.pending)}")
    if not found:
        console.notice("Nothing would be sent: all have this build, or wait for their next attempt. --again writes it.")
    return 0


def _report(console: Console, sent: Sent, week: str, config: Config) -> None:
    once_more = f"briefing send --week {week} --again --to"
    for told in sent.delivered:
        console.result(f"sent      {told.recipient}")
    for told in sent.already:
        console.result(f"has it    {told.recipient} (sent {_local(told.sent, config)}; --again sends it once more)")
    for told in sent.deferred:
        later = f"Tried again by the next `briefing send` after {_local(told.next_attempt, config)}."
        console.result(
            f"deferred  {told.recipient}: {told.reply}{'' if told.tried else ' (not tried now; that was the last answer)'}"
        )
        console.notice(f"          {told.mend or (later if told.next_attempt else 'Tried again by the next `briefing send`.')}")
    for told in sent.refused:
        console.result(f"refused   {told.recipient}: {told.reply}")
        console.notice(f"          Not tried again by itself. When the cause is mended: {once_more} {told.recipient}")
    for told in sent.unknown:
        console.result(f"unknown   {told.recipient}: {told.reply}")
        console.notice(f"          It may have arrived: ask. If it has not: {once_more} {told.recipient}")


def _local(when: str | None, config: Config) -> str:
    from briefing.language import english
    from briefing.render.words import moment_text

    return (
        moment_text(datetime.fromisoformat(when).astimezone(config.zone).isoformat(timespec="minutes"), english()) if when else ""
    )
