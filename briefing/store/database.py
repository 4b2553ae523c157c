"""The SQLite file: opened, brought up to date, and shared safely by several processes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from briefing.errors import StoreError
from briefing.store.migrations import APPLICATION, MIGRATIONS

BUSY_SECONDS = 30.0
_RESTORE = (
    "To restore a backup: briefing store restore FILE --force, which keeps this one aside. "
    "Or move it and its -wal and -shm files away and run `briefing fetch` to begin a new one."
)
_STATE = """
    SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)
    FROM pragma_user_version, pragma_application_id
"""
_ELSEWHERE = "Or set paths.store in briefing.toml to another file."


class Database:
    """An open store; use it as a context manager, or call `close`.

    Every method raises StoreError, naming the file and what to do, when the file is damaged, locked, full or not ours.
    """

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Opens `path`, makes it and its folder where there is none, and migrates it to the newest version."""
        self.path = path
        with named_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # autocommit: transactions begin where `writing` says so, and nowhere else
            self._connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            with named_errors(path):
                self._prepare(busy_seconds)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; the last process to do so folds the write-ahead log into it."""
        self._connection.close()

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """All rows of a query."""
        with named_errors(self.path):
            return self._connection.execute(sql, values).fetchall()

    def execute(self, sql: str, *values: object) -> int:
        """Runs a statement that changes something; how many rows it changed."""
        with named_errors(self.path):
            return self._connection.execute(sql, values).rowcount

    def execute_each(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Runs a statement that changes something once for each row of values."""
        with named_errors(self.path):
            self._connection.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all of the block, or nothing of it. Waits for other writers up to the busy time."""
        with named_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with named_errors(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def copy_to(self, path: Path) -> None:
        """A copy of all of it, of one moment, in a new file without a log beside it; others may write meanwhile."""
        with named_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as copy:
            self._connection.backup(copy, progress=_patience(path))
            copy.execute("PRAGMA journal_mode = DELETE")

    def copy_from(self, path: Path) -> None:
        """All of the store becomes what the copy at `path` holds, in one transaction; others may read meanwhile."""
        with named_errors(self.path), closing(reading(path)) as copy:
            copy.backup(self._connection, progress=_patience(self.path))

    def shrink(self) -> None:
        """Gives the space of deleted rows back to the disk; needs as much again for as long as it works."""
        self.execute("VACUUM")
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self, busy_seconds: float) -> None:
        self._connection.execute("PRAGMA foreign_keys = ON")
        number = version(self._connection, self.path)
        self._write_ahead(busy_seconds)
        self._connection.execute("PRAGMA synchronous = NORMAL")  # with WAL a power cut costs the last commits at most
        if number < len(MIGRATIONS):
            self._migrate()

    def _write_ahead(self, busy_seconds: float) -> None:
        """Switches to WAL, which lets others read while one writes. SQLite does not wait by itself when two switch at once."""
        until = time.monotonic() + busy_seconds
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)

    def _migrate(self) -> None:
        with self.writing():
            number = version(self._connection, self.path)  # another process may have been faster
            for statements in MIGRATIONS[number:]:
                for statement in statements:
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def reading(path: Path) -> sqlite3.Connection:
    """A connection that can change nothing, to a file that exists. Raises what SQLite raises."""
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _patience(path: Path) -> Callable[[int, int, int], None]:
    """Ends a copy that waits for a lock longer than the busy time; by itself it would wait for ever."""
    until = time.monotonic() + BUSY_SECONDS

    def asked(status: int, _remaining: int, _total: int) -> None:
        if status & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise _locked(path)

    return asked


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the tables (0: none yet). Raises StoreError when the file is not ours or newer than this program."""
    # one statement, so that all three are of one moment, also while another process migrates
    found = connection.execute(_STATE).fetchone()
    number, application, tables = (int(value) for value in found)
    if application != APPLICATION and (tables or number or application):
        raise StoreError(f"{path}: is a database of another program", "Set paths.store in briefing.toml to a file of its own.")
    if number > len(MIGRATIONS):
        message = f"{path}: was written by a newer version of this program (store version {number})"
        raise StoreError(message, f"Update the program. {_ELSEWHERE}")
    return number


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system raise into a StoreError that names the file and the way out."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explained(path, error) from error
    except OSError as error:
        step = f"Check space and permissions. {_ELSEWHERE}"
        raise StoreError(f"{path}: the store cannot be made: {error.strerror}", step) from error


def _explained(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest a detail
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _locked(path)
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path}: there is no space left to write to", "Free some space and run the same command again.")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        step = f"Check the permissions of the file and its folder. {_ELSEWHERE}"
        return StoreError(f"{path}: the store cannot be opened for writing: {error}", step)
    if code == sqlite3.SQLITE_IOERR:
        step = "Check the disk and its free space; `briefing store check` says whether the store is whole."
        return StoreError(f"{path}: the store cannot be read or written: {error}", step)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return StoreError(f"{path}: the store is damaged: {error}", _RESTORE)
    return StoreError(f"{path}: the store does not work: {error}", _RESTORE)


def _locked(path: Path) -> StoreError:
    return StoreError(f"{path}: another process keeps the store locked", "Run the same command again when it is done.")
