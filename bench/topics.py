"""How well articles are told what they are about: `python bench/topics.py --news FILE [--wrong]`.

FILE is gzipped JSON Lines with `title`, `url` and `content`, the one that the rows of bench/topics_labels.toml count in. Printed
are the share of labelled articles whose topic is the one meant, or one as good, for articles that the words were tuned on and
for unread ones (every fifth row); the share of all unread articles that are "other"; and the time an article takes. Where FILE
is absent, the reason is printed and the exit status is 0.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from briefing.compose.topics import Verdict, topic_of_article  # noqa: E402
from briefing.ingest.articles import harvest  # noqa: E402
from briefing.lexicon.topic_sections import NO_TOPIC  # noqa: E402
from briefing.model import Article, Document, Metadata  # noqa: E402

LABELS = Path(__file__).parent / "topics_labels.toml"
UNREAD = 5  # every fifth row was read by nobody before the labels were made


def article(n: int, row: dict[str, str]) -> Article | None:
    """The first article of a row, None where there is none."""
    digest = hashlib.sha256(row["content"].encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(f"row {n}", row["content"], digest, metadata=Metadata(title=row["title"], url=row["url"]))
    found = harvest(document, ZoneInfo("UTC")).articles
    return found[0] if found else None


def measure(name: str, labels: dict[str, list[str]], told: dict[int, Verdict], wrong: bool) -> None:
    """Prints how many of the labelled articles are told as labelled."""
    found = {n: told[int(n)] for n in labels if int(n) in told}
    meant = sum(verdict.topic.id == labels[n][0] for n, verdict in found.items())
    good = sum(verdict.topic.id in labels[n] for n, verdict in found.items())
    print(f"{name}: {len(labels)} articles, as meant {meant / len(labels):.3f}, as good {good / len(labels):.3f}")
    for n, verdict in found.items() if wrong else ():
        if verdict.topic.id not in labels[n]:
            print(f"  row {n}: {' or '.join(labels[n])}, not {verdict.reason}")


def main() -> None:
    """Reads the arguments and prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--wrong", action="store_true", help="list the articles that are told otherwise than labelled")
    given = parser.parse_args()
    if not given.news.exists():
        print(f"{given.news} is not there: nothing to measure")
        return
    with gzip.open(given.news, "rt", encoding="utf-8") as lines:
        articles = {n: made for n, line in enumerate(lines) if (made := article(n, json.loads(line))) is not None}
    begun = time.perf_counter()
    told = {n: topic_of_article(made) for n, made in articles.items()}
    spent = time.perf_counter() - begun
    for name, labels in tomllib.loads(LABELS.read_text("utf-8")).items():
        measure(name, labels, told, given.wrong)
    unread = Counter(verdict.topic.id for n, verdict in told.items() if n % UNREAD == 0)
    print(f"unread: {unread.total()} articles, other {unread[NO_TOPIC] / unread.total():.3f}; {dict(unread.most_common())}")
    print(f"{1000 * spent / len(told):.1f} ms an article")


if __name__ == "__main__":
    main()
