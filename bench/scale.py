"""Cleaning, searching and translating on a Dask cluster of this machine: `python bench/scale.py [--few 10000] [--many 30000]`.

One run: so many articles (made from seeds/ by changing words) by one and by two workers, each a process with one thread, and
by this program alone. Printed are articles a second, what two workers gain over one, the processor time that giving work away
costs an article, and the most memory of the coordinator at both sizes. The engine is a stand-in, which takes no time or, with
`--engine MS`, so many milliseconds of a processor for a sentence: a real model takes some tens.
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
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from briefing.spread.crew import Part  # noqa: E402
from briefing.spread.hands import Hands  # noqa: E402
from briefing.spread.harvesting import harvested  # noqa: E402
from briefing.through import AT_ONCE, through  # noqa: E402
from briefing.translate.engine import open_engine  # noqa: E402
from briefing.translate.memory import Memory  # noqa: E402

ENGINE = "bench.scale:create"
TAKES = "BENCH_ENGINE_MS"  # in the environment, for the workers too


class StandIn:
    """An engine that copies the numbers of a sentence into a line of English, and computes for as long as it is told."""

    info = EngineInfo("stand-in", "", "none", "Translation engine: a stand-in for measurements")
    signature = "stand-in:1"

    def __init__(self, seconds: float) -> None:
        """`seconds` of processor time for each sentence."""
        self._seconds = seconds

    def translate(self, sources: Sequence[str]) -> list[Translation]:
        """A line for each."""
        until = time.thread_time() + self._seconds * len(sources)
        while time.thread_time() < until:
            pass
        return [Translation(_line(source), self.signature, "machine") for source in sources]


def _line(source: str) -> str:
    numbers = " ".join(word for word in source.split() if word.isdecimal())
    return f"The minister of that country said on that day that the work goes on {numbers}.".replace(" .", ".")


def create(config: Config, notify: Callable[[str], None]) -> StandIn:
    """The engine, as briefing.translate.engine opens it."""
    return StandIn(float(os.environ.get(TAKES, "0")) / 1000)


# ---------------------------------------------------------------- what giving work away takes


class Stopwatch:
    """The processor time of this thread within what it looks at, and the bytes that went to workers and back."""

    def __init__(self) -> None:
        """Nothing so far."""
        self.seconds = 0.0
        self.bytes = 0

    def weighed(self, groups: Iterable[Any]) -> Iterator[Any]:
        """Parts, or the answers to them, with their bytes counted."""
        for group in groups:
            self.bytes += sum(map(len, group.units if isinstance(group, Part) else group))
            yield group

    def over(self, steps: Iterator[Any]) -> Iterator[Any]:
        """The steps, with the time that each takes to come."""
        while True:
            begun = time.thread_time()
            step = next(steps, None)
            self.seconds += time.thread_time() - begun
            if step is None:
                return
            yield step

    def within(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, with its time."""

        def timed(*given: Any) -> Any:
            begun = time.thread_time()
            try:
                return act(*given)
            finally:
                self.seconds += time.thread_time() - begun

        return timed


def watched() -> Stopwatch:
    """Looks at all that goes to a cluster from here: writing it, giving it out, waiting for it, and reading what comes."""
    from briefing.spread import harvesting, kept, lines, searching, translating
    from briefing.spread.cluster import Cluster

    watch, given = Stopwatch(), Cluster.map
    Cluster.map = lambda self, parts: watch.weighed(watch.over(given(self, watch.weighed(parts))))  # type: ignore[method-assign]
    for module in (harvesting, lines, searching, translating):
        module.decode = watch.within(module.decode)  # type: ignore[attr-defined]
    kept.sound = watch.within(searching.sound)  # type: ignore[attr-defined]
    return watch


# ---------------------------------------------------------------- one build, in a process of its own


def one(count: int, cluster: str, file: Path, folder: Path, others: Sequence[int]) -> dict[str, float]:
    """Reads `count` articles of `file` through the walk's middle, part by part, keeping nothing but counts.

    `others` are the processes of the cluster, the scheduler first, whose processor time is counted too.
    """
    from briefing.cli.crew import hands_of

    config = Config(base=folder, paths=Paths(store="store.db"), translate=Translate(engine=ENGINE), build=Build(1, cluster))
    with hands_of(config, print) as hands:
        watch = watched() if cluster else Stopwatch()
        engine = open_engine(ENGINE, config, Memory(), print, config.store_file, hands)
        list(_through(islice(_documents(file), 64), engine, hands))  # every process has loaded what it needs
        begun, before = time.perf_counter(), (time.process_time(), watch.seconds, watch.bytes, *map(_cpu, others))
        readings = items = 0
        for n_readings, n_items in _through(islice(_documents(file), 64, 64 + count), engine, hands):
            readings, items = readings + n_readings, items + n_items
        seconds, after = time.perf_counter() - begun, (time.process_time(), watch.seconds, watch.bytes, *map(_cpu, others))
    own, giving, travelled, *elsewhere = (now - then for now, then in zip(after, before, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used = {"own": own, "giving": giving, "scheduler": sum(elsewhere[:1]), "workers": sum(elsewhere[1:])}
    stored = config.store_file.stat().st_size
    used |= {"travelled": travelled, "stored": stored}
    return {"seconds": seconds, **used, "peak": peak, "articles": readings, "items": items}


def _cpu(process: int) -> float:
    import psutil

    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


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


def told(count: int, workers: int, file: Path) -> dict[str, float]:
    """The figures of a run, said as they come."""
    r = measured(count, workers, file)
    speed = f"{r['seconds']:7.1f} s, {count / r['seconds']:5.1f} a second"
    processor = f"processor {r['own']:.1f} s here, {r['scheduler']:.1f} s scheduler, {r['workers']:.1f} s workers"
    held = f"{r['peak']:.0f} MB here, {r['items']:.0f} items"
    print(f"{count:6} articles, {workers or 'no'} worker(s): {speed}; {processor}; {held}", flush=True)
    return r


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=10_000, help="articles of the runs with no, one and two workers")
    parser.add_argument("--many", type=int, default=30_000, help=f"articles of the run for memory, over {AT_ONCE} as the other")
    parser.add_argument("--engine", type=float, default=0, metavar="MS", help="what the engine takes for a sentence")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        count, cluster, given, folder, *pids = args.one
        print(json.dumps(one(int(count), cluster, Path(given), Path(folder), [int(pid) for pid in pids])))
        return
    os.environ[TAKES] = str(args.engine)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps([m.name, m.text], ensure_ascii=False) + "\n" for m in made(max(args.few, args.many) + 64))
        alone, first, second = (told(args.few, workers, file) for workers in (0, 1, 2))
        report(args.few, alone, first, second)
        if args.many > args.few:
            large = told(args.many, 2, file)
            print(f"memory of the coordinator: {second['peak']:.0f} MB at {args.few}, {large['peak']:.0f} MB at {args.many} "
                  f"articles ({100 * (large['peak'] / second['peak'] - 1):+.0f} %)")  # fmt: skip


def report(count: int, alone: dict[str, float], first: dict[str, float], second: dict[str, float]) -> None:
    """What the runs with no, one and two workers come to."""
    each = 1000 / count
    whole = second["own"] + second["scheduler"] + second["workers"]
    print(f"two workers over one: {first['seconds'] / second['seconds']:.2f} times as fast")
    print(f"one worker over alone: {alone['seconds'] / first['seconds']:.2f} times as fast")
    print(f"processors in use with two workers: {whole / second['seconds']:.2f} of {os.cpu_count()}")
    print(f"giving away: {each * second['giving']:.2f} ms of the coordinator's processor time an article, and "
          f"{each * second['scheduler']:.2f} ms of the scheduler's")  # fmt: skip
    print(f"coordinator in all (files, store, memory and putting together too): {each * second['own']:.2f} ms an article")
    travelled, stored = (second[key] / count / 1000 for key in ("travelled", "stored"))
    print(f"to workers and back: {travelled:.1f} kB an article; store: {stored:.1f} kB")
    print(f"all processes with two workers, more than alone: {each * (whole - alone['own']):.2f} ms of processor time an article")


if __name__ == "__main__":
    main()
