"""Which kind of piece an article is: precision and recall for each kind on articles labelled by hand.

    python bench/kinds.py --news FILE.jsonl[.gz] [--half tuned|held] [--no-url] [-v]

The labels are those of bench/kinds.toml: line numbers of the corpus, which is not part of the project. With --no-url the address
of each article is left out, so that only its text and author line are judged.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefing.ingest.articles import harvest
from briefing.model import Document, Metadata
from briefing.scope.kinds import NEWS, Kind, kind_of
from briefing.scope.settings import KINDS

LABELS = Path(__file__).parent / "kinds.toml"


def main() -> int:
    """Prints the table; exit code 2 where the corpus is absent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--half", choices=["tuned", "held"], action="append")
    parser.add_argument("--no-url", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"{args.news}: not there")
        return 2
    rows = _rows(args.news)
    labels = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    for half in args.half or ("tuned", "held"):
        told = [(n, kind, _kind(rows[n - 1], n, args.no_url)) for kind, ids in labels[half].items() for n in ids]
        print(f"{half}: {len(told)} articles" + (" without their addresses" if args.no_url else ""))
        print("\n".join(_table([(kind, got.name) for _, kind, got in told])))
        if args.verbose:
            print("\n".join(f"  {n}: {kind}, read as {got.name}: {got.why}" for n, kind, got in told if kind != got.name))
    return 0


def _rows(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip()]


def _kind(row: dict[str, Any], number: int, no_url: bool) -> Kind:
    url = None if no_url else row["url"]
    meta = Metadata(title=row["title"], url=url, author=row.get("author") or None, outlet=row["source"])
    found = harvest(Document(f"#{number}", row["content"], f"{number:064}", meta), ZoneInfo("UTC")).articles
    return kind_of(found[0]) if found else Kind(NEWS, "no article found")


def _table(pairs: list[tuple[str, str]]) -> Iterator[str]:
    right, read, meant = Counter(a for a, b in pairs if a == b), Counter(b for _, b in pairs), Counter(a for a, _ in pairs)
    for kind in (NEWS, *KINDS):
        if read[kind] or meant[kind]:
            precision = f"{right[kind] / read[kind]:.2f}" if read[kind] else "-"
            recall = f"{right[kind] / meant[kind]:.2f}" if meant[kind] else "-"
            counts = f"{right[kind]} right, {read[kind]} read, {meant[kind]} meant"
            yield f"  {kind:<10} precision {precision:>4}  recall {recall:>4}  ({counts})"
    lost = sum(a == NEWS and b != NEWS for a, b in pairs)
    yield f"  news left out: {lost} of {meant[NEWS]}"


if __name__ == "__main__":
    raise SystemExit(main())
