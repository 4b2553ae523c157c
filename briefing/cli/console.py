"""What the user sees: results on stdout; notices and progress on stderr, rich on a terminal and plain lines elsewhere."""

from __future__ import annotations

import re
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from briefing.progress import pace, single

T = TypeVar("T")
_PLAIN_EVERY = 5.0  # seconds between plain progress lines
_BAR_EVERY = 1.0  # seconds between two marks that a rate is taken from
_MARKS = 30  # the rate is that of the last so many: what was found in the store at the start went faster
# Texts and file names come from elsewhere: escape sequences could take over a terminal, bidi controls reorder its lines.
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    """`text` without control characters (line feed and tab stay) and bidi controls."""
    return _ACTIVE.sub("", text)


@dataclass(frozen=True, slots=True)
class Console:
    """Where output goes. `quiet` silences notices and progress; results and errors are always shown."""

    quiet: bool = False
    verbose: int = 0

    def result(self, line: str, bold: bool = False) -> None:
        """One line of what was asked for."""
        click.echo(click.style(inert(line), bold=True) if bold else inert(line))

    def notice(self, line: str) -> None:
        """One line for the user."""
        if not self.quiet:
            click.echo(inert(line), err=True)

    def error(self, message: str) -> None:
        """What went wrong and what to do."""
        click.echo(f"Error: {inert(message)}", err=True)

    def track(self, items: Sequence[T], label: str, weigh: Callable[[T], int] = single, /) -> Iterable[T]:
        """`items` one by one, with a progress bar on a terminal and a line now and then elsewhere, with pace and time left."""
        if self.quiet or not items:
            return items
        return self._bar(items, label, weigh) if sys.stderr.isatty() else self._lines(items, label, weigh)

    @staticmethod
    def _bar(items: Sequence[T], label: str, weigh: Callable[[T], int]) -> Iterator[T]:
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
        with Progress(*columns, console=RichConsole(stderr=True), transient=True) as bar:
            total, done = sum(map(weigh, items)), 0
            marks = deque([(time.monotonic(), 0)], maxlen=_MARKS)
            task = bar.add_task(label, total=total, pace="")
            for item in items:
                yield item
                done += weigh(item)
                if _due(marks, _BAR_EVERY):
                    marks.append((time.monotonic(), done))
                bar.update(task, completed=done, pace=pace(marks, total))

    def _lines(self, items: Sequence[T], label: str, weigh: Callable[[T], int]) -> Iterator[T]:
        total, done = sum(map(weigh, items)), 0
        marks = deque([(time.monotonic(), 0)], maxlen=_MARKS)
        for item in items:
            yield item
            done += weigh(item)
            if _due(marks, _PLAIN_EVERY) and done < total:
                marks.append((time.monotonic(), done))
                self.notice(f"{label}: {done:,} of {total:,} ({pace(marks, total)})")
        self.notice(f"{label}: {total:,} of {total:,}")


def _due(marks: Sequence[tuple[float, int]], seconds: float) -> bool:
    return time.monotonic() - marks[-1][0] > seconds
