"""How far dates of publication are found with the stated date hidden: `python bench/dates.py --news FILE.jsonl.gz`.

FILE holds one article per line with `content`, `title`, `url` and `date_extracted`, the day it was fetched, which may be a day or
more after it was published. Each article is read twice without that date: with its address, and with its text alone. "exact" and
"wrong day" compare with the day of fetching: a wrong one is shown, to be judged by its text. Where FILE is absent, the reason is
printed and the exit status is 0: it is no part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.ingest.articles import harvest  # noqa: E402
from briefing.model import Document, Metadata, Published  # noqa: E402

_KINDS = ("exact", "in range", "wide range", "bounds", "conflict", "open", "wrong range", "wrong day", "no article")
_MOST_DAYS = 31
_ZONE = ZoneInfo("Asia/Riyadh")


def judged(published: Published | None, day: date) -> str:
    """One of _KINDS, for an article fetched on `day`."""
    if published is None:
        return "no article"
    if published.value is not None:
        return "exact" if published.value == day.isoformat() else "wrong day"
    if published.basis == "conflict":
        return "conflict"
    low, high = (date.fromisoformat(d) if d else None for d in (published.earliest, published.latest))
    if (low and day < low) or (high and day > high):
        return "wrong range"
    if low and high:
        return "in range" if (high - low).days <= _MOST_DAYS else "wide range"
    return "bounds" if low or high else "open"


def dated(row: dict[str, Any], with_address: bool) -> tuple[Document, Published | None]:
    """The article and its date as found without the stated one."""
    text = row["content"]
    metadata = Metadata(title=row["title"] or None, url=row["url"] if with_address else None)
    document = Document("news", text, hashlib.sha256(text.encode()).hexdigest(), metadata)
    articles = harvest(document, _ZONE).articles
    return document, articles[0].published if articles else None


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a gzipped .jsonl file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> int:
    """Prints the figures; exit status 1 when a day is found that is not the stated one and --strict is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--news", type=Path, default=ROOT.parent / "shared" / "news" / "saudi_2015_1000.jsonl.gz")
    parser.add_argument("--show", default="wrong day,wrong range,conflict", help="the kinds to print with their evidence")
    parser.add_argument("--strict", action="store_true", help="fail on any day that is not the stated one")
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no {args.news}")
        return 0
    print(f"corpus sha256 {hashlib.sha256(args.news.read_bytes()).hexdigest()[:16]}")
    wrong = sum(report(args.news, with_address, args.show.split(",")) for with_address in (True, False))
    return 1 if wrong and args.strict else 0


def report(path: Path, with_address: bool, shown: list[str]) -> int:
    """Prints the figures of one reading; returns how many days were not the stated one."""
    tally: Counter[str] = Counter()
    began = time.perf_counter()
    for n, row in enumerate(rows(path)):
        day = date.fromisoformat(row["date_extracted"][:10])
        document, published = dated(row, with_address)
        kind = judged(published, day)
        tally[kind] += 1
        if kind in shown and published is not None:
            _show(n, kind, day, document, published)
    seconds = time.perf_counter() - began
    print("with the address" if with_address else "text alone", f"({sum(tally.values())} articles, {seconds:.1f} s)")
    print("  " + ", ".join(f"{kind} {tally[kind]}" for kind in _KINDS))
    return tally["wrong day"]


def _show(n: int, kind: str, day: date, document: Document, found: Published) -> None:
    print(f"  #{n} {kind}: fetched {day}, found {found.value or (found.earliest, found.latest)} by {found.basis}")
    for span in found.evidence:
        around = document.text[max(0, span.start - 90) : span.end + 60] if span.end <= len(document.text) else ""
        print(f"      {span.within(document.text)!r} in {around!r}")


if __name__ == "__main__":
    sys.exit(main())
