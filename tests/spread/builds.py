"""`briefing build` as a user runs it, each with a store of its own; and a crew in this process for a cluster that runs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.config import Config
from briefing.spread.cluster import Cluster
from briefing.spread.connection import Patience
from briefing.spread.kit import kit
from tests.spread import spelling_engine
from tests.spread.dask_processes import ROOT, Processes

SOON = Patience(connect=10, back=60, look=0.5, slow=3, fetch=2)
# Run before anything else in a process, it cannot find one package.
HIDDEN = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name == "{}":
            raise ImportError(name)
sys.meta_path.insert(0, Hidden())
"""
COUNT = 200
SETTINGS = """
inputs = ["news"]
formats = ["md", "json"]
[paths]
store = "{store}.db"
models = "models"
[scope]
pages = 0
[translate]
engine = "{engine}"
"""


def command(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME) -> list[str]:
    """`briefing build` with a store and a folder of products of its own."""
    (base / f"{name}.toml").write_text(SETTINGS.format(store=name, engine=engine))
    given = ["--config", str(base / f"{name}.toml"), "--out", str(base / name), "--week", "2024-W46", "--undated", "include"]
    start = [sys.executable, "-c", "from briefing.cli.main import main; main()"]
    return [*start, "build", *given, "--now", "2024-11-18T06:00:00+00:00", *options]


def start(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME, **more: str) -> subprocess.Popen[str]:
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT), **more}, subprocess.PIPE
    given = command(base, name, *options, engine=engine)
    return subprocess.Popen(given, cwd=base, env=environment, stdout=pipe, stderr=pipe, text=True)


def built(base: Path, name: str, *options: str, engine: str = spelling_engine.NAME, **more: str) -> tuple[int, str]:
    """The exit code and what was said; `more` goes into the environment."""
    process = start(base, name, *options, engine=engine, **more)
    _, said = process.communicate(timeout=240)
    return process.returncode, said


def products(base: Path, name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (base / name / "2024-W46").iterdir()}


def kept(base: Path, name: str, kind: str) -> int:
    """How many answers of a kind the store holds."""
    try:
        with sqlite3.connect(f"file:{base / name}.db?mode=ro", uri=True) as store:
            return int(store.execute("SELECT count(*) FROM cache WHERE kind = ?", (kind,)).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def when(base: Path, name: str, kind: str, least: int, act: Callable[[], object]) -> None:
    """Acts, from another thread, as soon as the store holds so many answers."""

    def wait() -> None:
        until = time.monotonic() + 120
        while kept(base, name, kind) < least and time.monotonic() < until:
            time.sleep(0.02)
        act()

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def cluster(dask: Processes, patience: Patience = SOON) -> Iterator[tuple[Cluster, list[str]]]:
    said: list[str] = []
    made = Cluster(dask.address, kit(Config()), said.append, patience)
    try:
        yield made, said
    finally:
        made.close()


def until(true: Callable[[], bool]) -> None:
    """Returns as soon as it is so; fails after a minute."""
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)
