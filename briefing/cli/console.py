"""What the user sees: results on stdout; notices and progress on stderr, rich on a terminal and plain lines elsewhere."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

T = TypeVar("T")
_PLAIN_EVERY = 5.0  # seconds between plain progress lines
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

    def track(self, items: Sequence[T], label: str) -> Iterable[T]:
        """`items` one by one, with a progress bar on a terminal and a line now and then elsewhere."""
        if self.quiet or not items:
            return items
        return self._bar(items, label) if sys.stderr.isatty() else self._lines(items, label)

    @staticmethod
    def _bar(items: Sequence[T], label: str) -> Iterator[T]:
        from rich.console import Console as RichConsole
        from rich.progress import track

        yield from track(items, description=label, console=RichConsole(stderr=True), transient=True)

    def _lines(self, items: Sequence[T], label: str) -> Iterator[T]:
        spoken = time.monotonic()
        for n, item in enumerate(items, 1):
            yield item
            if time.monotonic() - spoken > _PLAIN_EVERY:
                spoken = time.monotonic()
                self.notice(f"{label}: {n} of {len(items)}")
        self.notice(f"{label}: {len(items)} of {len(items)}")
