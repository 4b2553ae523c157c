"""One run at a time: who holds the lock is said, and a process that is dead holds none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import BusyError, StoreError
from briefing.store.run_lock import alone, holder, lock_file

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from briefing.store.run_lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other(store: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-c", HOLDER, str(store)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_holds_it_and_gets_it_afterwards(tmp_path: Path) -> None:
    store = tmp_path / "new" / "store.db"
    first = other(store)
    with pytest.raises(BusyError, match=rf"process {first.pid}, since 20\d\d-\d\d-\d\dT") as error, alone(store):
        pass
    assert (error.value.exit_code, holder(store) is not None) == (75, True)
    first.communicate("")
    assert holder(store) is None
    with alone(store):
        assert f"process {os.getpid()}, since " in str(holder(store))


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    first = other(store)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert f"process {first.pid}" in lock_file(store).read_text()  # what it wrote is still there and counts for nothing
    with alone(store):
        assert lock_file(store).read_text().startswith(f"process {os.getpid()},")


def test_a_program_that_the_holder_started_does_not_inherit_it(tmp_path: Path) -> None:
    with alone(tmp_path / "store.db"):
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    with alone(tmp_path / "store.db"):
        pass
    child.communicate(b"")


def test_where_no_lock_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="the lock cannot be made"), alone(tmp_path / "file" / "store.db"):
        pass
    assert holder(tmp_path / "none.db") is None
