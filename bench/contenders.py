"""The ways of translating that bench/translate.py compares, each in a process of its own that answers one JSON line with another.

`python bench/contenders.py NAME JOB`: JOB is a JSON file with the model's folder, the product's folder, and the sentences.
Requests: {"do": "prepare" | "run" | "compare" | "end", "beam": N}; of "run" comes {"seconds": ..., "tokens": ..., "cpu": ...}.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.config import Config, Paths, Translate  # noqa: E402
from briefing.translate import convert, models  # noqa: E402
from briefing.translate.segments import prepared  # noqa: E402
from briefing.translate.tokenise import open_tokeniser  # noqa: E402

Measured = dict[str, Any]
LIMIT = 511  # most tokens of output; the model stops long before
ONE_BY_ONE, BATCHED, RAW, OURS = "one", "batched", "raw", "ours"
# of the sentences, evenly over their lengths, so that one round does not last for ever: every so manieth
SHARE = {ONE_BY_ONE: 16, BATCHED: 2, RAW: 1, OURS: 1}
BATCHES = (16, 32, 64)  # sentences, tried for transformers
THREADS = ((2, 1), (1, 2))  # for two cores: translators, and threads of each; scaled to the cores there are
BATCH_TOKENS = (256, 512, 1024, 2048, 4096)
BATCH_SENTENCES = (16, 32)


class Contender:
    """Translates the job's sentences in one way."""

    def __init__(self, job: Measured, share: int) -> None:
        self.folder, self.product = Path(job["folder"]), Path(job["product"])
        self.config = Config(base=self.product, paths=Paths(models="models"), translate=Translate(model=job["model"]))
        info = models.find(self.config, job["model"])
        assert info is not None
        self.info = info
        tokeniser = open_tokeniser(info.path, info.architecture)
        by_length = sorted(job["sentences"], key=lambda s: len(tokeniser.encode(prepared(s))))
        taken = set(by_length[min(share // 2, len(by_length) - 1) :: share])
        self.sentences: list[str] = [s for s in job["sentences"] if s in taken]
        self.encoded = [tokeniser.encode(prepared(s)) for s in self.sentences]
        self.tokens = sum(map(len, self.encoded))
        self.prefix = list(tokeniser.target_prefix)

    def prepare(self, beam: int) -> Measured:
        """Loads and warms what `run` needs with this beam; says what it chose."""
        raise NotImplementedError

    def run(self, beam: int) -> Measured:
        """One pass over the sentences: {"seconds": ..., and what else is to be told}."""
        raise NotImplementedError


class Transformers(Contender):
    """transformers' own tokeniser and `generate`."""

    def __init__(self, job: Measured, batched: bool) -> None:
        super().__init__(job, SHARE[BATCHED if batched else ONE_BY_ONE])
        from briefing.translate.transformers_engine import TransformersEngine

        engine = TransformersEngine(self.folder, self.config.translate)
        self.tokeniser, self.model, self.forced = engine._tokeniser, engine._model, engine._forced
        self.texts = sorted(map(prepared, self.sentences), key=len) if batched else [prepared(s) for s in self.sentences]
        self.batched, self.size = batched, 1

    def prepare(self, beam: int) -> Measured:
        self.generate(self.texts[:1], beam)
        if self.batched and self.size == 1:
            sample = self.texts[::4]
            seconds = {size: timed(lambda n=size: self.all(sample, n, beam)) for size in BATCHES}  # type: ignore[misc]
            self.size = min(seconds, key=lambda size: seconds[size])
        return {"setting": f"{self.size} sentences a batch"}

    def run(self, beam: int) -> Measured:
        return {"seconds": timed(lambda: self.all(self.texts, self.size, beam))}

    def all(self, texts: list[str], size: int, beam: int) -> list[str]:
        """English, batch by batch."""
        english: list[str] = []
        for k in range(0, len(texts), size):
            output = self.generate(texts[k : k + size], beam)
            english += self.tokeniser.batch_decode(output, skip_special_tokens=True)
        return english

    def generate(self, texts: list[str], beam: int) -> Any:
        """The numbers of the tokens made of one batch."""
        import torch

        inputs = self.tokeniser(texts, return_tensors="pt", padding=True)
        with torch.inference_mode():
            return self.model.generate(**inputs, **self.forced, num_beams=beam, do_sample=False, max_new_tokens=LIMIT)


    def compare(self) -> str:
        """How many sentences get the very tokens from the converted model in float32 that transformers makes greedily."""
        import ctranslate2

        with tempfile.TemporaryDirectory() as out:
            convert.convert(self.folder, self.info.architecture, Path(out), "float32")
            translator = ctranslate2.Translator(out, compute_type="float32")
            prefix = [self.prefix] * len(self.encoded) if self.prefix else None
            made = translator.translate_batch(self.encoded, target_prefix=prefix, beam_size=1, max_decoding_length=LIMIT)
        ours = [[token for token in result.hypotheses[0] if token != "</s>"] for result in made]
        theirs = [self.pieces(self.generate([text], 1)[0]) for text in self.texts]
        same = sum(one == other for one, other in zip(ours, theirs, strict=True))
        return f"{same} of {len(ours)} sentences are the same, {sum(map(len, ours))} tokens"

    def pieces(self, numbers: Any) -> list[str]:
        """The tokens behind the start and before the end."""
        pieces: list[str] = self.tokeniser.convert_ids_to_tokens(numbers[1:])
        return [piece for piece in pieces if piece not in ("</s>", "<pad>")]


class Raw(Contender):
    """`ctranslate2.Translator.translate_batch` and nothing else: the tokens are there before, and nobody reads those it makes."""

    def __init__(self, job: Measured) -> None:
        super().__init__(job, SHARE[RAW])
        self.best: dict[int, tuple[tuple[int, int], int, str]] = {}
        self.translator: Any = None
        self.threads = (0, 0)

    def prepare(self, beam: int) -> Measured:
        if beam not in self.best:
            sizes = [(size, "tokens") for size in BATCH_TOKENS] + [(size, "examples") for size in BATCH_SENTENCES]
            some = self.encoded[:: 3 if beam > 1 else 2]
            seconds = {(THREADS[0], *size): self.timed(some, beam, THREADS[0], *size) for size in sizes}
            best = min(seconds, key=lambda setting: seconds[setting])
            seconds |= {(other, *best[1:]): self.timed(some, beam, other, *best[1:]) for other in THREADS[1:]}
            self.best[beam] = min(seconds, key=lambda setting: seconds[setting])
        (inter, intra), size, kind = self.best[beam]
        self.load((inter, intra))
        return {"setting": f"inter_threads={inter} intra_threads={intra}, {size} {kind} a batch"}

    def run(self, beam: int) -> Measured:
        return {"seconds": self.timed(self.encoded, beam, *self.best[beam])}

    def load(self, threads: tuple[int, int]) -> None:
        """The translator, loaded anew when it is to have other threads."""
        import ctranslate2

        if threads != self.threads:
            self.translator = None
            inter, intra = (n * cores() // 2 if n > 1 else 1 for n in threads)
            self.translator = ctranslate2.Translator(str(self.info.path), inter_threads=inter, intra_threads=intra)
            self.translator.translate_batch(self.encoded[:4], max_decoding_length=8)
            self.threads = threads

    def timed(self, sources: list[list[str]], beam: int, threads: tuple[int, int], size: int, kind: str) -> float:
        """Seconds for these sources."""
        self.load(threads)
        prefix = [self.prefix] * len(sources) if self.prefix else None
        return timed(
            lambda: self.translator.translate_batch(
                sources, target_prefix=prefix, beam_size=beam, max_batch_size=size, batch_type=kind, max_decoding_length=LIMIT
            )
        )


class Ours(Contender):
    """What a build does: copies, memory, store, segmentation, engine, second attempts, checks; then once more from the store."""

    def __init__(self, job: Measured) -> None:
        super().__init__(job, SHARE[OURS])
        self.engine: Any = None
        self.round, self.asked = 0, 0

    def prepare(self, beam: int) -> Measured:
        from briefing.translate.ctranslate2_engine import CTranslate2Engine

        if self.engine is None or self.engine._settings.beam != beam:
            self.engine = CTranslate2Engine(self.info, replace(self.config.translate, beam=beam))
            self.engine._translated = self.counting(self.engine._translated)
            self.engine.translate(self.sentences[:2])
        return {"setting": f"batch_tokens = {self.config.translate.batch_tokens}"}

    def counting(self, translated: Callable[..., list[str]]) -> Callable[..., list[str]]:
        """`translated`, with what it is asked counted."""

        def count(texts: list[str], **settings: int) -> list[str]:
            self.asked += len(texts)
            return translated(texts, **settings)

        return count

    def run(self, beam: int) -> Measured:
        from briefing.pipeline import translate
        from briefing.translate.engine import with_cache, with_memory
        from briefing.translate.memory import Memory

        self.round, self.asked = self.round + 1, 0
        store = self.product / f"{self.round}.db"
        opened = lambda: with_memory(with_cache(self.engine, store, print), Memory())  # noqa: E731
        cold, first = timed(lambda: translate(self.sentences, opened())), self.asked
        warm = timed(lambda: translate(self.sentences, opened()))
        return {"seconds": cold, "asked": first, "warm": warm, "asked_warm": self.asked - first}


def cores() -> int:
    """How many cores are ours."""
    from briefing.translate.ctranslate2_engine import _cores

    return _cores()


def timed(act: Callable[[], object]) -> float:
    """Seconds that `act` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def peak() -> int:
    """The most resident memory of this process so far, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


def answer(contender: Contender, requests: Iterable[str]) -> None:
    """One line of JSON for each request."""
    for line in requests:
        request = json.loads(line)
        if request["do"] == "end":
            print(json.dumps({"peak": peak()}), flush=True)
            return
        if request["do"] == "compare":
            assert isinstance(contender, Transformers)
            print(json.dumps({"same": contender.compare()}), flush=True)
            continue
        begun = time.process_time()
        made = (contender.prepare if request["do"] == "prepare" else contender.run)(request["beam"])
        told = {"tokens": contender.tokens, "sentences": len(contender.sentences), "cpu": time.process_time() - begun}
        print(json.dumps({**told, **made}), flush=True)


CONTENDERS: dict[str, Callable[[Measured], Contender]] = {
    ONE_BY_ONE: lambda job: Transformers(job, batched=False),
    BATCHED: lambda job: Transformers(job, batched=True),
    RAW: Raw,
    OURS: Ours,
}


if __name__ == "__main__":
    answer(CONTENDERS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))), sys.stdin)
