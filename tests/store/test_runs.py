"""Runs and alarms in the store: what died is told from what runs, and a trouble is said once for as long as it lasts."""

from __future__ import annotations

from pathlib import Path

from briefing.store.alarms import Alarms, Trouble
from briefing.store.database import Database
from briefing.store.runs import Runs


def built(runs: Runs, week: str, articles: int) -> None:
    attempt = runs.start(runs.begin(week), "build", "i", "c")
    runs.finish(attempt, "done", {"counts": {"articles": articles}}, "d")


def test_what_was_begun_and_not_ended_is_interrupted_when_the_next_begins(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        runs = Runs(database)
        first = runs.begin("2024-W46")
        runs.finish(runs.start(first, "fetch"), "done", {"counts": {"new": 3}, "said": "ثلاثة"}, None)
        runs.start(first, "build", "inputs", "2024-11-18T06:00:00+00:00")
        assert [stage.state for stage in runs.past("2024-W46")] == ["done", "running"]
        second = runs.begin("2024-W46")
        fetch, build = runs.past("2024-W46")
        assert (fetch.state, fetch.detail["said"], build.state) == ("done", "ثلاثة", "interrupted")
        assert (build.inputs, build.cut_off, build.ended) == ("inputs", "2024-11-18T06:00:00+00:00", None)
        runs.end(second, "done", 0)
        assert [(run.id, run.state, run.code) for run in runs.recent(5)] == [(2, "done", 0), (1, "interrupted", None)]
        assert runs.past("2024-W47") == () and len(runs.recent(1)) == 1


def test_weeks_are_counted_as_they_were_built_last(tmp_path: Path) -> None:
    with Database(tmp_path / "store.db") as database:
        runs = Runs(database)
        for week, articles in (("2024-W52", 9), ("2025-W01", 7), ("2024-W51", 1), ("2024-W51", 5)):
            built(runs, week, articles)
        runs.finish(runs.start(runs.begin("2024-W50"), "build"), "failed", {}, None)
        assert (runs.articles("2024-W51"), runs.articles("2024-W50")) == (5, None)
        assert runs.articles_before("2025-W01") == (5, 9)
        assert runs.articles_before("2025-W02", most=2) == (9, 7)


def test_a_trouble_is_unsaid_until_it_is_said_and_new_when_it_comes_back(tmp_path: Path) -> None:
    silent, failed = Trouble("a", "feeds", "silent"), Trouble("b", "run 2024-W46", "failed", "mend")
    with Database(tmp_path / "store.db") as database:
        alarms = Alarms(database)
        alarms.update(["feeds", "run 2024-W46"], [silent, failed])
        assert alarms.unsaid() == (silent, failed)
        alarms.said([silent])
        alarms.update(["feeds"], [Trouble("a", "feeds", "silent for longer")])
        assert (alarms.unsaid(), alarms.known()) == ((failed,), (Trouble("a", "feeds", "silent for longer"), failed))
        alarms.update(["feeds"], [])
        assert alarms.known() == (failed,)  # of another topic, which was not looked at
        alarms.update(["feeds"], [silent])
        assert alarms.unsaid() == (failed, silent)
