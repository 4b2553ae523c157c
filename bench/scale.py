"""Cleaning, searching and translating on a Dask cluster of this machine: `python bench/scale.py [--few 10000] [--many 30000] [--best 1]`.

One run: so many articles (made from seeds/ by changing words) by one and by two workers, each a process with one thread, and
by this program alone. Printed are articles a second, what two workers gain over one, the processor time that giving work away
costs an article, and the most memory of the coordinator at both sizes. The engine is a stand-in that takes no time, so that the
work is the program's own: a real model adds to the workers' part alone. Every figure is the best of `--best` runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.made_articles import made  # noqa: E402
from briefing.config import Build, Config, Paths, Translate  # noqa: E402
from briefing.extract.rules_extractor import RULES  # noqa: E402
from briefing.ingest import read  # noqa: E402
from briefing.model import Document, EngineInfo, Metadata, Translation  # noqa: E402
from briefing.progress import untracked  # noqa: E402
from briefing.spread.hands import Hands  # noqa: E402
from briefing.spread.harvesting import harvested  # noqa: E402
from briefing.through import AT_ONCE, through  # noqa: E402
from briefing.translate.engine import open_engine  # noqa: E402
from briefing.translate.memory import Memory  # noqa: E402

ENGINE = "bench.scale:create"


class Instant:
    """An engine that takes no time: it copies the numbers of a sentence into a line of English."""

    info = EngineInfo("instant", "", "none", "Translation engine: instant (a stand-in for measurements)")
    signature = "instant:1"

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """A line for each."""
        return [Translation(_line(source), self.signature, "machine") for source in sources]


def _line(source: str) -> str:
    numbers = " ".join(word for word in source.split() if word.isdecimal())
    return f"The minister of that country said on that day that the work goes on {numbers}.".replace(" .", ".")


def create(config: Config, notify: Callable[[str], None]) -> Instant:
    """The engine, as briefing.translate.engine opens it."""
    return Instant()


# ---------------------------------------------------------------- one build, in a process of its own


def one(count: int, cluster: str, file: Path, folder: Path, others: Sequence[int]) -> dict[str, float]:
    """Reads `count` articles of `file` through the walk's middle, part by part, keeping nothing but counts.

    `others` are the processes of the cluster, whose processor time is counted too.
    """
    from briefing.cli.crew import hands_of

    config = Config(base=folder, paths=Paths(store="store.db"), translate=Translate(engine=ENGINE), build=Build(1, cluster))
    with hands_of(config, print) as hands:
        engine = open_engine(ENGINE, config, Memory(), print, config.store_file, hands)
        list(_through(islice(_documents(file), 64), engine, hands))  # every process has loaded what it needs
        begun, used, elsewhere = time.perf_counter(), time.process_time(), _cpu(others)
        readings = items = 0
        for n_readings, n_items in _through(islice(_documents(file), 64, 64 + count), engine, hands):
            readings, items = readings + n_readings, items + n_items
        seconds, own, elsewhere = time.perf_counter() - begun, time.process_time() - used, _cpu(others) - elsewhere
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "processor": own, "elsewhere": elsewhere, "peak": peak, "articles": readings, "items": items}


def _cpu(processes: Sequence[int]) -> float:
    import psutil

    times = [psutil.Process(process).cpu_times() for process in processes]
    return float(sum(one.user + one.system for one in times))


def _documents(file: Path) -> Iterator[Document]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            name, text = json.loads(line)
            yield read.read_bytes(name, text.encode(), ".txt", Metadata())


def _through(documents: Iterator[Document], engine: Any, hands: Hands) -> Iterator[tuple[int, int]]:
    while chunk := list(islice(documents, AT_ONCE)):
        articles = [a for found in harvested(chunk, ZoneInfo("UTC"), {}, hands.crew) for a in found.articles]
        for start in range(0, len(articles), AT_ONCE):
            for readings, _ in through(articles[start : start + AT_ONCE], engine, untracked, RULES, hands.crew):
                yield len(readings), sum(len(r.statements) + len(r.agreements) + len(r.events) for r in readings)


# ---------------------------------------------------------------- a cluster around it


def measured(count: int, workers: int, file: Path) -> dict[str, float]:
    """One build with so many workers (0: alone), with the processor time of scheduler and workers beside its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started: list[subprocess.Popen[bytes]] = []
        try:
            address = _cluster(workers, folder, started) if workers else ""
            pids = [str(process.pid) for process in started]
            command = [sys.executable, __file__, "--one", str(count), address, str(file), name, *pids]
            done = subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, check=True, text=True)
            result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        finally:
            for process in started:
                process.kill()
                process.wait()
    return result


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def _cluster(workers: int, folder: Path, started: list[subprocess.Popen[bytes]]) -> str:
    file = folder / "scheduler.json"

    def start(module: str, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, "--no-dashboard"]
        silent = subprocess.DEVNULL
        started.append(subprocess.Popen(command, cwd=folder, env=_environment(), stdout=silent, stderr=silent))

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    for _ in range(workers):
        start("dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    while not file.exists() or not file.read_text():
        time.sleep(0.1)
    address: str = json.loads(file.read_text())["address"]
    _wait(address, workers)
    return address


def _wait(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=60)


def best(count: int, workers: int, file: Path, times: int) -> dict[str, float]:
    """The least of each figure of so many runs, each said as it comes."""
    runs = []
    for _ in range(times):
        runs.append(measured(count, workers, file))
        r = runs[-1]
        speed = f"{r['seconds']:7.1f} s, {count / r['seconds']:5.1f} a second"
        processor = f"processor {r['processor']:6.1f} s here and {r['elsewhere']:6.1f} s elsewhere"
        held = f"{r['peak']:4.0f} MB here, {r['items']:.0f} items"
        print(f"{count:6} articles, {workers or 'no'} worker(s): {speed}, {processor}, {held}", flush=True)
    return {key: min(run[key] for run in runs) for key in runs[0]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=10_000, help="articles of the runs with no, one and two workers")
    parser.add_argument("--many", type=int, default=30_000, help=f"articles of the run that memory is compared with; over {AT_ONCE}")
    parser.add_argument("--best", type=int, default=1, metavar="N", help="runs of each kind")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        count, cluster, given, folder, *pids = args.one
        print(json.dumps(one(int(count), cluster, Path(given), Path(folder), [int(pid) for pid in pids])))
        return
    few, many = args.few, args.many
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps([m.name, m.text], ensure_ascii=False) + "\n" for m in made(many + 64))
        alone, first, second = (best(few, workers, file, args.best) for workers in (0, 1, 2))
        large = best(many, 2, file, args.best)
    whole = first["processor"] + first["elsewhere"]
    print(f"two workers over one: {first['seconds'] / second['seconds']:.2f} times as fast ({few} articles)")
    print(f"one worker over alone: {alone['seconds'] / first['seconds']:.2f} times as fast")
    print(f"overhead: {1000 * (whole - alone['processor']) / few:.2f} ms of processor time an article, all processes together")
    print(f"coordinator: {1000 * first['processor'] / few:.2f} ms of processor time an article")
    print(f"memory of the coordinator: {second['peak']:.0f} MB at {few}, {large['peak']:.0f} MB at {many} articles "
          f"({100 * (large['peak'] / second['peak'] - 1):+.0f} %)")  # fmt: skip


if __name__ == "__main__":
    main()
