"""A real cluster of which parts end, wait or go away: nothing is lost, nothing done twice, and no run waits for ever."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import SpreadError
from briefing.spread.cluster import Cluster
from briefing.spread.connection import Patience
from briefing.spread.crew import ALONE
from briefing.spread.searching import searched
from tests.spread.builds import COUNT, built, cluster, kept, products, start, until, when
from tests.spread.dask_processes import Processes
from tests.spread.many import article, folder_of
from tests.spread.poison import POISON, SLOW, poisoned

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_ctrl_c_keeps_what_came_and_the_next_run_goes_on(news: Path, dask: Processes) -> None:
    dask.scheduler()
    dask.worker()
    process = start(news, "stopped", "--cluster", dask.address)
    when(news, "stopped", "found", 32, lambda: process.send_signal(signal.SIGINT))
    _, said = process.communicate(timeout=120)
    before = kept(news, "stopped", "found")
    assert process.returncode == 130 and "run the same command again" in said, said
    assert "Traceback" not in said
    assert 32 <= before < COUNT
    code, said = built(news, "stopped", "--cluster", dask.address)
    assert code in (0, 3), said
    assert products(news, "stopped") == products(news, "alone")
    assert kept(news, "stopped", "found") == COUNT


def test_a_scheduler_that_is_started_again_costs_time_alone(news: Path, dask: Processes) -> None:
    scheduler = dask.scheduler()
    dask.worker()
    port = dask.port

    def restart() -> None:
        scheduler.kill()
        scheduler.wait()
        dask.scheduler(port)
        dask.worker()

    when(news, "restarted", "found", 32, restart)
    code, said = built(news, "restarted", "--cluster", dask.address)
    assert code in (0, 3), said
    assert "the scheduler went away" in said
    assert products(news, "restarted") == products(news, "alone")


def test_a_scheduler_that_stays_away_ends_the_run_and_says_what_is_kept(dask: Processes) -> None:
    scheduler = dask.scheduler()
    dask.worker()
    with cluster(dask, Patience(connect=1, back=2, look=0.3)) as (crew, _):
        answers = searched((article(n) for n in range(2_000)), crew)
        next(answers)
        scheduler.kill()
        with pytest.raises(SpreadError, match="no scheduler answers") as error:
            list(answers)
    assert "kept" in error.value.next_step


# ---------------------------------------------------------------- what kills, what is slow


def test_a_document_that_kills_every_worker_is_left_out_and_no_other(dask: Processes, tmp_path: Path) -> None:
    dask.environment = {"PYTHONPATH": poisoned(tmp_path / "harm"), "BRIEFING_TEST_WORKER": "1"}
    dask.scheduler()
    dask.worker(nanny=True)
    dask.worker(nanny=True)
    good = [article(n) for n in range(100)]
    with cluster(dask) as (crew, _):
        found = list(searched([article(n, f" {POISON}") if n == 40 else a for n, a in enumerate(good)], crew))
    assert [n for n, (_, one) in enumerate(found) if one.drafts is None] == [40]
    (problem,) = found[40][1].problems
    assert (problem.where, problem.message) == ("0040.txt", "left out: reading it ended every worker that it was given to")
    expected = list(searched(good, ALONE))
    assert found[:40] + found[41:] == expected[:40] + expected[41:]


def test_such_a_document_is_a_problem_of_the_brief(dask: Processes, tmp_path: Path) -> None:
    dask.environment = {"PYTHONPATH": poisoned(tmp_path / "harm"), "BRIEFING_TEST_WORKER": "1"}
    dask.scheduler()
    dask.worker(nanny=True)
    dask.worker(nanny=True)
    bad = folder_of(tmp_path / "news", 40) / "0007.txt"
    bad.write_text(bad.read_text(encoding="utf-8") + f"ووصف العمل بأنه {POISON}.\n", encoding="utf-8")
    code, said = built(tmp_path, "poison", "--cluster", dask.address)
    brief = json.loads(products(tmp_path, "poison")["brief.json"])
    assert (code, brief["articles_used"]) == (3, 39), said
    (problem,) = (one for one in brief["problems"] if one["where"] == "news/0007.txt")
    assert problem["message"] == "left out: reading it ended every worker that it was given to"
    assert kept(tmp_path, "poison", "found") == 39


def test_an_answer_that_ends_with_its_worker_before_it_is_fetched_is_made_again(
    dask: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.scheduler()
    first = dask.worker()
    articles, done = [article(n) for n in range(100)], Cluster._done

    def loses(crew: Cluster, flight: Any) -> Any:
        future = done(crew, flight)
        if future is not None and first.poll() is None:
            first.kill()
            first.wait()
            dask.worker()
        return future

    monkeypatch.setattr(Cluster, "_done", loses)
    with cluster(dask, Patience(connect=10, back=60, look=0.5, fetch=2)) as (crew, said):
        assert list(searched(articles, crew)) == list(searched(articles, ALONE))
    assert not said


def test_what_a_slow_worker_holds_is_given_to_another(dask: Processes, tmp_path: Path) -> None:
    harm = poisoned(tmp_path / "harm")
    dask.scheduler()
    dask.worker(PYTHONPATH=harm, BRIEFING_TEST_WORKER="1", BRIEFING_TEST_SLOW="120")
    dask.worker(PYTHONPATH=harm, BRIEFING_TEST_WORKER="1", BRIEFING_TEST_SLOW="0")
    articles = [article(n, f" {SLOW}") for n in range(64)]
    with cluster(dask) as (crew, _):
        until(lambda: crew.places == 2)
        begun = time.monotonic()
        assert len(list(searched(articles, crew))) == 64
        assert time.monotonic() - begun < 60
