"""Speed of translating: `python bench/translate.py [--news FILE] [--nllb]`. Needs the extra `torch`; takes some five minutes.

Four ways are compared in the same minutes, each in a process of its own, in turns: transformers sentence by sentence;
transformers in batches, sorted by length, at the best of three sizes; `ctranslate2.Translator.translate_batch` at its best
setting of threads and batches; and the product from sentence to checked line, with an empty store and then with the filled
one. The model has the real size and random weights (bench/shaped.py says how it knows when to stop), and is added as by
`models add`. What counts is source tokens a second, so the slow ways may take every 16th and every 2nd sentence by length.
Ratios are medians over the rounds; on a machine that others use too, the time of all cores for a token says more. At last
the float32 model's greedy answers are compared with those of transformers, token for token.

Sentences come from FILE (gzipped JSON Lines with `content`), else from seeds/.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import contenders, shaped  # noqa: E402
from bench.contenders import BATCHED, ONE_BY_ONE, OURS, RAW, Measured  # noqa: E402
from briefing.arabic.sentences import sentences  # noqa: E402
from briefing.config import Config, Paths, Translate  # noqa: E402
from briefing.ingest import read  # noqa: E402
from briefing.ingest.articles import harvest  # noqa: E402
from briefing.translate import models  # noqa: E402
from briefing.translate.ctranslate2_engine import CTranslate2Engine  # noqa: E402
from briefing.translate.doubts import doubts  # noqa: E402
from briefing.translate.segments import copied  # noqa: E402
from briefing.translate.torch_extra import INSTALL_TORCH, torch_installed  # noqa: E402

NAMES = {shaped.OPUS: "opus-mt-ar-en", shaped.NLLB: "nllb-200-distilled-600M"}
CALLED = {ONE_BY_ONE: "transformers, one by one", BATCHED: "transformers, batched", RAW: "CTranslate2, best", OURS: "ours"}
TARGETS = {RAW: 0.90, ONE_BY_ONE: 10.0, BATCHED: 3.0}
WARM = 50.0
QUIET = {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TQDM_DISABLE": "1"}


class Process:
    """A contender at work elsewhere."""

    def __init__(self, name: str, job: Path) -> None:
        command = [sys.executable, "-W", "ignore", str(ROOT / "bench" / "contenders.py"), name, str(job)]
        environment, pipe = {**os.environ, **QUIET}, subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)

    def ask(self, what: str, beam: int = 0) -> Measured:
        """Its answer; other processes wait meanwhile."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, "beam": beam}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a contender ended with status {self._process.wait()}")
        answer: Measured = json.loads(line)
        return answer


def arabic(news: Path | None) -> list[str]:
    """The Arabic articles: contents of the news, or texts of the seeds."""
    if news:
        with gzip.open(news, "rt", encoding="utf-8") as file:
            return [str(json.loads(line)["content"]) for line in file]
    return [document.text for document in read.read([ROOT / "seeds"], ROOT)[0]]


def chosen(count: int, news: Path | None) -> list[str]:
    """The first `count` different sentences that need a model."""
    found: dict[str, None] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.jsonl"
        rows = (json.dumps({"content": text}, ensure_ascii=False) for text in arabic(news)[:300])
        path.write_text("\n".join(rows), encoding="utf-8")
        for document in read.read([path] if news else [ROOT / "seeds"], ROOT)[0]:
            for article in harvest(document, ZoneInfo("UTC")).articles:
                texts = (document.text[s.start : s.end] for s in sentences(document.text, article.kept))
                found.update((text, None) for text in texts if copied(text) is None)
    return list(found)[:count]


def plain(info: models.ModelInfo, texts: list[str], beams: list[int]) -> list[str]:
    """The texts that random weights answer without a fault on the face of it: second attempts are not what is measured."""
    for beam in beams:
        answers = CTranslate2Engine(info, Translate(beam=beam)).raw(texts)
        texts = [text for text, answer in zip(texts, answers, strict=True) if not doubts(text, answer)]
    return texts


def made(kind: str, folder: Path, news: Path | None) -> Path:
    """The transformers directory of a model of this shape."""
    segments = re.findall(r"<seg>([^<]*)</seg>", (ROOT / "seeds" / "memory.tmx").read_text("utf-8"))
    return shaped.build(kind, folder / NAMES[kind], arabic(news), [line for line in segments if copied(line)])


def job(kind: str, folder: Path, args: argparse.Namespace) -> Path:
    """The file that tells contenders what to translate with what."""
    directory = made(kind, folder, args.news)
    info = models.add(directory, Config(base=folder, paths=Paths(models="models"), translate=Translate()), lambda line: None)
    path = folder / "job.json"
    wanted = plain(info, chosen(2 * args.sentences, args.news), args.beams)[: args.sentences]
    given = {"folder": str(directory), "product": str(folder), "model": info.name, "sentences": wanted}
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


def rounds(processes: dict[str, Process], beam: int, count: int) -> dict[str, list[Measured]]:
    """What each contender measured in each round; they take turns."""
    for name, process in processes.items():
        ready = process.ask("prepare", beam)
        print(f"  {CALLED[name]}: {ready['sentences']} sentences, {ready['tokens']:,} tokens, {ready['setting']}", flush=True)
    found: dict[str, list[Measured]] = {name: [] for name in processes}
    for _ in range(count):
        for name, process in processes.items():
            found[name].append(process.ask("run", beam))
    return found


def ratios(found: dict[str, list[Measured]], name: str) -> list[float]:
    """How many times as fast as `name` ours was, round by round."""
    return [_speed(ours) / _speed(other) for ours, other in zip(found[OURS], found[name], strict=True)]


def _speed(measured: Measured) -> float:
    return float(measured["tokens"]) / float(measured["seconds"])


def report(found: dict[str, list[Measured]]) -> Iterator[str]:
    """What came out, in lines."""
    for name, runs in found.items():
        speeds = [_speed(run) for run in runs]
        work = statistics.median(1000 * run["cpu"] / run["tokens"] for run in runs)
        line = f"  {CALLED[name]:25} {statistics.median(speeds):8,.0f} tokens a second, {work:.2f} ms of all cores for each"
        if name != OURS:
            each = ratios(found, name)
            met = "" if statistics.median(each) >= TARGETS[name] else "  MISSED"
            spread = f"({min(each):.2f} to {max(each):.2f})"
            line += f"; ours is {statistics.median(each):.2f} times as fast {spread}, wanted {TARGETS[name]:.2f}{met}"
        yield line
    ours = found[OURS]
    warm = statistics.median(run["seconds"] / run["warm"] for run in ours)
    yield f"  from the store: {warm:.0f} times as fast, wanted {WARM:.0f}{'' if warm >= WARM else '  MISSED'}"
    asked = f"{ours[0]['asked']} texts of {ours[0]['sentences']} sentences, second attempts counted"
    yield f"  the model was asked for {asked}; with the store filled, for {sum(run['asked_warm'] for run in ours)}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path)
    parser.add_argument("--nllb", action="store_true", help="a model of NLLB's shape instead of opus-mt's")
    parser.add_argument("--sentences", type=int, default=0, help="how many (default: 96, 32 with --nllb)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--beams", type=int, nargs="+", default=[1, Translate().beam])
    args = parser.parse_args()
    if not torch_installed():
        print(f"torch is not there; nothing was measured. {INSTALL_TORCH}")
        return
    if args.news and not args.news.is_file():
        print(f"{args.news}: not there; nothing was measured")
        return
    args.sentences = args.sentences or (32 if args.nllb else 96)
    kind = shaped.NLLB if args.nllb else shaped.OPUS
    with tempfile.TemporaryDirectory() as folder:
        compare(kind, Path(folder), args)


def compare(kind: str, folder: Path, args: Any) -> None:
    """All that is measured on one model."""
    path = job(kind, folder, args)
    processes = {name: Process(name, path) for name in contenders.CONTENDERS}
    for beam in args.beams:
        print(f"{NAMES[kind]}, int8, {contenders.cores()} cores, beam {beam}, {args.rounds} rounds")
        print("\n".join(report(rounds(processes, beam, args.rounds))), flush=True)
    print(f"float32, greedy, token for token: {processes[ONE_BY_ONE].ask('compare')['same']}")
    peaks = ", ".join(f"{CALLED[name]} {process.ask('end')['peak']:,} MB" for name, process in processes.items())
    print(f"most memory of each process: {peaks}")


if __name__ == "__main__":
    main()
