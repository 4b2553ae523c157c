"""What the operator was told, or should be: kept for as long as it lasts, so that one state of things is one mail."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefing.store.database import Database
from briefing.store.documents import now


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the operator should know. Two with one `key` are the same state of things, whatever the message says.

    `topic` is what a run looks at as a whole ("feeds", "run 2024-W46"): what it does not find there any more is over.
    """

    key: str
    topic: str
    message: str
    next_step: str = ""


class Alarms:
    """The troubles of a store. Every method raises StoreError when the store does not work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def update(self, topics: Collection[str], found: Sequence[Trouble]) -> None:
        """Makes `found` the troubles of these topics: what is new is noted, what is gone forgotten, the rest stays as it was."""
        with self._database.writing():
            keys = {trouble.key for trouble in found}
            for known in self.known():
                if known.topic in topics and known.key not in keys:
                    self._database.execute("DELETE FROM alarms WHERE key = ?", known.key)
            for t in found:
                row = (t.key, t.topic, t.message, t.next_step, now())
                self._database.execute("INSERT OR IGNORE INTO alarms VALUES (?, ?, ?, ?, ?, NULL)", *row)
                self._database.execute("UPDATE alarms SET message = ?, next_step = ? WHERE key = ?", *row[2:4], t.key)

    def known(self) -> tuple[Trouble, ...]:
        """Every trouble there is, oldest first."""
        return self._listed("")

    def unsaid(self) -> tuple[Trouble, ...]:
        """Those that nobody was mailed about."""
        return self._listed("WHERE mailed IS NULL")

    def said(self, troubles: Sequence[Trouble]) -> None:
        """Notes that these were mailed."""
        with self._database.writing():
            for trouble in troubles:
                self._database.execute("UPDATE alarms SET mailed = ? WHERE key = ?", now(), trouble.key)

    def _listed(self, where: str) -> tuple[Trouble, ...]:
        rows = self._database.rows(f"SELECT key, topic, message, next_step FROM alarms {where} ORDER BY rowid")
        return tuple(Trouble(*(str(value) for value in row)) for row in rows)
