"""A run that lets nothing out before it was reviewed: it stops there, and goes on when everything was looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.store.database import Database
from briefing.store.revisions import Change, Revisions
from tests.job.town import READERS, WEEK, Town, town
from tests.review.conftest import items


def accept_all(here: Town) -> None:
    """Says of every item of the brief on disk that it is right."""
    brief = json.loads((here.folder / "out" / WEEK / "brief.json").read_text("utf-8"))
    changes = [Change(p["key"], "verdict", "accept", (p["seen"],), {}) for item in items(brief) for p in item["parts"]]
    with Database(here.folder / "data/store.db") as database:
        Revisions(database).add(WEEK, changes, "Rana", 10**9)


@pytest.mark.slow
def test_nothing_goes_out_before_it_was_reviewed(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        stopped = here.run("--require-review")
        assert (stopped.returncode, "Not reviewed of 2024-W46" in stopped.stdout) == (1, True), stopped.stdout
        assert (here.post.copies(), here.commits()) == ({}, 0)
        by_hand = here.process(["-m", "briefing", "send", "--week", WEEK, "--require-review"])
        assert (by_hand.returncode, "Not reviewed" in by_hand.stderr, here.post.copies()) == (1, True, {})
        accept_all(here)
        done = here.run("--require-review")
        assert done.returncode == 0, done.stdout
        assert "build: again: the inputs have changed since" in done.stderr
        assert (here.post.copies(), here.commits(), here.faults()) == (dict.fromkeys(READERS, 1), 1, [])
        assert '"state": "accepted"' in (here.folder / "out" / WEEK / "brief.json").read_text("utf-8")
        assert "finished before" in here.run("--require-review").stdout
