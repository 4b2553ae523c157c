"""briefing run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.console import Console
from briefing.cli.options import config_option, moment, settings, verbosity_options
from briefing.config import Config
from briefing.errors import BriefingError
from briefing.week import parse

if TYPE_CHECKING:
    from briefing.job.account import Account
    from briefing.job.outcome import Act, Tools
    from briefing.job.run import Mailed
    from briefing.spread.hands import Hands
    from briefing.store.runs import Stage
    from briefing.translate.engine import Engine

EXAMPLES = """\b
Examples:
  briefing run                                 the last complete week: fetch, build, send, publish
  briefing run --week 2024-W46                 that week, or what is left of it
  briefing run --log-json run.json             and what was done as JSON (schema briefing.run/1)
  briefing run --require-review                nothing goes out before somebody has reviewed it
  briefing status                              what runs did

\b
Every stage is done once: after a failure, or when the machine went down, the same command goes on where it stopped.

\b
Exit codes: 0 done, or nothing was left to do; 3 done with gaps; 7 done, but deliveries wait for the next run; 75 another run is
at work; else that of the stage that failed: 1 store, 2 settings, 4 nothing to fetch or build from, 5 engine, 6 disk."""

WEEK_HELP = "2024-W46, a date in it, current, or last: the last complete week (without it, or without a value)."


@click.command(epilog=EXAMPLES)
@click.option("--week", is_flag=False, flag_value="last", default="last", metavar="WEEK", help=WEEK_HELP)
@click.option("--now", metavar="TIME", help="The time to take for now, as ISO 8601 (default: the clock).")
@click.option("--log-json", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write what was done as JSON.")
@click.option("--require-review", is_flag=True, help="Let nothing out before every item was reviewed; stop there.")
@config_option
@verbosity_options
@click.pass_obj
def run(
    console: Console, week: str, now: str | None, log_json: Path | None, require_review: bool, config_path: Path | None
) -> int:  # fmt: skip
    """Fetch, build, send and publish one week, as a scheduled job does. What the settings do not name is passed over."""
    from briefing.job.conduct import Order
    from briefing.job.run import broken_off
    from briefing.job.run import run as conducted
    from briefing.store.documents import now as clock

    config = settings(config_path)
    time = moment(now, config)
    order = Order(config, str(parse(week, time.date())), time)
    started = clock()
    try:
        account, error = conducted(order, stages(config, require_review), _tools(config, console), operator(config, time))
    except BriefingError as failure:
        _log(broken_off(order, failure, started), log_json)
        raise
    _log(account, log_json)
    _show(account, console)
    if error is not None and not isinstance(error, BriefingError | OSError):
        raise error  # a fault of the program keeps its traceback
    return account.code


def stages(config: Config, require_review: bool) -> dict[Stage, Act]:
    """The stages that the settings ask for; with `require_review` nothing goes out that nobody looked at."""
    from briefing.job.building import build
    from briefing.job.fetching import fetch
    from briefing.job.publishing import publish
    from briefing.job.reviewed import once_reviewed
    from briefing.job.sending import send

    acts: dict[Stage, Act] = {"build": build}
    acts |= {"fetch": fetch} if config.feed or config.page else {}
    out: dict[Stage, Act] = {"send": send} if config.mail.to else {}
    out |= {"publish": publish} if config.publish else {}
    return acts | ({stage: once_reviewed(act) for stage, act in out.items()} if require_review else out)


def operator(config: Config, time: datetime) -> Mailed | None:
    """What tells the operator; None when the settings name none."""
    from briefing.job.telling import tell

    return partial(tell, config, time) if config.mail.operator else None


def _tools(config: Config, console: Console) -> Tools:
    from briefing.cli.crew import hands_of
    from briefing.cli.engines import opener
    from briefing.extract.extractor import open_extractor
    from briefing.job.account import safe
    from briefing.job.outcome import Tools

    def engine(inputs: Sequence[Path], hands: Hands) -> Callable[[], Engine]:
        return opener(config.translate.engine, inputs, config, console, hands)

    def say(line: str) -> None:
        console.notice(safe(line))

    extractor = partial(open_extractor, config.extract.engine, config, say)
    return Tools(say, console.track, engine, extractor, partial(hands_of, config, say))


def _show(account: Account, console: Console) -> None:
    from briefing.job.account import page

    for line in page(account):
        console.result(line)


def _log(account: Account, path: Path | None) -> None:
    if path is None:
        return
    from briefing.job.account import tree
    from briefing.render.write import write_files

    text = json.dumps(tree(account), ensure_ascii=False, indent=2) + "\n"
    write_files(path.parent, {path.name: text.encode("utf-8", "backslashreplace")})
