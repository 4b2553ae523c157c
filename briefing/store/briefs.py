"""Briefs as they were when they went out: by week and by the digest of their JSON, so that a later one can say what changed."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from briefing.store.database import Database
from briefing.store.documents import now


@dataclass(frozen=True, slots=True)
class KeptBrief:
    """A brief that went out. `digest` is the SHA-256 of `content`, its brief.json; `week` is "2024-W46" or "all"."""

    digest: str
    week: str
    kept: str
    content: bytes


class Briefs:
    """The briefs of a store. Every method raises StoreError when the store does not work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, week: str, content: bytes) -> str:
        """Keeps the brief.json of a week and returns its digest; keeping the same one again makes it the week's newest."""
        digest = hashlib.sha256(content).hexdigest()
        row = (digest, week, now(), zlib.compress(content))
        with self._database.writing():
            self._database.execute("DELETE FROM briefs WHERE digest = ? AND week = ?", digest, week)
            self._database.execute("INSERT INTO briefs (digest, week, kept, content) VALUES (?, ?, ?, ?)", *row)
        return digest

    def found(self, digest: str) -> KeptBrief | None:
        """The brief with this digest."""
        rows = self._database.rows(f"{_SELECT} WHERE digest = ? ORDER BY id DESC LIMIT 1", digest)
        return _kept(rows[0]) if rows else None

    def newest(self) -> tuple[KeptBrief, ...]:
        """The newest brief of each week, newest week first."""
        return tuple(_kept(row) for row in self._database.rows(f"{_SELECT} WHERE {_NEWEST} ORDER BY week DESC"))


_SELECT = "SELECT digest, week, kept, content FROM briefs"
_NEWEST = "id IN (SELECT max(id) FROM briefs GROUP BY week)"


def _kept(row: tuple[object, ...]) -> KeptBrief:
    digest, week, kept, packed = row
    return KeptBrief(str(digest), str(week), str(kept), zlib.decompress(packed))  # type: ignore[arg-type]
