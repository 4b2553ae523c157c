"""briefing memory import, export, add and search."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.engines import memories_in_use
from briefing.cli.json_output import write_json
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.config import Config
from briefing.errors import InputError, UsageError

if TYPE_CHECKING:
    from briefing.translate.entry import Entry
    from briefing.translate.merging import Merged
    from briefing.translate.searching import Hit

GAPS = 3  # exit code: taken in, but for some pairs it is not known which English is to count
LISTED = 20  # pairs named one by one; the rest are counted
EXAMPLES = """\b
Examples:
  briefing memory import old.tmx             reviewed translations from another tool
  briefing memory add "ARABIC" "ENGLISH"     one of your own
  briefing memory search "release of"        what was reviewed, in either language
  briefing memory export team.tmx            for another tool

\b
Your memory is memory.tmx in the folder you work in (paths.memory of the settings). A build asks it first, then the
files under translate.memory, then a memory.tmx among the inputs."""
IMPORT_EXAMPLES = """\b
Examples:
  briefing memory import a.tmx b.tmx
  briefing memory import --replace newer.tmx    its English counts, whatever the dates

\b
Exit codes: 0 taken in, 2 a file that cannot be read (nothing is taken in then), 3 for some sentences dates do not say which
English is the newer (yours stays), 6 the memory could not be written."""
ADD_EXAMPLES = """\b
Examples:
  briefing memory add "وصل الوفد." "The delegation arrived."
  briefing memory add --from pairs.tsv --author "R. Haddad"    one pair in a line, with a tab between
  briefing memory add --from -                                 the same from standard input"""
EXPORT_EXAMPLES = """\b
Examples:
  briefing memory export mine.tmx
  briefing memory export --all everything.tmx
  briefing memory export - | wc -c"""
SEARCH_EXAMPLES = """\b
Examples:
  briefing memory search "وصل الوفد"
  briefing memory search "delegation arrived" --least 0.8
  briefing memory search --json "الوفد"    for programs (schema briefing.memory-search/1)

\b
Exit code: 0, also when nothing is found."""
FILE = click.Path(path_type=Path)


@click.group(epilog=EXAMPLES)
def memory() -> None:
    """Take in, add to, search and hand on reviewed translations."""


# ---------------------------------------------------------------- import


@memory.command("import", epilog=IMPORT_EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--replace", is_flag=True, help="Where English differs, take that of FILE whatever the dates.")
@config_option
@verbosity_options
@click.pass_obj
def import_(console: Console, files: tuple[Path, ...], replace: bool, config_path: Path | None) -> int:
    """Take the Arabic-English pairs of TMX files into your memory: all of them, or none when a FILE cannot be read.

    Other English for a sentence you have counts when it is dated later than yours. Kept are both texts, the date and the author.
    """
    from briefing.translate.memory import resolved
    from briefing.translate.merging import Fate, merged
    from briefing.translate.own_memory import own_file, update
    from briefing.translate.tmx import read_tmx

    target = own_file(configuration.load(config_path, Path.cwd()))
    read = [read_tmx(path) for path in files]
    new: list[Entry] = []
    for tmx in read:
        entries, rivals = resolved(tmx.entries)
        new += entries.values()
        for problem in rivals:
            console.notice(f"{problem.where}: {problem.message}")
    after = update(target, lambda own: merged(own, new, replace))
    _report(after, target, console)
    for what, count in sum((Counter(tmx.left_out) for tmx in read), Counter()).items():
        console.result(f"  {count} {what}")
    return GAPS if after.count(Fate.UNDECIDED) else 0


def _report(after: Merged, target: Path, console: Console) -> None:
    """What became of the pairs; those whose English was not taken are named, and with -v those that were changed."""
    from briefing.translate.merging import Fate

    done = ", ".join(f"{after.count(fate)} {fate.value}" for fate in (Fate.NEW, Fate.CHANGED, Fate.SAME))
    console.result(f"{target}: {done}; it holds {len(after.entries)}")
    for fate in (Fate.OLDER, Fate.UNDECIDED):
        if count := after.count(fate):
            console.result(f"  {count} not taken: {fate.value}")
    named = (Fate.UNDECIDED, *((Fate.CHANGED, Fate.OLDER) if console.verbose else ()))
    steps = [step for step in after.steps if step.fate in named]
    for step in steps[:LISTED]:
        console.notice(f"  {step.fate.value}: {_line(step.entry.ar)}")
        console.notice(f"    there: {_line(step.before.en if step.before else '')}")
        console.notice(f"    {step.entry.file}: {_line(step.entry.en)}")
    if len(steps) > LISTED:
        console.notice(f"  and {len(steps) - LISTED} more")
    if after.count(Fate.UNDECIDED):
        console.notice("  To take the new English for them: briefing memory import --replace")


# ---------------------------------------------------------------- add


@memory.command(epilog=ADD_EXAMPLES)
@click.argument("arabic", required=False)
@click.argument("english", required=False)
@click.option("--from", "file", type=FILE, metavar="FILE", help="Pairs, one in a line with a tab between; - for standard input.")
@click.option("--author", metavar="NAME", help="Who reviewed it (default: your login name).")
@config_option
@verbosity_options
@click.pass_obj
def add(
    console: Console, arabic: str | None, english: str | None, file: Path | None, author: str | None, config_path: Path | None
) -> int:
    """Add ARABIC with its ENGLISH to your memory, with today's date; what was there for that sentence is replaced.

    The checks on translations look at it too. What they find is said, and changes nothing.
    """
    from briefing.translate.checks.line import findings
    from briefing.translate.merging import merged
    from briefing.translate.own_memory import own_file, update
    from briefing.translate.pairs import now, one_pair, tabbed_pairs

    target = own_file(settings(config_path))
    stamp = (now(), login() if author is None else author)
    if (file is None) == (arabic is None) or (arabic is not None and english is None):
        raise UsageError("What to add is not clear", 'Give "ARABIC" "ENGLISH", or --from FILE.')
    new = tabbed_pairs(file, *stamp) if file is not None else [one_pair("the pair", arabic or "", english or "", *stamp)]
    after = update(target, lambda own: merged(own, new, replace=True))
    _report(after, target, console)
    for entry in new:
        for found in findings(entry.ar, entry.en):
            console.notice(f"  check: {found.flag}: {_line(entry.ar)}")
    return 0


def login() -> str:
    """The name of the user, or "" where the system has none for them."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


# ---------------------------------------------------------------- export and search


@memory.command(epilog=EXPORT_EXAMPLES)
@click.argument("file", type=FILE, metavar="FILE|-")
@click.option("--all", "everything", is_flag=True, help="All that a build would use, not your memory alone.")
@config_option
@verbosity_options
@click.pass_obj
def export(console: Console, file: Path, everything: bool, config_path: Path | None) -> int:
    """Write your memory as TMX 1.4 into FILE, or to standard output, sorted: equal memories give equal bytes."""
    from briefing.plain_lines import STDIN
    from briefing.translate.memory import Memory
    from briefing.translate.own_memory import own_file, write_whole
    from briefing.translate.tmx import tmx_bytes

    config = configuration.load(config_path, Path.cwd())
    own = own_file(config)
    if not everything and not own.exists():
        step = "Make it with `briefing memory add` or `briefing memory import`, or export all memories in use with --all."
        raise InputError(f"{own}: there is no memory of yours yet", step)
    entries = list(Memory.from_files(_used(config) if everything else [own]))
    content = tmx_bytes(entries)
    if file == STDIN:
        click.echo(content, nl=False)
    else:
        write_whole(file, content)
    console.notice(f"{len(entries)} sentences")
    return 0


@memory.command(epilog=SEARCH_EXAMPLES)
@click.argument("text")
@click.option("--least", type=click.FloatRange(0, 1), default=0.7, show_default=True, help="How alike near matches are.")
@click.option("--most", type=click.IntRange(1), default=10, show_default=True, help="How many are shown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
@verbosity_options
@click.pass_obj
def search(console: Console, text: str, least: float, most: int, as_json: bool, config_path: Path | None) -> int:
    """Look TEXT up in every memory that a build would use: the same sentence, sentences it is part of, sentences like it.

    Arabic is compared with the Arabic, anything else with the English.
    """
    from briefing.translate.searching import hit_json, search

    config = settings(config_path)
    entries = _entries(config)
    hits = search(text, entries, least)
    if as_json:
        found = [hit_json(hit) for hit in hits[:most]]
        write_json({"schema": "briefing.memory-search/1", "text": text, "found": len(hits), "hits": found})
        return 0
    for hit in hits[:most]:
        _show(hit, console)
    more = f", {most} shown" if len(hits) > most else ""
    console.notice(f"{len(hits)} found in {len(entries)} entries{more}")
    return 0


def _used(config: Config) -> list[Path]:
    """The memories that a build of the default inputs would ask; inputs that are not there have none."""
    inputs = [config.base / name for name in config.inputs]
    return memories_in_use([path for path in inputs if path.exists()], config)


def _entries(config: Config) -> list[Entry]:
    """Every different entry of every memory in use, with the name of the first file it is in, for people."""
    from dataclasses import replace

    from briefing.ingest.files import shown
    from briefing.translate.memory import resolved
    from briefing.translate.tmx import read_tmx

    found = ((shown(file, config.base), resolved(read_tmx(file).entries)[0]) for file in _used(config))
    different: dict[tuple[str, str], Entry] = {}
    for name, entries in found:
        for key, entry in entries.items():
            different.setdefault((key, entry.en), replace(entry, file=name))
    return list(different.values())


def _show(hit: Hit, console: Console) -> None:
    from briefing.render.words import differences_text

    entry = hit.entry
    score = "" if hit.match == "exact" else f" {int(hit.score * 100) / 100:.2f}"
    console.result(_line(", ".join(filter(None, (f"{hit.match}{score}", entry.file, entry.author, entry.changed[:8])))))
    console.result(f"  {_line(entry.ar)}")
    console.result(f"  {_line(entry.en)}")
    if hit.near is not None:
        console.result(f"  {differences_text(hit.near)}")


def _line(text: str) -> str:
    return " ".join(text.split())
