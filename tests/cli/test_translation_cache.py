"""What a build keeps of its translations, seen from the command line."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from briefing.config import Config
from briefing.model import EngineInfo, Translation
from briefing.translate.engine import Engine
from tests.cli.conftest import ARTICLE, Run

ENGINE = ("--engine", f"{__name__}:create")
BUILD = ("build", "news", "--week", "--now", "2024-11-18T06:00Z", "--format", "md,json", *ENGINE)
ASKED: list[str] = []
OPENED: list[str] = []
STOP_AFTER: list[int] = []  # how many sources, if the engine is to be stopped as by Ctrl-C


class Counting:
    """An engine that remembers what it was asked."""

    info = EngineInfo("counting", "", "", "Translation engine: counting")
    signature = "counting:1"

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """English that says how long its source is."""
        if STOP_AFTER and len(ASKED) >= STOP_AFTER[0]:
            raise KeyboardInterrupt
        ASKED.extend(sources)
        return [Translation(f"{len(source)} letters", self.signature, "machine") for source in sources]


def create(config: Config, notify: Callable[[str], None]) -> Engine:
    """The factory that the tests name as "package.module:function"."""
    OPENED.append(config.translate.engine)
    return Counting()


@pytest.fixture(autouse=True)
def _fresh(news: Path, tmp_path: Path) -> Iterator[None]:
    ASKED.clear()
    OPENED.clear()
    STOP_AFTER.clear()
    (tmp_path / "briefing.toml").write_text('[paths]\nstore = "store.db"\n', encoding="utf-8")
    yield


def outputs(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "out" / "2024-W46").iterdir()}


def test_a_second_build_of_the_same_week_asks_no_engine_and_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    assert run(*BUILD).code == 0
    first, asked = outputs(tmp_path), list(ASKED)
    ASKED.clear()
    assert run(*BUILD).code == 0
    assert (len(asked) > 3, len(asked) == len(set(asked)), ASKED) == (True, True, [])
    assert outputs(tmp_path) == first
    assert "counting:1" in first["brief.md"].decode()


def test_one_engine_is_loaded_for_a_run_and_asked_for_what_is_new(run: Run, tmp_path: Path) -> None:
    run(*BUILD)
    ASKED.clear()
    new = ARTICLE.replace("الجسر", "النفق").replace("ثلاثة عمال", "أربعة عمال")
    (tmp_path / "news" / "tunnel.txt").write_text(new, encoding="utf-8")
    assert run(*BUILD).code == 0
    assert len(OPENED) == 2 and ASKED and not any("الجسر" in source for source in ASKED)


@pytest.mark.slow
def test_a_build_that_was_stopped_goes_on_where_it_was(run: Run, tmp_path: Path) -> None:
    lines = "\n".join(f"وقال وزير النقل سامي الحداد إن المحطة رقم {n} ستفتح يوم الخميس." for n in range(300))
    (tmp_path / "news" / "stations.txt").write_text(f"Published: 2024-11-13\n\n{lines}\n", encoding="utf-8")
    STOP_AFTER.append(100)
    assert run(*BUILD).code == 130
    done = list(ASKED)
    ASKED.clear()
    STOP_AFTER.clear()
    assert run(*BUILD).code in (0, 3)
    assert len(done) >= 100 and not set(done) & set(ASKED) and len(ASKED) > 100


def test_without_the_cache_everything_is_asked_again_and_nothing_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[translate]\ncache = false\n[paths]\nstore = "store.db"\n', encoding="utf-8")
    run(*BUILD)
    once = list(ASKED)
    run(*BUILD)
    assert once * 2 == ASKED and not (tmp_path / "store.db").exists()


def test_deleting_the_store_changes_nothing_but_time(run: Run, tmp_path: Path) -> None:
    run(*BUILD)
    first = outputs(tmp_path)
    for file in tmp_path.glob("store.db*"):
        file.unlink()
    run(*BUILD)
    assert outputs(tmp_path) == first and len(ASKED) == 2 * len(set(ASKED))


def test_a_damaged_store_costs_time_and_is_a_gap_for_what_was_reviewed_is_not_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database, but a letter of some length. " * 40)
    ran = run(*BUILD)
    assert ran.code == 3
    assert [line for line in ran.err.splitlines() if "store.db" in line and "not kept for the next run" in line] != []
    assert ran.err.count("not kept") == 1
    (problem,) = json.loads(outputs(tmp_path)["brief.json"])["problems"]
    assert "what was reviewed is not in this brief" in problem["message"] and problem["where"].endswith("store.db")


def test_the_gloss_leaves_the_store_alone(run: Run, tmp_path: Path) -> None:
    assert run(*BUILD, "--engine", "gloss").code == 0
    assert not (tmp_path / "store.db").exists()


def test_inspect_asks_its_engine_and_keeps_nothing(run: Run, tmp_path: Path) -> None:
    run(*BUILD)
    before = (tmp_path / "store.db").read_bytes()
    ASKED.clear()
    assert run("inspect", *ENGINE, "news/bridge.txt").code == 0
    assert ASKED and (tmp_path / "store.db").read_bytes() == before


# ---------------------------------------------------------------- Ctrl-C, in a process of its own

SLOW = """
import time
from briefing.model import EngineInfo, Translation
class Slow:
    info = EngineInfo("slow", "", "", "Translation engine: slow")
    signature = "slow:1"
    def translate(self, sources):
        time.sleep(0.5)
        return [Translation(f"{len(source)} letters", self.signature, "machine") for source in sources]
def create(config, notify):
    return Slow()
"""


def stopped(folder: Path, lines: int) -> tuple[int, str]:
    """The status and what was said of a build that gets Ctrl-C once it has kept something."""
    (folder / "slow.py").write_text(SLOW, encoding="utf-8")
    text = "\n".join(f"وقال وزير النقل سامي الحداد إن المحطة رقم {n} ستفتح يوم الخميس." for n in range(lines))
    (folder / "news" / "stations.txt").write_text(f"Published: 2024-11-13\n\n{text}\n", encoding="utf-8")
    command = [sys.executable, "-m", "briefing", *BUILD[:-1], "slow:create"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[2]), str(folder)))}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not rows_kept(folder / "store.db"):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    return process.returncode, said


def rows_kept(store: Path) -> int:
    """How many translations are in the store, as far as it is there."""
    if not store.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("SELECT count(*) FROM cache").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.slow
def test_ctrl_c_says_what_is_kept_and_how_to_go_on(news: Path, tmp_path: Path) -> None:
    code, said = stopped(tmp_path, 2_000)
    assert code == 130 and "Traceback" not in said
    last = said.splitlines()[-1]
    assert last.startswith("Stopped. No brief was written.")
    assert str(tmp_path / "store.db") in last and "run the same command again to go on" in last
    assert not (tmp_path / "out").exists() and rows_kept(tmp_path / "store.db") >= 64
    assert len(said.splitlines()) < 10  # progress without a terminal is a line now and then


def test_ctrl_c_without_a_store_says_that_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('[translate]\ncache = false\n[paths]\nstore = "store.db"\n', encoding="utf-8")
    STOP_AFTER.append(-1)
    ran = run(*BUILD)
    assert ran.code == 130 and "nothing is kept" in ran.err and "begin anew" in ran.err
