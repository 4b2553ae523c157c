"""Time and memory of reading, cleaning, dating, splitting and storing: `python bench/ingest.py --news FILE [--upto 30000]`.

FILE is gzipped JSON Lines with `title`, `url`, `content` and `date_extracted`. Beyond its own number of articles, repetitions
with changed words are read. `--hide-dates` leaves out date and address, so that every day must be looked for in the text.
Where FILE is absent, the reason is printed and the exit status is 0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.duplicates import changed  # noqa: E402
from briefing.arabic.sentences import sentences  # noqa: E402
from briefing.ingest import read  # noqa: E402
from briefing.ingest.articles import harvest  # noqa: E402
from briefing.store.database import Database  # noqa: E402
from briefing.store.documents import Documents, Origin, now  # noqa: E402

CHUNK = 1_000  # articles in one .jsonl file


def entries(rows: list[dict[str, str]], count: int, hide: bool) -> Iterator[str]:
    """`count` JSON lines; after the first round of `rows`, with changed words."""
    for n in range(count):
        row, round_ = rows[n % len(rows)], n // len(rows)
        content = changed(row["content"], round_) if round_ else row["content"]
        entry = {"title": row["title"], "content": content}
        if not hide:
            entry |= {"url": row["url"], "published": row["date_extracted"][:10]}
        yield json.dumps(entry, ensure_ascii=False)


def measure(rows: list[dict[str, str]], count: int, hide: bool) -> tuple[float, int, int]:
    """Seconds, articles and sentences for `count` articles; making the files is not counted."""
    zone, spent, articles, found = ZoneInfo("UTC"), 0.0, 0, 0
    lines = entries(rows, count, hide)
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "store.db") as database:
        store = Documents(database)
        for k in range(0, count, CHUNK):
            path = Path(folder) / f"{k}.jsonl"
            path.write_text("\n".join(line for _, line in zip(range(min(CHUNK, count - k)), lines, strict=False)), "utf-8")
            begun = time.perf_counter()
            for document in read.read([path], Path(folder))[0]:
                store.add(document.text.encode(), "text", Origin(document.file, "file", now(), title=document.metadata.title))
                for article in harvest(document, zone).articles:
                    articles, found = articles + 1, found + len(sentences(document.text, article.kept))
            spent += time.perf_counter() - begun
            path.unlink()
    return spent, articles, found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--upto", type=int, default=30_000)
    parser.add_argument("--hide-dates", action="store_true")
    args = parser.parse_args()
    if not args.news.is_file():
        print(f"{args.news}: not there; nothing was measured")
        return
    with gzip.open(args.news, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for count in (n for n in (1_000, 3_000, 10_000, 30_000) if n <= args.upto):
        seconds, articles, found = measure(rows, count, args.hide_dates)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        per = 1000 * seconds / articles
        print(f"{count:6} articles: {seconds:6.1f} s, {per:.2f} ms each, {found} sentences, {peak} MB at most so far")


if __name__ == "__main__":
    main()
