"""briefing lexicon check and briefing lexicon find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.json_output import write_json
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.errors import InputError

if TYPE_CHECKING:
    from briefing.lexicon.find import Hit
    from briefing.lexicon.finding import Finding

Own = tuple[Path | None, Path | None]  # a folder of lexicon files, a topics.toml outside of it

EXAMPLES = """\b
Examples:
  briefing lexicon check             the packaged lexicon, and your own where there is one
  briefing lexicon find وبدمشق       what is known of a word

\b
Your own files lie in lexicon/ beside briefing.toml, and topics.toml there too; `briefing init` writes commented examples."""
CHECK_EXAMPLES = """\b
Examples:
  briefing lexicon check             the packaged lexicon, and your own where there is one
  briefing lexicon check lexicon/    a folder of files that are to be laid over the packaged ones
  briefing lexicon check --json      for programs (schema briefing.lexicon-check/1)

\b
Exit codes: 0 nothing to mend, 1 something to mend, 4 a FOLDER that does not exist."""
FIND_EXAMPLES = """\b
Examples:
  briefing lexicon find وبدمشق                   a word, with whatever is joined to it
  briefing lexicon find وزارة الخارجية الروسية   a phrase
  briefing lexicon find --json سيول              for programs (schema briefing.lexicon-find/1)

\b
Exit code: 0, also when nothing is known of the word."""


@click.group(epilog=EXAMPLES)
def lexicon() -> None:
    """Check the lexicon, yours included, and look words up in it."""


@lexicon.command(epilog=CHECK_EXAMPLES)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER]...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
@verbosity_options
@click.pass_obj
def check(console: Console, folders: tuple[Path, ...], as_json: bool, config_path: Path | None) -> int:
    """Look for mistakes in lexicon files, names that two entries claim, and words that no article could ever meet.

    Changes nothing.
    """
    from briefing.lexicon.check import check

    checked = _existing(folders) or _default(config_path)
    found = [finding for own in checked for finding in check(*own)]
    if as_json:
        write_json({"schema": "briefing.lexicon-check/1", "findings": [asdict(f) for f in found]})
    for finding in () if as_json else found:
        _show(finding, console)
    names = ", ".join(" and ".join(str(path) for path in own if path) or "the packaged lexicon" for own in checked)
    console.notice(f"{names}: {f'{len(found)} to mend' if found else 'nothing to mend'}")
    return 1 if found else 0


def _default(config_path: Path | None) -> list[Own]:
    config = configuration.load(config_path, Path.cwd())
    own = (configuration.own(config, "lexicon"), configuration.own(config, "topics"))
    return [(None, None), own] if any(own) else [(None, None)]


def _existing(folders: Sequence[Path]) -> list[Own]:
    for folder in folders:
        if not folder.exists():
            raise InputError(f"{folder}: no such folder", "Name a folder that holds lexicon files, or none to check the default.")
    return [(folder, None) for folder in folders]


def _show(finding: Finding, console: Console) -> None:
    console.result(f"{finding.place}: {finding.message}")
    console.result(f"  {finding.next_step}")


@lexicon.command(epilog=FIND_EXAMPLES)
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
@verbosity_options
@click.pass_obj
def find(console: Console, words: tuple[str, ...], as_json: bool, config_path: Path | None) -> int:
    """Show which entries know the word or phrase, where they are listed, and how it is read to meet them."""
    from briefing.lexicon.find import find, nearest
    from briefing.lexicon.finding import in_use

    config = settings(config_path)
    phrase = " ".join(words)
    found = find(phrase, in_use(configuration.own(config, "lexicon"), configuration.own(config, "topics")))
    alike = [] if found else nearest(phrase)
    if as_json:
        hits = [asdict(hit) for hit in found]
        write_json({"schema": "briefing.lexicon-find/1", "phrase": phrase, "hits": hits, "spelled_nearly_so": alike})
        return 0
    for hit in found:
        _show_hit(hit, console)
    if not found:
        near = f"; spelled nearly so: {', '.join(alike)}" if alike else ""
        console.result(f"{phrase}: nothing in the lexicon{near}")
    return 0


def _show_hit(hit: Hit, console: Console) -> None:
    console.result(f"{hit.word}: {hit.kind} {hit.id}" + (f": {hit.en}" if hit.en else ""))
    details = "; ".join(filter(None, (hit.place, hit.how)))
    if details:
        console.result(f"  {details}")
