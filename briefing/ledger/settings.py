"""The table [ledger] of briefing.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """How far back promises and wordings are looked for: `weeks` before the brief's (0: not at all).

    `earlier` are further inputs, used for that alone.
    """

    weeks: int = 520
    earlier: tuple[str, ...] = ()
