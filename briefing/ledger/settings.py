"""The table [ledger] of briefing.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """How far back promises and wordings are looked for: `weeks` before the brief's (0: not at all).

    `lines` is how many promises are shown (0: all of them). `earlier` are further inputs, used for the ledger alone.
    """

    weeks: int = 520
    lines: int = 12
    earlier: tuple[str, ...] = ()
