"""briefing inspect."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import config as configuration
from briefing.cli.console import Console
from briefing.cli.main import config_option

if TYPE_CHECKING:
    from briefing.config import Config
    from briefing.extract.rules import Drafts
    from briefing.model import Reading
    from briefing.translate.engine import Engine

EXAMPLES = """\b
Examples:
  briefing inspect page.html             for people
  briefing inspect --json a.txt b.json   for programs
  briefing -v inspect page.txt           with the reason for every item"""


@click.command(epilog=EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema briefing.inspect/1).")
@click.option("--lines", is_flag=True, help="Each input line is a text of its own: one JSON object per line.")
@click.option("--engine", metavar="NAME", help="Translate too, with this engine.")
@config_option
@click.pass_obj
def inspect(console: Console, files: tuple[Path, ...], as_json: bool, lines: bool, engine: str | None, config_path: Path | None) -> int:
    """Show what the program sees in FILE: articles, dates, sentences, items, and what it leaves out.

    Uses no network and no store, and translates nothing unless an engine is named.
    """
    config = configuration.load(config_path, Path.cwd())
    translator = _engine(engine, config, files, console)
    if lines:
        _print_lines(files, config, translator)
        return 0
    objects: list[dict[str, Any]] = []
    for path in files:
        for found, readings in _inspected(path, config, translator):
            objects.append(found)
            if not as_json:
                _show(found, readings, console.verbose)
    if as_json:
        _write_json(objects[0] if len(objects) == 1 else {"schema": objects[0]["schema"], "files": objects})
    return 0


def _engine(name: str | None, config: Config, files: Sequence[Path], console: Console) -> Engine | None:
    if name is None:
        return None
    from briefing.ingest.read import memories
    from briefing.translate.engine import open_engine
    from briefing.translate.memory import Memory

    beside = [p.parent for p in files if p.parent.is_dir()]
    memory = Memory.from_files(dict.fromkeys([*(config.base / m for m in config.translate.memory), *memories(list(dict.fromkeys(beside)))]))
    return open_engine(name, config, memory, console.notice)


def _inspected(path: Path, config: Config, engine: Engine | None) -> list[tuple[dict[str, Any], list[tuple[Reading, Drafts]]]]:
    """One object per document in the file; a file that cannot be read gives an object with its problems."""
    from dataclasses import asdict

    from briefing.inspection import SCHEMA, inspect
    from briefing.ingest.read import read_one

    documents, problems = read_one(path, config.base)
    found = [inspect(d, config, engine) for d in documents]
    said = [asdict(p) for p in problems]
    if not found:
        empty = {"schema": SCHEMA, "file": str(path), "text": "", "text_sha256": "", "articles": [], "excluded": [], "problems": said}
        return [(empty, [])]
    found[0][0]["problems"] += said
    return found


def _print_lines(files: Sequence[Path], config: Config, engine: Engine | None) -> None:
    import hashlib

    from briefing.ingest.decode import decode
    from briefing.ingest.files import shown
    from briefing.inspection import inspect_line

    for path in files:
        name = shown(path, config.base)
        text = decode(_bytes(path))
        every = text.split("\n")
        for n, line in enumerate(every[:-1] if every[-1] == "" else every, 1):
            line = line[:-1] if line.endswith("\r") else line
            digest = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
            click.echo(json.dumps(inspect_line(n, line, name, digest, engine)))


def _bytes(path: Path) -> bytes:
    from briefing.errors import InputError

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Check the path and its permissions.") from error


def _write_json(value: object) -> None:
    # bytes, so that a terminal's own encoding changes nothing
    click.echo((json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"), nl=False)


# ---------------------------------------------------------------- for people


def _show(found: dict[str, Any], readings: Sequence[tuple[Reading, Drafts]], verbose: int) -> None:
    click.echo(click.style(found["file"], bold=True))
    for reading, drafts in readings:
        _show_article(reading, drafts, verbose)
    if found["excluded"]:
        click.echo("  left out:")
    for e in found["excluded"]:
        click.echo(f"    {e['reason']}: {_clip(found['text'][e['start'] : e['end']], 90)}")
    for p in found["problems"]:
        click.echo(f"  problem: {p['message']}. {p['next_step']}")


def _show_article(reading: Reading, drafts: Drafts, verbose: int) -> None:
    from briefing.compose.brief import date_line

    article = reading.article
    click.echo(f"  article {article.id}: {article.title.ar if article.title else '(no headline)'}")
    click.echo(f"    outlet: {f'{article.outlet.name} ({article.outlet.basis})' if article.outlet else 'unknown'}")
    click.echo(f"    published: {date_line(article.published)}")
    click.echo(f"    {len(reading.sentences)} sentences in {len(article.kept)} paragraphs")
    items = [*reading.statements, *reading.agreements, *reading.events]
    for kind, draft, item in zip(_kinds(reading), drafts, items, strict=True):
        click.echo(f"    {kind}: {item.en}")
        if verbose:
            click.echo(f"      why: {draft.why}; {_clip(item.citations[0].quote, 100)}")


def _kinds(reading: Reading) -> list[str]:
    return ["statement"] * len(reading.statements) + ["agreement"] * len(reading.agreements) + ["event"] * len(reading.events)


def _clip(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
