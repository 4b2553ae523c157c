"""When to try again what a server has put off."""

from __future__ import annotations

from datetime import datetime, timedelta

# Greylisting lets go after five minutes or so, a full mailbox or a server that is down takes longer (RFC 5321, 4.5.4.1).
_DELAYS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When to try again after `attempts` attempts, the one just made included (>= 1)."""
    return now + _DELAYS[min(attempts, len(_DELAYS)) - 1]


def due(wanted: str | None, now: datetime) -> bool:
    """Whether the time `wanted` (ISO 8601 with offset; None: at once) has come.

    A time further off than the longest delay was written under a clock that went wrong, and has come too.
    """
    return wanted is None or not now < datetime.fromisoformat(wanted) <= now + _DELAYS[-1]
