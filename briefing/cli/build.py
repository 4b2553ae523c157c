"""briefing build."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.crew import hands_of
from briefing.cli.engines import opener
from briefing.cli.options import config_option, moment, settings, verbosity_options
from briefing.config import Config
from briefing.errors import OutputError, UsageError
from briefing.extract.extractor import names as extractors
from briefing.extract.extractor import open_extractor
from briefing.language import LANGS, contrary
from briefing.render.registry import RENDERERS, check_formats
from briefing.translate.engine import AUTO, names
from briefing.week import NEWEST, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.brief_model import Brief

GAPS = 3  # exit code: built, but something was left out or is doubtful

EXAMPLES = """\b
Examples:
  briefing build --week                        newest week that has articles
  briefing build news/ --week last             the last complete week
  briefing build a.html b.txt --format md,pdf  everything in one brief
  briefing build news/ --week 2024-W46 --undated include

\b
Exit codes: 0 built, 2 usage, 3 built with gaps, 4 nothing to build from, 5 translation engine,
6 output could not be written. English from the gloss alone is not a gap."""
WEEK_HELP = "2024-W46, a date in it, last (complete week), current; without a value: the newest that has articles."
EXTRACT_HELP = f"{', '.join(extractors())}, or package.module:function (default: that of the config, {extractors()[0]})."
CLUSTER_HELP = "Let Dask workers do it: tcp://host:8786, tls://host:8786 or local:4 (default: that of the config, none)."
ENGINE_HELP = f"{', '.join(names())}, or package.module:function (default: that of the config, {AUTO})."


@click.command(epilog=EXAMPLES)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT]...")
@click.option("--week", is_flag=False, flag_value=NEWEST, metavar="WEEK", help=WEEK_HELP)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write (default: that of the config, out).")
@click.option("--engine", metavar="NAME", help=ENGINE_HELP)
@click.option("--extract", metavar="NAME", help=EXTRACT_HELP)
@click.option("--format", "formats", metavar="LIST", help=f"Any of {','.join(RENDERERS)} (default: all).")
@click.option("--lang", type=click.Choice(LANGS), help="Language of headings (default: that of the config).")
@click.option("--undated", type=click.Choice(["include", "exclude"]), help="Show undated articles in a group of their own.")
@click.option("--cluster", metavar="ADDRESS", help=CLUSTER_HELP)
@click.option("--now", metavar="TIME", help="Information cut-off as ISO 8601 (default: the clock).")
@config_option
@verbosity_options
@click.pass_obj
def build(
    console: Console, inputs: tuple[Path, ...], week: str | None, out: Path | None, engine: str | None, extract: str | None,
    formats: str | None, lang: str | None, undated: str | None, cluster: str | None, now: str | None, config_path: Path | None,
) -> int:  # fmt: skip
    """Build a brief from INPUT files or folders (default: those of the config, else seeds/).

    Writes OUT/WEEK/brief.md, .html, .pdf and .json. Without --week, everything goes into one brief (OUT/all).
    With -v, problems are listed here as well as in the brief.
    """
    from briefing import pipeline
    from briefing.render.context import make_context
    from briefing.render.write import write

    config = _on_cluster(_in_language(settings(config_path), lang), cluster)
    when = moment(now, config)
    if week is not None and week != NEWEST:
        parse(week, when.date())  # a wrong week is said before any work is done
    chosen = check_formats(f for name in formats.split(",") if (f := name.strip())) if formats is not None else config.formats
    folder = _writable(out or config.base / config.out)
    order = pipeline.Order(configuration.inputs(config, inputs), week, (undated or config.undated) == "include", when)
    extractor = open_extractor(extract or config.extract.engine, config, console.notice)
    try:
        with hands_of(config, console.notice) as hands:
            opened = opener(engine or config.translate.engine, order.inputs, config, console, hands)
            means = pipeline.Means(opened, extractor, hands.crew)
            brief = pipeline.build(order, config, means, console.notice, console.track)
    except KeyboardInterrupt as stop:
        raise click.Abort(_left_by_stop(config.store_file if config.translate.cache else None)) from stop
    paths = write(brief, chosen, folder / (brief.week or "all"), make_context(config))
    _summary(console, brief, paths)
    return GAPS if brief.problems else 0


def _in_language(config: Config, lang: str | None) -> Config:
    """The settings with the language that is asked for. Raises UsageError when it does not go with the layout."""
    config = replace(config, lang=lang or config.lang)
    if (wrong := contrary(config.lang, config.layout)) is not None:
        raise UsageError(f"--lang {config.lang}: {wrong[0]}", wrong[1])
    return config


def _on_cluster(config: Config, cluster: str | None) -> Config:
    """The settings with the cluster that is asked for. Raises UsageError when that is no address."""
    if (wrong := configuration.unreachable(cluster or "")) is not None:
        raise UsageError(f"--{wrong[0]}", wrong[1])
    return config if cluster is None else replace(config, build=replace(config.build, cluster=cluster))


def _left_by_stop(store: Path | None) -> str:
    """What there is after Ctrl-C, and how to go on."""
    if store is None or not store.exists():
        return "No brief was written and nothing is kept; run the same command again to begin anew."
    return f"No brief was written. What was translated is kept in {store}: run the same command again to go on from there."


def _writable(folder: Path) -> Path:
    """`folder`, if files can be written there, so that this is not found out after an hour of translating."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(path))
    if not os.path.isdir(there):
        raise OutputError(f"{there}: is a file where a folder is needed", "Move it, or choose another folder with --out.")
    if not os.access(there, os.W_OK | os.X_OK):
        step = "Give yourself permission to write there, or choose another folder with --out."
        raise OutputError(f"{there}: cannot be written to", step)
    return folder


def _summary(console: Console, brief: Brief, paths: Sequence[Path]) -> None:
    """The paths and, as the last line, the engine; what was found goes to stderr between them."""
    from briefing.language import english
    from briefing.render.listed import reasons_text

    for path in paths:
        console.result(str(path))
    if console.verbose:
        for p in brief.problems:
            console.notice(f"{p.where}: {p.message}. {p.next_step}")
    by_title = f", {len(brief.also)} by title only" if brief.also else ""
    reasons = f", {brief.articles_left_out} left out ({reasons_text(brief.left_out_by, english())})" if brief.left_out_by else ""
    problems = f", {_count(len(brief.problems), 'problem')} (listed in the brief)"
    console.notice(f"{_count(brief.articles_used, 'article')} used{by_title}{reasons}{problems}")
    console.result(brief.engine.line)


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}{'s' if n != 1 else ''}"
