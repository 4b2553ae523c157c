"""What is taken out of a store to keep it small: documents long unseen, and old answers. What went out, and to whom, stays."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.store.database import Database

_NAMED = 12  # figures of its digest that a stored document is named by in a brief
_NAME = re.compile(rb'"store:([0-9a-f]{12})')


@dataclass(frozen=True, slots=True)
class Bounds:
    """Days (UTC): documents last seen and answers made before them may go; None lets all of that kind stay."""

    documents: date | None
    answers: date | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was taken out (or would be): documents, notes of where something came from, and answers of the cache."""

    documents: int
    origins: int
    answers: int


def bounds(keep_weeks: int, cache_weeks: int, today: date) -> Bounds:
    """The Mondays so many weeks before the week of `today`; 0 weeks sets no bound."""
    monday = today - timedelta(days=today.weekday())

    def before(weeks: int) -> date | None:
        return monday - timedelta(weeks=weeks) if weeks else None

    return Bounds(before(keep_weeks), before(cache_weeks))


def prune(database: Database, bound: Bounds, dry: bool = False) -> Pruned:
    """Takes out, in one transaction, what lies before the bounds; with `dry` it only counts.

    A document stays when it was seen since (fetched, or found unchanged), when a brief that went out since cites it, or when
    without it an older state of its page would count as the newest. That an address was fetched stays known, so that a
    feed's item is not fetched again. Raises StoreError.
    """
    with database.writing():
        gone = _documents(database, bound.documents) if bound.documents else frozenset()
        listed = json.dumps(sorted(gone))
        old = _OLD_ORIGINS, _day(bound.documents), listed
        aged = "FROM cache WHERE made < ?", _day(bound.answers)
        counted = (len(gone), _count(database, *old), _count(database, *aged))
        if not dry:
            database.execute(f"UPDATE origins SET digest = NULL WHERE digest IN ({_LISTED})", listed)
            database.execute(f"DELETE {old[0]}", *old[1:])
            database.execute(f"DELETE FROM documents WHERE digest IN ({_LISTED})", listed)
            database.execute(f"DELETE {aged[0]}", *aged[1:])
    return Pruned(*counted)


_LISTED = "SELECT value FROM json_each(?)"
# of each address the newest note stays, and the newest that has a document
_OLD_ORIGINS = f"""FROM origins WHERE fetched < ? AND id NOT IN (SELECT max(id) FROM origins GROUP BY source)
    AND id NOT IN (SELECT max(id) FROM origins WHERE digest IS NOT NULL AND digest NOT IN ({_LISTED}) GROUP BY source)"""


def _day(bound: date | None) -> str:
    """The bound as times in the store compare with it; without one, what comes before every time."""
    return bound.isoformat() if bound else ""


def _count(database: Database, sql: str, *values: object) -> int:
    return int(str(database.rows(f"SELECT count(*) {sql}", *values)[0][0]))


def _documents(database: Database, bound: date) -> frozenset[str]:
    """The digests of the documents that may go."""
    seen = "SELECT digest, max(fetched) AS seen FROM origins WHERE digest IS NOT NULL GROUP BY digest"
    sql = f"SELECT d.digest FROM documents d LEFT JOIN ({seen}) USING (digest) WHERE coalesce(seen, d.added) < ?"
    cited = frozenset(_cited(database, bound))
    old = {str(digest) for (digest,) in database.rows(sql, bound.isoformat()) if str(digest)[:_NAMED] not in cited}
    return spared(old, _states(database))


def _states(database: Database) -> list[list[str]]:
    """The documents that each address has held, oldest first."""
    states: dict[str, list[str]] = {}
    for source, digest in database.rows("SELECT source, digest FROM origins WHERE digest IS NOT NULL ORDER BY id"):
        states.setdefault(str(source), []).append(str(digest))
    return list(states.values())


def spared(old: Iterable[str], states: Iterable[list[str]]) -> frozenset[str]:
    """Of the documents `old` those that can go: the newest state of an address stays for as long as an older one does."""
    gone = set(old)
    addresses = [held for held in states if gone.intersection(held)]
    while staying := {held[-1] for held in addresses if held[-1] in gone and not gone.issuperset(held)}:
        gone -= staying
    return frozenset(gone)


def _cited(database: Database, bound: date) -> Iterator[str]:
    """The names of stored documents, wherever they stand, in the briefs that went out since the bound."""
    for (content,) in database.rows("SELECT content FROM briefs WHERE kept >= ?", bound.isoformat()):
        yield from (name.decode("ascii") for name in _NAME.findall(zlib.decompress(content)))  # type: ignore[arg-type]
