"""Backup and restore: of one moment while others write, never half, never over something without being told so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.errors import InputError, StoreError, UsageError
from briefing.store import database as module
from briefing.store.backup import back_up, restore
from briefing.store.briefs import Briefs
from briefing.store.checking import check
from briefing.store.database import Database
from briefing.store.deliveries import DEFERRED, SENT, Answer, Deliveries
from briefing.store.documents import Documents, Origin
from briefing.store.migrations import MIGRATIONS
from tests.store.test_database import writer

WHEN = datetime(2024, 11, 18, 6, tzinfo=UTC)
EDITION = ("e", "d", "2024-W46")
ASIDE = "store.db.before-20241118T060000Z"
RESTORING = """
import os, signal, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from briefing.store.backup import restore
from briefing.store.database import Database
copy = Database.copy_from
def killed(self, path):
    threading.Timer(float(sys.argv[3]), os.kill, (os.getpid(), signal.SIGKILL)).start()
    copy(self, path)
Database.copy_from = killed
restore(Path(sys.argv[1]), Path(sys.argv[2]), True, datetime(2024, 11, 18, tzinfo=UTC))
"""


def fill(path: Path, *texts: str) -> Path:
    with Database(path) as database:
        for text in texts:
            Documents(database).add(text.encode(), "text", Origin(text, "file", "2024-11-12T09:00:00+00:00"))
    return path


def held(path: Path) -> set[str]:
    with Database(path) as database:
        return {(kept.content or b"damaged").decode() for kept in Documents(database).current()}


def test_a_backup_in_a_folder_is_named_after_the_time_and_is_one_file(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a", "b")
    (tmp_path / "backups").mkdir()
    path, found = back_up(store, tmp_path / "backups", WHEN)
    assert path == tmp_path / "backups" / "store-20241118T060000Z.db"
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    assert (found.faults, found.tables["documents"], found.version) == ((), 2, len(MIGRATIONS))
    assert held(path) == {"a", "b"}


def test_an_earlier_backup_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a")
    copy = tmp_path / "copy.db"
    back_up(store, copy, WHEN)
    fill(store, "b")
    assert back_up(store, copy, WHEN)[1].tables["documents"] == 2
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(UsageError, match="no backup of a store"):
        back_up(store, tmp_path / "letter.txt", WHEN)
    with pytest.raises(UsageError, match="is the store itself"):
        back_up(store, store, WHEN)
    with pytest.raises(InputError, match="no store yet"):
        back_up(tmp_path / "none.db", copy, WHEN)
    assert (tmp_path / "letter.txt").read_text() == "Dear Sir"


def test_a_backup_while_another_process_writes_is_whole(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    busy = writer(store, "a", 1_000_000)
    assert busy.stdin and busy.stdout and busy.stdout.readline() == "ready\n"
    busy.stdin.write("x")
    busy.stdin.flush()
    said = [busy.stdout.readline() for _ in range(20)]
    path, found = back_up(store, tmp_path / "copy.db", WHEN)
    busy.kill()
    busy.communicate()
    assert found.faults == () and "damaged" not in held(path)
    assert {f"a {n.strip()}" for n in said} <= held(path)


def test_a_damaged_store_is_not_copied_over_a_good_backup(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a")
    copy, _ = back_up(store, tmp_path / "copy.db", WHEN)
    with Database(store) as database:
        database.execute("UPDATE documents SET content = zeroblob(20)")
    with pytest.raises(StoreError, match=r"is damaged: the document .* is not what its digest says"):
        back_up(store, copy, WHEN)
    assert held(copy) == {"a"}
    assert not list(tmp_path.glob(".*"))


def test_a_restore_into_nothing_or_an_empty_store_needs_no_force(tmp_path: Path) -> None:
    copy, _ = back_up(fill(tmp_path / "store.db", "a"), tmp_path / "copy.db", WHEN)
    for other in (tmp_path / "none.db", fill(tmp_path / "empty.db")):
        done = restore(copy, other, False, WHEN)
        assert (done.aside, done.carried, done.found.faults, held(other)) == (None, 0, (), {"a"})


def test_a_store_that_holds_something_is_kept_beside_the_restored_one(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a")
    copy, _ = back_up(store, tmp_path / "copy.db", WHEN)
    fill(store, "b")
    with pytest.raises(UsageError, match="holds something"):
        restore(copy, store, False, WHEN)
    assert held(store) == {"a", "b"}
    aside = restore(copy, store, True, WHEN).aside
    assert aside == tmp_path / ASIDE
    assert (held(store), held(aside)) == ({"a"}, {"a", "b"})
    assert restore(copy, store, True, WHEN).aside == tmp_path / f"{ASIDE}.2"  # the first is not written over


def sent(path: Path, recipient: str, *answers: str) -> None:
    """Notes one attempt for each answer."""
    with Database(path) as database:
        Briefs(database).keep("2024-W46", b"{}")
        deliveries = Deliveries(database)
        deliveries.queue(EDITION, [recipient], "<id>", "2024-11-18T06:00:00+00:00")
        for answer in answers:
            deliveries.sending(EDITION, [recipient], "<id>", "2024-11-18T06:00:00+00:00")
            deliveries.settle("e", "2024-W46", {recipient: Answer(answer, "said")}, "2024-11-18T06:00:00+00:00")


def test_what_went_out_since_the_backup_stays_known(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a")
    sent(store, "both@example.org", SENT)
    sent(store, "later@example.org", DEFERRED)
    with Database(store) as database:  # on its way while the backup is made
        Deliveries(database).queue(EDITION, ["now@example.org"], "<id>", "2024-11-18T06:00:00+00:00")
        Deliveries(database).sending(EDITION, ["now@example.org"], "<id>", "2024-11-18T06:00:00+00:00")
    copy, _ = back_up(store, tmp_path / "copy.db", WHEN)
    with Database(store) as database:
        Deliveries(database).settle("e", "2024-W46", {"now@example.org": Answer(SENT, "")}, "2024-11-18T06:00:00+00:00")
    sent(store, "later@example.org", SENT)
    sent(store, "new@example.org", SENT)
    assert restore(copy, store, True, WHEN).carried == 3
    with Database(store) as database:
        rows = {row.recipient: (row.state, row.copies) for row in Deliveries(database).of_week("2024-W46")}
        assert len(Briefs(database).newest()) == 1
    assert rows == {f"{name}@example.org": (SENT, 1) for name in ("both", "later", "now", "new")}
    assert restore(copy, store, True, WHEN).carried == 3  # again, from the store as it is now
    assert not list(tmp_path.glob(".*"))


def test_another_process_that_has_the_store_open_sees_the_restored_one_and_harms_nothing(tmp_path: Path) -> None:
    store = fill(tmp_path / "store.db", "a")
    copy, _ = back_up(store, tmp_path / "copy.db", WHEN)
    fill(store, "b")
    with Database(store) as other:
        assert Documents(other).count() == 2
        restore(copy, store, True, WHEN)
        assert Documents(other).count() == 1
        Documents(other).add(b"c", "text", Origin("c", "file", "2024-11-12T09:00:00+00:00"))
    assert held(store) == {"a", "c"}
    assert check(store).faults == ()


def test_a_damaged_store_is_moved_aside_with_its_log(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    copy, _ = back_up(fill(tmp_path / "good.db", "a"), tmp_path / "copy.db", WHEN)
    damage = b"this is no database, it is a letter of some length. " * 40
    store.write_bytes(damage)
    with pytest.raises(UsageError, match="is damaged"):
        restore(copy, store, False, WHEN)
    done = restore(copy, store, True, WHEN)
    assert done.carried is None and done.aside is not None and done.aside.read_bytes() == damage
    assert held(store) == {"a"}


def test_what_is_no_good_backup_is_not_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = fill(tmp_path / "store.db", "a")
    for name, content, message in (("letter", b"Dear Sir. " * 99, "damaged"), ("cut", store.read_bytes()[:5000], "damaged")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match=message):
            restore(tmp_path / name, store, True, WHEN)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="another program"):
        restore(tmp_path / "other.db", store, True, WHEN)
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE later (n INTEGER) STRICT",)))
    fill(tmp_path / "newer.db", "b")
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer version"):
        restore(tmp_path / "newer.db", store, True, WHEN)
    with pytest.raises(InputError, match="no such file"):
        restore(tmp_path / "none", store, True, WHEN)
    with pytest.raises(UsageError, match="the store itself"):
        restore(store, store, True, WHEN)
    assert held(store) == {"a"} and not list(tmp_path.glob("*.before-*"))


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MIGRATIONS", MIGRATIONS[:2])
    copy, found = back_up(fill(tmp_path / "old.db", "a"), tmp_path / "copy.db", WHEN)
    assert found.version == 2
    monkeypatch.undo()
    store = fill(tmp_path / "store.db", "b")
    found = restore(copy, store, True, WHEN).found
    assert (found.version, held(store)) == (len(MIGRATIONS), {"a"})


@pytest.mark.parametrize("seconds", ["0", "0.005", "0.02"])
def test_a_restore_that_is_killed_leaves_the_old_store_or_the_new_one(tmp_path: Path, seconds: str) -> None:
    store, big = fill(tmp_path / "store.db", "a"), fill(tmp_path / "big.db", "b")
    with Database(big) as database:
        for n in range(40):
            Documents(database).add(os.urandom(100_000), "text", Origin(str(n), "file", "2024-11-12T09:00:00+00:00"))
    copy, whole = back_up(big, tmp_path / "copy.db", WHEN)
    root = Path(__file__).resolve().parents[2]
    arguments = [sys.executable, "-c", RESTORING, str(copy), str(store), seconds]
    subprocess.run(arguments, env={**os.environ, "PYTHONPATH": str(root)}, check=False, timeout=60)
    found = check(store)
    assert (found.faults, found.tables["documents"] in (1, whole.tables["documents"])) == ((), True)
