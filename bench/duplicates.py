"""Time and findings of the search for copies: `python bench/duplicates.py --news FILE [--growth 10000] [--show 15]`.

FILE is gzipped JSON Lines with `title`, `url`, `content` and `date_extracted` (when the page was fetched, taken for its date).
The growth is measured on repetitions of the same articles in which one word in five is changed: few of them are still copies,
all of them share some sentences, as articles about one week's events do. Where FILE is absent, the reason is printed and the
exit status is 0: it is no part of the project.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.ingest.duplicates import Group, groups  # noqa: E402
from briefing.model import Article, Document, Outlet, Published, Span, Title  # noqa: E402

CHANGED = 5  # one word in so many is changed in a repetition


def article(raw: dict[str, str], repetition: int) -> Article:
    """An article whose whole content is kept; repetitions after the first have changed words."""
    text = changed(raw["content"], repetition) if repetition else raw["content"]
    digest = hashlib.sha256(f"{repetition} {raw['url']} {text}".encode()).hexdigest()
    day = raw["date_extracted"][:10]
    outlet, when = Outlet(raw["source"], "metadata"), Published(day, day, day, "day", "metadata", "high")
    document = Document(f"{raw['source']}-{digest[:8]}.json", text, digest)
    title, kept = Title(raw["title"], None, None, None), (Span(0, len(text)),)
    return Article(digest[:12], document, "ar", title, outlet, raw["url"], when, kept)


def changed(text: str, seed: int) -> str:
    """`text` with one word in five made another one; the same seed gives the same text."""
    dice = random.Random(f"{seed} {text[:80]}")
    return " ".join(word[::-1] + str(seed) if dice.randrange(CHANGED) == 0 else word for word in text.split(" "))


def timed(articles: Sequence[Article]) -> tuple[tuple[Group, ...], float]:
    """The groups, and the seconds it took to find them."""
    start = time.perf_counter()
    found = groups(articles)
    return found, time.perf_counter() - start


def main() -> int:
    """Prints the groups to look at, then time by number of articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--news", type=Path, default=ROOT.parent / "shared" / "news" / "saudi_2015_1000.jsonl.gz")
    parser.add_argument("--growth", type=int, default=0, help="the greatest number of articles to time")
    parser.add_argument("--show", type=int, default=0, help="how many groups to print")
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"skipped: no {args.news}")
        return 0
    raw = [json.loads(line) for line in gzip.decompress(args.news.read_bytes()).decode("utf-8").splitlines()]
    found, seconds = timed([article(one, 0) for one in raw])
    copied = [group for group in found if group.copies]
    for group in copied[: args.show]:
        show(group)
    print(f"{len(raw)} articles: {seconds:.2f} s, {len(copied)} groups with {sum(len(g.copies) for g in copied)} copies")
    print(f"corpus sha256 {hashlib.sha256(args.news.read_bytes()).hexdigest()[:16]}")
    for many in (n * len(raw) for n in (2, 5, 10, 20, 30) if n * len(raw) <= args.growth):
        found, seconds = timed([article(one, n) for n in range(many // len(raw)) for one in raw])
        print(f"{many} articles: {seconds:.2f} s, {1e3 * seconds / many:.2f} ms each, {sum(len(g.copies) for g in found)} copies")
    return 0


def show(group: Group) -> None:
    """Prints a group for a person to judge."""
    for one in (group.used, *group.copies):
        title = one.title.ar if one.title else ""
        print(f"{one.published.value} {one.outlet.name if one.outlet else '':12} {len(one.document.text):6} {title}")
        print(f"    {' '.join(one.document.text.split())[:150]}")
    print()


if __name__ == "__main__":
    sys.exit(main())
