"""briefing inspect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.console import Console
from briefing.cli.engines import opener
from briefing.cli.json_output import write_json
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.extract.extractor import EXTRACTORS, open_extractor

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.extract.extractor import Extractor
    from briefing.extract.rules import Drafts
    from briefing.item_model import Item, Reading
    from briefing.translate.engine import Engine

EXTRACT_HELP = f"What finds the items: {', '.join(EXTRACTORS)}, or package.module:function."
EXAMPLES = """\b
Examples:
  briefing inspect page.html                   for people
  briefing inspect -v page.txt                 with the reason for every item
  briefing inspect --json a.txt b.json         for programs; docs/formats.md has the fields
  briefing inspect --lines sentences.txt       one JSON object for each line
  briefing inspect --engine auto page.html     translate too
  briefing inspect --extract llm -v page.html  ask the language model of the settings too

\b
Exit codes: 0 whenever JSON was printed (trouble in a file is in its "problems"),
2 usage, 4 a FILE that does not exist, 5 translation engine."""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema briefing.inspect/1).")
@click.option("--lines", is_flag=True, help="Each input line is a text of its own: one JSON object per line.")
@click.option("--engine", metavar="NAME", help="Translate too, with this engine.")
@click.option("--extract", metavar="NAME", default="rules", show_default=True, help=EXTRACT_HELP)
@config_option
@verbosity_options
@click.pass_obj
def inspect(
    console: Console, files: tuple[Path, ...], as_json: bool, lines: bool, engine: str | None, extract: str,
    config_path: Path | None,
) -> int:  # fmt: skip
    """Show what the program sees in FILE: articles, dates, sentences, items, and what it leaves out.

    Uses no network and no store unless an engine or an extractor is named, and translates nothing without an engine. An engine is
    asked anew each time: nothing is looked up among the translations that a build has kept, and nothing is added.
    """
    config = settings(config_path)
    extractor = open_extractor(extract, config, console.notice)
    translator = opener(engine, _beside(files), config, console)() if engine else None
    if lines:
        _print_lines(files, config, translator, extractor)
        return 0
    objects: list[dict[str, Any]] = []
    for path in files:
        for found, readings in _inspected(path, config, translator, extractor):
            objects.append(found)
            if not as_json:
                _show(found, readings, console)
    if as_json:
        write_json(objects[0] if len(objects) == 1 else {"schema": objects[0]["schema"], "files": objects})
    return 0


def _beside(files: Sequence[Path]) -> list[Path]:
    """The folders of the files: reviewed translations lie there."""
    return list(dict.fromkeys(path.parent for path in files if path.parent.is_dir()))


def _inspected(
    path: Path, config: Config, engine: Engine | None, extractor: Extractor
) -> list[tuple[dict[str, Any], list[tuple[Reading, Drafts]]]]:
    """One object per document in the file; a file that cannot be read gives an object with its problems."""
    from dataclasses import asdict

    from briefing.ingest.files import shown
    from briefing.ingest.read import read_one
    from briefing.inspection import inspect, unreadable

    documents, problems = read_one(path, config.base)
    found = [inspect(d, config, engine, extractor) for d in documents]
    if not found:
        return [(unreadable(shown(path, config.base), problems), [])]
    found[0][0]["problems"] += [asdict(p) for p in problems]
    return found


# ---------------------------------------------------------------- line by line


def _print_lines(files: Sequence[Path], config: Config, engine: Engine | None, extractor: Extractor) -> None:
    from briefing.ingest.files import shown
    from briefing.inspection import inspect_line

    for path in files:
        for n, line in enumerate(_lines(path), 1):
            click.echo(json.dumps(inspect_line(n, line, shown(path, config.base), engine, extractor)))


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file: split at LF only, one CR before it stripped; what follows the last LF is a line unless empty."""
    every = _text(path).split("\n")
    for line in every[:-1] if every[-1] == "" else every:
        yield line.removesuffix("\r")


def _text(path: Path) -> str:
    """The whole file as text. Unlike an article, lines are not judged: anything that is UTF-8 has lines. Raises InputError."""
    from briefing.errors import InputError
    from briefing.ingest.decode import UnreadableDocument, decode_bytes

    try:
        data = path.read_bytes()
        return decode_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Check the path and its permissions.") from error
    except UnreadableDocument as error:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise InputError(f"{path}: {error.message}", error.next_step) from error


# ---------------------------------------------------------------- for people


def _show(found: dict[str, Any], readings: Sequence[tuple[Reading, Drafts]], console: Console) -> None:
    console.result(found["file"], bold=True)
    for reading, drafts in readings:
        _show_article(reading, drafts, console)
    if found["excluded"]:
        console.result("  left out:")
    for e in found["excluded"]:
        console.result(f"    {e['reason']}: {_clip(found['text'][e['start'] : e['end']], 90)}")
    for p in found["problems"]:
        console.result(f"  problem: {p['where']}: {p['message']}. {p['next_step']}".rstrip())


def _show_article(reading: Reading, drafts: Drafts, console: Console) -> None:
    from briefing.compose.sources import date_line
    from briefing.compose.theatres import scene, theatre_of
    from briefing.compose.topics import topic_of, topic_of_article
    from briefing.render.words import near_text
    from briefing.scope.kinds import kind_of

    article = reading.article
    console.result(f"  article {article.id}: {_clip(article.title.ar, 200) if article.title else '(no headline)'}")
    console.result(f"    outlet: {f'{article.outlet.name} ({article.outlet.basis})' if article.outlet else 'unknown'}")
    console.result(f"    published: {date_line(article.published)}")
    if console.verbose:
        read_as = kind_of(article)
        console.result(f"    kind: {read_as.name} ({read_as.why})")
    console.result(f"    {len(reading.sentences)} sentences in {len(article.kept)} paragraphs")
    for n, made in sorted(reading.translations.items()):
        for flag in made.flags:
            console.result(f"    sentence {n}, {flag}")
        if made.near is not None:
            console.result(f"    sentence {n}, {near_text(made.near)}")
        for one in made.replaced if console.verbose else ():
            console.result(f"    sentence {n}, put in: {one.after}{f' for {one.before}' if one.before else ''} ({one.why})")
    topic, place = topic_of_article(article), scene(reading)
    if console.verbose:
        console.result(f"    topic: {topic.reason}; country: {place.theatre.heading.en}")
    items: list[Item] = [*reading.statements, *reading.agreements, *reading.events]
    for kind, draft, item in zip(_kinds(reading), drafts, items, strict=True):
        console.result(f"    {kind}: {item.en}")
        if console.verbose:
            console.result(f"      why: {draft.why}; {_clip(item.citations[0].quote, 100)}")
            where = theatre_of(item, place)
            console.result(f"      topic: {topic_of(item, topic).reason}; country: {where.heading.en} ({where.basis})")
    for draft in drafts.dropped if console.verbose else ():
        console.result(f"    no event: {_clip(draft.item.citations[0].quote, 100)}")
        console.result(f"      why: {draft.why}")


def _kinds(reading: Reading) -> list[str]:
    return ["statement"] * len(reading.statements) + ["agreement"] * len(reading.agreements) + ["event"] * len(reading.events)


def _clip(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
