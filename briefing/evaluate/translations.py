"""BLEU and chrF of translations as sacrebleu computes them, with what our own checks find and the worst lines."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.errors import ExtraError
from briefing.evaluate.parallel import Parallel
from briefing.translate.checks.line import findings

INSTALL = "pip install 'monday-brief[eval]'"


@dataclass(frozen=True, slots=True)
class Metric:
    """A score from 0 to 100 with the signature that says how it was computed (see sacrebleu)."""

    name: str
    score: float
    signature: str


@dataclass(frozen=True, slots=True)
class Line:
    """One translated line: its place in the file from 1, its texts, its own chrF, and what the checks say of it."""

    place: int
    source: str
    reference: str
    output: str
    chrf: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said of one system's outputs: `flagged` lines have any flag, `kinds` counts the lines with each kind."""

    system: str
    lines: int
    metrics: tuple[Metric, ...]
    flagged: int
    kinds: Mapping[str, int]
    worst: tuple[Line, ...]


def sacrebleu_metrics() -> Any:
    """The module sacrebleu.metrics. Raises ExtraError with the command to run when it is not installed."""
    try:
        return importlib.import_module("sacrebleu.metrics")
    except ImportError as error:
        raise ExtraError(f"Scores need sacrebleu, which cannot be loaded: {error}", f"Run: {INSTALL}") from error


def report(system: str, pairs: Parallel, outputs: Sequence[str], worst: int = 0) -> Report:
    """The report on `outputs`, one for each pair, with the `worst` lines by their own chrF, lowest first.

    BLEU and chrF are sacrebleu's at its defaults. Raises ExtraError without sacrebleu.
    """
    metrics = sacrebleu_metrics()
    chrf = metrics.CHRF()
    scored = tuple(_metric(metric, outputs, pairs.references) for metric in (metrics.BLEU(), chrf))
    found = [findings(source, output) for source, output in zip(pairs.sources, outputs, strict=True)]
    kinds = Counter(kind for each in found for kind in {finding.kind for finding in each})
    single = [chrf.sentence_score(o, [r]).score for o, r in zip(outputs, pairs.references, strict=True)] if worst else []
    lines = (
        Line(pairs.places[n], pairs.sources[n], pairs.references[n], outputs[n], single[n], tuple(f.flag for f in found[n]))
        for n in sorted(range(len(single)), key=lambda n: single[n])[:worst]
    )
    ordered = dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
    return Report(system, len(outputs), scored, sum(map(bool, found)), ordered, tuple(lines))


def _metric(metric: Any, outputs: Sequence[str], references: Sequence[str]) -> Metric:
    score = metric.corpus_score(list(outputs), [list(references)])
    return Metric(score.name, score.score, str(metric.get_signature()))
