"""Scores field events on labelled sentences: python bench/events.py --gold FOLDER [--half dev|held] [--show N]

FOLDER holds assault.csv and protest.csv (id, event_type, label, text; labels "yes", "easy no", "difficult no"), as published by
openeventdata/arabic_event_gsr (MIT); those labelled "ambiguous" are left out. A sentence counts as found when an event of a
fitting type is read from it. The halves are split by a digest of the id, so that rules are tuned on one ("dev") and checked on
the other ("held").
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from briefing.inspection import inspect_line

LABELS = ("yes", "easy no", "difficult no")
FITTING = {
    "ASSAULT": {"ASSAULT", "AIRSTRIKE", "SHELLING", "CLASH", "BOMBING", "ABDUCTION"},
    "PROTEST": {"PROTEST"},
}


def rows(path: Path, half: str) -> Iterator[dict[str, str]]:
    """The labelled sentences of one half ("all" for both)."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mine = "dev" if hashlib.sha256(row["id"].encode()).digest()[0] % 2 else "held"
            if half in ("all", mine) and row["label"] in LABELS:
                yield row


def found(text: str, kind: str) -> bool:
    """Whether an event of a fitting type is read from the sentence."""
    articles = inspect_line(1, " ".join(text.split()), "line", None)["articles"]
    return any(event["type"] in FITTING[kind] for article in articles for event in article["events"])


def score(path: Path, kind: str, half: str, show: int) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and the number of sentences; prints up to `show` misses and as many false finds."""
    hits = given = wanted = n = 0
    missed, wrong = [], []
    for row in rows(path, half):
        yes, got = row["label"] == "yes", found(row["text"], kind)
        n, hits, given, wanted = n + 1, hits + (yes and got), given + got, wanted + yes
        (missed if yes and not got else wrong if got and not yes else []).append(row["text"])
    for name, texts in (("missed", missed), ("wrong", wrong)):
        for text in texts[:show]:
            print(f"{name}: {text[:300]}")
    precision, recall = hits / given if given else 0.0, hits / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0, n


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--half", choices=["dev", "held", "all"], default="all")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    if not args.gold.is_dir():
        sys.exit(f"{args.gold}: no such folder; nothing was measured")
    for kind in FITTING:
        precision, recall, f1, n = score(args.gold / f"{kind.lower()}.csv", kind, args.half, args.show)
        print(f"{kind:8} {args.half}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} on {n} sentences")


if __name__ == "__main__":
    main()
