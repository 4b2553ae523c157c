"""briefing review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.memory import login
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.errors import UsageError
from briefing.week import NEWEST

if TYPE_CHECKING:
    from briefing.review.desk import Desk, View

GAPS = 3  # exit code of --list: something is still open, or not in the brief yet
EXAMPLES = """\b
Examples:
  briefing review                      the newest brief that was built, in the browser
  briefing review --week 2024-W46 --as "R. Haddad"
  briefing review --no-browser --port 8021    prints the address to open
  briefing review --list               what was looked at, and what no longer matches

\b
Exit codes: 0 fine, 2 usage, 4 no such brief. With --list 3: an item is still open, or the brief was built before
the last edit."""


WEEK_HELP = "As for build; without it: the newest that is built; all: the one without a week."


@click.command(epilog=EXAMPLES)
@click.option("--week", is_flag=False, flag_value=NEWEST, default=NEWEST, metavar="WEEK", help=WEEK_HELP)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Of 127.0.0.1 (default: a free one).")
@click.option("--no-browser", is_flag=True, help="Open no browser; print the address.")
@click.option("--as", "who", metavar="NAME", help="Who reviews (default: your login name).")
@click.option("--list", "as_list", is_flag=True, help="Print where each item stands, and start nothing.")
@config_option
@verbosity_options
@click.pass_obj
def review(
    console: Console, week: str, port: int, no_browser: bool, who: str | None, as_list: bool, config_path: Path | None
) -> int:
    """Look through a brief that was built, item by item, on a page of this machine.

    Accept, reject, edit the English, correct a speaker, a date, a count. What you say is kept in the store and followed by every
    later build of that week.
    """
    from briefing.deliver.built import built
    from briefing.review.desk import Desk

    config = settings(config_path)
    name = " ".join((login() if who is None else who).split())
    if not name:
        raise UsageError("Nobody is named as who reviews", 'Say who: --as "R. Haddad"')
    today = datetime.now(config.zone).date()
    desk = Desk(config, built(config, week, today).week, name, today)
    view = desk.view()
    return _listed(view, console) if as_list else _served(desk, view, port, not no_browser, console)


def _served(desk: Desk, view: View, port: int, browser: bool, console: Console) -> int:
    from briefing.review.serving import in_browser, serve

    def ready(address: str) -> None:
        console.notice(f"{view.built.week}: {view.done()} of {len(view.cards)} items looked at. Stop with Ctrl-C.")
        console.result(address)
        if browser and not in_browser(address):
            console.notice("No browser could be started: open the address above in one.")

    serve(desk, port, ready)
    after = desk.view()
    console.notice(f"{after.done()} of {len(after.cards)} items looked at.")
    if after.outdated():
        week = "" if after.built.week == "all" else f" --week {after.built.week}"
        console.notice(f"To put what was said into the brief: briefing build{week}")
    return 0


def _listed(view: View, console: Console) -> int:
    from briefing.review.told import told

    for card in view.cards:
        console.result(f"{card.id:6}{view.status(card):10} {' '.join(str(card.item['en']).split())}")
    for key, said in view.elsewhere():
        state = "no longer matches" if view.lost(key) else "not in the brief"
        row = next(iter(said.values()))
        words = "; ".join(told(one) for one in said.values())
        console.result(f"{state}: {' '.join(row.shown['en'].split())} ({words}, {row.who})")
    console.notice(f"{view.done()} of {len(view.cards)} items looked at")
    if view.outdated():
        console.notice("What was said last is not in the brief yet: build it again.")
    return GAPS if view.done() < len(view.cards) or view.outdated() else 0
