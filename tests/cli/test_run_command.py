"""briefing run and status: a week from a feed to a brief, gone on with after a failure, with its log for people and machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from briefing.render.schema import schema
from briefing.store.database import Database
from briefing.store.run_lock import alone
from tests.cli.conftest import Run
from tests.ingest.site import Reply, Site, item, page, rss, site

NOW = ("--now", "2024-11-18T06:00Z")
SETTINGS = """
inputs = ["store"]
formats = ["md"]
[translate]
engine = "gloss"
[paths]
store = "kept.db"
[fetch]
delay = 0
retries = 0
allow_private = true
"""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Site]:
    with site() as server:
        server.replies |= {"/rss": rss(item("/1", "افتتاح الجسر الشرقي")), "/1": page("ترميم السوق القديم")}
        feed = f'[[feed]]\nurl = "{server.url("/rss")}"\n'
        (tmp_path / "briefing.toml").write_text(SETTINGS + feed, encoding="utf-8")
        yield server


def log(folder: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((folder / "log.json").read_text("utf-8"))
    jsonschema.validate(told, schema("briefing.run/1"))
    return told


def test_a_week_is_fetched_built_and_finished(run: Run, web: Site, tmp_path: Path) -> None:
    ran = run("run", *NOW, "--log-json", "log.json")
    assert (ran.code, ran.lines[0].startswith("Run of 2024-W46: done")) == (0, True)
    assert ran.lines[1].startswith("  fetch    done      1 new article from 1 feed")
    assert (tmp_path / "out/2024-W46/brief.md").is_file() and (tmp_path / "out/2024-W46/brief.json").is_file()
    assert log(tmp_path)["code"] == 0
    asked = len(web.asked)
    again = run("run", *NOW, "--log-json", "log.json")
    assert (again.code, "finished before" in again.lines[0], len(web.asked)) == (0, True, asked)
    assert log(tmp_path)["finished"] is True


def test_without_any_feed_nothing_is_built_and_the_next_run_does_it(run: Run, web: Site, tmp_path: Path) -> None:
    run("fetch")
    good = web.replies["/rss"]
    web.replies["/rss"] = Reply(status=503)
    ran = run("run", *NOW, "--log-json", "log.json")
    assert (ran.code, "none of the 1 feed and pages could be fetched" in ran.out) == (4, True)
    assert (log(tmp_path)["state"], (tmp_path / "out").exists()) == ("failed", False)
    assert "fetch failed" in run("status").out
    web.replies["/rss"] = good
    assert run("run", *NOW).code == 0
    assert "No problems are known." in run("status").lines


def test_a_second_run_ends_with_a_code_of_its_own(run: Run, web: Site, tmp_path: Path) -> None:
    with alone(tmp_path / "kept.db"):
        ran = run("run", *NOW, "--log-json", "log.json")
        assert (ran.code, "another run is at work" in ran.err, web.asked) == (75, True, [])
        assert log(tmp_path)["code"] == 75
        assert "A run is at work: process" in run("status").out


def test_status_is_for_programs_too(run: Run, web: Site, tmp_path: Path) -> None:
    told = json.loads(run("status", "--json").out)
    assert (told["runs"], (tmp_path / "kept.db").exists()) == ([], False)
    run("run", *NOW)
    with Database(tmp_path / "kept.db") as database:
        database.execute("UPDATE runs SET state = 'running'")  # as if it had been killed
    told = json.loads(run("status", "--json").out)
    jsonschema.validate(told, schema("briefing.status/1"))
    assert (told["running"], told["runs"][0]["week"], told["runs"][0]["stages"][0]["state"]) == (None, "2024-W46", "done")
    assert "2024-W46  interrupted" in run("status").out


def test_a_week_or_time_that_is_none_is_said_before_anything_is_done(run: Run, web: Site) -> None:
    assert (run("run", "--week", "soon").code, run("run", "--now", "noon").code, web.asked) == (2, 2, [])


def test_a_log_that_cannot_be_written_is_an_error(run: Run, web: Site) -> None:
    ran = run("run", *NOW, "--log-json", "briefing.toml/log.json")
    assert (ran.code, "cannot be written" in ran.err) == (6, True)
