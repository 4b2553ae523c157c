"""A large week through a small real model: killed and started again it loses nothing, and memory stays flat.

SOAK_ARTICLES=1000 SOAK_MINUTES=60 python -m pytest -m soak -n 0 -s tests/soak
"""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from briefing.config import Config, Paths
from briefing.translate import models
from tests.soak.week import finish, kept, place, start, thirds, until_kept, write_articles

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0)]
MEGABYTE = 1 << 20
LEAK = 1.05  # the last third's memory as a share of the first's

# Article after article through one engine and one store, as a build that never ends.
ENDLESS = """
import sys
import time
from pathlib import Path
from briefing import config as configuration, pipeline
from briefing.progress import untracked
from briefing.selection import Selection
from briefing.translate.engine import open_engine
from briefing.translate.memory import Memory
config = configuration.load(None, Path.cwd())
engine = open_engine("ctranslate2", config, Memory(), print, config.store_file)
articles, ends, done = pipeline.collect([config.base / "news"], config).articles, time.monotonic() + float(sys.argv[1]), 0
print("begun", flush=True)
while done < 3 * len(articles) or time.monotonic() < ends:
    if done % len(articles) == 0:  # the next round is to be translated anew
        for file in Path.cwd().glob("store.db*"):
            file.unlink()
    readings, problems = pipeline.read_all(Selection(None, (articles[done % len(articles)],), (), ()), engine, untracked)
    assert len(readings) == 1 and not problems, problems
    done += 1
print(done)
"""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, articles: int) -> Path:
    folder = tmp_path_factory.mktemp("soak") / "news"
    write_articles(folder, articles)
    return folder


@pytest.fixture(scope="module")
def models_dir(tmp_path_factory: pytest.TempPathFactory, trained_marian: Path) -> Path:
    base = tmp_path_factory.mktemp("model")
    models.add(trained_marian, Config(base=base, paths=Paths(models="models")), print)
    return base / "models"


def brief(folder: Path) -> bytes:
    return (folder / "out" / "2024-W46" / "brief.json").read_bytes()


def test_killed_twice_and_started_again_it_loses_nothing(
    news: Path, models_dir: Path, tmp_path: Path, minutes: float, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = place(tmp_path / "whole", news, models_dir)
    undisturbed = start(whole)
    assert finish(undisturbed) in (0, 3), (whole / "said.txt").read_text()
    all_rows, ends, rounds = kept(whole / "store.db"), time.monotonic() + 60 * minutes, 0
    assert all_rows > 100
    when = random.Random(5)
    while rounds == 0 or time.monotonic() < ends:
        folder = place(tmp_path / f"round{rounds}", news, models_dir)
        for share in sorted((when.uniform(0.05, 0.3), when.uniform(0.3, 0.6))):
            killed = start(folder)
            assert until_kept(killed, folder / "store.db", int(share * all_rows)), (folder / "said.txt").read_text()
            assert killed.kill() == -signal.SIGKILL
            assert not (folder / "out").exists() and kept(folder / "store.db") < all_rows
        assert finish(start(folder)) in (0, 3), (folder / "said.txt").read_text()
        assert brief(folder) == brief(whole) and kept(folder / "store.db") == all_rows
        rounds += 1
        with capsys.disabled():
            print(f"\nround {rounds}: killed twice, {all_rows} translations and {len(brief(whole))} bytes as without", flush=True)


def test_memory_is_flat_article_after_article(
    news: Path, models_dir: Path, tmp_path: Path, minutes: float, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place(tmp_path / "endless", news, models_dir)
    watched = start(folder, "-c", ENDLESS, str(60 * minutes))
    while "begun" not in (folder / "said.txt").read_text():
        assert watched.look(), (folder / "said.txt").read_text()
        time.sleep(0.1)
    watched.sizes.clear()
    assert finish(watched) == 0, (folder / "said.txt").read_text()
    first, middle, last = thirds(watched.sizes)
    with capsys.disabled():
        done = (folder / "said.txt").read_text().split()[-1]
        mean = ", ".join(f"{size / MEGABYTE:.1f}" for size in (first, middle, last))
        print(f"\n{done} articles in one process: {mean} MB in the first, second and last third", flush=True)
    assert last <= LEAK * first
