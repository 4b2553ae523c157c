"""The outbox: who was sent which brief by mail, what the server said, and what may be tried again when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from briefing.store.database import Database

QUEUED, SENDING, SENT, DEFERRED, REFUSED, UNKNOWN = "queued", "sending", "sent", "deferred", "refused", "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One brief to one recipient.

    `edition` is the digest of what the brief says, `digest` that of its brief.json, `week` "2024-W46" or "all". `state`:
    "queued"; "sending" from just before the message's end until its answer; "sent"; "deferred" (may be tried again after
    `next_attempt`); "refused"; "unknown" (the end went out, no answer came). `copies` counts the times that it was sent,
    `turn` orders attempts. Times are ISO 8601 in UTC; `reply` is the last answer of the server, in words.
    """

    edition: str
    digest: str
    week: str
    recipient: str
    state: str
    attempts: int
    copies: int
    turn: int
    message_id: str
    reply: str
    queued: str
    changed: str
    sent: str | None
    next_attempt: str | None

    @property
    def received(self) -> bool:
        """Whether it was sent, or perhaps was."""
        return self.copies > 0 or self.state in (SENT, SENDING, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt: one of the states, the server's words, and when to try again (ISO 8601 in UTC)."""

    state: str
    reply: str
    next_attempt: str | None = None


class Deliveries:
    """The deliveries of a store. Every method raises StoreError when the store does not work; times are ISO 8601 in UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # what says that a message is on its way must be on the disk before its end is, also when the power goes
        database.execute("PRAGMA synchronous = FULL")

    def of_week(self, week: str) -> tuple[Delivery, ...]:
        """The deliveries of a week, in the order they were first queued."""
        return self._read("WHERE week = ? ORDER BY id", week)

    def newest(self, most: int) -> tuple[Delivery, ...]:
        """The deliveries that changed last, at most `most`, the last one first."""
        return self._read("ORDER BY changed DESC, turn DESC, id DESC LIMIT ?", most)

    def queue(self, edition: tuple[str, str, str], recipients: Sequence[str], message_id: str, now: str) -> None:
        """Notes that a brief (edition, digest, week) is to be sent, as the message with this id; the rows that there are stay."""
        with self._database.writing():
            for recipient in recipients:
                self._database.execute(_QUEUE, *edition, recipient, message_id, now)

    def sending(self, edition: tuple[str, str, str], recipients: Sequence[str], message_id: str, now: str) -> bool:
        """Notes that the end of the message about a brief (edition, digest, week) goes out now.

        False, and nothing noted, when another process sends to one of the recipients.
        """
        with self._database.writing():
            turn = self._database.rows("SELECT coalesce(max(turn), 0) + 1 FROM deliveries")[0][0]
            if {row[0] for row in self._database.rows(_ON_THE_WAY, edition[0], edition[2])} & set(recipients):
                return False
            for recipient in recipients:
                self._database.execute(_SENDING, *edition, recipient, turn, message_id, now)
            return True

    def settle(self, edition: str, week: str, answers: dict[str, Answer], now: str) -> None:
        """Keeps what came of an attempt, by recipient."""
        with self._database.writing():
            for recipient, answer in answers.items():
                sent = answer.state == SENT
                values = (answer.state, answer.reply, answer.next_attempt, now, sent, now if sent else None)
                self._database.execute(_SETTLE, *values, edition, week, recipient)

    def interrupted(self, reply: str, now: str) -> int:
        """Whatever is found in the state "sending" becomes "unknown", with `reply` as the reason; how many there were.

        Only for who holds the lock of sending: at any other time such a row is another process at work.
        """
        with self._database.writing():
            return self._database.execute(_INTERRUPTED, reply, now)

    def _read(self, rest: str, *values: object) -> tuple[Delivery, ...]:
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM deliveries {rest}", *values)
        return tuple(Delivery(*row) for row in rows)  # type: ignore[arg-type]


_COLUMNS = ", ".join(f.name for f in fields(Delivery))
_QUEUE = """
    INSERT INTO deliveries (edition, digest, week, recipient, state, attempts, copies, turn, message_id, reply, queued, changed)
    VALUES (?1, ?2, ?3, ?4, 'queued', 0, 0, 0, ?5, '', ?6, ?6)
    ON CONFLICT (edition, week, recipient) DO NOTHING
"""
_ON_THE_WAY = "SELECT recipient FROM deliveries WHERE edition = ? AND week = ? AND state = 'sending'"
_SENDING = """
    UPDATE deliveries SET state = 'sending', digest = ?2, turn = ?5, message_id = ?6, changed = ?7
    WHERE edition = ?1 AND week = ?3 AND recipient = ?4
"""
_SETTLE = """
    UPDATE deliveries SET state = ?, reply = ?, next_attempt = ?, changed = ?, attempts = attempts + 1, copies = copies + ?,
        sent = coalesce(?, sent)
    WHERE edition = ? AND week = ? AND recipient = ?
"""
_INTERRUPTED = """
    UPDATE deliveries SET state = 'unknown', reply = ?, changed = ?, attempts = attempts + 1 WHERE state = 'sending'
"""
