"""Documents by the digest of their content, and the origins each of them has."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal

from briefing.store.database import Database

Kind = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something came from, once.

    `source` is the URL that was asked for or the path of a file, `kind` is file, feed, item or page. `fetched` is an ISO 8601
    time in UTC, `url` the address after redirects, `status` that of HTTP, `headers` what the server sent (lower-case names).
    `feed` is the address of the feed that named an item; title, date (as written) and outlet are what the feed or the
    settings say.
    """

    source: str
    kind: str
    fetched: str
    url: str | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    feed: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored document with its newest origin. `content` is None when the stored bytes are damaged."""

    digest: str
    kind: Kind
    content: bytes | None
    origin: Origin


_COLUMNS = tuple(f.name for f in fields(Origin))
_LISTED = ", ".join(f"o.{name}" for name in _COLUMNS)


class Documents:
    """The documents of a store. Every method raises StoreError when the store does not work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, content: bytes, kind: Kind, origin: Origin) -> bool:
        """Keeps `content` and notes its origin; True when it was not there before.

        Content that is there already is left as it is: only the origin is new.
        """
        digest = hashlib.sha256(content).hexdigest()
        row = (digest, kind, len(content), zlib.compress(content), origin.fetched)
        with self._database.writing():
            added = self._database.execute("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?)", *row)
            self._note(origin, digest)
        return added == 1

    def note(self, origin: Origin, digest: str | None = None) -> None:
        """Notes that something was fetched: a feed, a page that holds no article (no digest), or one that has not changed."""
        with self._database.writing():
            self._note(origin, digest)

    def last(self, source: str) -> tuple[Origin, str | None] | None:
        """The newest origin of a URL or path and the digest it had, or None."""
        sql = f"SELECT {_LISTED}, o.digest FROM origins o WHERE o.source = ? ORDER BY o.id DESC LIMIT 1"
        rows = self._database.rows(sql, source)
        return (_origin(rows[0]), _text(rows[0][-1])) if rows else None

    def origins(self, digest: str) -> list[Origin]:
        """Every origin of a document, oldest first."""
        sql = f"SELECT {_LISTED} FROM origins o WHERE digest = ? ORDER BY id"
        return [_origin(row) for row in self._database.rows(sql, digest)]

    def current(self) -> Iterator[Kept]:
        """The documents that are what their URL or path holds now: an older state of the same page is not among them.

        One document with several origins comes once, with the newest of them; in the order they were first added. One that
        another process takes out meanwhile is passed over.
        """
        newest = "SELECT max(id) AS id FROM origins WHERE digest IS NOT NULL GROUP BY source"
        chosen = f"SELECT max(o.id) AS id FROM origins o JOIN ({newest}) USING (id) GROUP BY o.digest"
        sql = f"""SELECT {_LISTED}, d.digest, d.kind FROM ({chosen}) JOIN origins o USING (id)
                  JOIN documents d ON d.digest = o.digest ORDER BY d.rowid"""
        for row in self._database.rows(sql):
            digest, kind = row[len(_COLUMNS) :]
            if packed := self._database.rows("SELECT content FROM documents WHERE digest = ?", digest):
                content = unpacked(packed[0][0], str(digest))
                yield Kept(str(digest), "html" if kind == "html" else "text", content, _origin(row))

    def count(self) -> int:
        """How many documents there are."""
        return int(str(self._database.rows("SELECT count(*) FROM documents")[0][0]))

    def _note(self, origin: Origin, digest: str | None) -> None:
        values = [getattr(origin, name) for name in _COLUMNS]
        values[_COLUMNS.index("headers")] = json.dumps(dict(origin.headers))
        marks = ", ".join("?" * (len(values) + 1))
        self._database.execute(f"INSERT INTO origins ({', '.join(_COLUMNS)}, digest) VALUES ({marks})", *values, digest)


def unpacked(packed: object, digest: str) -> bytes | None:
    """The bytes of a stored document; None when they are not what its digest says."""
    try:
        content = zlib.decompress(packed)  # type: ignore[arg-type]
    except zlib.error:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None


def now() -> str:
    """The time as `Origin.fetched` has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _origin(row: tuple[object, ...]) -> Origin:
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=False))
    return Origin(**values | {"headers": json.loads(values["headers"])})


def _text(value: object) -> str | None:
    return None if value is None else str(value)
