"""`briefing send` killed at each moment that counts, and two of them at once: nobody ever gets a second message by itself."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deliver.a_brief import item, put, tree
from tests.deliver.mail_server import Inbox, serving

ROOT = Path(__file__).resolve().parents[2]
A, B = "a@x.example", "b@x.example"


class Sender:
    """The command in a process of its own, and the means to end it from within the mail server."""

    def __init__(self, folder: Path, inbox: Inbox) -> None:
        self.folder, self.inbox = folder, inbox
        put(folder, tree([item("S1", "Said", "قال")]))
        settings = f'[mail]\nhost = "localhost"\nport = {inbox.port}\nsecurity = "none"\nto = ["{A}", "{B}"]\n'
        (folder / "briefing.toml").write_text(settings + 'sender = "brief@x.example"\n[paths]\nstore = "store.db"\n')
        self.process: subprocess.Popen[str] | None = None

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "briefing", "send", "--week", "2024-W46", *more]
        pipe = subprocess.PIPE
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=pipe, stderr=pipe, text=True)
        return self.process

    def run(self, *more: str) -> tuple[int, str]:
        """Exit code and what was printed."""
        process = self.start(*more)
        out, err = process.communicate(timeout=60)
        return process.returncode, out + err

    def kill(self) -> None:
        """Ends it at once, as a power cut would; what it has on disk stays."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def killed_at(self, moment: str) -> None:
        """Runs it and ends it when the server has come so far."""
        self.inbox.at = {moment: self.kill}
        assert self.run()[0] == -signal.SIGKILL
        self.inbox.at = {}


@pytest.fixture
def sender(tmp_path: Path) -> Iterator[Sender]:
    with serving(Inbox()) as inbox:
        yield Sender(tmp_path, inbox)


def test_killed_before_the_message_it_is_sent_once_by_the_next_run(sender: Sender) -> None:
    sender.killed_at("RCPT")
    assert sender.inbox.taken == []
    code, printed = sender.run()
    assert (code, f"sent      {A}" in printed, sender.inbox.reached) == (0, True, [A, B])


@pytest.mark.slow
def test_killed_between_the_dot_and_the_answer_it_is_left_to_a_person(sender: Sender) -> None:
    sender.killed_at("DATA")
    for _ in range(2):
        code, printed = sender.run()
        assert (code, f"unknown   {A}: the program was stopped" in printed) == (3, True)
        assert f"briefing send --week 2024-W46 --again --to {A}" in printed
    assert sender.inbox.reached == [A, B]
    assert sender.run("--again", "--to", A)[0] == 0
    assert sender.inbox.reached == [A, B, A]


@pytest.mark.slow
def test_killed_between_the_answer_and_its_record_it_is_left_to_a_person(sender: Sender) -> None:
    def lock_then_kill() -> None:
        # The command can read the answer and not keep it, for the store is locked; then it ends.
        held = sqlite3.connect(sender.folder / "store.db", isolation_level=None, check_same_thread=False)
        held.execute("BEGIN IMMEDIATE")
        threading.Timer(0.7, lambda: (sender.kill(), held.close())).start()

    sender.inbox.at = {"DATA": lock_then_kill}
    assert sender.run()[0] == -signal.SIGKILL
    sender.inbox.at = {}
    assert sender.run()[0] == 3
    assert sender.inbox.reached == [A, B]


@pytest.mark.slow
def test_killed_after_the_record_all_have_it(sender: Sender) -> None:
    sender.killed_at("QUIT")
    code, printed = sender.run()
    assert (code, f"has it    {A}" in printed, sender.inbox.reached) == (0, True, [A, B])


@pytest.mark.slow
def test_of_two_at_once_one_sends(sender: Sender) -> None:
    started, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        started.set()
        go_on.wait(30)

    sender.inbox.at = {"DATA": wait}
    first = sender.start()
    assert started.wait(30)
    code, printed = sender.run()
    go_on.set()
    first.communicate(timeout=60)
    assert (code, "another process is sending" in printed, first.returncode) == (1, True, 0)
    assert sender.inbox.reached == [A, B]
