"""Speed of the rules: python bench/extract.py --news FILE

FILE is gzipped JSON Lines with `content`. Every article is split into sentences and searched, once by one process and once by
as many as there are cores; the articles of a second are printed for both, and their ratio.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

from briefing.arabic.sentences import sentences
from briefing.extract import rules
from briefing.model import Article, Document, Published, Span

DAY = Published("2015-08-01", "2015-08-01", "2015-08-01", "day", "metadata", "high")
CHUNK = 50  # articles handed to a process at a time


def search(text: str) -> int:
    """How many items an article of this text has."""
    article = Article("a", Document("a", text, ""), "ar", None, None, None, DAY, (Span(0, len(text)),))
    return len(list(rules.find(article, sentences(text, article.kept))))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True)
    args = parser.parse_args()
    if not args.news.is_file():
        sys.exit(f"{args.news}: no such file; nothing was measured")
    with gzip.open(args.news, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["content"] for line in file]
    search(texts[0])  # the lexicon is read once
    began = time.perf_counter()
    items = sum(map(search, texts))
    alone = len(texts) / (time.perf_counter() - began)
    cores = os.cpu_count() or 1
    with multiprocessing.Pool(cores) as pool:
        pool.map(search, texts[:cores])
        began = time.perf_counter()
        pool.map(search, texts, CHUNK)
        together = len(texts) / (time.perf_counter() - began)
    print(f"{len(texts)} articles, {items} items: {alone:.0f} articles/s in one process, {together:.0f} in {cores}")
    print(f"ratio {together / alone:.2f}")


if __name__ == "__main__":
    main()
