"""Trains the weights of briefing/lexicon/told.toml on labelled sentences: python bench/told.py --gold FOLDER [--write [FILE]]

FOLDER is that of bench/events.py. Without --write the weights are fitted on the "dev" half and tried on the "held" half, beside
the rules alone, with the standard deviation that drawing the held sentences anew gives. With --write they are fitted on all
sentences and written. Logistic regression with an L2 penalty, both classes weighing the same; equal input gives equal weights.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import events as labelled
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from briefing.arabic.sentences import sentences
from briefing.extract import events, statements, told, triggers
from briefing.extract.cast import Cast
from briefing.extract.clause import parse
from briefing.extract.dating import Dating
from briefing.extract.sightings import find as seen_in
from briefing.model import UNDATED, Span

WEIGHTS = Path(told.__file__).parents[1] / "lexicon" / "told.toml"
MARK = "# ---------- weights, written by bench/told.py"
PENALTY = 0.1  # scikit-learn's C: small, because the labels are shaky and few
LEAST_OFTEN = 5  # a fact seen in fewer sightings gets no weight
DRAWS = 500
Features = dict[str, float]
Weights = dict[str, float]


@dataclass(frozen=True)
class Labelled:
    """A sentence: whether it was labelled "yes", and the features of its sightings of the right types."""

    yes: bool
    sightings: tuple[Features, ...]


def sightings(text: str, kind: str) -> tuple[Features, ...]:
    """The features of what the rules see in a text."""
    dating, cast = Dating(UNDATED), Cast()
    parsed = [parse(text, s) for s in sentences(text, (Span(0, len(text)),))]
    if triggers.is_sport(parsed):
        return ()
    seen = [s for p in parsed for s in seen_in(p, statements.find(p, cast), dating)]
    return tuple(told.features(events.sight(s, dating)) for s in seen if s.trigger.kind.type in labelled.FITTING[kind])


def read(folder: Path, kind: str, half: str) -> list[Labelled]:
    """The labelled sentences of one kind ("ASSAULT", "PROTEST") and one half."""
    rows = labelled.rows(folder / f"{kind.lower()}.csv", half)
    return [Labelled(r["label"] == "yes", sightings(" ".join(r["text"].split()), kind)) for r in rows]


def fit(rows: Sequence[Labelled]) -> Weights:
    """The weights, rounded to two places, with the "bias"."""
    given = [(facts, row.yes) for row in rows for facts in row.sightings]
    often = Counter(name for facts, _ in given for name in facts)
    vectors = DictVectorizer(sort=True)
    matrix = vectors.fit_transform([{n: v for n, v in facts.items() if often[n] >= LEAST_OFTEN} for facts, _ in given])
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=10_000, tol=1e-8)
    model.fit(matrix, [yes for _, yes in given])
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    return {"bias": round(float(model.intercept_[0]), 2)} | {n: round(float(w), 2) for n, w in weights.items() if abs(w) >= 0.01}


def f1(rows: Sequence[tuple[bool, bool]]) -> float:
    """F1 of (wanted, found) pairs."""
    hits = sum(wanted and found for wanted, found in rows)
    return 2 * hits / max(1, sum(wanted for wanted, _ in rows) + sum(found for _, found in rows))


def try_out(folder: Path, kind: str) -> None:
    """Fits on one half, prints F1 on the other: rules alone, with the classifier, and the noise of their difference."""
    weights = fit(read(folder, kind, "dev"))
    held = read(folder, kind, "held")
    least = told.threshold(alone=True)
    alone = [(row.yes, bool(row.sightings)) for row in held]
    voted = [(row.yes, any(told.probability(facts, weights) >= least for facts in row.sightings)) for row in held]
    draw = random.Random(0)
    gains = []
    for _ in range(DRAWS):
        drawn = [draw.randrange(len(held)) for _ in held]
        gains.append(f1([voted[n] for n in drawn]) - f1([alone[n] for n in drawn]))
    mean = sum(gains) / DRAWS
    noise = (sum((g - mean) ** 2 for g in gains) / DRAWS) ** 0.5
    print(f"{kind:8} held: rules F1 {f1(alone):.3f}, with the classifier {f1(voted):.3f}, gain {mean:.3f} ± {noise:.3f}")


def write(folder: Path, file: Path) -> None:
    """Fits on everything and writes the lists of told.toml with the weights below the mark to `file`."""
    lines = [WEIGHTS.read_text("utf-8").split(MARK)[0].rstrip(), "", f"{MARK} (openeventdata/arabic_event_gsr, MIT)"]
    for model, kind in (("attack", "ASSAULT"), ("protest", "PROTEST")):
        weights = fit(read(folder, kind, "all"))
        ordered = sorted(weights.items(), key=lambda item: (item[0] != "bias", -abs(item[1]), item[0]))
        lines += ["", f"[weights.{model}]", *(f'"{name}" = {weight}' for name, weight in ordered)]
    file.write_text("\n".join([*lines, ""]), "utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--write", type=Path, nargs="?", const=WEIGHTS, metavar="FILE", help="fit on all and write (the lexicon)")
    args = parser.parse_args()
    if not args.gold.is_dir():
        sys.exit(f"{args.gold}: no such folder; nothing was measured")
    if args.write:
        write(args.gold, args.write)
        return
    for kind in labelled.FITTING:
        try_out(args.gold, kind)


if __name__ == "__main__":
    main()
