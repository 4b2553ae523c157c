"""A week of made-up articles, and builds of it in processes of their own, watched and killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.translate.tiny_models import PAIRS

ROOT = Path(__file__).resolve().parents[2]
BUILD = ("build", "--week", "2024-W46", "--now", "2024-11-18T06:00Z", "--format", "json", "--engine", "ctranslate2")
SETTINGS = 'inputs = ["news"]\n[translate]\nbeam = 2\n[paths]\nmodels = "{models}"\nstore = "store.db"\n'
PAGE = os.sysconf("SC_PAGE_SIZE")


def write_articles(folder: Path, count: int) -> None:
    """`count` articles of the same week, each with sentences that no other has."""
    choose = random.Random(11)
    folder.mkdir(parents=True)
    for n in range(count):
        days = f"2024-11-{11 + n % 7}"
        lines = [f"{_clauses(choose)} رقم {n}." for _ in range(choose.randint(6, 14))]
        entry = {"title": f"{PAIRS[n % len(PAIRS)][0]} {n}", "published": days, "content": "\n".join(lines)}
        (folder / f"{n:05}.json").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _clauses(choose: random.Random) -> str:
    words = [word for ar, _ in choose.sample(PAIRS, 2) for word in ar.split()]
    return f"{choose.choice(PAIRS)[0]}، {' '.join(choose.sample(words, 6))}"


@dataclass
class Watched:
    """A process and its resident memory in bytes, read again and again."""

    process: subprocess.Popen[str]
    sizes: list[int] = field(default_factory=list)

    def look(self) -> bool:
        """Whether it still runs; its memory is noted if so."""
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
            self.sizes += [int(pages) * PAGE] if int(pages) else []
        except (OSError, IndexError):
            return False
        return self.process.poll() is None

    def kill(self) -> int:
        """What SIGKILL leaves: the exit status."""
        self.process.send_signal(signal.SIGKILL)
        return self.process.wait(60)


def place(folder: Path, news: Path, models: Path) -> Path:
    """A folder to build in, with settings of its own, the articles and the models of others and no store yet."""
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(SETTINGS.format(models=models), encoding="utf-8")
    (folder / "news").symlink_to(news)
    return folder


def start(folder: Path, *command: str) -> Watched:
    """A process of the program in `folder`; what it says goes to a file there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    with (folder / "said.txt").open("a") as said:
        line = [sys.executable, *(command or ("-m", "briefing", *BUILD))]
        process = subprocess.Popen(line, cwd=folder, env=environment, text=True, stdout=said, stderr=said)
    return Watched(process)


def finish(watched: Watched, every: float = 0.1) -> int:
    """The exit status of a process that is watched to its end."""
    while watched.look():
        time.sleep(every)
    return watched.process.wait(60)


def until_kept(watched: Watched, store: Path, rows: int) -> bool:
    """Waits until the store holds so many translations; False when the process ended before."""
    while kept(store) < rows:
        if not watched.look():
            return False
        time.sleep(0.02)
    return True


def kept(store: Path) -> int:
    """How many translations a store holds."""
    if not store.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("SELECT count(*) FROM cache WHERE kind = 'translation'").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def thirds(sizes: list[int]) -> Iterator[float]:
    """The mean of the first, the second and the last third."""
    third = len(sizes) // 3
    for part in (sizes[:third], sizes[third : 2 * third], sizes[-third:]):
        yield sum(part) / len(part)
