"""What was searched once is found again in the store, and only the rest reaches the crew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.spread.crew import ALONE
from briefing.spread.harvesting import harvested
from briefing.spread.kept import Keeping
from briefing.spread.searching import searched
from tests.spread.builds import cluster
from tests.spread.dask_processes import Processes
from tests.spread.many import article


@pytest.mark.slow
def test_the_second_run_gives_the_workers_nothing_to_search(dask: Processes, tmp_path: Path) -> None:
    dask.scheduler()
    dask.worker()
    articles = [article(n) for n in range(150)]
    expected = list(searched(articles, ALONE))
    with cluster(dask) as (crew, _):
        asked: list[int] = []

        class Counting:
            """Counts what reaches the cluster."""

            places = 1

            def map(self, parts):  # type: ignore[no-untyped-def]
                """As of Crew."""
                parts = list(parts)
                asked.extend(len(part.units) for part in parts)
                return crew.map(parts)

            def close(self) -> None:
                """Nothing."""

        for wanted in (articles[:100], articles, articles):
            found = list(searched(wanted, Keeping(Counting(), tmp_path / "store.db", print)))
            assert found == expected[: len(wanted)]
    assert sum(asked) == 150


def test_a_damaged_row_of_the_store_is_searched_again(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    articles = [article(n) for n in range(3)]
    expected = list(searched(articles, Keeping(ALONE, store, print)))
    with sqlite3.connect(store) as rows:
        rows.execute("UPDATE cache SET value = 'no JSON' WHERE rowid = (SELECT min(rowid) FROM cache)")
    assert list(searched(articles, Keeping(ALONE, store, print))) == expected


def test_the_store_is_opened_for_searches_alone(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    crew = Keeping(ALONE, store, print)
    (found,) = harvested([article(1).document], ZoneInfo("UTC"), {}, crew)
    assert len(found.articles) == 1
    assert not store.exists()
    assert len(list(searched(found.articles, crew))) == 1
    assert store.exists()
