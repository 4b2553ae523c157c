"""Whatever happens to a run, one more run ends with one message for each recipient and one commit, and nothing lost.

Every case has a real mail server, a real bare repository and a real process that is killed with SIGKILL. `-s` prints the table of
docs/scheduling.md.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.job.town import READERS, Town, environment, town

RUNS, DELIVERIES, GIT = "briefing.store.runs:Runs", "briefing.store.deliveries:Deliveries", "briefing.deliver.wiki.git_target"
STAGES = ("fetch", "build", "send", "publish")
BOUNDARIES = {
    "before the run is noted": (f"{RUNS}.begin", "before", 1),
    "when the run is noted": (f"{RUNS}.begin", "after", 1),
    **{f"before {stage} is noted as begun": (f"{RUNS}.start", "before", n) for n, stage in enumerate(STAGES, 1)},
    **{f"when {stage} is noted as begun": (f"{RUNS}.start", "after", n) for n, stage in enumerate(STAGES, 1)},
    **{f"{stage} done, before it is noted": (f"{RUNS}.finish", "before", n) for n, stage in enumerate(STAGES, 1)},
    **{f"when {stage} is noted as done": (f"{RUNS}.finish", "after", n) for n, stage in enumerate(STAGES, 1)},
    "before the run is noted as ended": (f"{RUNS}.end", "before", 1),
    "when the run is noted as ended": (f"{RUNS}.end", "after", 1),
}
INSIDE = {
    "fetch: one article of two kept": ("briefing.store.documents:Documents.add", "after", 1),
    "build: one file of two written": ("briefing.render.write:_fill", "after", 1),
    "build: one file of two in place": ("briefing.render.write:os.replace", "after", 1),
    "send: recipients queued": (f"{DELIVERIES}.queue", "after", 1),
    "send: before it is noted that the message goes out": (f"{DELIVERIES}.sending", "before", 1),
    "send: the server has it, before that is noted": (f"{DELIVERIES}.settle", "before", 1),
    "send: it is noted that the server has it": (f"{DELIVERIES}.settle", "after", 1),
    "publish: committed, before the push": (f"{GIT}:_committed", "after", 1),
    "publish: pushed, before that is noted": (f"{GIT}:_pushed", "after", 1),
}
POINTS = {**BOUNDARIES, **INSIDE}
QUICK = {"send: the server has it, before that is noted"}
KILLED = [pytest.param(name, at, id=name, marks=[] if name in QUICK else pytest.mark.slow) for name, at in POINTS.items()]
ONCE = dict.fromkeys(READERS, 1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path) as made:
        yield made


def settled(here: Town, name: str, *codes: int) -> None:
    """One more run, and everything is as it ought to be; then another, which does nothing."""
    before = (here.post.copies(), here.commits())
    last = here.run("--log-json", "log.json")
    assert last.returncode in codes, last.stdout + last.stderr
    assert (here.post.copies(), here.commits(), here.faults()) == (ONCE, 1, [])
    told = json.loads((here.folder / "log.json").read_text("utf-8"))
    done = ", ".join(stage["stage"] for stage in told["stages"] if stage["started"]) or "nothing"
    print(f"| {name} | {len(before[0])} of 3, {before[1]} | {done} | {last.returncode} | 1 each, 1 |")
    again = here.run()
    assert (again.returncode, "finished before" in again.stdout) == (0, True), again.stdout
    assert (here.post.copies(), here.commits()) == (ONCE, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "at"), KILLED)
def test_a_run_that_is_killed_is_made_up_for_by_the_next(here: Town, name: str, at: tuple[str, str, int]) -> None:
    killed = here.run(at=at)
    assert killed.returncode == -9, killed.stdout + killed.stderr
    settled(here, name, 0, 3)


@pytest.mark.slow
def test_killed_at_the_very_end_of_a_message_it_is_sent_at_most_once_and_said(here: Town) -> None:
    """Nobody can know whether the server has a message whose end was sent without an answer: it is not sent again by itself."""
    assert here.run(at=(f"{DELIVERIES}.sending", "after", 1)).returncode == -9
    last = here.run()
    assert (last.returncode, here.post.copies(), here.commits(), here.faults()) == (3, {}, 1, [])
    assert last.stdout.count("It may have arrived: ask.") == 3


@pytest.mark.slow
def test_killed_again_and_again_it_comes_to_its_end(here: Town) -> None:
    for at in POINTS.values():
        here.run(at=(at[0], at[1], 1))
    settled(here, "killed at each of these points in turn", 0, 3)


@pytest.mark.slow
def test_without_a_network_the_run_waits_for_one(here: Town) -> None:
    feed = here.web.replies.pop("/rss")
    here.post.close()
    assert here.run().returncode == 4
    assert (here.commits(), (here.folder / "out").exists()) == (0, False)
    here.web.replies["/rss"] = feed
    waiting = here.run()
    assert (waiting.returncode, here.post.copies(), here.commits()) == (7, {}, 1), waiting.stdout
    here.post.open()
    assert here.run(now="2024-11-18T06:10Z").returncode == 0
    assert (here.post.copies(), here.commits(), here.faults()) == (ONCE, 1, [])


@pytest.mark.slow
def test_one_recipient_put_off_is_the_only_one_tried_again(here: Town) -> None:
    here.post.refuse = lambda address: "451 try later" if address == READERS[1] else None
    assert here.run().returncode == 7
    assert here.post.copies() == {READERS[0]: 1, READERS[2]: 1}
    here.post.refuse = lambda address: None
    early = here.run(now="2024-11-18T06:01Z")
    assert (early.returncode, len(here.post.copies())) == (7, 2)
    assert here.run(now="2024-11-18T06:10Z").returncode == 0
    assert (here.post.copies(), here.commits(), here.faults()) == (ONCE, 1, [])


@pytest.mark.slow
def test_a_wiki_that_is_away_gets_its_one_commit_later(here: Town) -> None:
    away = here.wiki.rename(here.wiki.with_suffix(".away"))
    assert here.run().returncode == 6
    away.rename(here.wiki)
    settled(here, "the wiki is away", 0)


@pytest.mark.slow
@pytest.mark.parametrize("now", ["2024-11-18T05:59Z", "2001-01-01T00:00Z", "2031-01-01T00:00Z"])
def test_a_clock_that_was_moved_sends_nothing_twice(here: Town, now: str) -> None:
    here.post.refuse = lambda address: "451 try later" if address == READERS[1] else None
    here.run()
    here.post.refuse = lambda address: None
    assert here.run(now=now).returncode in (0, 7)
    last = here.process(["-m", "briefing", "run", "--now", now])  # by the clock, another week was last
    assert last.returncode in (0, 4, 7), last.stdout
    here.run(now="2024-11-18T07:00Z")
    assert (here.post.copies(), here.commits(), here.faults()) == (ONCE, 1, [])


@pytest.mark.slow
def test_two_runs_at_once_are_one(here: Town) -> None:
    command = [sys.executable, "-m", "briefing", *here.command("--now", "2024-11-18T06:00Z")]
    both = [subprocess.Popen(command, cwd=here.folder, env=environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    assert sorted(each.wait(100) for each in both) == [0, 75]
    assert (here.post.copies(), here.commits(), here.faults()) == (ONCE, 1, [])


HOLDER = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_store_that_is_locked_stops_the_run_and_harms_nothing(here: Town, at: int) -> None:
    """Another program holds the store when stage `at` is to be noted as begun, for longer than the run waits (a second here)."""
    program = f"""
import subprocess, sys
from briefing.store import database, runs
database.Database.__init__.__defaults__ = (1.0,)
start, calls = runs.Runs.start, []
def held(self, run, stage, *rest):
    calls.append(stage)
    if len(calls) == {at}:
        other = subprocess.Popen([sys.executable, "-c", {HOLDER!r}, str(self._database.path)], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True)
        other.stdout.readline()
    return start(self, run, stage, *rest)
runs.Runs.start = held
from briefing.cli.main import main
main(sys.argv[1:])
"""
    locked = here.process(["-c", program, *here.command("--now", "2024-11-18T06:00Z", "--log-json", "log.json")])
    assert (locked.returncode, "keeps the store locked" in locked.stderr) == (1, True), locked.stderr
    assert json.loads((here.folder / "log.json").read_text("utf-8"))["state"] == "failed"
    settled(here, f"the store is locked before {STAGES[at - 1]}", 0)


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [4, 160, 180, 200, 220, 240])
def test_no_file_may_grow_further(here: Town, kilobytes: int) -> None:
    """A limit on the size of files, which the store, the brief, git's objects and the log meet at different points."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))

    full = here.process(["-m", "briefing", *here.command("--now", "2024-11-18T06:00Z")], preexec_fn=limit)
    assert "Traceback" not in full.stderr, full.stderr
    settled(here, f"no file may grow beyond {kilobytes} kB (run ended {full.returncode})", 0, 3)


@pytest.mark.slow
@pytest.mark.parametrize("free", [0, 96, 240, 280, 320, 480])
def test_a_full_disk_stops_the_run_and_harms_nothing(tmp_path: Path, free: int) -> None:
    """A file system of two megabytes with so many kilobytes free holds the store, the briefs and the clone of the wiki."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        with town(tmp_path, home=disk / "home") as here:
            filler = disk / "filler"
            room = os.statvfs(disk)
            filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free * 1024)))
            full = here.run()
            assert "Traceback" not in full.stderr, full.stderr
            filler.unlink()
            settled(here, f"{free} kB free (run ended {full.returncode})", 0, 3)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_every_stage_is_killed_on_both_sides() -> None:
    assert len(BOUNDARIES) == 4 + 4 * len(STAGES) and set(POINTS) > QUICK
