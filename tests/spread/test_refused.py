"""Who is given no work, and what cannot be reached: each is named, with the reason and what to do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.errors import SpreadError
from briefing.spread.cluster import Cluster
from briefing.spread.kit import kit
from briefing.spread.searching import searched
from tests.spread.builds import HIDDEN, SOON, built, cluster, command, until
from tests.spread.dask_processes import ROOT, Processes
from tests.spread.many import article

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_worker_with_another_version_is_named_and_the_others_work(dask: Processes, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "sitecustomize.py").write_text("import briefing; briefing.__version__ = '0.0.9'\n")
    dask.scheduler()
    dask.worker()
    dask.worker(PYTHONPATH=str(old))
    with cluster(dask) as (crew, said):
        until(lambda: len(crew._connection.client.scheduler_info()["workers"]) == 2)
        crew._refusals()
        until(lambda: bool(crew._refusals() or said))
        assert crew.places == 1
        assert len(list(searched([article(n) for n in range(64)], crew))) == 64
    (line,) = said
    assert line.startswith("A worker is not used: tcp://127.0.0.1:") and "it runs version 0.0.9" in line


def test_where_one_is_refused_those_that_are_about_to_come_are_waited_for(dask: Processes, tmp_path: Path) -> None:
    from distributed import Client

    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sitecustomize.py").write_text(HIDDEN.format("briefing"))
    dask.scheduler()
    dask.worker(PYTHONPATH=str(bare))
    with Client(dask.address, set_as_default=False) as client:
        client.wait_for_workers(1)
    dask.worker()
    with cluster(dask) as (crew, said):
        assert crew.places == 1
    assert "it does not have this program" in said[0]


def test_workers_without_the_program_are_refused(dask: Processes, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sitecustomize.py").write_text(HIDDEN.format("briefing"))
    dask.scheduler()
    dask.worker(PYTHONPATH=str(bare))
    with pytest.raises(SpreadError, match="it does not have this program"):
        Cluster(dask.address, kit(Config()), print, SOON)


def test_workers_without_the_model_are_refused_before_anything_is_translated(news: Path, dask: Processes) -> None:
    dask.scheduler()
    dask.worker(BRIEFING_TEST_NO_ENGINE="1")
    code, said = built(news, "nomodel", "--cluster", dask.address)
    assert (code, "there is no model here" in said, "tcp://127.0.0.1:" in said) == (1, True, True), said


# ---------------------------------------------------------------- what cannot be reached


def test_no_scheduler_is_said_within_seconds(news: Path) -> None:
    code, said = built(news, "nobody", "--cluster", "tcp://127.0.0.1:9")
    assert (code, "tcp://127.0.0.1:9: no scheduler answers" in said, "dask scheduler" in said) == (1, True, True), said


def test_without_the_extra_the_command_says_how_to_get_it(news: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HIDDEN.format("distributed"))
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = subprocess.run(
        command(news, "without", "--cluster", "local:2"), env=environment, cwd=news, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "pip install 'monday-brief[cluster]'" in done.stderr) == (1, True), done.stderr
