"""What the user sees while a command runs: notices and progress, on stderr, rich on a terminal and plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

T = TypeVar("T")
_PLAIN_EVERY = 5.0  # seconds between plain progress lines


@dataclass(frozen=True, slots=True)
class Console:
    """Where notices and progress go. `quiet` silences both; errors are always shown."""

    quiet: bool = False
    verbose: int = 0

    def notice(self, line: str) -> None:
        """One line for the user."""
        if not self.quiet:
            click.echo(line, err=True)

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
