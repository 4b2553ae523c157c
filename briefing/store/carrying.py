"""What went out, carried from the store that knows it to one that is older: a restored store must not send a brief again."""

from __future__ import annotations

from pathlib import Path

from briefing.store.database import Database


def carry_over(old: Path, into: Database) -> int:
    """Puts the deliveries of the store `old`, and the briefs that they are of, into another; how many were new or newer.

    Of two that are about the same brief and recipient, the one with the later attempt counts. Raises StoreError.
    """
    into.execute("ATTACH ? AS old", str(old))
    try:
        with into.writing():
            into.execute(_BRIEFS)
            return into.execute(_DELIVERIES)
    finally:
        into.execute("DETACH old")


_KEPT = (
    "digest", "state", "attempts", "copies", "turn", "message_id", "reply", "queued", "changed", "sent", "next_attempt",
)  # fmt: skip
_COLUMNS = ", ".join(("edition", "week", "recipient", *_KEPT))
_DELIVERIES = f"""
    INSERT INTO deliveries ({_COLUMNS}) SELECT {_COLUMNS} FROM old.deliveries WHERE true ORDER BY id
    ON CONFLICT (edition, week, recipient) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _KEPT)}
    WHERE excluded.turn >= turn AND (excluded.state, excluded.attempts) IS NOT (state, attempts)
"""
_BRIEFS = """
    INSERT INTO briefs (digest, week, kept, content) SELECT digest, week, kept, content FROM old.briefs WHERE true ORDER BY id
    ON CONFLICT (digest, week) DO NOTHING
"""
