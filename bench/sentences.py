"""F1 of sentence boundaries on annotated news articles: `python bench/sentences.py --gold DIR`.

DIR holds JSON files with `text` and `reference_translation`, a list of segments with `start` and `end` (code points of the text)
that cover the text in order. A boundary is the end of a segment without surrounding space; the last one of a text is given to
everybody and not counted. Where DIR is absent, the reason is printed and the exit status is 0: it is no part of the project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.arabic.sentences import sentences  # noqa: E402
from briefing.model import Span  # noqa: E402

Ends = set[int]


def ends_of(text: str, spans: list[tuple[int, int]]) -> Ends:
    """Where the spans end, trailing space not counted, without the last."""
    ends = sorted(start + len(text[start:end].rstrip()) for start, end in spans)
    return set(ends[:-1])


def boundaries(document: dict[str, Any]) -> tuple[Ends, Ends]:
    """The annotated boundaries of one article and ours, within the part of the text that the annotation covers."""
    text, segments = document["text"], document["reference_translation"]
    gold = [(s["start"], s["end"]) for s in segments]
    ours = [(s.start, s.end) for s in sentences(text, [Span(gold[0][0], gold[-1][1])])]
    return ends_of(text, gold), ends_of(text, ours)


def f1(found: int, ours: int, gold: int) -> float:
    """The harmonic mean of precision and recall, 1.0 where there is nothing to find and nothing was found."""
    return 2 * found / (ours + gold) if ours + gold else 1.0


def main() -> int:
    """Prints one line per article and the total; exit status 1 when the total is below --min."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold" / "news")
    parser.add_argument("--min", type=float, default=0.0, help="the least F1 that passes")
    parser.add_argument("--show", default="", help="the boundaries missed and added in the articles named here (comma separated)")
    args = parser.parse_args()
    files = sorted(p for p in args.gold.glob("*.json")) if args.gold.is_dir() else []
    if not files:
        print(f"skipped: no annotated articles in {args.gold}")
        return 0
    return 0 if report(files, args.show.split(",")) >= args.min else 1


def report(files: list[Path], shown: list[str]) -> float:
    """Prints the figures and the digest of the corpus they were taken on; returns the F1 of all files together."""
    total, digest = [0, 0, 0], hashlib.sha256()
    for path in files:
        raw = path.read_bytes()
        digest.update(raw)
        document = json.loads(raw)
        gold, ours = boundaries(document)
        counts = len(gold & ours), len(ours), len(gold)
        total = [a + b for a, b in zip(total, counts, strict=True)]
        print(f"{path.stem:8} right {counts[0]:3} ours {counts[1]:3} gold {counts[2]:3} F1 {f1(*counts):.3f}")
        if path.stem in shown:
            _differences(document["text"], gold, ours)
    score = f1(total[0], total[1], total[2])
    print(f"all      right {total[0]:3} ours {total[1]:3} gold {total[2]:3} F1 {score:.3f}")
    print(f"corpus sha256 {digest.hexdigest()[:16]}")
    return score


def _differences(text: str, gold: Ends, ours: Ends) -> None:
    for place in sorted(gold ^ ours):
        what = "missed" if place in gold else "added"
        print(f"  {what}: …{text[max(0, place - 40) : place]!r} | {text[place : place + 30]!r}…")


if __name__ == "__main__":
    sys.exit(main())
