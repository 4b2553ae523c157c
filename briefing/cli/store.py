"""briefing store backup, restore, prune and check."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.config import FILE_NAME, Config
from briefing.errors import ConfigError, InputError, StoreError

if TYPE_CHECKING:
    from briefing.store.checking import Found
    from briefing.store.database import Database
    from briefing.store.retention import Pruned

EXAMPLES = """\b
Examples:
  briefing store check                   is it whole, and what does it hold?
  briefing store backup backups/         a copy of it, named after the time; others may work meanwhile
  briefing store restore backups/store-20241118T060000Z.db
  briefing store prune --dry-run         what is older than the settings keep

\b
The store is one file: paths.store of the settings, else .briefing/store.db beside them; without settings
one in the data folder of your user account."""
BACKUP_EXAMPLES = """\b
Examples:
  briefing store backup backups/         backups/store-20241118T060000Z.db
  briefing store backup monday.db        this file; an earlier backup of that name is replaced

\b
Exit codes: 0 copied and checked, 1 the store or the copy cannot be used, 2 that file is no backup, 4 there is no store."""
RESTORE_EXAMPLES = """\b
Examples:
  briefing store restore monday.db            into a store that is empty or not there
  briefing store restore --force monday.db    in place of one that holds something, which is kept beside it

\b
Exit codes: 0 restored, 1 the backup is damaged or of a newer program, 2 the store holds something, 4 no such backup, 75 a run is
at work."""
PRUNE_EXAMPLES = """\b
Examples:
  briefing store prune --dry-run    how much would go
  briefing store prune

\b
The settings say how long things are kept: [store] keep_weeks = 52 and cache_weeks = 12.
Exit codes: 0 done, 2 the settings keep everything, 4 there is no store, 75 a run is at work."""


@click.group(epilog=EXAMPLES)
def store() -> None:
    """Copy, put back, clear out and check the file that keeps what was fetched, made and sent."""


@store.command(epilog=BACKUP_EXAMPLES)
@click.argument("target", type=click.Path(), metavar="FILE|FOLDER")
@config_option
@verbosity_options
@click.pass_obj
def backup(console: Console, target: str, config_path: Path | None) -> int:
    """Copy the store as it is at one moment, check the copy, and put it in place when it is whole.

    A FOLDER is there already or ends with a slash, and is then made.
    """
    from briefing.store.backup import back_up

    store_file = settings(config_path).store_file
    path, found = back_up(store_file, Path(target), datetime.now(UTC), folder=target.endswith("/"))
    console.notice(_held(found))
    console.result(str(path))
    return 0


@store.command(epilog=RESTORE_EXAMPLES)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also when the store holds something; that is kept beside it.")
@config_option
@verbosity_options
@click.pass_obj
def restore(console: Console, file: Path, force: bool, config_path: Path | None) -> int:
    """Put a backup in the place of the store, after checking it."""
    from briefing.deliver.one_sender import one_sender
    from briefing.store.backup import restore as restored
    from briefing.store.run_lock import alone

    path = settings(config_path).store_file
    with alone(path), one_sender(path):
        done = restored(file, path, force, datetime.now(UTC))
    if done.aside is not None:
        console.notice(f"The store as it was: {done.aside}")
    if done.carried is None:
        console.notice("What went out since the backup was made is not known to the store now: ask before you send again.")
    elif done.carried:
        console.notice(f"Deliveries carried over that are newer than the backup: {done.carried:,}")
    console.notice(_held(done.found))
    console.result(str(path))
    return 0


@store.command(epilog=PRUNE_EXAMPLES)
@click.option("--dry-run", is_flag=True, help="Only say how much would go.")
@config_option
@verbosity_options
@click.pass_obj
def prune(console: Console, dry_run: bool, config_path: Path | None) -> int:
    """Take out documents and answers older than the settings keep; what later briefs cite, and who got them, stays."""
    from briefing.store.database import Database
    from briefing.store.retention import bounds
    from briefing.store.retention import prune as pruned
    from briefing.store.run_lock import alone

    config = settings(config_path)
    path = _existing(config)
    if not (config.store.keep_weeks or config.store.cache_weeks):
        step = "Set keep_weeks or cache_weeks under [store]."
        raise ConfigError(f"{config.file or FILE_NAME}: nothing is to go: the settings keep everything", step)
    if 0 < config.store.keep_weeks < config.ledger.weeks:
        left, wanted = config.store.keep_weeks, config.ledger.weeks
        console.notice(f"The ledger looks {wanted} weeks back (ledger.weeks), but documents will be there for {left}.")
    bound = bounds(config.store.keep_weeks, config.store.cache_weeks, datetime.now(UTC).date())
    with alone(path), Database(path) as database:
        gone = pruned(database, bound, dry_run)
        if not dry_run:
            _shrink(database, console)
    console.result(("Would go: " if dry_run else "Gone: ") + _counted(gone))
    return 0


@store.command()
@config_option
@verbosity_options
@click.pass_obj
def check(console: Console, config_path: Path | None) -> int:
    """Check the store's structure and every document against its digest. Exit codes: 0 whole, 1 damaged, 4 there is no store."""
    from briefing.store.checking import check as checked

    path = _existing(settings(config_path))
    found = checked(path)
    for fault in found.faults:
        console.result(f"damaged   {fault}")
    if found.faults:
        step = "Restore a backup: briefing store restore FILE --force, which keeps this one aside."
        raise StoreError(f"{path}: is damaged", step)
    for name, rows in found.tables.items():
        console.result(f"{rows:>9,} {name}")
    console.result(f"whole     {path} (version {found.version}, {_size(found.size)})")
    return 0


def _existing(config: Config) -> Path:
    if not config.store_file.is_file():
        raise InputError(f"{config.store_file}: there is no store yet", "`briefing fetch` or `briefing keep` makes one.")
    return config.store_file


def _shrink(database: Database, console: Console) -> None:
    """Gives space back where that can be done now: rows that went are gone in any case, and their space is used again."""
    try:
        database.shrink()
    except StoreError as error:
        console.notice(f"The file keeps its size for now: {error.message}")


def _held(found: Found) -> str:
    return f"{found.rows:,} rows in {len(found.tables)} tables, {_size(found.size)}, store version {found.version}; checked"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _counted(gone: Pruned) -> str:
    return f"documents: {gone.documents:,}, notes of fetching: {gone.origins:,}, answers of the cache: {gone.answers:,}"
