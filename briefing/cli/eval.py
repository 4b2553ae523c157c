"""briefing eval mt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.json_output import write_json
from briefing.cli.options import config_option, settings, verbosity_options
from briefing.config import Config
from briefing.errors import UsageError

if TYPE_CHECKING:
    from briefing.evaluate.translations import Line, Report

EXAMPLES = """\b
Examples:
  briefing eval mt lines.jsonl --hypothesis opusmt --hypothesis nllb
  briefing eval mt lines.jsonl --engine ctranslate2 --worst 10
  briefing eval mt source.txt reference.txt output.txt
  briefing eval mt memory.tmx --engine auto --json    for programs (schema briefing.eval-mt/1)"""
MT_EXAMPLES = (
    EXAMPLES
    + """

\b
A line of a .jsonl file is an object whose fields --source, --reference and --hypothesis name. BLEU and chrF are those of
sacrebleu at its defaults: pip install 'monday-brief[eval]'. The flags are those a brief shows at a line.

\b
Exit codes: 0 measured, 1 sacrebleu is missing, 2 usage, 4 a file that cannot be used, 5 translation engine."""
)
SYSTEM_HELP = "Field with outputs to judge; may be given several times."


@click.group("eval", epilog=EXAMPLES)
def evaluate() -> None:
    """Measure translations against references."""


@evaluate.command(epilog=MT_EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--source", default="ar", show_default=True, metavar="FIELD", help="Field with the Arabic.")
@click.option("--reference", default="ref", show_default=True, metavar="FIELD", help="Field with a human's English.")
@click.option("--hypothesis", "hypotheses", multiple=True, metavar="FIELD", help=SYSTEM_HELP)
@click.option("--engine", metavar="NAME", help="Translate the Arabic with this engine, without memory and store, and judge that.")
@click.option("--worst", type=click.IntRange(0), default=0, metavar="N", help="Show the N lines with the lowest chrF.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
@verbosity_options
@click.pass_obj
def mt(
    console: Console, files: tuple[Path, ...], source: str, reference: str, hypotheses: tuple[str, ...], engine: str | None,
    worst: int, as_json: bool, config_path: Path | None,
) -> int:  # fmt: skip
    """Measure translations with BLEU and chrF, and count what the checks on every line say of them.

    FILE is one .jsonl or .tmx file, or the text files SOURCE and REFERENCE; after either of them a text file with one output for
    each line may stand.
    """
    from briefing.evaluate.parallel import Fields, read_parallel
    from briefing.evaluate.translations import report, sacrebleu_metrics

    config = settings(config_path)
    sacrebleu_metrics()  # that it is missing is said before an hour of translating
    pairs = read_parallel(files, Fields(source, reference, tuple(dict.fromkeys(hypotheses))))
    outputs = dict(pairs.outputs)
    if engine is not None:
        name, made = _translated(pairs.sources, engine, config, console)
        outputs[name] = made
    if not outputs:
        step = "Name an --engine, a text file with outputs, or for .jsonl a --hypothesis."
        raise UsageError("There is nothing to judge", step)
    reports = [report(name, pairs, made, worst) for name, made in outputs.items()]
    if as_json:
        write_json({"schema": "briefing.eval-mt/1", "systems": [asdict(one) for one in reports]})
        return 0
    for one in reports:
        _show(one, console)
    return 0


def _translated(sources: Sequence[str], name: str, config: Config, console: Console) -> tuple[str, tuple[str, ...]]:
    """The engine's signature and its English, by the way a build takes, without memory and store."""
    from briefing.readings import translate
    from briefing.translate.engine import open_engine
    from briefing.translate.memory import Memory

    engine = open_engine(name, config, Memory(), console.notice)
    english = translate(sources, engine, console.track)
    return engine.signature, tuple(english[source].en for source in sources)


def _show(one: Report, console: Console) -> None:
    console.result(f"{one.system}: {one.lines} lines", bold=True)
    for metric in one.metrics:
        console.result(f"  {metric.name:5} {metric.score:6.2f}  {metric.signature}")
    console.result(f"  flagged {one.flagged / one.lines:.1%} of the lines")
    for kind, count in one.kinds.items():
        console.result(f"    {kind:14} {count:5} {count / one.lines:6.1%}")
    for line in one.worst:
        _show_line(line, console)


def _show_line(line: Line, console: Console) -> None:
    console.result(f"  {line.place}: chrF {line.chrf:.1f}")
    for text in (line.source, line.reference, line.output):
        console.result(f"    {' '.join(text.split())}")
    for flag in line.flags:
        console.result(f"    {flag}")
